"""What was published before and is gone: facts, links, territories and terms whose rows nobody has withdrawn, and sheets that shrank.

A reading that was published and vanished without a word leaves learners with cards that nobody keeps. Its row is gone, so it is
told at the muscle or the vessel, unless another finding tells of the loss already: a gap in the numbering, a muscle without any
origin, a misspelt name that took the row elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from backdata.anatomy import statements
from backdata.anatomy.inheritance import by_id, number
from backdata.model import FACT_TABLES, Row, Table, topic_of
from backdata.schemas import ColumnSchema, TableSchema
from backdata.verbs import Source
from backdata.views.differences import NOTHING, Difference
from backdata.views.items import QUESTIONS

COLUMNS = ("id", "gone", "withdraw", "term")
SHRUNKEN = ("table", "missed")
_FIFTH, _FEW = 5, 3  # what is more than a fifth of a sheet, and more than two rows, is no correction
_Question: TypeAlias = tuple[str | None, ...]
_Readings: TypeAlias = dict[_Question, dict[tuple[str, str], Row]]  # question → (item, source) → row


def in_force(exceptions: Source, before: Mapping[str, Table]) -> Source:
    """The exceptions of the sheet; those that were published, as long as the sheet cannot be read."""
    unreadable = exceptions.missing or (not exceptions.rows and "missing" in exceptions.absent)
    if not before or not unreadable:
        return exceptions
    return Source(exceptions.name, before["exceptions"].rows, before["exceptions"].columns)


def lost(
    before: Mapping[str, Table],
    differing: Mapping[str, Difference],
    found: Mapping[str, Source],
    schemas: Mapping[str, TableSchema],
) -> Source:
    """One row per published fact and term that is gone, and per term whose row has lost its id (``gone`` is null then)."""
    name = "published"
    if not before:
        return Source(name, absent=NOTHING)
    if not {"muscles", "groups"} <= differing.keys():
        return Source(name, absent="the sheet muscles or groups is missing")
    today = _Today(before, differing, found, schemas)
    rows = [row for table, each in differing.items() if "name" in schemas[table].columns for row in today.terms(each)]
    for table in QUESTIONS:
        if table in differing:
            rows += today.facts(differing[table])
    looked_at = sum(len(each.published) for each in differing.values())
    return Source(name, tuple(rows), COLUMNS, looked_at=looked_at)


def shrunken(before: Mapping[str, Table], differing: Mapping[str, Difference], found: Mapping[str, Source]) -> Source:
    """One row per published table of which more than a fifth of the rows is gone."""
    name = "shrunken"
    if not before:
        return Source(name, absent=NOTHING)
    withdrawn = {row.get("id") for row in found["withdrawn"].rows}
    told = {row["table"] for row in found["files"].rows if row["problem"] == "no rows"}
    rows = []
    for table, each in differing.items():
        gone = (Counter(row["_id"] for row in each.gone) - Counter(row["_id"] for row in each.new)).total()
        if table in told or gone < _FEW:
            continue
        gone -= sum(row["_id"] in withdrawn for row in each.gone)
        kept = sum(row["_id"] not in withdrawn for row in each.published)
        if gone >= _FEW and gone * _FIFTH > kept:
            rows.append({
                "table": table, "missed": f"{gone} of {kept} rows", "_id": table, "_source": each.sheet.source,
                "_sheet": each.sheet.sheet, "_row": 0, "_column": 0,
            })  # fmt: skip
    return Source(name, tuple(rows), SHRUNKEN, looked_at=len(differing))


class _Today:
    """What stands in the sheets now, and what other findings tell of."""

    def __init__(
        self,
        before: Mapping[str, Table],
        differing: Mapping[str, Difference],
        found: Mapping[str, Source],
        schemas: Mapping[str, TableSchema],
    ) -> None:
        self.before, self.differing, self.found, self.schemas = before, differing, found, schemas
        self.inventory = {row.get("muscle") for row in found["inventory"].rows}
        self.withdrawn = {row.get("id") for row in found["withdrawn"].rows}

    def terms(self, each: Difference) -> Iterator[Row]:
        """The published terms of a sheet that are nowhere now, not even in the inventory, which would tell of them."""
        table = each.sheet
        if not each.gone or not table.rows:
            return
        known = {row.get("id") for row in table.rows} | self.withdrawn
        nameless = {row.get("name") for row in each.new if not row.get("id")}
        for row in each.gone:
            if row["id"] and row["id"] not in known and not (table.name == "muscles" and row["id"] in self.inventory):
                said = row.get("name") or row["id"]
                if table.name in ("muscles", "groups"):
                    said = f"{said}, with all that was published about it,"
                elif uses := self._uses(table.name, row["id"]):
                    said = f"{said}, which {uses} {'cells name' if uses > 1 else 'cell names'},"
                yield _row(table, {}, row["id"], row["id"], None if row.get("name") in nameless else said, True)

    def facts(self, each: Difference) -> Iterator[Row]:
        """The published items of the questions in which a row is gone, unless another finding tells of them."""
        table = each.sheet.name
        asked = {_question(table, row) for row in each.gone}
        if not asked or not each.sheet.rows:
            return
        then, now = (_readings(table, rows, asked) for rows in (each.published, each.sheet.rows))
        strays = {(row.get("item"), row.get("source")) for row in each.new if self._is_stray(table, row)}
        for question, readings in then.items():
            yield from self._of(table, question, readings, now.get(question, {}), strays)

    def _of(
        self,
        table: str,
        question: _Question,
        then: Mapping[tuple[str, str], Row],
        now: Mapping[tuple[str, str], Row],
        strays: set[tuple[str | None, str | None]],
    ) -> Iterator[Row]:
        withdrawn = {item for (item, _), row in then.items() if row["_id"] in self.withdrawn}
        owes = by_id(self.found["completeness"].rows).get(question[0] or "", {}) if table in FACT_TABLES else {}
        told = _has_a_gap(now, len(withdrawn)) or _owed(table, then, owes)
        still_said = [statements.content(table, row) for row in now.values()]
        for item in dict.fromkeys(item for item, _ in then):
            readings = {source: row for (its, source), row in then.items() if its == item}
            left = sum(its == item for its, _ in now)
            gone = [
                row
                for source, row in readings.items()
                if (item, source) not in now
                and (item, row.get("source")) not in strays
                and (left or statements.content(table, row) not in still_said)
            ]
            home, owner = self._owner(table, gone[0]) if gone else ("", None)
            if owner is not None and not (told or item in withdrawn or left >= len(readings)):
                yield _row(
                    self.differing[home].sheet, owner, owner["id"], gone[0]["_id"], self._said(table, gone, owner)
                )

    def _owner(self, table: str, row: Row) -> tuple[str, Row | None]:
        """Where a person looks for a fact: the row of its muscle, group or vessel, if there is one."""
        homes, id = (("muscles", "groups"), row["muscle"]) if table in FACT_TABLES else (("vessels",), row["vessel"])
        rows = ((home, by_id(self.differing[home].sheet.rows).get(id)) for home in homes if home in self.differing)
        return next(((home, owner) for home, owner in rows if owner), ("", None))

    def _said(self, table: str, gone: Iterable[Row], owner: Row) -> str:
        terms = {name: by_id(sheet.rows) for name, sheet in self.before.items()}
        first, *_ = rows = list(gone)
        names = [terms["sources"].get(row["source"] or "", {}).get("name") or row["source"] for row in rows]
        read = " and ".join(
            f"“{statements.text(table, row, terms)}” after {name}" for row, name in zip(rows, names, strict=True)
        )
        topic = topic_of(table, first).replace("_", " ") if table in FACT_TABLES else ""
        name = owner.get("name") or owner["id"]
        return f"Item {first['item']} of the {topic or table.replace('_', ' ')} of {name}, {read},"

    def _is_stray(self, table: str, row: Row) -> bool:
        """Whether a misspelt word took a row away from its question."""
        columns = (self.schemas[table].columns[column] for column in QUESTIONS[table])
        return any(not self._knows(row.get(column.name), column) for column in columns)

    def _knows(self, value: str | None, column: ColumnSchema) -> bool:
        if column.refers_to:
            return any(row.get("id") == value for home in column.refers_to for row in self.found[home].rows)
        return value in column.allowed if column.allowed else value is not None

    def _uses(self, home: str, id: str) -> int:
        """How many cells of other sheets name a term."""
        return sum(
            id in column.parts(row.get(column.name))
            for table, schema in self.schemas.items()
            for column in schema.columns.values()
            if home in column.refers_to
            for row in self.found[table].rows
        )


def _row(sheet: Table, stands: Row, id: str, fact: str, gone: str | None, is_term: bool = False) -> Row:
    return {
        "id": id, "gone": gone, "withdraw": fact, "term": id if is_term else None, "_id": fact, "_source": sheet.source,
        "_sheet": sheet.sheet, "_row": stands.get("_row", 0), "_column": sheet.positions.get("id", 0) if stands else 0,
    }  # fmt: skip


def _owed(table: str, then: Mapping[tuple[str, str], Row], owes: Row) -> bool:
    """Whether a muscle is told that it has no answer to this question."""
    return bool(owes) and any(owes.get(topic_of(table, row)) for row in then.values())


def _question(table: str, row: Row) -> _Question:
    return tuple(row.get(column) for column in QUESTIONS[table])


def _readings(table: str, rows: Iterable[Row], asked: set[_Question]) -> _Readings:
    found: _Readings = {}
    for row in rows:
        if (question := _question(table, row)) in asked and question[0]:
            found.setdefault(question, {})[row.get("item") or "", row.get("source") or ""] = row
    return found


def _has_a_gap(readings: Mapping[tuple[str, str], Row], withdrawn: int) -> bool:
    items = {number(item) or 0 for item, _ in readings}
    only_alternatives = {item for item, _ in readings} - {
        item for (item, _), row in readings.items() if row.get("reading") != "alternative"
    }
    return bool(only_alternatives) or (bool(items) and max(items) > len(items) + withdrawn)
