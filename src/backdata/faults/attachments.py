"""Faults in origins and insertions."""

from __future__ import annotations

from backdata.faults.good import Good
from backdata.faults.kind import Chance, Place, Planted, kind
from backdata.faults.plant import cell, cells_of
from backdata.model import Row

_OTHER = {"origin": "insertion", "insertion": "origin"}
_TELLING = ("end", "structure", "levels", "from_origin")


@kind("origin and insertion of a muscle swapped")
def swapped_ends(good: Good, chance: Chance) -> Planted | None:
    """Told at the end, the structure, the levels or the step of one of its rows."""
    muscle = chance.one({row["muscle"]: None for row in good.taught("attachments")})
    rows = good.rows("attachments", muscle=muscle)
    if len({row["end"] for row in rows}) < 2:
        return None
    grid = good.grids["attachments"]
    for row in rows:
        grid = grid.typed(row["_row"], grid.position("end"), _OTHER[row["end"]])
    did = f"{grid.title}: all origins of {muscle} became insertions, and the other way round"
    return Planted({"attachments": grid}, did, cells_of(good, rows, *_TELLING))


@kind("one origin typed as an insertion, or the other way round")
def wrong_end(good: Good, chance: Chance) -> Planted | None:
    """Told at the end, the item number or the structure of the row; or where the numbers of what it left have a gap."""
    row = chance.one(good.taught("attachments"))
    left = [each for each in good.question(row) if each != row]
    met = good.rows("attachments", muscle=row["muscle"], end=_OTHER[row["end"]])
    owner = [*good.rows("muscles", id=row["muscle"]), *good.rows("groups", id=row["muscle"])] if not left else []
    also = (
        *cells_of(good, [row], "item", *_TELLING),
        *cells_of(good, [*left, *met], "item"),
        *cells_of(good, owner, "id"),
    )
    return cell(good, row, "end", _OTHER[row["end"]], also)


@kind("structure of another kind")
def structure_of_another_kind(good: Good, chance: Chance) -> Planted | None:
    """Told at the structure, or at the levels, which do not go with it."""
    row = chance.one(good.taught("attachments"))
    now = good.term("structures", row["structure"])["kind"]
    other = chance.one(s["id"] for s in good.rows("structures") if s["kind"] != now)
    return cell(good, row, "structure", other, cells_of(good, [row], "levels"))


@kind("structure of another muscle at the same end")
def structure_of_another_muscle(good: Good, chance: Chance) -> Planted | None:
    """Told at the structure, or at the levels, which do not go with it."""
    row = chance.one(good.taught("attachments"))
    others = [each["structure"] for each in good.taught("attachments") if each["end"] == row["end"]]
    return cell(good, row, "structure", chance.one(others), cells_of(good, [row], "levels"))


@kind("wrong step (1 up for 2 up)")
def wrong_step(good: Good, chance: Chance) -> Planted | None:
    """Told at the step, or at the levels of either end that do not go with it."""
    row = chance.one(good.filled("from_origin", good.taught("attachments")))
    steps = [each["from_origin"] for each in good.filled("from_origin", good.rows("attachments"))]
    way = row["from_origin"].rpartition(" ")[2]
    step = chance.one(dict.fromkeys(each for each in steps if each.endswith(way) and each != row["from_origin"]))
    return cell(good, row, "from_origin", step, _both_ends(good, row))


@kind("step in the other direction (up for down)")
def step_turned(good: Good, chance: Chance) -> Planted | None:
    """Told at the step, or at the levels of either end that do not go with it."""
    row = chance.one(good.filled("from_origin", good.taught("attachments")))
    number, _, way = row["from_origin"].rpartition(" ")
    return cell(good, row, "from_origin", f"{number} {'down' if way == 'up' else 'up'}", _both_ends(good, row))


@kind("levels typed into the column part")
def levels_in_part(good: Good, chance: Chance) -> Planted | None:
    """Told at the part or at the empty levels."""
    row = chance.one(each for each in good.filled("levels", good.taught("attachments")) if not each["part"])
    grid = good.grids["attachments"]
    levels, part = grid.position("levels"), grid.position("part")
    grid = grid.typed(row["_row"], levels, None).typed(row["_row"], part, row["levels"])
    did = f"{grid.name(row['_row'], part)}: the levels “{row['levels']}” stand here and not in their own column"
    return Planted({"attachments": grid}, did, cells_of(good, [row], "levels", "part"))


def _both_ends(good: Good, row: Row) -> tuple[Place, ...]:
    return cells_of(good, good.rows("attachments", muscle=row["muscle"]), "levels", "from_origin")
