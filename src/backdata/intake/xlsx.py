"""Excel workbooks, read with openpyxl as they are stored: values and formulas, cell by cell."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

from backdata.intake.cells import RawCell, Sheet, Unreadable, raw_cell

SUFFIXES = (".xlsx", ".xlsm")


def read(path: Path, name: str) -> list[Sheet]:
    """All sheets of a workbook. Raises Unreadable."""
    if not is_zipfile(path):
        raise Unreadable(
            "it is not an Excel workbook (.xlsx). Open it in Excel and save it as “Excel Workbook (.xlsx)”"
        )
    book = _load(path, formulas=True)
    if not book.worksheets:
        raise Unreadable("no sheet was found in it. Save it as “Excel Workbook (.xlsx)”, not as “Strict Open XML”")
    has_formulas = any(cell.data_type == "f" for sheet in book.worksheets for cell in sheet._cells.values())
    values = _load(path, formulas=False) if has_formulas else None
    return [_sheet(sheet, values[sheet.title] if values else None, name) for sheet in book.worksheets]


def _load(path: Path, formulas: bool) -> Any:
    import openpyxl

    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns programmers of what it leaves out: styles, drop-downs
        try:
            return openpyxl.load_workbook(file, data_only=not formulas)
        except Exception as error:  # openpyxl raises a dozen kinds for damaged files
            raise Unreadable(
                f"it is damaged ({type(error).__name__}: {error}). Open it in Excel and save it anew"
            ) from error


def _sheet(sheet: Any, values: Any, file: str) -> Sheet:
    cells: dict[tuple[int, int], RawCell] = {}
    for place, cell in sheet._cells.items():  # stored cells only: max_row × max_column can be 17 thousand million
        found = _cell(cell, values._cells.get(place) if values else None)
        if found:
            cells[place] = found
    wide = {area.min_row for area in sheet.merged_cells.ranges if area.max_col > area.min_col}
    filled: dict[int, int] = {}
    for row, _ in cells:
        filled[row] = filled.get(row, 0) + 1
    return Sheet(file, sheet.title, cells, frozenset(row for row in wide if filled.get(row) == 1))


def _cell(cell: Any, value: Any) -> RawCell | None:
    if cell.data_type == "f":
        stored = raw_cell(value.value) if value is not None else None
        formula = str(getattr(cell.value, "text", cell.value))
        if stored is None:
            return RawCell("", "formula without a value", formula)
        return RawCell(stored.text, "error" if stored.text.startswith("#") else "formula", formula)
    if cell.data_type == "e":
        return RawCell("", "error", str(cell.value))
    return raw_cell(cell.value, cell.number_format if cell.data_type in "nd" else "General")
