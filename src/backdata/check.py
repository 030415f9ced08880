"""Views + rules + exceptions → findings and coverage.

Each view gets one pass in which every rule's answer is computed; a pandera schema with one Check per rule, on the column that
the rule blames, then turns the answers into failure cases. A null answer is no fault: it cannot be judged, and is counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import narwhals as nw

from backdata import coverage, engine, views
from backdata.anatomy.terms import Terms
from backdata.intake import Intake, tidy
from backdata.model import FACT_TABLES, Cell, Coverage, Finding, Report, Row, Rule, Table, fingerprint
from backdata.schemas import ColumnSchema, TableSchema
from backdata.verbs import Source, View


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
        """The columns of the view that it needs, the blamed one too."""
        return (*(self.actual(name) for name in self.rule.columns if name != "column"), self.blames)

    def words(self, row: Row) -> dict[str, Any]:
        """What the sentences of the rule may name."""
        named = {**row}
        if self.column is not None:
            named |= {
                name: row.get(self.actual(name)) for name in ("value", "value_unknown", "value_strange", "value_why")
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


def check(
    intake: Intake,
    rules: Sequence[Rule],
    schemas: Mapping[str, TableSchema],
    today: dt.date,
    before: Mapping[str, Table] | None = None,
) -> Report:
    """Put every rule to every row. Findings are sorted as they stand in the files. ``before``: what was published last."""
    run = _Run(intake, schemas, before or {})
    asked = sorted(questions(rules, schemas), key=lambda question: question.view)
    about_exceptions = [question for question in asked if question.view == "exceptions"]
    for view, group in groupby((q for q in asked if q.view != "exceptions"), key=lambda question: question.view):
        run.ask(view, list(group))
    findings = run.kept(rules)
    idle = {rule.code for rule in run.coverage if rule.did_not_run}
    findings, states = _excepted(findings, run.sources["exceptions"], today, idle)
    run.sources["exceptions"] = views.with_state(run.sources["exceptions"], states)
    run.findings = []
    run.ask("exceptions", about_exceptions)
    findings += run.kept(rules)
    if any(finding.severity == "error" and finding.excepted is None for finding in findings):
        findings = run.without_last(rules, findings)
    facts = sum(len(run.sources[table].rows) for table in FACT_TABLES)
    return Report(
        findings=tuple(sorted(findings, key=lambda finding: finding.order)),
        coverage=tuple(run.coverage),
        files=intake.files,
        changes=intake.changes,
        facts=facts,
        muscles=coverage.of_muscles(run.sources, findings),
        context={
            name: table.source
            for name, table in intake.tables.items()
            if (table.source, table.sheet) not in intake.sheets
        },
    )


class _Run:
    """One validation under way."""

    def __init__(self, intake: Intake, schemas: Mapping[str, TableSchema], before: Mapping[str, Table]) -> None:
        self.intake, self.schemas = intake, schemas
        self.sources = views.sources(intake, schemas, before)
        self.findings: list[Finding] = []
        self.coverage: list[Coverage] = []

    def ask(self, name: str, asked: Sequence[Question]) -> None:
        """Put questions to one view."""
        source = self.sources[name]
        if not source.rows:
            reason = source.absent if name not in self.intake.tables else ""
            self.coverage += [Coverage(q.rule.code, q.rule.name, name, did_not_run=reason) for q in asked]
            return
        view = views.build(name, self.sources, self.schemas)
        able = []
        for question in asked:
            reason = next((view.off[column] for column in question.reads if column in view.off), "")
            if reason:
                self.coverage.append(Coverage(question.rule.code, question.rule.name, name, did_not_run=reason))
            else:
                able.append(question)
        if able:
            self._judge(view, able)

    def _judge(self, view: View, asked: Sequence[Question]) -> None:
        """One pass over the view for all questions, then one pandera schema for all answers."""
        frame = view.settled()
        size, has_reading = len(frame), "reading" in frame.columns
        asks: dict[str, nw.Expr] = {}
        for number, question in enumerate(asked):
            when, then = question.answer(has_reading)
            asks[f"then {number}"] = then
            if when is not None:
                asks[f"when {number}"] = when
        answers = engine.columns(frame.select(**asks))
        fine: list[tuple[str, str, list[bool]]] = []
        for number, question in enumerate(asked):
            outcome = list(zip(answers.get(f"when {number}", [True] * size), answers[f"then {number}"], strict=True))
            flags = [not (when is True and then is False) for when, then in outcome]
            fine.append((question.blames, str(number), flags))
            judged = sum(when is True and then is not None for when, then in outcome)
            unjudged = sum(when is not False for when, _ in outcome) - judged
            rule = question.rule
            self.coverage.append(Coverage(rule.code, rule.name, view.name, size, judged, unjudged, flags.count(False)))
        failing = engine.failure_cases(frame, fine)
        assert len(failing) == sum(flags.count(False) for _, _, flags in fine), (
            f"pandera and the view {view.name} disagree"
        )
        rows = engine.rows(frame) if failing else []
        unknown = dict.fromkeys(view.off, "something unknown")
        self.findings += [self._finding(asked[int(number)], {**unknown, **rows[index]}) for number, index in failing]

    def _finding(self, question: Question, row: Row) -> Finding:
        rule, column = question.rule, question.blames
        table = self.intake.tables.get(question.view)
        cell = (
            table.cell(row["_row"], column)
            if table
            else Cell(row["_source"], row["_sheet"], row["_row"], row["_column"] or 0)
        )
        words = question.words(row)
        told = str(row["column"]) if question.view in ("odd_cells", "headers") and row.get("column") else column
        related = question.actual(rule.related)
        value = row.get(column)
        return Finding(
            code=rule.code,
            name=rule.name,
            severity=rule.severity,
            cell=cell,
            row_id=row["_id"],
            column=told,
            value=self.intake.seen(cell) or (None if value is None else str(value)),
            message=_sentence(rule.says, words),
            fix=_sentence(rule.fix, words),
            suggestions=self._nearest(question, words),
            related=(table.cell(row[related], column),) if table and related and row.get(related) else (),
            fingerprint=fingerprint(rule.code, row["_id"], told, None if value is None else str(value)),
        )

    def _nearest(self, question: Question, words: Mapping[str, Any]) -> tuple[str, ...]:
        column = question.column
        if question.rule.suggests == "terms" and column:
            rows = (row for table in column.refers_to for row in self.sources[table].rows)
            return Terms(rows).nearest(str(words["value_unknown"]))
        if question.rule.suggests == "allowed" and column:
            allowed = column.allowed or column.each
            return Terms({"id": word} for word in allowed).nearest(str(words["value"]))
        if question.rule.suggests == "columns":
            return Terms({"id": name} for name in str(words["missing"]).split(", ")).nearest(str(words["header"]))
        if question.rule.suggests == "sheets":
            return Terms({"id": name} for name in self.schemas).nearest(str(words["detail"]))
        return ()

    def without_last(self, rules: Iterable[Rule], findings: Iterable[Finding]) -> list[Finding]:
        """The findings without those of rules that wait until no error is left; the coverage says that these did not run."""
        last = {rule.code for rule in rules if rule.told_last}
        self.coverage = [
            Coverage(
                each.code, each.name, each.view, did_not_run=each.did_not_run or "errors were found, which come first"
            )
            if each.code in last
            else each
            for each in self.coverage
        ]
        return [finding for finding in findings if finding.code not in last or finding.excepted]

    def kept(self, rules: Iterable[Rule]) -> list[Finding]:
        """One finding per code and cell, without those that yield to another at the same cell."""
        yields = {rule.code: set(rule.yields_to) for rule in rules}
        codes: dict[tuple[Cell, str], set[str]] = {}
        for finding in self.findings:
            codes.setdefault(_place(finding), set()).add(finding.code)
        once: dict[tuple[str, Cell, str, str], Finding] = {}
        for finding in self.findings:
            if not codes[_place(finding)] & yields.get(finding.code, set()):
                once.setdefault((finding.code, finding.cell, finding.row_id, finding.column), finding)
        return list(once.values())


def _place(finding: Finding) -> tuple[Cell, str]:
    """The cell; of what has no cell of its own, a missing sheet for example, the row that tells of it."""
    return finding.cell, "" if finding.cell.column else finding.row_id


class _Words(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        raise KeyError(f"a rule's sentence names {name}, which is no column of its view")


def _sentence(template: str, words: Mapping[str, Any]) -> str:
    text = template.format_map(_Words(words))
    return text[:1].upper() + text[1:]


def _excepted(
    findings: list[Finding], source: Source, today: dt.date, idle: set[str]
) -> tuple[list[Finding], list[str | None]]:
    """Findings with the reason of the exception that silences each, and what became of every exception.

    Whether an exception to a rule that could not run (``idle``) is needed, nobody knows.
    """
    granted: dict[tuple[Any, ...], int] = {}
    states: list[str | None] = []
    for number, row in enumerate(source.rows):
        ended = row.get("expires") and str(row["expires"]) < today.isoformat()
        states.append("expired" if ended else None if row.get("rule") in idle else "unused")
        if not ended:
            granted[row.get("rule"), row.get("row_id"), row.get("column"), row.get("value")] = number
    result = []
    for finding in findings:
        value = None if finding.value is None else tidy.text(finding.value)
        number = granted.pop((finding.code, finding.row_id, finding.column, value), -1)
        if number >= 0:
            states[number] = "used"
            finding = replace(finding, excepted=str(source.rows[number].get("reason") or "no reason given"))
        result.append(finding)
    return result, states
