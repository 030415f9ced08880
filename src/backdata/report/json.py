"""The report as JSON, for programs: summary, what every rule did, every finding, as ``report.schema.json`` promises.

Findings stand one by one; those with one cause and one remedy share a ``cause``. With ``--baseline`` the document also holds
the findings that were known, so that it can be the next baseline.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from backdata.model import Answer, Cause, Cell, Coverage, Finding, MuscleCoverage, Report, Row, RuleRecord, reporter
from backdata.version import VERSION

SCHEMA = "urn:backdata:schema:report:0.2"
_MENDED = ("code", "name", "severity", "file", "sheet", "cell", "row_id", "column", "value", "message", "fix", "fingerprint")  # fmt: skip
_LINE_ENDS = re.compile("[\x7f-\x9f\u2028\u2029]")  # some readers of lines stop there
_NO_TEXT = re.compile("[\ud800-\udfff]")  # halves of letters; no reader can be trusted with them


@reporter("json")
def render_json(report: Report, colour: bool = False) -> str:
    """JSON for programs, kept to a published JSON Schema."""
    document = {
        "summary": _summary(report),
        "rules": [_rule(record) for record in report.records],
        "coverage": [_coverage(rule) for rule in report.coverage],
        "muscles": [_muscle(muscle) for muscle in report.muscles],
        "causes": [_cause(cause) for cause in report.causes],
        "findings": [as_json(finding) for finding in report.findings],
        "known": [as_json(finding) for finding in report.known],
        "fixed": [_fixed(finding) for finding in report.fixed],
    }
    return dumped(document, indent=2) + "\n"


def dumped(value: Any, indent: int | None = None) -> str:
    """JSON that people can read: letters as they are, except those that would cut a line or that UTF-8 cannot hold."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _LINE_ENDS.sub(lambda found: f"\\u{ord(found[0]):04x}", _NO_TEXT.sub("\ufffd", text))


def as_json(finding: Finding) -> dict[str, Any]:
    """One finding, as the contract has it."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": str(finding.severity),
        **_place(finding.cell),
        "row_id": finding.row_id,
        "column": finding.column,
        "value": finding.value,
        "message": finding.message,
        "fix": finding.fix,
        "suggestions": list(finding.suggestions),
        "proposal": finding.proposal or None,
        "related": [_place(cell) for cell in finding.related],
        "excepted": finding.excepted,
        "cause": cause_of(finding),
        "fingerprint": finding.fingerprint,
    }


def cause_of(finding: Finding) -> str:
    """A short key that findings with one cause and one remedy share, in this run and in the next."""
    return hashlib.sha256("\x1f".join(finding.kin).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _summary(report: Report) -> dict[str, Any]:
    ran = {rule.code for rule in report.coverage if not rule.did_not_run}
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "facts": report.facts,
        "rules_run": len(ran),
        "rules_not_run": len({rule.code for rule in report.coverage} - ran),
        "unjudged": sum(rule.unjudged for rule in report.coverage),
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "infos": report.count("info"),
        "causes": len(report.causes),
        "excepted": len(report.excepted),
        "consequences": report.consequences,
        "known": len(report.known),
        "fixed": len(report.fixed),
        "changes": len(report.changes),
        "files": [_file(row) for row in report.files],
        "context": dict(report.context),
    }


def _file(row: Row) -> dict[str, Any]:
    problem = row["problem"]
    return {
        "file": row["file"],
        "sheet": row["sheet"],
        "table": row["table"],
        "problem": None if problem == "none" else problem,
        "detail": row["detail"],
        "rows": row["rows"],
        "cells": row["cells"],
        "used": row["used"],
        "headers": row["headers"],
        "skipped": dict(row["skipped"]),
    }


def _rule(record: RuleRecord) -> dict[str, Any]:
    return {**asdict(record), "reasons": list(record.reasons)}


def _coverage(rule: Coverage) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "view": rule.view,
        "rows": rule.rows,
        "judged": rule.judged,
        "unjudged": rule.unjudged,
        "findings": rule.findings,
        "did_not_run": rule.did_not_run or None,
    }


def _muscle(muscle: MuscleCoverage) -> dict[str, Any]:
    return {
        "id": muscle.id,
        "name": muscle.name,
        "is_part": muscle.is_part,
        **{topic: _answer(answer) for topic, answer in muscle.answers.items()},
        "identifiers": dict(muscle.identifiers),
        "sources": muscle.sources,
        "open_sources": muscle.open_sources,
        "unsourced": muscle.unsourced,
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {**asdict(answer), "unknown": answer.unknown or None, "not_read": answer.not_read or None}


def _cause(cause: Cause) -> dict[str, Any]:
    first = cause.first
    return {
        "cause": cause_of(first),
        "code": first.code,
        "name": first.name,
        "severity": str(first.severity),
        "message": first.message,
        "fix": first.fix,
        "suggestions": list(first.suggestions),
        "cells": [_place(cell) for cell in cause.cells],
        "fingerprints": [finding.fingerprint for finding in cause.findings],
    }


def _fixed(finding: Mapping[str, Any]) -> dict[str, Any]:
    """A finding of the baseline; an older report knows less of it than we would say."""
    return {key: finding[key] for key in _MENDED}


def _place(cell: Cell) -> dict[str, str]:
    return {"file": cell.file, "sheet": cell.sheet, "cell": cell.address}
