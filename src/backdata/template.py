"""The workbooks that content editors work in: every sheet of ``raw/`` with notes, drop-downs and text format, blank or filled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from backdata import alerts, schemas
from backdata.model import Row, column_letters
from backdata.schemas import ColumnSchema, TableSchema
from backdata.workbooks.cells import cell_at, lettering, write_heading, write_note, write_text
from backdata.workbooks.files import blank_workbook, saved
from backdata.workbooks.formulas import Place
from backdata.workbooks.marks import COLOURS
from backdata.workbooks.tables import explain_column, write_table

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

SPARE_ROWS = 500  # blank rows below the data that are ready to be typed into
LISTS = "lists"  # the sheet that holds what drop-downs offer; intake skips it
OFFERED, IDS = "offered_", "ids_"  # how the names of ranges begin: what the lists offer, the first column of a sheet
_ABOUT_COLOURS = (
    "Cells are coloured while you type, as far as the spreadsheet program can judge. “backdata validate” judges all of it. "
    "Google Sheets does not compare with other sheets. Generated; skipped when the workbook is read."
)
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
        places = []
        for number, column in enumerate(table.columns.values(), 1):
            _help(sheet, table, column, lists, last)
            place = Place(table, column, last, lists.ranges(column, here=tables))
            write_note(cell_at(sheet, 1, number), "\n".join([explain_column(column), *alerts.legend(place)]))
            places.append(place)
        alerts.dress(sheet, places)
        if "id" in table.columns:
            _name(workbook, f"{IDS}{table.name}", table.name, "A", last)
    lists.write(workbook)
    return saved(workbook, ", ".join(table.title for table in tables))


class _Lists:
    """What the drop-downs of one workbook offer, each list once."""

    def __init__(self, ids: Mapping[str, list[str]]) -> None:
        self._ids = ids
        self._columns: dict[tuple[str, ...], str] = {}  # values → header

    def range(self, table: TableSchema, column: ColumnSchema) -> str:
        """Where the choices for a column will stand, as a formula; empty when there is nothing to choose from."""
        values = column.allowed or self._referred(column)
        if not values:
            return ""
        header = f"{table.name}: {column.name}" if column.allowed else " and ".join(column.refers_to)
        self._columns.setdefault(values, header)
        letters = column_letters(list(self._columns).index(values) + 1)
        return f"{LISTS}!${letters}$2:${letters}${len(values) + 1}"

    def ranges(self, column: ColumnSchema, here: Sequence[TableSchema]) -> tuple[str, ...]:
        """The names of the ranges with the ids that may stand in a column: what is offered, and the sheets of this workbook."""
        referred = self._referred(column)
        if referred not in self._columns:
            return ()
        offered = f"{OFFERED}{column_letters(list(self._columns).index(referred) + 1)}"
        return (offered, *(f"{IDS}{table.name}" for table in here if table.name in column.refers_to))

    def _referred(self, column: ColumnSchema) -> tuple[str, ...]:
        return tuple(dict.fromkeys(id for name in column.refers_to for id in self._ids.get(name, ())))

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
            _name(workbook, f"{OFFERED}{column_letters(number)}", LISTS, column_letters(number), len(values) + 1)
        _write_legend(sheet, len(self._columns) + 2)


def _write_legend(sheet: Worksheet, number: int) -> None:
    """What the colours mean, beside the lists: a coloured cell for each severity, and below it what it may say."""
    from openpyxl.styles import PatternFill

    write_heading(cell_at(sheet, 1, number), "what the colours mean", strong=False)
    write_note(cell_at(sheet, 1, number), _ABOUT_COLOURS)
    sheet.column_dimensions[column_letters(number)].width = 70
    row = 2
    for severity, means in alerts.MEANS.items():
        cell = write_text(sheet, row, number, f"{alerts.NAMES[severity]} {means}:")
        cell.fill = PatternFill("solid", fgColor=COLOURS[severity])
        cell.font = lettering(bold=True)
        told = [alert for alert in alerts.ALERTS if alert.severity == severity]
        for place, alert in enumerate(told, row + 1):
            write_text(sheet, place, number, alert.words, indent=1)
        row += len(told) + 1


def _name(workbook: Workbook, name: str, sheet: str, letters: str, last: int) -> None:
    """Give a range a name: formats may lead to another sheet by a name only."""
    from openpyxl.workbook.defined_name import DefinedName

    workbook.defined_names[name] = DefinedName(name, attr_text=f"{sheet}!${letters}$2:${letters}${last}")


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
