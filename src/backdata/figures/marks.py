"""What is drawn of a muscle on the body: the places of its attachments, and the fibres between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backdata.figures.drawing import FONT, Look, element, number, path, said
from backdata.figures.fibres import Strand
from backdata.figures.signs import COLOURS, PAPER, Pen, outline, sign
from backdata.figures.spine import Point
from backdata.figures.spots import OTHERS, SOMETIMES, Spot
from backdata.figures.view import View

FIBRE = "#9c3b34"
_STUB = 0.3  # of a strand that runs on to a neighbouring part


def halos(spots: Iterable[Spot], view: View) -> str:
    """Paper around the signs of single places, so that fibres do not run into them."""
    course = "".join(
        outline(s.end, view.at(s.place[0]), 5.8 * view.size) for s in spots if not s.line and s.state != OTHERS
    )
    return element("path", d=course, fill=PAPER, fill_opacity=0.85) if course else ""


def mark(spot: Spot, view: View, pen: Pen) -> str:
    """A spot as it is drawn on the body, with its words as a tooltip."""
    drawn = _line(spot, view, pen) if spot.line else _dot(spot, view, pen)
    where = (
        f" of {spot.level}"
        if spot.level and not spot.level.startswith("R")
        else f" {spot.level[1:]}"
        if spot.level
        else ""
    )
    how = {SOMETIMES: ", sometimes", OTHERS: ", other sources only"}.get(
        spot.state, ", contested" if spot.contested else ""
    )
    front = ", on the front" if spot.seen_through else ""
    words = f"{spot.end.capitalize()}: {spot.name.replace('of the rib', 'of rib')}{where}{front}{how}"
    return element(
        "g", said("title", words), drawn, class_="mark", data_end=spot.end, data_structure=spot.structure, data_level=spot.level or None,
        data_state=f"{spot.state} contested" if spot.contested else spot.state,
    )  # fmt: skip


def rib_numbers(spots: Iterable[Spot], view: View) -> str:
    """The number of each rib beside its outermost mark: ribs slope, and lie lower than the vertebra of their number."""
    given, ends = tuple(spots), dict[str, Point]()
    for spot in given:
        taught = spot.state != OTHERS or not any(s.level == spot.level and s.state != OTHERS for s in given)
        if spot.level.startswith("R") and taught and spot.place[0][0] > ends.get(spot.level, (0.0, 0.0))[0]:
            ends[spot.level] = spot.place[0]
    signs = sorted(view.at(spot.place[0]) for spot in given if not spot.line)
    texts = ""
    for level, place in ends.items():
        x, y = view.at(place)
        aside, down = 0.0, 0.0  # out of the way of signs that would lie under the number
        for to_x, to_y in signs:
            if 2 < to_x - x < 16 * view.size and abs(to_y - y) < 3:
                aside = to_x - x
            elif 2 < to_x - x < 16 * view.size and 0 < y - to_y < 8.5 * view.size:
                down = 8.5 * view.size - (y - to_y)
        texts += said("text", level[1:], x=x + aside + 6.5 * view.size + 1, y=y + down + 3.5)
    letters: Look = {"font_family": FONT, "font_size": 11, "font_weight": "bold", "fill": "#4b4438"}
    halo = element("g", texts, stroke=PAPER, stroke_width=2.6, stroke_linejoin="round", aria_hidden="true")
    return element("g", halo, element("g", texts, class_="rib-numbers"), **letters) if texts else ""


def _dot(spot: Spot, view: View, pen: Pen) -> str:
    colour, faint = COLOURS[spot.end], spot.state == OTHERS
    fill = pen.fill(spot.end, spot.state, spot.contested)
    size = (3.4 if faint else 4.2) * view.size
    at = view.at(spot.place[0])
    return _ring(spot, at, size) + sign(
        spot.end, at, size, fill, colour, stroke_dasharray="2 1.4" if faint else None, stroke_width=1 if faint else None
    )


def _line(spot: Spot, view: View, pen: Pen) -> str:
    """A structure along which a muscle is attached: a band with its sign at both ends."""
    colour, big = COLOURS[spot.end], view.size
    layers: list[tuple[str, float, str | None, float]] = [(PAPER, 6.4, None, 0.8)]  # colour, width, dashes, opacity
    if spot.state == OTHERS:
        layers.append((colour, 3.6, "1.6 2.6", 0.9))
    else:
        layers.append((colour, 4.2, None, 0.75))
        if spot.state == SOMETIMES or spot.contested:
            layers.append((PAPER, 2.2, None, 1) if spot.state == SOMETIMES else (PAPER, 4.2, "1.2 3", 1))
    points = [view.at(point) for point in spot.place]
    data, butt = path(points), spot.end == "insertion"
    drawn = [
        element("path", d=data, stroke=ink, stroke_width=wide * big, stroke_dasharray=dashes, stroke_opacity=faint if faint < 1 else None,
                stroke_linecap=None if butt or dashes else "round")
        for ink, wide, dashes, faint in layers
    ]  # fmt: skip
    band = element("g", *drawn, fill="none", stroke_linejoin="round")
    tips = (points[0], points[-1])
    size, fill = (2.6 if spot.state == OTHERS else 3.4) * big, pen.fill(spot.end, spot.state, spot.contested)
    rings = "".join(_ring(spot, at, size) for at in tips)
    return band + rings + "".join(sign(spot.end, at, size, fill, colour) for at in tips)


def _ring(spot: Spot, at: Point, size: float) -> str:
    """A dashed outline around what lies on the front."""
    if not spot.seen_through:
        return ""
    return sign(spot.end, at, size + 2.6, "none", COLOURS[spot.end], stroke_dasharray="2 1.6", stroke_width=1)


def course(strand: Strand, view: View, fine: bool = True, share: float = 1) -> str:
    """The path data of a strand (or of the first ``share`` of it), slightly bowed away from the midline as the trunk is."""
    (x, y), (to_x, to_y) = view.at(strand.start), view.at(strand.end)
    wide, tall = to_x - x, to_y - y
    bow = min(9.0, 0.05 * abs(tall))
    if abs(strand.start[0]) < 1 > abs(strand.end[0]):  # along the midline: bowed so far that it shows beside the spines
        bow = max(12.0 * view.size, min(30.0, 0.14 * abs(tall)))
    over, down, rest = (wide / 2 + bow) * share, tall / 2 * share, 2 * (1 - share)
    values = (x, y, over, down, over * rest + wide * share**2, down * rest + tall * share**2)
    return "M{} {}q{} {} {} {}".format(*(number(value) if fine else f"{value:.0f}" for value in values))


def running_out(strands: Sequence[Strand], view: View, weight: float) -> str:
    """The first stretch of strands whose other end lies on a neighbouring part of the set."""
    data = "".join(course(strand, view, share=_STUB) for strand in strands)
    if not data:
        return ""
    look: Look = {"stroke": FIBRE, "stroke_width": weight, "stroke_opacity": 0.62, "stroke_linecap": "round"}
    words = "These bundles run on to the neighbouring part"
    return element("g", said("title", words), element("path", d=data), class_="running-out", fill="none", **look)


def fibres(strands: Sequence[Strand], view: View, colour: str, weight: float, together: bool = False) -> str:
    """All strands of a muscle; ``together`` as one even sheet, else darker where they lie over each other."""
    sure, doubtful = ([course(s, view, not together) for s in strands if s.doubtful is rare] for rare in (False, True))
    drawn = [element("path", d=data) for data in (["".join(sure)] if together and sure else sure)]
    if doubtful:
        drawn.append(element("path", d="".join(doubtful), stroke_dasharray="5 3"))
    look: Look = {"stroke": colour, "stroke_width": weight, "stroke_opacity": 0.62}
    return element("g", *drawn, class_="fibres", fill="none", stroke_linecap="round", **look) if drawn else ""
