"""Rows that took the place of published ones: a value pasted over the name of their owner, or a whole row pasted over another.

Found by content alone, wherever the rows stand: a published row is gone, and a row of today says in all other cells what it
said, or says word for word what another row says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from backdata.anatomy import statements
from backdata.anatomy.inheritance import by_id
from backdata.history import NOTHING
from backdata.model import FACT_TABLES, Row, Table, topic_of
from backdata.schemas import TableSchema
from backdata.verbs import Source

COLUMNS = ("table", "column", "kind", "was")
_FREE = ("item", "reading", "source")  # what editors change in a row when they put it in order


def rows(
    before: Mapping[str, Table],
    found: Mapping[str, Source],
    tables: Mapping[str, Table],
    schemas: Mapping[str, TableSchema],
) -> Source:
    """One row per cell or row of today that stands where a published row stood. ``tables`` are today's, for addresses."""
    name = "pasted"
    if not before:
        return Source(name, absent=NOTHING)
    withdrawn = {row.get("id") for row in found["withdrawn"].rows}
    odd = {(row["table"], row["_row"]) for row in found["odd_cells"].rows}
    known = {table: {row.get("id") for row in sheet.rows} for table, sheet in tables.items()}
    terms = {table: by_id(then.rows) for table, then in before.items()}
    shrunk = {row["table"] for row in found["shrunken"].rows if row["missed"]}
    made = [
        row
        for table, sheet in tables.items()
        if table not in shrunk | {"exceptions", "withdrawn"}
        for row in _of(sheet, before[table], schemas[table], withdrawn, terms)
        if (table, row["_row"]) not in odd and _is_known(row, schemas[table], known)
    ]
    return Source(name, tuple(made), COLUMNS)


def _of(
    sheet: Table, then: Table, schema: TableSchema, withdrawn: set[str | None], terms: Mapping[str, Mapping[str, Row]]
) -> Iterator[Row]:
    key = schema.key or ("id",)
    known = {_key(row, key) for row in then.rows}
    here = {_key(row, key) for row in sheet.rows}
    gone = [row for row in then.rows if _key(row, key) not in here and row["_id"] not in withdrawn]
    twice, seen = [], set()
    for row in sheet.rows:
        twice += [row] if _key(row, key) in seen else []
        seen.add(_key(row, key))
    for row in [*(row for row in sheet.rows if _key(row, key) not in known), *twice]:
        match = [(old, column) for old in gone if (column := _only_difference(old, row, schema, key))]
        if len(match) == 1:
            old, column = match[0]
            gone.remove(old)
            twice = [other for other in twice if other is not row]
            yield _row(sheet, row, column, "cell", str(old.get(column)))
    for row in twice if gone else ():
        column = "item" if "item" in key else key[0]
        yield _row(sheet, row, column, "row", _said(sheet.name, gone, terms))


def _is_known(made: Row, schema: TableSchema, known: Mapping[str, set[str | None]]) -> bool:
    """Whether the name that now stands there is one: a misspelt or blank one is told as such."""
    column = schema.columns[made["column"]]
    if column.refers_to:
        return any(made["now"] in known.get(table, ()) for table in column.refers_to)
    return made["now"] in column.allowed if column.allowed else made["now"] is not None


def _key(row: Row, key: Sequence[str]) -> tuple[str | None, ...]:
    return tuple(row.get(column) for column in key)


def _only_difference(old: Row, new: Row, schema: TableSchema, key: Sequence[str]) -> str:
    """The one column in which two rows differ, if it is part of their key and names what they are about."""
    other = [column for column in schema.columns if old.get(column) != new.get(column)]
    return other[0] if len(other) == 1 and other[0] in key and other[0] not in _FREE else ""


def _said(table: str, gone: Sequence[Row], terms: Mapping[str, Mapping[str, Row]]) -> str:
    words = [
        f"{row['_id']} (“{statements.text(topic_of(table, row), row, terms)}”)"
        if table in FACT_TABLES
        else str(row["_id"])
        for row in gone[:2]
    ]
    return " and ".join(words) + (f" and {len(gone) - 2} more" if len(gone) > 2 else "")


def _row(sheet: Table, row: Row, column: str, kind: str, was: str) -> Row:
    return {
        "table": sheet.name, "column": column, "kind": kind, "was": was, "now": row.get(column), "_id": row["_id"], "_source": sheet.source,
        "_sheet": sheet.sheet, "_row": row["_row"], "_column": sheet.positions.get(column, 0),
    }  # fmt: skip
