"""Gaps: levels where a group has origins or insertions, but none of its muscles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from backdata.anatomy import levels
from backdata.anatomy.ends import Attachment, union
from backdata.anatomy.inheritance import Lineage, answered_by
from backdata.anatomy.steps import Places, places, written

Stated = Mapping[str, Mapping[str, Sequence[Attachment]]]  # end → owner → attachments


def gaps(stated: Stated, lineage: Lineage, sound: AbstractSet[int]) -> dict[int, str]:
    """Sheet row → the gap next to its levels, "" where there is none.

    Only groups are judged of which every muscle is answered for, and of which every row is ``sound``.
    """
    found: dict[int, str] = {}
    for group, row in lineage.groups.items():
        for end, by_owner in stated.items():
            these = [each for owner in _owners(group, lineage, {*by_owner}) for each in by_owner[owner]]
            if any(each.told or each.row["_row"] not in sound for each in these):
                continue
            placed = [each for each in these if each.all]
            home = _sure(row.get(f"{end}_levels"))
            if not placed or not home:
                continue
            gap = home - union(_covered(each) for each in these)
            found |= {each.row["_row"]: "" for each in placed}
            if gap:
                nearest = min(placed, key=lambda each: min(abs(a - b) for a in each.all for b in gap))
                found[nearest.row["_row"]] = written(gap, nearest.on_ribs)
    return found


def _owners(group: str, lineage: Lineage, stated: AbstractSet[str]) -> Sequence[str]:
    """Who states an end of the muscles of a group; nobody if one of them is not answered for."""
    muscles = [id for id in lineage.muscles if lineage.group_of(id) == group]
    answered = [answered_by(lineage, muscle, {*stated}) for muscle in muscles]
    if not all(answered):
        return ()
    owners = dict.fromkeys(owner for owners in answered for owner in owners)
    return [*owners] if muscles else [group] if group in stated else []


def _covered(each: Attachment) -> Places:
    """Where an attachment is, or where it may be: levels that are not typed may be any."""
    return each.all or (each.span if each.levelled or each.kind == "skull" else frozenset())


def _sure(home: str | None) -> Places:
    try:
        return places(levels.parse(home, "vertebra or rib").sure) if home else frozenset()
    except levels.LevelError:
        return frozenset()
