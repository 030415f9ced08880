"""The first sheet of the published workbook: what it is, how to cite it, and every sheet with what is in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backdata.model import Dataset
from backdata.version import VERSION
from backdata.workbooks.cells import cell_at, fit_rows, lettering, write_heading, write_text
from backdata.workbooks.files import prepare_print, released
from backdata.workbooks.places import write_link

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TITLE = "The muscles of the back"
_ABOUT = {
    "What this is": "{muscles} muscles, sets and parts of the back as checked, sourced open data.",
    "Version": "{version} of {date}",
    "Licence": "Creative Commons Attribution 4.0 International (CC BY 4.0): use, change and share it, and say where it is "
    "from. https://creativecommons.org/licenses/by/4.0/",
    "How to cite": "backdata: the muscles of the back, version {version}, {date}. CC BY 4.0.",
    "Overview": "One sheet per system, made to be printed: a row per muscle beside its map, parts indented under their whole. "
    "Cells show what we teach; [1] is the number of a note after the table, which says what other sources read. Links "
    "at the right end, which are not printed, lead to the rows of the tables.",
    "Tables": "One fact per row. What is stated on a group or on a whole muscle holds for all that belong to it, unless "
    "they have rows of their own. What is blue leads to its own row when it is clicked.",
    "Readings": "preferred: what we teach. alternative: what another source says instead. addition: what only this source "
    "adds. The sheet Contested lists what sources disagree about.",
    "Levels": "C, T, L, S and Co are vertebrae, or spinal nerves where nerves are meant; R are ribs. In parentheses stands "
    "what is found only sometimes: C7–T3 (T4).",
    "Maps": "Drawn from these facts. Excel 2016 and later show them as drawings that stay sharp at any size.",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents; without a sheet it is a heading."""

    sheet: str
    says: str
    rows: int | None = None


def write_start(sheet: Worksheet, dataset: Dataset, contents: Iterable[Entry]) -> None:
    """Fill the sheet: about the data on top, then the contents."""
    for letter, width in zip("ABC", (30, 100, 10), strict=True):
        sheet.column_dimensions[letter].width = width
    write_text(sheet, 1, 1, TITLE).font = lettering(bold=True, size=16)
    sheet.row_dimensions[1].height = 28
    facts = {"muscles": len(dataset.muscles), "version": version_of(dataset), "date": f"{released():%Y-%m-%d}"}
    for place, (name, text) in enumerate(_ABOUT.items(), 2):
        write_text(sheet, place, 1, name).font = lettering(bold=True)
        write_text(sheet, place, 2, text.format_map(facts), wrapped=True)
    below = len(_ABOUT) + 3
    for number, heading in enumerate(("Sheet", "What is in it", "Rows"), 1):
        write_heading(cell_at(sheet, below, number), heading)
    for place, entry in enumerate(contents, below + 1):
        if entry.sheet:
            write_link(sheet, place, 1, f"'{entry.sheet}'!A1", entry.sheet)
        write_text(sheet, place, 2, entry.says, wrapped=True).font = lettering(bold=not entry.sheet)
        write_text(sheet, place, 3, None if entry.rows is None else str(entry.rows))
    fit_rows(sheet)
    sheet.sheet_view.showGridLines = False
    prepare_print(sheet, TITLE)


def version_of(dataset: Dataset) -> str:
    """The version that the workbook states."""
    return dataset.version or VERSION
