"""Faults in the vocabulary, in the list of muscles and in the exceptions."""

from __future__ import annotations

from backdata.faults.good import Good
from backdata.faults.grid import Value
from backdata.faults.kind import Chance, Place, Planted, kind
from backdata.faults.plant import cell, cells_of, line, values
from backdata.model import Row


@kind("source deleted that facts cite")
def source_deleted(good: Good, chance: Chance) -> Planted | None:
    """Told of the sheet in which it stood, or wherever it is cited."""
    return _deleted(good, chance, "sources")


@kind("term deleted that facts use")
def term_deleted(good: Good, chance: Chance) -> Planted | None:
    """Told of the sheet in which it stood, or wherever it is used."""
    return _deleted(good, chance, chance.one(("structures", "nerves", "movements", "vessels", "developments")))


@kind("group deleted")
def group_deleted(good: Good, chance: Chance) -> Planted | None:
    """Told of the sheet in which it stood, or wherever it is named."""
    return _deleted(good, chance, "groups")


@kind("muscle deleted")
def muscle_deleted(good: Good, chance: Chance) -> Planted | None:
    """Told of the sheet, in the inventory, or wherever the muscle is named."""
    return _deleted(good, chance, "muscles")


@kind("id given twice")
def doubled_id(good: Good, chance: Chance) -> Planted | None:
    """Told at one of the two ids."""
    table = chance.one(("muscles", "groups", "structures", "nerves", "movements", "vessels", "sources"))
    row, other = chance.one(good.rows(table)), chance.one(good.rows(table))
    if row == other:
        return None
    also = cells_of(good, [other], "id")
    used = [place for each, column in good.uses(table, row["id"]) for place in cells_of(good, [each], column)]
    return cell(good, row, "id", other["id"], (*also, *used))


@kind("id given to something else")
def id_reused(good: Good, chance: Chance) -> Planted | None:
    """Told in the row of that id, or where it is used as what it was."""
    table = chance.one(("structures", "nerves", "movements", "vessels"))
    row, other = chance.one(good.rows(table)), chance.one(good.rows(table))
    if row == other:
        return None
    new: dict[str, Value] = {str(name): other[str(name)] for name in good.grids[table].header if name != "id"}
    grid = good.grids[table]
    for name in ("name", "latin", "plural", "synonyms", "ta2", "ta98", "fma", "uberon"):
        if new.get(name) and name in new:
            new[name] = f"{new[name]} x" if name == "name" else None
    used = [place for each, column in good.uses(table, row["id"]) for place in cells_of(good, [each], column)]
    places = [Place(grid.title, row["_row"]), *used]
    return line(good, row, values(good, row, **new), f"the id {row['id']} stands for “{new['name']}” now", places)


@kind("muscle put into another group")
def another_group(good: Good, chance: Chance) -> Planted | None:
    """Told at the group, or where the muscle's own facts do not go with it."""
    row = chance.one(good.filled("group", good.rows("muscles")))
    division = _division(good, row["group"])
    other = chance.one(group["id"] for group in good.rows("groups") if _division(good, group["id"]) != division)
    facts = [
        fact for table in ("attachments", "innervations", "actions") for fact in good.rows(table, muscle=row["id"])
    ]
    told = {"attachments": ("structure",), "innervations": ("nerve",), "actions": ("movement", "of")}
    near = [place for fact in facts for place in cells_of(good, [fact], *told[fact["_table"]])]
    return cell(good, row, "group", other, (*cells_of(good, [row], "development", "id"), *near))


@kind("ramus of a nerve changed")
def ramus_changed(good: Good, chance: Chance) -> Planted | None:
    """Told at the ramus, or where the nerve supplies a muscle that it cannot supply then."""
    row = chance.one(good.rows("nerves"))
    other = chance.one(word for word in good.column("nerves", "ramus").allowed if word != row["ramus"])
    used = [each for each, column in good.uses("nerves", row["id"]) if column == "nerve"]
    return cell(good, row, "ramus", other, cells_of(good, used, "nerve"))


@kind("exception outdated")
def exception_outdated(good: Good, chance: Chance) -> Planted | None:
    """Told in the row of the exception, or at the cell that it silenced."""
    row = chance.one(good.rows("exceptions"))
    outdated = (("expires", "2020-01-01"), ("value", "something else"), ("column", "name"), ("rule", "BD201"))
    here = Place(good.grids["exceptions"].title, row["_row"])
    return cell(good, row, *chance.one(outdated), (here, *_silenced(good, row)))


@kind("exception deleted")
def exception_deleted(good: Good, chance: Chance) -> Planted | None:
    """Told at the cell that it silenced."""
    row = chance.one(good.rows("exceptions"))
    grid = good.grids["exceptions"]
    did = f"{grid.name(row['_row'])}: deleted ({row['rule']} for {row['row_id']})"
    return Planted({"exceptions": grid.without_rows({row["_row"]})}, did, _silenced(good, row))


def _silenced(good: Good, exception: Row) -> tuple[Place, ...]:
    column = str(exception["column"])
    tables = [table for table in good.grids if column in good.schemas[table].columns]
    rows = (row for table in tables for row in good.rows(table))
    return cells_of(
        good, (row for row in rows if good.schemas[row["_table"]].id_of(row) == exception["row_id"]), column
    )


def _deleted(good: Good, chance: Chance, table: str) -> Planted | None:
    row = chance.one(row for row in good.rows(table) if any(True for _ in good.uses(table, row["id"])))
    grid = good.grids[table]
    changed = grid.without_rows({row["_row"]})
    used = [_moved(place, grid.title, row) for each, column in good.uses(table, row["id"])
            for place in cells_of(good, [each], column)]  # fmt: skip
    places = (Place(grid.title), *used)
    return Planted({table: changed}, f"{grid.name(row['_row'])}: deleted ({row['id']})", places)


def _moved(place: Place, title: str, deleted: Row) -> Place:
    """Where a place is after a row above it was deleted."""
    return place._replace(row=place.row - 1) if place.sheet == title and place.row > deleted["_row"] else place


def _division(good: Good, group: str) -> str:
    row = good.term("groups", group)
    return str(row["division"] or _division(good, str(row["parent"])))
