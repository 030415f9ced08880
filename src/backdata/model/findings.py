"""What a run says: findings, what every rule did, how far each muscle is described, and cells that intake tidied."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from backdata.model.cells import Cell


class Severity(StrEnum):
    """How much a finding matters; the definition decides, not the mood of the rule's author."""

    ERROR = "error"  # publishing this would teach something wrong or break a consumer
    WARNING = "warning"  # likely wrong, a person must look
    INFO = "info"  # worth knowing

    @property
    def rank(self) -> int:
        """2 for an error, 1 for a warning, 0 for an info."""
        return {"error": 2, "warning": 1, "info": 0}[self]


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
    suggestions: tuple[str, ...] = ()  # the nearest known words, best first
    proposal: str = ""  # the whole cell as it would stand with the first of them; empty where nobody can say
    cause: str = ""  # what it shares with other findings of its rule that one remedy mends; empty: what it says
    read_as: str | None = None  # what the value was read as: tidied, names resolved to ids
    related: tuple[Cell, ...] = ()
    names: frozenset[str] = frozenset()  # ids of the muscle and the terms that its row is about or names
    excepted: str | None = None  # the reason of the exception that silences it
    fingerprint: str = ""

    @property
    def kin(self) -> tuple[str, ...]:
        """What it shares with the findings that the same remedy mends."""
        return (self.code, self.cause) if self.cause else (self.code, self.message, self.fix, *self.suggestions)

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
class Answer:
    """What is stated on one topic of one muscle."""

    items: int  # preferred items, and those that only one source adds
    inherited: bool = False  # stated at its whole or its group, not at itself
    by_parts: bool = False  # each of its parts states its own
    unknown: str = ""  # the reason of the exception that says why nothing is stated
    not_read: str = ""  # why the table that would tell could not be read

    @property
    def given(self) -> bool:
        """Whether there is an answer, or a reason why there is none."""
        return self.items > 0 or bool(self.unknown)


@dataclass(frozen=True, slots=True)
class MuscleCoverage:
    """How far one muscle, set or part is described."""

    id: str
    name: str
    group: str  # name of its group
    is_part: bool
    answers: Mapping[str, Answer]  # topic → answer
    identifiers: Mapping[str, bool]  # ta2, ta98, fma, uberon → whether it is given
    sources: int  # in which its facts were read
    open_sources: int  # how many of them are openly licensed or in the public domain
    unsourced: int  # facts that nobody has read in a source yet

    @property
    def described(self) -> bool:
        """Whether nothing is missing but identifiers, which not every muscle has."""
        return all(answer.given for answer in self.answers.values()) and self.sourced

    @property
    def sourced(self) -> bool:
        """Whether all facts were read somewhere, at least one of them where everybody can read it."""
        return self.open_sources > 0 and not self.unsourced


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that intake tidied."""

    cell: Cell
    before: str
    after: str
    why: str
