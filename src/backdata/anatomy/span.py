"""Where a muscle lies: the stretch of the spine from the highest to the lowest level of its attachments.

Levels of every kind are counted on one scale, from the occiput (0) down: a vertebra and the rib of its number stand at the
place of the spinal nerve of their number; the nerve C8 stands between the vertebrae C7 and T1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from backdata.anatomy import levels
from backdata.anatomy.inheritance import Lineage, answered_by, by_id, stated_topics
from backdata.model import Row

_SPREADS = ("ligament", "fascia")  # a muscle takes a part of these, and seldom says which
_NERVES = ("Occ", *levels.SCALES["nerve"])
_PLACE = {name: place for place, name in enumerate(_NERVES)}
_PLACE |= {f"R{number}": _PLACE[f"T{number}"] for number in range(1, 13)}
_PLACE |= {f"Co{number}": _PLACE["Co1"] for number in range(2, 5)}


@dataclass(frozen=True, slots=True)
class Span:
    """From one place of the scale to another, both included."""

    first: int
    last: int

    def __str__(self) -> str:
        first, last = _NERVES[self.first], _NERVES[self.last]
        named = first if first == last else f"{first}–{last}"
        return named.replace("Occ", "the occiput")

    def __or__(self, other: Span) -> Span:
        return Span(min(self.first, other.first), max(self.last, other.last))

    def touches(self, other: Span, margin: int = 0) -> bool:
        """Whether they have a place in common, or come as near as ``margin`` levels."""
        return self.first - margin <= other.last and other.first - margin <= self.last


def of_levels(cell: str | None, kind: str) -> Span | None:
    """The span of a cell of levels; None for a blank cell and for one that cannot be read."""
    try:
        found = [_PLACE[level] for level in levels.parse(cell, kind).all] if cell else []
    except levels.LevelError:
        return None
    return Span(min(found), max(found)) if found else None


def near(home: Span | None, found_at: str | None) -> bool | None:
    """Whether a vessel found at some vertebrae comes within two of a place; None where either is not known."""
    reach = of_levels(found_at, "vertebra")
    return None if home is None or reach is None else home.touches(reach, margin=2)


def beyond(cell: str | None, home: Span | None, margin: int) -> str | None:
    """The spinal nerves of a cell that lie further than ``margin`` from ``home``, as text; empty when none does."""
    if of_levels(cell, "nerve") is None or home is None or cell is None:
        return None
    named = levels.parse(cell, "nerve").all
    return ", ".join(name for name in named if not home.touches(Span(_PLACE[name], _PLACE[name]), margin))


def spans(lineage: Lineage, attachments: Iterable[Row], structures: Iterable[Row]) -> dict[str, Span]:
    """Muscle, part or group → where it lies, by what is stated of it or holds for it. Whose levels cannot be read has none."""
    rows, kinds = list(attachments), by_id(structures)
    stated = stated_topics({"attachments": rows})
    of_owner: dict[tuple[str, str], list[Span | None]] = {}
    for row in rows:
        if row.get("reading") != "alternative":
            found = of_owner.setdefault((str(row.get("muscle")), str(row.get("end"))), [])
            found += _of_row(row, kinds)
    result: dict[str, Span] = {}
    for (owner, _), ends in of_owner.items():
        if owner in lineage.groups:
            _widen(result, (owner,), ends)
    for muscle in lineage.muscles:
        ends = [
            span
            for end in ("origin", "insertion")
            for owner in answered_by(lineage, muscle, stated[end])
            for span in of_owner.get((owner, end), ())
        ]
        _widen(result, (muscle, *(o for o in lineage.owners(muscle) if o in lineage.groups)), ends)
    return result


def _widen(result: dict[str, Span], owners: Iterable[str], found: Sequence[Span | None]) -> None:
    known = [span for span in found if span is not None]
    if len(known) < len(found):
        return
    for owner in owners:
        for span in known:
            result[owner] = result[owner] | span if owner in result else span


def _of_row(row: Row, structures: Mapping[str, Row]) -> list[Span | None]:
    structure = structures.get(row.get("structure") or "")
    if structure is None:
        return [None]
    counted = structure.get("levels_of")
    if row.get("levels") and counted in ("vertebra", "rib"):
        return [of_levels(row["levels"], counted)]
    if structure.get("kind") in _SPREADS or not structure.get("found_at"):
        return []
    return [of_levels(structure["found_at"], "vertebra or rib")]
