"""Where things stand: cells, and the tidy tables whose every cell has an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Row: TypeAlias = Mapping[str, Any]
"""One row of a tidy table: column name to text or None; names that start with ``_`` hold where it stands."""


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
