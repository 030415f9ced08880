"""Where things stand in the published workbook: rows of tables, lines of the overview; and the links that lead there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from backdata import schemas
from backdata.model import FACT_TABLES, TABLE_OF, TOPICS, Dataset, Fact, Group, Muscle, Row, column_letters
from backdata.schemas import ColumnSchema
from backdata.workbooks.cells import LINK, cell_at, lettering, link_to, write_text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

START = "Start"
BACK = "← Start"


class Places:
    """The addresses of rows in the sheets of tables, as links need them; empty where there is no such row."""

    def __init__(self, dataset: Dataset) -> None:
        self._places: dict[tuple[str | None, ...], int] = {}
        for table, rows in dataset.tables.items():
            for place, row in enumerate(rows, 2):
                self._places.setdefault((table, *_key(table, row)), place)

    def of(self, table: str, *key: str | None) -> str:
        """The address of a row by its key."""
        place = self._places.get((table, *key))
        return f"'{table}'!A{place}" if place else ""

    def of_fact(self, fact: Fact) -> str:
        """The address of the row that states a fact."""
        table = TABLE_OF[fact.topic]
        return self.of(table, *_key(table, fact.row))

    def of_facts(self, owner: Muscle | Group) -> list[str]:
        """For each table of facts the first row that holds for a muscle, be it stated on its group or parts."""
        facts = {table: [fact for topic in _topics(table) for fact in owner.about(topic)] for table in FACT_TABLES}
        return [self.of_fact(found[0]) if found else "" for found in facts.values()]


def write_link(sheet: Worksheet, place: int, column: int, address: str, text: str = "") -> None:
    """A cell that leads to an address of the workbook; nothing where there is none.

    Links stand in cells of their own: LibreOffice shows text with a link on one line, in one colour.
    """
    if address:
        cell = write_text(sheet, place, column, text or address.replace("'", "").replace("!A", " row "))
        cell.font = lettering(color=LINK, underline=True)
        link_to(cell, address, "Open the row in its sheet")


def write_way_back(sheet: Worksheet, column: int) -> None:
    """A link to the first sheet, at the right end of the headings."""
    write_link(sheet, 1, column, f"'{START}'!A1", BACK)
    sheet.column_dimensions[column_letters(column)].width = 12


def link_tables(workbook: Workbook, dataset: Dataset, places: Places, overview: Mapping[str, str]) -> None:
    """Let the cells of the tables that name one row of another lead there, ids of muscles and groups to the overview.

    Addresses of sources can be clicked, too. There is no way back to the first sheet: it would be one more column.
    """
    for name, rows in dataset.tables.items():
        sheet, columns = workbook[name], list(schemas.tables()[name].columns.values())
        for number, column in enumerate(columns, 1):
            cells = [(place, row.get(column.name)) for place, row in enumerate(rows, 2) if row.get(column.name)]
            if name in ("muscles", "groups") and column.name == "id":
                _link(sheet, number, ((place, overview.get(value or "", "")) for place, value in cells))
            elif column.refers_to:
                _link(sheet, number, ((place, _row_of(column, value, places)) for place, value in cells))
            elif name == "sources" and column.name == "url":
                for place, value in cells:
                    cell_at(sheet, place, number).hyperlink = value
                    cell_at(sheet, place, number).font = lettering(color=LINK, underline=True)


def _link(sheet: Worksheet, number: int, cells: Iterable[tuple[int, str]]) -> None:
    for place, address in cells:
        if address:
            cell = cell_at(sheet, place, number)
            cell.font = lettering(color=LINK)
            link_to(cell, address, "Open its row")


def _row_of(column: ColumnSchema, value: str | None, places: Places) -> str:
    """Where the one row stands that a cell names; a cell that names several leads nowhere."""
    named = column.parts(value)
    found = [address for table in column.refers_to if (address := places.of(table, named[0] if named else None))]
    return found[0] if len(named) == 1 and found else ""


def _topics(table: str) -> list[str]:
    return [topic for topic in TOPICS if TABLE_OF[topic] == table]


def _key(table: str, row: Row) -> tuple[str | None, ...]:
    schema = schemas.tables()[table]
    return tuple(row.get(column) for column in schema.key or tuple(schema.columns)[:1])
