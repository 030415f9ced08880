"""Faults with whole sheets."""

from __future__ import annotations

from dataclasses import replace

from backdata.faults.good import Good
from backdata.faults.grid import Grid
from backdata.faults.kind import Chance, Place, Planted, kind


@kind("sheet deleted")
def deleted(good: Good, chance: Chance) -> Planted | None:
    """Told of the sheet."""
    table = chance.one(good.grids)
    return Planted({table: None}, f"the sheet {good.grids[table].title} deleted", (Place(table),))


@kind("sheet renamed")
def renamed(good: Good, chance: Chance) -> Planted | None:
    """Told of the sheet, under its old or its new name."""
    grid = good.grids[chance.one(good.grids)]
    slip = chance.randrange(len(grid.title))
    new = chance.one(
        (grid.title[:slip] + grid.title[slip + 1 :], f"{grid.title} (2)", f"Copy of {grid.title}", "Sheet1")
    )
    if new in good.grids:
        return None
    did = f"the sheet {grid.title} is called “{new}” now"
    return Planted({grid.table: replace(grid, title=new)}, did, (Place(grid.title), Place(new)))


@kind("names of two sheets swapped")
def swapped(good: Good, chance: Chance) -> Planted | None:
    """Told of either sheet or its header."""
    one, other = (good.grids[table] for table in chance.sample(sorted(good.grids), 2))
    changed: dict[str, Grid | None] = {
        one.table: replace(one, title=other.title),
        other.table: replace(other, title=one.title),
    }
    width = range(max(len(one.header), len(other.header)) + 1)
    headers = [Place(each.title, 1, place) for each in (one, other) for place in width]
    did = f"the sheets {one.title} and {other.title} have each other's names"
    return Planted(changed, did, (Place(one.title), Place(other.title), *headers))


@kind("all rows of a sheet deleted")
def emptied(good: Good, chance: Chance) -> Planted | None:
    """Told of the sheet."""
    table = chance.one(table for table in good.grids if len(good.rows(table)) > 1)
    grid = good.grids[table]
    did = f"{grid.title}: all rows deleted, only the header is left"
    return Planted({table: replace(grid, rows=grid.rows[:1])}, did, (Place(grid.title), Place(grid.title, 1)))


@kind("header row deleted")
def header_deleted(good: Good, chance: Chance) -> Planted | None:
    """Told of the sheet."""
    grid = good.grids[chance.one(table for table in good.grids if len(good.rows(table)) > 1)]
    did = f"{grid.title}: the header row deleted"
    return Planted({grid.table: grid.without_rows({1})}, did, (Place(grid.title), Place(grid.title, 1)))
