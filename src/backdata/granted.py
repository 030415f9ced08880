"""Exceptions: a row of the sheet silences exactly one finding, until the value changes or the day passes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from backdata.intake import tidy
from backdata.model import Finding
from backdata.verbs import Source


def excepted(
    findings: Iterable[Finding], source: Source, today: dt.date, undecided: set[tuple[str, str]], idle: set[str]
) -> tuple[list[Finding], list[str | None]]:
    """Findings with the reason of the exception that silences each, and what became of every exception: used, unused, expired.

    None where nobody knows: its rule could not run (``idle``), could not judge its row (``undecided``: code, row id); and where
    something else tells of it: an earlier row says the same, or the finding is told again because the value has changed.
    """
    granted: dict[tuple[Any, ...], int] = {}
    states: list[str | None] = []
    for number, row in enumerate(source.rows):
        key = (row.get("rule"), row.get("row_id"), row.get("column"), row.get("value"))
        unknown = key[0] in idle or key[:2] in undecided or key in granted
        ended = bool(row.get("expires")) and str(row["expires"]) < today.isoformat()
        states.append("expired" if ended else None if unknown else "unused")
        if not ended:
            granted.setdefault(key, number)
    result = []
    for finding in findings:
        place = (finding.code, finding.row_id, finding.column)
        seen = None if finding.value is None else tidy.text(finding.value)
        number = granted.get((*place, seen), granted.get((*place, finding.read_as), -1))
        if number >= 0 and states[number] != "used":
            states[number] = "used"
            finding = replace(finding, excepted=str(source.rows[number].get("reason") or "no reason given"))
        result.append(finding)
    again = {(finding.code, finding.row_id, finding.column) for finding in result if finding.excepted is None}
    for number, row in enumerate(source.rows):
        if states[number] == "unused" and (row.get("rule"), row.get("row_id"), row.get("column")) in again:
            states[number] = None  # the value has changed, and the finding is told anew
    return result, states
