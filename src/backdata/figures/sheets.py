"""Where muscles are too many for single fibres: each set as one see-through sheet, as wide at each height as its strands."""

from __future__ import annotations

from collections.abc import Sequence

from backdata.figures.drawing import element, path
from backdata.figures.fibres import Strand
from backdata.figures.spine import Point
from backdata.figures.view import View

_STEP = 7.0  # between two heights at which the width is taken
_LEAST = 1.2  # half the width of a sheet of strands that lie on each other


def sheet(strands: Sequence[Strand], view: View, colour: str) -> str:
    """The sheet; where no strand passes, it is interrupted."""
    spans = [_span(strands, n * _STEP) for n in range(round(view.first / _STEP), round(view.last / _STEP) + 1)]
    data, run = "", list[tuple[float, float, float]]()
    for span in (*_calm(spans), None):
        if span:
            run.append(span)
        elif run:
            data += _outline(run, view)
            run = []
    look = {"fill": colour, "stroke": colour}
    return (
        element("path", d=data, class_="sheet", fill_opacity=0.16, stroke_opacity=0.75, stroke_width=1.1, **look)
        if data
        else ""
    )


def _span(strands: Sequence[Strand], y: float) -> tuple[float, float, float] | None:
    """The height, and how far to the left and to the right strands pass it."""
    xs = [x for strand in strands if (x := _passing(strand, y)) is not None]
    return (y, min(xs), max(xs)) if xs else None


def _calm(spans: Sequence[tuple[float, float, float] | None]) -> list[tuple[float, float, float] | None]:
    """Each as wide as the widest near it, then evened: the outline shows the course of a set, not each of its bundles."""

    def over(of: int, near: Sequence[tuple[float, float, float] | None], wide: bool) -> float:
        values = [span[of] for span in near if span]
        return (min(values) if of == 1 else max(values)) if wide else sum(values) / len(values)

    for wide in (True, False):
        spans = [
            span and (span[0], over(1, spans[max(0, n - 2) : n + 3], wide), over(2, spans[max(0, n - 2) : n + 3], wide))
            for n, span in enumerate(spans)
        ]
    return list(spans)


def _passing(strand: Strand, y: float) -> float | None:
    (x, start), (to_x, end) = strand.start, strand.end
    if start == end or not min(start, end) - _STEP / 2 <= y <= max(start, end) + _STEP / 2:
        return None
    share = min(1.0, max(0.0, (y - start) / (end - start)))
    return x + (to_x - x) * share


def _outline(run: Sequence[tuple[float, float, float]], view: View) -> str:
    left: list[Point] = [view.at((low - _LEAST, y)) for y, low, _ in run]
    right: list[Point] = [view.at((high + _LEAST, y)) for y, _, high in reversed(run)]
    return path([*left, *right]) + "Z"
