"""The findings as workflow commands of GitHub Actions: marks on the changed files, one per cause, and a line that sums up.

GitHub shows ten marks per kind and step, and one of the ten is its own when the step fails: nine are written, the worst causes
first, and all of them stand in the job summary. A workbook has no lines, so its rows are told as lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from backdata.model import Cause, Report, Severity, reporter
from backdata.report import visible
from backdata.report.markdown import document, headline, many, verdict
from backdata.report.places import addresses, line, paths

_KIND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_MOST = 9
_MOST_CELLS = 20
_LONGEST = 1_200  # characters of a sentence
_LONGEST_TITLE = 90  # characters of an address; the limit of a title is 255 units of UTF-16
_LONGEST_MESSAGE = 4_000  # units of UTF-16; the runner cuts at 4,096
_SUMMARY = 1_000_000  # bytes; a step may write 1,048,576, and the rest is left to what else the step may write


def summary(report: Report) -> str:
    """All findings for the job summary."""
    return document(report, _SUMMARY)


@reporter("github", appends={"GITHUB_STEP_SUMMARY": summary})
def render_github(report: Report, colour: bool = False) -> str:
    """Marks in GitHub Actions, with all findings in the job summary."""
    where = paths(report)
    marks: list[str] = []
    left_out = 0
    for severity, kind in _KIND.items():
        causes = [cause for cause in report.causes if cause.first.severity == severity]
        marks += [_mark(kind, cause, where) for cause in causes[:_MOST]]
        left_out += len(causes[_MOST:])
    more = f" {many(left_out, 'more item')} without a mark: the job summary holds all of them." if left_out else ""
    return "\n".join([*marks, f"backdata: {verdict(report)}. {headline(report)}{more}"]) + "\n"


def _mark(kind: str, cause: Cause, where: Mapping[str, str]) -> str:
    first = cause.first
    more = f" and {many(len(cause.cells) - 1, 'more cell')}" if len(cause.cells) > 1 else ""
    title = f"{_seen(str(first.cell), _LONGEST_TITLE)}{more}: {first.name.replace('_', ' ')} ({first.code})"
    place = {"file": where[first.cell.file], "line": str(line(first.cell))} if first.cell.file in where else {}
    properties = ",".join(f"{name}={_property(value)}" for name, value in {**place, "title": title}.items())
    return f"::{kind} {properties}::{_data(_message(cause))}"


def _message(cause: Cause) -> str:
    units = "\n".join(_lines(cause)).encode("utf-16-le")
    whole = units[: 2 * _LONGEST_MESSAGE].decode("utf-16-le", "ignore")  # never half of a letter
    return whole if len(units) <= 2 * _LONGEST_MESSAGE else f"{whole}…"


def _lines(cause: Cause) -> Iterator[str]:
    first = cause.first
    yield _seen(first.message, _LONGEST)
    yield f"To do: {_seen(first.fix, _LONGEST)}"
    if first.suggestions:
        yield f"Nearest: {_seen('; '.join(first.suggestions), _LONGEST)}"
    if len(cause.cells) > 1:
        yield f"Cells: {_seen(', '.join(addresses(cause.cells, _MOST_CELLS)), _LONGEST)}"


def _seen(words: str, longest: int) -> str:
    shown = visible(words)
    return shown if len(shown) <= longest else f"{shown[:longest]}…"


def _data(words: str) -> str:
    """Text after the ``::`` of a command; only these three letters need help there."""
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    """The value of a property, which a colon or a comma would end."""
    return _data(visible(words)).replace(":", "%3A").replace(",", "%2C")
