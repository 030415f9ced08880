"""From a row that a rule finds fault with to a finding: sentences filled in, the cell and its neighbours, the nearest words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from backdata.anatomy.terms import Terms
from backdata.intake import Intake
from backdata.model import Cell, Finding, Row, capital, fingerprint
from backdata.questions import Question
from backdata.schemas import ColumnSchema, TableSchema
from backdata.verbs import Source


class Telling:
    """Tells findings of one run."""

    def __init__(self, intake: Intake, schemas: Mapping[str, TableSchema], sources: Mapping[str, Source]) -> None:
        self._intake, self._schemas, self._sources = intake, schemas, sources
        self._vocabularies: dict[tuple[str, ...], Terms] = {}
        self._wholes = {row.get("id"): row.get("part_of") for row in sources["muscles"].rows}

    def __call__(self, question: Question, row: Row) -> Finding:
        """The finding that a rule makes at a row of its view."""
        rule, column = question.rule, question.blames
        table = self._intake.tables.get(question.view)
        cell = (
            table.cell(row["_row"], column)
            if table
            else Cell(row["_source"], row["_sheet"], row["_row"], row["_column"] or 0)
        )
        words = question.words(row)
        told = str(row["column"]) if column == "column" and row.get("column") else column
        related = question.actual(rule.related)
        value = None if row.get(column) is None else str(row[column])
        seen = self._intake.seen(cell) or value
        nearest, proposal = self._nearest(question, words)
        return Finding(
            code=rule.code,
            name=rule.name,
            severity=rule.severity,
            cell=cell,
            row_id=row["_id"],
            column=told,
            value=seen,
            message=_sentence(rule.says, words),
            fix=_sentence(rule.fix, words),
            suggestions=nearest,
            proposal=str(row.get(question.actual(rule.proposes)) or "") if rule.proposes else proposal,
            cause=_sentence(rule.cause, words),
            read_as=value,
            related=(table.cell(row[related], column),) if table and related and row.get(related) else (),
            names=self._names(question.view, row),
            fingerprint=fingerprint(rule.code, row["_id"], told, value),
        )

    def _names(self, table: str, row: Row) -> frozenset[str]:
        """Ids of the muscle and the terms that a row is about or names."""
        if table not in self._schemas:
            return frozenset()
        columns = self._schemas[table].columns.values()
        terms = [each for each in columns if each.name == "id" or (each.refers_to and "sources" not in each.refers_to)]
        named = {id for each in terms for id in each.parts(row.get(each.name))}
        about = str(row.get("row_id") or "").partition(".")[0]  # of an exception
        return frozenset(named | {about, *(self._wholes.get(id) or "" for id in named)} - {""})

    def _nearest(self, question: Question, words: Mapping[str, Any]) -> tuple[tuple[str, ...], str]:
        """The nearest known words, and the whole cell with the first of them in place of what is not known."""
        column = question.column
        if question.rule.suggests == "terms" and column:
            terms, unknown = self._terms(column.refers_to), str(words["value_unknown"])
            return terms.nearest(unknown), _replaced(str(words["value"]), unknown, terms.meant(unknown), column)
        if question.rule.suggests == "allowed" and column:
            strange = str(words["value_strange" if column.each else "value"])
            known = Terms({"id": word} for word in column.allowed or column.each)
            return known.nearest(strange), _replaced(str(words["value"]), strange, known.meant(strange), column)
        if question.rule.suggests == "columns":
            near = _words_like(str(words["header"]), str(words["missing"]).split(", "))
            return near, next(iter(near), "")
        if question.rule.suggests == "sheets":
            return _words_like(str(words["detail"]), self._schemas), ""
        return (), ""

    def _terms(self, tables: tuple[str, ...]) -> Terms:
        if tables not in self._vocabularies:
            self._vocabularies[tables] = Terms(row for table in tables for row in self._sources[table].rows)
        return self._vocabularies[tables]


def _words_like(text: str, known: Iterable[str]) -> tuple[str, ...]:
    return Terms({"id": word} for word in known).nearest(text)


def _replaced(cell: str, unknown: str, meant: str | None, column: ColumnSchema) -> str:
    """The cell with what was meant in place of the one unknown part; empty where there are several, or nobody knows."""
    parts = column.parts(cell)
    if not meant or parts.count(unknown) != 1:
        return ""
    return column.list.join(meant if part == unknown else part for part in parts)


class _Words(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        raise KeyError(f"a rule's sentence names {name}, which is no column of its view")


def _sentence(template: str, words: Mapping[str, Any]) -> str:
    text = template.format_map(_Words(words))
    return capital(text)
