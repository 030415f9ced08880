"""Cells and rows as they were meant: strange letters mended, slipped rows moved back. Each is told as an odd cell, none in silence.

Mending them here keeps one fault one finding: a term with a Cyrillic letter would be unknown wherever it is used, and a row that
slipped would be missing where it belongs. What was mended is an error all the same, so it is corrected before it is published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from backdata.intake import letters
from backdata.intake.cells import Sheet
from backdata.intake.headers import Header
from backdata.intake.letters import Strange
from backdata.intake.resolve import Resolver
from backdata.intake.slips import Slots
from backdata.model import Row, Table, column_letters
from backdata.schemas import ColumnSchema, TableSchema

Record: TypeAlias = dict[str, str | None]
Taken: TypeAlias = Mapping[str, tuple[Sheet, Header, list[Record]]]
KINDS = {
    "look-alike",
    "lost",
    "garbled",
    "slipped",
    "computed",
    "header",
}  # what ``odd`` says of cells that somebody did type

_COMPUTED = ("=", "+", "-", "@")
_SUSPECT = re.compile(
    r"^[=+@-]|[^ -~–]|[?]|[A-Za-z]{2}[01]|[A-Za-z][01]+[A-Za-z]"
)  # most cells are clean, and need no closer look
_DIGITS = re.compile(r"[A-Za-z]{2}[01]+(?![0-9])|[A-Za-z][01]+[A-Za-z]")
_WORD = re.compile(r"[^\W\d_]{3,}")


def read(taken: Taken, schemas: Mapping[str, TableSchema], context: Mapping[str, Table]) -> list[Row]:
    """Mend the records of the sheets in place. Returns what was mended, or what only a person can mend, as odd cells."""
    odd: list[Row] = []
    known: set[str] = set()  # every word of the data set, gathered when the first strange one turns up
    for table, (sheet, header, records) in taken.items():
        for record in records:
            for name, value in record.items():
                if not value or name == "_row" or not _SUSPECT.search(value):
                    continue
                if found := _strange(value, schemas[table].columns[name], known, taken, context):
                    record[name] = found.text
                    odd.append(_odd(table, name, found, sheet, header, record))
    return [*odd, *_slipped(taken, schemas, context)]


def _strange(
    value: str, column: ColumnSchema, known: set[str], taken: Taken, context: Mapping[str, Table]
) -> Strange | None:
    if value.startswith(_COMPUTED):
        meant = value.lstrip("".join(_COMPUTED)).strip()
        return Strange("computed", value, "", meant or None, meant or value)
    strict = bool(column.pattern or column.levels or column.allowed or column.refers_to or column.each)
    found = letters.strange(value, strict)
    while found and found.mended and (further := letters.strange(found.text, strict)) and further.text != found.text:
        found = Strange(found.kind, found.word, found.why, found.mended, further.text)
    may_hold_a_digit = not column.levels and "://" not in value and bool(_DIGITS.search(value))
    if (found and found.kind == "lost") or (not found and may_hold_a_digit):
        known |= known or _words(taken, context)
    if found and found.kind == "lost":
        return letters.with_accent(value, found, known)
    return found or (letters.digit_for_a_letter(value, known) if may_hold_a_digit else None)


def _words(taken: Taken, context: Mapping[str, Table]) -> set[str]:
    rows = (row for name, table in context.items() if name not in taken for row in table.rows)
    cells = (
        cell for row in (*rows, *(row for _, _, records in taken.values() for row in records)) for cell in row.values()
    )
    return {word.casefold() for cell in cells if isinstance(cell, str) for word in _WORD.findall(cell)}


def _slipped(taken: Taken, schemas: Mapping[str, TableSchema], context: Mapping[str, Table]) -> Iterator[Row]:
    others = {name: table.rows for name, table in context.items()}
    resolver = Resolver({**others, **{name: records for name, (_, _, records) in taken.items()}})
    for table, (sheet, header, records) in taken.items():
        if not header.columns:
            continue
        slots = Slots.of(header, schemas[table], resolver)
        named = {place: name for name, place in header.columns.items()}
        rows = _typed(sheet, header)
        beside = [row for row, cells in rows.items() if cells.keys() - named.keys()]
        for record in records:
            row = int(record["_row"] or 0)
            if slip := slots.slipped(rows[row], alone=beside == [row]):
                record.update(slip.values)
                column = named.get(slip.position, "")
                found = Strange("slipped", slip.words, "", None, "")
                yield _odd(table, column, found, sheet, header, record, slip.position)


def _typed(sheet: Sheet, header: Header) -> dict[int, dict[int, str]]:
    """The rows below the header as they were typed: row → column → text."""
    found: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet.cells.items():
        if row > header.row and row not in header.skipped:
            found.setdefault(row, {})[column] = cell.text
    return found


def _odd(table: str, name: str, found: Strange, sheet: Sheet, header: Header, record: Record, position: int = 0) -> Row:
    advice = f"type “{found.mended}”" if found.mended else "type the word anew, with the letter that is meant"
    return {
        "table": table, "column": name or column_letters(position), "odd": found.kind, "shown": found.word, "why": found.why,
        "advice": advice, "whole": found.text if found.mended else None,
        "_source": sheet.file, "_sheet": sheet.name, "_row": record["_row"], "_column": position or header.columns[name],
    }  # fmt: skip
