"""Spots: single places of attachment as values, and all those of a muscle."""

from __future__ import annotations

from dataclasses import dataclass

from backdata.anatomy.steps import Step
from backdata.figures.lines import Place
from backdata.figures.places import SEEN_THROUGH

SURE, SOMETIMES, OTHERS = "sure", "sometimes", "others"  # the last: stated by other sources only


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of attachment: on one vertebra or rib, or a structure without levels."""

    end: str  # origin, insertion
    structure: str
    name: str
    level: str  # "" where there is none
    state: str
    contested: bool  # other sources leave it out, or only they state it
    place: Place  # one point, or a line
    unit: str  # the muscle or part that states it
    item: int
    step: Step | None = None
    within: tuple[str, ...] = ()  # of a line along the spine: its levels

    @property
    def line(self) -> bool:
        """Whether it is drawn as a line."""
        return len(self.place) > 1

    @property
    def seen_through(self) -> bool:
        """Whether it lies on the front of the body."""
        return self.structure in SEEN_THROUGH


@dataclass(frozen=True, slots=True)
class Reading:
    """All spots of a muscle, and the names of structures for which nobody has said where they lie."""

    spots: tuple[Spot, ...]
    unplaced: tuple[str, ...] = ()

    def of(self, end: str) -> tuple[Spot, ...]:
        """The spots of one end."""
        return tuple(spot for spot in self.spots if spot.end == end)
