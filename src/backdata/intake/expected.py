"""Which sheets ought to be there: those of a workbook that is one of ours by its name or by what it holds; and renamed ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from backdata.intake.cells import Sheet
from backdata.intake.headers import Header, find
from backdata.schemas import TableSchema

_ADDED = r"(?:[ ._-]*(?:\([0-9]+\)|copy|kopie|reviewed|fixed|applied|[0-9]{1,8}))*"  # muscles (1), muscles.reviewed, muscles-2026
_FEW = 3  # sheets of a workbook that show which it is; one or two may be somebody's extract


def tables(
    paths: Sequence[Path], held: Mapping[str, Collection[str]], schemas: Mapping[str, TableSchema]
) -> frozenset[str]:
    """The tables of all workbooks of ours among ``paths``. ``held``: path → the tables that were found in it."""
    books: dict[str, list[str]] = {}
    for table, schema in schemas.items():
        books.setdefault(schema.workbook, []).append(table)
    return frozenset(
        table
        for path in paths
        for book, whole in books.items()
        if _is_called(path, Path(book).stem) or _holds_half(held.get(str(path), ()), whole)
        for table in whole
    )


def renamed(strangers: Sequence[Sheet], missing: Collection[str], schemas: Mapping[str, TableSchema]) -> dict[int, str]:
    """Number of an unknown sheet → the one missing table whose columns it has, if no other unknown sheet has them."""
    fits = {
        number: [table for table in missing if _has_columns_of(sheet, schemas[table])]
        for number, sheet in enumerate(strangers)
    }
    clear = {number: tables[0] for number, tables in fits.items() if len(tables) == 1}
    return {number: table for number, table in clear.items() if list(clear.values()).count(table) == 1}


def exchanged(
    named: Mapping[str, Sheet], headers: Mapping[str, Header | None], schemas: Mapping[str, TableSchema]
) -> dict[str, str]:
    """Table → the other, both ways, where the sheets of these names hold the columns of each other."""
    odd = [table for table in named if not _has_required(headers[table], schemas[table])]
    pairs = [
        (one, other)
        for number, one in enumerate(odd)
        for other in odd[number + 1 :]
        if _has_columns_of(named[one], schemas[other]) and _has_columns_of(named[other], schemas[one])
    ]
    return {one: other for pair in pairs for one, other in (pair, pair[::-1])}


def _is_called(path: Path, stem: str) -> bool:
    if path.is_dir() or path.suffix.lower() not in (".xlsx", ".xlsm"):
        return False
    return re.fullmatch(rf"(?:copy of |kopie von )?{stem}{_ADDED}", path.stem, re.IGNORECASE) is not None


def _holds_half(held: Collection[str], whole: Sequence[str]) -> bool:
    ours = len(set(held).intersection(whole))
    return ours >= _FEW and ours * 2 >= len(whole)


def _has_columns_of(sheet: Sheet, schema: TableSchema) -> bool:
    return _has_required(find(sheet, schema), schema)


def _has_required(header: Header | None, schema: TableSchema) -> bool:
    return header is not None and all(
        column.name in header.columns for column in schema.columns.values() if column.required
    )
