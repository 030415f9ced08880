"""Nerve roots: at which heights the nerves of a muscle leave the spine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backdata.anatomy.levels import SCALES, LevelError, parse
from backdata.figures.spine import SPINE, root
from backdata.figures.spots import OTHERS, SOMETIMES, SURE
from backdata.model import Fact, Levels, Row

CRANIAL = 100.0  # where a cranial nerve leaves the skull: clear of the first spinal one


@dataclass(frozen=True, slots=True)
class Root:
    """One nerve beside the spine: a spinal one, or a cranial one by its number."""

    level: str  # "" for a cranial nerve
    state: str
    contested: bool
    name: str = "nerve root"
    cranial: str = ""  # XI

    @property
    def y(self) -> float:
        """Its height."""
        return height(self.level)


def height(level: str) -> float:
    """The height at which a spinal nerve leaves; the coccygeal nerve below the sacrum, a cranial one the skull."""
    if not level:
        return CRANIAL
    return SPINE["S5"].bottom if level.startswith("Co") else root(level)


def segments(fact: Fact, nerves: Mapping[str, Row]) -> Levels | None:
    """The spinal nerves of a fact: as stated, else the roots of the named nerve."""
    if fact.levels:
        return fact.levels
    nerve = nerves.get(fact.nerve or "", {})
    if nerve.get("kind") != "named":
        return None
    try:
        return parse(nerve.get("roots") or "", "nerve")
    except LevelError:
        return None


def roots(facts: Iterable[Fact], nerves: Mapping[str, Row]) -> list[Root]:
    """Each spinal nerve once, downwards; the surest statement decides."""
    supply = [fact for fact in facts if fact.topic == "innervation"]
    read = [(fact, found) for fact in supply if (found := segments(fact, nerves))]
    taught = [(fact, levels) for fact, levels in read if fact.reading == "preferred"]
    others = [(fact, levels) for fact, levels in read if fact.reading != "preferred"]
    by_level: dict[str, Root] = {}
    for fact, levels in taught:
        rivals = [o for other, o in others if (other.item, other.reading) == (fact.item, "alternative")]
        for level in levels.all:
            doubted = any(level not in rival.all for rival in rivals)
            state = SURE if level in levels.sure else SOMETIMES
            if level not in by_level or by_level[level].state != SURE:
                by_level[level] = Root(level, state, doubted)
    for _, levels in others:
        for level in levels.all:
            by_level.setdefault(level, Root(level, OTHERS, True))
    spinal = sorted(by_level.values(), key=lambda each: SCALES["nerve"].index(each.level))
    return [*_cranial(supply, nerves), *spinal]


def _cranial(supply: Iterable[Fact], nerves: Mapping[str, Row]) -> list[Root]:
    named = [nerves.get(fact.nerve or "", {}) for fact in supply if fact.reading == "preferred"]
    found = [nerve for nerve in named if nerve.get("ramus") == "cranial"][:1]
    return [Root("", SURE, False, str(nerve["name"]), _number(nerve)) for nerve in found]


def _number(nerve: Row) -> str:
    """ "N. accessorius [XI]" → XI."""
    found = re.search(r"\b[IVX]+\b", f"{nerve.get('latin') or ''} {nerve.get('synonyms') or ''}")
    return found[0] if found else "CN"
