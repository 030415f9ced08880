"""Notes on the cells of a copied workbook: ours stand below those that are there already, and can be taken away again."""

from __future__ import annotations

import re
from xml.dom.minidom import Element

from backdata.model import column_letters
from backdata.workbooks.copy import Copy
from backdata.workbooks.package import MAIN, RELATIONS, append, child, children, say, words

_MARK = "— backdata —"  # where ours begin
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NAMES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_KIND = (
    f'<v:shapetype {_NAMES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke '
    'joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BOX = (
    f'<v:shape {_NAMES} id="_x0000_s{{id}}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
    'width:250pt;height:{height}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
    '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_SHAPE = re.compile(r"<(?:\w+:)?shape\s.*?</(?:\w+:)?shape>", re.DOTALL)
_LINE, _LETTERS = 13, 46  # height of a line in points, letters in a line


class Notes:
    """The notes of one sheet."""

    def __init__(self, copy: Copy, sheet: str) -> None:
        self._package, self._part, self._grid = copy.package, copy.sheets[sheet], copy.grid(sheet)
        self._comments = next((part for _, _, part in self._package.related(self._part, "comments")), "")
        threads = [part for _, _, part in self._package.related(self._part, "threadedComment")]
        self._talked_about = {
            each.getAttribute("ref") for part in threads for each in children(self._package.tree(part))
        }

    def add(self, row: int, column: int, text: str) -> bool:
        """Write a note, below the one that is there. False where people talk about the cell: Excel would drop the note."""
        address = f"{column_letters(column)}{row}"
        if address in self._talked_about:
            return False
        listed = self._list()
        there = next((each for each in children(listed, "comment") if each.getAttribute("ref") == address), None)
        if there is None:
            said = append(append(listed, "comment", ref=address, authorId=self._author()), "text")
            self._draw(row, column, text)
        else:
            said = child(there, "text") or append(there, "text")
            self._enlarge(row, column, text)
        run = append(said, "r")
        look = append(run, "rPr")
        append(look, "sz", val="9")
        append(look, "rFont", val="Tahoma")
        say(append(run, "t"), f"{'' if there is None else chr(10) * 2}{_MARK}\n{text}")
        return True

    def take_away(self) -> None:
        """Remove all that we wrote, and nothing else."""
        for each in children(self._list(), "comment") if self._comments else ():
            said = child(each, "text")
            if said is None or _MARK not in words(said):
                continue
            _cut(said)
            if not words(said).strip():
                self._list().removeChild(each)
                self._erase(each.getAttribute("ref"))
        if self._comments and not children(self._list(), "comment"):
            self._package.drop(self._comments)
            self._comments = ""
            self._without_empty_drawing()

    def _list(self) -> Element:
        if not self._comments:
            self._comments = self._package.free("xl/comments{}.xml")
            blank = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'
            self._package.put(self._comments, blank.encode(), _COMMENTS)
            self._package.relate(self._part, "comments", self._comments)
        root = self._package.tree(self._comments)
        return child(root, "commentList") or append(root, "commentList")

    def _author(self) -> str:
        root = self._package.tree(self._comments)
        authors = child(root, "authors") or append(root, "authors", root.firstChild)
        names = [words(each) for each in children(authors, "author")]
        if "backdata" not in names:
            say(append(authors, "author"), "backdata")
            names.append("backdata")
        return str(names.index("backdata"))

    def _drawing(self) -> str:
        """The part in which the boxes of the notes are drawn; empty where there is none."""
        used = child(self._grid.root, "legacyDrawing")
        id = used.getAttributeNS(RELATIONS, "id") if used else ""
        return next((part for each, _, part in self._package.related(self._part, "vmlDrawing") if each == id), "")

    def _boxes(self) -> str:
        return self._package.parts[self._drawing()].decode("utf-8-sig") if self._drawing() else ""

    def _keep(self, boxes: str) -> None:
        self._package.parts[self._drawing()] = boxes.encode()

    def _draw(self, row: int, column: int, text: str) -> None:
        if not self._drawing():
            part = self._package.free("xl/drawings/vmlDrawing{}.vml")
            self._package.default_type("vml", _VML)
            self._package.parts[part] = f"<xml {_NAMES}></xml>".encode()
            used = self._grid.part("legacyDrawing")
            used.setAttribute("xmlns:r", RELATIONS)
            used.setAttributeNS(RELATIONS, "r:id", self._package.relate(self._part, "vmlDrawing", part))
        boxes = self._boxes()
        id = max([1024, *map(int, re.findall(r"_x0000_s([0-9]+)", boxes))]) + 1
        kind = "" if "_x0000_t202" in boxes else _KIND
        box = kind + _BOX.format(id=id, height=_height(text) + _LINE, row=row - 1, column=column - 1)
        end = boxes.rindex("</")
        self._keep(boxes[:end] + box + boxes[end:])

    def _enlarge(self, row: int, column: int, text: str) -> None:
        boxes = self._boxes()
        if box := _box(boxes, row, column):
            higher = _LINE + _height(text)
            taller = re.sub(
                r"(?<![-\w])height:([0-9.]+)(p[tx])",
                lambda found: f"height:{float(found[1]) + higher:g}{found[2]}",
                box,
                count=1,
            )
            taller = re.sub(
                r"(Anchor>\s*(?:[^,<]+,){6}\s*)([0-9]+)",
                lambda found: f"{found[1]}{int(found[2]) + higher // 15}",
                taller,
            )
            self._keep(boxes.replace(box, taller))

    def _erase(self, address: str) -> None:
        from openpyxl.utils.cell import coordinate_to_tuple

        boxes = self._boxes()
        if box := _box(boxes, *coordinate_to_tuple(address)):
            self._keep(boxes.replace(box, ""))

    def _without_empty_drawing(self) -> None:
        if (part := self._drawing()) and not _SHAPE.search(self._boxes()):
            self._package.drop(part)
            self._grid.root.removeChild(self._grid.part("legacyDrawing"))


def _box(boxes: str, row: int, column: int) -> str:
    for found in _SHAPE.finditer(boxes):
        rows, columns = (re.search(rf"<(?:\w+:)?{name}>\s*([0-9]+)\s*<", found[0]) for name in ("Row", "Column"))
        if rows and columns and (int(rows[1]), int(columns[1])) == (row - 1, column - 1):
            return found[0]
    return ""


def _cut(said: Element) -> None:
    """Cut a note off where ours begins."""
    before = words(said).split(_MARK)[0].rstrip("\n")
    left = len(before)
    for run in children(said):
        text = run if run.localName == "t" else child(run, "t")
        if run.localName not in ("t", "r") or text is None:
            continue
        if not left:
            said.removeChild(run)
            continue
        kept = words(text)[:left]
        left -= len(kept)
        while text.firstChild:
            text.removeChild(text.firstChild)
        say(text, kept)


def _height(text: str) -> int:
    return _LINE * sum(-(-len(line) // _LETTERS) or 1 for line in text.split("\n"))
