"""How an overview sheet is laid out: its columns, and the page that is filled row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from backdata.model import FACT_TABLES, column_letters
from backdata.workbooks.cells import cell_at, lettering, write_heading, write_note, write_text
from backdata.workbooks.maps import Map
from backdata.workbooks.paper import HIGHEST, Block, characters, pixels
from backdata.workbooks.pictures import Picture
from backdata.workbooks.places import Places, write_link, write_way_back

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SIZE = 9  # of letters, in points
MAP = "Map"
_COLUMNS = {  # title → millimetres, and what it says
    "Muscle": (31, "English and Latin name (Terminologia Anatomica 2); parts stand indented under their whole."),
    MAP: (50, "Its own spine map, drawn from the levels of this row."),
    "Origin": (36, "Where it arises: structure, levels, part. One item per line."),
    "Insertion": (36, "Where it inserts: structure, levels, part. One item per line."),
    "Function": (37, "What both sides do together, or one side alone. Where no side is named it makes no difference."),
    "Innervation": (29, "What supplies it; in brackets the spinal nerves of a named nerve."),
    "Blood supply": (28, "The arteries that feed it, where a source states them. Blank = not stated."),
    "Remarks": (29, "How regularly it is found, and how it varies."),
}
TITLES = tuple(_COLUMNS)
WIDTHS = tuple(pixels(millimetres) for millimetres, _ in _COLUMNS.values())  # in pixels


@dataclass
class Page:
    """An overview sheet while it is written."""

    sheet: Worksheet
    places: Places
    maps: Mapping[str, Map]
    next: int = 2  # the first free row
    blocks: list[Block] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)  # id of a muscle or group → its row

    def take(self, height: float) -> int:
        """A new row of so many points."""
        row, self.next = self.next, self.next + 1
        self.sheet.row_dimensions[row].height = min(round(height, 1), HIGHEST)
        return row

    def write_across(self, row: int, text: str, first: int = 1, last: int = len(WIDTHS), size: int = SIZE) -> None:
        """Text over several columns."""
        write_text(self.sheet, row, first, text, wrapped=True).font = lettering(size=size)
        if last > first:
            self.sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)

    def write_links(self, row: int, addresses: list[str]) -> None:
        """Links to the rows of tables, right of what is printed."""
        for column, address in enumerate(addresses, len(WIDTHS) + 2):
            write_link(self.sheet, row, column, address)


def write_headings(sheet: Worksheet) -> None:
    """The row that stands still, and is printed on every page; right of what is printed, where links lead."""
    for number, (title, (_, says)) in enumerate(_COLUMNS.items(), 1):
        write_heading(cell_at(sheet, 1, number), title)
        write_note(cell_at(sheet, 1, number), says)
        sheet.column_dimensions[column_letters(number)].width = characters(WIDTHS[number - 1])
    write_way_back(sheet, len(WIDTHS) + 1)
    for number, table in enumerate(("muscles or groups", *FACT_TABLES), len(WIDTHS) + 2):
        write_heading(cell_at(sheet, 1, number), table, strong=False)
        write_note(cell_at(sheet, 1, number), f"Where it stands in the sheet {table}; a click leads there.")
        sheet.column_dimensions[column_letters(number)].width = 20
    sheet.row_dimensions[1].height = 18
