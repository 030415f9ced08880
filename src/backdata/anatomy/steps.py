"""Steps of segmental muscles: ``1 up`` from the origin to the next vertebra, ``2–4 up``, ``1 down`` to the rib below.

Vertebrae, and ribs as the vertebrae of the same number, are counted on one scale: the occiput is 0, the atlas 1, the axis 2 …
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from backdata.anatomy.levels import SCALES, Levels

_SCALE = SCALES["vertebra"]
_FIRST_RIB = _SCALE.index("T1")
_STEP = re.compile(r"^([1-9])(?:–([1-9]))? (up|down)$")
Places = frozenset[int]


@dataclass(frozen=True, slots=True)
class Step:
    """How many vertebrae an insertion lies above (``up``) or below its origin."""

    least: int
    most: int
    up: bool

    def within(self, other: Step) -> bool:
        """Whether ``other`` takes all of these steps."""
        return self.up == other.up and other.least <= self.least and self.most <= other.most

    def reach(self, origins: AbstractSet[int]) -> Places:
        """Where bundles from these places may end."""
        sign = -1 if self.up else 1
        ends = (place + sign * by for place in origins for by in range(self.least, self.most + 1))
        return frozenset(place for place in ends if 0 <= place < len(_SCALE))

    def __str__(self) -> str:
        number = str(self.least) if self.least == self.most else f"{self.least}–{self.most}"
        return f"{number} {'up' if self.up else 'down'}"


def step(text: str | None) -> Step | None:
    """Read a step; None where there is none, or it cannot be read."""
    found = _STEP.match(text or "")
    return Step(int(found[1]), int(found[2] or found[1]), found[3] == "up") if found else None


def named_step(taken: Step | None, latin: str | None) -> Step | None:
    """Of the steps that a group takes, the one for a muscle with this name: *breves* take the least, *longi* the greatest."""
    words = (latin or "").lower().split()
    if taken and {"breves", "brevis"} & {*words}:
        return Step(taken.least, taken.least, taken.up)
    if taken and {"longi", "longus"} & {*words}:
        return Step(taken.most, taken.most, taken.up)
    return taken


def places(levels: Iterable[str]) -> Places:
    """Vertebrae or ribs on the one scale."""
    return frozenset(
        _FIRST_RIB + int(level[1:]) - 1 if level.startswith("R") else _SCALE.index(level) for level in levels
    )


def sure_and_all(levels: Levels) -> tuple[Places, Places]:
    """The places of levels: without, and with those in parentheses."""
    return places(levels.sure), places(levels.all)


def written(found: Iterable[int], ribs: bool = False) -> str:
    """Places as people write levels: ``C7–T3, T5``; with ``ribs``, as ribs where there are any."""
    runs: list[list[int]] = []
    for place in sorted(found):
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return ", ".join("–".join(dict.fromkeys((_name(run[0], ribs), _name(run[-1], ribs)))) for run in runs)


def _name(place: int, ribs: bool) -> str:
    number = place - _FIRST_RIB + 1
    return f"R{number}" if ribs and 1 <= number <= 12 else _SCALE[place]
