"""References and levels: what editors type in their words becomes ids and the one way of writing; every change is logged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from backdata.anatomy import levels
from backdata.anatomy.terms import Terms
from backdata.model import Row
from backdata.schemas import ColumnSchema, TableSchema


class Resolver:
    """Knows every vocabulary of the data set."""

    def __init__(self, vocabularies: Mapping[str, Iterable[Row]]) -> None:
        self.rows = {name: tuple(rows) for name, rows in vocabularies.items()}
        self.levels_of = {row.get("id"): row.get("levels_of") for row in self.rows.get("structures", ())}
        self._terms: dict[tuple[str, ...], Terms] = {}

    def terms(self, tables: tuple[str, ...]) -> Terms:
        """The terms of one or more tables together."""
        if tables not in self._terms:
            self._terms[tables] = Terms(row for table in tables for row in self.rows.get(table, ()))
        return self._terms[tables]

    def row(self, schema: TableSchema, record: Mapping[str, str | None]) -> dict[str, str]:
        """The cells of a row that are written otherwise than we write them: column → our way."""
        changed: dict[str, str] = {}
        references = (column for column in schema.columns.values() if column.refers_to)
        for column in (*references, *(column for column in schema.columns.values() if column.levels)):
            value = record.get(column.name)
            if not value:
                continue
            ours = (
                self._reference(value, column)
                if column.refers_to
                else self._levels(value, column, {**record, **changed})
            )
            if ours != value:
                changed[column.name] = ours
        return changed

    def knows(self, value: str, column: ColumnSchema) -> bool:
        """Whether a cell names terms of its vocabulary; where there is none, nobody can say that it does not."""
        terms = self.terms(column.refers_to)
        return not terms.ids or all(map(terms.named, column.parts(value)))

    def _reference(self, value: str, column: ColumnSchema) -> str:
        terms = self.terms(column.refers_to)
        if not column.list:
            return terms.resolve(value) or value
        return column.list.join(terms.resolve(part) or part for part in column.parts(value))

    def _levels(self, value: str, column: ColumnSchema, record: Mapping[str, str | None]) -> str:
        kind = level_kind(column.levels, self.levels_of.get(record.get("structure")))
        try:
            return str(levels.parse(value, kind)) if kind else value
        except levels.LevelError:
            return value  # left as typed: a rule tells what is wrong with it


def level_kind(column_levels: str, structure_levels_of: str | None) -> str:
    """What the levels of a cell count: that of the column, or of the structure in its row; empty when it counts none."""
    if column_levels != "structure":
        return column_levels
    return {"vertebra": "vertebra", "rib": "rib", "none": ""}.get(structure_levels_of or "", "vertebra or rib")
