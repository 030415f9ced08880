"""Rules as they are put: to one view and one column of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from backdata.model import Row, Rule
from backdata.schemas import ColumnSchema, TableSchema

if TYPE_CHECKING:
    import narwhals as nw


@dataclass(frozen=True)
class Question:
    """A rule put to one view and one column: for most rules that is the rule itself."""

    rule: Rule
    view: str
    blames: str
    columns: tuple[str, ...]
    column: ColumnSchema | None = None

    def answer(self, has_reading: bool) -> tuple[nw.Expr | None, nw.Expr]:
        """(when, then) as expressions over the view; when is None where the rule holds for every row."""
        import narwhals as nw

        ask = [self.column if name == "column" else nw.col(self.actual(name)) for name in self.rule.columns]
        answer = self.rule.ask(*ask)
        when, then = answer if isinstance(answer, tuple) else (None, answer)
        if has_reading and self.rule.readings == "preferred":
            preferred = nw.col("reading") == "preferred"
            when = preferred if when is None else when & preferred
        return when, then

    def actual(self, name: str) -> str:
        """The column of the view that a parameter of the rule stands for."""
        if self.column is None:
            return name
        return self.column.name + name.removeprefix("value") if name.startswith("value") else name

    @property
    def reads(self) -> tuple[str, ...]:
        """The columns of the view that it needs, the blamed one too, and the one that tells which readings it judges."""
        readings = ("reading",) if self.rule.readings == "preferred" else ()
        return (*readings, *(self.actual(name) for name in self.rule.columns if name != "column"), self.blames)

    def words(self, row: Row) -> dict[str, Any]:
        """What the sentences of the rule may name."""
        named = {**row}
        if self.column is not None:
            parsed = ("value", "value_unknown", "value_strange", "value_why", "value_belongs")
            named |= {
                name: row.get(self.actual(name)) for name in (*parsed, *self.rule.columns) if name.startswith("value")
            }
            named["column"] = self.column.name
            named["allowed"] = ", ".join(self.column.allowed or self.column.each)
            named["tables"] = " or ".join(self.column.refers_to)
            named["example"], named["longest"] = self.column.example, self.column.max_length
            named["description"] = self.column.description
        return {name: "—" if value is None else value for name, value in named.items()}


def questions(rules: Iterable[Rule], schemas: Mapping[str, TableSchema]) -> Iterator[Question]:
    """Every rule, and for rules about each column one question per column they hold for."""
    for rule in rules:
        if rule.each is None:
            yield Question(rule, rule.view, rule.blames, rule.columns)
            continue
        for table in schemas.values():
            for column in table.columns.values():
                if rule.each(table, column):
                    yield Question(rule, table.name, column.name, rule.columns, column)
