"""The overview sheets: one per system, laid out to be printed like the table of a textbook, with the maps beside the rows.

On top stands what the system is, beside its map and those of the groups within it; then a row per muscle, parts under their
whole, a band before each group within; last the notes, so that the pages of one system stand by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from backdata.anatomy.overview import OverviewRow, nerves_of
from backdata.model import Dataset, Group, capital, column_letters
from backdata.workbooks.cells import INK, cell_at, fill_with, lettering, ruled, top, write_text
from backdata.workbooks.files import prepare_print
from backdata.workbooks.layout import MAP, SIZE, TITLES, WIDTHS, Page, write_headings
from backdata.workbooks.maps import Map
from backdata.workbooks.paper import Block, break_pages, height_of
from backdata.workbooks.remarks import write_notes

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.cell.text import InlineFont

_BANDS = ("B9CDD8", "DCE7ED", "EEF3F6")  # the deeper the group, the lighter
_CONTESTED = "FFF3D1"
_TOPICS = {"Origin": "origin", "Insertion": "insertion", "Function": "action", "Innervation": "innervation",
           "Blood supply": "blood_supply"}  # fmt: skip
_GAP = 4  # pixels between maps
_INDENT = 12  # pixels by which parts stand in
_HOW_TO_READ = (
    "[1] leads to a note after the table. In shaded cells sources disagree with what stands there; the note says who. "
    "Parts stand indented under their whole."
)


def write_system(page: Page, system: Group, rows: Sequence[OverviewRow], dataset: Dataset) -> None:
    """Fill the sheet of one system."""
    write_headings(page.sheet)
    _write_top(page, system, dataset)
    above: list[int] = []  # bands that must not be parted from what follows them
    for row in rows:
        if row.kind == "group" and row.id != system.id:
            above += _write_band(page, row, dataset.groups[row.id], len(system.path))
        elif row.kind != "group":
            line = _write_muscle(page, row, dataset)
            page.blocks.append(Block((*above, line), new_page=bool(above)))
            above = []
    write_notes(page, rows)
    break_pages(page.sheet, page.blocks)
    page.sheet.freeze_panes = "B2"
    page.sheet.sheet_view.showGridLines = False
    prepare_print(page.sheet, capital(system.name), f"backdata {dataset.version}, CC BY 4.0".replace(" ,", ","))
    page.sheet.print_area = f"A1:{column_letters(len(WIDTHS))}{page.next - 1}"


def _write_top(page: Page, system: Group, dataset: Dataset) -> None:
    """The band of the system; below it what it is, its own map, and those of the groups within it."""
    line = page.take(20)
    _fill_band(page, line, system, 0)
    inner = [page.maps[id] for id in dataset.groups if id in page.maps and system.id in dataset.groups[id].path]
    text, start = _about(system, dataset), sum(WIDTHS[:2]) + _GAP
    high = height_of(text, sum(WIDTHS[:2]), SIZE + 1)
    above: tuple[int, ...] = (line,)
    for maps in _side_by_side(inner, sum(WIDTHS) - start):
        row = page.take(max([high, *(map.height + 10 for map in maps)]))
        left = start
        for map in maps:
            page.pictures.append(map.at(row, left, 5))
            left += map.width + _GAP
        page.write_across(row, text, last=2, size=SIZE + 1)
        page.blocks.append(Block((*above, row)))
        text, high, above = "", 0.0, ()


def _side_by_side(maps: Sequence[Map], room: int) -> list[list[Map]]:
    """The maps in rows that are no wider than so many pixels; one row at least."""
    rows: list[list[Map]] = [[]]
    for map in maps:
        if rows[-1] and sum(other.width + _GAP for other in rows[-1]) + map.width > room:
            rows.append([])
        rows[-1].append(map)
    return rows


def _about(system: Group, dataset: Dataset) -> str:
    above = ", ".join(dataset.groups[id].name for id in system.path[:-1])
    lines = (
        system.row.get("definition"),
        f"Nerves: {nerves}." if (nerves := nerves_of(system)) else "",
        f"They belong to the {above}." if above else "",
        f"Also called: {'; '.join(system.synonyms[:5])}." if system.synonyms else "",
        _HOW_TO_READ,
    )
    return "\n\n".join(filter(None, lines))


def _write_band(page: Page, row: OverviewRow, group: Group, above: int) -> list[int]:
    """A band across the table, and below it what the group is."""
    line = page.take(17)
    _fill_band(page, line, group, len(group.path) - above)
    text = "\n".join(row.notes)
    if not text:
        return [line]
    below = page.take(height_of(text, sum(WIDTHS), SIZE))
    page.write_across(below, text)
    return [line, below]


def _fill_band(page: Page, line: int, group: Group, depth: int) -> None:
    """Its cells are not merged: the words run over the blank ones."""
    write_text(page.sheet, line, 1, capital(group.name) + (f" ({group.latin})" if group.latin else ""))
    for number in range(1, len(WIDTHS) + 1):
        cell = cell_at(page.sheet, line, number)
        fill_with(cell, _BANDS[min(depth, len(_BANDS) - 1)])
        cell.font = lettering(bold=True, size=10 if depth else 12)
    page.lines[group.id] = line
    page.write_links(line, [page.places.of("groups", group.id), *page.places.of_facts(group)])


def _write_muscle(page: Page, row: OverviewRow, dataset: Dataset) -> int:
    part, map = row.kind == "part", page.maps.get(row.id)
    texts = {
        "Muscle": "\n".join(filter(None, (capital(row.name), row.latin))),
        MAP: "",
        "Origin": row.origin,
        "Insertion": row.insertion,
        "Function": row.function,
        "Innervation": row.innervation,
        "Blood supply": row.blood_supply,
        "Remarks": "\n".join(row.remarks),
    }
    needed = [height_of(texts[title], width, SIZE) for title, width in zip(TITLES, WIDTHS, strict=True)]
    needed.append(height_of(texts["Muscle"], WIDTHS[0] - _INDENT * part, SIZE, bold=not part))
    line = page.take(max(*needed, map.height + 6 if map else 0))
    for number, title in enumerate(TITLES, 1):
        cell = write_text(page.sheet, line, number, texts[title] or None, wrapped=True)
        cell.font, cell.border = lettering(size=SIZE), ruled(sides=True)
        if _TOPICS.get(title) in row.contested:
            fill_with(cell, _CONTESTED)
    _write_name(cell_at(page.sheet, line, 1), row, part)
    if map:
        page.pictures.append(map.at(line, WIDTHS[0] + (WIDTHS[1] - map.width) // 2, 3))
    page.lines[row.id] = line
    page.write_links(line, [page.places.of("muscles", row.id), *page.places.of_facts(dataset.muscles[row.id])])
    return line


def _write_name(cell: Cell, row: OverviewRow, part: bool) -> None:
    """The English name, and below it the Latin one in italics."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    cell.alignment = top(True, 1 if part else 0)
    cell.font = lettering(bold=not part, size=SIZE)
    if row.latin:
        english = TextBlock(_letters(bold=not part), f"{capital(row.name)}\n")
        cell.value = CellRichText(english, TextBlock(_letters(italic=True), row.latin))
        cell.data_type = "s"


def _letters(bold: bool = False, italic: bool = False) -> InlineFont:
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles.colors import Color

    return InlineFont(rFont="Calibri", sz=SIZE, b=bold, i=italic, color=Color(f"FF{INK}"))
