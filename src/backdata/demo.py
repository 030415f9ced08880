"""Practice workbooks: the real ones with faults in them that are independent of each other, and a sheet with the answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import fill

from backdata import faults, schemas, template
from backdata.faults import files
from backdata.faults.bench import Bench, items
from backdata.faults.good import Good
from backdata.faults.grid import Grid
from backdata.faults.kind import Chance, Kind, Planted
from backdata.model import Finding, capital

_WHOLE = {"columns", "sheets"}  # families whose faults hide all others in a sheet
_MOST_ROWS, _MOST_ITEMS, _ROUNDS = 8, 3, 4


class NotGood(Exception):
    """Data in which nobody can practise. The message is a sentence that names the cause and the remedy."""


@dataclass(frozen=True)
class Answer:
    """One fault of a practice workbook."""

    kind: str
    did: str
    told: tuple[Finding, ...]


@dataclass(frozen=True)
class Practice:
    """Spoilt sheets (only those), and what is wrong in them."""

    grids: Mapping[str, Grid | None]
    answers: tuple[Answer, ...]


def broken(good: Good, count: int, seed: int = 1) -> Practice:
    """Plant ``count`` faults, no two in one row, each told at its place whatever the others are; fewer where there is no room.

    Raises NotGood where the data have faults of their own.
    """
    with TemporaryDirectory() as folder:
        bench = Bench(good, Path(folder))
        if errors := sum(finding.severity == "error" for finding in bench.already):
            raise NotGood(
                f"the workbooks hold {errors} {'errors' if errors > 1 else 'error'} already. Correct them first"
            )
        planting = _Planting(bench, seed)
        kinds = [kind for kind in faults.kinds() if not kind.harmless and kind.family not in _WHOLE]
        Chance(f"{seed}/order").shuffle(kinds)
        for number in range(_ROUNDS):
            for kind in kinds:
                if len(planting.answers) < count:
                    planting.plant(kind, number)
        return Practice(planting.grids, tuple(planting.answers))


def write(folder: Path, good: Good, practice: Practice) -> tuple[Path, ...]:
    """The workbooks as editors know them in ``folder/raw``, what was published of them in ``folder/exports``, and the answers.

    Returns the workbooks and, where there are any, the answers.
    """
    written = template.write(folder / "raw", {name: good.rows(name) for name in good.grids})
    files.publish(folder / "exports", good.grids)
    for path in written:
        _spoil(path, [grid for grid in practice.grids.values() if grid and _home(grid) == path.name])
    if not practice.answers:
        return written
    answers = folder / "answers.txt"
    answers.write_text(_answers(practice.answers), "utf-8", newline="\n")
    return (*written, answers)


class _Planting:
    """A practice workbook in the making: faults are planted one upon the other, and one that disturbs another is taken back."""

    def __init__(self, bench: Bench, seed: int) -> None:
        self.grids: dict[str, Grid | None] = {}
        self.answers: list[Answer] = []
        self._bench, self._seed = bench, seed
        self._good = bench.good
        self._rows: set[tuple[str, int]] = set()  # that hold a fault, or where one is told
        self._told: dict[str, Finding] = {}

    def plant(self, kind: Kind, number: int) -> None:
        """Plant one fault of a kind if it is independent of all others."""
        planted = kind.draw(self._good, f"{self._seed}/practice {number}")
        if planted is None or None in planted.grids.values():
            return
        rows = self._touched(planted)
        if rows is None or len(rows) > _MOST_ROWS or rows & self._rows:
            return
        together = {**self.grids, **planted.grids}
        told = {finding.fingerprint: finding for finding in self._bench.told(replace(planted, grids=together))}
        new = tuple(finding for key, finding in told.items() if key not in self._told)
        where = {(finding.cell.sheet, finding.cell.row) for finding in new}
        at_its_place = any(place.holds(finding) for finding in new for place in planted.told_at)
        if at_its_place and told.keys() >= self._told.keys() and items(new) <= _MOST_ITEMS and not where & self._rows:
            self.answers.append(Answer(kind.name, planted.did, new))
            self.grids, self._told = together, told
            self._rows |= rows | where
            self._good = Good({**self._good.grids, **{t: grid for t, grid in planted.grids.items() if grid}})

    def _touched(self, planted: Planted) -> set[tuple[str, int]] | None:
        """The rows that a fault changes; None where it would move rows of a sheet in which there is a fault already."""
        rows: set[tuple[str, int]] = set()
        for table, grid in planted.grids.items():
            before = self._good.grids[table]
            assert grid is not None
            if len(before.rows) == len(grid.rows):
                pairs = enumerate(zip(before.rows, grid.rows, strict=True), 1)
                rows |= {(grid.title, number) for number, (old, new) in pairs if old != new}
            elif table in self.grids:
                return None
            else:
                rows |= {(place.sheet, place.row) for place in planted.told_at if place.sheet == grid.title}
        return rows


def _home(grid: Grid) -> str:
    return schemas.tables()[grid.table].workbook


def _spoil(path: Path, grids: Iterable[Grid]) -> None:
    """Type spoilt sheets over the good ones of a workbook; notes, drop-downs and looks stay."""
    import openpyxl

    from backdata.workbooks.files import saved

    book = openpyxl.load_workbook(path)
    for grid in grids:
        sheet = book[grid.table]
        for line in sheet.iter_rows():
            for cell in line:
                cell.value = None
        files.fill(sheet, grid)
    path.write_bytes(saved(book, book.properties.title or path.stem))


def _answers(answers: Iterable[Answer]) -> str:
    lines = ["What was planted in the practice workbooks, and which code tells it", ""]
    for number, answer in enumerate(answers, 1):
        lines += [_wrapped(f"{number:>3}. ", f"{capital(answer.kind)}. {answer.did}.")]
        lines += [_wrapped("     ", f"{finding.code} at {finding.cell}: {finding.message}") for finding in answer.told]
        lines += [""]
    return "\n".join(lines)


def _wrapped(start: str, text: str) -> str:
    return fill(
        text,
        110,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
        break_on_hyphens=False,
    )
