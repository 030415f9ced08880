"""Diagrams: the map of a system with the names of its muscles hidden; each card asks for one of them.

A note of Anki's own image occlusion (23.10 and later). The picture shows what many notes ask for, so it gives the note no
new date: a learner keeps the picture, and the places that are hidden on it, until a muscle joins or leaves the system.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from xml.etree import ElementTree

from backdata.anatomy.systems import muscles, systems
from backdata.figures.lettering import width
from backdata.flashcards import pictures
from backdata.flashcards.pictures import Picture
from backdata.model import Dataset, Group, Muscle, capital

KEY = "diagram"
_SIZE, _ROOM = 12.0, 3.0  # of the names on the map, and around them: units of the picture
_TEXT = "{http://www.w3.org/2000/svg}text"
Box = tuple[float, float, float, float]  # left, top, width, height as shares of the picture


def question(system: Group) -> str:
    """What stands above the picture, as plain text."""
    return f"{capital(system.name)}: which muscle is drawn in this colour?"


def diagrams(dataset: Dataset) -> Iterator[tuple[Group, Picture, dict[str, Box]]]:
    """For each system with at least two names on its map: the picture, and where the name of each muscle stands."""
    for system in systems(dataset):
        picture = pictures.of(dataset, system)
        found = boxes(picture.svg.decode(), muscles(dataset, system)) if picture else {}
        if picture and len(found) > 1:
            yield system, picture, found


def hidden(boxes: Mapping[str, Box], order: Sequence[str]) -> str:
    """The regions as Anki writes them, one per card, numbered as ``order`` has their muscles; the others stay hidden too."""
    return "<br>".join(
        f"{{{{c{number}::image-occlusion:rect:left={left:.4f}:top={top:.4f}:width={wide:.4f}:height={high:.4f}:oi=1}}}}"
        for number, id in enumerate(order, 1)
        if id in boxes
        for left, top, wide, high in (boxes[id],)
    )


def boxes(svg: str, named: Iterable[Muscle]) -> dict[str, Box]:
    """Where the name of each muscle stands on a map; those whose name is not there are left out."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - drawn by ourselves
    _, _, wide, high = map(float, root.attrib["viewBox"].split())
    lines = [each for each in root.iter(_TEXT) if each.text and "x" in each.attrib][1:]  # the first is the title
    found: dict[str, Box] = {}
    for muscle in named:
        taken = next(filter(None, (_lines(lines[start:], muscle.name) for start in range(len(lines)))), [])
        if taken:
            left = min(float(each.attrib["x"]) for each in taken) - _ROOM
            heights = [float(each.attrib["y"]) for each in taken]
            length = max(width(str(each.text), _SIZE) for each in taken) + 2 * _ROOM
            top = min(heights) - _SIZE
            found[muscle.id] = left / wide, top / high, length / wide, (max(heights) + _ROOM + 1 - top) / high
    return found


def _lines(lines: Sequence[ElementTree.Element], name: str) -> list[ElementTree.Element]:
    """The first lines, if they are the whole name and nothing else."""
    for count in (1, 2, 3):
        if " ".join(str(each.text) for each in lines[:count]) == name:
            return list(lines[:count])
    return []
