"""Faults with whole columns: deleted, renamed, sorted alone, replaced in."""

from __future__ import annotations

from backdata.faults.good import SAYS, WITH_ITEMS, Good
from backdata.faults.kind import Chance, Place, Planted, kind


@kind("required column deleted")
def required_deleted(good: Good, chance: Chance) -> Planted | None:
    """Told at the sheet or its header."""
    return _deleted(good, chance, required=True)


@kind("optional column with values deleted")
def optional_deleted(good: Good, chance: Chance) -> Planted | None:
    """Told at the sheet or its header."""
    return _deleted(good, chance, required=False)


@kind("column renamed")
def renamed(good: Good, chance: Chance) -> Planted | None:
    """Told at its header, or at the sheet, which may have no known header now."""
    table = chance.one(good.schemas)
    grid = good.grids[table]
    place = grid.position(chance.one(column.name for column in good.schemas[table].columns.values() if column.required))
    name = str(grid.header[place - 1])
    slip = chance.randrange(len(name))
    new = chance.one((f"{name} (new)", name[:slip] + name[slip + 1 :], f"{name}2", "values", f"my {name}"))
    if new in good.schemas[table].columns or not new:
        return None
    changed = grid.typed(1, place, new)
    places = (Place(grid.title, 1, place), Place(grid.title))
    return Planted({table: changed}, f"{grid.name(1, place)}: “{name}” became “{new}”", places)


@kind("headers of two columns swapped")
def swapped_headers(good: Good, chance: Chance) -> Planted | None:
    """Told of the sheet, at one of the headers, or anywhere in the two columns."""
    table = chance.one(WITH_ITEMS)
    grid = good.grids[table]
    filled = [name for name in good.schemas[table].columns if any(good.filled(name, good.rows(table)))]
    one, other = sorted(grid.position(name) for name in chance.sample(filled, 2))
    changed = grid.typed(1, one, grid.value(1, other)).typed(1, other, grid.value(1, one))
    places = [Place(grid.title, row, place) for row in range(1, len(grid.rows) + 1) for place in (one, other)]
    did = f"{grid.title}: the headers “{grid.value(1, one)}” and “{grid.value(1, other)}” changed places"
    return Planted({table: changed}, did, (Place(grid.title), *places))


@kind("one column sorted, the others left as they were")
def sorted_alone(good: Good, chance: Chance) -> Planted | None:
    """Told of the sheet or at the header; or in that column, at a value that came into another row."""
    table = chance.one(WITH_ITEMS)
    grid = good.grids[table]
    return _moved_within(good, table, chance.one(name for name in SAYS[table] if name in grid.header))


@kind("column of muscles sorted alone")
def muscles_sorted(good: Good, chance: Chance) -> Planted | None:
    """Told of the sheet or at the header; or at a muscle, item number or reading where a muscle came into another row."""
    table = chance.one(("attachments", "innervations", "actions", "blood_supply"))
    planted = _moved_within(good, table, "muscle")
    if planted is None:
        return None
    grid = good.grids[table]
    moved = [place for place in planted.told_at if place.row > 1]
    near = [place._replace(column=grid.position(name)) for place in moved for name in ("item", "reading")]
    return Planted(planted.grids, planted.did, (*planted.told_at, *near))


@kind("find and replace inside words (t became th in a column)")
def replaced_everywhere(good: Good, chance: Chance) -> Planted | None:
    """Told of the sheet, at the header, or at one of the words that were changed."""
    table = chance.one(WITH_ITEMS)
    grid = good.grids[table]
    terms = [column.name for column in good.schemas[table].columns.values() if column.refers_to or column.allowed]
    column = grid.position(chance.one(terms))
    old, new = chance.one((("t", "th"), ("c", "k"), ("ior", "or"), ("s", "z"), ("-", " of ")))
    before = [line[column - 1] for line in grid.rows[1:]]
    after = [value.replace(old, new) if isinstance(value, str) else value for value in before]
    if before == after:
        return None
    places = [
        Place(grid.title, row, column)
        for row, pair in enumerate(zip(before, after, strict=True), 2)
        if pair[0] != pair[1]
    ]
    did = f"{grid.title}: “{old}” became “{new}” everywhere in the column “{grid.header[column - 1]}”"
    return Planted(
        {table: grid.with_column(column, after)}, did, (Place(grid.title), Place(grid.title, 1, column), *places)
    )


def _deleted(good: Good, chance: Chance, required: bool) -> Planted | None:
    table = chance.one(table for table in good.schemas if good.rows(table))
    grid = good.grids[table]
    names = [c.name for c in good.schemas[table].columns.values() if c.required == required]
    column = chance.one(name for name in names if good.filled(name, good.rows(table)))
    changed = grid.without_column(grid.position(column))
    did = f"{grid.title}: the column “{column}” deleted"
    header = [Place(grid.title, 1, place) for place in range(len(grid.header) + 1)]
    return Planted({table: changed}, did, (Place(grid.title), *header))


def _moved_within(good: Good, table: str, name: str) -> Planted | None:
    """A column sorted as spreadsheets sort: blanks last."""
    grid = good.grids[table]
    column = grid.position(name)
    before = [line[column - 1] for line in grid.rows[1:]]
    after = sorted(before, key=lambda value: (value is None, str(value)))
    if before == after:
        return None
    changed = grid.with_column(column, after)
    rows = [1, *(row for row, pair in enumerate(zip(before, after, strict=True), 2) if pair[0] != pair[1])]
    did = f"{grid.title}: the column “{name}” sorted alone, A to Z"
    return Planted({table: changed}, did, (Place(grid.title), *(Place(grid.title, row, column) for row in rows)))
