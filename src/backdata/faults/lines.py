"""Faults with whole rows: shifted, pasted, doubled, deleted."""

from __future__ import annotations

from backdata.faults.good import FACTS, WITH_ITEMS, Good
from backdata.faults.kind import Chance, Place, Planted, kind
from backdata.faults.plant import line, loss, owner, values
from backdata.model import Row


@kind("row shifted to the right by a column")
def shifted_right(good: Good, chance: Chance) -> Planted | None:
    """Told in the row, from where it is shifted."""
    return _shifted(good, chance, 1)


@kind("row shifted to the left by a column")
def shifted_left(good: Good, chance: Chance) -> Planted | None:
    """Told in the row, from where it is shifted."""
    return _shifted(good, chance, -1)


@kind("row pasted over another")
def pasted_over(good: Good, chance: Chance) -> Planted | None:
    """Told at either of the two rows, or where the loss of the other is told."""
    table = chance.one(WITH_ITEMS)
    row, other = chance.one(good.rows(table)), chance.one(good.rows(table))
    grid = good.grids[table]
    kept = grid.with_row(row["_row"], values(good, other))
    also = (Place(grid.title, other["_row"]), *loss(good, row, kept))
    return line(good, row, values(good, other), f"overwritten with row {other['_row']}", also)


@kind("row pasted twice")
def pasted_twice(good: Good, chance: Chance) -> Planted | None:
    """Told at one of the two rows."""
    row = chance.one(good.rows(_table(good, chance)))
    grid = good.grids[row["_table"]]
    number = row["_row"]
    changed = grid.inserted(number + 1, values(good, row))
    places = (Place(grid.title, number), Place(grid.title, number + 1))
    return Planted({grid.table: changed}, f"{grid.name(number)}: pasted once more below itself", places)


@kind("block of rows pasted below the table")
def block_below(good: Good, chance: Chance) -> Planted | None:
    """Told at one of the pasted rows, or at one of those that were copied."""
    grid = good.grids[_table(good, chance)]
    size = chance.randrange(3, 9)
    if len(grid.rows) <= size + 1:
        return None
    first = chance.randrange(2, len(grid.rows) - size + 2)
    copied = grid.rows[first - 1 : first - 1 + size]
    end = len(grid.rows) + 1
    places = [Place(grid.title, start + number) for start in (end, first) for number in range(size)]
    did = f"{grid.title}: rows {first}–{first + size - 1} pasted once more below the table, from row {end} on"
    return Planted({grid.table: grid.inserted(end, *copied)}, did, tuple(places))


@kind("row of a fact deleted")
def deleted(good: Good, chance: Chance) -> Planted | None:
    """Told at the muscle or group that it was about, or at the item numbers or readings that are left of its question."""
    return _deleted(good, chance.one(good.rows(chance.one(FACTS))))


@kind("row of a vessel link or territory deleted")
def deleted_link(good: Good, chance: Chance) -> Planted | None:
    """Told at the vessel, or at the item numbers or readings that are left of its question."""
    return _deleted(good, chance.one(good.rows(chance.one(("vessel_links", "territories")))))


@kind("preferred reading deleted, its alternatives left")
def preferred_deleted(good: Good, chance: Chance) -> Planted | None:
    """Told at one of the alternatives that are left."""
    rows = [row for table in WITH_ITEMS for row in good.rows(table, reading="preferred")]
    row = chance.one(row for row in rows if _alternatives(good, row))
    grid = good.grids[row["_table"]]
    changed = grid.without_rows({row["_row"]})
    left = [each["_row"] - (each["_row"] > row["_row"]) for each in _alternatives(good, row)]
    places = (*owner(good, row), *(Place(grid.title, number) for number in left))
    return Planted({grid.table: changed}, f"{grid.name(row['_row'])}: deleted, the preferred reading", places)


@kind("last rows of a sheet cut off")
def cut_off(good: Good, chance: Chance) -> Planted | None:
    """Told at the sheet, or where the loss of one of the rows is told."""
    grid = good.grids[chance.one(WITH_ITEMS)]
    size = chance.randrange(3, 13)
    first = len(grid.rows) - size + 1
    changed = grid.without_rows(range(first, len(grid.rows) + 1))
    lost = [row for row in good.rows(grid.table) if row["_row"] >= first]
    places = [place for row in lost for place in loss(good, row, changed)]
    did = f"{grid.title}: the last {size} rows are cut off"
    return Planted({grid.table: changed}, did, (Place(grid.title), *places))


@kind("30 % of the rows of a sheet deleted")
def third_deleted(good: Good, chance: Chance) -> Planted | None:
    """Told at the sheet or its header."""
    grid = good.grids[chance.one(WITH_ITEMS)]
    size = round((len(grid.rows) - 1) * 0.3)
    first = chance.randrange(2, len(grid.rows) - size + 2)
    changed = grid.without_rows(range(first, first + size))
    did = f"{grid.title}: rows {first}–{first + size - 1} deleted"
    return Planted({grid.table: changed}, did, (Place(grid.title), Place(grid.title, 1)))


@kind("header pasted among the rows")
def header_twice(good: Good, chance: Chance) -> Planted | None:
    """Told in that row."""
    grid = good.grids[_table(good, chance)]
    number = chance.randrange(2, len(grid.rows) + 2)
    did = f"{grid.name(number)}: the header once more"
    return Planted({grid.table: grid.inserted(number, grid.header)}, did, (Place(grid.title, number),))


@kind("cells of neighbouring rows merged")
def merged(good: Good, chance: Chance) -> Planted | None:
    """Told at one of the cells that are empty now."""
    grid = good.grids[chance.one(WITH_ITEMS)]
    columns = [column.name for column in good.schemas[grid.table].columns.values() if not column.nullable]
    column = grid.position(chance.one(columns))
    first = chance.randrange(2, len(grid.rows))
    last = min(first + chance.randrange(1, 4), len(grid.rows))
    changed = grid
    for number in range(first + 1, last + 1):
        changed = changed.typed(number, column, None)
    area = f"{grid.name(first, column).partition('!')[2]}:{grid.name(last, column).partition('!')[2]}"
    changed = type(grid)(grid.table, grid.title, changed.rows, (*grid.merged, area))
    places = tuple(Place(grid.title, number, column) for number in range(first + 1, last + 1))
    return Planted({grid.table: changed}, f"{grid.title}!{area}: merged into one cell", places)


def _table(good: Good, chance: Chance) -> str:
    return chance.one(table for table in good.schemas if len(good.rows(table)) > 1)


def _shifted(good: Good, chance: Chance, by: int) -> Planted | None:
    """From some column on the cells of a row stand beside where they belong; what slips off the left end is lost."""
    row = chance.one(good.rows(_table(good, chance)))
    typed = values(good, row)
    start = chance.randrange(len(typed))
    if not any(typed[start:]) or len([value for value in typed[start:] if value]) < 2:
        return None
    moved = [*typed[:start], None, *typed[start:]] if by > 0 else [*typed[:start], *typed[start + 1 :], None]
    grid = good.grids[row["_table"]]
    name = str(grid.header[start])
    way = "to the right" if by > 0 else "to the left"
    planted = line(good, row, moved, f"from “{name}” on shifted {way} by a column")
    if planted is None:
        return None
    places = (Place(grid.title, row["_row"], number) for number in range(start + 1, len(typed) + 2))
    return Planted(planted.grids, planted.did, tuple(places))


def _deleted(good: Good, row: Row) -> Planted:
    grid = good.grids[row["_table"]]
    changed = grid.without_rows({row["_row"]})
    did = f"{grid.name(row['_row'])}: deleted ({grid.rows[row['_row'] - 1][0]})"
    return Planted({grid.table: changed}, did, loss(good, row, changed))


def _alternatives(good: Good, row: Row) -> list[Row]:
    return [each for each in good.question(row) if each["item"] == row["item"] and each["reading"] == "alternative"]
