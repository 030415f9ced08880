"""What a review leaves in a copied workbook: colours, notes and links at cells. It can be taken away again without a trace.

The last digit of a colour says on which ground it was laid: 0 on none, 1–15 on one of the grounds that ``before`` lists. So the
ground comes back even where rows have been sorted, or the workbook was saved by another program.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.dom.minidom import Element

from backdata.model import column_letters
from backdata.workbooks.copy import Copy
from backdata.workbooks.notes import Notes
from backdata.workbooks.package import MAIN, append, child, children, cloned, written

COLOURS = {"error": "F6B8B0", "warning": "FCE0A0", "info": "CFE2F0"}  # the last digit is free
_DEEP = {"error": "B03A30", "warning": "9A6500", "info": "2F6B9A"}  # under light letters
_MOST = 15


class Marks:
    """Marks the cells of one workbook."""

    def __init__(self, copy: Copy, findings: str) -> None:
        self._copy, self._findings = copy, findings
        self.before: list[str] = []  # grounds that cells had of their own, as XML
        self._notes: dict[str, Notes] = {}
        self._areas: dict[str, list[tuple[int, int, int, int]]] = {}

    def place(self, sheet: str, row: int, column: int) -> tuple[int, int]:
        """The cell that shows what belongs to a place: the first of a row, and of a merged area."""
        grid = self._copy.grid(sheet)
        column = column or grid.first_in(row)
        if sheet not in self._areas:
            self._areas[sheet] = list(grid.merged())
        for top, left, bottom, right in self._areas[sheet]:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return row, column

    def colour(self, sheet: str, row: int, column: int, severity: str) -> None:
        """Lay the colour of a severity on a cell."""
        grid, styles = self._copy.grid(sheet), self._copy.styles
        cell = grid.cell(row, column)
        ground = styles.fill_of(grid.style(row, column))
        number = 0 if ground is None else self._number(ground)
        colours = _DEEP if styles.is_light(grid.style(row, column)) else COLOURS
        if number <= _MOST:
            grid.set_style(cell, styles.filled(grid.style(row, column), f"{colours[severity][:-1]}{number:X}"))

    def note(self, sheet: str, row: int, column: int, text: str) -> bool:
        """Write a note on a cell. False where people talk about the cell and no note can stand."""
        if sheet not in self._notes:
            self._notes[sheet] = Notes(self._copy, sheet)
        return self._notes[sheet].add(row, column, text)

    def link(self, sheet: str, row: int, column: int, to: int, says: str) -> None:
        """Let a click on a cell lead to a row of the sheet Findings, unless it leads somewhere already.

        A blank cell has no link: openpyxl, and so our own reader, would take the place it leads to for its text.
        """
        grid = self._copy.grid(sheet)
        if not children(grid.cell(row, column)):
            return
        links = grid.part("hyperlinks")
        if not any(_covers(each.getAttribute("ref"), row, column) for each in children(links)):
            place, ref = f"'{self._findings}'!A{to}", f"{column_letters(column)}{row}"
            append(links, "hyperlink", ref=ref, location=place, tooltip=says)

    def _number(self, ground: Element) -> int:
        own = written(cloned(ground))
        if own not in self.before:
            self.before.append(own)
        return self.before.index(own) + 1


def take_away(copy: Copy, findings: str, before: Sequence[str]) -> None:
    """Remove the colours, notes and links that a review has left."""
    for sheet in copy.sheets:
        Notes(copy, sheet).take_away()
        links = child(copy.grid(sheet).root, "hyperlinks")
        if links is not None:
            for each in children(links):
                if each.getAttribute("location").replace("'", "").startswith(f"{findings}!"):
                    links.removeChild(each)
            if not children(links):
                copy.grid(sheet).root.removeChild(links)
    for fill in copy.styles.items("fills"):
        number = _laid(fill)
        if number >= 0:
            _lay(fill, before[number - 1] if 0 < number <= len(before) else "")


def _laid(fill: Element) -> int:
    """On which ground a colour of ours was laid; -1 for what is not ours."""
    ground = child(fill, "patternFill")
    colour = child(ground, "fgColor") if ground else None
    ours = re.fullmatch(
        "|".join(f"FF{each[:-1]}([0-9A-F])" for each in (*COLOURS.values(), *_DEEP.values())),
        colour.getAttribute("rgb").upper() if colour else "",
    )
    return int(next(filter(None, ours.groups())), 16) if ours else -1


def _lay(fill: Element, ground: str) -> None:
    while fill.firstChild:
        fill.removeChild(fill.firstChild)
    if not ground:
        append(fill, "patternFill", patternType="none")
        return
    from defusedxml.minidom import parseString  # type: ignore[import-untyped]

    own: Element = parseString(ground).documentElement
    for each in children(own):
        each.setAttribute("xmlns", MAIN)
        fill.appendChild(each)


def _covers(area: str, row: int, column: int) -> bool:
    from openpyxl.utils.cell import range_boundaries

    left, top, right, bottom = range_boundaries(area)
    return int(top or 0) <= row <= int(bottom or 0) and int(left or 0) <= column <= int(right or 0)
