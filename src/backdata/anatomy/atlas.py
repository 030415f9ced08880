"""From tidy tables to a Dataset: groups as a tree, muscles in anatomical order, every fact resolved and put into words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from backdata.anatomy.inheritance import Lineage, by_id, heard, number, path, stated_topics
from backdata.anatomy.levels import LevelError, parse
from backdata.anatomy.order import in_order
from backdata.anatomy.words import fact_text
from backdata.model import (
    FACT_TABLES,
    SCALES,
    TOPICS,
    Dataset,
    Fact,
    Group,
    Levels,
    Muscle,
    Named,
    Row,
    Source,
    cited,
    topic_of,
)

_RAMI = ("posterior", "anterior", "cranial")
_READING = {"preferred": 0, "alternative": 1, "addition": 2}


def build(tables: Mapping[str, Iterable[Row]], version: str = "") -> Dataset:
    """The data set that ``tables`` (name → tidy rows, checked) describe."""
    plain = {
        name: tuple({column: value for column, value in row.items() if not column.startswith("_")} for row in rows)
        for name, rows in tables.items()
    }
    lineage = Lineage.of(plain["muscles"], plain["groups"])
    sources = {id: _source(row) for id, row in by_id(plain["sources"]).items()}
    statements = _Statements(plain, lineage, sources)
    wholes = _wholes(lineage)
    groups = _groups(lineage, plain["developments"], statements, wholes)
    muscles = {id: _muscle(id, lineage, statements) for id in _in_order(lineage, groups)}
    ordered = in_order(plain, groups, muscles)
    return Dataset(
        ordered,
        Named("group", groups),
        Named("muscle", muscles),
        version,
        Named("source", {row["id"]: sources[row["id"]] for row in ordered["sources"] if row["id"] in sources}),
    )


def _order(row: Row) -> tuple[int, str]:
    return number(row.get("order")) or 0, row["id"]


def _source(row: Row) -> Source:
    return Source(
        id=row["id"],
        name=row["name"] or "",
        citation=row["citation"] or "",
        year=number(row.get("year")),
        licence=row.get("licence") or "",
        open=row.get("open") == "yes",
        url=row.get("url"),
    )


def _groups(
    lineage: Lineage, developments: Iterable[Row], statements: _Statements, wholes: Mapping[str | None, list[Row]]
) -> dict[str, Group]:
    """Groups as a tree read from the top, siblings by their order."""
    children: dict[str | None, list[Row]] = {}
    for row in sorted(lineage.groups.values(), key=_order):
        children.setdefault(row.get("parent"), []).append(row)
    parents = {id: row.get("parent") for id, row in lineage.groups.items()}
    ordered: dict[str, Group] = {}
    rami = _rami(lineage, developments)

    def walk(parent: str | None) -> None:
        for row in children.get(parent, ()):
            allowed = tuple(ramus for ramus in _RAMI if ramus in rami[row["id"]])
            above, facts = path(row["id"], parents)[::-1], statements.of_group(row["id"])
            within = tuple(child["id"] for child in children.get(row["id"], ()))
            members = tuple(muscle["id"] for muscle in wholes.get(row["id"], ()))
            ordered[row["id"]] = Group(row["id"], row["name"], parent, above, allowed, row, facts, within, members)
            walk(row["id"])

    walk(None)
    return ordered


def _rami(lineage: Lineage, developments: Iterable[Row]) -> dict[str, set[str]]:
    """Group → the rami that its own development and those of its muscles allow."""
    allowed = {row["id"]: (row.get("allowed_rami") or "").split(", ") for row in developments}
    rami = {id: set(allowed.get(row.get("development") or "", ())) for id, row in lineage.groups.items()}
    for id in lineage.muscles:
        for owner in rami.keys() & set(lineage.owners(id)):
            rami[owner].update(allowed.get(lineage.value(id, "development") or "", ()))
    return rami


def _wholes(lineage: Lineage) -> dict[str | None, list[Row]]:
    """Group → its own muscles without their parts, in order."""
    wholes: dict[str | None, list[Row]] = {}
    for row in sorted(lineage.muscles.values(), key=_order):
        if not row.get("part_of"):
            wholes.setdefault(row.get("group"), []).append(row)
    return wholes


def _in_order(lineage: Lineage, groups: Mapping[str, Group]) -> list[str]:
    """Muscles by group, parts right after their whole."""
    ids: list[str] = []

    def put(id: str) -> None:
        ids.append(id)
        for part in sorted((lineage.muscles[part] for part in lineage.parts.get(id, ())), key=_order):
            put(part["id"])

    for group in groups:
        for member in groups[group].muscles:
            put(member)
    return ids


def _muscle(id: str, lineage: Lineage, statements: _Statements) -> Muscle:
    row = lineage.muscles[id]
    return Muscle(
        id=id,
        name=row["name"],
        latin=row.get("latin"),
        group=lineage.group_of(id) or "",
        part_of=row.get("part_of"),
        parts=lineage.parts.get(id, ()),
        development=lineage.value(id, "development"),
        facts=tuple(fact for topic in TOPICS for fact in statements.about(id, topic)),
        row=row,
    )


class _Statements:
    """Every stated fact, by owner and topic."""

    def __init__(self, tables: Mapping[str, tuple[Row, ...]], lineage: Lineage, sources: Mapping[str, Source]) -> None:
        self.lineage, self.sources = lineage, sources
        self.terms = {name: by_id(tables.get(name, ())) for name in ("structures", "movements", "nerves", "vessels")}
        self.stated = stated_topics({name: tables.get(name, ()) for name in FACT_TABLES})
        self.felt = {row["muscle"] for row in tables.get("innervations", ()) if row.get("role") == "sensory"}
        self.rows: dict[tuple[str, str], list[Row]] = {}
        for table in FACT_TABLES:
            for row in tables.get(table, ()):
                self.rows.setdefault((row["muscle"], topic_of(table, row)), []).append(row)

    def about(self, muscle: str, topic: str) -> list[Fact]:
        """The facts of one topic that hold for a muscle: the nearest preferred ones, with what nearer owners add."""
        parts = self.lineage.parts.get(muscle, ())
        owners = heard(self.lineage, muscle, self.stated[topic])
        return _compared(
            [
                self._fact(topic, row, self._part_name(muscle, owner) if owner in parts else "")
                for owner in sorted(owners, key=lambda owner: owner in parts)
                for row in self._sorted(owner, topic)
            ],
            parts,
        )

    def of_group(self, group: str) -> tuple[Fact, ...]:
        """What is stated on a group itself."""
        return tuple(
            fact
            for topic in TOPICS
            for fact in _compared([self._fact(topic, row, "") for row in self._sorted(group, topic)])
        )

    def _sorted(self, owner: str, topic: str) -> list[Row]:
        rows = self.rows.get((owner, topic), [])
        return sorted(rows, key=lambda row: (number(row["item"]) or 0, _READING.get(row["reading"], 3), row["source"]))

    def _part_name(self, whole: str, part: str) -> str:
        name = str(self.lineage.muscles[part]["name"])
        return name.removeprefix(str(self.lineage.muscles[whole]["name"])).lstrip(", ") or name

    def _fact(self, topic: str, row: Row, part: str) -> Fact:
        text = fact_text(topic, row, self.terms)
        if row["muscle"] in self.felt and row.get("role") == "motor":
            text += " (motor)"
        return Fact(
            id=f"{row['muscle']}.{topic}.{row['item']}",
            topic=topic,
            item=number(row["item"]) or 0,
            reading=row["reading"],
            text=f"{part}: {text}" if part else text,
            stated_at=row["muscle"],
            source=row["source"],
            also=tuple(source for source in cited(row) if source != row["source"]),
            page=row.get("page"),
            row=row,
            levels=self._levels(topic, row),
            sources=tuple(self._cited(row)),
        )

    def _cited(self, row: Row) -> Iterator[Source]:
        for id in cited(row):
            if source := self.sources.get(id):
                yield replace(source, page=row.get("page")) if id == row["source"] and row.get("page") else source

    def _levels(self, topic: str, row: Row) -> Levels | None:
        """The levels of a fact; None where none are stated, or the cell cannot be read (which the check has said)."""
        structure = self.terms["structures"].get(row.get("structure") or "", {})
        kind = {"innervation": "nerve", "blood_supply": "vertebra"}.get(topic) or structure.get("levels_of") or ""
        text = row.get("segments") if topic == "innervation" else row.get("levels")
        if not text or kind not in SCALES:
            return None
        try:
            return parse(text, kind)
        except LevelError:
            return None


def _compared(facts: list[Fact], parts: tuple[str, ...] = ()) -> list[Fact]:
    """Facts of one topic, those marked about whose items sources disagree.

    The parts that answer for their whole each count their own items.
    """

    def item(fact: Fact) -> tuple[int, str]:
        return fact.item, fact.stated_at if fact.stated_at in parts else ""

    contested = {item(fact) for fact in facts if fact.reading == "alternative"}
    return [replace(fact, contested=True) if item(fact) in contested else fact for fact in facts]
