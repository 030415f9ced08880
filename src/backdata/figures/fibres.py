"""Which origin goes with which insertion: step by step where the data say so, else one to one or fanned in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations, product
from math import atan2, hypot

from backdata.anatomy.steps import places
from backdata.figures.lines import along
from backdata.figures.places import TWISTED
from backdata.figures.spine import Point
from backdata.figures.spots import OTHERS, SOMETIMES, Reading, Spot

_FAN = 15  # strands of a broad muscle
_LONGEST_MENU = 4  # more structures than this are taken from above downwards


@dataclass(frozen=True, slots=True)
class Strand:
    """A bundle of fibres."""

    start: Point
    end: Point
    doubtful: bool = False  # one of its ends is found only sometimes


def strands(reading: Reading) -> list[Strand]:
    """All strands, unit by unit (the parts of a muscle are units of their own)."""
    found: dict[Strand, None] = {}
    taught = [spot for spot in reading.spots if spot.state != OTHERS]
    for unit in dict.fromkeys(spot.unit for spot in taught if spot.end == "insertion"):
        ends = [spot for spot in taught if spot.end == "insertion" and spot.unit == unit]
        starts = [spot for spot in taught if spot.end == "origin" and spot.unit == unit]
        starts = starts or [spot for spot in taught if spot.end == "origin"]
        stepped = [spot for spot in ends if spot.step and spot.level]
        plain = [spot for spot in ends if not spot.step]
        if stepped:
            found.update(dict.fromkeys(_stepwise(starts, stepped)))
        if plain and starts:
            found.update(dict.fromkeys(_in_order(starts, plain)))
    return list(found)


def _stepwise(starts: Sequence[Spot], ends: Sequence[Spot]) -> Iterable[Strand]:
    for start in starts:
        levels = (start.level,) if start.level else start.within
        for level in levels:
            for end in ends:
                if end.step and places((end.level,)) <= end.step.reach(places((level,))):
                    point = start.place[0] if start.level else along(start.place, _share(level, levels))
                    yield Strand(point, end.place[0], SOMETIMES in (start.state, end.state))


def _share(level: str, levels: Sequence[str]) -> float:
    return levels.index(level) / max(len(levels) - 1, 1)


def _in_order(starts: Sequence[Spot], ends: Sequence[Spot]) -> Iterable[Strand]:
    """Two ends with levels one to one if they are as many; else every point of one end fanned over the other, in order.
    From a single structure, insertions beside each other are reached each by a series of its own.
    """
    if all(spot.level for spot in (*starts, *ends)):
        firsts, lasts = _levelled(starts), _levelled(ends)
        return _fan(firsts, lasts, max(len(firsts), len(lasts)))
    series = _blocks(ends)
    if len(_blocks(starts)) == 1 < len(series) and all(_beside(one, other) for one, other in combinations(series, 2)):
        return [strand for each in series for strand in _in_order(starts, each)]
    points = sorted(_spread(starts), key=lambda each: each[0][1])
    if any(spot.structure in TWISTED for spot in ends):
        points.sort(key=lambda each: _steepness(each[0], ends[0].place[0]))
    count = max(_FAN, len(points)) if any(spot.line for spot in (*starts, *ends)) else len(points)
    return min((list(_fan(points, _spread(way), count)) for way in _ways(ends)), key=_length)


def _blocks(spots: Sequence[Spot]) -> list[list[Spot]]:
    """By structure."""
    blocks: dict[tuple[str, int], list[Spot]] = {}
    for spot in spots:
        blocks.setdefault((spot.structure, spot.item), []).append(spot)
    return list(blocks.values())


def _beside(one: Sequence[Spot], other: Sequence[Spot]) -> bool:
    """Whether two structures take much the same heights."""
    (top, bottom), (upper, lower) = _heights(one), _heights(other)
    return min(bottom, lower) - max(top, upper) > 0.5 * max(20.0, min(bottom - top, lower - upper))


def _heights(spots: Sequence[Spot]) -> tuple[float, float]:
    heights = [y for spot in spots for _, y in spot.place]
    return min(heights), max(heights)


def _steepness(start: Point, end: Point) -> float:
    return atan2(start[1] - end[1], end[0] - start[0])


def _levelled(spots: Sequence[Spot]) -> list[tuple[Point, bool]]:
    """From above downwards; levels of ribs and vertebrae by their height."""
    return [
        (s.place[0], s.state == SOMETIMES) for s in sorted(spots, key=lambda spot: (spot.place[0][1], spot.place[0][0]))
    ]


def _ways(ends: Sequence[Spot]) -> Iterable[list[Spot]]:
    """The orders in which the structures of an insertion may follow each other."""
    blocks = _blocks(ends)
    orders = permutations(blocks) if len(blocks) <= _LONGEST_MENU else [tuple(blocks)]
    for order in orders:
        for flipped in product((False, True), repeat=len(order)):
            yield [
                _turned(s, flip)
                for block, flip in zip(order, flipped, strict=True)
                for s in (block[::-1] if flip and block[0].level else block)
            ]


def _turned(spot: Spot, flip: bool) -> Spot:
    return replace(spot, place=spot.place[::-1]) if flip and spot.line and spot.structure not in TWISTED else spot


def _spread(spots: Sequence[Spot]) -> list[tuple[Point, bool]]:
    """Points to start from: one on a level, several along a line by its length."""
    points: list[tuple[Point, bool]] = []
    for spot in spots:
        if not spot.line:
            points.append((spot.place[0], spot.state == SOMETIMES))
            continue
        length = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in zip(spot.place, spot.place[1:], strict=False))
        count = max(3, min(9, round(length / 9)))
        points += [(along(spot.place, n / (count - 1)), spot.state == SOMETIMES) for n in range(count)]
    return points


def _fan(starts: Sequence[tuple[Point, bool]], ends: Sequence[tuple[Point, bool]], count: int) -> Iterable[Strand]:
    """``count`` strands, from above downwards at both ends."""
    count = max(count, len(starts), len(ends))
    for n in range(count):
        (start, rare), (end, seldom) = starts[n * len(starts) // count], ends[n * len(ends) // count]
        yield Strand(start, end, rare or seldom)


def _length(found: Iterable[Strand]) -> float:
    return sum(hypot(s.end[0] - s.start[0], s.end[1] - s.start[1]) for s in found)
