"""``exports/excel``: one workbook for teachers and editors: an overview as in a textbook, what it means, and every table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from backdata import schemas
from backdata.anatomy import overview
from backdata.anatomy.overview import OverviewRow
from backdata.model import Dataset, Muscle, Row, column_letters, exporter
from backdata.workbooks.cells import LINK, cell_at, fit_rows, lettering, link_to, write_heading, write_note, write_text
from backdata.workbooks.files import blank_workbook, prepare_print, saved
from backdata.workbooks.readme import TITLE, version_of, write_readme
from backdata.workbooks.tables import write_table

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FILE = "backdata.xlsx"
_BANDS = ("B9CDD8", "D3E0E7", "E6EEF2", "F1F5F7")  # the deeper the group, the lighter
_RULE = "C9D3D9"


_SAYS = {
    "Muscle": "English name; parts stand indented under their whole.",
    "Latin": "Name after Terminologia Anatomica 2.",
    "Origin": "Where it arises: structure, levels, part. One item per line.",
    "Insertion": "Where it inserts: structure, levels, part. One item per line.",
    "Function": "What both sides do together, or one side alone. Where no side is named it makes no difference.",
    "Innervation": "What supplies it; in brackets the spinal nerves of a named nerve.",
    "Blood supply": "The arteries that feed it, where a source states them. Blank = not stated.",
    "Remarks": "How regularly it is found, and how it varies.",
}
_WIDTHS = {"Muscle": 24, "Latin": 21, "Function": 31, "Innervation": 22, "Blood supply": 24, "Remarks": 32}
_FACTS = {"attachments": ("origin", "insertion"), "actions": ("action",), "innervations": ("innervation",),
          "blood_supply": ("blood_supply",)}  # fmt: skip


@exporter("excel")
def write_excel(dataset: Dataset, folder: Path, before: Path | None) -> None:
    """Excel for teachers and editors: an overview laid out like the textbook tables, and one sheet per table."""
    workbook = blank_workbook()
    sheet = workbook.create_sheet("Overview")
    notes = workbook.create_sheet("Notes")
    readme = workbook.create_sheet("README")
    for name, schema in schemas.tables().items():
        write_table(workbook, schema, dataset.tables[name])
    _link_addresses(workbook, dataset)
    rows = overview.rows(dataset)
    _write_overview(sheet, dataset, rows, _write_notes(notes, rows))
    write_readme(readme, dataset)
    (folder / FILE).write_bytes(
        saved(workbook, TITLE, {"subject": f"backdata {version_of(dataset)}", "keywords": "CC BY 4.0"})
    )


def _write_notes(sheet: Worksheet, rows: Iterable[OverviewRow]) -> dict[str, str]:
    """What each group is and the notes of each muscle, one per line: no row of a sheet is high enough for all of them.

    Returns where the notes of each begin.
    """
    for number, (title, width) in enumerate({"Muscle or group": 40, "Note": 150}.items(), 1):
        write_heading(cell_at(sheet, 1, number), title)
        sheet.column_dimensions[column_letters(number)].width = width
    places: dict[str, str] = {}
    place = 2
    for row in rows:
        for note in row.notes:
            places.setdefault(row.id, f"'{sheet.title}'!A{place}")
            write_text(sheet, place, 1, _capital(row.name))
            write_text(sheet, place, 2, note, wrapped=True)
            place += 1
    fit_rows(sheet)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:B{max(place - 1, 1)}"
    prepare_print(sheet, sheet.title)
    return places


def _write_overview(sheet: Worksheet, dataset: Dataset, rows: list[OverviewRow], notes: Mapping[str, str]) -> None:
    titles = [title for title in _SAYS if title != "Blood supply" or any(row.blood_supply for row in rows)]
    _write_headings(sheet, titles)
    addresses = _Addresses(dataset)
    for place, row in enumerate(rows, 2):
        if row.kind == "group":
            _write_band(sheet, place, row, len(titles), len(dataset.groups[row.id].path) - 1)
            found = [notes.get(row.id, ""), addresses.of("groups", row.id)]
        else:
            _write_muscle(sheet, place, row, titles)
            found = [
                notes.get(row.id, ""),
                addresses.of("muscles", row.id),
                *addresses.of_facts(dataset.muscles[row.id]),
            ]
        _write_links(sheet, place, len(titles) + 1, found)
    fit_rows(sheet)
    sheet.freeze_panes = "B2"
    prepare_print(sheet, TITLE)
    sheet.print_area = f"A1:{column_letters(len(titles))}{len(rows) + 1}"


def _write_headings(sheet: Worksheet, titles: list[str]) -> None:
    links = {
        name: f"Where it stands in the sheet {name}; a click leads there." for name in ("Notes", "muscles", *_FACTS)
    }
    for number, (title, says) in enumerate([*((title, _SAYS[title]) for title in titles), *links.items()], 1):
        cell = cell_at(sheet, 1, number)
        write_heading(cell, title, strong=title in _SAYS)
        write_note(cell, says)
        sheet.column_dimensions[column_letters(number)].width = 20 if title in links else _WIDTHS.get(title, 30)


def _write_band(sheet: Worksheet, place: int, row: OverviewRow, width: int, depth: int) -> None:
    """A band across the table. Its cells are not merged: the words run over the blank ones."""
    from openpyxl.styles import PatternFill

    latin, nerves = f" ({row.latin})" if row.latin else "", f" – {row.innervation}" if row.innervation else ""
    write_text(sheet, place, 1, _capital(row.name) + latin + nerves, indent=depth)
    for number in range(1, width + 1):
        cell = cell_at(sheet, place, number)
        cell.fill = PatternFill("solid", fgColor=_BANDS[min(depth, len(_BANDS) - 1)])
        cell.font = lettering(bold=True, size=12 if depth == 0 else 11)


def _write_muscle(sheet: Worksheet, place: int, row: OverviewRow, titles: list[str]) -> None:
    from openpyxl.styles import Border, Side

    part = row.kind == "part"
    texts = {
        "Muscle": _capital(row.name),
        "Latin": row.latin,
        "Origin": row.origin,
        "Insertion": row.insertion,
        "Function": row.function,
        "Innervation": row.innervation,
        "Blood supply": row.blood_supply,
        "Remarks": "\n".join(row.remarks),
    }
    line = Side("thin", color=_RULE)
    for number, title in enumerate(titles, 1):
        indent = 2 if part and title == "Muscle" else 0
        cell = write_text(sheet, place, number, texts[title] or None, wrapped=True, indent=indent)
        cell.border = Border(left=line, right=line, bottom=line)
    cell_at(sheet, place, 1).font = lettering(bold=not part)
    cell_at(sheet, place, 2).font = lettering(italic=True)


def _write_links(sheet: Worksheet, place: int, number: int, addresses: list[str]) -> None:
    """Links stand in cells of their own: LibreOffice shows text with a link on one line, in one colour."""
    for column, address in enumerate(addresses, number):
        if address:
            cell = write_text(sheet, place, column, address.replace("'", "").replace("!A", " row "))
            cell.font = lettering(color=LINK, underline=True)
            link_to(cell, address, "Open the row in its sheet")


class _Addresses:
    """Where the rows of terms and facts stand in the sheets of this workbook."""

    def __init__(self, dataset: Dataset) -> None:
        self._places: dict[tuple[str | None, ...], int] = {}
        for table, rows in dataset.tables.items():
            for place, row in enumerate(rows, 2):
                self._places.setdefault((table, *self._key(table, row)), place)

    def of(self, table: str, *key: str | None) -> str:
        """The address of a row as a link needs it; empty when there is no such row."""
        place = self._places.get((table, *key))
        return f"'{table}'!A{place}" if place else ""

    def of_facts(self, muscle: Muscle) -> list[str]:
        """For each table of facts the address of the first that holds for a muscle, be it stated on its group or parts."""
        found = {
            table: [fact.row for topic in topics for fact in muscle.about(topic)] for table, topics in _FACTS.items()
        }
        return [self.of(table, *self._key(table, rows[0])) if rows else "" for table, rows in found.items()]

    def _key(self, table: str, row: Row) -> tuple[str | None, ...]:
        schema = schemas.tables()[table]
        return tuple(row[column] for column in schema.key or tuple(schema.columns)[:1])


def _link_addresses(workbook: Workbook, dataset: Dataset) -> None:
    """Make the addresses of the sources ones that can be clicked."""
    number = list(schemas.tables()["sources"].columns).index("url") + 1
    for place, row in enumerate(dataset.tables["sources"], 2):
        if row["url"]:
            cell = cell_at(workbook["sources"], place, number)
            cell.hyperlink = row["url"]
            cell.font = lettering(color=LINK, underline=True)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
