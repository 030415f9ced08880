"""From files to tidy tables: bytes → cells with addresses → tidy text → rows. What it saw on the way is itself tables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from backdata.intake import delimited, expected, meant, xlsx
from backdata.intake.cells import RawCell, Sheet, Unreadable
from backdata.intake.headers import Header, find, folded
from backdata.intake.resolve import Resolver
from backdata.intake.rows import Collected, Ledger, rows, with_ids
from backdata.model import FACT_TABLES, Cell, Change, Excerpt, Row, Table, column_letters
from backdata.schemas import TableSchema

HELPERS = {"lists", "readme", "read_me", "legend", "findings"}  # sheets that hold no facts
COPIES = (".fixed", ".reviewed", ".applied")  # what we add to the names of copies that we make of editors' files
NEVER_EMPTY = {"muscles", "groups", "developments", "structures", "nerves", "movements", "sources", "inventory"}
_HARMLESS = ("helper sheet", "blank", "above the header", "hints below the header")
_NOT_READ = ("unknown", "misnamed", "doubled", "unnamed")
_OTHERS = (".xls", ".xlsb", ".ods", ".numbers")  # may hold facts, so they must not be passed over in silence
_READERS = {suffix: reader for reader in (xlsx, delimited) for suffix in reader.SUFFIXES}


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
            if row["problem"] not in ("none", "missing sheet", "misnamed sheet", "no rows")
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


def read(
    paths: Sequence[Path], schemas: Mapping[str, TableSchema], context: Mapping[str, Table] | None = None
) -> Intake:
    """Read every workbook and CSV file under ``paths``; a file that cannot be read is a row of ``files``, not an error.

    Sheets that the paths do not hold are taken from ``context``; those of a workbook that they do hold are missing all the same.
    """
    reading = _Reading(schemas)
    for path, name in found(paths):
        reading.file(path, name)
    reading.renamed_sheets(context or {}, paths)
    reading.missing_sheets(context or {}, paths)
    return reading.done(context or {})


def found(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """The files to read with the names they get in reports; lock files of open workbooks are no files."""
    files: list[tuple[Path, str]] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in {*_READERS, *_OTHERS})
            files += [(p, p.relative_to(path).as_posix()) for p in inside if _is_ours(p, path)]
        else:
            alone = sum(other.name == path.name for other in paths) == 1
            files.append((path, path.name if alone else path.as_posix()))
    return files


def _is_ours(file: Path, root: Path) -> bool:
    """No lock file of an open workbook, nothing hidden, no copy of ours beside its original, and nothing that backdata itself
    published below ``root``.
    """
    inside = file.relative_to(root)
    if any(part.startswith((".", "~$")) for part in inside.parts):
        return False
    if _uncopied(file.stem) != file.stem and file.with_name(_uncopied(file.stem) + file.suffix).is_file():
        return False
    return not any(_is_published(root / folder / "manifest.json") for folder in inside.parents)


def _uncopied(stem: str) -> str:
    """The name that a file had before we made a corrected or a reviewed copy of it."""
    return next((stem.removesuffix(copy) for copy in COPIES if stem.endswith(copy)), stem)


def _is_published(manifest: Path) -> bool:
    return manifest.is_file() and b"urn:backdata:schema:manifest" in manifest.read_bytes()[:200]


class _Reading:
    def __init__(self, schemas: Mapping[str, TableSchema]) -> None:
        self.schemas = schemas
        self.names = {folded(word): name for name, schema in schemas.items() for word in (name, schema.title)}
        self.taken: dict[str, tuple[Sheet, Header, list[dict[str, str | None]]]] = {}
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
        self.paths[name] = str(path)
        reader = _READERS.get(path.suffix.lower())
        try:
            if reader is None:
                known = ", ".join(sorted(_READERS))
                raise Unreadable(f"files that end in “{path.suffix}” are not read, only {known}. Save it as .xlsx")
            sheets = reader.read(path, name)
        except Unreadable as error:
            self._note(name, "", "", "unreadable", str(error))
            return
        except OSError as error:
            self._note(name, "", "", "unreadable", f"the system says: {error.strerror or error}")
            return
        for sheet in sheets:
            self._sheet(sheet, _uncopied(Path(name).stem))

    def _sheet(self, sheet: Sheet, stem: str) -> None:
        self.sheets[sheet.file, sheet.name] = sheet
        word = folded(sheet.name or stem)
        table = self.names.get(word, "")
        ledger = Ledger()
        if not table:
            helper = word in HELPERS
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
        header = find(sheet, self.schemas[table])
        if header is None:
            ledger.cells = len(sheet.cells)
            ledger.skip("no header row", ledger.cells)
            self._note(sheet.file, sheet.name, table, "no header", "", ledger)
            self.taken[table] = (sheet, Header(0, {}, {}, {}, {}), [])
            return
        records = rows(sheet, self.schemas[table], header, ledger, self.collected)
        self.taken[table] = (sheet, header, records)
        self._columns(sheet, table, header)
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

    def _columns(self, sheet: Sheet, table: str, header: Header) -> None:
        schema = self.schemas[table]
        absent = [name for name in schema.columns if name not in header.columns]
        needed = [name for name in absent if schema.columns[name].required]
        misnamed = _misnamed(needed, header.unknown)
        found = (
            [(name, "misnamed", position, header.unknown[position]) for name, position in misnamed.items()]
            + [(name, "missing", 0, name) for name in needed if name not in misnamed]
            + [
                (text, "unknown", place, text)
                for place, text in header.unknown.items()
                if place not in misnamed.values()
            ]
            + [(name, "doubled", position, name) for position, name in header.doubled.items()]
            + [(name, "found", position, name) for name, position in header.columns.items()]
        )
        for name, status, position, text in found:
            self._note_header(table, (name, status, position, text), needed if status == "misnamed" else absent)

    def _note_unnamed(self) -> None:
        """Note columns with values but without a header, unless all their values stand in rows that slipped."""
        for table, (sheet, header, _) in self.taken.items():
            for position, letters in _unnamed(sheet, header, self.slipped).items():
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
            if table not in NEVER_EMPTY:
                continue
            if header.row and not records:
                self._note(sheet.file, sheet.name, table, "no rows", "")

    def done(self, context: Mapping[str, Table]) -> Intake:
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
            {**row, "_id": ids[row["_source"], row["_sheet"], row["_row"]]} for row in (*self.collected.odd, *mended)
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


def _unnamed(sheet: Sheet, header: Header, slipped: Collection[tuple[str, str, int]]) -> dict[int, str]:
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
