"""The labels at the left: each statement in words, at the height of what it speaks of, joined to it by a thin line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from backdata.anatomy.overview import TITLES
from backdata.figures import lettering, roots, ruler
from backdata.figures.drawing import FONT, element, said
from backdata.figures.signs import COLOURS, FILLS, sign
from backdata.figures.spine import SKULL_BASE
from backdata.figures.spots import OTHERS, Reading
from backdata.figures.view import View
from backdata.model import Fact, Row

_MARGIN, _INDENT, _SIZE, _LINE, _GAP = 14.0, 14.0, 12.0, 14.0, 7.0
INK = "#26221d"


@dataclass(frozen=True, slots=True)
class Label:
    """One statement, at a height of the body; ``reach`` is how far to the right its line goes, or nothing."""

    topic: str
    text: str
    height: float
    joined: bool


def labels(facts: Iterable[Fact], reading: Reading, nerves: Mapping[str, Row]) -> list[Label]:
    """What is preferred, as labels from above downwards; last what has no height, as a nerve without segments."""
    found, last = [], []
    for fact in facts:
        if fact.reading == "preferred":
            heights, joined = _heights(fact, reading, nerves)
            if heights:
                found.append(Label(fact.topic, fact.text, _middle(heights, joined), joined))
            else:
                last.append(fact)
    lowest = max((label.height for label in found), default=330.0)
    found += [Label(fact.topic, fact.text, lowest + 1, False) for fact in last]
    return sorted(found, key=lambda each: each.height)


def _middle(heights: Sequence[float], joined: bool) -> float:
    """Half way; where a line is to lead there, the level or the nerve that is nearest."""
    mean = sum(heights) / len(heights)
    return min(heights, key=lambda each: abs(each - mean)) if joined else mean


def _heights(fact: Fact, reading: Reading, nerves: Mapping[str, Row]) -> tuple[list[float], bool]:
    if fact.topic == "innervation":
        levels = roots.segments(fact, nerves)
        if levels:
            return [roots.height(level) for level in levels.all], True
        cranial = nerves.get(fact.nerve or "", {}).get("ramus") == "cranial"
        return ([roots.CRANIAL], True) if cranial else ([], False)
    if fact.levels:
        return [ruler.height(level) for level in fact.levels.all if level != "Occ"], True
    spots = [spot for spot in reading.of(fact.topic) if spot.structure == fact.structure and spot.state != OTHERS]
    spots = [spot for spot in spots if (spot.unit, spot.item) == (fact.stated_at, fact.item)] or spots
    if any(spot.level for spot in spots):
        return [ruler.height(spot.level) for spot in spots if spot.level], True
    beside = [ruler.height(level) for spot in spots if abs(spot.place[0][0]) < 1 for level in spot.within]
    heights = beside or [y for spot in spots for _, y in (spot.place[0], spot.place[-1])]
    return heights, bool(beside) or any(spot.place[0][1] < SKULL_BASE for spot in spots)


def height_needed(given: Sequence[Label], room: float) -> float:
    """How much room the labels take on the page."""
    return sum(_tall(label, room, True) + _GAP for label in given) + 8


def _tall(label: Label, room: float, headed: bool) -> float:
    return _LINE * (len(_lines(label, room)) + headed)


def _lines(label: Label, room: float) -> list[str]:
    return lettering.wrapped(label.text, _SIZE, room - _INDENT)


def room(view: View) -> float:
    """How wide the labels may be."""
    return ruler.left(view) - ruler.COLUMNS["innervation"] - 14 - _MARGIN


def drawn(given: Sequence[Label], view: View) -> str:
    """The labels with their lines; a heading stands above the first of several of one kind."""
    wide = room(view)
    headed = [n == 0 or given[n - 1].topic != label.topic for n, label in enumerate(given)]
    sizes = [_tall(label, wide, head) for label, head in zip(given, headed, strict=True)]
    wanted = [(view.y(label.height), size) for label, size in zip(given, sizes, strict=True)]
    edges = lettering.stacked(wanted, view.top + 2, view.bottom - 2, _GAP)
    parts = []
    for label, head, size, edge in zip(given, headed, sizes, edges, strict=True):
        parts.append(_leader(label, edge + (_LINE * head + size) / 2, view, wide) if label.joined else "")
        parts.append(_label(label, head, edge, size, wide))
    return element("g", *parts, font_family=FONT, font_size=_SIZE, fill=INK) if parts else ""


def _leader(label: Label, y: float, view: View, wide: float) -> str:
    to = ruler.left(view) - ruler.COLUMNS[label.topic] + (0 if label.topic != "innervation" else -5)
    start, bend = _MARGIN + wide + 1, _MARGIN + wide + 8
    line = f"M{start:.1f} {y:.1f}L{bend:.1f} {view.y(label.height):.1f}H{to:.1f}"
    return element("path", d=line, fill="none", stroke=COLOURS[label.topic], stroke_width=0.8, stroke_opacity=0.7)


def _label(label: Label, head: bool, edge: float, size: float, wide: float) -> str:
    colour = COLOURS[label.topic]
    y = edge + 10.5
    parts = []
    if head:
        title = "Nerve" if label.topic == "innervation" else TITLES[label.topic]
        parts.append(said("text", title, x=_MARGIN + _INDENT, y=y, font_weight="bold", fill=colour))
        parts.append(sign(label.topic, (_MARGIN + 4, y - 4.2), 4.2, FILLS[label.topic], colour))
        y += _LINE
    parts.append(
        element(
            "path",
            d=f"M{_MARGIN + 4:.1f} {y - 8:.1f}V{edge + size - 2:.1f}",
            stroke=colour,
            stroke_width=2,
            stroke_opacity=0.55,
        )
    )
    for number, line in enumerate(_lines(label, wide)):
        parts.append(said("text", line, x=_MARGIN + _INDENT, y=y + number * _LINE))
    return "".join(parts)
