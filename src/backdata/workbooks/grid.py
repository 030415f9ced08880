"""The cells of one sheet of a copied workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.dom.minidom import Element

from backdata.model import column_letters
from backdata.workbooks.package import append, child, children, say, words

_ADDRESS = re.compile(r"([A-Z]+)([0-9]+)")
_ORDER = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]  # in which the parts of a sheet must stand


class Grid:
    """A sheet whose cells are found by numbers from 1."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._data = child(root, "sheetData") or self.part("sheetData")
        self._rows: dict[int, Element] = {}
        self._cells: dict[tuple[int, int], Element] = {}
        self._find()

    def _find(self) -> None:
        row = 0
        for line in children(self._data, "row"):
            row = int(line.getAttribute("r") or row + 1)
            line.setAttribute("r", str(row))
            self._rows[row] = line
            column = 0
            for cell in children(line, "c"):
                address = cell.getAttribute("r")
                column = _number(address) if address else column + 1
                cell.setAttribute("r", f"{column_letters(column)}{row}")
                self._cells[row, column] = cell

    def cell(self, row: int, column: int) -> Element:
        """A cell; made if it is not there, with the look of its row or column."""
        if (row, column) not in self._cells:
            style = self.style(row, column)
            line = self._line(row)
            after = min((each for number, each in self._cells if number == row and each > column), default=0)
            cell = append(line, "c", self._cells.get((row, after)), r=f"{column_letters(column)}{row}", s=str(style))
            self._cells[row, column] = cell
            if line.hasAttribute("spans"):
                line.removeAttribute("spans")
            if extent := child(self.root, "dimension"):
                self.root.removeChild(extent)
        return self._cells[row, column]

    def _line(self, row: int) -> Element:
        if row not in self._rows:
            below = min((number for number in self._rows if number > row), default=0)
            self._rows[row] = append(self._data, "row", self._rows.get(below), r=str(row))
        return self._rows[row]

    def style(self, row: int, column: int) -> int:
        """The number of the look that a cell has, or would have."""
        if (cell := self._cells.get((row, column))) is not None:
            return int(cell.getAttribute("s") or 0)
        if (line := self._rows.get(row)) is not None and line.getAttribute("s"):
            return int(line.getAttribute("s"))
        widths = child(self.root, "cols")
        for each in children(widths, "col") if widths else ():
            if int(each.getAttribute("min")) <= column <= int(each.getAttribute("max")):
                return int(each.getAttribute("style") or 0)
        return 0

    def set_style(self, cell: Element, style: int) -> None:
        """Give a cell another look."""
        cell.setAttribute("s", str(style))

    def write(self, cell: Element, text: str) -> None:
        """Put text into an empty cell."""
        cell.setAttribute("t", "inlineStr")
        say(append(append(cell, "is"), "t"), text)

    def clear(self, cell: Element) -> bool:
        """Empty a cell. Returns whether a formula stood in it."""
        formula = child(cell, "f")
        if formula is not None and formula.getAttribute("t") == "shared" and formula.getAttribute("ref"):
            self._part_from(cell, formula)
        while cell.firstChild:
            cell.removeChild(cell.firstChild)
        for name in ("t", "cm", "vm"):
            if cell.hasAttribute(name):
                cell.removeAttribute(name)
        return formula is not None

    def _part_from(self, cell: Element, formula: Element) -> None:
        """Cells that share the formula of this one get it as their own."""
        from openpyxl.formula.translate import Translator

        translator = Translator(f"={words(formula)}", origin=cell.getAttribute("r"))
        for other in self._cells.values():
            theirs = child(other, "f")
            if theirs is None or theirs is formula or theirs.getAttribute("si") != formula.getAttribute("si"):
                continue
            own = append(other, "f", theirs)
            say(own, translator.translate_formula(other.getAttribute("r"))[1:])
            other.removeChild(theirs)

    def first_in(self, row: int) -> int:
        """The first column of a row that holds anything; 1 for a blank row."""
        return min((column for number, column in self._cells if number == row), default=1)

    def hidden(self, row: int) -> bool:
        """Whether a row cannot be seen, because of a filter or because somebody has hidden it."""
        line = self._rows.get(row)
        return line is not None and line.getAttribute("hidden") in ("1", "true")

    def part(self, name: str) -> Element:
        """A part of the sheet beside its cells (``hyperlinks``, ``mergeCells``); made at its place if it is not there."""
        if (found := child(self.root, name)) is not None:
            return found
        later = set(_ORDER[_ORDER.index(name) + 1 :])
        return append(self.root, name, next((each for each in children(self.root) if _name(each) in later), None))

    def merged(self) -> Iterator[tuple[int, int, int, int]]:
        """Merged areas: first row, first column, last row, last column."""
        from openpyxl.utils.cell import range_boundaries

        areas = child(self.root, "mergeCells")
        for each in children(areas, "mergeCell") if areas else ():
            left, top, right, bottom = range_boundaries(each.getAttribute("ref"))
            yield int(top or 0), int(left or 0), int(bottom or 0), int(right or 0)


def _name(element: Element) -> str:
    """What a part is; newer programs may wrap one ("AlternateContent"), and then what is inside counts."""
    if element.localName != "AlternateContent":
        return str(element.localName)
    inside = [each.localName for choice in children(element) for each in children(choice)]
    return str(inside[0]) if inside else ""


def _number(address: str) -> int:
    found = _ADDRESS.fullmatch(address)
    letters = found[1] if found else "A"
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
