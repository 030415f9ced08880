"""The findings as JSON Lines, for pipes and data frames: one finding per line, excepted ones too, in the order of the files.

Each line is the object that the JSON report has for a finding (``$defs/finding`` of ``report.schema.json``). There is no line
for a summary, as with other checkers: every line has the same keys, so that each reader of lines can read all of them. No
findings are no lines; whether the run itself went well is said by the exit code.
"""

from __future__ import annotations

from backdata.model import Report, reporter
from backdata.report.json import as_json, dumped


@reporter("jsonl")
def render_jsonl(report: Report, colour: bool = False) -> str:
    """JSON Lines, one finding per line, for pipes and data frames."""
    return "".join(dumped(as_json(finding)) + "\n" for finding in report.findings)
