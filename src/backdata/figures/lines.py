"""Lines along which a muscle is attached: rounded off, cut to a stretch, walked along."""

from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import TypeAlias

from backdata.figures.spine import Point

Place: TypeAlias = tuple[Point, ...]  # one point, or a line


def rounded(points: Place) -> Place:
    """A line with its corners cut off twice; its ends stay."""
    for _ in range(2 if len(points) > 2 else 0):
        cuts = [(_between(a, b, 0.25), _between(a, b, 0.75)) for a, b in pairwise(points)]
        points = (points[0], *(point for pair in cuts for point in pair), points[-1])
    return points


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def cut(line: Place, first: float, last: float) -> Place:
    """The stretch of a line between two shares of its length."""
    at = [0.0]
    for (x, y), (to_x, to_y) in pairwise(line):
        at.append(at[-1] + hypot(to_x - x, to_y - y))
    inner = [point for point, way in zip(line, at, strict=True) if first * at[-1] < way < last * at[-1]]
    return (along(line, first), *inner, along(line, last))


def along(line: Place, share: float) -> Point:
    """The point of a line at a share of its length."""
    legs = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line)]
    left = share * sum(legs)
    for (a, b), leg in zip(pairwise(line), legs, strict=True):
        if left <= leg and leg:
            return a[0] + (b[0] - a[0]) * left / leg, a[1] + (b[1] - a[1]) * left / leg
        left -= leg
    return line[-1]
