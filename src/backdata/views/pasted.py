"""Rows that took the place of published ones: a value pasted over the name of their owner, or a whole row pasted over another.

Found by content alone, wherever the rows stand: a published row is gone, and a row of today says in all other cells what it
said, or says word for word what another row says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from backdata.anatomy import statements
from backdata.anatomy.inheritance import by_id
from backdata.model import FACT_TABLES, Row, Table
from backdata.schemas import TableSchema
from backdata.verbs import Source
from backdata.views.differences import NOTHING, Difference

COLUMNS = ("table", "column", "kind", "was")
_FREE = ("item", "reading", "source")  # what editors change in a row when they put it in order


def rows(
    before: Mapping[str, Table],
    differing: Mapping[str, Difference],
    found: Mapping[str, Source],
    schemas: Mapping[str, TableSchema],
) -> Source:
    """One row per cell or row of today that stands where a published row stood."""
    name = "pasted"
    if not before:
        return Source(name, absent=NOTHING)
    looked_at = sum(len(each.published) for each in differing.values())
    shrunk = {row["table"] for row in found["shrunken"].rows}
    changed = {table: each for table, each in differing.items() if each.gone and table not in shrunk}
    if not changed:
        return Source(name, (), COLUMNS, looked_at=looked_at)
    withdrawn = {row.get("id") for row in found["withdrawn"].rows}
    odd = {(row["table"], row["_row"]) for row in found["odd_cells"].rows}
    known = {table: {row.get("id") for row in found[table].rows} for table in schemas}
    terms = {table: by_id(then.rows) for table, then in before.items()}
    made = [
        row
        for table, each in changed.items()
        for row in _of(each, schemas[table], withdrawn, terms)
        if (table, row["_row"]) not in odd and _is_known(row, schemas[table], known)
    ]
    return Source(name, tuple(made), COLUMNS, looked_at=looked_at)


def _of(
    each: Difference, schema: TableSchema, withdrawn: set[str | None], terms: Mapping[str, Mapping[str, Row]]
) -> Iterator[Row]:
    sheet, key = each.sheet, schema.key or ("id",)
    known = {_key(row, key) for row in each.published}
    here = Counter(_key(row, key) for row in sheet.rows)
    gone = [row for row in each.gone if _key(row, key) not in here and row["_id"] not in withdrawn]
    strange = [row for row in each.new if _key(row, key) not in known or here[_key(row, key)] > 1] if gone else []
    told: list[Row] = []
    for row in strange:
        match = [(old, column) for old in gone if (column := _only_difference(old, row, schema, key))]
        if len(match) == 1:
            old, column = match[0]
            gone.remove(old)
            told.append(row)
            yield _row(sheet, row, column, "cell", str(old.get(column)))
    for row in _again(sheet.rows, key, told) if gone else ():
        column = "item" if "item" in key else key[0]
        yield _row(sheet, row, column, "row", _said(sheet.name, gone, terms))


def _again(rows: Sequence[Row], key: Sequence[str], told: Sequence[Row]) -> Iterator[Row]:
    """The rows that have the key of an earlier one; those that were told already do not count."""
    seen = set()
    for row in rows:
        if not any(row is other for other in told):
            if _key(row, key) in seen:
                yield row
            seen.add(_key(row, key))


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
        f"{row['_id']} (“{statements.text(table, row, terms)}”)" if table in FACT_TABLES else str(row["_id"])
        for row in gone[:2]
    ]
    return " and ".join(words) + (f" and {len(gone) - 2} more" if len(gone) > 2 else "")


def _row(sheet: Table, row: Row, column: str, kind: str, was: str) -> Row:
    return {
        "table": sheet.name, "column": column, "kind": kind, "was": was, "now": row.get(column), "_id": row["_id"], "_source": sheet.source,
        "_sheet": sheet.sheet, "_row": row["_row"], "_column": sheet.positions.get(column, 0),
    }  # fmt: skip
