"""The scale beside the spine: a cell for every level, and beside it what is attached there and which nerves leave there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from backdata.figures.drawing import FONT, Look, element, number, said
from backdata.figures.places import levelled
from backdata.figures.roots import Root
from backdata.figures.signs import COLOURS, Pen, plate, sign
from backdata.figures.spine import SPINE
from backdata.figures.spots import OTHERS, SOMETIMES, SURE, Reading
from backdata.figures.view import View

_TINTS = {"C": "#e3ecf2", "T": "#f1eadb", "L": "#e4eee3", "S": "#f2e6e4", "O": "#ece8f2"}
_SKULL = (66.0, 108.0)
_WIDE = 25.0
COLUMNS = {"origin": 13.0, "insertion": 23.0, "innervation": 35.0}


def left(view: View) -> float:
    """Where the cells begin."""
    tips = [SPINE[level].tip for level in view.levels if level[0] in "CTL"] or [30.0]
    return view.x - view.scale * max(tips) - _WIDE - 8


def edges(level: str, view: View) -> tuple[float, float]:
    """The upper and the lower edge of a level on the page."""
    top, bottom = _SKULL if level == "Occ" else (SPINE[level].top, SPINE[level].bottom)
    return max(view.top, view.y(top)), view.y(bottom)


def listed(view: View) -> list[str]:
    """The levels that have a cell."""
    levels = [level for level in view.levels if not level.startswith("Co")]
    return (["Occ"] if view.y(_SKULL[0]) >= view.top - 12 and view.first < 90 else []) + levels


def cells(view: View, reached: Iterable[str]) -> str:
    """The scale itself; levels that the muscle reaches stand in bold."""
    x, bold = left(view), set(reached)
    lines, boxes, names = "", "", {True: "", False: ""}
    for level in listed(view):
        if level == "Occ" and level not in bold:
            continue
        top, bottom = edges(level, view)
        middle, size = (top + bottom) / 2, 11.0 if level[0] == "S" else 12.0
        if level != "Occ":
            tip = view.x - view.scale * (SPINE[level].tip if level[0] != "S" else SPINE[level].pillar + 12)
            lines += f"M{number(x + _WIDE)} {number(middle)}H{number(tip - 2)}"
        boxes += element(
            "rect", x=x, y=top + 0.6, width=_WIDE, height=bottom - top - 1.2, rx=2.5, fill=_TINTS[level[0]]
        )
        names[level in bold] += said(
            "text", level, x=x + _WIDE / 2, y=middle + size * 0.35, font_size=size if size != 12 else None
        )
    letters: Look = {"font_family": FONT, "font_size": 12, "text_anchor": "middle"}
    return "".join(
        (
            element("path", d=lines, stroke="#d8ccb4", stroke_width=0.8),
            boxes,
            element("g", names[False], fill="#6f675a", **letters) if names[False] else "",
            element("g", names[True], fill="#1f1b16", font_weight="bold", **letters) if names[True] else "",
        )
    )


def bars(reading: Reading, view: View, pen: Pen, kinds: dict[str, str]) -> str:
    """Origin and insertion as bars beside the cells."""
    drawn: list[str] = []
    for end in ("origin", "insertion"):
        x = left(view) - COLUMNS[end]
        states: dict[str, tuple[str, bool]] = {}
        for spot in reading.of(end):
            level = row_of(spot.level) if spot.level else "Occ" if kinds.get(spot.structure) == "skull" else ""
            if level:
                states[level] = min(
                    states.get(level, (spot.state, spot.contested)), (spot.state, spot.contested), key=_rank
                )
            elif spot.within and (abs(spot.place[0][0]) < 1 or levelled(spot.structure, kinds.get(spot.structure, ""))):
                top, bottom = view.y(spot.place[0][1]), view.y(spot.place[-1][1])
                drawn.append(element("path", d=f"M{x + 3.5:.1f} {top:.1f}V{bottom:.1f}", stroke=COLOURS[end], stroke_width=1.6,
                                     stroke_dasharray="2 2" if spot.state == OTHERS else None))  # fmt: skip
        drawn += [_bar(end, level, *state, x, view, pen) for level, state in states.items() if level in listed(view)]
    return "".join(drawn)


def used(reading: Reading, kinds: dict[str, str]) -> set[str]:
    """The cells that the muscle reaches: those of its levels, and that of the skull."""
    taught = [spot for spot in reading.spots if spot.state != OTHERS]
    skull = {"Occ" for spot in reading.spots if kinds.get(spot.structure) == "skull"}
    return skull | {row_of(spot.level) for spot in taught if spot.level}


def _rank(state: tuple[str, bool]) -> tuple[int, bool]:
    return (SURE, SOMETIMES, OTHERS).index(state[0]), state[1]


def _bar(end: str, level: str, state: str, contested: bool, x: float, view: View, pen: Pen) -> str:
    top, bottom = edges(level, view)
    return element(
        "rect", x=x, y=top + 1.4, width=7, height=bottom - top - 2.8, rx=3.5 if end == "origin" else 0, class_="bar", data_end=end,
        data_level=level, fill=pen.fill(end, state, contested), stroke=COLOURS[end], stroke_width=1,
        stroke_dasharray="2 1.4" if state == OTHERS else None,
    )  # fmt: skip


def row_of(level: str) -> str:
    """The cell of a level: a rib stands with the vertebra of its number."""
    return "T" + level[1:] if level.startswith("R") else level


def dots(found: Sequence[Root], view: View, pen: Pen) -> str:
    """Nerve roots, each where it leaves the spine; a cranial nerve as its number below the skull."""
    x = left(view) - COLUMNS["innervation"]
    drawn = []
    for root in found:
        how = {SOMETIMES: ", sometimes", OTHERS: ", other sources only"}.get(
            root.state, ", contested" if root.contested else ""
        )
        fill = pen.fill("innervation", root.state, root.contested)
        dashes = "2 1.4" if root.state == OTHERS else None
        drawn.append(
            element("g", said("title", f"{root.name.capitalize()} {root.level}".strip() + how),
                    plate(root.cranial, (x + 4, view.y(root.y))) if root.cranial else
                    sign("innervation", (x, view.y(root.y)), 3.6, fill, COLOURS["innervation"], stroke_dasharray=dashes),
                    class_="root", data_level=root.level or None, data_state=f"{root.state} contested" if root.contested else root.state)
        )  # fmt: skip
    return "".join(drawn)


def height(level: str) -> float:
    """The height of a level's cell on the body; a rib stands with the vertebra of its number."""
    return SPINE[row_of(level)].y
