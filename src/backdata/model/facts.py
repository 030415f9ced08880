"""What is published: facts, muscles, groups, and the data set of them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backdata.model.cells import Row

TABLE_OF = {"origin": "attachments", "insertion": "attachments", "action": "actions", "innervation": "innervations",
            "blood_supply": "blood_supply"}  # fmt: skip
FACT_TABLES = tuple(dict.fromkeys(TABLE_OF.values()))
TOPICS = tuple(TABLE_OF)
UNSOURCED = "unsourced"  # what a fact cites that somebody knows but nobody has read yet


def topic_of(table: str, row: Row) -> str:
    """The topic of a row of one of the fact tables; of an attachment, its end as it is typed."""
    return (
        next(topic for topic, home in TABLE_OF.items() if home == table)
        if table != "attachments"
        else str(row.get("end"))
    )


def cited(row: Row) -> tuple[str, ...]:
    """The sources that a row names, the one in which it was read first."""
    named = (row.get("source") or "", *(row.get("also") or "").split(";"))
    return tuple(source.strip() for source in named if source.strip())


@dataclass(frozen=True, slots=True)
class Fact:
    """One reading of one item, as it holds for one muscle: perhaps stated on its group, whole or parts."""

    id: str  # of the statement: <muscle>.<topic>.<item>
    topic: str  # origin, insertion, action, innervation, blood_supply
    item: int
    reading: str  # preferred, alternative, addition
    text: str  # in words, as a textbook table has it
    stated_at: str  # id of the muscle, part or group where it is stated
    source: str
    also: tuple[str, ...]
    page: str | None
    row: Row  # the columns of the raw table


@dataclass(frozen=True, slots=True)
class Group:
    """A group of muscles with what it inherits from its parents."""

    id: str
    name: str
    parent: str | None
    path: tuple[str, ...]  # ids from the root down to this group
    rami: tuple[str, ...]  # that may supply its muscles, as their development has it: posterior, anterior, cranial
    row: Row  # all columns, blank ones filled from the parents
    facts: tuple[Fact, ...] = ()  # stated on the group itself; its muscles take them unless they state their own

    def about(self, topic: str) -> tuple[Fact, ...]:
        """The facts of one topic that are stated on the group, by item, the preferred reading first."""
        return tuple(fact for fact in self.facts if fact.topic == topic)


@dataclass(frozen=True, slots=True)
class Muscle:
    """A muscle, set or part with all its facts resolved."""

    id: str
    name: str
    latin: str | None
    group: str
    part_of: str | None
    parts: tuple[str, ...]
    development: str | None
    facts: tuple[Fact, ...]
    row: Row

    def about(self, topic: str) -> tuple[Fact, ...]:
        """The facts of one topic, by item, the preferred reading first."""
        return tuple(fact for fact in self.facts if fact.topic == topic)

    @property
    def origins(self) -> tuple[Fact, ...]:
        """Where the muscle arises."""
        return self.about("origin")

    @property
    def insertions(self) -> tuple[Fact, ...]:
        """Where the muscle inserts."""
        return self.about("insertion")

    @property
    def actions(self) -> tuple[Fact, ...]:
        """What the muscle does."""
        return self.about("action")

    @property
    def innervations(self) -> tuple[Fact, ...]:
        """What supplies the muscle."""
        return self.about("innervation")

    @property
    def blood_supply(self) -> tuple[Fact, ...]:
        """What feeds the muscle."""
        return self.about("blood_supply")


@dataclass(frozen=True)
class Dataset:
    """The facts, ready to publish: tidy tables, and muscles in anatomical order with their facts resolved."""

    tables: Mapping[str, tuple[Row, ...]]  # name → rows without addresses
    groups: Mapping[str, Group]
    muscles: Mapping[str, Muscle]
    version: str = ""

    def name(self, table: str, id: str | None) -> str:
        """The English name of a term, or the id where there is none."""
        for row in self.tables.get(table, ()):
            if row["id"] == id:
                return str(row["name"])
        return id or ""
