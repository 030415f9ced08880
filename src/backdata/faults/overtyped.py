"""Faults in single cells: what a spreadsheet program makes of them, what is pasted over them, what is missing in them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace

from backdata.faults.good import SAYS, Good
from backdata.faults.grid import Percent, Text, Value
from backdata.faults.kind import Chance, Place, Planted, kind
from backdata.faults.plant import cell
from backdata.model import Row

_VOCABULARY = ("muscles", "groups", "developments", "structures", "nerves", "movements", "vessels")


@kind("date made by the spreadsheet")
def date(good: Good, chance: Chance) -> Planted | None:
    """Told at the cell. A date where a date belongs is none."""
    row, column = _cell(good, chance)
    made = dt.date(2026, chance.randrange(1, 13), chance.randrange(1, 13))
    pattern = good.column(row["_table"], column).pattern
    return None if pattern and re.search(pattern, made.isoformat()) else cell(good, row, column, made)


@kind("percentage made by the spreadsheet")
def percentage(good: Good, chance: Chance) -> Planted | None:
    """Told at the cell."""
    return _made(good, chance, Percent(chance.randrange(1, 100) / 100))


@kind("fraction made by the spreadsheet")
def fraction(good: Good, chance: Chance) -> Planted | None:
    """Told at the cell."""
    return _made(good, chance, chance.randrange(1, 100) / 8 + 1 / 16)


@kind("formula")
def formula(good: Good, chance: Chance) -> Planted | None:
    """Told at the cell."""
    return _made(good, chance, chance.one(("=B2", "=400+35", "=CONCATENATE(A2,B2)", "=A1")))


@kind("error value")
def error(good: Good, chance: Chance) -> Planted | None:
    """Told at the cell."""
    return _made(good, chance, chance.one(("#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!")))


@kind("truth value made by the spreadsheet")
def truth(good: Good, chance: Chance) -> Planted | None:
    """Told at the cell."""
    return _made(good, chance, chance.one((True, False)))


@kind("text that looks like a formula")
def formula_like(good: Good, chance: Chance) -> Planted | None:
    """Told at the cell."""
    row, column = _cell(good, chance)
    return cell(good, row, column, Text(chance.one("=+-@") + str(row[column])))


@kind("required cell emptied")
def blank(good: Good, chance: Chance) -> Planted | None:
    """Told at the cell."""
    table = chance.one(table for table in good.schemas if good.rows(table))
    required = [column.name for column in good.schemas[table].columns.values() if not column.nullable]
    return cell(good, chance.one(good.rows(table)), chance.one(required), None)


@kind("optional cell of a fact emptied")
def optional_emptied(good: Good, chance: Chance) -> Planted | None:
    """Told at the cell."""
    table = chance.one(("attachments", "innervations", "actions", "blood_supply"))
    column = chance.one(name for name in SAYS[table] if good.column(table, name).nullable)
    return cell(good, chance.one(good.filled(column, good.taught(table))), column, None)


@kind("value of another row pasted: what a fact says")
def pasted_content(good: Good, chance: Chance) -> Planted | None:
    """Told at the cell, or at another cell of what the row says, with which it does not go."""
    table = chance.one(("attachments", "innervations", "actions", "blood_supply"))
    return _beside(good, _pasted(good, chance, table, chance.one(SAYS[table]), good.taught(table)), SAYS[table])


@kind("value of another row pasted: what an alternative says")
def pasted_alternative(good: Good, chance: Chance) -> Planted | None:
    """Told at the cell, or at another cell of what the row says, with which it does not go."""
    table = chance.one(("attachments", "innervations", "actions", "blood_supply"))
    planted = _pasted(good, chance, table, chance.one(SAYS[table]), good.rows(table, reading="alternative"))
    return _beside(good, planted, SAYS[table])


@kind("value of another row pasted: muscle, end, item or reading")
def pasted_key(good: Good, chance: Chance) -> Planted | None:
    """Told in the row, or at an item number or reading of the question that it left or came to."""
    table = chance.one(("attachments", "innervations", "actions", "blood_supply"))
    column = chance.one(name for name in ("muscle", "end", "item", "reading") if name in good.schemas[table].columns)
    row = chance.one(good.rows(table))
    planted = _pasted(good, chance, table, column, [row])
    if planted is None:
        return None
    grid = good.grids[table]
    came = {"muscle": planted_value(planted, table, row, column)} if column == "muscle" else {"muscle": row["muscle"]}
    near = [*good.rows(table, muscle=row["muscle"]), *good.rows(table, **came)]
    numbers = {Place(grid.title, each["_row"], grid.position(name)) for each in near for name in ("item", "reading")}
    owners = [*good.rows("muscles", id=row["muscle"]), *good.rows("groups", id=row["muscle"])]
    left = {Place(good.grids[each["_table"]].title, each["_row"], 1) for each in owners}
    told = (*planted.told_at, Place(grid.title, row["_row"]), *sorted(numbers), *sorted(left))
    return Planted(planted.grids, planted.did, told)


@kind("value of another row pasted: source or page")
def pasted_source(good: Good, chance: Chance) -> Planted | None:
    """Told at the cell, or at the other source of the row."""
    table = chance.one(("attachments", "innervations", "actions", "blood_supply"))
    planted = _pasted(good, chance, table, chance.one(("source", "page", "also")), good.rows(table))
    return _beside(good, planted, ("source", "also"))


@kind("value of another row pasted: vocabulary")
def pasted_vocabulary(good: Good, chance: Chance) -> Planted | None:
    """Told at the cell."""
    table = chance.one(_VOCABULARY)
    columns = [name for name in good.schemas[table].columns if name not in ("note", "source", "also", "order")]
    return _pasted(good, chance, table, chance.one(columns), good.rows(table))


def planted_value(planted: Planted, table: str, row: Row, column: str) -> Value:
    """What stands now where a value was planted."""
    grid = planted.grids[table]
    return None if grid is None else grid.value(row["_row"], grid.position(column))


def _beside(good: Good, planted: Planted | None, columns: Iterable[str]) -> Planted | None:
    """Told at some other cells of the row, too."""
    if planted is None:
        return None
    (table,) = planted.grids
    ((sheet, row, _),) = planted.told_at
    places = (Place(sheet, row, good.grids[table].position(name)) for name in columns)
    return replace(planted, told_at=(*planted.told_at, *places))


def _pasted(good: Good, chance: Chance, table: str, column: str, rows: list[Row]) -> Planted | None:
    """A cell with the value that it has in another row; what was blank before or is pasted as a blank is no pasted value."""
    row = chance.one(good.filled(column, rows))
    other = chance.one(good.filled(column, good.rows(table)))
    return cell(good, row, column, other[column])


def _made(good: Good, chance: Chance, value: Value) -> Planted | None:
    row, column = _cell(good, chance)
    return cell(good, row, column, value)


def _cell(good: Good, chance: Chance) -> tuple[Row, str]:
    """Any cell of any row, filled."""
    table = chance.one(table for table in good.schemas if good.rows(table))
    row = chance.one(good.rows(table))
    return row, chance.one(name for name in good.schemas[table].columns if row[name])
