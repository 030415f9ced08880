"""Columns that changed as a whole since they were published: gone with their values, sorted or filled by themselves, exchanged.

Only sheets of which more than a fifth differs are looked at closely: what is done cell by cell on purpose stays below that,
and does not leave a column with the same values in other rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from backdata.anatomy.terms import folded
from backdata.intake import Intake
from backdata.model import Row, Table
from backdata.schemas import TableSchema
from backdata.verbs import Source
from backdata.views.differences import NOTHING, Difference

COLUMNS = ("table", "column", "kind", "count", "exchanged")
_FIFTH, _FEW = 5, 10  # more than a fifth of the published rows, and ten of them at least
_LISTS = {"order"}  # one row more at the top moves all others on


def columns(
    before: Mapping[str, Table],
    differing: Mapping[str, Difference],
    schemas: Mapping[str, TableSchema],
    intake: Intake,
) -> Source:
    """One row per published column that is gone, or that says something else in too many rows at once."""
    name = "columns"
    if not before:
        return Source(name, absent=NOTHING)
    rows = [row for table, each in differing.items() for row in _of(each, schemas[table], intake)]
    looked_at = sum(len(each.columns) for each in differing.values())
    return Source(name, tuple(rows), COLUMNS, looked_at=looked_at)


def _of(each: Difference, schema: TableSchema, intake: Intake) -> Iterator[Row]:
    header = next((row["_row"] for row in intake.headers if row["table"] == schema.name and row["_row"]), 1)
    for column in schema.columns.values():
        values = sum(row.get(column.name) is not None for row in each.published)
        absent = column.name not in each.columns and not column.required
        if values and (absent or (values >= _FEW and each.gone and _is_empty(each.sheet, column.name))):
            yield _row(
                each,
                header,
                column.name,
                "gone" if absent else "emptied",
                f"{values} {'values' if values > 1 else 'value'}",
            )
    for name, other, count in _changed(each, schema):
        yield _row(each, header, name, "exchanged" if other else "changed", f"{count} of {len(each.published)}", other)


def _is_empty(sheet: Table, column: str) -> bool:
    return bool(sheet.rows) and column in sheet.columns and all(row.get(column) is None for row in sheet.rows)


def _row(each: Difference, header: int, column: str, kind: str, count: str, other: str = "") -> Row:
    sheet = each.sheet
    return {
        "table": sheet.name, "column": column, "kind": kind, "count": count,
        "exchanged": f": perhaps its header and “{other}” changed places" if other else "", "_id": f"{sheet.name}.{column}",
        "_source": sheet.source, "_sheet": sheet.sheet, "_row": header, "_column": sheet.positions.get(column, 0),
    }  # fmt: skip


def _changed(each: Difference, schema: TableSchema) -> Sequence[tuple[str, str, int]]:
    """(column, the one it was exchanged with, rows): the one whose values stand in other rows; else the two that were exchanged;
    else the one by which rows are known, if it alone is another; else every column that says something else in too many rows
    that are still known.
    """

    def much(count: int) -> bool:
        return count >= _FEW and count * _FIFTH > len(each.published)

    names = [name for name in each.columns if name not in _LISTS]
    pairs = each.pairs()
    shuffled = [(name, "", count) for name in names if (count := _shuffled(pairs, name)) >= _FEW]
    if len(shuffled) == 1:  # if all are, the ids are
        return shuffled
    if not much(min(len(each.gone), len(each.new))):
        return []
    count, one, other = max((_exchanged(each, one, other), one, other) for one, other in combinations(names, 2))
    if much(count):
        return [(one, other, count)]
    keys = [name for name in names if name in (*schema.key, "id")]
    count, one = max((_alone(each, name), name) for name in keys)
    if much(count):
        return [(one, "", count)]
    counted = ((name, "", sum(_other(old, new, name) for old, new in pairs)) for name in names)
    return [found for found in counted if much(found[2])]


def _other(old: Row, new: Row, column: str) -> bool:
    """Whether one value took the place of another; what was filled in completes the row."""
    return bool(old.get(column)) and bool(new.get(column)) and old.get(column) != new.get(column)


def _shuffled(pairs: Sequence[tuple[Row, Row]], column: str) -> int:
    """Rows that hold another value of the column, where all together still hold the same values."""
    changed = [(old.get(column), new.get(column)) for old, new in pairs if old.get(column) != new.get(column)]
    same = Counter(old for old, _ in changed) == Counter(new for _, new in changed)
    return len(changed) if same else 0


def _exchanged(each: Difference, one: str, other: str) -> int:
    """Rows that say what a published one said if the values of two columns change places."""
    rest = [column for column in each.columns if column not in (one, other, *_LISTS)]
    then: dict[tuple[str | None, ...], int] = {}
    for row in each.gone:
        said = (_bare(row.get(one)), _bare(row.get(other)), *[row.get(column) for column in rest])
        then[said] = then.get(said, 0) + 1
    count = 0
    for row in each.new:
        said = (_bare(row.get(other)), _bare(row.get(one)), *[row.get(column) for column in rest])
        if then.get(said, 0) and said[0] != said[1]:
            then[said] -= 1
            count += 1
    return count


def _bare(value: str | None) -> str | None:
    """A value as it is compared: its dashes and capitals were read as those of another column."""
    return None if value is None else folded(value)


def _alone(each: Difference, column: str) -> int:
    """Rows that say what a published one said in all but one column."""
    rest = [name for name in each.columns if name not in (column, *_LISTS)]
    then: dict[tuple[str | None, ...], list[Row]] = {}
    for row in each.gone:
        then.setdefault(tuple([row.get(name) for name in rest]), []).append(row)
    count = 0
    for row in each.new:
        olds = then.get(tuple([row.get(name) for name in rest]))
        if olds:
            count += _other(olds.pop(), row, column)
    return count
