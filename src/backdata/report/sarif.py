"""The findings as SARIF 2.1.0 (OASIS), for viewers and for code review.

What the format leaves open is decided here:

- A row counts as a line and a column as a column, in workbooks too: code scanning shows no result without a region. The
  logical location says it as editors know it, ``muscles.xlsx › innervations!C40``.
- Paths are relative to the root of the repository, ``%SRCROOT%``.
- Every result says whether an exception suppresses it, with its reason; after ``--baseline`` every result says whether it is
  new, unchanged or absent, that is mended.
- ``primaryLocationLineHash`` is given, for code scanning would else make one from the bytes of the workbook.
- There are no ``fixes``: they replace characters of a text file, and a cell is none. The proposal stands in the properties.

GitHub reads neither suppressions nor baseline states and would show what is excepted or mended as open alerts; the format
``code-scanning`` is the same document without those.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from backdata.explain import page
from backdata.model import Cell, Finding, Report, Rule, Severity, capital, reporter
from backdata.report import visible
from backdata.report.json import cause_of, dumped
from backdata.report.places import cell_at, column, line, numbered, paths
from backdata.version import VERSION

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVEL = {"error": "error", "warning": "warning", "info": "note"}
_PROBLEM = {"error": "error", "warning": "warning", "info": "recommendation"}  # GitHub's own words


@reporter("sarif")
def render_sarif(report: Report, colour: bool = False) -> str:
    """SARIF 2.1.0, for viewers and for code review."""
    return _document(report, [*_told(report), *_absent(report)])


@reporter("code-scanning")
def render_code_scanning(report: Report, colour: bool = False) -> str:
    """SARIF for GitHub code scanning: without what is excepted or mended."""
    return _document(report, [state for state in _told(report) if state[0].excepted is None])


def _told(report: Report) -> Iterator[tuple[Finding, str]]:
    """The findings of this run and how they stand to the baseline; empty without one. What is excepted is no news."""
    compared = bool(report.known or report.fixed)
    for finding in report.findings:
        yield finding, ("new" if finding.excepted is None else "unchanged") if compared else ""
    yield from ((finding, "unchanged") for finding in report.known)


def _absent(report: Report) -> Iterator[tuple[Finding, str]]:
    for old in report.fixed:
        yield (
            Finding(
                code=old["code"],
                name=old["name"],
                severity=Severity(old["severity"]),
                cell=cell_at(old["file"], old["sheet"], old["cell"]),
                row_id=old["row_id"],
                column=old["column"],
                value=old["value"],
                message=old["message"],
                fix=old["fix"],
                fingerprint=old["fingerprint"],
            ),
            "absent",
        )


def _document(report: Report, results: list[tuple[Finding, str]]) -> str:
    run = _Run(report, results)
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run.as_json(report, results)]}
    return dumped(log) + "\n"


class _Run:
    """What the results refer to: paths, rules by their place in the list, sheets by theirs."""

    def __init__(self, report: Report, results: list[tuple[Finding, str]]) -> None:
        self.paths = paths(report)
        self.rules = {code: number for number, code in enumerate(report.rules)}
        cells = (cell for finding, _ in results for cell in (finding.cell, *finding.related))
        sheets = dict.fromkeys((cell.file, cell.sheet) for cell in cells if cell.sheet)
        self.sheets = {sheet: number for number, sheet in enumerate(sheets)}

    def as_json(self, report: Report, results: list[tuple[Finding, str]]) -> dict[str, Any]:
        states = [state for _, state in results]
        findings = numbered(finding for finding, _ in results)
        return {
            "tool": {
                "driver": {
                    "name": "backdata",
                    "version": VERSION,
                    "semanticVersion": VERSION,
                    "rules": [_rule(rule) for rule in report.rules.values()],
                }
            },
            "invocations": [
                {"executionSuccessful": not report.unreadable, "toolExecutionNotifications": [*self.notes(report)]}
            ],
            "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
            "artifacts": [{"location": self.artifact(file), "roles": ["analysisTarget"]} for file in self.paths],
            "logicalLocations": [
                {"name": visible(sheet), "fullyQualifiedName": visible(str(Cell(file, sheet))), "kind": "sheet"}
                for file, sheet in self.sheets
            ],
            "results": [
                self.result(finding, key, state) for (finding, key), state in zip(findings, states, strict=True)
            ],
            "columnKind": "unicodeCodePoints",
        }

    def notes(self, report: Report) -> Iterator[dict[str, Any]]:
        """What could not be read, and which rules could not run."""
        for row in report.files:
            if row["problem"] == "unreadable":
                text = f"{row['file']} could not be read: {row['detail']}."
                yield {"level": "error", "message": _message(text), "locations": [self.location(Cell(row["file"]))]}
        for record in report.records:
            if record.outcome == "could not run":
                text = f"{record.code} {record.name.replace('_', ' ')} could not run: {'; '.join(record.reasons)}."
                yield {"level": "warning", "message": _message(text), "associatedRule": self.rule(record.code)}

    def rule(self, code: str) -> dict[str, Any]:
        return {"id": code, "index": self.rules[code]} if code in self.rules else {"id": code}

    def result(self, finding: Finding, key: str, state: str) -> dict[str, Any]:
        nearest = f" Nearest known: {'; '.join(finding.suggestions)}." if finding.suggestions else ""
        return {
            "ruleId": finding.code,
            **({"ruleIndex": self.rules[finding.code]} if finding.code in self.rules else {}),
            "level": _LEVEL[finding.severity],
            "message": _message(f"{finding.message} {finding.fix}{nearest}"),
            "locations": [self.location(finding.cell)],
            **({"relatedLocations": [self.location(cell) for cell in finding.related]} if finding.related else {}),
            "partialFingerprints": {"backdata/v1": finding.fingerprint, "primaryLocationLineHash": key},
            "suppressions": _suppressions(finding),
            **({"baselineState": state} if state else {}),
            "properties": {
                "cause": cause_of(finding),
                "rowId": visible(finding.row_id),
                "column": visible(finding.column),
                "value": None if finding.value is None else visible(finding.value),
                "suggestions": [visible(word) for word in finding.suggestions],
                "proposal": visible(finding.proposal) or None,
            },
        }

    def location(self, cell: Cell) -> dict[str, Any]:
        physical = {
            "artifactLocation": self.artifact(cell.file),
            "region": {
                "startLine": line(cell),
                "startColumn": column(cell),
                "endLine": line(cell),
                "endColumn": column(cell) + 1,
            },
        }
        if not (cell.sheet or cell.row):
            return {"physicalLocation": physical}
        logical: dict[str, Any] = {"fullyQualifiedName": visible(str(cell))}
        if cell.sheet and cell.row:
            kind = "cell" if cell.column else "row"
            logical |= {"name": cell.address, "kind": kind, "parentIndex": self.sheets[cell.file, cell.sheet]}
        elif cell.sheet:
            logical |= {"name": visible(cell.sheet), "kind": "sheet", "index": self.sheets[cell.file, cell.sheet]}
        return {"physicalLocation": physical, "logicalLocations": [logical]}

    def artifact(self, file: str) -> dict[str, str]:
        path = self.paths.get(file, file)
        if Path(path).is_absolute():
            return {"uri": Path(path).as_uri()}
        return {"uri": quote(os.fsencode(path)), "uriBaseId": _ROOT}


def _rule(rule: Rule) -> dict[str, Any]:
    text = page(rule)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": capital(rule.title)},
        "fullDescription": {"text": " ".join(rule.reason.split())},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": _LEVEL[rule.severity]},
        "properties": {"problem.severity": _PROBLEM[rule.severity], "tags": [rule.family]},
    }


def _suppressions(finding: Finding) -> list[dict[str, str]]:
    """SARIF wants them at every result or at none: an empty list says that nothing suppresses this one."""
    if finding.excepted is None:
        return []
    return [{"kind": "external", "status": "accepted", "justification": visible(finding.excepted)}]


def _message(words: str) -> Mapping[str, str]:
    """Plain text in which nothing is a placeholder or a link."""
    return {"text": visible(words).replace("{", "{{").replace("}", "}}").replace("](", "] (")}
