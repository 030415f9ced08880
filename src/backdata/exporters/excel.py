"""``exports/excel``: one workbook for teachers and editors: overviews to print, what is contested, and every table.

First stands what is in it, then a sheet per system, the contested facts, the tables of facts, the vocabulary, the sources.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from backdata import schemas
from backdata.anatomy import overview
from backdata.anatomy.overview import OverviewRow
from backdata.anatomy.systems import systems
from backdata.model import FACT_TABLES, Dataset, Group, capital, exporter
from backdata.workbooks.contested import CONTESTED, write_contested
from backdata.workbooks.dictionary import COLUMNS, write_dictionary
from backdata.workbooks.files import blank_workbook, part_of, saved
from backdata.workbooks.layout import WIDTHS, Page
from backdata.workbooks.maps import Map, drawn
from backdata.workbooks.overview import write_system
from backdata.workbooks.package import Package
from backdata.workbooks.pictures import put_pictures
from backdata.workbooks.places import START, Places, link_tables
from backdata.workbooks.start import TITLE, Entry, version_of, write_start
from backdata.workbooks.tables import write_table

if TYPE_CHECKING:
    from openpyxl import Workbook

FILE = "backdata.xlsx"
_LONGEST_NAME = 31  # letters that Excel takes in the name of a sheet
_TABS = {"overview": "1F3A4D", "contested": "D9A520", "facts": "3E8E7E", "other": "9AA5AB"}
_LAST = ("sources", "exceptions", "withdrawn", "inventory")  # tables about the data, not about the body


@exporter("excel")
def write_excel(dataset: Dataset, folder: Path, before: Path | None) -> None:
    """Excel for teachers and editors: an overview of each system to print, contested facts, and one sheet per table."""
    workbook, places = blank_workbook(), Places(dataset)
    start = workbook.create_sheet(START)
    tables = sorted(dataset.tables, key=_rank)
    maps = drawn(dataset, (*_groups(dataset), *dataset.muscles), before and before / FILE)
    pages = _write_overviews(workbook, dataset, places, maps, (START, CONTESTED, COLUMNS, *tables))
    lines = {id: f"'{page.sheet.title}'!A{line}" for page in pages.values() for id, line in page.lines.items()}
    contested = write_contested(workbook.create_sheet(CONTESTED), dataset, places, lines)
    for name in tables:
        write_table(workbook, schemas.tables()[name], dataset.tables[name])
    link_tables(workbook, dataset, places, lines)
    write_dictionary(workbook.create_sheet(COLUMNS))
    write_start(start, dataset, _contents(dataset, pages, tables, contested))
    _colour_tabs(workbook, {page.sheet.title for page in pages.values()})

    def put_maps(package: Package) -> None:
        for page in pages.values():
            put_pictures(package, part_of(workbook, page.sheet.title), page.pictures, WIDTHS)

    told = {"subject": f"backdata {version_of(dataset)}", "keywords": "CC BY 4.0"}
    fixed = [page.sheet.title for page in pages.values()]
    (folder / FILE).write_bytes(saved(workbook, TITLE, told, fixed, put_maps))


def _write_overviews(
    workbook: Workbook, dataset: Dataset, places: Places, maps: Mapping[str, Map], taken: Collection[str]
) -> dict[str, Page]:
    """A sheet for each system, by its id."""
    rows, used, pages = overview.rows(dataset), {name.casefold() for name in taken}, {}
    for system in systems(dataset):
        name = _free_name(system, used)
        used.add(name.casefold())
        page = pages[system.id] = Page(workbook.create_sheet(name), places, maps)
        write_system(page, system, [row for row in rows if system.id in _path(dataset, row)], dataset)
    return pages


def _groups(dataset: Dataset) -> list[str]:
    """The systems and all groups within."""
    taught = {system.id for system in systems(dataset)}
    return [group.id for group in dataset.groups.values() if taught.intersection(group.path)]


def _path(dataset: Dataset, row: OverviewRow) -> tuple[str, ...]:
    return dataset.groups[row.id if row.kind == "group" else dataset.muscles[row.id].group].path


def _free_name(system: Group, used: Collection[str]) -> str:
    """A sheet is called after the permanent id of its system, which is short."""
    plain = system.id.replace("-", " ").capitalize()
    names = (f"{plain[: _LONGEST_NAME - len(end)]}{end}" for end in ("", *(f" {number}" for number in range(2, 99))))
    return next(name for name in names if name.casefold() not in used)


def _rank(table: str) -> tuple[int, int]:
    """Muscles and facts first, then the vocabulary, then the sources and what is about the data."""
    order = list(schemas.tables())
    if table in _LAST:
        return 2, _LAST.index(table)
    return int(table != "muscles" and table not in FACT_TABLES), order.index(table)


def _contents(dataset: Dataset, pages: dict[str, Page], tables: list[str], contested: int) -> Iterator[Entry]:
    yield Entry("", "To print: one sheet per system")
    for id, page in pages.items():
        group = dataset.groups[id]
        above = "".join(f", of the {dataset.groups[other].name}" for other in reversed(group.path[:-1]))
        muscles = sum(line in dataset.muscles for line in page.lines)
        yield Entry(page.sheet.title, f"{capital(group.name)}{above}", muscles)
    yield Entry(CONTESTED, "What sources disagree about: what we teach, and what each of the others says", contested)
    yield Entry("", "Tables")
    for name in tables:
        schema = schemas.tables()[name]
        yield Entry(name, f"{schema.title}: {schema.description}", len(dataset.tables[name]))
    yield Entry(COLUMNS, "What every column of the tables means")


def _colour_tabs(workbook: Workbook, overviews: Collection[str]) -> None:
    for sheet in workbook.worksheets:
        facts = sheet.title == "muscles" or sheet.title in FACT_TABLES
        kind = "overview" if sheet.title in (START, *overviews) else "facts" if facts else "other"
        sheet.sheet_properties.tabColor = _TABS["contested" if sheet.title == CONTESTED else kind]
