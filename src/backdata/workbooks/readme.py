"""The README sheet of the published workbook: version, licence, how to cite, and what every column means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from backdata import schemas
from backdata.model import Dataset
from backdata.version import VERSION
from backdata.workbooks.cells import cell_at, fit_rows, lettering, write_heading, write_text
from backdata.workbooks.files import prepare_print, released

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TITLE = "The muscles of the back"
_ABOUT = {
    "What this is": "{muscles} muscles, sets and parts of the back as checked, sourced open data.",
    "Version": "{version} of {date}",
    "Licence": "Creative Commons Attribution 4.0 International (CC BY 4.0): use, change and share it, and say where it is "
    "from. https://creativecommons.org/licenses/by/4.0/",
    "How to cite": "backdata: the muscles of the back, version {version}, {date}. CC BY 4.0.",
    "Overview": "One row per muscle, parts indented under their whole. Cells show what we teach; [1] is the number of a note of "
    "this muscle in the sheet Notes, which says what other sources read. Links at the right end lead to its notes and rows.",
    "Other sheets": "One fact per row. What is stated on a group or on a whole muscle holds for all that belong to it, unless "
    "they have rows of their own. The sheet sources lists the works in which the facts were read.",
    "Readings": "preferred: what we teach. alternative: what another source says instead. addition: what only this source "
    "adds.",
    "Levels": "C, T, L, S and Co are vertebrae, or spinal nerves where nerves are meant; R are ribs. In parentheses stands "
    "what is found only sometimes: C7–T3 (T4).",
}


def write_readme(sheet: Worksheet, dataset: Dataset) -> None:
    """Fill the sheet: about the data on top, then the meaning of every sheet and column."""
    for letter, width in zip("ABC", (18, 18, 100), strict=True):
        sheet.column_dimensions[letter].width = width
    write_text(sheet, 1, 1, TITLE).font = lettering(bold=True, size=14)
    facts = {"muscles": len(dataset.muscles), "version": version_of(dataset), "date": f"{released():%Y-%m-%d}"}
    for place, (name, text) in enumerate(_ABOUT.items(), 2):
        write_text(sheet, place, 1, name).font = lettering(bold=True)
        write_text(sheet, place, 3, text.format_map(facts), wrapped=True)
    below = len(_ABOUT) + 3
    for number, heading in enumerate(("Sheet", "Column", "What it says"), 1):
        write_heading(cell_at(sheet, below, number), heading)
    for place, cells in enumerate(_dictionary(), below + 1):
        for number, says in enumerate(cells, 1):
            write_text(sheet, place, number, says, wrapped=number == 3).font = lettering(bold=not cells[1])
    fit_rows(sheet)
    prepare_print(sheet, "README")


def version_of(dataset: Dataset) -> str:
    """The version that the workbook states."""
    return dataset.version or VERSION


def _dictionary() -> Iterator[tuple[str, str | None, str]]:
    """Sheet, column and what it says, in the words of the schemas; a line without a column is about the sheet."""
    for table in schemas.tables().values():
        yield table.name, None, table.description
        for column in table.columns.values():
            example = f" Example: {column.example}" if column.example else ""
            yield table.name, column.name, column.description + example
