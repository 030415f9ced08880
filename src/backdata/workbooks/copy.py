"""A copy of somebody's workbook that is changed cell by cell; whatever nobody touches stays as it is.

The copy is made part by part and not by reading the workbook and writing it anew, which would lose what the reader does not
know: pictures, charts, macros, drop-downs that lead to other sheets, threads of comments, how words in a cell are formatted.

    copy = Copy.of(Path("muscles.xlsx"))      # raises Uncopyable, with a sentence
    copy.set_text("attachments", 14, 4, "C7–T3")
    for sentence in copy.lost: ...            # what it cannot carry over, in words
    Path("muscles.fixed.xlsx").write_bytes(copy.data())
"""

from __future__ import annotations

from pathlib import Path

from backdata.model import column_letters
from backdata.workbooks.grid import Grid
from backdata.workbooks.package import MAIN, RELATIONS, Package, Uncopyable, append, child, children
from backdata.workbooks.styles import Styles

__all__ = ["Copy", "Uncopyable"]


class Copy:
    """A workbook (.xlsx or .xlsm) that is being changed in memory. The file itself is never touched."""

    def __init__(self, data: bytes) -> None:
        self.package = Package(data)
        self.workbook = next((part for _, _, part in self.package.related("", "officeDocument")), "")
        if not self.workbook:
            raise Uncopyable("it holds no workbook")
        if self.package.tree(self.workbook).namespaceURI != MAIN:
            raise Uncopyable("it is stored as “Strict Open XML”. Save it as “Excel Workbook (.xlsx)”")
        self.sheets = {name: part for name, kind, part in self.tabs() if kind == "worksheet"}
        self._grids: dict[str, Grid] = {}
        self._styles: Styles | None = None
        self.lost = self._without_signature()

    @classmethod
    def of(cls, path: Path) -> Copy:
        """A copy of a file. Raises Uncopyable for what is no .xlsx or .xlsm, or is damaged."""
        return cls(path.read_bytes())

    def set_text(self, sheet: str, row: int, column: int, text: str | None) -> None:
        """Put text into a cell, or empty it (None); its look stays. It is text whatever it looks like: "=1", "1-2"."""
        grid = self.grid(sheet)
        cell = grid.cell(row, column)
        if grid.clear(cell):
            self._forget_order_of_formulas()
        if text is not None:
            grid.write(cell, text)
        grid.set_style(cell, self.styles.as_text(grid.style(row, column)))
        self._rename_column_of_table(sheet, row, column, text or "")
        self._calculate_when_opened()

    def data(self) -> bytes:
        """The bytes of the file."""
        return self.package.data()

    def grid(self, sheet: str) -> Grid:
        """The cells of a sheet."""
        if sheet not in self._grids:
            self._grids[sheet] = Grid(self.package.tree(self.sheets[sheet]))
        return self._grids[sheet]

    @property
    def styles(self) -> Styles:
        """How its cells look."""
        if self._styles is None:
            part = next((part for _, _, part in self.package.related(self.workbook, "styles")), "")
            if not part:
                part = "xl/styles.xml"
                self.package.put(part, Styles.BLANK, f"{Styles.TYPE}")
                self.package.relate(self.workbook, "styles", part)
            self._styles = Styles(self.package.tree(part))
        return self._styles

    def tabs(self) -> list[tuple[str, str, str]]:
        """(name, kind, part) of all that has a tab, from the left: sheets, and charts that fill one."""
        targets = {id: (kind, part) for id, kind, part in self.package.related(self.workbook)}
        listed = child(self.package.tree(self.workbook), "sheets")
        return [
            (each.getAttribute("name"), *targets.get(each.getAttributeNS(RELATIONS, "id"), ("", "")))
            for each in (children(listed, "sheet") if listed else ())
        ]

    def _without_signature(self) -> tuple[str, ...]:
        signatures = [part for part in self.package.parts if part.startswith("_xmlsignatures/")]
        for part in sorted(signatures):
            self.package.drop(part)
        return ("The digital signature: it holds for the original only.",) if signatures else ()

    def _forget_order_of_formulas(self) -> None:
        """Excel keeps a list of all formulas and calls a file damaged when one of them is gone; it makes it anew."""
        for _, _, part in list(self.package.related(self.workbook, "calcChain")):
            self.package.drop(part)

    def _calculate_when_opened(self) -> None:
        root = self.package.tree(self.workbook)
        how = child(root, "calcPr")
        if how is None:
            after = {"oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing"}
            after |= {"fileRecoveryPr", "webPublishObjects", "extLst"}
            how = append(root, "calcPr", next((each for each in children(root) if each.localName in after), None))
        how.setAttribute("fullCalcOnLoad", "1")

    def _rename_column_of_table(self, sheet: str, row: int, column: int, text: str) -> None:
        """A sheet formatted as a table keeps its headers twice; Excel calls a file damaged when they differ."""
        for _, _, part in self.package.related(self.sheets[sheet], "table"):
            table = self.package.tree(part)
            first, _, last = table.getAttribute("ref").partition(":")
            (top, left), (_, right) = _place(first), _place(last or first)
            names = child(table, "tableColumns")
            if names and row == top and left <= column <= right and table.getAttribute("headerRowCount") != "0":
                children(names, "tableColumn")[column - left].setAttribute("name", text or column_letters(column))


def _place(address: str) -> tuple[int, int]:
    from openpyxl.utils.cell import coordinate_to_tuple

    return coordinate_to_tuple(address.replace("$", ""))
