"""Muscles and groups, as they are published, and the data set of them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from backdata.model.cells import Row
from backdata.model.facts import Fact, Source
from backdata.model.named import Named


@dataclass(frozen=True, slots=True)
class Identifiers:
    """What the same thing is called in other catalogues; None where that was not read."""

    ta2: str | None  # number in Terminologia Anatomica 2
    ta98: str | None  # code in Terminologia Anatomica 1998
    fma: str | None  # FMA:22653, in the Foundational Model of Anatomy
    uberon: str | None  # UBERON:0000711

    @classmethod
    def of(cls, row: Row) -> Identifiers:
        """Those that a row of muscles, groups or a vocabulary holds."""
        return cls(row.get("ta2"), row.get("ta98"), row.get("fma"), row.get("uberon"))


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
    children: tuple[str, ...] = ()  # ids of the groups right within it, in anatomical order
    muscles: tuple[str, ...] = ()  # ids of the muscles that belong to this group itself, without their parts

    def about(self, topic: str) -> tuple[Fact, ...]:
        """The facts of one topic that are stated on the group, by item, the preferred reading first."""
        return tuple(fact for fact in self.facts if fact.topic == topic)

    @property
    def latin(self) -> str | None:
        """Latin name after Terminologia Anatomica 2."""
        return self.row.get("latin")

    @property
    def synonyms(self) -> tuple[str, ...]:
        """Other names."""
        return _listed(self.row.get("synonyms"))

    @property
    def identifiers(self) -> Identifiers:
        """What it is called in other catalogues."""
        return Identifiers.of(self.row)


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

    @property
    def synonyms(self) -> tuple[str, ...]:
        """Other names."""
        return _listed(self.row.get("synonyms"))

    @property
    def identifiers(self) -> Identifiers:
        """What it is called in other catalogues."""
        return Identifiers.of(self.row)

    @property
    def constancy(self) -> str | None:
        """How regularly it is found: ``constant``, ``usual``, ``inconstant``."""
        return self.row.get("constancy")

    @property
    def note(self) -> str | None:
        """A short remark for readers."""
        return self.row.get("note")


@dataclass(frozen=True)
class Dataset:
    """The facts, ready to publish: tidy tables, and muscles in anatomical order with their facts resolved."""

    tables: Mapping[str, tuple[Row, ...]]  # name → rows without addresses
    groups: Mapping[str, Group]
    muscles: Mapping[str, Muscle]
    version: str = ""
    sources: Mapping[str, Source] = field(default_factory=dict)
    __hash__ = object.__hash__  # what is drawn from a data set may be kept under it

    def fact(self, id: str) -> Fact:
        """The fact with this id (``splenius-capitis.origin.2``), the preferred of its readings. Raises KeyError."""
        return self.readings(id)[0]

    def readings(self, id: str) -> tuple[Fact, ...]:
        """Every reading of the item with this id, the preferred one first. Raises KeyError."""
        return self._stated[id]

    @cached_property
    def _stated(self) -> Named[tuple[Fact, ...]]:
        """Id → the readings, each as it stands where it is stated."""
        found: dict[str, list[Fact]] = {}
        owners: tuple[Group | Muscle, ...] = (*self.groups.values(), *self.muscles.values())
        for owner in owners:
            for fact in owner.facts:
                if fact.stated_at == owner.id:
                    found.setdefault(fact.id, []).append(fact)
        return Named("fact", {id: tuple(facts) for id, facts in found.items()})

    def name(self, table: str, id: str | None) -> str:
        """The English name of a term, or the id where there is none."""
        for row in self.tables.get(table, ()):
            if row["id"] == id:
                return str(row["name"])
        return id or ""


def _listed(cell: str | None) -> tuple[str, ...]:
    return tuple(value for part in (cell or "").split(";") if (value := part.strip()))
