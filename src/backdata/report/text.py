"""The report as text, for people: findings by sheet, exceptions with their reasons, what did not run, and a summary.

Plain text; with ``colour=True`` the same text with ANSI colours. What comes from cells is printed so that it can be
seen: characters that no screen shows stand as ⟨U+200B⟩.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TypeAlias

from backdata.model import Cell, Coverage, Finding, Report, Severity, reporter
from backdata.report import coverage, visible

Paint: TypeAlias = Callable[[str, str], str]  # (style, words) → words as they are printed

_COLOURS = {"error": "1;31", "warning": "33", "info": "36", "title": "1", "quiet": "2"}
_LONGEST_VALUE = 160


def render(report: Report, colour: bool = False) -> str:
    """Text to read, from the first cell to the summary."""
    paint = _ansi if colour else _plain
    parts = (_excepted, _did_not_run, _files, _muscles, _summary)
    blocks = [*_findings(report, paint), *(part(report, paint) for part in parts)]
    return "\n\n".join(filter(None, blocks)) + "\n"


text = reporter("text")(render)


def _findings(report: Report, paint: Paint) -> Iterator[str]:
    shown = [finding for finding in report.findings if finding.excepted is None]
    for (file, sheet), found in groupby(shown, lambda finding: (finding.cell.file, finding.cell.sheet)):
        yield "\n\n".join([paint("title", visible(str(Cell(file, sheet)))), *(_finding(each, paint) for each in found)])


def _finding(finding: Finding, paint: Paint) -> str:
    where = finding.cell.address or ("whole sheet" if finding.cell.sheet else "whole file")
    lines = [
        f"  {paint('title', where)}  {paint(finding.severity, finding.severity)}  {_named(finding)}",
        f"      {visible(finding.message)}",
    ]
    return "\n".join(
        [*lines, *(f"      {paint('quiet', f'{title}:'.ljust(9))} {words}" for title, words in _about(finding))]
    )


def _about(finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.value:
        yield "Value", _cut(visible(finding.value))
    elif finding.column and finding.cell.row:
        yield "Value", "(blank)"
    yield "To do", visible(finding.fix)
    if finding.suggestions:
        yield "Nearest", "; ".join(map(visible, finding.suggestions))
    if finding.related:
        yield "See also", ", ".join(visible(_from(finding.cell, cell)) for cell in finding.related)
    if finding.row_id:
        yield "Row id", visible(finding.row_id) + (f", column {finding.column}" if finding.column else "")


def _excepted(report: Report, paint: Paint) -> str:
    lines = [
        f"  {visible(str(finding.cell))}  {_named(finding)}: {visible(finding.excepted)}"
        for finding in report.findings
        if finding.excepted is not None
    ]
    return _section("Excepted, each with its reason", lines, paint)


def _did_not_run(report: Report, paint: Paint) -> str:
    by_reason: dict[str, dict[str, None]] = {}  # a rule about many columns is named once
    for rule in report.coverage:
        if rule.did_not_run:
            by_reason.setdefault(rule.did_not_run, {})[_named(rule)] = None
    lines = [f"  {visible(reason)}: {', '.join(rules)}" for reason, rules in by_reason.items()]
    return _section("Not run, and why", lines, paint)


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
    ran = {rule.code for rule in report.coverage if not rule.did_not_run}
    idle = len({rule.code for rule in report.coverage} - ran)
    unjudged = sum(rule.unjudged for rule in report.coverage)
    excepted = sum(finding.excepted is not None for finding in report.findings)
    counts = ", ".join(paint(each, _many(number, each)) for each in Severity if (number := report.count(each)))
    more = (
        f"{_many(excepted, 'finding')} excepted" if excepted else "",
        f"{_many(idle, 'rule')} did not run" if idle else "",
        f"{_many(len(report.changes), 'cell')} tidied on reading" if report.changes else "",
        f"{_many(unjudged, 'check')} could not be decided" if unjudged else "",
    )
    if report.facts:
        checked = f"{_many(report.facts, 'fact')} checked by {_many(len(ran), 'rule')}"
        first = f"{checked}: {counts or 'nothing to correct'}."
    else:
        first = f"No facts were found to check: {counts}." if counts else "No facts were found to check."
    rest = ", ".join(filter(None, more))
    return f"{first}\n{rest}." if rest else first


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _named(rule: Finding | Coverage) -> str:
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
