"""What editors have decided in a reviewed workbook, carried out in a new one: accepted suggestions, granted exceptions."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from backdata import intake, schemas, validation
from backdata.intake import Intake
from backdata.model import Cell, capital
from backdata.report import visible
from backdata.workbooks import findings as sheet
from backdata.workbooks.copy import Copy, Uncopyable
from backdata.workbooks.files import blank_workbook, saved
from backdata.workbooks.graft import take_out
from backdata.workbooks.marks import take_away
from backdata.workbooks.tables import write_table

_EXCEPTIONS = "exceptions"
_REVIEWED = re.compile(r"\.reviewed(-[0-9]+)?$")


class NotReviewed(Exception):
    """A file without a sheet of decisions. The message is a sentence that says what to do."""


@dataclass(frozen=True)
class Step:
    """What became of one decision."""

    done: bool
    row: int  # of the sheet Findings
    where: str  # the cell, as far as it is known
    says: str


@dataclass(frozen=True)
class Applied:
    """The new workbook, what was done, and the exceptions that it has no sheet for."""

    data: bytes
    steps: tuple[Step, ...]
    beside: bytes  # a workbook with the sheet exceptions; empty where none is needed
    lost: tuple[str, ...]


def target(reviewed: Path) -> Path:
    """Where the new workbook goes: muscles.reviewed.xlsx → muscles.applied.xlsx."""
    return reviewed.with_name(f"{_REVIEWED.sub('', reviewed.stem)}.applied{reviewed.suffix}")


def apply(reviewed: Path) -> Applied:
    """Carry out the decisions of a reviewed workbook. Raises NotReviewed."""
    try:
        copy = Copy.of(reviewed)
        found = sheet.read(reviewed.read_bytes())
    except Uncopyable as error:
        raise NotReviewed(f"{reviewed.name} cannot be read: {error}.") from error
    if found is None:
        raise NotReviewed(
            f"{reviewed.name} has no sheet “{sheet.NAME}” with decisions. "
            "Make one with “backdata validate --output workbook”, and decide there."
        )
    take_out(copy, found.name)
    take_away(copy, found.name, found.before)
    work = _Work(copy, intake.read([reviewed], schemas.tables(), validation.home()[0]), reviewed.name)
    for line in found.lines:
        work.decided(line)
    work.carry_out()
    return Applied(copy.data(), tuple(sorted(work.steps, key=lambda step: step.row)), work.beside(), copy.lost)


@dataclass
class _Work:
    """Decisions are all looked at before the first cell is changed: a change may give rows another id."""

    copy: Copy
    read: Intake
    file: str
    steps: list[Step] = field(default_factory=list)
    changes: dict[Cell, tuple[sheet.Line, str, str]] = field(default_factory=dict)  # cell → line, before, after
    granted: list[tuple[sheet.Line, Cell, dict[str, str]]] = field(default_factory=list)
    left: list[dict[str, str]] = field(default_factory=list)  # exceptions that have no sheet to stand in

    def decided(self, line: sheet.Line) -> None:
        """Look at one row of the sheet Findings."""
        decision = " ".join(line.decision.casefold().split())
        if decision in ("", sheet.LATER):
            return None
        if decision not in sheet.DECISIONS:
            near = get_close_matches(decision, sheet.DECISIONS, 1)
            perhaps = f"Perhaps “{near[0]}” is meant." if near else f"Choose one of: {', '.join(sheet.DECISIONS)}."
            return self._refuse(line, f"“{visible(line.decision)}” is no decision. {perhaps}")
        cell = self._cell(line)
        if isinstance(cell, str):
            return self._refuse(line, cell)
        seen = self.read.seen(cell) or ""
        if visible(seen) != line.value:
            now = f"“{visible(seen)}” stands there" if seen else "it is blank"
            was = f"“{line.value}” stood there" if line.value else "it was blank"
            return self._refuse(line, f"The cell has changed since it was reviewed: {was}, now {now}.", cell)
        return self._accept(line, cell, seen) if decision == sheet.ACCEPT else self._except(line, cell, seen)

    def carry_out(self) -> None:
        """Change the cells, then write the exceptions."""
        for cell, (line, before, after) in self.changes.items():
            self.copy.set_text(cell.sheet, cell.row, cell.column, after)
            was = f"“{visible(before)}” is now" if before else "was blank and is now"
            self._done(line, cell, f"{was} “{visible(after)}”.")
        table = self.read.tables.get(_EXCEPTIONS)
        needed = [name for name, column in schemas.tables()[_EXCEPTIONS].columns.items() if column.required]
        here = table is not None and table.source == self.file and set(needed) <= set(table.columns)
        for number, (line, cell, row) in enumerate(self.granted, 1):
            if table is None or not here:
                self.left.append(row)
                self._done(line, cell, "the exception is kept in a file of its own.")
                continue
            last = max(place for place, _ in self.read.sheets[table.source, table.sheet].cells)
            for name, position in table.positions.items():
                if row.get(name):
                    self.copy.set_text(table.sheet, last + number, position, row[name])
            self._done(line, cell, f"the exception stands in row {last + number} of the sheet {table.sheet}.")

    def beside(self) -> bytes:
        """A workbook with the exceptions that this one has no sheet for."""
        if not self.left:
            return b""
        workbook = blank_workbook()
        write_table(workbook, schemas.tables()[_EXCEPTIONS], self.left)
        return saved(workbook, "Exceptions")

    def _accept(self, line: sheet.Line, cell: Cell, seen: str) -> None:
        if not line.suggestion:
            return self._refuse(
                line, "There is no suggestion. Type what shall stand in the cell under “Suggestion”.", cell
            )
        other = self.changes.get(cell)
        if other and other[2] != line.suggestion:
            return self._refuse(
                line,
                f"Row {other[0].number} of Findings puts something else into this cell: “{visible(other[2])}”.",
                cell,
            )
        if other is None:
            self.changes[cell] = line, seen, line.suggestion
        else:
            self._done(line, cell, f"as row {other[0].number} of Findings says.")
        return None

    def _except(self, line: sheet.Line, cell: Cell, seen: str) -> None:
        missing = [name for name in ("reason", "source") if not getattr(line, name)]
        if missing:
            return self._refuse(line, f"An exception needs a {' and a '.join(missing)}.", cell)
        if line.severity == "excepted":
            return self._refuse(line, "An exception for this holds already.", cell)
        if cell in self.changes:
            return self._refuse(line, f"Row {self.changes[cell][0].number} of Findings changes this cell.", cell)
        row = {
            "rule": line.code, "row_id": line.row_id, "column": line.column, "value": seen, "reason": line.reason,
            "source": line.source, "by": line.by or "editors", "granted": _today().isoformat(),
        }  # fmt: skip
        self.granted.append((line, cell, row))
        return None

    def _cell(self, line: sheet.Line) -> Cell | str:
        """The cell that a finding is about, wherever its row stands now; else a sentence that says why there is none."""
        if not line.row_id or not line.column:
            return "This row has lost its row id or its column, so its cell cannot be found."
        if not re.fullmatch(r"[A-Z]+[0-9]+", line.address):
            return "This is not about one cell, so nothing can be carried out for you."
        cells = list(dict.fromkeys(self._named(line)))
        if not cells:
            return f"There is no row “{visible(line.row_id)}” with a column “{visible(line.column)}” any more."
        same = [cell for cell in cells if visible(self.read.seen(cell) or "") == line.value]
        there = [cell for cell in same if (cell.sheet, cell.address) == (line.sheet, line.address)]
        found: Sequence[Cell] = there or same or cells[:1]
        if len(found) > 1:
            return f"{len(found)} rows have the id “{visible(line.row_id)}”, so nobody can say which is meant."
        return found[0]

    def _named(self, line: sheet.Line) -> Iterator[Cell]:
        for table in self.read.tables.values():
            if table.source == self.file and table.sheet == line.sheet and line.column in table.positions:
                yield from (table.cell(row["_row"], line.column) for row in table.rows if row["_id"] == line.row_id)
        for row in self.read.headers:
            if (row["_source"], row["_sheet"], row["_id"]) == (self.file, line.sheet, line.row_id) and row["_column"]:
                yield Cell(self.file, row["_sheet"], row["_row"], row["_column"])

    def _done(self, line: sheet.Line, cell: Cell, says: str) -> None:
        self.steps.append(Step(True, line.number, f"{cell.sheet}!{cell.address}", f"{capital(says)} ({line.code})"))

    def _refuse(self, line: sheet.Line, says: str, cell: Cell | None = None) -> None:
        where = f"{cell.sheet}!{cell.address}" if cell else f"{line.sheet}!{line.address}".strip("!")
        self.steps.append(Step(False, line.number, visible(where), says))


def _today() -> dt.date:
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = dt.datetime.fromtimestamp(int(given), dt.UTC) if given.isdigit() else dt.datetime.now(dt.UTC)
    return moment.date()
