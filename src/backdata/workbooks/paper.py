"""A page of paper: how wide columns are on it, how high text stands, and where a sheet is broken into pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backdata.figures.lettering import wrapped

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HIGHEST = 405.0  # points; Excel knows no row higher than 409
ROOM = (
    476.0  # points that an A4 page, landscape, has for rows below the heading, between the margins that we print with
)
_MM, _CHARACTER = 96 / 25.4, 7  # pixels of a millimetre, and of the digit in which Excel measures columns
_NARROWER, _LEADING = (
    0.94,
    1.24,
)  # letters of workbooks beside those of maps, with room to spare; height of a line, in sizes


def pixels(millimetres: float) -> int:
    """The width of so many millimetres of paper."""
    return round(millimetres * _MM)


def characters(width: int) -> float:
    """A width in pixels, as a sheet states the width of a column."""
    return width / _CHARACTER


def height_of(text: str, width: int, size: float, bold: bool = False) -> float:
    """Points that a text needs in a cell so many pixels wide; rather too many than too few."""
    return lines_of(text, width, size, bold) * size * _LEADING + 5


def lines_of(text: str, width: int, size: float, bold: bool = False) -> int:
    """The lines of a text in a cell so many pixels wide, in letters of a size in points."""
    room = (width - 8) * 0.75
    return sum(len(wrapped(line, size * _NARROWER, room, bold)) or 1 for line in text.split("\n"))


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that stay on one page."""

    rows: tuple[int, ...]
    new_page: bool = False  # if there is anything on this one but what it must not be parted from


def break_pages(sheet: Worksheet, blocks: Sequence[Block]) -> None:
    """Break a sheet before each block that wants a page of its own, or for which the page has no room left."""
    from openpyxl.worksheet.pagebreak import Break

    filled = 0.0
    for block in blocks:
        needed = _height(sheet, block.rows)
        if filled and (block.new_page or filled + needed > ROOM):
            sheet.row_breaks.append(Break(id=block.rows[0] - 1, max=16_383))
            filled = 0.0
        filled += needed


def _height(sheet: Worksheet, rows: Iterable[int]) -> float:
    return sum(sheet.row_dimensions[row].height or 15 for row in rows)
