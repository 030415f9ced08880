"""From the cells of one sheet to the rows of one table: tidy text with addresses, and a note of everything odd."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from backdata.intake import tidy
from backdata.intake.cells import RawCell, Sheet
from backdata.intake.headers import Header
from backdata.model import Cell, Change, Row
from backdata.schemas import ColumnSchema, TableSchema


@dataclass
class Ledger:
    """Where every non-empty cell of a sheet went."""

    cells: int = 0
    used: int = 0
    headers: int = 0
    odd: int = 0  # among the used ones: not what an editor typed
    skipped: dict[str, int] = field(default_factory=dict)  # reason → cells

    def skip(self, reason: str, cells: int = 1) -> None:
        """Count cells that are left out, for a reason that is told."""
        self.skipped[reason] = self.skipped.get(reason, 0) + cells


@dataclass
class Collected:
    """What intake gathers beside the rows."""

    odd: list[Row] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def rows(
    sheet: Sheet, schema: TableSchema, header: Header, ledger: Ledger, collected: Collected
) -> list[dict[str, str | None]]:
    """The data rows in their order, each with the schema's columns that the sheet has and ``_row``."""
    by_position = {position: name for name, position in header.columns.items()}
    found: dict[int, dict[str, str | None]] = {}
    for (row, position), cell in sorted(sheet.cells.items()):
        ledger.cells += 1
        if row == header.row:
            ledger.headers += 1
        elif row in header.skipped:
            ledger.skip(header.skipped[row])
        elif position not in by_position:
            ledger.skip("in a column without a known header")
        else:
            column = schema.columns[by_position[position]]
            cell = _day(cell, column)
            value = _value(Cell(sheet.file, sheet.name, row, position), cell, column, collected)
            if value is None and not cell.odd:
                ledger.skip("blank")
                continue
            ledger.used += 1
            record = found.setdefault(row, dict.fromkeys(header.columns))
            record[column.name] = value
            if cell.odd:
                ledger.odd += 1
                collected.odd.append(_odd(schema, column, cell, row, position, sheet))
    return [{**record, "_row": row} for row, record in found.items()]  # type: ignore[dict-item]


def _day(cell: RawCell, column: ColumnSchema) -> RawCell:
    """A date in a column that holds days is what was typed: nothing has to be guessed."""
    is_day = cell.odd == "date" and bool(column.pattern) and bool(re.search(column.pattern, cell.text))
    return RawCell(cell.text) if is_day else cell


def _value(place: Cell, cell: RawCell, column: ColumnSchema, collected: Collected) -> str | None:
    if cell.odd and cell.odd != "formula":
        return None  # nobody typed it: told as a finding, never turned back in silence
    after = tidied(cell.text, column)
    if after != cell.text:
        collected.changes.append(Change(place, cell.text, after or "", tidy.why(cell.text, after)))
    return after


def tidied(text: str, column: ColumnSchema) -> str | None:
    """Tidy text of a cell, with the dashes and the case that its column wants."""
    value = tidy.text(text)
    if value and value.startswith("'") and "'" not in value[1:]:
        value = tidy.text(value[1:])  # the mark by which spreadsheets keep text from being computed
    if value is None:
        return None
    if column.allowed:
        value = tidy.dashes(value, "-")
        return next((allowed for allowed in column.allowed if allowed.casefold() == value.casefold()), value)
    if column.each:
        parts = [part.strip() for part in value.replace(";", ",").split(",") if part.strip()]
        known = {each.casefold(): each for each in column.each}
        return column.list.join(known.get(part.casefold(), part) for part in parts)
    if not column.pattern or re.search(column.pattern, value):  # what has its form stays: a link may hold any dash
        return value
    return (
        tidy.dashes(value, "–").replace(" –", "–").replace("– ", "–")
        if "–" in column.pattern
        else tidy.dashes(value, "-")
    )


def _odd(schema: TableSchema, column: ColumnSchema, cell: RawCell, row: int, position: int, sheet: Sheet) -> Row:
    return {
        "table": schema.name, "column": column.name, "odd": cell.odd, "shown": cell.remark or cell.shown or cell.text,
        "_source": sheet.file, "_sheet": sheet.name, "_row": row, "_column": position,
    }  # fmt: skip


def with_ids(records: Iterable[dict[str, str | None]], schema: TableSchema, sheet: Sheet) -> list[Row]:
    """Rows with their ids and addresses."""
    return [{**record, "_id": schema.id_of(record), "_source": sheet.file, "_sheet": sheet.name} for record in records]
