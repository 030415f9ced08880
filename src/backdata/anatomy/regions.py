"""Regions in Latin names: a muscle called *capitis* inserts on the skull, *cervicis* or *colli* on cervical vertebrae, and so on.

The muscles of the back are named after the end that moves, which is the insertion. *Thoracis* and *lumborum* say roughly where
a muscle lies, and its bundles run on to their neighbours; what they may reach is as wide as the sources read have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Region:
    """Where a muscle with such a name inserts."""

    words: str  # as a sentence has them
    kinds: frozenset[str] = frozenset()  # of structure; none stated: any that lies within the levels
    vertebrae: str = ""
    ribs: str = ""


_NECK = Region("the cervical vertebrae", vertebrae="C1–C7")
_LOINS = Region("lumbar vertebrae or lower ribs", vertebrae="L1–L5", ribs="R4–R12")
_REGIONS = {
    "capitis": Region("the skull", kinds=frozenset({"skull"})),
    "cervicis": _NECK,
    "colli": _NECK,
    "thoracis": Region("thoracic vertebrae, the lowest cervical ones or ribs", vertebrae="C6–T12", ribs="R1–R12"),
    "lumborum": _LOINS,
    "lumbalis": _LOINS,
    "costarum": Region("ribs", kinds=frozenset({"rib"})),
    "scapulae": Region("the scapula", kinds=frozenset({"shoulder girdle"})),
}
_PART = re.compile(r"^Par(?:s|tes) (?P<own>.+?) muscul(?:i|orum) .*$", re.IGNORECASE)


def named_region(latin_names: Iterable[str | None]) -> tuple[str, Region] | None:
    """The word for a region, and the region, in the nearest of the names: of the muscle itself, of its whole, and so on.

    A part that is called *Pars … musculi …* has only its own words: *Pars lumbalis musculi longissimi thoracis* is lumbar.
    """
    for latin in latin_names:
        part = _PART.match(latin or "")
        for word in (part["own"] if part else latin or "").split():
            if found := _REGIONS.get(word.lower()):
                return word.lower(), found
    return None
