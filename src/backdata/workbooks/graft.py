"""A sheet of ours, put into a copied workbook as its first one, or taken out of it again."""

from __future__ import annotations

from xml.dom.minidom import Element

from backdata.workbooks.copy import Copy
from backdata.workbooks.package import RELATIONS, Package, append, child, children, cloned, say, words, written

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_NAMES_STAND_BEFORE = [
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
]


def put_first(copy: Copy, made: bytes, name: str) -> None:
    """Put the only sheet of another workbook, one that openpyxl has made, before the sheets of this one."""
    source = Package(made)
    root = source.tree("xl/worksheets/sheet1.xml")
    _dress(copy, source, root)
    _spell_out(source, root)
    root.setAttribute("xmlns:r", RELATIONS)
    part = copy.package.free("xl/worksheets/sheet{}.xml")
    copy.package.put(part, written(root).encode(), _SHEET)
    book = copy.package.tree(copy.workbook)
    sheets = child(book, "sheets") or append(book, "sheets")
    number = max((int(each.getAttribute("sheetId")) for each in children(sheets)), default=0) + 1
    listed = append(sheets, "sheet", sheets.firstChild, name=name, sheetId=str(number))
    listed.setAttribute("xmlns:r", RELATIONS)
    listed.setAttributeNS(RELATIONS, "r:id", copy.package.relate(copy.workbook, "worksheet", part))
    copy.sheets = {name: part, **copy.sheets}
    _renumber(book, 0, 1)
    _take_names(book, source)
    _open_with_first(copy)


def take_out(copy: Copy, name: str) -> None:
    """Take a sheet out, with all that belongs to nothing else."""
    part = copy.sheets.pop(name)
    book = copy.package.tree(copy.workbook)
    sheets = child(book, "sheets") or append(book, "sheets")
    place = next(number for number, each in enumerate(children(sheets)) if each.getAttribute("name") == name)
    sheets.removeChild(children(sheets)[place])
    for _, _, used in list(copy.package.related(part)):
        if used.startswith(("xl/comments", "xl/drawings/vmlDrawing", "xl/printerSettings")):
            copy.package.drop(used)
    copy.package.drop(part)
    _renumber(book, place, -1)
    _open_with_first(copy)


def _dress(copy: Copy, source: Package, root: Element) -> None:
    """Add the looks that the sheet needs, and let its cells refer to them by their new numbers."""
    theirs, styles = source.tree("xl/styles.xml"), copy.styles
    moved: dict[str, dict[int, int]] = {}
    for name in ("fonts", "fills", "borders", "dxfs"):
        listed = child(theirs, name)
        moved[name] = {
            number: styles.add(name, cloned(each)) for number, each in enumerate(children(listed) if listed else ())
        }
    looks: dict[str, str] = {}
    for number, each in enumerate(children(child(theirs, "cellXfs") or append(theirs, "cellXfs"))):
        look = cloned(each)
        for attribute, name in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
            look.setAttribute(attribute, str(moved[name][int(look.getAttribute(attribute) or 0)]))
        for attribute in ("applyFont", "applyFill", "applyBorder", "applyNumberFormat", "applyAlignment"):
            look.setAttribute(attribute, "1")
        look.setAttribute("xfId", "0")
        looks[str(number)] = str(styles.add("cellXfs", look))
    for each in _all(root):
        for attribute in {"c": ("s",), "row": ("s",), "col": ("style",)}.get(str(each.localName), ()):
            if each.hasAttribute(attribute):
                each.setAttribute(attribute, looks[each.getAttribute(attribute)])
        if each.hasAttribute("dxfId"):
            each.setAttribute("dxfId", str(moved["dxfs"][int(each.getAttribute("dxfId"))]))


def _spell_out(source: Package, root: Element) -> None:
    """Words in the cells themselves instead of numbers of a list of words, which the other workbook does not have."""
    listed = source.tree("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in source.parts else None
    strings = [words(each) for each in children(listed)] if listed else []
    for cell in _all(root):
        if cell.localName == "c" and cell.getAttribute("t") == "s":
            value = child(cell, "v")
            text = strings[int(words(value))] if value else ""
            while cell.firstChild:
                cell.removeChild(cell.firstChild)
            cell.setAttribute("t", "inlineStr")
            say(append(append(cell, "is"), "t"), text)


def _renumber(book: Element, place: int, by: int) -> None:
    """Names that hold for one sheet name it by its place."""
    names = child(book, "definedNames")
    for each in children(names) if names else ():
        if each.hasAttribute("localSheetId"):
            sheet = int(each.getAttribute("localSheetId"))
            if by < 0 and sheet == place and names:
                names.removeChild(each)
            elif sheet >= place:
                each.setAttribute("localSheetId", str(sheet + by))
    if names and not children(names):
        book.removeChild(names)


def _take_names(book: Element, source: Package) -> None:
    """The filter and the titles of printed pages are names of the sheet."""
    theirs = child(source.tree("xl/workbook.xml"), "definedNames")
    if theirs is None or not children(theirs):
        return
    ours = child(book, "definedNames")
    if ours is None:
        before = next((each for each in children(book) if each.localName in _NAMES_STAND_BEFORE), None)
        ours = append(book, "definedNames", before)
    for each in children(theirs):
        name = append(ours, "definedName", name=each.getAttribute("name"), localSheetId="0")
        if each.getAttribute("hidden"):
            name.setAttribute("hidden", each.getAttribute("hidden"))
        say(name, words(each))
        name.removeAttribute("xml:space")


def _open_with_first(copy: Copy) -> None:
    """Open the workbook with its first sheet, and with that one alone: what is typed into grouped sheets goes into all."""
    views = child(copy.package.tree(copy.workbook), "bookViews")
    for view in children(views) if views else ():
        for attribute in ("activeTab", "firstSheet"):
            if view.hasAttribute(attribute):
                view.removeAttribute(attribute)
    for number, (_, _, part) in enumerate(copy.tabs()):
        root = copy.package.tree(part)
        views = child(root, "sheetViews")
        for view in children(views, "sheetView") if views else ():
            if number == 0:
                view.setAttribute("tabSelected", "1")
            elif view.hasAttribute("tabSelected"):
                view.removeAttribute("tabSelected")


def _all(element: Element) -> list[Element]:
    return [each for below in children(element) for each in (below, *_all(below))]
