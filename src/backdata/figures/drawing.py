"""A small builder of SVG text: elements with escaped attributes and text, numbers written short and always alike."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import pairwise
from typing import TypeAlias

from backdata.figures.spine import Point

Value: TypeAlias = str | float | None
Look: TypeAlias = dict[str, Value]  # attributes that several elements share
FONT = "Arial, 'Liberation Sans', Helvetica, sans-serif"


def element(tag: str, *inner: str, **attributes: Value) -> str:
    """``<tag …>inner</tag>``. Underscores of attribute names stand for hyphens; None leaves an attribute out."""
    said = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_text(value)}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{tag}{said}>{''.join(inner)}</{tag}>" if inner else f"<{tag}{said}/>"


def _text(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")


def number(value: float) -> str:
    """One decimal is finer than any printer needs here."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def said(tag: str, text: str, **attributes: Value) -> str:
    """An element that holds plain text."""
    return element(tag, escape(text, quote=False), **attributes)


def path(points: Iterable[Point]) -> str:
    """The path data of straight lines."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def smooth(points: list[Point], closed: bool = True) -> str:
    """The path data of a soft outline: through the midpoints, with the corners as handles."""
    if not closed:
        inner = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(points[1:])]
        ends = [*inner[:-1], points[-1]] if len(points) > 2 else []
        return (
            "M" + _pair(points[0]) + "".join(f"Q{_pair(c)} {_pair(e)}" for c, e in zip(points[1:-1], ends, strict=True))
        )
    ring = [*points, points[0]]
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(ring)]
    curves = "".join(f"Q{_pair(c)} {_pair(e)}" for c, e in zip(points, middles, strict=True))
    return f"M{_pair(middles[-1])}{curves}Z"


def _pair(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def mirrored(points: list[Point]) -> list[Point]:
    """An outline from the upper to the lower midline, completed by its other half."""
    return [*points, *((-x, y) for x, y in reversed(points) if x)]
