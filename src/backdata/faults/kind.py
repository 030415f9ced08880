"""The nouns: a kind of fault, one that was planted, and the places where it must be told."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple, TypeAlias, TypeVar

from backdata.faults.good import Good
from backdata.faults.grid import Grid
from backdata.model import Finding

T = TypeVar("T")
_TRIES = 60


class Place(NamedTuple):
    """Where a fault must be told. Column 0 is anywhere in the row, row 0 the sheet as a whole."""

    sheet: str
    row: int = 0
    column: int = 0

    def holds(self, finding: Finding) -> bool:
        """Whether a finding is told here, or names this as the cell that it is about."""
        if not self.row:
            return not finding.cell.row and self.sheet in (finding.cell.sheet, finding.row_id.rpartition("/")[2])
        cells = (finding.cell, *finding.related)
        return any((cell.sheet, cell.row) == self[:2] and self.column in (0, cell.column) for cell in cells)


@dataclass(frozen=True)
class Planted:
    """Good data with one change in it."""

    grids: Mapping[str, Grid | None]  # the tables that changed, in the order of their sheets; None: the sheet is gone
    did: str  # in words
    told_at: tuple[Place, ...] = ()  # any of them is the right one
    form: str = "xlsx"  # the kind of file


class Nowhere(LookupError):
    """There is no place for it among what was drawn so far."""


class Chance(Random):
    """Random choices that are the same for the same seed, everywhere."""

    def one(self, among: Iterable[T]) -> T:
        """One of them. Raises Nowhere where there is none."""
        choices: Sequence[T] = tuple(among)
        if not choices:
            raise Nowhere
        return choices[self.randrange(len(choices))]


Plant: TypeAlias = Callable[[Good, Chance], Planted | None]


@dataclass(frozen=True)
class Kind:
    """A kind of fault, or of change that is none. ``plant`` makes one at a random place; None: that one would be no fault."""

    name: str
    plant: Plant
    harmless: bool = False

    @property
    def family(self) -> str:
        """The module in which it stands."""
        return self.plant.__module__.rpartition(".")[2]

    @property
    def where(self) -> str:
        """Where it must be told, in words."""
        return inspect.getdoc(self.plant) or ""

    def draw(self, good: Good, seed: str, done: Iterable[str] = ()) -> Planted | None:
        """One that was not ``done`` yet; None where the data has no place for (another) one."""
        chance = Chance(f"{seed}/{self.name}")
        for _ in range(_TRIES):
            try:
                planted = self.plant(good, chance)
            except Nowhere:
                continue
            if planted is not None and planted.did not in done:
                return planted
        return None


def kind(name: str) -> Callable[[Plant], Kind]:
    """Make a kind of fault of a function; its docstring says where such a fault must be told."""
    return lambda plant: Kind(name, plant)


def harmless(name: str) -> Callable[[Plant], Kind]:
    """Make a harmless change of a function; nothing may be told of it."""
    return lambda plant: Kind(name, plant, harmless=True)
