"""How the spots of one muscle make room for each other and for what is stated beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from backdata.figures.lines import Place
from backdata.figures.spine import row
from backdata.figures.spots import OTHERS, Spot
from backdata.model import SCALES

_ASIDE = 7.0  # how far to the midline a line stands beside marks of the other end


def fitted(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    """A ligament along the spines counts as far as the same muscle takes the spines beside it."""
    given = tuple(spots)

    def fit(spot: Spot) -> Spot:
        beside = [e for e in given if e.level and e.unit == spot.unit and e.end == spot.end and e.structure == "spinous-process"
                  and e.state != OTHERS and e.level in spot.within]  # fmt: skip
        if spot.structure != "supraspinous-ligament" or len(beside) < 2:
            return spot
        order = sorted(beside, key=lambda each: SCALES["vertebra"].index(each.level))
        return replace(spot, place=(order[0].place[0], order[-1].place[0]), within=tuple(e.level for e in order))

    return tuple(fit(spot) for spot in given)


def parted(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """Where one process is origin and insertion, the insertion stands on the side from which its fibres come."""
    mean = {
        end: sum(ys) / len(ys)
        for end in ("origin", "insertion")
        if (ys := [s.place[0][1] for s in spots if s.end == end and s.state != OTHERS])
    }
    if len(mean) < 2:
        return tuple(spots)
    way = 1 if mean["insertion"] < mean["origin"] else -1
    both = {s.level for s in spots if s.end == "origin" and s.level} & {s.level for s in spots if s.end == "insertion"}

    def part(spot: Spot) -> Spot:
        if spot.line and spot.state != OTHERS and sum(e.end != spot.end and _on(spot.place, e) for e in spots) > 1:
            return replace(spot, place=tuple((x - _ASIDE, y) for x, y in spot.place))
        rivals = (
            [e for e in spots if e.end != spot.end and e.level == spot.level and _near(e, spot)]
            if spot.level in both
            else []
        )
        if not rivals or spot.level.startswith("R"):
            return spot
        x, y = spot.place[0]
        shift = row(spot.level).height * 0.21 * (way if spot.end == "insertion" else -way)
        return replace(spot, place=((x, y + shift),))

    return tuple(part(spot) for spot in spots)


def _on(line: Place, spot: Spot) -> bool:
    """Whether a mark would hide a line that runs beside the midline."""
    x, y = spot.place[0]
    (top_x, top), (low_x, low) = line[0], line[-1]
    return (
        bool(spot.level)
        and min(top_x, low_x) > 1
        and min(top_x, low_x) - 4 < x < max(top_x, low_x) + 4
        and top <= y <= low
    )


def _near(one: Spot, other: Spot) -> bool:
    (x, y), (to_x, to_y) = one.place[0], other.place[0]
    return abs(x - to_x) < 6 and abs(y - to_y) < 6
