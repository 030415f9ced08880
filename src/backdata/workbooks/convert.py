"""Workbooks made of what is none: of a table kept as text, and of nothing."""

from __future__ import annotations

import re

from backdata.model import column_letters
from backdata.separated import Unseparable, decoded, records
from backdata.workbooks.cells import write_text
from backdata.workbooks.copy import Copy, Uncopyable
from backdata.workbooks.files import blank_workbook, saved
from backdata.workbooks.graft import take_out
from backdata.workbooks.package import storable

_LONGEST, _LONGEST_NAME, _WIDEST = (
    32_767,
    31,
    42,
)  # letters that Excel takes in a cell and a sheet's name; in a column we show


def from_text(data: bytes, name: str) -> tuple[str, bytes, list[str]]:
    """A CSV file as a workbook: the name of its sheet, the bytes, and what it cannot carry over. Raises Uncopyable.

    Rows stand where the lines of the file stand, and all cells are text.
    """
    try:
        text, _, _ = decoded(data)
        table = list(records(text))
    except Unseparable as error:
        raise Uncopyable(str(error)) from error
    title = re.sub(r"[\[\]:*?/\\]", "-", name)[:_LONGEST_NAME].strip("'") or "table"
    workbook, cut = blank_workbook(), 0
    sheet = workbook.create_sheet(title)
    widths: dict[int, int] = {}
    for line, record in table:
        for column, value in enumerate(record, 1):
            if value:
                stored = storable(value)
                cut += len(stored) > _LONGEST
                write_text(sheet, line, column, stored[:_LONGEST])
                widths[column] = max(widths.get(column, 0), len(stored))
    for column, width in widths.items():
        sheet.column_dimensions[column_letters(column)].width = min(width, _WIDEST) + 3
    lost = [f"The end of {cut} cells that are longer than Excel takes."] if cut else []
    return title, saved(workbook, name), lost


def without_sheets() -> Copy:
    """A workbook to which a sheet must still be added."""
    workbook = blank_workbook()
    workbook.create_sheet("gone")
    copy = Copy(saved(workbook, "Findings"))
    take_out(copy, "gone")
    return copy
