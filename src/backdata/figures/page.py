"""The sheet on which every picture stands: its own light card, the skeleton, a title, and a legend below."""

from __future__ import annotations

from collections.abc import Sequence

from backdata.figures import lettering, ruler, skeleton
from backdata.figures.drawing import FONT, Value, element, number, said
from backdata.figures.signs import PAPER, Pen
from backdata.figures.spine import Point
from backdata.figures.view import WIDTH, View
from backdata.model import capital

_SIZE, _LINE, _MARGIN = 12.0, 17.0, 14.0
_SEEN = "seen from behind"
INK, GREY = "#26221d", "#6f675a"


def sheet(prefix: str, name: str, latin: str, words: str, view: View, inner: Sequence[str], legend: Sequence[tuple[str, str]],
          busy: Sequence[Point] = ()) -> str:  # fmt: skip
    """The whole file. ``legend`` holds pairs of a small drawing (16 wide, around 0/0) and its words; ``busy`` are places of
    the body that must not be covered.
    """
    below, height = _legend(legend, view.bottom + 22)
    pen = Pen(prefix)
    parts = (
        said("title", f"{capital(name)}: spine map", id=f"{prefix}-title"),
        said("desc", words, id=f"{prefix}-desc"),
        element(
            "defs",
            element("g", skeleton.half(), id=f"{prefix}-half"),
            element("g", skeleton.axis(), id=f"{prefix}-axis"),
            element(
                "clipPath",
                element("rect", x=1, y=view.top - 6, width=WIDTH - 2, height=view.bottom - view.top + 12),
                id=f"{prefix}-clip",
            ),
            _fade(f"{prefix}-fade", ((0, 0.94), (0.62, 0.9), (1, 0)), across=True),
            _fade(f"{prefix}-head", ((0, 1), (1, 0)), across=False),
            pen.defs() if any("url(#" in part for part in (*inner, *(drawing for drawing, _ in legend))) else "",
        ),
        element("rect", x=0.5, y=0.5, width=WIDTH - 1, height=height - 1, rx=14, fill=PAPER, stroke="#e2d8c4"),
        _body(prefix, view),
        *inner,
        _locator(prefix, view, busy),
        _heading(name, latin),
        below,
    )
    return (
        element(
            "svg", *parts, xmlns="http://www.w3.org/2000/svg", xmlns__xlink="http://www.w3.org/1999/xlink", role="img",
            aria_labelledby=f"{prefix}-title {prefix}-desc", stroke_width=1.3, viewBox=f"0 0 {number(WIDTH)} {number(height)}", width=WIDTH, height=height,
        ).replace("xmlns--xlink", "xmlns:xlink")
        + "\n"
    )  # fmt: skip


def _use(id: str, **attributes: Value) -> str:
    return element("use", **attributes).replace("<use", f'<use xlink:href="#{id}"')


def _body(prefix: str, view: View) -> str:
    scale = f" scale({view.scale:.3f})" if not view.whole else ""
    bones = element(
        "g",
        element("g", _use(f"{prefix}-half", transform="scale(-1 1)"), opacity=0.5),
        _use(f"{prefix}-half"),
        _use(f"{prefix}-axis", transform="scale(-1 1)"),
        _use(f"{prefix}-axis"),
        skeleton.midline(),
        transform=f"translate({number(view.x)} {number(view.y(0))}){scale}",
        stroke_width=round(0.9 / view.scale**0.5, 2),
        stroke_linejoin="round",
    )
    veil = element(
        "rect",
        x=2,
        y=view.top - 6,
        width=ruler.left(view) - 4,
        height=view.bottom - view.top + 12,
        fill=f"url(#{prefix}-fade)",
    )
    cut = (
        element("rect", x=2, y=view.top - 7, width=WIDTH - 4, height=26, fill=f"url(#{prefix}-head)")
        if view.first > 0
        else ""
    )
    return element("g", bones, clip_path=f"url(#{prefix}-clip)") + veil + cut


def _fade(id: str, stops: Sequence[tuple[float, float]], across: bool) -> str:
    """From paper to nothing."""
    parts = (element("stop", offset=at, stop_color=PAPER, stop_opacity=f"{opacity:g}") for at, opacity in stops)
    return element("linearGradient", *parts, id=id, x1=0, y1=0, x2=int(across), y2=int(not across))


def _locator(prefix: str, view: View, busy: Sequence[Point]) -> str:
    """Of a region: where it lies, on a small skeleton at the right, in a corner or else where the fewest marks are."""
    if view.whole:
        return ""
    points = [view.at(point) for point in busy]
    low, high = view.bottom - 92, view.top + 8
    edge = [(x, y) for x in (WIDTH - 38, WIDTH - 32) for y in (low, high, *range(int(low) - 20, int(high), -20))]
    x, y = min(edge, key=lambda at: sum(abs(px - at[0]) < 32 and -12 < py - at[1] < 94 for px, py in points))
    small = 0.115
    frame = element(
        "rect", x=x - 26, y=y - 6, width=52, height=94, rx=5, fill=PAPER, fill_opacity=0.92, stroke="#d8ccb4"
    )
    bones = element(
        "g", _use(f"{prefix}-half"), _use(f"{prefix}-half", transform="scale(-1 1)"), skeleton.silhouette(),
        transform=f"translate({number(x)} {number(y)}) scale({small})", stroke_width=3,
    )  # fmt: skip
    window = element(
        "rect", x=x - 22, y=y + view.first * small, width=44, height=(view.last - view.first) * small, rx=2, fill="#14599d", fill_opacity=0.16,
        stroke="#14599d", stroke_width=1,
    )  # fmt: skip
    return frame + bones + window


def _heading(name: str, latin: str) -> str:
    size = next((s for s in (21.0, 18.0, 15.5) if lettering.width(name, s, bold=True) < WIDTH - 3 * _MARGIN), 13.5)
    title = said("text", capital(name), x=_MARGIN, y=32, font_size=size, font_weight="bold", fill=INK)
    room = WIDTH - 2 * _MARGIN - lettering.width(_SEEN, 11) - 12
    y = 32 if lettering.width(name, size, bold=True) < room else 51  # beside the name, or else beside its Latin one
    small = 13 if lettering.width(latin, 13) < (room if y == 51 else WIDTH - 30) else 11
    view = said("text", _SEEN, x=WIDTH - _MARGIN, y=y, font_size=11, fill=GREY, text_anchor="end")
    second = said("text", latin, x=_MARGIN, y=51, font_size=small, fill=GREY) if latin else ""
    return element("g", title, second, view, font_family=FONT)


def _legend(pairs: Sequence[tuple[str, str]], y: float) -> tuple[str, int]:
    x, drawn = _MARGIN, []
    line = element("path", d=f"M{_MARGIN} {number(y - 16)}H{number(WIDTH - _MARGIN)}", stroke="#e2d8c4")
    for picture, words in pairs:
        for number_, part in enumerate(lettering.wrapped(words, _SIZE, WIDTH - 2 * _MARGIN - 22)):
            shift = 18.0 if picture else 0.0
            wide = shift + lettering.width(part, _SIZE)
            if x > _MARGIN and (x + wide > WIDTH - _MARGIN or number_):
                x, y = _MARGIN, y + _LINE
            if picture and not number_:
                drawn.append(element("g", picture, transform=f"translate({number(x + 6)} {number(y - 4.2)})"))
            drawn.append(said("text", part, x=x + shift, y=y, font_size=_SIZE, fill=INK if picture else GREY))
            x += wide + 15
    return element("g", line, *drawn, font_family=FONT), round(y + 16)
