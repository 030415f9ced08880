"""Small ways of planting: one cell, one row; each says in words what was done and where it must be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from backdata.faults.good import QUESTION, Good
from backdata.faults.grid import Grid, Value
from backdata.faults.kind import Place, Planted
from backdata.model import Row


def cell(
    good: Good, row: Row, column: str, value: Value, also: Iterable[Place] = (), shown: str = ""
) -> Planted | None:
    """Another value in one cell, told there or at one of ``also``; None if it is no other."""
    grid = good.grids[row["_table"]]
    place = grid.position(column)
    before = grid.value(row["_row"], place)
    if value == before and type(value) is type(before):
        return None
    did = f"{grid.name(row['_row'], place)}: {_quoted(before)} became {shown or _quoted(value)}"
    changed = grid.typed(row["_row"], place, value)
    return Planted({grid.table: changed}, did, (Place(grid.title, row["_row"], place), *also))


def line(good: Good, row: Row, values: Sequence[Value], did: str, also: Iterable[Place] = ()) -> Planted | None:
    """Another row in the place of one, told anywhere in it."""
    grid = good.grids[row["_table"]]
    changed = grid.with_row(row["_row"], values)
    if changed == grid:
        return None
    return Planted({grid.table: changed}, f"{grid.name(row['_row'])}: {did}", (Place(grid.title, row["_row"]), *also))


def cells_of(good: Good, rows: Iterable[Row], *columns: str) -> tuple[Place, ...]:
    """The cells of some columns in some rows."""
    return tuple(
        Place(good.grids[row["_table"]].title, row["_row"], good.grids[row["_table"]].position(column))
        for row in rows
        for column in columns
    )


def owner(good: Good, row: Row) -> tuple[Place, ...]:
    """Where the muscle or group of a fact, or the vessel of a link or territory, is named in its own sheet."""
    column = "muscle" if "muscle" in row else "vessel"
    tables = {"muscle": ("muscles", "groups"), "vessel": ("vessels",)}[column]
    return cells_of(good, (each for table in tables for each in good.rows(table, id=row[column])), "id")


def loss(good: Good, row: Row, kept: Grid) -> tuple[Place, ...]:
    """Where the loss of a row of facts is told: at its muscle or vessel, or at the item numbers that are left of its question."""
    question = {name: row[name] for name in QUESTION[row["_table"]]}
    places = [kept.position(name) for name in question]
    left = [
        number
        for number, line in enumerate(kept.rows[1:], 2)
        if [line[place - 1] for place in places] == list(question.values())
    ]
    columns = (kept.position("item"), kept.position("reading"))
    told = [Place(kept.title, number, column) for number in left for column in columns]
    return (*owner(good, row), *told, *_parts(good, row))


def _parts(good: Good, row: Row) -> tuple[Place, ...]:
    """Muscles of a group and parts of a whole, which lose what they inherited."""
    muscle = row.get("muscle")
    found = [each for each in good.rows("muscles") if muscle and muscle in (each["part_of"], each["group"])]
    return cells_of(good, found, "id")


def values(good: Good, row: Row, **changes: Value) -> list[Value]:
    """The values of a row as they stand in its sheet, with changes."""
    return [changes.get(str(name), row[str(name)]) for name in good.grids[row["_table"]].header]


def _quoted(value: Any) -> str:
    return "a blank" if value is None else f"“{value}”"
