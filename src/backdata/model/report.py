"""The outcome of one validation: findings, grouped by cause where one needs them so, and what was looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from backdata.model.cells import Cell, Row
from backdata.model.findings import Change, Coverage, Finding, MuscleCoverage
from backdata.model.rules import Rule

OUTCOMES = ("found", "follows from others", "passed", "nothing to judge", "could not run")


@dataclass(frozen=True, slots=True)
class Cause:
    """Findings with one cause and one remedy: the same sentence about one cell or several."""

    findings: tuple[Finding, ...]  # in the order of the files

    @property
    def first(self) -> Finding:
        """The finding that speaks for all of them."""
        return self.findings[0]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Where it shows."""
        return tuple(finding.cell for finding in self.findings)


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """What one rule did in all the tables that it looks at: silence must never be mistaken for health."""

    code: str
    name: str
    outcome: str  # one of OUTCOMES
    judged: int  # rows
    unjudged: int  # rows that it applied to, but something it needs is unknown
    findings: int  # that are told, excepted ones not counted
    reasons: tuple[str, ...]  # why it could not run, wherever it could not


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A row of a sheet in which a finding stands: (column number, header, text as the editor sees it), from the left."""

    cells: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class Report:
    """The outcome of one validation: findings in the order of the files, and what was looked at."""

    findings: tuple[Finding, ...]
    coverage: tuple[Coverage, ...]
    files: tuple[Row, ...]  # what was read: file, path, sheet, table, rows, cells used, skipped and odd
    changes: tuple[Change, ...]
    facts: int
    muscles: tuple[MuscleCoverage, ...] = ()  # in the order of the sheet, parts after their whole
    context: Mapping[str, str] = field(default_factory=dict)  # table → where it was taken from, for sheets not given
    rules: Mapping[str, Rule] = field(default_factory=dict)  # code → rule, of all that were put
    excerpts: Mapping[Cell, Excerpt] = field(default_factory=dict)  # file, sheet and row (column 0) → the row
    consequences: int = 0  # findings that follow from others and are not told
    known: tuple[Finding, ...] = ()  # findings that a baseline holds already; not among the findings
    fixed: tuple[Mapping[str, Any], ...] = ()  # findings of the baseline that are gone, as the JSON report has them

    def count(self, severity: str) -> int:
        """Findings of a severity that no exception silences."""
        return sum(finding.severity == severity for finding in self.told)

    @property
    def told(self) -> tuple[Finding, ...]:
        """The findings that no exception silences."""
        return tuple(finding for finding in self.findings if finding.excepted is None)

    @property
    def excepted(self) -> tuple[Finding, ...]:
        """The findings that an exception silences."""
        return tuple(finding for finding in self.findings if finding.excepted is not None)

    @property
    def causes(self) -> tuple[Cause, ...]:
        """What is told, findings with one cause and one remedy together, in the order of their first cells."""
        return causes(self.told)

    @property
    def records(self) -> tuple[RuleRecord, ...]:
        """What every rule did, by code."""
        by_code: dict[str, list[Coverage]] = {}
        for each in self.coverage:
            by_code.setdefault(each.code, []).append(each)
        return tuple(self._record(code, by_code[code]) for code in sorted(by_code))

    def _record(self, code: str, ran: list[Coverage]) -> RuleRecord:
        judged, flagged = sum(each.judged for each in ran), sum(each.findings for each in ran)
        told = sum(finding.code == code for finding in self.told)
        silenced = sum(finding.code == code for finding in (*self.excepted, *self.known))
        reasons = tuple(dict.fromkeys(each.did_not_run for each in ran if each.did_not_run))
        if told:
            outcome = "found"
        elif flagged > silenced:
            outcome = "follows from others"
        elif judged:
            outcome = "passed"
        elif reasons or any(each.unjudged for each in ran):
            outcome, reasons = "could not run", reasons or ("what it asks for is stated nowhere",)
        else:
            outcome = "nothing to judge"
        return RuleRecord(code, ran[0].name, outcome, judged, sum(each.unjudged for each in ran), told, reasons)

    @property
    def unreadable(self) -> bool:
        """Whether a file could not be read."""
        return any(row["problem"] == "unreadable" for row in self.files)

    def worst(self) -> int:
        """Rank of the worst finding that no exception silences, -1 without any."""
        return max((finding.severity.rank for finding in self.told), default=-1)

    def excerpt(self, cell: Cell) -> Excerpt | None:
        """The row that a cell stands in; None for a whole sheet or file."""
        return self.excerpts.get(Cell(cell.file, cell.sheet, cell.row))


def causes(findings: Iterable[Finding]) -> tuple[Cause, ...]:
    """Findings that say the same and are mended in the same way belong together: a deleted source is one, wherever it is cited."""
    together: dict[tuple[str, ...], list[Finding]] = {}
    for each in findings:
        together.setdefault(each.kin, []).append(each)
    return tuple(Cause(tuple(found)) for found in together.values())
