"""The sheets of today against what was published: the rows on either side that the other side does not have, and who became whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from backdata.model import Row, Table

NOTHING = "there is no earlier publication to compare with"
_LOCAL = {"exceptions", "withdrawn"}  # what they say is of the day


@dataclass(frozen=True)
class Difference:
    """One sheet against its published rows. Rows that say the same in every column are on neither side, wherever they stand."""

    sheet: Table
    columns: tuple[str, ...]  # those that the sheet still has
    published: tuple[Row, ...]
    gone: tuple[Row, ...]  # published rows that no row of today repeats
    new: tuple[Row, ...]  # rows of today that no published row says

    def pairs(self) -> list[tuple[Row, Row]]:
        """Published rows with what became of them: of one id, reading and source, or the only ones of one id and reading."""
        found: list[tuple[Row, Row]] = []
        then, now = list(self.gone), list(self.new)
        for key in (("_id", "reading", "source"), ("_id", "reading")):
            olds, news = _single(then, key), _single(now, key)
            both = [(old, news[each]) for each, old in olds.items() if each in news]
            found += both
            paired = {id(row) for pair in both for row in pair}
            then, now = ([row for row in rows if id(row) not in paired] for rows in (then, now))
        return found


def differences(before: Mapping[str, Table], tables: Mapping[str, Table]) -> dict[str, Difference]:
    """Table → what differs in it, for the tables that a sheet of today and the last publication both have."""
    return {
        name: _difference(sheet, before[name].rows)
        for name, sheet in tables.items()
        if name in before and name not in _LOCAL and sheet.columns
    }


def _difference(sheet: Table, published: tuple[Row, ...]) -> Difference:
    then, now = ([_said(row, sheet.columns) for row in rows] for rows in (published, sheet.rows))
    gone = tuple(_without(zip(then, published, strict=True), Counter(now)))
    new = tuple(_without(zip(now, sheet.rows, strict=True), Counter(then))) if gone or len(now) != len(then) else ()
    return Difference(sheet, sheet.columns, published, gone, new)


def _said(row: Row, columns: Iterable[str]) -> tuple[str | None, ...]:
    return tuple([row.get(column) for column in columns])


def _without(
    rows: Iterable[tuple[tuple[str | None, ...], Row]], others: Counter[tuple[str | None, ...]]
) -> Iterator[Row]:
    """The rows that ``others`` do not repeat, each as often as it stands there."""
    for said, row in rows:
        if others[said] > 0:
            others[said] -= 1
        else:
            yield row


def _single(rows: Iterable[Row], key: tuple[str, ...]) -> dict[tuple[str | None, ...], Row]:
    """Rows by their key, without those whose key occurs twice."""
    found: dict[tuple[str | None, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(_said(row, key), []).append(row)
    return {each: rows[0] for each, rows in found.items() if len(rows) == 1}
