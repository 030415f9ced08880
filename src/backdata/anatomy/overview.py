"""The overview: one row per muscle with cells as a textbook table prints them, in bands by group, parts after their whole.

Every export that shows this table (Excel, CSV) takes its words from here. A cell holds what we teach, one item per line;
a number in brackets, [1], leads to a note of the same row that says which source reads it otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from backdata.model import TOPICS, Dataset, Fact, Group, Muscle, capital

TITLES = {"origin": "Origin", "insertion": "Insertion", "action": "Function", "innervation": "Innervation",
          "blood_supply": "Blood supply"}  # fmt: skip
SEE_PARTS = "see its parts"
OTHERS = "other sources:"
SIDES = {"any": "", "bilateral": "Both sides: ", "unilateral": "One side: "}
_PRESENT = {"usual": "Usually present.", "inconstant": "Not always present."}


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """One line of the table, in words ready to print. Cells hold one item per line."""

    kind: str  # group, muscle, part
    id: str
    name: str
    latin: str
    group: str  # name of the group it belongs to; of a group, of the group above
    origin: str = ""
    insertion: str = ""
    function: str = ""
    innervation: str = ""  # of a group, where its nerves may come from
    blood_supply: str = ""
    notes: tuple[str, ...] = ()  # numbered as in the cells; of a group, what it is
    remarks: tuple[str, ...] = ()  # on the muscle as a whole
    contested: tuple[str, ...] = ()  # topics of the cells in which sources disagree with what stands there


def rows(dataset: Dataset) -> list[OverviewRow]:
    """The whole table: each group's band before its first muscle, muscles in anatomical order."""
    table: list[OverviewRow] = []
    banded: set[str] = set()
    sources = source_names(dataset)
    for muscle in dataset.muscles.values():
        group = dataset.groups.get(muscle.group)
        for id in group.path if group else ():
            if id not in banded:
                banded.add(id)
                table.append(_band(dataset.groups[id], dataset.groups))
        table.append(_muscle(muscle, group.name if group else "", sources))
    return table


def source_names(dataset: Dataset) -> dict[str, str]:
    """What each source is called in passing."""
    return {row["id"]: row["name"] for row in dataset.tables.get("sources", ())}


def who(fact: Fact, sources: Mapping[str, str]) -> str:
    """Who says so, the one with the page first: "Gray 1918, p. 402; Cunningham"."""
    first, *others = (sources.get(source, source) for source in (fact.source, *fact.also))
    return "; ".join((f"{first}, p. {fact.page}" if fact.page else first, *others))


def _band(group: Group, groups: Mapping[str, Group]) -> OverviewRow:
    above = groups.get(group.parent or "")
    return OverviewRow(
        "group",
        group.id,
        group.name,
        group.row.get("latin") or "",
        above.name if above else "",
        innervation=nerves_of(group),
        notes=tuple(filter(None, (group.row.get("definition"),))),
    )


def nerves_of(group: Group) -> str:
    """Where the nerves of its muscles may come from: "anterior rami or a cranial nerve"."""
    return " or ".join("a cranial nerve" if ramus == "cranial" else f"{ramus} rami" for ramus in group.rami)


def _muscle(muscle: Muscle, group: str, sources: Mapping[str, str]) -> OverviewRow:
    notes = _Notes(sources)
    cells = {topic: _cell(muscle, topic, notes) for topic in TOPICS}
    remarks = (_PRESENT.get(muscle.row.get("constancy") or "", ""), _sentence(muscle.row.get("note") or ""))
    return OverviewRow(
        kind="part" if muscle.part_of else "muscle",
        id=muscle.id,
        name=muscle.name,
        latin=muscle.latin or "",
        group=group,
        origin=cells["origin"],
        insertion=cells["insertion"],
        function=cells["action"],
        innervation=cells["innervation"],
        blood_supply=cells["blood_supply"],
        notes=notes.numbered,
        remarks=tuple(filter(None, remarks)),
        contested=tuple(
            topic
            for topic in TOPICS
            if any(fact.contested and fact.stated_at not in muscle.parts for fact in muscle.about(topic))
        ),
    )


@dataclass
class _Notes:
    """The numbered notes of one row, as they come up while its cells are written."""

    sources: Mapping[str, str]
    texts: list[str] = field(default_factory=list)

    def about(self, fact: Fact) -> list[int]:
        """Numbers of the notes that a fact gives rise to: a remark on what we teach, or what other sources say."""
        note = fact.row.get("note") or ""
        if fact.reading == "preferred":
            return [self._number(fact.topic, note)] if note else []
        side = SIDES.get(fact.row.get("side") or "", "").lower()
        also = "also " if fact.reading == "addition" else ""
        remark = f" ({note.rstrip('.')})" if note else ""
        return [self._number(fact.topic, f"{also}{side}{fact.text} according to {who(fact, self.sources)}{remark}")]

    def _number(self, topic: str, text: str) -> int:
        line = f"{TITLES[topic]}: {text.rstrip('. ')}."
        if line not in self.texts:
            self.texts.append(line)
        return self.texts.index(line) + 1

    @property
    def numbered(self) -> tuple[str, ...]:
        """The notes as they are printed."""
        return tuple(f"[{number}] {text}" for number, text in enumerate(self.texts, 1))


def _cell(muscle: Muscle, topic: str, notes: _Notes) -> str:
    """One cell; what the parts state is left to their own rows, just below."""
    facts = muscle.about(topic)
    own = [fact for fact in facts if fact.stated_at not in muscle.parts]
    taught = [fact for fact in own if fact.reading == "preferred"]
    if topic == "action":
        taught.sort(key=lambda fact: list(SIDES).index(fact.row.get("side") or "any"))
    marked = [(fact, _mark(n for other in own if other.id == fact.id for n in notes.about(other))) for fact in taught]
    lines = _functions(marked) if topic == "action" else [fact.text + mark for fact, mark in marked]
    if not lines and len(own) < len(facts):
        lines.append(SEE_PARTS)
    known = {fact.id for fact in taught}
    if others := _mark(n for fact in own if fact.id not in known for n in notes.about(fact)):
        lines.append(OTHERS + others)
    return "\n".join(lines)


def _functions(marked: list[tuple[Fact, str]]) -> list[str]:
    """Functions by side, then by what moves: "Both sides: head: extension; lateral flexion." """
    moved: dict[str, list[str]] = {}
    for fact, mark in marked:
        of = f"{fact.row.get('of')}: "
        start = SIDES[fact.row.get("side") or "any"] + (of if fact.text.startswith(of) else "")
        moved.setdefault(start, []).append(fact.text.removeprefix(of) + mark)
    return [_sentence(start + "; ".join(texts)) for start, texts in moved.items()]


def _mark(numbers: Iterable[int]) -> str:
    """Numbers of notes as they stand behind what they are about, three or more in a row as a range: " [1, 4–7]"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    marks = ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
    return f" [{marks}]" if marks else ""


def _sentence(text: str) -> str:
    """With a capital at the start and a full stop at the end."""
    return capital(text).rstrip(". ") + "." if text else ""
