"""How large the letters of a sheet may be, so that its table fills one page of A4, landscape, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from backdata.exporters.cheatsheets.cells import Line
from backdata.figures.lettering import width, wrapped

_PAGE, _HEIGHT = 283.0, 180.0  # millimetres: between the margins, and below the heading
_POINT = 0.3528  # millimetres
_LEADING = 1.22  # lines to the size of the letters; the style has the same
_SHARES = (0.14, 0.19, 0.2, 0.21, 0.13, 0.13)  # of the columns; the style is told
_MAPS = (110, 95, 84, 74, 66, 60)  # widths of the map to choose from, in millimetres
_LARGEST, _SMALLEST, _STEP = 9.5, 5.6, 0.1


@dataclass(frozen=True, slots=True)
class Layout:
    """Sizes of one sheet."""

    points: float
    map: int  # width of the map in millimetres
    shares: tuple[float, ...] = _SHARES


def fitted(lines: Sequence[Line], shape: float) -> Layout:
    """The largest letters, and with them the largest map (``shape``: its height by its width), that leave one page."""
    steps = round((_LARGEST - _SMALLEST) / _STEP)
    widest = _widest(lines)
    for step in range(steps + 1):
        points = round(_LARGEST - step * _STEP, 1)
        for map in _MAPS:
            room = _PAGE - map - 4
            if map * shape <= _HEIGHT and _whole(widest, points, room) and _height(lines, points, room) <= _HEIGHT:
                return Layout(points, map)
    return Layout(_SMALLEST, _MAPS[-1])


def _widest(lines: Sequence[Line]) -> list[str]:
    """The widest word of each column."""
    cells = ([item for line in lines for item in line.cells[place]] for place in range(len(_SHARES) - 1))
    columns = [line.name for line in lines], *cells
    words = ((word for text in column for word in text.split()) for column in columns)
    return [max(each, key=lambda word: width(word, 1), default="") for each in words]


def _whole(widest: Sequence[str], points: float, room: float) -> bool:
    """Whether no word is wider than its column."""
    inner = _inner(points, room)
    return width(widest[0], points, bold=True) <= inner[0] and all(
        width(word, points) <= column - 0.75 * points for word, column in zip(widest[1:], inner[1:], strict=True)
    )


def _inner(points: float, room: float) -> list[float]:
    """What each column has for words, in points."""
    return [share * room / _POINT - 0.9 * points for share in _SHARES]


def _height(lines: Sequence[Line], points: float, room: float) -> float:
    """Of the table, in millimetres."""
    rows = 1 + sum(_rows(line, points, room) for line in lines)
    bands = 1 + len(lines) + sum(1 for line in lines if line.band)
    return rows * points * _LEADING * _POINT + bands * 0.62 * points * _POINT


def _rows(line: Line, points: float, room: float) -> int:
    """Lines of text that a row of the table takes."""
    inner = _inner(points, room)
    name = len(wrapped(line.name, points, inner[0] - (1.2 * points if line.part else 0), bold=not line.part))
    name += len(wrapped(line.latin, 0.9 * points, inner[0])) if line.latin and not line.part else 0
    cells = (
        sum(len(wrapped(item, points, column - 0.75 * points)) for item in cell)
        for cell, column in zip(line.cells, inner[1:], strict=True)
    )
    return max(name, *cells) + (1 if line.band else 0)
