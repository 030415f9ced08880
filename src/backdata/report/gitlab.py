"""The findings as a GitLab Code Quality report, for the widget of a merge request.

One entry per cause, with its cells: the widget holds the entries of two branches against each other by fingerprint, so the
fingerprint follows from the fingerprints of the findings and changes when a cell joins or leaves. Excepted findings are left out.
GitLab shows the description only, so it says the code, the rule and the cell too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from backdata.model import Cause, Report, reporter
from backdata.report import visible
from backdata.report.json import cause_of, dumped
from backdata.report.places import addresses, line, paths

_SEVERITY = {"error": "critical", "warning": "major", "info": "info"}  # "blocker" is for what breaks the run itself
_MOST_CELLS = 20


@reporter("gitlab")
def render_gitlab(report: Report, colour: bool = False) -> str:
    """GitLab Code Quality, for the widget of a merge request."""
    where = paths(report)
    return dumped([_entry(cause, where) for cause in report.causes], indent=2) + "\n"


def _entry(cause: Cause, where: Mapping[str, str]) -> dict[str, Any]:
    first = cause.first
    return {
        "description": _description(cause),
        "check_name": first.code,
        "fingerprint": _fingerprint(cause),
        "severity": _SEVERITY[first.severity],
        "location": {
            "path": visible(where.get(first.cell.file, first.cell.file)),
            "lines": {"begin": line(first.cell)},
        },
    }


def _description(cause: Cause) -> str:
    first = cause.first
    cells = ", ".join(addresses(cause.cells, _MOST_CELLS))
    return visible(f"{first.code} {first.name.replace('_', ' ')}: {first.message} {first.fix} ({cells})")


def _fingerprint(cause: Cause) -> str:
    findings = "".join(sorted(finding.fingerprint for finding in cause.findings))
    return hashlib.sha256((cause_of(cause.first) + findings).encode()).hexdigest()[:32]
