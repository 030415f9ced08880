"""Which part of the body a picture shows, and how large: the whole, or the region of a small muscle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backdata.figures.spine import BOTTOM, SPINE, Point

WIDTH = 480.0
_HEAD = 66.0
_RIGHT_MARGIN = 14.0
_WHOLE = 298.0  # where the midline stands in a picture of the whole body
_LARGEST, _WORTH_IT, _LEAST = 3.0, 1.45, 430.0
_TALLEST = BOTTOM + 4


@dataclass(frozen=True, slots=True)
class View:
    """The body between two heights, at a scale; ``x`` is where the midline stands on the page."""

    scale: float
    x: float
    first: float  # the highest point of the body that is shown
    last: float
    least: float = 0.0  # room that the labels need

    @property
    def whole(self) -> bool:
        """Whether all of the body is shown."""
        return self.scale == 1

    @property
    def top(self) -> float:
        """Where the body begins on the page."""
        return _HEAD

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return _HEAD + (self.last - self.first) * self.scale

    def at(self, point: Point) -> Point:
        """A point of the body on the page."""
        return self.x + point[0] * self.scale, self.y(point[1])

    def y(self, height: float) -> float:
        """A height of the body on the page."""
        return _HEAD + (height - self.first) * self.scale

    def shows(self, points: Sequence[Point]) -> bool:
        """Whether all of them lie on the page, with room for their signs."""
        room = 5 / self.scale
        right = (WIDTH - _RIGHT_MARGIN - self.x) / self.scale
        return all(x <= right - room and self.first + room <= y <= self.last - room for x, y in points)

    @property
    def size(self) -> float:
        """How much larger marks are drawn: less than the bones."""
        return float(self.scale**0.45)

    @property
    def levels(self) -> list[str]:
        """The vertebrae that are shown whole."""
        return [at.level for at in SPINE.values() if at.top >= self.first - 0.5 and at.bottom <= self.last + 0.5]


def fitting(points: Sequence[Point], needed: float) -> View:
    """The region around some points, if it is small; ``needed`` is the height that the labels take."""
    whole = View(1.0, _WHOLE, 0.0, _TALLEST)
    if not points:
        return whole
    first = _above(min(y for _, y in points))
    last = _below(max(y for _, y in points))
    wide = max(42.0, *(x for x, _ in points)) + 16
    left = 236.0
    scale = min(_LARGEST, 560 / (last - first), (WIDTH - left - _RIGHT_MARGIN) / (wide + 42))
    if scale < _WORTH_IT:
        return whole
    missing = max(0.0, max(needed, _LEAST) / scale - (last - first))
    first, last = max(0.0, first - missing * 0.4), min(_TALLEST, last + missing * 0.6)
    return View(scale, WIDTH - _RIGHT_MARGIN - wide * scale, first, last)


def _above(y: float) -> float:
    """The edge above a height: one vertebra further, or half of the skull."""
    if y < SPINE["C1"].top:
        return max(0.0, y - 26)
    tops = [at.top for at in SPINE.values() if at.bottom < y]
    return tops[-1] if tops else SPINE["C1"].top - 20


def _below(y: float) -> float:
    bottoms = [at.bottom for at in SPINE.values() if at.top > y]
    return bottoms[0] if bottoms else BOTTOM
