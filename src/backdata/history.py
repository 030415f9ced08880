"""What was published before, held against what the sheets say now: facts that are gone, sheets that shrank, words that changed.

A reading that was published and vanished without a word leaves learners with cards that nobody keeps. Its row is gone, so it is
told at the muscle, unless another finding tells of the loss already: a gap in the numbering, a muscle without any origin, a
misspelt name that took the row elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from backdata.anatomy import statements
from backdata.anatomy.inheritance import by_id, number
from backdata.model import FACT_TABLES, TABLE_OF, Row, Table, topic_of
from backdata.verbs import Source

COLUMNS = ("id", "gone", "withdraw")
SHRUNKEN = ("table", "missed")
NOTHING = "there is no earlier publication to compare with"
_FIFTH, _FEW = 5, 3  # what is more than a fifth of a sheet, and more than two rows, is no correction
_Question: TypeAlias = tuple[str, str]
_Readings: TypeAlias = dict[_Question, dict[tuple[str, str], Row]]  # question → (item, source) → row


def lost(before: Mapping[str, Table], found: Mapping[str, Source], tables: Mapping[str, Table]) -> Source:
    """One row per published fact, muscle and group: whether it is gone. ``tables`` are today's, for addresses."""
    name = "published"
    if not before:
        return Source(name, absent=NOTHING)
    if "muscles" not in tables or "groups" not in tables:
        return Source(name, absent="the sheet muscles or groups is missing")
    today = _Today(before, found, tables)
    rows = [today.owner(row) for table in ("muscles", "groups") for row in before[table].rows if row["id"]]
    for table in FACT_TABLES:
        if table in tables:
            now = _readings(table, found[table].rows)
            strays = {(row.get("item"), row.get("source")) for row in found[table].rows if today.is_stray(row)}
            for question, readings in _readings(table, before[table].rows).items():
                if question[0] in today.owners:
                    rows += today.facts(question, readings, now.get(question, {}), strays)
    return Source(name, tuple(rows), COLUMNS)


def shrunken(before: Mapping[str, Table], found: Mapping[str, Source], tables: Mapping[str, Table]) -> Source:
    """One row per published table: how many of its rows are gone, if they are more than a fifth."""
    name = "shrunken"
    if not before:
        return Source(name, absent=NOTHING)
    withdrawn = {row.get("id") for row in found["withdrawn"].rows}
    rows = []
    for table, sheet in tables.items():
        then = Counter(row["_id"] for row in before[table].rows if row["_id"] not in withdrawn)
        gone = (then - Counter(row["_id"] for row in sheet.rows)).total()
        much = table != "exceptions" and bool(sheet.rows) and gone >= _FEW and gone * _FIFTH > then.total()
        rows.append({
            "table": table, "missed": f"{gone} of {then.total()} rows" if much else None, "_id": table, "_source": sheet.source,
            "_sheet": sheet.sheet, "_row": 0, "_column": 0,
        })  # fmt: skip
    return Source(name, tuple(rows), SHRUNKEN)


class _Today:
    """What stands in the sheets now, and what other findings tell of."""

    def __init__(self, before: Mapping[str, Table], found: Mapping[str, Source], tables: Mapping[str, Table]) -> None:
        self.tables = tables
        self.owners = {
            row["id"]: (table, row) for table in ("groups", "muscles") for row in tables[table].rows if row.get("id")
        }
        self.inventory = {row.get("muscle") for row in found["inventory"].rows}
        self.withdrawn = {row.get("id") for row in found["withdrawn"].rows}
        self.owes = {row["id"]: row for row in found["completeness"].rows}
        self.terms = {name: by_id(table.rows) for name, table in before.items()}

    def is_stray(self, row: Row) -> bool:
        """Whether a misspelt word took a row away from its question."""
        return row.get("muscle") not in self.owners or row.get("end", "origin") not in ("origin", "insertion")

    def owner(self, row: Row) -> Row:
        """A published muscle or group: gone if it is nowhere, not even in the inventory, which would tell of it."""
        gone = row["id"] not in self.owners.keys() | self.inventory | self.withdrawn
        said = f"{row.get('name') or row['id']}, with all that was published about it,"
        return self._row(row["id"], row["id"], said if gone else None)

    def facts(
        self,
        question: _Question,
        then: Mapping[tuple[str, str], Row],
        now: Mapping[tuple[str, str], Row],
        strays: set[tuple[str | None, str | None]],
    ) -> Iterator[Row]:
        """The published items of a question: those whose readings are gone, unless another finding tells of them."""
        muscle, topic = question
        withdrawn = {item for item, _ in then if f"{muscle}.{topic}.{item}" in self.withdrawn}
        told = _has_a_gap(now, len(withdrawn)) or bool(self.owes.get(muscle, {}).get(topic))
        still_said = [statements.content(TABLE_OF[topic], row) for row in now.values()]
        for item in dict.fromkeys(item for item, _ in then):
            readings = [row for (its, source), row in then.items() if its == item and (its, source) not in now]
            left = sum(its == item for its, _ in now)
            gone = [
                row
                for row in readings
                if (item, row.get("source")) not in strays
                and (left or statements.content(TABLE_OF[topic], row) not in still_said)
            ]
            replaced = left >= sum(its == item for its, _ in then)
            silent = told or item in withdrawn or replaced or not gone
            yield self._row(muscle, f"{muscle}.{topic}.{item}", None if silent else self._said(question, item, gone))

    def _said(self, question: _Question, item: str, gone: Iterable[Row]) -> str:
        muscle, topic = question
        sources = self.terms["sources"]
        name = self.owners[muscle][1].get("name") or muscle
        read = " and ".join(
            f"“{statements.text(topic, row, self.terms)}” after {sources.get(row['source'] or '', {}).get('name') or row['source']}"
            for row in gone
        )
        return f"Item {item} of the {topic.replace('_', ' ')} of {name}, {read},"

    def _row(self, id: str, fact: str, gone: str | None) -> Row:
        table, row = self.owners.get(id, ("muscles", {}))
        sheet = self.tables[table]
        return {
            "id": id, "gone": gone, "withdraw": fact, "_id": fact, "_source": sheet.source, "_sheet": sheet.sheet,
            "_row": row.get("_row", 0), "_column": sheet.positions.get("id", 0) if row else 0,
        }  # fmt: skip


def _readings(table: str, rows: Iterable[Row]) -> _Readings:
    found: _Readings = {}
    for row in rows:
        if row.get("muscle"):
            key = (row.get("item") or "", row.get("source") or "")
            found.setdefault((row["muscle"], topic_of(table, row)), {})[key] = row
    return found


def _has_a_gap(readings: Mapping[tuple[str, str], Row], withdrawn: int) -> bool:
    items = {number(item) or 0 for item, _ in readings}
    only_alternatives = {item for item, _ in readings} - {
        item for (item, _), row in readings.items() if row.get("reading") != "alternative"
    }
    return bool(only_alternatives) or (bool(items) and max(items) > len(items) + withdrawn)
