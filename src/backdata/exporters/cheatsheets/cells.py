"""One line of a cheat sheet: what we teach of a muscle, as short as it can be said; a star where sources differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backdata.model import TOPICS, Dataset, Fact, Group, Muscle

STAR = "*"
_SIDES = {"any": "", "": "", "bilateral": "Both sides: ", "unilateral": "One side: "}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table. Each cell is a list of items."""

    name: str
    latin: str
    band: str  # the inner group that begins here, or nothing
    part: bool
    cells: tuple[tuple[str, ...], ...]  # by topic, in the order of TOPICS


def line(dataset: Dataset, muscle: Muscle, system: Group) -> Line:
    """What stands on the sheet of a system about one of its muscles."""
    before = [each for each in dataset.muscles.values() if each.group == muscle.group]
    inner = dataset.groups[muscle.group] if muscle.group != system.id and before[0] is muscle else None
    cells = tuple(tuple(_cell(muscle, topic)) for topic in TOPICS)
    whole = dataset.muscles.get(muscle.part_of or "")
    name = muscle.name.removeprefix(f"{whole.name}, ") if whole else muscle.name
    return Line(name, muscle.latin or "", inner.name if inner else "", bool(whole), cells)


def _cell(muscle: Muscle, topic: str) -> Iterable[str]:
    facts = [fact for fact in muscle.about(topic) if fact.stated_at not in muscle.parts]
    if muscle.part_of and {fact.stated_at for fact in facts} == {muscle.part_of}:
        return ["as the whole"]
    taught = [fact for fact in facts if fact.reading == "preferred"]
    if not taught:
        return ["see its parts"] if muscle.parts and muscle.about(topic) else []
    disputed = {fact.item for fact in facts if fact.reading == "alternative"}
    marked = [(fact, STAR if fact.item in disputed else "") for fact in taught]
    return _functions(marked) if topic == "action" else [fact.text + star for fact, star in marked]


def _functions(marked: list[tuple[Fact, str]]) -> Iterable[str]:
    """By side, then by what moves: "Both sides: head: extension; lateral flexion"."""
    moved: dict[str, list[str]] = {}
    for fact, star in sorted(marked, key=lambda each: list(_SIDES).index(each[0].row.get("side") or "any")):
        start = f"{_SIDES[fact.row.get('side') or 'any']}{fact.row.get('of')}: "
        moved.setdefault(start, []).append(fact.text.removeprefix(f"{fact.row.get('of')}: ") + star)
    return [start + "; ".join(texts) for start, texts in moved.items()]
