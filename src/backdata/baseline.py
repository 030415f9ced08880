"""A baseline: an earlier report in JSON. What it holds already is not told again; what is gone from it is told as mended."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from backdata.model import Report, Severity

_TOLD = ("code", "name", "severity", "file", "sheet", "cell", "row_id", "column", "value", "message", "fix", "fingerprint")  # fmt: skip


class NoBaseline(ValueError):
    """A file that holds no report. The message is a sentence that says what to do."""


def read(file: Path) -> tuple[dict[str, Any], ...]:
    """The findings of a JSON report that no exception silenced. Raises NoBaseline."""
    try:
        document = json.loads(file.read_bytes())
        listed = (*document["findings"], *document.get("known", ()))  # "known" is what its own baseline held
        found = [
            {**{key: finding[key] for key in _TOLD}, "severity": Severity(finding["severity"])}
            for finding in listed
            if finding["excepted"] is None
        ]
    except (OSError, ValueError, LookupError, TypeError):
        raise NoBaseline(
            f"{file} is no report of backdata. Make one with --output json={file} when the findings in it are accepted."
        ) from None
    return tuple(found)


def compared(report: Report, baseline: tuple[dict[str, Any], ...]) -> Report:
    """The report with only what is new since the baseline; fingerprints do not change when a sheet is sorted."""
    old = {finding["fingerprint"] for finding in baseline}
    now = {finding.fingerprint for finding in report.findings}
    return replace(
        report,
        findings=tuple(f for f in report.findings if f.excepted is not None or f.fingerprint not in old),
        known=tuple(f for f in report.findings if f.excepted is None and f.fingerprint in old),
        fixed=tuple(finding for finding in baseline if finding["fingerprint"] not in now),
    )
