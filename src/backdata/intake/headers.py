"""The header row: found by the names in it, wherever titles or hints stand around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from backdata.intake.cells import RawCell, Sheet
from backdata.intake.tidy import text as tidy_text
from backdata.schemas import ColumnSchema, TableSchema

_LOOKED_AT = 20  # filled rows, from the top
_HINT = re.compile(
    r"^\(?(e\. ?g\.|z\. ?b\.|ex\.|p\. ?ex\.|for example|example:|hint:|required|optional)", re.IGNORECASE
)


def folded(name: str) -> str:
    """``Blood supply``, ``blood-supply`` and ``blood_supply`` are one name."""
    return re.sub(r"[\s_-]+", "_", (tidy_text(name) or "").casefold()).strip("_")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header of a table stands and what its cells say."""

    row: int
    columns: Mapping[str, int]  # known column → its column number
    unknown: Mapping[int, str]  # column number → a header that no column of the schema has
    doubled: Mapping[int, str]  # column number → a column whose header stood further left already
    skipped: Mapping[int, str]  # row → why it holds no data


def find(sheet: Sheet, schema: TableSchema) -> Header | None:
    """The row with the most names of columns; None when no row has two (or the only one)."""
    rows = _by_row(sheet)
    known = {folded(name): name for name in schema.columns}
    best, hits = 0, 0
    for number in sorted(rows)[:_LOOKED_AT]:
        count = len({folded(cell.text) for cell in rows[number].values()} & known.keys())
        if count > hits:
            best, hits = number, count
    if hits < min(2, len(known)):
        return None
    return _header(best, rows, known, sheet, schema)


def _by_row(sheet: Sheet) -> dict[int, dict[int, RawCell]]:
    rows: dict[int, dict[int, RawCell]] = {}
    for (row, column), cell in sheet.cells.items():
        rows.setdefault(row, {})[column] = cell
    return rows


def _header(
    best: int, rows: Mapping[int, Mapping[int, RawCell]], known: Mapping[str, str], sheet: Sheet, schema: TableSchema
) -> Header:
    columns: dict[str, int] = {}
    unknown: dict[int, str] = {}
    doubled: dict[int, str] = {}
    for position, cell in sorted(rows[best].items()):
        name = known.get(folded(cell.text))
        if not name:
            unknown[position] = cell.text
        elif name in columns:
            doubled[position] = name
        else:
            columns[name] = position
    skipped = {row: "above the header" for row in rows if row < best}
    skipped |= {row: "band across the table" for row in sheet.bands if row > best}
    below = next((row for row in sorted(rows) if row > best), None)
    if below and below not in skipped and _is_hint(rows[below], columns, schema):
        skipped[below] = "hints below the header"
    return Header(best, columns, unknown, doubled, skipped)


def _is_hint(row: Mapping[int, RawCell], columns: Mapping[str, int], schema: TableSchema) -> bool:
    """Whether a row explains the columns: most of its cells say "e.g. …" or repeat a description, or no word or number in it
    is one that its column takes, or would take if the row had slipped by one.
    """
    descriptions = {schema.columns[name].description: None for name in columns}
    hints = sum(bool(_HINT.match(cell.text.strip())) or cell.text.strip() in descriptions for cell in row.values())
    if hints * 2 > len(row):
        return True
    here, right, left = (_valid(row, columns, schema, by) for by in (0, 1, -1))
    return (
        len(here) > 1 and not any(here) and not all(right) and not all(left)
    )  # "motor or sensory" where motor belongs


def _valid(row: Mapping[int, RawCell], columns: Mapping[str, int], schema: TableSchema, by: int) -> list[bool]:
    """Which cells their columns take, those of a closed list or a form, where the row stands ``by`` columns too far right."""
    placed = [
        (schema.columns[name], row[place + by].text.strip()) for name, place in columns.items() if place + by in row
    ]
    return [_is_valid(text, column) for column, text in placed if column.allowed or column.pattern]


def _is_valid(text: str, column: ColumnSchema) -> bool:
    if column.allowed:
        return text.casefold() in (word.casefold() for word in column.allowed)
    return re.search(column.pattern, text) is not None
