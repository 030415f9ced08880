"""Sheets as an editor sees them: cells in rows and columns, the header on top, and what can be done to them by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from backdata.model import column_letters


class Percent(float):
    """A number that is shown as a percentage."""


class Text(str):
    """Text that stays text, whatever it looks like."""

    __slots__ = ()


Value: TypeAlias = str | float | bool | dt.date | None


@dataclass(frozen=True)
class Grid:
    """One sheet. Row 1 is the header; what stands in row n and column m is ``rows[n - 1][m - 1]``."""

    table: str  # whose rows it holds
    title: str  # what is written on its tab
    rows: tuple[tuple[Value, ...], ...]
    merged: tuple[str, ...] = ()  # areas as in A2:A4
    styled: bool = False  # coloured, with wide columns

    @property
    def header(self) -> tuple[Value, ...]:
        """The names of the columns."""
        return self.rows[0]

    def position(self, column: str) -> int:
        """The number of a column, from 1."""
        return self.header.index(column) + 1

    def name(self, row: int, column: int = 0) -> str:
        """How people name a cell or a row: ``attachments!D14``, ``attachments, row 14``."""
        return f"{self.title}!{column_letters(column)}{row}" if column else f"{self.title}, row {row}"

    def value(self, row: int, column: int) -> Value:
        """What stands in a cell; None beside the table."""
        line = self.rows[row - 1]
        return line[column - 1] if column <= len(line) else None

    def typed(self, row: int, column: int, value: Value) -> Grid:
        """Another value in one cell."""
        line = list(self.rows[row - 1])
        line += [None] * (column - len(line))
        line[column - 1] = value
        return self.with_row(row, line)

    def with_row(self, row: int, line: Sequence[Value]) -> Grid:
        """Another row in the place of one."""
        return replace(self, rows=(*self.rows[: row - 1], tuple(line), *self.rows[row:]))

    def with_column(self, column: int, below: Sequence[Value]) -> Grid:
        """Other values under a header."""
        rows = [(*line[: column - 1], value, *line[column:]) for line, value in zip(self.rows[1:], below, strict=True)]
        return replace(self, rows=(self.header, *rows))

    def without_rows(self, rows: Collection[int]) -> Grid:
        """Without some rows; those below move up."""
        return replace(self, rows=tuple(line for number, line in enumerate(self.rows, 1) if number not in rows))

    def without_column(self, column: int) -> Grid:
        """Without a column; those to its right move up to it."""
        return replace(self, rows=tuple((*line[: column - 1], *line[column:]) for line in self.rows))

    def inserted(self, above: int, *lines: Sequence[Value]) -> Grid:
        """New rows, the first of which gets the number ``above``."""
        new = tuple(tuple(line) for line in lines)
        return replace(self, rows=(*self.rows[: above - 1], *new, *self.rows[above - 1 :]))
