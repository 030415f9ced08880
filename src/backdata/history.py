"""What was published before and is gone: one row per question (muscle × topic) of the last publication.

A reading that was published and vanished without a word leaves learners with cards that nobody keeps. Its row is gone, so it is
told at the muscle. Where another finding tells of the loss already (a gap in the numbering, a muscle without any origin, a
misspelt name that took a row elsewhere), the row says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from backdata.anatomy.atlas import FACT_TABLES, topic_of
from backdata.model import Row, Table
from backdata.verbs import Source

COLUMNS = ("id", "muscle_name", "topic", "gone", "told")
_Question = tuple[str, str]
_Readings = dict[_Question, dict[tuple[str, str], Row]]  # question → (item, source) → row


def lost(before: Mapping[str, Table], found: Mapping[str, Source], tables: Mapping[str, Table]) -> Source:
    """The questions that were published, each with the readings that are gone; ``tables`` are today's, for addresses."""
    name = "published"
    owners = {
        row["id"]: (table, row)
        for table in ("groups", "muscles")
        if table in tables
        for row in tables[table].rows
        if row.get("id")
    }
    if not before or not owners:
        return Source(
            name, absent="there is no earlier publication to compare with" if not before else "there are no muscles"
        )
    withdrawn = {row.get("id") for row in found["withdrawn"].rows}
    owes = {row["id"]: row for row in found["completeness"].rows}
    rows: list[Row] = []
    for fact_table in FACT_TABLES:
        then, now = before[fact_table].rows, found[fact_table].rows
        old, new = _readings(fact_table, then), _readings(fact_table, now)
        fewer = fact_table in tables and len(now) < len(then)
        for (muscle, topic), readings in old.items():
            if muscle not in owners:
                continue  # the inventory tells of it
            kept = new.get((muscle, topic), {})
            gone = [
                row
                for key, row in readings.items()
                if key not in kept and f"{muscle}.{topic}.{key[0]}" not in withdrawn
            ]
            told = (
                not fewer
                or _has_a_gap(kept)
                or bool(owes.get(muscle, {}).get(topic))
                or _lacks_a_motor_nerve(owes, muscle, topic)
            )
            table, owner = owners[muscle]
            rows.append({
                "id": muscle, "muscle_name": owner.get("name") or muscle, "topic": topic.replace("_", " "),
                "gone": "; ".join(f"item {row['item']} after {row['source']}" for row in gone) or None,
                "told": "yes" if told else "no", "_id": f"{muscle}.{topic}", "_source": tables[table].source,
                "_sheet": tables[table].sheet, "_row": owner["_row"], "_column": tables[table].positions.get("id", 0),
            })  # fmt: skip
    return Source(name, tuple(rows), COLUMNS)


def _readings(table: str, rows: Iterable[Row]) -> _Readings:
    found: _Readings = {}
    for row in rows:
        if row.get("muscle"):
            key = (row.get("item") or "", row.get("source") or "")
            found.setdefault((row["muscle"], topic_of(table, row)), {})[key] = row
    return found


def _has_a_gap(readings: Mapping[tuple[str, str], Row]) -> bool:
    items = {int(item) for item, _ in readings if item.isdigit()}
    only_alternatives = {item for item, _ in readings} - {
        item for (item, _), row in readings.items() if row.get("reading") != "alternative"
    }
    return bool(only_alternatives) or (bool(items) and max(items) > len(items))


def _lacks_a_motor_nerve(owes: Mapping[str, Row], muscle: str, topic: str) -> bool:
    return topic == "innervation" and bool(owes.get(muscle, {}).get("motor_nerve"))
