"""The published tables as SQLite has them: strict types, keys, and a check wherever a list of words is closed.

A column of lists has, beside its text, a table of its own with one value per row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from backdata import tabular
from backdata.schemas import ColumnSchema, TableSchema

_TYPES = {"integer": "INTEGER", "boolean": "INTEGER"}


def table(table: TableSchema) -> str:
    """The statement that makes a table; a row whose key may have blanks has no primary key."""
    columns = [_column(column, table) for column in table.columns.values()]
    kind = "UNIQUE" if any(table.columns[part].nullable for part in table.key) else "PRIMARY KEY"
    return f'CREATE TABLE "{table.name}" (\n  {_lines([*columns, f"{kind} ({_names(table.key)})"])}\n) STRICT'


def list_table(table: TableSchema, column: ColumnSchema) -> str:
    """The table of one column of lists: the key of the row, the place in the list, and the value that stands there."""
    keys = [f"{_names([part])} {_type(table.columns[part])} NOT NULL" for part in table.key]
    value = f"value TEXT NOT NULL{_reference(column)}{_closed('value', column.each)}"
    key = _names(table.key)
    constraints = [f"PRIMARY KEY ({key}, position)", f'FOREIGN KEY ({key}) REFERENCES "{table.name}" ({key})']
    lines = _lines([*keys, "position INTEGER NOT NULL", value, *constraints])
    return f'CREATE TABLE "{table.name}_{column.name}" (\n  {lines}\n) STRICT, WITHOUT ROWID'


def name(column: str) -> str:
    """A column as the database calls it: like in CSV, small and without spaces."""
    return column.lower().replace(" ", "_")


def stored(column: ColumnSchema, text: str | None) -> Any:
    """The value of a published cell as SQLite keeps it."""
    value = tabular.value(column, text)
    return text if isinstance(value, list | dt.date) else value


def _column(column: ColumnSchema, table: TableSchema) -> str:
    quoted = _names([column.name])
    filled = "" if column.nullable else " NOT NULL"
    unique = " UNIQUE" if column.unique and table.key != (column.name,) else ""
    reference = "" if column.list else _reference(column)
    return f"{quoted} {_type(column)}{filled}{unique}{reference}{_check(quoted, column)}"


def _type(column: ColumnSchema) -> str:
    return _TYPES.get(tabular.type_of(column), "TEXT")


def _check(quoted: str, column: ColumnSchema) -> str:
    match tabular.type_of(column):
        case "boolean":
            return f" CHECK ({quoted} IN (0, 1))"
        case "date":
            return f" CHECK ({quoted} IS date({quoted}))"
    return _closed(quoted, column.allowed)


def _closed(quoted: str, words: Iterable[str]) -> str:
    listed = ", ".join(f"'{word}'" for word in words)
    return f" CHECK ({quoted} IN ({listed}))" if listed else ""


def _reference(column: ColumnSchema) -> str:
    if home := tabular.BY_NAME.get(column.name):
        return f" REFERENCES {home} (name)"
    if not column.refers_to:
        return ""
    return f" REFERENCES {column.refers_to[0] if len(column.refers_to) == 1 else 'subjects'} (id)"


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name(column)}"' for column in columns)


def _lines(parts: Iterable[str]) -> str:
    return ",\n  ".join(parts)
