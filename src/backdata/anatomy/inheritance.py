"""The nearest statement wins: blank cells of a group take its parent's; a part takes its whole's facts, a muscle its group's.

A whole without statements of its own is answered by its parts if all of them have some. All functions work on plain rows of
the small vocabulary tables and stop at a circle instead of running round it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from backdata.model import TOPICS, Row, topic_of

# never inherited
_OWN = frozenset(
    ["id", "name", "latin", "synonyms", "definition", "parent", "order", "ta2", "ta98", "fma", "uberon", "source"]
)


def by_id(rows: Iterable[Row]) -> dict[str, Row]:
    """Rows by id; the first row of an id counts."""
    found: dict[str, Row] = {}
    for row in rows:
        if row.get("id"):
            found.setdefault(row["id"], row)
    return found


def path(id: str | None, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """From ``id`` up to the root."""
    steps: dict[str, None] = {}
    while id and id not in steps and id in parents:
        steps[id] = None
        id = parents[id]
    return tuple(steps)


def filled_groups(groups: Iterable[Row]) -> dict[str, Row]:
    """Groups with blank cells filled from their parents."""
    rows = by_id(groups)
    parents = {id: row.get("parent") for id, row in rows.items()}
    filled: dict[str, Row] = {}
    for id, row in rows.items():
        above = [rows[step] for step in path(id, parents)]
        filled[id] = {
            column: value
            if column in _OWN or column.startswith("_")
            else next((r[column] for r in above if r.get(column)), None)
            for column, value in row.items()
        }
    return filled


def number(text: str | None) -> int | None:
    """A whole number as typed in a cell; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() else None


@dataclass(frozen=True)
class Lineage:
    """Who inherits from whom: muscles, parts and groups."""

    groups: Mapping[str, Row]  # filled
    muscles: Mapping[str, Row]
    parts: Mapping[str, tuple[str, ...]]  # whole → its parts

    @classmethod
    def of(cls, muscles: Iterable[Row], groups: Iterable[Row]) -> Lineage:
        """Build it from the rows of the two tables."""
        rows = by_id(muscles)
        parts: dict[str, tuple[str, ...]] = {}
        for id, row in sorted(rows.items(), key=lambda pair: (number(pair[1].get("order")) or 0, pair[0])):
            if whole := row.get("part_of"):
                parts[whole] = (*parts.get(whole, ()), id)
        return cls(filled_groups(groups), rows, parts)

    @cached_property
    def _wholes(self) -> Mapping[str, str | None]:
        return {id: row.get("part_of") for id, row in self.muscles.items()}

    @cached_property
    def _parents(self) -> Mapping[str, str | None]:
        return {id: row.get("parent") for id, row in self.groups.items()}

    def group_of(self, muscle: str) -> str | None:
        """The group of a muscle; of a part, its whole's."""
        wholes = path(muscle, self._wholes)
        return next((self.muscles[id]["group"] for id in wholes if self.muscles[id].get("group")), None)

    def owners(self, muscle: str) -> tuple[str, ...]:
        """Where its facts may be stated, the nearest first: itself, its wholes, its group, the groups above."""
        return path(muscle, self._wholes) + path(self.group_of(muscle), self._parents)

    def value(self, muscle: str, column: str) -> str | None:
        """A cell of a muscle, else of its wholes, else of its groups."""
        for owner in self.owners(muscle):
            found = (self.muscles.get(owner) or self.groups.get(owner) or {}).get(column)
            if found:
                return str(found)
        return None


def answered_by(lineage: Lineage, muscle: str, stated: set[str]) -> tuple[str, ...]:
    """Who answers a question for a muscle, given who states something: one owner, all its parts, or nobody."""
    owner = next((owner for owner in lineage.owners(muscle) if owner in stated), None)
    if owner:
        return (owner,)
    parts = lineage.parts.get(muscle, ())
    return parts if parts and all(part in stated for part in parts) else ()


def heard(lineage: Lineage, muscle: str, stated: set[str]) -> tuple[str, ...]:
    """Whose statements hold for a muscle: who answers for it, and whoever stands nearer and only adds something."""
    answering = answered_by(lineage, muscle, stated)
    return (*answering, *takewhile(lambda owner: owner not in answering, lineage.owners(muscle)))


def unanswered(lineage: Lineage, muscle: str, stated: set[str]) -> bool | None:
    """Whether a muscle owes an answer; None where it is owed by its whole or some of its parts, or its line is cut off."""
    if answered_by(lineage, muscle, stated):
        return False
    if lineage.group_of(muscle) not in lineage.groups:
        return None  # its whole or its group is missing: that is told, and what it would inherit is not known
    if any(part in stated for part in lineage.parts.get(muscle, ())):
        return None  # the parts that lack it are told
    whole = str(lineage.muscles[muscle].get("part_of"))
    if whole in lineage.muscles and not any(part in stated for part in lineage.parts.get(whole, ())):
        return None  # no part has it: the whole is told, once
    return True


def stated_topics(facts: Mapping[str, Iterable[Row]]) -> dict[str, set[str]]:
    """Topic → who states a preferred reading of it; a sensory nerve does not answer for the innervation.

    ``facts`` holds rows of the tables of facts by name.
    """
    stated: dict[str, set[str]] = {topic: set() for topic in TOPICS}
    for table, rows in facts.items():
        for row in rows:
            answers = row.get("reading") == "preferred" and (table != "innervations" or row.get("role") == "motor")
            if answers and row.get("muscle") and (topic := topic_of(table, row)) in stated:
                stated[topic].add(row["muscle"])
    return stated
