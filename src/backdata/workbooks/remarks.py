"""The notes below the table of an overview sheet, in two columns of small print, a paragraph per muscle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from backdata.anatomy.overview import OverviewRow
from backdata.model import capital
from backdata.workbooks.cells import SOFT, cell_at, fill_with, lettering
from backdata.workbooks.layout import WIDTHS, Page
from backdata.workbooks.paper import Block, height_of, lines_of

_SIZE = 8  # of letters, in points
_LEFT, _RIGHT = (2, 4), (5, len(WIDTHS))  # the columns of the sheet that each column of notes runs over
_MANY = 24  # lines of notes in a row of the sheet: pages break between rows alone
_HEADING = "Notes"


def write_notes(page: Page, rows: Sequence[OverviewRow]) -> None:
    """Write the notes of the muscles, numbered as in their cells; where there are none, nothing."""
    told = [row for row in rows if row.kind != "group" and row.notes]
    if not told:
        return
    heading = page.take(17)
    for number in range(1, len(WIDTHS) + 1):
        fill_with(cell_at(page.sheet, heading, number), SOFT)
    page.write_across(heading, _HEADING, last=1)
    cell_at(page.sheet, heading, 1).font = lettering(bold=True, size=10)
    above: tuple[int, ...] = (heading,)
    for row in told:
        name = capital(row.name)
        for left, right in _halves(row.notes):
            line = page.take(
                max(_height(left, _LEFT), _height(right, _RIGHT), height_of(name, WIDTHS[0], _SIZE, bold=True))
            )
            page.write_across(line, name, last=1, size=_SIZE)
            cell_at(page.sheet, line, 1).font = lettering(bold=True, size=_SIZE)
            page.write_across(line, "\n".join(left), *_LEFT, size=_SIZE)
            if right:
                page.write_across(line, "\n".join(right), *_RIGHT, size=_SIZE)
            page.blocks.append(Block((*above, line)))
            above, name = (), f"{capital(row.name)}, continued"


def _halves(notes: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """The notes, row by row: as many as a row holds, the first half of their lines on the left."""
    start = 0
    while start < len(notes):
        lines = [lines_of(note, _width(_LEFT), _SIZE) for note in notes[start:]]
        many = max(sum(total <= _MANY for total in accumulate(lines)), 1)
        half = next(n for n, total in enumerate(accumulate(lines[:many]), 1) if 2 * total >= sum(lines[:many]))
        yield notes[start : start + half], notes[start + half : start + many]
        start += many


def _height(notes: Sequence[str], columns: tuple[int, int]) -> float:
    return height_of("\n".join(notes), _width(columns), _SIZE)


def _width(columns: tuple[int, int]) -> int:
    return sum(WIDTHS[columns[0] - 1 : columns[1]])
