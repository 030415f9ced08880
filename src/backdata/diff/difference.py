"""The nouns of a difference: two editions, what changed between them in words and cells, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass, field

from backdata.diff.steps import CASES, NONE, RANK, following
from backdata.model import Dataset
from backdata.shape import Shape

KINDS = ("added", "changed", "renumbered", "withdrawn")


@dataclass(frozen=True, slots=True)
class Label:
    """What an edition is called: as it was given, and the version that it says it is (empty where it says none)."""

    name: str
    version: str


@dataclass(frozen=True)
class Edition:
    """One state of the data set, to be compared with another."""

    label: Label
    dataset: Dataset
    shape: Shape = field(default_factory=Shape)
    files: tuple[str, ...] = ()  # paths of the exports; none where they are not known
    rules: tuple[str, ...] = ()  # codes of the rules that it was checked by; none where they are not known


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that changed; None stands for a blank one."""

    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One fact, muscle, group or term that is new, changed, renumbered or gone."""

    kind: str  # one of KINDS
    case: str  # one of steps.CASES
    subject: str  # fact, muscle, group, structure …
    table: str
    id: str
    about: str  # whom it is about, as a heading: Splenius capitis
    says: str  # origin 2: spinous processes of C7–T3 (T4) → C7–T3
    owner: str = ""  # id of the muscle, group or vessel that a fact is about
    reading: str | None = None
    source: str | None = None
    cells: tuple[CellChange, ...] = ()
    was: str | None = None  # the id before it was renumbered
    why: str | None = None  # the reason in the sheet withdrawn
    replaced_by: str | None = None

    @property
    def sentence(self) -> str:
        """The whole of it: "Splenius capitis, origin 2: …"."""
        return f"{self.about}, {self.says}"


@dataclass(frozen=True, slots=True)
class ShapeChange:
    """A table, column, closed list, file, contract, note type or rule that came, changed or went."""

    kind: str  # added, changed, removed
    case: str  # one of steps.CASES
    what: str  # table, column, value, file, contract, note type, rule
    name: str
    says: str


@dataclass(frozen=True, slots=True)
class Cards:
    """What a learner who imports the new deck gets, by the keys of the notes (splenius-capitis.origin)."""

    new: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    same: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.updated or self.withdrawn)


@dataclass(frozen=True, slots=True)
class Reason:
    """One case of the table of versions that was met, how often, and where first."""

    case: str
    step: str
    count: int
    example: str

    @property
    def words(self) -> str:
        """The case as the table of versions has it."""
        return CASES[self.case][1]


@dataclass(frozen=True)
class Difference:
    """All that changed between two editions."""

    old: Label
    new: Label
    changes: tuple[Change, ...]
    shape: tuple[ShapeChange, ...]
    cards: Cards

    def __bool__(self) -> bool:
        return bool(self.changes or self.shape or self.cards)

    def of(self, kind: str, subject: str | None = None) -> tuple[Change, ...]:
        """The changes of one kind, of one subject or of any."""
        return tuple(each for each in self.changes if each.kind == kind and subject in (None, each.subject))

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The cases that were met, those that make the biggest step first."""
        met: dict[str, list[str]] = {}
        for change in self.changes:
            met.setdefault(change.case, []).append(change.sentence)
        for one in self.shape:
            met.setdefault(one.case, []).append(one.says)
        if self.cards and not met:
            met["card-reworded"] = [*self.cards.new, *self.cards.updated, *self.cards.withdrawn]
        found = (Reason(case, CASES[case][0], len(told), told[0]) for case, told in met.items())
        return tuple(sorted(found, key=lambda reason: (-RANK[reason.step], list(CASES).index(reason.case))))

    @property
    def step(self) -> str:
        """major, minor, patch, or none."""
        return self.reasons[0].step if self.reasons else NONE

    @property
    def following(self) -> str:
        """The version that follows the old one by this step; empty where the old one has none."""
        return following(self.old.version, self.step) if self.old.version else ""
