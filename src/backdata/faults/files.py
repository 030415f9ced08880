"""Grids as real files, workbooks or CSV, and real files as grids."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from backdata import schemas
from backdata.faults.good import Good
from backdata.faults.grid import Grid, Percent, Text, Value
from backdata.model import Row

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def good(tables: Mapping[str, Iterable[Row]]) -> Good:
    """Tidy tables (name → rows) as the sheets that hold them."""
    grids = {}
    for name, schema in schemas.tables().items():
        columns = tuple(schema.columns)
        rows = tuple(tuple(row.get(column) for column in columns) for row in tables.get(name, ()))
        grids[name] = Grid(name, name, (columns, *rows))
    return Good(grids)


def write(folder: Path, grids: Mapping[str, Grid | None], form: str = "xlsx") -> None:
    """Write sheets into ``folder``: in the workbooks where they belong, or each as a CSV file."""
    folder.mkdir(parents=True, exist_ok=True)
    present = {table: grid for table, grid in grids.items() if grid is not None}
    if form != "xlsx":
        for grid in present.values():
            (folder / f"{grid.title}.csv").write_bytes(_csv(grid, form))
        return
    books: dict[str, list[Grid]] = {}
    for table, grid in present.items():
        home = schemas.tables()[table].workbook if table else next(iter(books))
        books.setdefault(home, []).append(grid)
    for name, sheets in books.items():
        _workbook(folder / name, sheets)


def fill(sheet: Worksheet, grid: Grid) -> None:
    """Type a grid into a sheet, as a person would."""
    for number, line in enumerate(grid.rows, 1):
        for place, value in enumerate(line, 1):
            if value is not None:
                cell = sheet.cell(number, place)
                cell.value = value if isinstance(value, bool) else _stored(value)
                if isinstance(value, Text):
                    cell.data_type = "s"
                if isinstance(value, Percent):
                    cell.number_format = "0%"
    for area in grid.merged:
        sheet.merge_cells(area)
    if grid.styled:
        _style(sheet)


def _workbook(path: Path, grids: Iterable[Grid]) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for grid in grids:
        fill(book.create_sheet(grid.title), grid)
    book.save(path)


def _stored(value: Value) -> Value:
    """What openpyxl knows how to store."""
    return str(value) if isinstance(value, str) else float(value) if isinstance(value, Percent) else value


def _style(sheet: Worksheet) -> None:
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    for number, line in enumerate(sheet.iter_rows(), 1):
        for place, cell in enumerate(line, 1):
            cell.font = Font(bold=number == 1, italic=place % 2 == 0, color="FF7F0000")
            cell.fill = PatternFill("solid", fgColor="FFFFF2CC" if number % 2 else "FFDDEBF7")
            sheet.column_dimensions[get_column_letter(place)].width = 10 + 3 * place
        sheet.row_dimensions[number].height = 15 + number % 7
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions


def _csv(grid: Grid, form: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(
        text, delimiter=";" if form == "semicolons" else ",", lineterminator="\r\n" if form == "semicolons" else "\n"
    )
    writer.writerows([["" if value is None else value for value in line] for line in grid.rows])
    return text.getvalue().encode("utf-8-sig" if form == "semicolons" else "utf-8")


def publish(folder: Path, grids: Mapping[str, Grid]) -> None:
    """Publish sheets: as much of ``exports/`` as the comparison with the last publication reads."""
    tables = {
        name: [dict(zip(map(str, grid.header), line, strict=True)) for line in grid.rows[1:]]
        for name, grid in grids.items()
    }
    (folder / "json").mkdir(parents=True)
    (folder / "json" / "tables.json").write_text(json.dumps({"version": "0.0.0", "tables": tables}), "utf-8")
