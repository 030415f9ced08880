"""How far the muscles of a group reach along the spine: one lane each, beside the scale, thick where they are attached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from backdata.figures import ruler
from backdata.figures.drawing import element, number
from backdata.figures.spots import OTHERS, Reading, Spot
from backdata.figures.view import View

_MOST = 10  # more lanes cannot be told apart
_STEP = 7.0
Lane = tuple[str, Sequence[Reading]]  # colour, what stands in it


def width(given: Sequence[Lane]) -> float:
    """How much room the lanes take."""
    return _STEP * len(given) + 4 if 0 < len(given) <= _MOST else 0.0


def drawn(given: Sequence[Lane], view: View, kinds: Mapping[str, str]) -> str:
    """The lanes from left to right, in the order of the names."""
    if not width(given):
        return ""
    first = ruler.left(view) - 5 - _STEP * len(given)
    return element(
        "g", *(_lane(lane, first + _STEP * place + 3, view, kinds) for place, lane in enumerate(given)), fill="none"
    )


def _lane(lane: Lane, x: float, view: View, kinds: Mapping[str, str]) -> str:
    colour, readings = lane
    spots = [spot for reading in readings for spot in reading.spots if spot.state != OTHERS]
    rows = {
        end: _rows((s for s in spots if s.end == end), kinds) & {*ruler.listed(view)} for end in ("origin", "insertion")
    }
    edges = [edge for levels in rows.values() for level in levels for edge in ruler.edges(level, view)]
    if not edges:
        return ""
    drawn = [
        element(
            "path",
            d=f"M{number(x)} {number(min(edges))}V{number(max(edges))}",
            stroke=colour,
            stroke_width=1.2,
            stroke_opacity=0.7,
        )
    ]
    for end, levels in rows.items():
        inset = 3.6 if end == "origin" else 1.2
        data = "".join(
            f"M{number(x)} {number(top + inset)}V{number(bottom - inset)}"
            for top, bottom in (ruler.edges(level, view) for level in sorted(levels))
        )
        if data:
            cap = "round" if end == "origin" else "butt"
            drawn.append(element("path", d=data, stroke=colour, stroke_width=5, stroke_linecap=cap))
    return "".join(drawn)


def _rows(spots: Iterable[Spot], kinds: Mapping[str, str]) -> set[str]:
    """The cells of the scale that belong to some spots."""
    found: set[str] = set()
    for spot in spots:
        if spot.level:
            found.add(ruler.row_of(spot.level))
        elif kinds.get(spot.structure) == "skull":
            found.add("Occ")
        elif abs(spot.place[0][0]) < 1:
            found.update(spot.within)
    return found
