"""The muscles of a group by name and colour: each branch has a hue, its muscles are shades of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backdata.anatomy.inheritance import by_id
from backdata.figures import lettering, ruler
from backdata.figures.drawing import FONT, element, said
from backdata.figures.reading import read
from backdata.figures.spine import SKULL_BASE
from backdata.figures.spots import Reading
from backdata.figures.view import View
from backdata.model import Dataset, Group, Muscle

_HUES = ("#b8431a", "#1a639f", "#2c8053", "#8447a0", "#a87900", "#b52f68", "#3c7f8c", "#75552f", "#6f8d1f", "#4653a8")
_SHADES = (0.0, 0.36, -0.4)  # towards paper, or towards black
_MARGIN, _LINE, _SIZE, _GAP = 14.0, 15.0, 12.0, 0.4
_SKULL = 64.0  # how far it reaches to the side
INK, GREY = "#26221d", "#6f675a"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: the heading of a branch, or a muscle with what is drawn of it."""

    name: str
    colour: str
    deep: int
    reading: Reading | None = None
    set: str = ""  # the id of the group to which the muscle itself belongs


def entries(dataset: Dataset, group: Group) -> list[Entry]:
    """The muscles of the group itself, each with a hue, then its branches."""
    structures = by_id(dataset.tables["structures"])
    found: list[Entry] = []
    hues = iter(_HUES * (len(dataset.muscles) + 1))
    for id in group.muscles:
        muscle = dataset.muscles[id]
        found.append(Entry(muscle.name, next(hues), 0, read(muscle.facts, structures), group.id))
    for id in group.children:
        hue, number = next(hues), 0
        for deep, member in _within(dataset, dataset.groups[id], 0):
            if isinstance(member, Muscle):
                colour = _blended(hue, _SHADES[number % len(_SHADES)])
                found.append(Entry(member.name, colour, deep, read(member.facts, structures), member.group))
                number += 1
            else:
                found.append(Entry(member.name, hue, deep))
    return found


def _within(dataset: Dataset, group: Group, deep: int) -> list[tuple[int, Group | Muscle]]:
    own: list[tuple[int, Group | Muscle]] = [(deep, group)]
    own += [(deep + 1, dataset.muscles[id]) for id in group.muscles]
    return own + [each for id in group.children for each in _within(dataset, dataset.groups[id], deep + 1)]


def _blended(colour: str, share: float) -> str:
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    goal = 238 if share > 0 else 0
    return "#" + "".join(f"{round(part + (goal - part) * abs(share)):02x}" for part in parts)


def height_needed(listed: Sequence[Entry]) -> float:
    """How much room the list takes, roughly: before the width of its column is known."""
    return _LINE * _lines([(entry, _words(entry, 140)) for entry in listed]) + 12


def drawn(listed: Sequence[Entry], view: View, beside: float, remark: str) -> str:
    """The list at the left; below it a remark on the group if there is room. ``beside`` is taken by the lanes."""
    wide = ruler.left(view) - 8 - beside - _MARGIN
    rows = [(entry, _words(entry, wide)) for entry in listed]
    line = min(_LINE, (view.bottom - view.top - 10) / max(1.0, _lines(rows)))
    y, parts = view.top + 14, []
    for entry, words in rows:
        heading, x = entry.reading is None, _MARGIN + 8 * entry.deep
        y += line * _GAP if heading else 0
        thick = 9 if heading else 4
        parts.append(element("rect", x=x, y=y - 4.2 - thick / 2, width=12, height=thick, rx=2, fill=entry.colour))
        for text in words:
            parts.append(said("text", text, x=x + 18, y=y, font_weight="bold" if heading else None))
            y += line
    skull = view.at((-_SKULL, 0.0))[0] - _MARGIN if view.y(SKULL_BASE) > y else wide
    about = lettering.wrapped(remark, _SIZE, min(wide, skull))
    if y + 14 + _LINE * len(about) < view.bottom:
        texts = (said("text", text, x=_MARGIN, y=y + 14 + _LINE * n) for n, text in enumerate(about))
        parts.append(element("g", *texts, fill=GREY) if about else "")
    return element("g", *parts, font_family=FONT, font_size=_SIZE, fill=INK)


def _words(entry: Entry, wide: float) -> list[str]:
    return lettering.wrapped(entry.name, _SIZE, wide - 18 - 8 * entry.deep, bold=entry.reading is None)


def _lines(rows: Sequence[tuple[Entry, list[str]]]) -> float:
    return sum(len(words) + _GAP * (entry.reading is None) for entry, words in rows)
