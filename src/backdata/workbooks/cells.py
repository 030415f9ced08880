"""Cells as our workbooks write them: text that stays text, headings, notes, links."""

from __future__ import annotations

from functools import cache
from textwrap import wrap
from typing import TYPE_CHECKING, cast

from backdata.model import column_letters

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.styles import Alignment, Border, Font, PatternFill
    from openpyxl.worksheet.worksheet import Worksheet

INK, PAPER, SOFT, LINK = "1F3A4D", "FFFFFF", "DCE6EC", "1F5C99"
_RULE = "C9D3D9"
_LINE, _HIGHEST = 15, 409  # points; Excel knows no higher row


def write_text(
    sheet: Worksheet, row: int, column: int, value: str | None, wrapped: bool = False, indent: int = 0
) -> Cell:
    """Put text into a cell as text, whatever it looks like: "=1" stays "=1", "1-2" never becomes a date."""
    cell = cell_at(sheet, row, column)
    if value is not None:
        cell.value = value
        cell.data_type = "s"
    cell.number_format = "@"
    cell.alignment = top(wrapped, indent)
    return cell


def write_heading(cell: Cell, text: str, strong: bool = True) -> None:
    """A header cell: light on dark when ``strong``, dark on light otherwise."""
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    cell.font = lettering(bold=True, color=PAPER if strong else INK)
    fill_with(cell, INK if strong else SOFT)
    cell.alignment = _middle()


@cache
def _middle() -> Alignment:
    from openpyxl.styles import Alignment

    return Alignment(vertical="center", wrap_text=False)


def write_note(cell: Cell, text: str) -> None:
    """A note on a cell, large enough to be read without pulling at its corners."""
    from openpyxl.comments import Comment

    lines = sum(-(-len(line) // 44) or 1 for line in text.split("\n"))
    cell.comment = Comment(text, "backdata", width=320, height=24 + 18 * lines)


def link_to(cell: Cell, place: str, says: str) -> None:
    """Make a click on the cell lead to ``place`` ("'muscles'!A7") of the same workbook; nothing for an empty place."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    if place:
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place, tooltip=says)


def fit_rows(sheet: Worksheet) -> None:
    """Make rows as high as their wrapped text needs; programs that keep to what a file says would hide all but a line."""
    for row in sheet.iter_rows(min_row=2):
        lines = [
            _lines(str(cell.value), int(sheet.column_dimensions[column_letters(number)].width))
            for number, cell in enumerate(row, 1)
            if cell.value is not None and cell.alignment.wrap_text
        ]
        if lines and max(lines) > 1:
            sheet.row_dimensions[row[0].row or 1].height = min(_LINE * max(lines) + 3, _HIGHEST)


def _lines(text: str, width: int) -> int:
    return sum(len(wrap(line, width * 6 // 5)) or 1 for line in text.split("\n"))


def fill_with(cell: Cell, colour: str) -> None:
    """A plain ground (six hexadecimal digits)."""
    cell.fill = _ground(colour)


@cache
def _ground(colour: str) -> PatternFill:
    from openpyxl.styles import PatternFill

    return PatternFill("solid", fgColor=colour)


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell by numbers; made if it is not there."""
    return cast("Cell", sheet.cell(row, column))


@cache
def top(wrapped: bool = False, indent: int = 0) -> Alignment:
    """Alignment at the top of the cell. Looks are made once: openpyxl compares each one that it is given with all it has."""
    from openpyxl.styles import Alignment

    return Alignment(horizontal="left", vertical="top", wrap_text=wrapped, indent=indent)


@cache
def ruled(sides: bool = False) -> Border:
    """A thin line below, perhaps also on both sides."""
    from openpyxl.styles import Border, Side

    line = Side("thin", color=_RULE)
    return Border(bottom=line, left=line if sides else None, right=line if sides else None)


@cache
def lettering(
    bold: bool = False, italic: bool = False, underline: bool = False, color: str = INK, size: int = 11
) -> Font:
    """The one typeface of our workbooks; a font without a name would be shown as whatever the program likes."""
    from openpyxl.styles import Font

    return Font(
        name="Calibri", size=size, bold=bold, italic=italic, underline="single" if underline else None, color=color
    )
