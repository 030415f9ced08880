"""What is always there: skull, spine, ribs, shoulder girdles, arms and hips as calm outlines. Nothing here depends on the data."""

from __future__ import annotations

from functools import cache

from backdata.figures.drawing import Look, element, mirrored, number, path, smooth
from backdata.figures.places import whole
from backdata.figures.spine import SPINE, Point, Vertebra, rib

BONE, EDGE, DEEP, SHADE = "#f3ecdd", "#c3b59b", "#e7dcc6", "#a8987b"
_SKULL: list[Point] = [(0, 0), (24, 1), (46, 13), (60, 36), (59, 62), (52, 82), (40, 96), (24, 105), (0, 108)]
_MASTOID: list[Point] = [(41, 84), (51, 82), (53, 94), (48, 108), (44, 110), (39, 98)]
_SCAPULA: list[Point] = [(57, 240), (66, 241), (88, 246), (112, 254), (126, 262), (131, 274), (128, 286), (116, 292), (100, 318),
            (84, 346), (74, 358), (67, 354), (61, 330), (56, 298), (55, 270), (56, 254)]  # fmt: skip
_SPINE_OF_SCAPULA: list[Point] = [(57, 268), (82, 257), (112, 245), (136, 233), (147, 229), (152, 237), (146, 246), (132, 248), (108, 258),
                     (84, 269), (58, 275)]  # fmt: skip
_CLAVICLE: list[Point] = [(12, 251), (30, 248), (52, 235), (82, 219), (112, 213), (138, 222), (149, 230), (143, 235), (128, 229), (110, 223),
             (84, 229), (56, 244), (34, 257), (14, 259)]  # fmt: skip
_HUMERUS: list[Point] = [(132, 252), (146, 247), (160, 252), (166, 266), (162, 284), (160, 310), (162, 350), (166, 398), (154, 398),
            (149, 350), (145, 312), (138, 290), (130, 276), (129, 262)]  # fmt: skip
_HIP: list[Point] = [(30, 582), (38, 560), (54, 543), (76, 537), (96, 548), (109, 574), (109, 588), (101, 602), (98, 622), (96, 644), (84, 660),
        (74, 672), (66, 694), (54, 708), (45, 700), (48, 682), (55, 664), (56, 646), (46, 630), (34, 618), (28, 604)]  # fmt: skip


@cache
def half() -> str:
    """The limbs and ribs of the right side."""
    return "".join(
        (
            _bones(_CLAVICLE, _HUMERUS),
            *(_rib(number) for number in range(1, 13)),
            _bones(_HIP),
            _drawn(smooth([(61, 643), (72, 633), (84, 642), (80, 655)]), DEEP),
            _lines([*whole("iliac-crest")]),
            element("path", d=smooth(_SCAPULA), fill=BONE, fill_opacity=0.78, stroke=EDGE),  # the ribs shine through
            _bones(_SPINE_OF_SCAPULA),
        )
    )


@cache
def axis() -> str:
    """The right half of skull, vertebrae, sacrum and coccyx; it reaches a little over the midline, so that no seam shows."""
    column = [at for at in SPINE.values() if at.level[0] in "TL" or (at.level[0] == "C" and at.level[1:] in "234567")]
    bodies = "".join(f"M-1 {number(at.top + 1)}H{number(_body(at))}V{number(at.bottom - 1)}H-1Z" for at in column)
    return "".join(
        (
            element("path", d=bodies, fill=DEEP),
            _skull(),
            _sacrum(),
            element(
                "g",
                *(_vertebra(at) for at in SPINE.values() if at in column or at.level == "C1"),
                fill=BONE,
                stroke=EDGE,
            ),
        )
    )


@cache
def midline() -> str:
    """What lies in the midline, above both halves: the external occipital protuberance and the spinous processes."""
    knob = element("ellipse", cx=0, cy=71.5, rx=4.2, ry=2.8)
    atlas = element("circle", cx=0, cy=SPINE["C1"].y + 1, r=2.6)
    spines = [
        _process(at)
        for at in SPINE.values()
        if at.level[0] in "CTLS" and at.level not in ("C1", "S5") and "o" not in at.level
    ]
    return element("g", knob, atlas, element("path", d="".join(spines)), fill=DEEP, stroke=EDGE)


def _body(at: Vertebra) -> float:
    return 20.0 if at.level[0] == "L" else at.pillar - 1


def _skull() -> str:
    foramen = element("path", d="M-1 99Q8 98 11 101Q10 107 -1 107", fill=DEEP, stroke=SHADE, stroke_dasharray="2 2")
    sutures = element("path", d="M0 40L18 50L34 66L46 78M0 3V40", fill="none", stroke=DEEP)
    nuchal = _lines([*whole("superior-nuchal-line")], [*whole("inferior-nuchal-line")], [(0, 74), (0, 97)])
    return _bones(_MASTOID) + _drawn(_open(_SKULL), BONE) + foramen + sutures + nuchal


def _open(outline: list[Point]) -> str:
    """A half outline whose edge is not drawn along the midline."""
    return smooth([(-1, outline[0][1]), *outline, (-1, outline[-1][1])], closed=False)


def _vertebra(at: Vertebra) -> str:
    y, h, tip, wide = at.y, at.height, at.tip, at.pillar
    if at.level == "C1":
        ring: list[Point] = [(0, y - 4), (9, y - 5), (18, y - 7), (24, y - 5), (tip, y - 3.5), (tip + 2, y), (tip - 2, y + 3.5), (22, y + 4),
                             (18, y + 7), (11, y + 6), (8, y + 2.5), (0, y + 4.5)]  # fmt: skip
        return element("path", d=_open(ring))
    rise = -0.08 * h
    arch: list[Point] = [
        (0, y - 0.36 * h), (wide * 0.6, y - 0.4 * h), (wide * 0.95, y - 0.5 * h), (wide + 2, y - 0.3 * h),
        (tip - 4, y + rise - 0.15 * h), (tip + 1, y + rise - 0.14 * h), (tip + 1.6, y + rise + 0.1 * h), (tip - 3, y + rise + 0.16 * h),
        (wide + 2, y + 0.1 * h), (wide, y + 0.46 * h), (wide * 0.62, y + 0.5 * h), (wide * 0.4, y + 0.3 * h), (0, y + 0.3 * h),
    ]  # fmt: skip
    bumps = ""
    if at.level[0] == "L":
        spots = ((wide + 3.5, y - 0.26 * h), (wide + 8.5, y + 0.1 * h))
        bumps = "".join(element("ellipse", cx=x, cy=dy, rx=3, ry=2.6) for x, dy in spots)
    return element("path", d=_open(arch)) + bumps


def _process(at: Vertebra) -> str:
    """The outline of a spinous process: forked in the neck, slender in the chest, broad in the loins."""
    y, h = at.y, at.height
    if at.level[0] == "S":
        return smooth(mirrored([(0, y - 5), (2.4, y - 4), (2.4, y + 4), (0, y + 5)]))
    if at.level in ("C2", "C3", "C4", "C5", "C6"):
        return smooth(
            mirrored(
                [
                    (0, y - 0.22 * h),
                    (1.6, y - 0.1 * h),
                    (2.6, y + 0.3 * h),
                    (4.4, y + 0.46 * h),
                    (2, y + 0.5 * h),
                    (0, y + 0.36 * h),
                ]
            )
        )
    wide, low = (3.6, 0.44) if at.level[0] == "L" else (2.4, 0.58)
    return smooth(
        mirrored(
            [
                (0, y - 0.3 * h),
                (wide * 0.7, y - 0.22 * h),
                (wide, y + 0.2 * h),
                (wide * 1.1, y + low * h),
                (0, y + (low + 0.08) * h),
            ]
        )
    )


def _sacrum() -> str:
    rows = [at for at in SPINE.values() if at.level[0] == "S"]
    side: list[Point] = [(0, rows[0].top), (18, rows[0].top - 2), (34, rows[0].top), (39, rows[0].y + 2), (34, rows[1].y), (29, rows[2].y),
                         (21, rows[3].y), (14, rows[4].y), (10, rows[4].bottom), (0, rows[4].bottom)]  # fmt: skip
    holes = "".join(
        element("ellipse", cx=at.pillar - 2, cy=at.bottom, rx=2.6, ry=2, fill=DEEP, stroke=EDGE) for at in rows[:4]
    )
    tail = [at for at in SPINE.values() if at.level.startswith("Co")]
    coccyx = "".join(_open([(0, at.top), (at.tip, at.top), (at.tip - 1, at.bottom), (0, at.bottom)]) for at in tail)
    return _drawn(coccyx, BONE) + _drawn(_open(side), BONE) + holes


def _course(which: int) -> str:
    a, b, c, d = (f"{number(x)} {number(y)}" for x, y in rib(which))
    return f"M{a}C{b} {c} {d}"


def _rib(which: int) -> str:
    """A band with an edge: drawn broad and dark, then narrow and light."""
    course, width = _course(which), 6.0 if which < 11 else 5.0
    cap: Look = {"fill": "none", "stroke_linecap": "round"}
    edge = element("path", d=course, stroke=EDGE, stroke_width=width)
    return element("g", edge, element("path", d=course, stroke=BONE, stroke_width=width - 1.8), **cap)


def _bones(*outlines: list[Point]) -> str:
    return _drawn("".join(smooth(outline) for outline in outlines), BONE)


def _drawn(course: str, fill: str) -> str:
    return element("path", d=course, fill=fill, stroke=EDGE)


def _lines(*courses: list[Point]) -> str:
    return element("path", d="".join(path(course) for course in courses), fill="none", stroke=SHADE)


@cache
def silhouette() -> str:
    """Skull and spine as plain shapes, for the small skeleton that shows where a region lies."""
    column = element("path", d=f"M0 {number(SPINE['C1'].top)}V{number(SPINE['S1'].top)}", stroke=EDGE, stroke_width=26)
    return column + _drawn(
        smooth(mirrored(_SKULL)) + smooth(mirrored([(0, 580), (36, 582), (10, 652), (0, 660)])), DEEP
    )
