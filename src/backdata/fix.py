"""Corrections that need no decision, and on request the nearest suggestions, for a copy of what editors have typed.

Safe is what reading does anyway (``Report.changes``), so that reader and fixer cannot differ, and the number of an item that has
none. What a spreadsheet has made of a cell, rows that slipped, and cells for whose value an exception was granted are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from backdata import numbering, validation
from backdata.intake import Intake, meant, tidy, xlsx
from backdata.intake.rewrite import rewritten
from backdata.model import Cell, Change, Finding, Report
from backdata.separated import Unseparable
from backdata.workbooks.copy import Copy, Uncopyable

_MARK = ".fixed"
_NUMBERED = (
    "preferred",
    "addition",
)  # an alternative belongs to an item that is there already: a person must say which


@dataclass(frozen=True)
class Corrected:
    """One file and its cells as they ought to be."""

    name: str  # in reports
    path: Path
    changes: tuple[Change, ...]  # in the order of the sheets, one per cell

    def copy(self) -> tuple[bytes, tuple[str, ...]]:
        """The bytes of the corrected copy, and what it cannot carry over, in words. Raises Uncopyable."""
        if self.path.suffix.lower() not in xlsx.SUFFIXES:
            cells = {(change.cell.row, change.cell.column): change.after for change in self.changes}
            try:
                return rewritten(self.path.read_bytes(), cells), ()
            except Unseparable as error:
                raise Uncopyable(str(error)) from error
        copy = Copy.of(self.path)
        for change in self.changes:
            copy.set_text(change.cell.sheet, change.cell.row, change.cell.column, change.after or None)
        return copy.data(), tuple(copy.lost)

    def target(self, folder: Path | None) -> Path:
        """Where the copy goes: beside the original, or into ``folder``, below it where the original lay in a subfolder."""
        name = f"{self.path.stem}{_MARK}{self.path.suffix}"
        if folder is None:
            return self.path.with_name(name)
        inside = Path(self.name).parent
        return folder / name if inside.is_absolute() or ".." in inside.parts else folder / inside / name


@dataclass(frozen=True)
class Fixes:
    """What can be corrected in the files that were read, and what is left to a person."""

    report: Report
    files: tuple[Corrected, ...]
    suggested: int  # cells that only a suggestion would change, and that was not asked for
    unnumbered: tuple[Cell, ...]  # blank numbers of items that a person must give
    granted: tuple[Cell, ...]  # cells left as they are because an exception names their value


def fixes(paths: Sequence[Path], suggested: bool = False) -> Fixes:
    """Read and check ``paths``, and work out what to correct; nothing is written."""
    checked = validation.validate(paths)
    read, report = checked.intake, checked.report
    untouched, moved = _untouched(read)

    def ours(cell: Cell) -> bool:
        return cell not in untouched and (cell.file, cell.sheet, cell.row) not in moved

    tidied = {change.cell: change for change in _tidied(report, read) if ours(change.cell)}
    blank, unnumbered = numbering.given(read, report, ours)
    tidied |= blank
    granted = {finding.cell for finding in report.excepted}
    kept = [cell for cell, change in tidied.items() if cell in granted and _differs(change)]
    safe = {cell: change for cell, change in tidied.items() if cell not in kept}
    perhaps = {
        change.cell: change for change in _suggested(report, read) if ours(change.cell) and change.cell not in granted
    }
    wanted = {**safe, **perhaps} if suggested else safe
    return Fixes(
        report, _by_file(wanted.values(), report), 0 if suggested else len(perhaps), tuple(unnumbered), tuple(kept)
    )


def _untouched(read: Intake) -> tuple[set[Cell], set[tuple[str, str, int]]]:
    """Cells that nobody typed as they are stored, and rows that slipped."""
    cells, rows = set(), set()
    for row in read.odd_cells:
        if row["odd"] == "slipped":
            rows.add((row["_source"], row["_sheet"], row["_row"]))
        elif row["odd"] not in meant.KINDS:
            cells.add(Cell(row["_source"], row["_sheet"], row["_row"], row["_column"]))
    return cells, rows


def _tidied(report: Report, read: Intake) -> Iterator[Change]:
    """What reading did, one change per cell, as far as it starts from what stands in the cell: mended letters are no safe change."""
    steps: dict[Cell, list[Change]] = {}
    for change in report.changes:
        steps.setdefault(change.cell, []).append(change)
    for cell, taken in steps.items():
        seen = after = read.seen(cell) or ""
        why = []
        for step in taken:
            if step.before != after:
                break
            after = step.after
            why.append(step.why)
        if after != seen:
            yield Change(cell, seen, after, ", ".join(why))


def _suggested(report: Report, read: Intake) -> Iterator[Change]:
    """The nearest suggestion for each cell that has one, that of the worst finding first; headers are left."""
    rows = {(table.source, table.sheet, row["_row"]) for table in read.tables.values() for row in table.rows}
    worst: dict[Cell, Finding] = {}
    for finding in sorted(report.told, key=lambda each: -each.severity.rank):
        cell = finding.cell
        if finding.proposal and cell.column and (cell.file, cell.sheet, cell.row) in rows:
            worst.setdefault(cell, finding)
    for cell, finding in worst.items():
        before = read.seen(cell) or ""
        if finding.proposal != before:
            why = f"suggested: {finding.name.replace('_', ' ')} ({finding.code})"
            yield Change(cell, before, finding.proposal, why)


def _differs(change: Change) -> bool:
    """Whether a change alters more than what exceptions overlook."""
    return tidy.text(change.before) != tidy.text(change.after)


def _by_file(changes: Iterable[Change], report: Report) -> tuple[Corrected, ...]:
    paths: Mapping[str, str] = {row["file"]: row["path"] for row in report.files if row["path"]}
    ordered = sorted(changes, key=lambda each: (each.cell.file, each.cell.sheet, each.cell.row, each.cell.column))
    return tuple(
        Corrected(file, Path(paths[file]), tuple(found))
        for file, found in groupby(ordered, key=lambda change: change.cell.file)
    )
