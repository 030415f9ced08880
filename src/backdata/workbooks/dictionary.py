"""The last sheet of the published workbook: what every column of every table means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from backdata import schemas
from backdata.workbooks.cells import cell_at, fit_rows, lettering, write_heading, write_text
from backdata.workbooks.files import prepare_print
from backdata.workbooks.places import write_link, write_way_back

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

COLUMNS = "Columns"


def write_dictionary(sheet: Worksheet) -> None:
    """Sheet, column and what it says, in the words of the schemas."""
    for number, (heading, width) in enumerate({"Sheet": 18, "Column": 20, "What it says": 110}.items(), 1):
        write_heading(cell_at(sheet, 1, number), heading)
        sheet.column_dimensions["ABC"[number - 1]].width = width
    place = 1
    for place, (table, column, says) in enumerate(_lines(), 2):
        if column is None:
            write_link(sheet, place, 1, f"'{table}'!A1", table)
        else:
            write_text(sheet, place, 1, table)
        write_text(sheet, place, 2, column)
        write_text(sheet, place, 3, says, wrapped=True).font = lettering(bold=column is None)
    fit_rows(sheet)
    write_way_back(sheet, 4)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:C{place}"
    prepare_print(sheet, "What the columns mean")
    sheet.print_area = f"A1:C{place}"


def _lines() -> Iterator[tuple[str, str | None, str]]:
    """A line without a column is about the sheet."""
    for table in schemas.tables().values():
        yield table.name, None, table.description
        for column in table.columns.values():
            example = f" Example: {column.example}" if column.example else ""
            yield table.name, column.name, column.description + example
