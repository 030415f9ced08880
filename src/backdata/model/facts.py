"""Facts, as they are published: one reading of one item, and the sources in which it was read."""

from __future__ import annotations

from dataclasses import dataclass

from backdata.model.cells import Row
from backdata.model.levels import Levels

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
class Source:
    """Where a fact was read; as one of the ``sources`` of a fact, with the page."""

    id: str
    name: str  # in passing: Gray 1918
    citation: str
    year: int | None
    licence: str
    open: bool  # openly licensed or in the public domain
    url: str | None
    page: str | None = None


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
    levels: Levels | None = None  # vertebrae or ribs; of an innervation, the spinal nerves
    sources: tuple[
        Source, ...
    ] = ()  # the one whose wording decides first, with the page; then those that state the same
    contested: bool = False  # sources disagree about this item: true for every one of its readings

    @property
    def structure(self) -> str | None:
        """Of an origin or insertion: the id of what it is attached to."""
        return self.row.get("structure")

    @property
    def part(self) -> str | None:
        """Of an origin or insertion: which part of the structure, in words that read after its name."""
        return self.row.get("part")

    @property
    def from_origin(self) -> str | None:
        """Of the insertion of a segmental muscle: how many vertebrae it lies from the origin, as ``2–4 up``."""
        return self.row.get("from_origin")

    @property
    def movement(self) -> str | None:
        """Of an action: the id of the movement."""
        return self.row.get("movement")

    @property
    def of(self) -> str | None:
        """Of an action: what moves, as ``head``."""
        return self.row.get("of")

    @property
    def side(self) -> str | None:
        """Of an action: ``unilateral`` (one side alone), ``bilateral`` (both together), ``any`` (it makes no difference)."""
        return self.row.get("side")

    @property
    def direction(self) -> str | None:
        """Of an action to one side: ``ipsilateral`` or ``contralateral``."""
        return self.row.get("direction")

    @property
    def condition(self) -> str | None:
        """Of an action: under which condition, as ``with the scapula fixed``."""
        return self.row.get("condition")

    @property
    def nerve(self) -> str | None:
        """Of an innervation: the id of the nerve."""
        return self.row.get("nerve")

    @property
    def segments(self) -> Levels | None:
        """Of an innervation: the spinal nerves. None = the roots of a named nerve, or not stated."""
        return self.levels if self.topic == "innervation" else None

    @property
    def role(self) -> str | None:
        """Of an innervation: ``motor`` or ``sensory``."""
        return self.row.get("role")

    @property
    def vessel(self) -> str | None:
        """Of the blood supply: the id of the artery."""
        return self.row.get("vessel")

    @property
    def constancy(self) -> str | None:
        """How regularly it is found: ``constant``, ``usual``, ``inconstant``; None = always."""
        return self.row.get("constancy")

    @property
    def note(self) -> str | None:
        """A short remark for readers."""
        return self.row.get("note")
