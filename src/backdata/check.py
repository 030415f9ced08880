"""Views + rules + exceptions → findings and coverage.

Each view gets one pass in which every rule’s answer is computed; a pandera schema, with one Check for each answer that is not
fine everywhere and one for all others, turns the answers into failure cases. A null answer is no fault: it cannot be judged, and is counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from backdata import consequences, coverage, engine, granted, views
from backdata.intake import Intake
from backdata.model import FACT_TABLES, Coverage, Finding, Report, Rule, Table
from backdata.questions import Question, questions
from backdata.schemas import TableSchema
from backdata.telling import Telling
from backdata.verbs import View

if TYPE_CHECKING:
    import narwhals as nw

Outcome: TypeAlias = list[
    tuple[bool | None, bool | None]
]  # per row: whether the rule speaks of it, and whether it is fine


def check(
    intake: Intake,
    rules: Sequence[Rule],
    schemas: Mapping[str, TableSchema],
    today: dt.date,
    before: Mapping[str, Table] | None = None,
) -> Report:
    """Put every rule to every row. Findings are sorted as they stand in the files. ``before``: what was published last."""
    by_code = {rule.code: rule for rule in rules}
    run = _Run(intake, schemas, before or {})
    asked = sorted(questions(rules, schemas), key=lambda question: question.view)
    about_exceptions = [question for question in asked if question.view == "exceptions"]
    for view, group in groupby((q for q in asked if q.view != "exceptions"), key=lambda question: question.view):
        run.ask(view, list(group))
    idle = {each.code for each in run.coverage if each.did_not_run}
    found, states = granted.excepted(
        consequences.once(run.findings), run.sources["exceptions"], today, run.undecided, idle
    )
    run.sources["exceptions"] = views.with_state(run.sources["exceptions"], states)
    run.findings = []
    run.ask("exceptions", about_exceptions)
    found += consequences.once(run.findings)
    told, ran = consequences.without(found, by_code), run.coverage
    if any(finding.severity == "error" and finding.excepted is None for finding in told):
        told, ran = consequences.without_last(told, ran, by_code)
    sheets = {(row["file"], row["sheet"]): number for number, row in enumerate(intake.files)}
    told.sort(key=lambda each: (each.cell.file, sheets.get((each.cell.file, each.cell.sheet), -1), each.order))
    return Report(
        findings=tuple(told),
        coverage=tuple(ran),
        files=intake.files,
        changes=intake.changes,
        facts=sum(len(run.sources[table].rows) for table in FACT_TABLES),
        muscles=coverage.of_muscles(run.sources, told),
        context={
            name: table.source
            for name, table in intake.tables.items()
            if (table.source, table.sheet) not in intake.sheets
        },
        rules=by_code,
        excerpts=intake.excerpts(finding.cell for finding in told),
        consequences=len(found) - len(told),
    )


class _Run:
    """One validation under way."""

    def __init__(self, intake: Intake, schemas: Mapping[str, TableSchema], before: Mapping[str, Table]) -> None:
        self.intake, self.schemas = intake, schemas
        self.sources = views.sources(intake, schemas, before)
        self.findings: list[Finding] = []
        self.coverage: list[Coverage] = []
        self._tell = Telling(intake, schemas, self.sources)
        self.undecided: set[tuple[str, str]] = set()  # (code, row id) of exceptions that cannot be judged
        self._granted = {row.get("rule") for row in self.sources["exceptions"].rows}

    def ask(self, name: str, asked: Sequence[Question]) -> None:
        """Put questions to one view."""
        source = self.sources[name]
        if not source.rows:
            reason = source.absent if name not in self.intake.tables else ""
            seen = source.looked_at
            self.coverage += [Coverage(q.rule.code, q.rule.name, name, seen, seen, did_not_run=reason) for q in asked]
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
        size = len(frame)
        fine: list[tuple[str, str, list[bool]]] = []
        for number, (question, outcome) in enumerate(zip(asked, answers(view, frame, asked), strict=True)):
            flags = [not (when is True and then is False) for when, then in outcome]
            fine.append((question.blames, str(number), flags))
            judged = sum(when is True and then is not None for when, then in outcome)
            unjudged = sum(when is not False for when, _ in outcome) - judged
            rule = question.rule
            if rule.code in self._granted:
                ids = self.sources[view.name].rows
                self.undecided |= {
                    (rule.code, row["_id"])
                    for row, (when, then) in zip(ids, outcome, strict=True)
                    if when is None or (when and then is None)
                }
            self.coverage.append(Coverage(rule.code, rule.name, view.name, size, judged, unjudged, flags.count(False)))
        failing = engine.failure_cases(frame, fine)
        assert len(failing) == sum(flags.count(False) for _, _, flags in fine), (
            f"pandera and the view {view.name} disagree"
        )
        rows = engine.rows(frame) if failing else []
        unknown = dict.fromkeys(view.off, "something unknown")
        self.findings += [self._tell(asked[int(number)], {**unknown, **rows[index]}) for number, index in failing]


def answers(view: View, frame: engine.Frame, asked: Sequence[Question]) -> list[Outcome]:
    """What the rows of a view answer to each question."""
    asks: dict[str, nw.Expr] = {}
    for number, question in enumerate(asked):
        when, then = question.answer("reading" in view.columns)
        asks[f"then {number}"] = then
        if when is not None:
            asks[f"when {number}"] = when
    told, everywhere = engine.columns(frame.select(**asks)), [True] * len(frame)
    return [
        list(zip(told.get(f"when {number}", everywhere), told[f"then {number}"], strict=True))
        for number in range(len(asked))
    ]
