"""Coverage as text: which muscle answers which question, and from how many sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from backdata.model import TOPICS, Answer, MuscleCoverage, Report, reporter
from backdata.report import visible

_TITLES = (*(topic.replace("_", " ") for topic in TOPICS), "identifiers", "sources")
_LEGEND = (
    "Numbers count items; in parentheses, those of its group or whole, which hold for it too; parts: each part has its own.\n"
    "Identifiers: of TA2, TA98, FMA and Uberon. Sources: (open) anybody may read them. – nothing is stated; ? not known, as below."
)


def render(report: Report, colour: bool = False) -> str:
    """The table of all muscles and parts, by group, and how much of it is filled."""
    if not report.muscles:
        return "No muscles were found, or none that belong to a group.\n"
    rows: list[tuple[str, ...]] = []
    for group, muscles in groupby(report.muscles, lambda muscle: muscle.group):
        rows += [(visible(group),), *(_row(muscle) for muscle in muscles)]
    return "\n".join([*_table([*rows, _complete(report.muscles)]), "", _LEGEND, *_unknown(report.muscles)]) + "\n"


coverage = reporter("coverage")(render)


def summary(report: Report) -> list[str]:
    """The lines of the same table for the muscles that are not fully described, and for all together."""
    if not report.muscles:
        return []
    lacking = [_row(muscle) for muscle in report.muscles if not muscle.described]
    return [*_table([*lacking, _complete(report.muscles)]), *_unknown(report.muscles)]


def _row(muscle: MuscleCoverage) -> tuple[str, ...]:
    read = f"{muscle.sources} ({muscle.open_sources} open)"
    return (
        ("    " if muscle.is_part else "  ") + visible(muscle.name),
        *(_answer(answer) for answer in muscle.answers.values()),
        f"{sum(muscle.identifiers.values())} of {len(muscle.identifiers)}",
        f"{read}, {muscle.unsourced} unsourced" if muscle.unsourced else read,
    )


def _answer(answer: Answer) -> str:
    if not answer.items:
        return "?" if answer.unknown or answer.not_read else "–"
    return "parts" if answer.by_parts else f"({answer.items})" if answer.inherited else str(answer.items)


def _complete(muscles: Sequence[MuscleCoverage]) -> tuple[str, ...]:
    """How much of each column is filled."""
    given = [[muscle.answers[topic].given for muscle in muscles] for topic in TOPICS]
    given.append([each for muscle in muscles for each in muscle.identifiers.values()])
    given.append([muscle.sourced for muscle in muscles])
    return (f"complete, of {len(muscles)}", *(_percent(sum(column), len(column)) for column in given))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part // whole} %"  # rounded down: 100 % is all of them


def _unknown(muscles: Sequence[MuscleCoverage]) -> Iterator[str]:
    yield from dict.fromkeys(
        f"? {topic.replace('_', ' ')}: {answer.not_read}"
        for muscle in muscles
        for topic, answer in muscle.answers.items()
        if answer.not_read
    )
    for muscle in muscles:
        for topic, answer in muscle.answers.items():
            if answer.unknown:
                yield f"? {visible(muscle.name)}, {topic.replace('_', ' ')}: {visible(answer.unknown)}"


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    """Lines with the columns below their titles; a row of one cell is a heading."""
    full = [("", *_TITLES), *rows]
    columns = range(len(_TITLES) + 1)
    widths = [max(len(row[place]) for row in full if len(row) > place and len(row) > 1) for place in columns]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip() for row in full]
