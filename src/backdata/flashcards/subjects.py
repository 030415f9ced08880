"""What is asked about: a muscle, a set, a part, or a group. Each fact is asked for once, where it is stated."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

from backdata.anatomy import levels
from backdata.model import TOPICS, Dataset, Fact, Group, Muscle

Subject: TypeAlias = Muscle | Group
_MANY = re.compile(r"\b(muscles|parts|\w+(ores|ales|arii))\b")  # rotatores, interspinales, intertransversarii
_COUNTED = {"C": "neck", "T": "thorax", "R": "thorax", "L": "lumbar", "S": "pelvis"}
_REGIONS = {"skull": "head", "shoulder girdle": "shoulder", "upper limb": "shoulder", "hip bone": "pelvis"}


def subjects(dataset: Dataset) -> list[Subject]:
    """Groups and muscles in anatomical order: each group before its first muscle."""
    order: dict[str, Subject] = {}
    for muscle in dataset.muscles.values():
        for id in dataset.groups[muscle.group].path if muscle.group in dataset.groups else ():
            order.setdefault(id, dataset.groups[id])
        order[muscle.id] = muscle
    return list(order.values())


def topics(subject: Subject) -> list[str]:
    """What can be asked about it: what it states itself, or what its parts say together.

    What a muscle takes from its group, or a part from its whole, is asked there. What only dissenters say is nothing to
    ask for.
    """
    own = {subject.id, *parts(subject)}
    return [topic for topic in TOPICS if own & {fact.stated_at for fact in preferred(subject.about(topic))}]


def preferred(facts: Iterable[Fact]) -> list[Fact]:
    """The facts that we teach."""
    return [fact for fact in facts if fact.reading == "preferred"]


def parts(subject: Subject) -> tuple[str, ...]:
    """The ids of its named parts; a group has none."""
    return subject.parts if isinstance(subject, Muscle) else ()


def members(dataset: Dataset, subject: Subject) -> list[Subject]:
    """What it is made of: the parts of a muscle; the groups, or else the muscles, of a group."""
    if isinstance(subject, Muscle):
        return [dataset.muscles[id] for id in subject.parts]
    inner: list[Subject] = [group for group in dataset.groups.values() if group.parent == subject.id]
    own = [each for each in dataset.muscles.values() if each.group == subject.id and not each.part_of]
    return inner + own


def latin(subject: Subject) -> str:
    """The Latin name, or nothing."""
    return (subject.latin if isinstance(subject, Muscle) else subject.row.get("latin")) or ""


def called(dataset: Dataset, subject: Subject) -> str:
    """The name as it reads in a sentence: a part by itself and of its whole, "descending part of the trapezius"."""
    whole = dataset.muscles.get(subject.part_of or "") if isinstance(subject, Muscle) else None
    if whole is None:
        return subject.name
    part = part_name(whole, subject)
    return part if whole.name in part else f"{part} of the {called(dataset, whole)}"


def part_name(whole: Subject, part: Subject) -> str:
    """ "trapezius, descending part" → "descending part"; a name of its own stays as it is."""
    return part.name.removeprefix(f"{whole.name}, ")


def many(subject: Subject) -> bool:
    """Whether its name is a plural: the rotatores do, the multifidus does."""
    return bool(_MANY.search(subject.name))


def path(dataset: Dataset, subject: Subject) -> tuple[str, ...]:
    """The ids of the groups that it belongs to, from the widest down; a group belongs to itself."""
    if isinstance(subject, Group):
        return subject.path
    return dataset.groups[subject.group].path if subject.group in dataset.groups else ()


def layer(dataset: Dataset, subject: Subject) -> str:
    """Superficial, intermediate, deep, suboccipital; nothing where its group states none."""
    groups = path(dataset, subject)
    return str(dataset.groups[groups[-1]].row.get("layer") or "") if groups else ""


def regions(dataset: Dataset, subject: Subject) -> list[str]:
    """Where its attachments lie: head, neck, thorax, lumbar, pelvis, shoulder."""
    structures = {row["id"]: row for row in dataset.tables.get("structures", ())}
    found: set[str] = set()
    for fact in preferred((*subject.about("origin"), *subject.about("insertion"))):
        structure = structures.get(fact.row.get("structure") or "", {})
        if region := _REGIONS.get(structure.get("kind") or ""):
            found.add(region)
        elif counted := structure.get("levels_of"):
            found |= {_COUNTED[level[0]] for level in _levels(fact.row.get("levels"), counted) if level[0] in _COUNTED}
    return sorted(found)


def _levels(cell: str | None, kind: str) -> tuple[str, ...]:
    try:
        return levels.parse(cell, kind).all if cell and kind in levels.SCALES else ()
    except levels.LevelError:
        return ()
