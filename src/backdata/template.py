"""The workbooks that content editors work in: every sheet of ``raw/`` with notes, drop-downs and text format, blank or filled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from backdata import schemas
from backdata.model import Row, column_letters
from backdata.schemas import ColumnSchema, TableSchema
from backdata.workbooks.cells import cell_at, write_heading, write_note, write_text
from backdata.workbooks.files import blank_workbook, saved
from backdata.workbooks.tables import write_table

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SPARE_ROWS = 500  # blank rows below the data that are ready to be typed into
LISTS = "lists"  # the sheet that holds what drop-downs offer; intake skips it
_ABOUT_LISTS = (
    "What the drop-downs of this workbook offer. Generated; skipped when the workbook is read. "
    "To change it, change the table that it was taken from."
)


def write(folder: Path, rows: Mapping[str, Iterable[Row]] | None = None) -> tuple[Path, ...]:
    """Write every workbook into ``folder``, with ``rows`` (table → tidy rows) or without any. Returns the files."""
    tables = schemas.tables()
    given = {name: list((rows or {}).get(name, ())) for name in tables}
    names = dict.fromkeys(table.workbook for table in tables.values())
    folder.mkdir(parents=True, exist_ok=True)
    written = tuple(folder / name for name in names)
    for path in written:
        path.write_bytes(_workbook([table for table in tables.values() if table.workbook == path.name], given))
    return written


def _workbook(tables: list[TableSchema], rows: Mapping[str, list[Row]]) -> bytes:
    workbook = blank_workbook()
    lists = _Lists({name: [row["id"] for row in found if row.get("id")] for name, found in rows.items()})
    for table in tables:
        sheet = write_table(workbook, table, rows[table.name], SPARE_ROWS)
        last = len(rows[table.name]) + 1 + SPARE_ROWS
        for column in table.columns.values():
            _help(sheet, table, column, lists, last)
    lists.write(workbook)
    return saved(workbook, ", ".join(table.title for table in tables))


class _Lists:
    """What the drop-downs of one workbook offer, each list once."""

    def __init__(self, ids: Mapping[str, list[str]]) -> None:
        self._ids = ids
        self._columns: dict[tuple[str, ...], str] = {}  # values → header

    def range(self, table: TableSchema, column: ColumnSchema) -> str:
        """Where the choices for a column will stand, as a formula; empty when there is nothing to choose from."""
        referred = tuple(dict.fromkeys(id for name in column.refers_to for id in self._ids.get(name, ())))
        values = column.allowed or referred
        if not values:
            return ""
        header = f"{table.name}: {column.name}" if column.allowed else " and ".join(column.refers_to)
        self._columns.setdefault(values, header)
        letters = column_letters(list(self._columns).index(values) + 1)
        return f"{LISTS}!${letters}$2:${letters}${len(values) + 1}"

    def write(self, workbook: Workbook) -> None:
        """The sheet itself, the last of the workbook."""
        sheet = workbook.create_sheet(LISTS)
        sheet.freeze_panes = "A2"
        for number, (values, header) in enumerate(self._columns.items(), 1):
            write_heading(cell_at(sheet, 1, number), header, strong=False)
            write_note(cell_at(sheet, 1, number), _ABOUT_LISTS)
            sheet.column_dimensions[column_letters(number)].width = max(map(len, (header, *values))) + 3
            for place, value in enumerate(values, 2):
                write_text(sheet, place, number, value)


def _help(sheet: Worksheet, table: TableSchema, column: ColumnSchema, lists: _Lists, last: int) -> None:
    """A drop-down for a cell with one of several values, a prompt for a cell with several; neither forbids anything."""
    from openpyxl.worksheet.datavalidation import DataValidation

    letters = column_letters(list(table.columns).index(column.name) + 1)
    if column.list:
        help = DataValidation(promptTitle=column.name[:32], prompt=_prompt(column)[:255], showInputMessage=True)
    elif choices := lists.range(table, column):
        help = DataValidation(
            type="list",
            formula1=choices,
            allow_blank=True,
            showErrorMessage=True,
            errorStyle="warning" if column.allowed else "information",
            errorTitle=column.name[:32],
            error=_not_offered(column)[:225],
        )
    else:
        return
    help.add(f"{letters}2:{letters}{last}")
    sheet.add_data_validation(help)


def _prompt(column: ColumnSchema) -> str:
    """How to type several values into one cell."""
    sign = {";": "semicolons", ",": "commas"}[column.list.strip()]
    example = f" Example: {column.example}" if column.example else ""
    return f"Several values may stand here, separated by {sign}.{example}"


def _not_offered(column: ColumnSchema) -> str:
    if column.allowed:
        return f"The list offers: {', '.join(column.allowed)}."
    return (
        f"Not an id on the list. A name, Latin name or synonym of {' or '.join(column.refers_to)} is understood too; "
        f"a new term needs its own row there."
    )
