"""One reading of all files under way: which sheet is which table, what its headers say, and what was seen on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from backdata.intake import expected, meant
from backdata.intake.cells import Sheet, Unreadable
from backdata.intake.files import READERS, uncopied
from backdata.intake.headers import Header, find, folded, repeats, statuses, unnamed
from backdata.intake.resolve import Resolver
from backdata.intake.rows import Collected, Ledger, rows, with_ids
from backdata.intake.seen import Intake
from backdata.model import FACT_TABLES, Cell, Change, Row, Table
from backdata.schemas import TableSchema

_HELPERS = {"lists", "readme", "read_me", "legend", "findings"}  # sheets that hold no facts
_NEVER_EMPTY = {"muscles", "groups", "developments", "structures", "nerves", "movements", "sources", "inventory"}


class Reading:
    """What was read so far."""

    def __init__(self, schemas: Mapping[str, TableSchema]) -> None:
        self.schemas = schemas
        self.names = {folded(word): name for name, schema in schemas.items() for word in (name, schema.title)}
        self.taken: dict[str, tuple[Sheet, Header, list[dict[str, str | None]]]] = {}
        self.given: list[tuple[Sheet, str]] = []  # every sheet, and the name of its file
        self.found: dict[str, Header | None] = {}  # table → the header of the sheet of that name
        self.files: list[Row] = []
        self.headers: list[Row] = []
        self.collected = Collected()
        self.paths: dict[str, str] = {}  # name in reports → path
        self.sheets: dict[tuple[str, str], Sheet] = {}
        self.slipped: set[tuple[str, str, int]] = set()  # (file, sheet, row)
        self.strangers: list[
            tuple[int, Sheet, str]
        ] = []  # unknown sheets: number in ``files``, sheet, name of its file
        self.expected: frozenset[str] = frozenset()  # tables that must stand in the files, whatever the context holds

    def file(self, path: Path, name: str) -> None:
        """Read the sheets of a file."""
        self.paths[name] = str(path)
        reader = READERS.get(path.suffix.lower())
        try:
            if reader is None:
                known = ", ".join(sorted(READERS))
                raise Unreadable(f"files that end in “{path.suffix}” are not read, only {known}. Save it as .xlsx")
            sheets = reader.read(path, name)
        except Unreadable as error:
            self._note(name, "", "", "unreadable", str(error))
            return
        except OSError as error:
            self._note(name, "", "", "unreadable", f"the system says: {error.strerror or error}")
            return
        self.given += [(sheet, uncopied(Path(name).stem)) for sheet in sheets]

    def name_sheets(self) -> None:
        """Take each sheet for the table whose name it has; two that have each other's names for what they hold."""
        named: dict[str, Sheet] = {}
        for sheet, stem in self.given:
            named.setdefault(self.names.get(folded(sheet.name or stem), ""), sheet)
        named.pop("", None)
        self.found = {table: find(sheet, self.schemas[table]) for table, sheet in named.items()}
        exchanged = expected.exchanged(named, self.found, self.schemas)
        self.found |= {other: find(named[table], self.schemas[other]) for table, other in exchanged.items()}
        for sheet, stem in self.given:
            table = self.names.get(folded(sheet.name or stem), "")
            if sheet is named.get(table) and (other := exchanged.get(table)):
                self.sheets[sheet.file, sheet.name] = sheet
                told = other not in self.taken and table not in self.taken
                self._take(sheet, other, "exchanged sheets" if told else None, table if told else "")
            else:
                self._sheet(sheet, table, stem)

    def _sheet(self, sheet: Sheet, table: str, stem: str) -> None:
        self.sheets[sheet.file, sheet.name] = sheet
        word = folded(sheet.name or stem)
        ledger = Ledger()
        if not table:
            helper = word in _HELPERS
            ledger.cells = len(sheet.cells)
            ledger.skip("helper sheet" if helper else "unknown sheet", ledger.cells)
            problem = ("guessed encoding" if sheet.remark else None) if helper else "unknown sheet"
            self.strangers += [] if helper else [(len(self.files), sheet, stem)]
            self._note(sheet.file, sheet.name, "", problem, sheet.remark if helper else sheet.name or stem, ledger)
            return
        if table in self.taken:
            first = self.taken[table][0]
            ledger.cells = len(sheet.cells)
            ledger.skip("second sheet of this name", ledger.cells)
            self._note(sheet.file, sheet.name, table, "sheet twice", str(Cell(first.file, first.name)), ledger)
            return
        problem = "guessed encoding" if sheet.remark else None
        self._take(sheet, table, problem, sheet.remark)

    def _take(self, sheet: Sheet, table: str, problem: str | None, detail: str) -> None:
        ledger = Ledger()
        header = self.found.get(table) or find(sheet, self.schemas[table])
        if header is None:
            ledger.cells = len(sheet.cells)
            ledger.skip("no header row", ledger.cells)
            self._note(sheet.file, sheet.name, table, "no header", "", ledger)
            self.taken[table] = (sheet, Header(0, {}, {}, {}, {}), [])
            return
        records = rows(sheet, self.schemas[table], header, ledger, self.collected)
        self.collected.odd += repeats(sheet, table, header)
        self.taken[table] = (sheet, header, records)
        for seen, absent in statuses(header, self.schemas[table]):
            self._note_header(table, seen, absent)
        self._note(sheet.file, sheet.name, table, problem, detail, ledger, len(records))

    def _note(
        self,
        file: str,
        sheet: str,
        table: str,
        problem: str | None,
        detail: str,
        ledger: Ledger | None = None,
        count: int = 0,
    ) -> None:
        ledger = ledger or Ledger()
        self.files.append({
            "file": file, "path": self.paths.get(file, ""), "sheet": sheet, "table": table, "problem": problem or "none", "detail": detail, "rows": count,
            "cells": ledger.cells, "used": ledger.used, "headers": ledger.headers, "odd": ledger.odd, "skipped": ledger.skipped,
            "_id": f"{file}/{sheet or table}" if sheet or table else file, "_source": file, "_sheet": sheet, "_row": 0,
        })  # fmt: skip

    def _note_unnamed(self) -> None:
        """Note columns with values but without a header, unless all their values stand in rows that slipped."""
        for table, (sheet, header, _) in self.taken.items():
            for position, letters in unnamed(sheet, header, self.slipped).items():
                absent = [name for name in self.schemas[table].columns if name not in header.columns]
                self._note_header(table, (letters, "unnamed", position, letters), absent)

    def _note_header(self, table: str, found: tuple[str, str, int, str], absent: Sequence[str]) -> None:
        name, status, position, text = found
        sheet, header, _ = self.taken[table]
        self.headers.append({
            "table": table, "column": name, "status": status, "header": text, "missing": ", ".join(absent) or None,
            "_id": f"{table}.{text}", "_source": sheet.file, "_sheet": sheet.name, "_row": header.row, "_column": position,
        })  # fmt: skip

    def renamed_sheets(self, context: Mapping[str, Table], paths: Sequence[Path]) -> None:
        """Read an unknown sheet as the missing one whose columns it has, and note that its name is wrong."""
        held: dict[str, list[str]] = {}
        for table, (sheet, _, _) in self.taken.items():
            held.setdefault(self.paths[sheet.file], []).append(table)
        self.expected = expected.tables(paths, held, self.schemas)
        missing = [
            table
            for table in self.schemas
            if table not in self.taken and (table not in context or table in self.expected)
        ]
        found = expected.renamed([sheet for _, sheet, _ in self.strangers], missing, self.schemas)
        for number, table in found.items():
            place, sheet, stem = self.strangers[number]
            self._take(sheet, table, "misnamed sheet", sheet.name or stem)
            self.files[place] = self.files.pop()

    def missing_sheets(self, context: Mapping[str, Table], paths: Sequence[Path]) -> None:
        """Note sheets that nothing provides, and emptiness where there must be rows."""
        if any(row["problem"] == "unreadable" for row in self.files):
            return  # they may stand in the file that could not be read: one fault, one finding
        where = ", ".join(path.name or str(path) for path in paths)
        for table, schema in self.schemas.items():
            if table not in self.taken and (table not in context or table in self.expected):
                self._note(where, "", table, "missing sheet", schema.workbook)
        read = [table for table in FACT_TABLES if table in self.taken or table in context]
        if not any(self.taken[table][2] if table in self.taken else context[table].rows for table in read):
            self._note(where, "", "", "no facts", "")
            return
        for table, (sheet, header, records) in self.taken.items():
            if table not in _NEVER_EMPTY:
                continue
            if header.row and not records:
                self._note(sheet.file, sheet.name, table, "no rows", "")

    def done(self, context: Mapping[str, Table]) -> Intake:
        """What was read, its terms and levels in our words."""
        mended = meant.read(self.taken, self.schemas, context)
        self.slipped = {(row["_source"], row["_sheet"], row["_row"]) for row in mended if row["odd"] == "slipped"}
        self._note_unnamed()
        given = {name: records for name, (_, _, records) in self.taken.items()}
        known = {name: table.rows for name, table in context.items() if name not in given}
        resolver = Resolver({**known, **given})
        tables = {name: self._table(name, resolver) if name in self.taken else context[name] for name in self.schemas
                  if name in self.taken or name in context}  # fmt: skip
        ids = {
            (row["_source"], row["_sheet"], row["_row"]): row["_id"] for table in tables.values() for row in table.rows
        }
        odd = (
            {**row, "_id": ids.get((row["_source"], row["_sheet"], row["_row"]), f"{row['table']} {row['_row']}")}
            for row in (*self.collected.odd, *mended)
        )
        return Intake(
            tables,
            tuple(self.files),
            tuple(self.headers),
            tuple(odd),
            tuple(self.collected.changes),
            self.sheets,
        )

    def _table(self, name: str, resolver: Resolver) -> Table:
        sheet, header, records = self.taken[name]
        schema = self.schemas[name]
        for record in records:
            for column, ours in resolver.row(schema, record).items():
                place = Cell(sheet.file, sheet.name, int(record["_row"] or 0), header.columns[column])
                kind = "term resolved" if schema.columns[column].refers_to else "levels in our spelling"
                if (sheet.file, sheet.name, place.row) not in self.slipped:
                    self.collected.changes.append(Change(place, record[column] or "", ours, kind))
                record[column] = ours
        columns = tuple(column for column in schema.columns if column in header.columns)
        return Table(name, sheet.file, sheet.name, columns, tuple(with_ids(records, schema, sheet)), header.columns)
