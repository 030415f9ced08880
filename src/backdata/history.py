"""What was published before and is gone: one row per muscle, group and question (muscle × topic) of the last publication.

A reading that was published and vanished without a word leaves learners with cards that nobody keeps. Its row is gone, so it is
told at the muscle, unless another finding tells of the loss already: a gap in the numbering, a muscle without any origin, a
misspelt name that took a row elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from backdata.anatomy.inheritance import number
from backdata.model import FACT_TABLES, Row, Table, topic_of
from backdata.verbs import Source

COLUMNS = ("id", "muscle_name", "gone")
_Question = tuple[str, str]
_Readings = dict[_Question, dict[tuple[str, str], Row]]  # question → (item, source) → row


def lost(before: Mapping[str, Table], found: Mapping[str, Source], tables: Mapping[str, Table]) -> Source:
    """What was published and is gone; ``tables`` are today's, for addresses."""
    name = "published"
    if not before:
        return Source(name, absent="there is no earlier publication to compare with")
    if "muscles" not in tables or "groups" not in tables:
        return Source(name, absent="the sheet muscles or groups is missing")
    today = _Today(found, tables)
    rows = [today.owner(row) for table in ("muscles", "groups") for row in before[table].rows if row["id"]]
    for table in FACT_TABLES:
        if table in tables:
            now = _readings(table, found[table].rows)
            strays = any(today.is_stray(row) for row in found[table].rows)
            for question, readings in _readings(table, before[table].rows).items():
                if question[0] in today.owners:
                    rows.append(today.question(question, readings, now.get(question, {}), strays))
    return Source(name, tuple(rows), COLUMNS)


class _Today:
    """What stands in the sheets now, and what other findings tell of."""

    def __init__(self, found: Mapping[str, Source], tables: Mapping[str, Table]) -> None:
        self.tables = tables
        self.owners = {
            row["id"]: (table, row) for table in ("groups", "muscles") for row in tables[table].rows if row.get("id")
        }
        self.inventory = {row.get("muscle") for row in found["inventory"].rows}
        self.withdrawn = {row.get("id") for row in found["withdrawn"].rows}
        self.owes = {row["id"]: row for row in found["completeness"].rows}

    def is_stray(self, row: Row) -> bool:
        """Whether a misspelt word took a row away from its question."""
        return row.get("muscle") not in self.owners or row.get("end", "origin") not in ("origin", "insertion")

    def owner(self, row: Row) -> Row:
        """A published muscle or group: gone if it is nowhere, not even in the inventory, which would tell of it."""
        gone = row["id"] not in self.owners.keys() | self.inventory | self.withdrawn
        return self._row(
            row["id"], str(row.get("name") or row["id"]), "all that was published about it" if gone else None
        )

    def question(
        self, question: _Question, then: Mapping[tuple[str, str], Row], now: Mapping[tuple[str, str], Row], strays: bool
    ) -> Row:
        """A published question: its readings that are gone, unless another finding tells of them."""
        muscle, topic = question
        gone = [key for key in then if key not in now and f"{muscle}.{topic}.{key[0]}" not in self.withdrawn]
        owes = self.owes.get(muscle, {})
        told = (
            strays
            or len(now) >= len(then)
            or _has_a_gap(now, sum(f"{muscle}.{topic}.{key[0]}" in self.withdrawn for key in then))
            or owes.get(topic)
        )
        words = ", ".join(f"item {item} after {source}" for item, source in gone)
        name = str(self.owners[muscle][1].get("name") or muscle)
        return self._row(
            muscle, name, None if told or not gone else f"of its {topic.replace('_', ' ')}, {words}", topic
        )

    def _row(self, id: str, name: str, gone: str | None, topic: str = "") -> Row:
        table, row = self.owners.get(id, ("muscles", {}))
        sheet = self.tables[table]
        return {
            "id": id, "muscle_name": name, "gone": gone, "_id": f"{id}.{topic}" if topic else id, "_source": sheet.source,
            "_sheet": sheet.sheet, "_row": row.get("_row", 0), "_column": sheet.positions.get("id", 0) if row else 0,
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
