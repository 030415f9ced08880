"""The marks of all muscles of a group on one body: in the colour of their muscle, beside each other where they would hide each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from backdata.figures.drawing import Look, element, path, said
from backdata.figures.names import Entry
from backdata.figures.signs import PAPER, sign
from backdata.figures.spine import Point
from backdata.figures.spots import OTHERS, SOMETIMES, Reading, Spot
from backdata.figures.view import View

_WIDE, _HOLE = 4.6, 2.6
_PLACES = 3  # marks on one spot that stand beside each other; more would leave their bone
_NEAR = 2.6  # marks nearer than this hide each other


def apart(entries: Iterable[Entry], view: View) -> list[Entry]:
    """The same muscles, their spots moved a little outwards where another muscle's mark already stands."""
    taken: dict[tuple[int, int], list[tuple[int, Point]]] = {}
    size = _WIDE * view.size / view.scale  # of a mark, in measures of the body

    def cell(point: Point) -> tuple[int, int]:
        return int(point[0] // size), int(point[1] // size)

    def hidden(point: Point, muscle: int) -> bool:
        column, row = cell(point)
        near = (each for x in (-1, 0, 1) for y in (-1, 0, 1) for each in taken.get((column + x, row + y), ()))
        limit = size * _NEAR / _WIDE
        return any(of != muscle and abs(point[0] - x) < limit and abs(point[1] - y) < limit for of, (x, y) in near)

    def moved(spot: Spot, muscle: int) -> Spot:
        if spot.state == OTHERS:
            return spot
        places = [tuple((x + n * 0.9 * size, y) for x, y in spot.place) for n in range(_PLACES)]
        place = next((p for p in places if not (hidden(p[0], muscle) or hidden(p[-1], muscle))), places[0])
        for tip in {place[0], place[-1]}:
            taken.setdefault(cell(tip), []).append((muscle, tip))
        return replace(spot, place=place)

    return [
        replace(entry, reading=entry.reading and replace(entry.reading, spots=tuple(moved(s, n) for s in entry.reading.spots)))
        for n, entry in enumerate(entries)
    ]  # fmt: skip


def marks(drawn: Iterable[tuple[Entry, Reading]], view: View, plain: bool = False) -> str:
    """Round signs for origins, square ones for insertions, hollow ones for what is found only sometimes; thin bands for lines,
    and rings around what lies on the front. ``plain``: small signs and nothing else.
    """
    parts = []
    for entry, reading in drawn:
        ends = [
            _end([spot for spot in reading.of(end) if spot.state != OTHERS], end, entry.colour, view, plain)
            for end in ("origin", "insertion")
        ]
        if any(ends):
            parts.append(element("g", said("title", entry.name), *ends, class_="member", fill="none"))
    return "".join(parts)


def _end(spots: Sequence[Spot], end: str, colour: str, view: View, plain: bool) -> str:
    size = 0.7 * view.size if plain else view.size
    bands = "".join(path(view.at(point) for point in spot.place) for spot in spots if spot.line and not plain)
    rings = [_tips([spot], view) for spot in spots if spot.seen_through and not plain]
    rare = _tips([spot for spot in spots if spot.state == SOMETIMES], view)
    look: Look = {"stroke": colour, "stroke_width": 2 * size, "stroke_opacity": 0.55, "stroke_linejoin": "round"}
    return "".join(
        (
            element("path", d=bands, class_="band", **look) if bands else "",
            _dots(_tips(spots, view), end, _WIDE * size, colour),
            _dots(rare, end, _HOLE * size, PAPER),
            *(
                sign(end, at, _WIDE * size, "none", colour, stroke_dasharray="2 1.6", stroke_width=1, class_="front")
                for tips in rings
                for at in tips
            ),
        )
    )


def _tips(spots: Iterable[Spot], view: View) -> list[Point]:
    return list(dict.fromkeys(view.at(point) for spot in spots for point in (spot.place[0], spot.place[-1])))


def _dots(points: Iterable[Point], end: str, wide: float, colour: str) -> str:
    """Strokes so short that they are their caps, or as long as they are wide."""
    long, cap = (0.1, "round") if end == "origin" else (wide * 0.92, None)
    data = "".join(f"M{x - long / 2:.0f} {y:.0f}h{long:.1f}".replace("h0.", "h.") for x, y in points)
    return element("path", d=data, stroke=colour, stroke_width=wide, stroke_linecap=cap) if data else ""
