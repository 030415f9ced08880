"""Rows that slipped by a cell: from some column on their values stand to the right or to the left of where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from backdata.anatomy import levels
from backdata.intake.headers import Header
from backdata.intake.resolve import Resolver
from backdata.intake.rows import tidied
from backdata.schemas import ColumnSchema, TableSchema

_FARTHEST = 3  # columns that a row may slip
_CLEAR = 2  # cells more that must fit when they are moved back


@dataclass(frozen=True, slots=True)
class Slip:
    """A row as it was meant, and the first filled cell that does not fit where it stands."""

    position: int  # of that cell
    by: int  # columns to the right; negative: to the left
    values: Mapping[str, str | None]  # column → what belongs there

    @property
    def words(self) -> str:
        """``one column to the right``."""
        count = {1: "one column", 2: "two columns", 3: "three columns"}[abs(self.by)]
        return f"{count} to the {'right' if self.by > 0 else 'left'}"


@dataclass(frozen=True)
class Slots:
    """The columns of a sheet from left to right, those without a known header and those beside the table too."""

    positions: tuple[int, ...]
    columns: tuple[ColumnSchema | None, ...]
    resolver: Resolver
    known: dict[tuple[str | None, str], bool] = field(
        default_factory=dict
    )  # (text, column) → whether it fits, once found out

    @classmethod
    def of(cls, header: Header, schema: TableSchema, resolver: Resolver) -> Slots:
        """The slots under a header."""
        named = {position: schema.columns[name] for name, position in header.columns.items()}
        last = max([*named, *header.unknown, *header.doubled])
        positions = tuple(range(min(named), last + 1 + _FARTHEST))
        columns = tuple(named.get(position) for position in positions)
        return cls(positions, columns, resolver)

    def slipped(self, cells: Mapping[int, str], alone: bool = False) -> Slip | None:
        """How a row (position → text) slipped; None where it fits as it stands, or moving it does not mend it.

        ``alone``: no other row has a value beside the table, where one cell then is evidence enough.
        """
        typed = [cells.get(position) for position in self.positions]
        faults = self._faults(typed)
        shown = next((slot for slot, fault in enumerate(faults) if fault and typed[slot]), None)
        if shown is None:  # a blank cell alone is a blank cell
            return None
        first = faults.index(True)
        best: tuple[tuple[int, int, int], int, list[str | None]] | None = None
        for start, by, meant, lost in _moved(typed, len(self.positions) - _FARTHEST):
            left = sum(fault for slot, fault in enumerate(self._faults(meant)) if slot not in lost)
            rank = (left, abs(by), -start if start <= first else start)
            enough = sum(faults) >= _CLEAR or alone or self._is_strict(shown - by)
            if left == 0 and enough and start <= first and (best is None or rank < best[0]):
                best = rank, by, meant
        if best is None:
            return None
        values = {
            column.name: tidied(best[2][slot] or "", column) for slot, column in enumerate(self.columns) if column
        }
        return Slip(self.positions[shown], best[1], values)

    def _is_strict(self, slot: int) -> bool:
        """Whether a column takes certain words only, so that a value that fits it is no accident."""
        column = self.columns[slot] if 0 <= slot < len(self.columns) else None
        return column is not None and bool(column.allowed or column.refers_to or column.pattern or column.levels)

    def _faults(self, row: Sequence[str | None]) -> list[bool]:
        return [not self._fits(text, column) for text, column in zip(row, self.columns, strict=True)]

    def _fits(self, text: str | None, column: ColumnSchema | None) -> bool:
        if column is None:
            return not text
        fits = self.known.get((text, column.name))
        if fits is None:
            fits = self.known[text, column.name] = self._takes(text, column)
        return fits

    def _takes(self, text: str | None, column: ColumnSchema) -> bool:
        value = tidied(text, column) if text else None
        if value is None:
            return column.nullable
        if column.allowed:
            return value in column.allowed
        if column.each:
            return all(part in column.each for part in column.parts(value))
        if column.refers_to:
            return self.resolver.knows(value, column)
        if column.levels:
            return _is_levels(value)
        return re.search(column.pattern, value) is not None if column.pattern else not self._is_a_list_of_ids(value)

    def _is_a_list_of_ids(self, value: str) -> bool:
        """Whether prose is no prose, but what a column for several terms holds: “braus-1921; stedman” in a note."""
        parts = {part.strip() for part in value.split(";")}
        lists = (column for column in self.columns if column and column.refers_to and column.list)
        return any(parts <= self.resolver.terms(column.refers_to).ids.keys() for column in lists)


def _moved(typed: Sequence[str | None], width: int) -> Iterator[tuple[int, int, list[str | None], range]]:
    """Every way in which the row may have slipped: from which slot on, by how much, the row moved back, slots whose value is lost."""
    for by in range(1, _FARTHEST + 1):
        for start in range(width):
            if not any(typed[start : start + by]):
                moved = [*typed[:start], *typed[start + by :], *[None] * by]
                yield start, by, moved, range(0)
            if not any(typed[width - by :]):
                moved = [*typed[:start], *[None] * by, *typed[start : len(typed) - by]]
                yield start, -by, moved, range(start, start + by)


def _is_levels(value: str) -> bool:
    for kind in ("vertebra or rib", "nerve"):
        try:
            levels.parse(value, kind)
        except levels.LevelError:
            continue
        return True
    return False
