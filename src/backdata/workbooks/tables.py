"""A tidy table as a sheet: a note on every header, a filter, columns as wide as their content, text everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from backdata.model import Row, column_letters
from backdata.schemas import ColumnSchema, TableSchema
from backdata.workbooks.cells import cell_at, fit_rows, top, write_heading, write_note, write_text
from backdata.workbooks.files import prepare_print

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_WIDEST, _WIDEST_PROSE, _PROSE = 42, 56, 120  # in characters; columns that may hold _PROSE or more are prose


def write_table(workbook: Workbook, schema: TableSchema, rows: Iterable[Row], spare: int = 0) -> Worksheet:
    """A sheet with one table: headers with notes, every cell formatted as text, ``spare`` blank rows in the filter."""
    sheet: Worksheet = workbook.create_sheet(schema.name)
    rows = list(rows)
    for number, column in enumerate(schema.columns.values(), 1):
        values = [row.get(column.name) for row in rows]
        _write_header(sheet, number, column)
        _shape_column(sheet, number, column, [value for value in values if value])
        for place, value in enumerate(values, 2):
            write_text(sheet, place, number, value, wrapped=_wraps(column))
    sheet.auto_filter.ref = f"A1:{column_letters(len(schema.columns))}{len(rows) + 1 + spare}"
    sheet.freeze_panes = f"{column_letters(_key_columns(schema) + 1)}2"
    fit_rows(sheet)
    prepare_print(sheet, schema.title)
    return sheet


def explain_column(column: ColumnSchema) -> str:
    """What goes into a column, in the words of its schema, with an example and whether it must be filled."""
    lines = [column.description]
    if choices := column.allowed or column.each:
        lines.append(f"One of: {', '.join(choices)}." if column.allowed else f"Any of: {', '.join(choices)}.")
    if column.example:
        lines.append(f"Example: {column.example}")
    lines.append("May be blank." if column.nullable else "Must be filled.")
    return "\n".join(lines)


def _write_header(sheet: Worksheet, number: int, column: ColumnSchema) -> None:
    cell = cell_at(sheet, 1, number)
    write_heading(cell, column.name, strong=not column.nullable)
    write_note(cell, explain_column(column))


def _shape_column(sheet: Worksheet, number: int, column: ColumnSchema, values: list[str]) -> None:
    """Width by content; text format and alignment for the blank cells below, which have no style of their own."""
    dimension = sheet.column_dimensions[column_letters(number)]
    longest = max(map(len, (*values, column.example)))
    widest = _WIDEST_PROSE if _is_prose(column) else _WIDEST
    dimension.width = max(min(longest, widest), len(column.name) + 4) + 2
    dimension.number_format = "@"
    dimension.alignment = top(_wraps(column))


def _is_prose(column: ColumnSchema) -> bool:
    return column.max_length >= _PROSE and not column.pattern


def _wraps(column: ColumnSchema) -> bool:
    return _is_prose(column) or bool(column.list)


def _key_columns(schema: TableSchema) -> int:
    """How many columns stand still when the sheet is scrolled sideways: the leading ones of the key."""
    names = list(schema.columns)
    return next((place for place, name in enumerate(names) if name not in schema.key), len(names)) or 1
