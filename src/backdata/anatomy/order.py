"""The order in which tables are published, however the sheets are sorted: as the body has it, where rows are about muscles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from backdata import schemas
from backdata.model import Group, Muscle, Row
from backdata.schemas import ColumnSchema, TableSchema

_Place: TypeAlias = tuple[int, int, str]


def in_order(
    tables: Mapping[str, tuple[Row, ...]], groups: Mapping[str, Group], muscles: Mapping[str, Muscle]
) -> dict[str, tuple[Row, ...]]:
    """The tables with their rows by key: subjects as ``groups`` and ``muscles`` stand, closed lists as listed, ids as written."""
    subjects = {id: place for place, id in enumerate(_subjects(groups, muscles))}
    return {name: tuple(sorted(rows, key=_key(schemas.tables()[name], subjects))) for name, rows in tables.items()}


def _subjects(groups: Mapping[str, Group], muscles: Mapping[str, Muscle]) -> list[str]:
    """Groups and muscles in one row: after each group its own muscles."""
    return [
        id for group in groups for id in (group, *(muscle.id for muscle in muscles.values() if muscle.group == group))
    ]


def _key(schema: TableSchema, subjects: Mapping[str, int]) -> Callable[[Row], list[_Place]]:
    first = schema.key or tuple(name for name in schema.columns if f"{{{name}}}" in schema.row_id)
    columns = [schema.columns[name] for name in (*first, *(name for name in schema.columns if name not in first))]
    return lambda row: [_place(column, row.get(column.name), subjects) for column in columns]


def _place(column: ColumnSchema, value: str | None, subjects: Mapping[str, int]) -> _Place:
    if not value:
        return 0, 0, ""
    if column.name in ("id", "muscle", "row_id") and value in subjects:
        return 1, subjects[value], ""
    if value in column.allowed:
        return 1, column.allowed.index(value), ""
    return (1, int(value), "") if value.isascii() and value.isdigit() else (2, 0, value)
