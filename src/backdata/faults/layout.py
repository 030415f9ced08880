"""Changes that change nothing: order, looks, blank lines, another kind of file."""

from __future__ import annotations

from dataclasses import replace

from backdata.faults.good import Good
from backdata.faults.grid import Grid
from backdata.faults.kind import Chance, Planted, harmless


@harmless("order of rows")
def row_order(good: Good, chance: Chance) -> Planted | None:
    """The rows of a sheet, shuffled."""
    grid = good.grids[chance.one(table for table in good.grids if len(good.rows(table)) > 1)]
    rows = [*grid.rows[1:]]
    chance.shuffle(rows)
    return Planted(
        {grid.table: replace(grid, rows=(grid.header, *rows))}, f"{grid.title}: {len(rows)} rows in another order"
    )


@harmless("order of columns")
def column_order(good: Good, chance: Chance) -> Planted | None:
    """The columns of a sheet, shuffled."""
    grid = good.grids[chance.one(good.grids)]
    order = [*range(len(grid.header))]
    chance.shuffle(order)
    rows = tuple(tuple(line[place] for place in order) for line in grid.rows)
    return Planted({grid.table: replace(grid, rows=rows)}, f"{grid.title}: its columns in the order {[*rows[0]]}")


@harmless("order of sheets")
def sheet_order(good: Good, chance: Chance) -> Planted | None:
    """The sheets of a workbook, shuffled."""
    workbook = chance.one({schema.workbook: None for schema in good.schemas.values()})
    names = [name for name, schema in good.schemas.items() if schema.workbook == workbook]
    chance.shuffle(names)
    return Planted(
        {name: good.grids[name] for name in names}, f"{workbook}: its sheets in the order {', '.join(names)}"
    )


@harmless("styles and widths of columns")
def styles(good: Good, chance: Chance) -> Planted | None:
    """Colours, bold headers, wide columns."""
    grid = good.grids[chance.one(good.grids)]
    return Planted({grid.table: replace(grid, styled=True)}, f"{grid.title}: coloured, with wide columns")


@harmless("CSV in place of a workbook")
def as_csv(good: Good, chance: Chance) -> Planted | None:
    """A sheet saved as a CSV file."""
    grid = good.grids[chance.one(good.grids)]
    return Planted({grid.table: grid}, f"{grid.title}: saved as CSV", form="csv")


@harmless("CSV with semicolons, as German programs write it")
def semicolons(good: Good, chance: Chance) -> Planted | None:
    """A sheet saved as a CSV file with a byte order mark and semicolons."""
    grid = good.grids[chance.one(good.grids)]
    return Planted({grid.table: grid}, f"{grid.title}: saved as CSV with semicolons", form="semicolons")


@harmless("blank rows")
def blank_rows(good: Good, chance: Chance) -> Planted | None:
    """Blank rows among the others and below them."""
    grid = good.grids[chance.one(good.grids)]
    changed = grid
    for _ in range(3):
        changed = changed.inserted(chance.randrange(2, len(changed.rows) + 2), [None] * len(grid.header))
    places = [number for number, line in enumerate(changed.rows, 1) if not any(line)]
    return Planted({grid.table: changed}, f"{grid.title}: blank rows {places}")


@harmless("blank columns")
def blank_columns(good: Good, chance: Chance) -> Planted | None:
    """A blank column between two others."""
    grid = good.grids[chance.one(good.grids)]
    place = chance.randrange(len(grid.header) + 1)
    rows = tuple((*line[:place], None, *line[place:]) for line in grid.rows)
    return Planted({grid.table: replace(grid, rows=rows)}, f"{grid.title}: a blank column before column {place + 1}")


@harmless("title above the header")
def title(good: Good, chance: Chance) -> Planted | None:
    """A line with a title and a blank one above the header."""
    grid = good.grids[chance.one(good.grids)]
    rest = [None] * (len(grid.header) - 1)
    changed = grid.inserted(1, ["Muscles of the back, our table", *rest], [None, *rest])
    return Planted({grid.table: changed}, f"{grid.title}: a title above the header")


@harmless("helper sheet added")
def helper(good: Good, chance: Chance) -> Planted | None:
    """A legend beside the tables."""
    grid = good.grids[chance.one(good.grids)]
    title = chance.one(("legend", "README", "Lists", "Findings"))
    legend = Grid("", title, (("colour", "meaning"), ("green", "checked"), ("yellow", "ask somebody")))
    return Planted({grid.table: grid, "": legend}, f"{grid.title}: the sheet “{title}” beside it")
