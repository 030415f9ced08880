"""The header row: found by the names in it, wherever titles or hints stand around it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from backdata.intake.cells import RawCell, Sheet
from backdata.intake.tidy import text as tidy_text
from backdata.model import Row, column_letters
from backdata.schemas import ColumnSchema, TableSchema

_LOOKED_AT = 20  # filled rows, from the top
_LONGEST = 200  # characters; a cell of a million is no name, and not worth folding
_HINT = re.compile(
    r"^\(?(e\. ?g\.|z\. ?b\.|ex\.|p\. ?ex\.|for example|example:|hint:|required|optional)", re.IGNORECASE
)


def folded(name: str) -> str:
    """``Blood supply``, ``blood-supply`` and ``blood_supply`` are one name."""
    return re.sub(r"[\s_-]+", "_", (tidy_text(name[:_LONGEST]) or "").casefold()).strip("_")


_AGAIN = "the header once more"


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
    skipped |= {row: _AGAIN for row, cells in rows.items() if row > best and _is_again(cells, known)}
    below = next((row for row in sorted(rows) if row > best), None)
    if below and below not in skipped and _is_hint(rows[below], columns, schema):
        skipped[below] = "hints below the header"
    return Header(best, columns, unknown, doubled, skipped)


def _is_again(row: Mapping[int, RawCell], known: Mapping[str, str]) -> bool:
    """Whether a row says what the header says: names of columns in most of its cells."""
    if not any(cell.text.casefold() in known for cell in row.values()):
        return False
    return len({folded(cell.text) for cell in row.values()} & known.keys()) * 2 > max(2, len(row))


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


def statuses(header: Header, schema: TableSchema) -> Iterator[tuple[tuple[str, str, int, str], Sequence[str]]]:
    """(column, status, position, text) of every header that stands there or is missing, and the columns that may be meant."""
    absent = [name for name in schema.columns if name not in header.columns]
    needed = [name for name in absent if schema.columns[name].required]
    wrong = _misnamed(needed, header.unknown)
    yield from (((name, "misnamed", place, header.unknown[place]), needed) for name, place in wrong.items())
    yield from (((name, "missing", 0, name), absent) for name in needed if name not in wrong)
    unknown = ((place, text) for place, text in header.unknown.items() if place not in wrong.values())
    yield from (((text, "unknown", place, text), absent) for place, text in unknown)
    yield from (((name, "doubled", place, name), absent) for place, name in header.doubled.items())
    yield from (((name, "found", place, name), absent) for name, place in header.columns.items())


def repeats(sheet: Sheet, table: str, header: Header) -> Iterator[Row]:
    """The rows that repeat the header, as odd cells: each at the first of its cells."""
    again = sorted(row for row, why in header.skipped.items() if why == _AGAIN)
    titles = {place: name for name, place in header.columns.items()}
    for row in again:
        place, cell = min(sheet.row(row).items())
        yield {
            "table": table, "column": titles.get(place) or column_letters(place), "odd": "header", "shown": cell.text,
            "_source": sheet.file, "_sheet": sheet.name, "_row": row, "_column": place,
        }  # fmt: skip


def unnamed(sheet: Sheet, header: Header, slipped: Collection[tuple[str, str, int]]) -> dict[int, str]:
    """Columns with values but without a header, by position: their letters."""
    if not header.row:
        return {}
    named = {*header.columns.values(), *header.unknown, *header.doubled}
    places = {
        column
        for row, column in sheet.cells
        if column not in named
        and row > header.row
        and row not in header.skipped
        and (sheet.file, sheet.name, row) not in slipped
    }
    return {column: column_letters(column) for column in sorted(places)}


def _misnamed(needed: Sequence[str], unknown: Mapping[int, str]) -> dict[str, int]:
    """Needed columns whose header was probably renamed: the only stranger, or one that is written alike."""
    if not needed or not unknown:
        return {}
    if len(needed) == len(unknown) == 1:
        return dict(zip(needed, unknown, strict=True))
    from rapidfuzz import fuzz

    alike = {(name, place): fuzz.ratio(name, folded(text)) for name in needed for place, text in unknown.items()}
    found: dict[str, int] = {}
    for (name, place), score in sorted(alike.items(), key=lambda pair: -pair[1]):
        if score >= 70 and name not in found and place not in found.values():
            found[name] = place
    return found
