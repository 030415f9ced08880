"""The nouns of backdata: cells, findings, rules, facts, data sets. Frozen values, standard library only."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

Row: TypeAlias = Mapping[str, Any]
"""One row of a tidy table: column name to text or None; names that start with ``_`` hold where it stands."""


class Severity(StrEnum):
    """How much a finding matters; the definition decides, not the mood of the rule's author."""

    ERROR = "error"  # publishing this would teach something wrong or break a consumer
    WARNING = "warning"  # likely wrong, a person must look
    INFO = "info"  # worth knowing

    @property
    def rank(self) -> int:
        """2 for an error, 1 for a warning, 0 for an info."""
        return {"error": 2, "warning": 1, "info": 0}[self]


def column_letters(number: int) -> str:
    """1 → A, 27 → AA: how a spreadsheet names its columns."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Cell:
    """One place in the raw files. Row and column count from 1; 0 means the whole sheet, row or file."""

    file: str
    sheet: str = ""  # empty for CSV, and for the file as a whole
    row: int = 0
    column: int = 0

    @property
    def address(self) -> str:
        """``D14`` in a workbook, ``14:4`` (line:column) in a CSV file, ``row 14`` without a column."""
        if not self.row:
            return ""
        if not self.sheet:
            return f"{self.row}:{self.column}" if self.column else str(self.row)
        return f"{column_letters(self.column)}{self.row}" if self.column else f"row {self.row}"

    def __str__(self) -> str:
        if not self.sheet:
            return f"{self.file}:{self.address}" if self.address else self.file
        return f"{self.file} › {self.sheet}!{self.address}" if self.address else f"{self.file} › {self.sheet}"


@dataclass(frozen=True, slots=True)
class Table:
    """A tidy table: what one sheet holds, with the address of every cell.

    Rows carry ``_id`` (row id), ``_source`` (file), ``_sheet`` and ``_row`` beside the schema's columns.
    """

    name: str
    source: str
    sheet: str
    columns: tuple[str, ...]  # those the sheet has, in the schema's order
    rows: tuple[Row, ...]
    positions: Mapping[str, int] = field(default_factory=dict)  # column name → column number in the sheet

    def cell(self, row: int, column: str | None) -> Cell:
        """The address of a column in a row of the sheet."""
        return Cell(self.source, self.sheet, row, self.positions.get(column or "", 0))


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one cell, told so that a person can act on it."""

    code: str
    name: str
    severity: Severity
    cell: Cell
    row_id: str
    column: str
    value: str | None  # as it stands in the cell
    message: str
    fix: str
    suggestions: tuple[str, ...] = ()
    related: tuple[Cell, ...] = ()
    excepted: str | None = None  # the reason of the exception that silences it
    fingerprint: str = ""

    @property
    def order(self) -> tuple[Any, ...]:
        """Sorts findings as they stand in the files."""
        cell = self.cell
        return (cell.file, cell.sheet, cell.row, cell.column, self.code, self.row_id, self.column)


def fingerprint(code: str, row_id: str, column: str, value: str | None) -> str:
    """Identifies a finding wherever its row stands: sorting the sheet does not change it."""
    text = "\x1f".join((code, row_id, column, value or ""))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the mini-atlas that shows what a rule accepts or refuses."""

    table: str
    row_id: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)
    action: str = "change"  # change, drop, add, retitle, file


def edit(table: str, row_id: str, **changes: Any) -> Edit:
    """Change cells of a row; None empties a cell."""
    return Edit(table, row_id, changes)


def drop(table: str, row_id: str = "") -> Edit:
    """Take out a row, or the whole sheet."""
    return Edit(table, row_id, {}, "drop")


def add(table: str, like: str, **changes: Any) -> Edit:
    """Add a copy of the row ``like``, below it, with changes."""
    return Edit(table, like, changes, "add")


def retitle(table: str, **headers: str | None) -> Edit:
    """Write other words over column headers; None takes the column out."""
    return Edit(table, "", headers, "retitle")


def stray_file(name: str, content: bytes) -> Edit:
    """Put a file beside the workbooks."""
    return Edit(name, "", {"content": content}, "file")


@dataclass(frozen=True)
class Rule:
    """A question put to every row of a view. ``ask`` gets one expression per column it names and returns (when, then)."""

    code: str
    name: str
    view: str
    blames: str
    severity: Severity
    says: str
    fix: str
    source: str
    reason: str
    ask: Callable[..., Any]
    columns: tuple[str, ...]
    bad: tuple[Edit, ...]
    good: tuple[Edit, ...]
    readings: str = "preferred"  # "preferred" or "all": which readings of a fact it judges
    judges_blanks: bool = False
    yields_to: tuple[str, ...] = ()  # codes that, found at the same cell, make this finding superfluous
    suggests: str = ""  # tables to look for the nearest terms in, separated by spaces
    related: str = ""  # column of the view with the sheet row of a related cell
    each: Callable[[Any, Any], bool] | None = None  # a rule for every column of every table for which this holds

    @property
    def title(self) -> str:
        """The rule's name as words."""
        return self.name.replace("_", " ")


def _edits(given: Edit | tuple[Edit, ...]) -> tuple[Edit, ...]:
    return given if isinstance(given, tuple) else (given,)


def rule(
    code: str,
    *,
    view: str,
    blames: str,
    severity: str,
    says: str,
    fix: str,
    source: str,
    bad: Edit | tuple[Edit, ...],
    good: Edit | tuple[Edit, ...],
    readings: str = "preferred",
    judges_blanks: bool = False,
    yields_to: tuple[str, ...] = (),
    suggests: str = "",
    related: str = "",
    each: Callable[[Any, Any], bool] | None = None,
) -> Callable[[Callable[..., Any]], Rule]:
    """Make a rule of a function. Its name states the fault, its docstring why it is one, its parameters are the
    columns of the view that it reads; it returns ``then`` or ``(when, then)``, built with operators and literals only.

    With ``each(table, column)`` it is asked of every column of every table for which that holds: ``view`` and ``blames`` are
    then "*", and a parameter ``value`` stands for that column, ``value_x`` for what the view has parsed from it as x, and
    ``column`` for its ColumnSchema.
    """

    def make(ask: Callable[..., Any]) -> Rule:
        return Rule(
            code=code, name=ask.__name__, view=view, blames=blames, severity=Severity(severity), says=says, fix=fix,
            source=source, reason=inspect.getdoc(ask) or "", ask=ask, columns=tuple(inspect.signature(ask).parameters),
            bad=_edits(bad), good=_edits(good), readings=readings, judges_blanks=judges_blanks, yields_to=yields_to,
            suggests=suggests, related=related, each=each,
        )  # fmt: skip

    return make


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one rule did in one run: silence must never be mistaken for health."""

    code: str
    name: str
    view: str
    rows: int = 0  # rows of the view
    judged: int = 0  # rows it applied to and could judge
    unjudged: int = 0  # rows it applied to, but something it needs is unknown
    findings: int = 0
    did_not_run: str = ""  # why, when it did not


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that intake tidied."""

    cell: Cell
    before: str
    after: str
    why: str


@dataclass(frozen=True)
class Report:
    """The outcome of one validation: findings in the order of the files, and what was looked at."""

    findings: tuple[Finding, ...]
    coverage: tuple[Coverage, ...]
    files: tuple[Row, ...]  # what was read: file, sheet, table, rows, cells used, skipped and odd
    changes: tuple[Change, ...]
    facts: int
    context: Mapping[str, str] = field(default_factory=dict)  # table → where it was taken from, for sheets not given

    def count(self, severity: str) -> int:
        """Findings of a severity that no exception silences."""
        return sum(f.severity == severity and f.excepted is None for f in self.findings)

    @property
    def unreadable(self) -> bool:
        """Whether a file could not be read."""
        return any(row["problem"] == "unreadable" for row in self.files)

    def worst(self) -> int:
        """Rank of the worst finding that no exception silences, -1 without any."""
        return max((f.severity.rank for f in self.findings if f.excepted is None), default=-1)


@dataclass(frozen=True, slots=True)
class Fact:
    """One reading of one item, as it holds for one muscle: perhaps stated on its group, whole or parts."""

    id: str  # of the statement: <muscle>.<topic>.<item>
    topic: str  # origin, insertion, action, innervation, blood_supply
    item: int
    reading: str  # preferred, alternative, addition
    text: str  # in words, as a textbook table has it
    stated_at: str  # id of the muscle, part or group where it is stated
    source: str
    also: tuple[str, ...]
    page: str | None
    row: Row  # the columns of the raw table


@dataclass(frozen=True, slots=True)
class Group:
    """A group of muscles with what it inherits from its parents."""

    id: str
    name: str
    parent: str | None
    path: tuple[str, ...]  # ids from the root down to this group
    row: Row  # all columns, blank ones filled from the parents


@dataclass(frozen=True, slots=True)
class Muscle:
    """A muscle, set or part with all its facts resolved."""

    id: str
    name: str
    latin: str | None
    group: str
    part_of: str | None
    parts: tuple[str, ...]
    development: str | None
    facts: tuple[Fact, ...]
    row: Row

    def about(self, topic: str) -> tuple[Fact, ...]:
        """The facts of one topic, by item, the preferred reading first."""
        return tuple(fact for fact in self.facts if fact.topic == topic)

    @property
    def origins(self) -> tuple[Fact, ...]:
        """Where the muscle arises."""
        return self.about("origin")

    @property
    def insertions(self) -> tuple[Fact, ...]:
        """Where the muscle inserts."""
        return self.about("insertion")

    @property
    def actions(self) -> tuple[Fact, ...]:
        """What the muscle does."""
        return self.about("action")

    @property
    def innervations(self) -> tuple[Fact, ...]:
        """What supplies the muscle."""
        return self.about("innervation")

    @property
    def blood_supply(self) -> tuple[Fact, ...]:
        """What feeds the muscle."""
        return self.about("blood_supply")


TOPICS = ("origin", "insertion", "action", "innervation", "blood_supply")


@dataclass(frozen=True)
class Dataset:
    """The facts, ready to publish: tidy tables, and muscles in anatomical order with their facts resolved."""

    tables: Mapping[str, tuple[Row, ...]]  # name → rows without addresses
    groups: Mapping[str, Group]
    muscles: Mapping[str, Muscle]
    version: str = ""

    def name(self, table: str, id: str | None) -> str:
        """The English name of a term, or the id where there is none."""
        for row in self.tables.get(table, ()):
            if row["id"] == id:
                return str(row["name"])
        return id or ""


Write: TypeAlias = Callable[[Dataset, Path, Path | None], None]


@dataclass(frozen=True)
class Exporter:
    """Writes one format: ``write(dataset, folder, before)`` puts files into the empty ``folder``.

    ``before`` is the folder that the last publication left for this format, or None. Pure: same input, same bytes.
    """

    name: str
    about: str
    write: Write


def exporter(name: str) -> Callable[[Write], Exporter]:
    """Make an exporter of a function; ``name`` is the format and its folder under ``exports/``."""
    return lambda write: Exporter(name, (inspect.getdoc(write) or "").split("\n\n")[0], write)


@dataclass(frozen=True)
class Reporter:
    """Renders a report in one format as text."""

    name: str
    about: str
    render: Callable[[Report], str]


def reporter(name: str) -> Callable[[Callable[[Report], str]], Reporter]:
    """Make a report format of a function."""
    return lambda render: Reporter(name, (inspect.getdoc(render) or "").split("\n\n")[0], render)
