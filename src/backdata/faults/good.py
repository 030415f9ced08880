"""Good data as the faults see it: its grids, its rows by what stands in them, its terms, and what belongs together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from backdata import schemas
from backdata.anatomy.terms import Terms
from backdata.faults.grid import Grid
from backdata.model import FACT_TABLES, Row
from backdata.schemas import ColumnSchema, TableSchema

QUESTION = {  # the columns that say which question a row answers
    "attachments": ("muscle", "end"), "actions": ("muscle",), "innervations": ("muscle",), "blood_supply": ("muscle",),
    "vessel_links": ("vessel", "relation"), "territories": ("region", "layer"),
}  # fmt: skip
SAYS = {  # the columns in which a fact says what it says
    "attachments": ("structure", "levels", "part", "from_origin"),
    "actions": ("side", "movement", "of", "direction"),
    "innervations": ("nerve", "segments", "role"),
    "blood_supply": ("vessel", "levels"),
    "vessel_links": ("to", "relation"),
    "territories": ("vessel", "layer"),
}
FACTS = FACT_TABLES
WITH_ITEMS = tuple(QUESTION)


@dataclass(frozen=True)
class Good:
    """A data set without faults."""

    grids: Mapping[str, Grid]
    _rows: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    _terms: dict[tuple[str, ...], Terms] = field(default_factory=dict)

    @property
    def schemas(self) -> Mapping[str, TableSchema]:
        """What each table takes."""
        return schemas.tables()

    def column(self, table: str, name: str) -> ColumnSchema:
        """What a column takes."""
        return self.schemas[table].columns[name]

    def rows(self, table: str, **where: Any) -> list[Row]:
        """The rows of a table (with ``_row``) in which the given columns hold the given values."""
        if table not in self._rows:
            grid = self.grids[table]
            self._rows[table] = tuple(
                {**dict(zip(map(str, grid.header), line, strict=True)), "_row": number, "_table": table}
                for number, line in enumerate(grid.rows[1:], 2)
            )
        return [row for row in self._rows[table] if all(row[name] == value for name, value in where.items())]

    def taught(self, *tables: str) -> list[Row]:
        """Rows that say what we teach: no alternative, for that is what another source says, right or wrong."""
        return [row for table in tables for row in self.rows(table) if row["reading"] != "alternative"]

    def filled(self, column: str, rows: Iterable[Row]) -> list[Row]:
        """Those rows in which a column is not blank."""
        return [row for row in rows if row.get(column)]

    def term(self, table: str, id: str) -> Row:
        """The row of a term."""
        return next(row for row in self.rows(table) if row["id"] == id)

    def named(self, column: ColumnSchema, word: str) -> tuple[str, ...]:
        """The ids of the terms that a word may mean in a column."""
        tables = column.refers_to
        if tables not in self._terms:
            self._terms[tables] = Terms(row for table in tables for row in self.rows(table))
        return self._terms[tables].named(word)

    def words(self, column: ColumnSchema, id: str) -> list[str]:
        """What a term is called: its name, Latin name and synonyms."""
        rows = (row for table in column.refers_to for row in self.rows(table, id=id))
        names = (f"{row['name']};{row.get('latin') or ''};{row.get('synonyms') or ''}" for row in rows)
        return [word.strip() for name in names for word in name.split(";") if word.strip()]

    def knows(self, column: ColumnSchema, text: str) -> bool:
        """Whether every term in a cell is known to the tables that its column refers to."""
        return all(self.named(column, part) for part in column.parts(text))

    def question(self, row: Row) -> list[Row]:
        """All rows that answer the question that a row answers."""
        return self.rows(row["_table"], **{name: row[name] for name in QUESTION[row["_table"]]})

    def uses(self, table: str, id: str) -> Iterator[tuple[Row, str]]:
        """Rows and columns that refer to a term."""
        for name, schema in self.schemas.items():
            for column in schema.columns.values():
                if table in column.refers_to:
                    for row in self.filled(column.name, self.rows(name)):
                        if id in column.parts(row[column.name]):
                            yield row, column.name
        if table == "muscles":
            yield from ((row, "muscle") for row in self.rows("inventory", muscle=id))

    def group_of(self, muscle: str) -> str:
        """The group of a muscle or part; a group's own id."""
        found = next((row for row in self.rows("muscles") if row["id"] == muscle), None)
        if found is None:
            return muscle
        return str(found["group"]) if found["group"] else self.group_of(str(found["part_of"]))
