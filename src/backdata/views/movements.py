"""What the view of actions knows beside its sheet: what kind of movement it is, what the group moves, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from backdata.anatomy import span
from backdata.anatomy.inheritance import Lineage, by_id
from backdata.anatomy.span import Span
from backdata.model import Row
from backdata.verbs import View
from backdata.views import derived

_SPINE = {  # what moves, and the vertebrae without which it cannot be moved; the atlas turns with the head
    "head": "Occ, C1",
    "neck": "C1–C7",
    "cervical spine": "C1–C7",
    "thoracic spine": "T1–T12",
    "lumbar spine": "L1–S1",
    "thoracic and lumbar spine": "T1–S1",
}


def actions(view: View) -> View:
    """The movement and the side it goes to, what speaks against it, and what the muscle's rows as a whole leave out."""
    own, home = _preferred(view), derived.homes(view.sources)
    opposed = _opposed(view, own)
    cells = {row["moves"] for row in view.sources["subjects"].rows if row.get("moves")}
    moved = {cell: [part.strip() for part in cell.split(",")] for cell in cells}
    leads = {rows[0]["_row"] for rows in own.values()}

    def chief(owner: str | None, moves_chiefly: str | None) -> bool | None:
        if owner not in own or moves_chiefly is None:
            return None
        return any(row.get("of") in {part.strip() for part in moves_chiefly.split(",")} for row in own[owner])

    def both(owner: str | None, both_sides: str | None) -> bool | None:
        if owner not in own or both_sides is None or any(row["_row"] in opposed for row in own[owner]):
            return None  # a row that is against it is told
        return any(row.get("movement") == both_sides and row.get("side") != "unilateral" for row in own[owner])

    return (
        view.lookup("subjects", "muscle", derived.SUBJECT)
        .lookup("movements", "movement", {"movement_name": "name", "has_direction": "has_direction", "goes_to": "goes_to"})
        .parsed("right_side", ("goes_to", "rotates_to"), lambda to, group: group if to == "by group" else to)
        .parsed("for_whom", ("goes_to", "group_name"), lambda to, group: group if to == "by group" else "every muscle")
        .among("moved_by_group", "of", "moves", moved, of="subjects")
        .parsed("leads_muscle", ("_row",), lambda row: row in leads, kind="flag")
        .lookup("movements", "both_sides", {"both_sides_name": "name"})
        .parsed("has_both_sides", ("muscle", "both_sides"), both, kind="flag")
        .parsed("has_chief", ("muscle", "moves_chiefly"), chief, kind="flag")
        .parsed("opposed", ("_row",), lambda row: opposed.get(row, ""))
        .parsed("muscle_span", ("muscle",), lambda muscle: str(home[muscle]) if muscle in home else None)
        .parsed("reached", ("muscle", "of"), _reached(home), kind="flag")
    )  # fmt: skip


def _preferred(view: View) -> dict[str, list[Row]]:
    own: dict[str, list[Row]] = {}
    for row in view.sources["actions"].rows:
        if row.get("reading") == "preferred" and row.get("muscle"):
            own.setdefault(row["muscle"], []).append(row)
    return own


def _reached(home: Mapping[str, Span]) -> Callable[[str | None, str | None], bool | None]:
    """Whether a muscle is attached near enough to what it moves; None where the spine says nothing of it."""

    def read(muscle: str | None, of: str | None) -> bool | None:
        needed = span.of_levels(_SPINE.get(of or ""), "vertebra")
        return home[muscle].touches(needed) if needed and muscle and muscle in home else None

    return read


def _opposed(view: View, own: Mapping[str, list[Row]]) -> dict[int, str]:
    """Row → what is against the movement it states, in words; of two rows of one muscle the later is told."""
    movements = by_id(view.sources["movements"].rows)
    subjects = by_id(view.sources["subjects"].rows)
    lineage = Lineage.of(view.sources["muscles"].rows, view.sources["groups"].rows)
    pairs = {(id, str(row["antagonist"])) for id, row in movements.items() if row.get("antagonist")}
    pairs |= {(against, id) for id, against in pairs if against}
    found: dict[int, str] = {}
    for owner, rows in own.items():
        subject = subjects.get(owner, {})
        usual = subject.get("both_sides")
        wholes = (
            [each for each in lineage.owners(owner) if each in lineage.muscles] if owner in lineage.muscles else [owner]
        )
        for row in rows:
            if row.get("side") != "unilateral" and (row.get("movement"), usual) in pairs:
                usual_name = movements.get(str(usual), {}).get("name")
                found[row["_row"]] = f"what both sides of {subject.get('group_name')} do is {usual_name}"
                continue
            for holder in wholes:
                for other in own.get(holder, ()):
                    earlier = holder != owner or other["_row"] < row["_row"]
                    if earlier and (row.get("movement"), other.get("movement")) in pairs and _at_once(row, other):
                        name, against = subjects.get(holder, {}).get("name"), movements[other["movement"]].get("name")
                        found[row["_row"]] = f"{name} also stands with {against} of the {other['of']}"
    return found


def _at_once(one: Row, other: Row) -> bool:
    """Whether two movements are of the same thing and of the same side."""
    sides = {one.get("side"), other.get("side")}
    return one.get("of") is not None and one.get("of") == other.get("of") and (len(sides) == 1 or "any" in sides)
