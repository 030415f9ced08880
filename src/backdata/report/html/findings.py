"""Findings as the page shows them: causes by sheet, each with the rows its cells stand in, cut out of the sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from backdata.model import Cause, Cell, Finding, Report, column_letters

T = TypeVar("T")
K = TypeVar("K")

_LONGEST = 90  # letters of a cell that only stands beside the guilty one


@dataclass(frozen=True, slots=True)
class Shown:
    """One text of a row: what it says, and whether it is where the fault lies."""

    text: str
    guilty: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One finding, in its row."""

    anchor: str
    finding: Finding
    cells: tuple[Shown, ...]
    guilty_row: bool  # the row as a whole, not one of its cells


@dataclass(frozen=True, slots=True)
class Strip:
    """The rows of one sheet in which one cause shows, below the headers of the columns that hold anything."""

    where: str
    columns: tuple[tuple[str, str, bool], ...]  # letters, header, whether the fault lies in it
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A cause with all its rows."""

    cause: Cause
    strips: tuple[Strip, ...]

    @property
    def places(self) -> Iterator[Place]:
        """Where it shows."""
        return (place for strip in self.strips for place in strip.places)


def told(report: Report) -> list[Told]:
    """All causes, in the order of the files."""
    anchors = _anchors(report)
    return [
        Told(
            cause,
            tuple(
                _strip(report, where, found, anchors)
                for where, found in together(cause.findings, lambda f: _sheet(f.cell))
            ),
        )
        for cause in report.causes
    ]


def by_sheet(causes: Iterable[Told]) -> list[tuple[str, list[Told]]]:
    """Causes below the sheet in which they show first."""
    return together(causes, lambda each: _sheet(each.cause.first.cell))


def found_in(causes: Iterable[Told]) -> list[tuple[str, int]]:
    """Sheets, and how many findings stand in each."""
    counted = Counter(strip.where for each in causes for strip in each.strips for _ in strip.places)
    return list(counted.items())


def found_by(causes: Iterable[Told]) -> list[tuple[Finding, str, int, int, list[str]]]:
    """Rules that found something, the worst first: a finding for its words, its anchor, causes, findings, and sheets."""
    counted = [
        (
            alike[0].cause.first,
            next(alike[0].places).anchor,
            len(alike),
            sum(len(each.cause.findings) for each in alike),
            list(dict.fromkeys(f.cell.sheet or f.cell.file for each in alike for f in each.cause.findings)),
        )
        for _, alike in together(causes, lambda each: (each.cause.first.code, each.cause.first.severity))
    ]
    return sorted(counted, key=lambda row: (-row[0].severity.rank, -row[3], row[0].code))


def excepted(report: Report) -> list[tuple[str, Finding]]:
    """Findings that an exception silences, with their anchors."""
    anchors = _anchors(report)
    return [(anchors[finding], finding) for finding in report.excepted]


def _strip(report: Report, where: str, found: Sequence[Finding], anchors: dict[Finding, str]) -> Strip:
    rows = [_row(report, finding) for finding in found]
    guilty = {finding.cell.column for finding in found}
    beside = {column + step for column in guilty for step in (-1, 0, 1)}  # a blank cell there may be the fault
    headers: dict[int, str] = {}
    for row in rows:
        headers |= {column: title for column, (title, text) in row.items() if text or column in beside}
    letters = str if not found[0].cell.sheet else column_letters
    places = tuple(
        Place(
            anchors[finding],
            finding,
            tuple(_shown(finding, column, row.get(column, ("", ""))[1]) for column in sorted(headers)),
            guilty_row=not finding.cell.column,
        )
        for finding, row in zip(found, rows, strict=True)
    )
    return Strip(
        where, tuple((letters(column), headers[column], column in guilty) for column in sorted(headers)), places
    )


def _row(report: Report, finding: Finding) -> dict[int, tuple[str, str]]:
    """Column → header and text, of the row that a finding stands in; of the cell alone where the row is not at hand."""
    cell, excerpt = finding.cell, report.excerpt(finding.cell)
    row = {column: (header, text) for column, header, text in excerpt.cells} if excerpt else {}
    if cell.column and not row.get(cell.column, ("", ""))[1]:
        row[cell.column] = (row.get(cell.column, (finding.column, ""))[0], finding.value or "")
    return row


def _shown(finding: Finding, column: int, text: str) -> Shown:
    if column == finding.cell.column:
        return Shown(text, guilty=True)
    return Shown(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…", guilty=False)


def _sheet(cell: Cell) -> str:
    return str(Cell(cell.file, cell.sheet))


def _anchors(report: Report) -> dict[Finding, str]:
    """An id for every finding: its fingerprint, with a number where rows that say the same share it."""
    seen: Counter[str] = Counter()
    anchors: dict[Finding, str] = {}
    for finding in report.findings:
        seen[finding.fingerprint] += 1
        number = seen[finding.fingerprint]
        anchors[finding] = f"f-{finding.fingerprint}" if number == 1 else f"f-{finding.fingerprint}-{number}"
    return anchors


def together(things: Iterable[T], key: Callable[[T], K]) -> list[tuple[K, list[T]]]:
    """Things with one key together, in the order of their first."""
    groups: dict[K, list[T]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return list(groups.items())
