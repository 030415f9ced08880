"""The report as text, for people: findings by sheet, exceptions with their reasons, what the rules did, and a summary.

Findings with one cause and one remedy are one item with its cells, at the place of the first of them.

Plain text; with ``colour=True`` the same text with ANSI colours. What comes from cells is printed so that it can be
seen: characters that no screen shows stand as ⟨U+200B⟩.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TypeAlias

from backdata.model import OUTCOMES, Cause, Cell, Finding, Report, RuleRecord, Severity, reporter
from backdata.report import coverage, visible

Paint: TypeAlias = Callable[[str, str], str]  # (style, words) → words as they are printed

_COLOURS = {"error": "1;31", "warning": "33", "info": "36", "title": "1", "quiet": "2"}
_LONGEST_VALUE = 160
_MOST_CELLS = 20
_OUTCOME = {
    "found": "found something",
    "follows from others": "found only what follows from others",
    "passed": "passed",
    "nothing to judge": "had nothing to judge",
    "could not run": "could not run",
}


def render(report: Report, colour: bool = False) -> str:
    """Text to read, from the first cell to the summary."""
    paint = _ansi if colour else _plain
    parts = (_excepted, _mended, _rules, _files, _muscles, _summary)
    blocks = [*_findings(report, paint), *(part(report, paint) for part in parts)]
    return "\n\n".join(filter(None, blocks)) + "\n"


text = reporter("text")(render)


def _findings(report: Report, paint: Paint) -> Iterator[str]:
    for (file, sheet), found in groupby(report.causes, lambda cause: (cause.first.cell.file, cause.first.cell.sheet)):
        yield "\n\n".join([paint("title", visible(str(Cell(file, sheet)))), *(_cause(each, paint) for each in found)])


def _cause(cause: Cause, paint: Paint) -> str:
    finding = cause.first
    where = finding.cell.address or ("whole sheet" if finding.cell.sheet else "whole file")
    more = f" and {_many(len(cause.findings) - 1, 'more cell')}" if len(cause.findings) > 1 else ""
    lines = [
        f"  {paint('title', where + more)}  {paint(finding.severity, finding.severity)}  {_named(finding)}",
        f"      {visible(finding.message)}",
    ]
    return "\n".join(
        [*lines, *(f"      {paint('quiet', f'{title}:'.ljust(9))} {words}" for title, words in _about(cause))]
    )


def _about(cause: Cause) -> Iterator[tuple[str, str]]:
    finding = cause.first
    if finding.value:
        yield "Value", _cut(visible(finding.value))
    elif finding.column and finding.cell.row:
        yield "Value", "(blank)"
    yield "To do", visible(finding.fix)
    if finding.suggestions:
        yield "Nearest", "; ".join(map(visible, finding.suggestions))
    elif finding.proposal:
        yield "Perhaps", _cut(visible(finding.proposal))
    if len(cause.findings) > 1:
        yield "Cells", _cells(cause)
    if finding.related:
        yield "See also", ", ".join(visible(_from(finding.cell, cell)) for cell in finding.related)
    if finding.row_id and len(cause.findings) == 1:
        yield "Row id", visible(finding.row_id) + (f", column {finding.column}" if finding.column else "")


def _cells(cause: Cause) -> str:
    """All cells, as short as they can be said from the first."""
    shown = [visible(_from(cause.first.cell, cell)) for cell in cause.cells[:_MOST_CELLS]]
    left = len(cause.cells) - len(shown)
    return ", ".join(shown) + (f" and {left} more" if left else "")


def _excepted(report: Report, paint: Paint) -> str:
    lines = [
        f"  {visible(str(finding.cell))}  {_named(finding)}: {visible(finding.excepted)}"
        for finding in report.findings
        if finding.excepted is not None
    ]
    return _section("Excepted, each with its reason", lines, paint)


def _mended(report: Report, paint: Paint) -> str:
    lines = [
        f"  {visible(place)}  {finding['name'].replace('_', ' ')} ({finding['code']}): {visible(finding['message'])}"
        for finding in report.fixed
        for place in [str(finding["file"]) + (f" › {finding['sheet']}!{finding['cell']}" if finding["sheet"] else "")]
    ]
    return _section("Mended since the baseline", lines, paint)


def _rules(report: Report, paint: Paint) -> str:
    """Which rules could not run and why, which had nothing to judge, and how many passed."""
    by_reason: dict[str, dict[str, None]] = {}
    for record in report.records:
        for reason in record.reasons:
            by_reason.setdefault(reason, {})[_named(record)] = None
    idle = [_named(record) for record in report.records if record.outcome == "nothing to judge"]
    lines = [f"  {visible(reason)}: {', '.join(rules)}" for reason, rules in by_reason.items()]
    nothing = [f"  {', '.join(idle)}"] if idle else []
    parts = (_section("Not run, and why", lines, paint), _section("Nothing to judge", nothing, paint))
    return "\n\n".join(filter(None, parts))


def _files(report: Report, paint: Paint) -> str:
    left_out: dict[str, list[str]] = {}
    for row in report.files:
        place = visible(str(Cell(row["file"], row["sheet"])))
        if row["problem"] == "unreadable":
            left_out.setdefault("unreadable", []).append(f"{place} ({visible(row['detail'])})")
        for reason, cells in row["skipped"].items():
            if reason != "blank":  # cells of nothing but spaces: nobody misses them
                left_out.setdefault(reason, []).append(f"{place} ({_many(cells, 'cell')})")
    taken: dict[str, list[str]] = {}
    for table, place in report.context.items():
        taken.setdefault(visible(place), []).append(table)
    sections = (
        _section("Left out", [f"  {reason}: {', '.join(places)}" for reason, places in left_out.items()], paint),
        _section("Taken from elsewhere", [f"  {place}: {', '.join(tables)}" for place, tables in taken.items()], paint),
    )
    return "\n\n".join(filter(None, sections))


def _muscles(report: Report, paint: Paint) -> str:
    return _section("Coverage (“backdata coverage” shows every muscle)", coverage.summary(report), paint)


def _section(title: str, lines: list[str], paint: Paint) -> str:
    return "\n".join([paint("title", title), *lines]) if lines else ""


def _summary(report: Report, paint: Paint) -> str:
    outcomes = Counter(record.outcome for record in report.records)
    ran = len(report.records) - outcomes["could not run"]
    unjudged = sum(rule.unjudged for rule in report.coverage)
    counts = ", ".join(paint(each, _many(number, each)) for each in Severity if (number := report.count(each)))
    more = (
        f"{_many(len(report.known), 'finding')} known from the baseline" if report.known else "",
        f"{_many(len(report.fixed), 'finding')} of it mended" if report.fixed else "",
        f"{_many(len(report.excepted), 'finding')} excepted" if report.excepted else "",
        f"{_many(len(report.changes), 'cell')} tidied on reading" if report.changes else "",
        f"{_many(unjudged, 'check')} could not be decided because cells they need are blank" if unjudged else "",
        f"{_many(report.consequences, 'finding')} not told, following from others" if report.consequences else "",
    )
    new = " new" if report.known or report.fixed else ""
    if report.facts:
        checked = f"{_many(report.facts, 'fact')} checked by {_many(ran, 'rule')}"
        first = f"{checked}: {counts or f'nothing{new} to correct'}."
    else:
        first = f"No facts were found to check: {counts}." if counts else "No facts were found to check."
    told = [f"{_many(outcomes[each], 'rule')} {_OUTCOME[each]}" for each in OUTCOMES if outcomes[each]]
    lines = (first, f"{', '.join(filter(None, more))}." if any(more) else "", f"{', '.join(told)}." if told else "")
    return "\n".join(filter(None, lines))


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _named(rule: Finding | RuleRecord) -> str:
    return f"{rule.name.replace('_', ' ')} ({rule.code})"


def _from(here: Cell, there: Cell) -> str:
    """An address as short as it can be said from another cell."""
    return there.address if there.address and (here.file, here.sheet) == (there.file, there.sheet) else str(there)


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST_VALUE else f"{words[:_LONGEST_VALUE]}…"


def _plain(style: str, words: str) -> str:
    return words


def _ansi(style: str, words: str) -> str:
    return f"\x1b[{_COLOURS[style]}m{words}\x1b[0m"
