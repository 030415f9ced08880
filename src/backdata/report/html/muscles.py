"""The heat map: muscles and parts × what is asked of each, every cell with a mark, a word and a colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backdata.model import TOPICS, Answer, MuscleCoverage, Report
from backdata.report.html.findings import Place, Told, together

TITLES = (*(topic.replace("_", " ") for topic in TOPICS), "identifiers", "sources")
_IDENTIFIERS = {"ta2": "TA2", "ta98": "TA98", "fma": "FMA", "uberon": "Uberon"}


@dataclass(frozen=True, slots=True)
class Square:
    """One cell of the map. ``kind`` chooses its looks, ``mark`` and ``words`` say the same without colour."""

    kind: str  # own, inherited, parts, some, unknown, unread, missing
    mark: str
    words: str = ""
    note: int = 0  # number of the note that gives the reason


@dataclass(frozen=True, slots=True)
class Line:
    """One muscle or part."""

    muscle: MuscleCoverage
    squares: tuple[Square, ...]
    found: tuple[Place, ...]  # what is told of it and its facts


@dataclass(frozen=True, slots=True)
class Heat:
    """The whole map."""

    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    complete: tuple[int, ...]  # percent of each column
    notes: tuple[str, ...]
    described: int  # muscles that lack nothing but identifiers


def heat(report: Report, causes: Iterable[Told]) -> Heat | None:
    """The map of all muscles, by group; None where muscles could not be read."""
    if not report.muscles:
        return None
    found: dict[str, list[Place]] = {}
    for each in causes:
        for place in each.places:
            found.setdefault(place.finding.row_id.partition(".")[0], []).append(place)
    notes: dict[str, int] = {}
    lines = [_line(muscle, notes, tuple(found.get(muscle.id, ()))) for muscle in report.muscles]
    return Heat(
        groups=tuple((group, tuple(members)) for group, members in together(lines, lambda line: line.muscle.group)),
        complete=_complete(report.muscles),
        notes=tuple(notes),
        described=sum(muscle.described for muscle in report.muscles),
    )


def _line(muscle: MuscleCoverage, notes: dict[str, int], found: tuple[Place, ...]) -> Line:
    answers = [_answer(answer, notes) for answer in (muscle.answers[topic] for topic in TOPICS)]
    return Line(muscle, (*answers, _identifiers(muscle), _sources(muscle)), found)


def _answer(answer: Answer, notes: dict[str, int]) -> Square:
    if reason := not answer.items and (answer.unknown or answer.not_read):
        kind = "unknown" if answer.unknown else "unread"
        words = "not known" if answer.unknown else "not read"
        return Square(kind, "?", words, notes.setdefault(reason, len(notes) + 1))
    if not answer.items:
        return Square("missing", "–", "missing")
    kind = "parts" if answer.by_parts else "inherited" if answer.inherited else "own"
    return Square(kind, str(answer.items), {"parts": "by parts", "inherited": "inherited", "own": ""}[kind])


def _identifiers(muscle: MuscleCoverage) -> Square:
    given = [_IDENTIFIERS.get(name, name) for name, there in muscle.identifiers.items() if there]
    whole = len(given) == len(muscle.identifiers)
    return Square("own" if whole else "some", ", ".join(given) or "–", "" if given else "none")


def _sources(muscle: MuscleCoverage) -> Square:
    if muscle.unsourced:
        return Square("missing", str(muscle.sources), f"{muscle.unsourced} not read in any")
    if not muscle.sources:
        return Square("missing", "–", "missing")
    if not muscle.open_sources:
        return Square("missing", str(muscle.sources), "(none open)")
    return Square("own", str(muscle.sources), f"({muscle.open_sources} open)")


def _complete(muscles: Sequence[MuscleCoverage]) -> tuple[int, ...]:
    """Percent, rounded down: 100 is all of them."""
    columns = [[muscle.answers[topic].given for muscle in muscles] for topic in TOPICS]
    columns.append([there for muscle in muscles for there in muscle.identifiers.values()])
    columns.append([muscle.sourced for muscle in muscles])
    return tuple(100 * sum(column) // max(len(column), 1) for column in columns)
