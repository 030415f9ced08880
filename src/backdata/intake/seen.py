"""What a reading of the files gives: tables, and what was seen on the way, as tables too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from backdata.intake import meant
from backdata.intake.cells import RawCell, Sheet
from backdata.model import Cell, Change, Excerpt, Row, Table

_HARMLESS = ("helper sheet", "blank", "above the header", "hints below the header", "the header once more")
_NOT_READ = ("unknown", "misnamed", "doubled", "unnamed")


@dataclass(frozen=True)
class Intake:
    """What was read: tables by name, and what intake saw as rows of ``files``, ``headers`` and ``odd_cells``."""

    tables: Mapping[str, Table]
    files: tuple[Row, ...]
    headers: tuple[Row, ...]
    odd_cells: tuple[Row, ...]
    changes: tuple[Change, ...]
    sheets: Mapping[tuple[str, str], Sheet]

    def left_out(self) -> list[str]:
        """What a copy of the tables would lose, in words: unread files, sheets and columns, and cells nobody typed."""
        files = [
            f"{row['_id']}: {row['problem']}"
            for row in self.files
            if row["problem"] not in ("none", "missing sheet", "misnamed sheet", "no rows", "exchanged sheets")
        ]
        skipped = [
            f"{row['_id']}: {reason}" for row in self.files for reason in row["skipped"] if reason not in _HARMLESS
        ]
        headers = [f"{row['table']}: column “{row['header']}”" for row in self.headers if row["status"] in _NOT_READ]
        odd = [
            f"{row['table']}!{row['column']}: {row['odd']} {row['shown']}"
            for row in self.odd_cells
            if row["odd"] not in meant.KINDS
        ]
        return list(dict.fromkeys([*files, *skipped, *headers, *odd]))

    def excerpts(self, cells: Iterable[Cell]) -> dict[Cell, Excerpt]:
        """The rows in which cells stand, as editors see them: file, sheet and row → the row."""
        wanted: dict[tuple[str, str], dict[int, dict[int, str]]] = {}
        for cell in cells:
            if cell.row:
                wanted.setdefault((cell.file, cell.sheet), {})[cell.row] = {}
        return {
            Cell(*place, row): excerpt
            for place, rows in wanted.items()
            if place in self.sheets
            for row, excerpt in self._excerpts(place, rows)
        }

    def _excerpts(self, place: tuple[str, str], rows: dict[int, dict[int, str]]) -> Iterator[tuple[int, Excerpt]]:
        for (row, column), cell in self.sheets[place].cells.items():
            if row in rows:
                rows[row][column] = cell.shown or cell.text
        table = next((table for table in self.tables.values() if (table.source, table.sheet) == place), None)
        headers = {position: name for name, position in table.positions.items()} if table else {}
        for row, shown in rows.items():
            columns = sorted(headers.keys() | shown.keys())
            yield row, Excerpt(tuple((column, headers.get(column, ""), shown.get(column, "")) for column in columns))

    def seen(self, cell: Cell) -> str | None:
        """The text of a cell as it stands in the file."""
        sheet = self.sheets.get((cell.file, cell.sheet))
        found: RawCell | None = sheet.cells.get((cell.row, cell.column)) if sheet else None
        return None if found is None else found.shown or found.text
