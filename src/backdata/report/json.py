"""The report as JSON, for programs: summary, what every rule did, every finding, as ``report.schema.json`` promises."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from backdata.model import Answer, Cell, Coverage, Finding, MuscleCoverage, Report, Row, reporter
from backdata.version import VERSION


@reporter("json")
def render_json(report: Report, colour: bool = False) -> str:
    """JSON for programs, kept to a published JSON Schema."""
    document = {
        "summary": _summary(report),
        "coverage": [_coverage(rule) for rule in report.coverage],
        "muscles": [_muscle(muscle) for muscle in report.muscles],
        "findings": [_finding(finding) for finding in report.findings],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _summary(report: Report) -> dict[str, Any]:
    ran = {rule.code for rule in report.coverage if not rule.did_not_run}
    return {
        "schema": "urn:backdata:schema:report:0.1",
        "version": VERSION,
        "facts": report.facts,
        "rules_run": len(ran),
        "rules_not_run": len({rule.code for rule in report.coverage} - ran),
        "unjudged": sum(rule.unjudged for rule in report.coverage),
        "errors": report.count("error"),
        "warnings": report.count("warning"),
        "infos": report.count("info"),
        "excepted": sum(finding.excepted is not None for finding in report.findings),
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


def _finding(finding: Finding) -> dict[str, Any]:
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
        "related": [_place(cell) for cell in finding.related],
        "excepted": finding.excepted,
        "fingerprint": finding.fingerprint,
    }


def _place(cell: Cell) -> dict[str, str]:
    return {"file": cell.file, "sheet": cell.sheet, "cell": cell.address}
