"""The picture of a group: all its muscles together, each branch in a hue of its own, named at the left."""

from __future__ import annotations

from collections.abc import Sequence

from backdata.figures import fibres, lanes, marks, names, ruler, wording
from backdata.figures.drawing import element, said
from backdata.figures.names import INK, Entry
from backdata.figures.page import sheet
from backdata.figures.signs import PAPER, sign
from backdata.figures.spine import Point
from backdata.figures.spots import OTHERS, SOMETIMES, Reading
from backdata.figures.view import View, fitting
from backdata.model import Dataset, Group

_FULL = 24  # names: more leave no room for lanes beside them
_CROWD = 4  # muscles: the fibres of more are drawn finer, each muscle as one sheet


def picture(dataset: Dataset, group: Group) -> str:
    """All muscles of a group on the skeleton."""
    listed = names.entries(dataset, group)
    drawn = [(entry, entry.reading) for entry in listed if entry.reading]
    points = [p for _, reading in drawn for spot in reading.spots if spot.state != OTHERS for p in spot.place]
    view = fitting(points, names.height_needed(listed))
    beside = _lanes(listed)
    kinds = {row["id"]: str(row.get("kind")) for row in dataset.tables["structures"]}
    inner = (
        ruler.cells(view, {level for _, reading in drawn for level in ruler.used(reading, kinds)}),
        *(_fibres(entry, reading, view, len(drawn)) for entry, reading in drawn),
        *(_marks(entry, reading, view) for entry, reading in drawn),
        lanes.drawn(beside, view, kinds),
        names.drawn(listed, view, lanes.width(beside), group.row.get("definition") or ""),
    )
    lane = " Beside the scale: how far they reach." if lanes.width(beside) else ""
    signs = [(sign(end, (0, 0), 3, INK, INK), end) for end in ("origin", "insertion")]
    signs.append(("", f"Each muscle in a colour of its own.{lane} Contested levels stand on the muscles’ own maps."))
    words = wording.about_group(dataset, group)
    return sheet(group.id, group.name, group.latin or "", words, view, inner, signs, points)


def _lanes(listed: Sequence[Entry]) -> list[lanes.Lane]:
    """A lane for every muscle, or where they are many, for every branch."""
    if len(listed) > _FULL:
        return []
    muscles: list[lanes.Lane] = [(entry.colour, [entry.reading]) for entry in listed if entry.reading]
    if lanes.width(muscles):
        return muscles
    branches: list[tuple[str, list[Reading]]] = []
    for entry in listed:
        if entry.deep == 0:
            branches.append((entry.colour, []))
        if entry.reading:
            branches[-1][1].append(entry.reading)
    return list(branches)


def _fibres(entry: Entry, reading: Reading, view: View, among: int) -> str:
    weight = (1.1 if among > _CROWD + 2 else 1.5) * view.size
    return marks.fibres(fibres.strands(reading), view, entry.colour, weight, together=among > _CROWD)


def _marks(entry: Entry, reading: Reading, view: View) -> str:
    """The signs of one muscle as dots: round for origins, square for insertions, those found only sometimes hollow."""
    drawn = []
    for end, cap in (("origin", "round"), ("insertion", "butt")):
        spots = [spot for spot in reading.of(end) if spot.state != OTHERS]
        rare = [spot for spot in spots if spot.state == SOMETIMES]
        for of, size, colour in ((spots, 4.6, entry.colour), (rare, 2.6, PAPER)):
            wide = size * view.size
            points = dict.fromkeys(view.at(point) for spot in of for point in (spot.place[0], spot.place[-1]))
            if data := "".join(_dot(point, wide, cap) for point in points):
                round_ = "round" if cap == "round" else None
                drawn.append(element("path", d=data, stroke=colour, stroke_width=wide, stroke_linecap=round_))
    return element("g", said("title", entry.name), *drawn, class_="member", fill="none") if drawn else ""


def _dot(at: Point, wide: float, cap: str) -> str:
    """A stroke so short that it is its cap, or as long as it is wide."""
    long = 0.1 if cap == "round" else wide * 0.92
    return f"M{at[0] - long / 2:.0f} {at[1]:.0f}h{long:.1f}".replace("h0.", "h.")
