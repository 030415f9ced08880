"""How the cells of a copied workbook look: its own looks, and looks that differ from one of them in one thing."""

from __future__ import annotations

from typing import ClassVar
from xml.dom.minidom import Element

from backdata.workbooks.package import MAIN, append, child, children, cloned, written

_TEXT = "49"  # the number format "@"
_ORDER = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
]
_LIGHT = 3 * 170  # red, green and blue together, above which letters are light
_LIGHT_THEMES = ("0", "2")  # white and light grey, unless somebody has changed the theme


class Styles:
    """The list of looks (number format, font, fill, border …) to which cells refer by number."""

    TYPE: ClassVar[str] = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
    BLANK: ClassVar[bytes] = (
        f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill>'
        '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/>'
        '</borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf/></cellXfs></styleSheet>'
    ).encode()

    def __init__(self, root: Element) -> None:
        self.root = root
        self._items: dict[str, list[Element]] = {}
        self._numbers: dict[str, dict[str, int]] = {}  # list → element as XML → its number
        self._made: dict[tuple[int, str, str], int] = {}
        self._complete()

    def _complete(self) -> None:
        """Some programs leave out what they do not use; others call a workbook damaged that lacks it."""
        from defusedxml.minidom import parseString  # type: ignore[import-untyped]

        for blank in children(parseString(self.BLANK).documentElement):
            name = str(blank.localName)
            if not self.items(name):
                for each in children(blank):
                    each.setAttribute("xmlns", MAIN)
                    self.add(name, each)

    def as_text(self, style: int) -> int:
        """The same look, for text that is never taken for a number, a date or a formula."""
        return self._like(style, "numFmtId", _TEXT, "applyNumberFormat")

    def filled(self, style: int, colour: str) -> int:
        """The same look on a ground of a colour (six hexadecimal digits)."""
        return self._like(style, "fillId", str(self._fill(colour)), "applyFill")

    def fill_of(self, style: int) -> Element | None:
        """The ground of a look; None where there is none."""
        fills, number = self.items("fills"), int(self._look(style).getAttribute("fillId") or 0)
        return fills[number] if 1 < number < len(fills) else None

    def is_light(self, style: int) -> bool:
        """Whether the letters of a look are light, so that they need a dark ground."""
        fonts, number = self.items("fonts"), int(self._look(style).getAttribute("fontId") or 0)
        colour = child(fonts[number], "color") if number < len(fonts) else None
        if colour is None:
            return False
        rgb = colour.getAttribute("rgb")[-6:]
        bright = sum(int(rgb[place : place + 2], 16) for place in (0, 2, 4)) > _LIGHT if rgb else False
        return bright or colour.getAttribute("theme") in _LIGHT_THEMES

    def items(self, name: str) -> list[Element]:
        """What is in one of the lists: fonts, fills, borders, cellXfs, dxfs."""
        if name not in self._items:
            self._items[name] = children(self._list(name))
            self._numbers[name] = {written(each): number for number, each in enumerate(self._items[name])}
        return self._items[name]

    def add(self, name: str, element: Element) -> int:
        """The number of an element in a list; put at its end if it is not there."""
        number = len(self.items(name))
        known = self._numbers[name].setdefault(written(element), number)
        if known == number:
            holder = self._list(name)
            holder.appendChild(element)
            holder.setAttribute("count", str(number + 1))
            self._items[name].append(element)
        return known

    def _list(self, name: str) -> Element:
        if (found := child(self.root, name)) is not None:
            return found
        later = _ORDER[_ORDER.index(name) + 1 :]
        before = next((each for each in children(self.root) if each.localName in later), None)
        return append(self.root, name, before, count="0")

    def _fill(self, colour: str) -> int:
        fills = self._list("fills")
        fill = append(fills, "fill")
        fills.removeChild(fill)
        ground = append(fill, "patternFill", patternType="solid")
        append(ground, "fgColor", rgb=f"FF{colour}")
        append(ground, "bgColor", indexed="64")
        return self.add("fills", fill)

    def _look(self, style: int) -> Element:
        looks = self.items("cellXfs")
        return looks[style if style < len(looks) else 0]

    def _like(self, style: int, what: str, value: str, applies: str) -> int:
        look = self._look(style)
        if look.getAttribute(what) == value and look.getAttribute(applies) in ("1", "true"):
            return style
        if (style, what, value) not in self._made:
            new = cloned(look)
            new.setAttribute(what, value)
            new.setAttribute(applies, "1")
            self._made[style, what, value] = self.add("cellXfs", new)
        return self._made[style, what, value]
