"""The signs of a picture: circles for origins, squares for insertions, diamonds for nerve roots; full, hollow or hatched."""

from __future__ import annotations

from dataclasses import dataclass

from backdata.figures import lettering
from backdata.figures.drawing import FONT, Look, Value, element, number, path, said
from backdata.figures.spine import Point
from backdata.figures.spots import OTHERS, SOMETIMES

COLOURS = {"origin": "#c8461a", "insertion": "#14599d", "innervation": "#8a6a00"}
FILLS = COLOURS | {"innervation": "#e3ae1b"}
PAPER = "#fffdf8"


@dataclass(frozen=True, slots=True)
class Pen:
    """Names of the hatchings of one file."""

    prefix: str

    def hatching(self, topic: str, others: bool) -> str:
        """The id of a hatching."""
        return f"{self.prefix}-{topic[:3]}{'-pale' if others else ''}"

    def fill(self, topic: str, state: str, contested: bool) -> str:
        """How a sign is filled."""
        if state == SOMETIMES:
            return PAPER
        if contested or state == OTHERS:
            return f"url(#{self.hatching(topic, state == OTHERS)})"
        return FILLS[topic]

    def defs(self) -> str:
        """The hatchings."""
        return "".join(self._pattern(topic, others) for topic in COLOURS for others in (False, True))

    def _pattern(self, topic: str, others: bool) -> str:
        ground, line = (PAPER, COLOURS[topic]) if others else (FILLS[topic], PAPER)
        return element(
            "pattern",
            element("rect", width=3.6, height=3.6, fill=ground),
            element("path", d="M-1 1L1 -1M0 3.6L3.6 0M2.6 4.6L4.6 2.6", stroke=line, stroke_width=1.0),
            id=self.hatching(topic, others),
            patternUnits="userSpaceOnUse",
            width=3.6,
            height=3.6,
        )


def sign(topic: str, at: Point, size: float, fill: str, stroke: str, **attributes: Value) -> str:
    """A circle, a square or a diamond around a point; ``size`` is its half width."""
    x, y = at
    look: Look = {"fill": fill, "stroke": stroke, **attributes}
    if topic == "origin":
        return element("circle", cx=x, cy=y, r=size, **look)
    if topic == "insertion":
        side = size * 0.92
        return element("rect", x=x - side, y=y - side, width=2 * side, height=2 * side, **look)
    return element(
        "path",
        d=f"{path([(x, y - size * 1.2), (x + size * 1.2, y), (x, y + size * 1.2), (x - size * 1.2, y)])}Z",
        **look,
    )


def plate(word: str, at: Point) -> str:
    """A small yellow plate with a cranial nerve's number: it is no spinal root, and stands at no level."""
    x, y = at
    wide = lettering.width(word, 11, bold=True) + 4
    box = element("rect", x=x - wide / 2, y=y - 6.5, width=wide, height=13, rx=3, fill=FILLS["innervation"],
                  stroke=COLOURS["innervation"])  # fmt: skip
    letters: Look = {"font_family": FONT, "font_size": 11, "font_weight": "bold", "text_anchor": "middle"}
    return box + said("text", word, x=x, y=y + 4, fill="#26221d", **letters)


def outline(topic: str, at: Point, size: float) -> str:
    """The path data of a sign."""
    x, y = at
    if topic == "origin":
        r, across = number(size), number(2 * size)
        return f"M{number(x - size)} {number(y)}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0 -{across} 0Z"
    side = number(2 * size * 0.92)
    return f"M{number(x - size * 0.92)} {number(y - size * 0.92)}h{side}v{side}h-{side}Z"
