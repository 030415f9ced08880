"""What a reader hands on: sheets as stored cells, each with its text and, where Excel made something of it, what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


class Unreadable(Exception):
    """A file that cannot be read. The message is a sentence that names the cause and the remedy."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """A non-empty cell as stored. ``odd`` names what an editor did not type: date, formula, error, number …"""

    text: str
    odd: str = ""
    shown: str = ""  # what the editor sees, where it differs from the text
    remark: str = ""  # what was perhaps typed, or how it is shown: said of the cell, never taken for it


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, or one CSV file (then without a name)."""

    file: str
    name: str
    cells: Mapping[tuple[int, int], RawCell]  # (row, column) from 1
    bands: frozenset[int] = field(default_factory=frozenset)  # rows whose one value is merged across columns
    remark: str = ""  # what the reader had to guess

    def row(self, number: int) -> dict[int, RawCell]:
        """The non-empty cells of a row by column."""
        return {column: cell for (row, column), cell in sorted(self.cells.items()) if row == number}


def raw_cell(value: object, number_format: str = "General") -> RawCell | None:
    """A stored value as a cell; None for an empty one."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return RawCell("TRUE" if value else "FALSE", "truth value")
    if isinstance(value, (dt.datetime, dt.date, dt.time, dt.timedelta)):
        return RawCell(str(value).removesuffix(" 00:00:00"), "date", remark=_likely(value))
    if isinstance(value, (int, float)):
        text = str(int(value)) if float(value).is_integer() else repr(value)
        if "%" in number_format:
            return RawCell(text, "percentage", remark=f"{float(value):.6g} shown as a percentage")
        return RawCell(text, "" if float(value).is_integer() else "number")
    return RawCell(str(value))


def _likely(value: object) -> str:
    """What was perhaps typed before the spreadsheet made a date of it: 4 May for 4-5 or 5-4."""
    if isinstance(value, dt.date):
        return f"perhaps {value.month}–{value.day} or {value.day}–{value.month}"
    return ""
