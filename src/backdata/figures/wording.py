"""What a picture says in words, for those who cannot see it: title and description."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backdata.anatomy.overview import TITLES
from backdata.model import Dataset, Fact, Group, Muscle

_MANY = 12  # muscles: more are only named
DRAWN = ("origin", "insertion", "innervation")


def about(muscle: Muscle, topics: Sequence[str]) -> str:
    """Origin, insertion and nerves of a muscle, and what other sources say, in sentences."""
    said = [_topic(topic, muscle.about(topic)) for topic in DRAWN if topic in topics]
    others = [_others(topic, muscle.about(topic)) for topic in DRAWN if topic in topics]
    start = "Schematic skeleton from behind; the muscle is drawn on the right side of the body."
    contested = [text for text in others if text]
    return " ".join((start, *filter(None, said), *(("Other sources:", *contested) if contested else ())))


def _topic(topic: str, facts: Iterable[Fact]) -> str:
    taught = [fact.text for fact in facts if fact.reading == "preferred"]
    return f"{TITLES[topic]}: {'; '.join(taught)}." if taught else ""


def _others(topic: str, facts: Iterable[Fact]) -> str:
    texts = dict.fromkeys(fact.text for fact in facts if fact.reading != "preferred")
    return f"{TITLES[topic]}: {'; '.join(texts)}." if texts else ""


def about_group(dataset: Dataset, group: Group) -> str:
    """The muscles of a group, each with origin and insertion."""
    start = f"Schematic skeleton from behind; the muscles of the group {group.name} are drawn on the right side of the body."
    inner = members(dataset, group)
    if len(inner) > _MANY:
        return f"{start} They are: {', '.join(muscle.name for muscle in inner)}."
    lines = [f"{muscle.name}: from {_ends(muscle, 'origin')} to {_ends(muscle, 'insertion')}." for muscle in inner]
    return " ".join((start, *lines))


def _ends(muscle: Muscle, end: str) -> str:
    return "; ".join(fact.text for fact in muscle.about(end) if fact.reading == "preferred") or "—"


def members(dataset: Dataset, group: Group) -> list[Muscle]:
    """Every muscle of a group and of the groups within it, without parts, in anatomical order."""
    return [
        m
        for m in dataset.muscles.values()
        if not m.part_of and m.group in dataset.groups and group.id in dataset.groups[m.group].path
    ]


def short(dataset: Dataset, id: str) -> str:
    """One sentence on a picture, as its alternative text."""
    if id in dataset.groups:
        group = dataset.groups[id]
        return f"Spine map of {group.name}: {', '.join(muscle.name for muscle in members(dataset, group))}."
    muscle = dataset.muscles[id]
    said = [_topic(topic, muscle.about(topic)) for topic in DRAWN]
    return " ".join((f"Spine map of {muscle.name}.", *filter(None, said)))
