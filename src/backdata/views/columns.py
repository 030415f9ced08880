"""What the view of every table knows of each column: unknown terms, strangers in lists, places of repetition, faults of levels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from backdata.anatomy import levels
from backdata.anatomy.terms import Terms
from backdata.intake.resolve import level_kind
from backdata.schemas import ColumnSchema, TableSchema
from backdata.verbs import Source, View


def all_columns(view: View, schema: TableSchema, found: Mapping[str, Source]) -> View:
    """What every column of a kind has: unknown terms, strangers in lists, places of repetition, faults of levels."""
    for column in schema.columns.values():
        if column.refers_to:
            view = _references(view, column, found)
        if column.each:
            view = view.parsed(f"{column.name}_strange", (column.name,), _leftover(set(column.each), column))
        if column.unique:
            view = _repeated(view, column.name, schema)
        if column.levels:
            view = _levels(view, column.name, column.levels)
    return view.first("key_first", *schema.key) if schema.key else view


def _repeated(view: View, column: str, schema: TableSchema) -> View:
    """Where the value of a column stood first; a row that repeats a whole earlier row is told of at its first column only."""
    before = [name for name in schema.columns if schema.columns[name].unique and f"{name}_first" in view.columns]
    view = view.first(f"{column}_first", column)
    if not before:
        return view
    return view.parsed(
        f"{column}_first",
        ("_row", f"{column}_first", f"{before[0]}_first"),
        lambda row, here, there: row if here == there else here,
        kind="whole",
    )


def _references(view: View, column: ColumnSchema, found: Mapping[str, Source]) -> View:
    names, tables = (f"{column.name}_unknown", f"{column.name}_ambiguous"), column.refers_to
    absent = (found[table].absent or found[table].missing.get("id", "") for table in tables)
    if reason := next((reason for reason in absent if reason), ""):
        return replace(view, off={**view.off, **dict.fromkeys(names, reason)})
    known = {row.get("id") for table in tables for row in found[table].rows}
    if "muscles" in tables:  # a muscle that is missing from the sheet is told once, at its row of the inventory
        known |= {row.get("muscle") for row in found["inventory"].rows}
    known |= {row["term"] for row in found["published"].rows}  # rows that are gone, told once for all that name them
    strangers = _leftover(known, column)
    vocabulary = cache(lambda: Terms(row for table in tables for row in found[table].rows))  # few cells need it

    def read(cell: str | None) -> tuple[str | None, str | None]:
        """What of a cell is unknown, and who may be meant where several are called so."""
        strange = strangers(cell)
        if strange is None:
            return None, None
        terms, parts = vocabulary(), column.parts(strange)
        meant = [terms.named(part) for part in parts]
        unknown = [part for part, ids in zip(parts, meant, strict=True) if len(ids) < 2]
        several = [" or ".join(terms.ids[id] for id in ids) for ids in meant if len(ids) > 1]
        return column.list.join(unknown) or None, "; ".join(several) or None

    return view.parsed(names, (column.name,), read)


def _leftover(known: set[Any], column: ColumnSchema) -> Callable[[str | None], str | None]:
    """What of a cell is not among the known values, as text; None when all is."""

    def read(cell: str | None) -> str | None:
        return column.list.join(part for part in column.parts(cell) if part not in known) or None

    return read


def _levels(view: View, column: str, kind: str) -> View:
    if kind == "structure":
        view = view.lookup("structures", "structure", {"levels_of": "levels_of"})
        columns: tuple[str, ...] = (column, "levels_of")
    else:
        columns = (column,)

    def read(cell: str | None, levels_of: str | None = None) -> tuple[str | None, str | None]:
        counted = level_kind(kind, levels_of)
        if cell is None or not counted:
            return None, None
        try:
            levels.parse(cell, counted)
        except levels.LevelError as error:
            return error.fault, str(error)
        return None, None

    return view.parsed((f"{column}_fault", f"{column}_why"), columns, read)
