"""The body that every picture is drawn on, in its own units: the midline is x = 0, right of it is the right side, y grows downwards.

Schematic measures, about eight units to the centimetre. A spinous process is drawn within the height of its own vertebra,
though its tip hangs lower in life: levels must be read off at a glance.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]

SKULL_BASE = 108.0
TOP = 112.25  # where the atlas begins
BOTTOM = 712.0  # of the hip bones
HALF_WIDTH = 172.0  # the shoulders


@dataclass(frozen=True, slots=True)
class Vertebra:
    """One vertebra: its place, and how far from the midline its processes lie."""

    level: str
    y: float
    height: float
    tip: float  # of the transverse (costal) process
    pillar: float  # articular processes
    lamina: float

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height / 2


def _measures() -> dict[str, tuple[float, float, float, float]]:
    """Level → height, tip, pillar, lamina."""
    necks = (31.0, 25.0, 24.0, 24.0, 24.5, 25.0, 28.0)
    found = {f"C{n}": (15.5, tip, 14.0, 7.5) for n, tip in enumerate(necks, 1)}
    for n in range(1, 13):
        found[f"T{n}"] = (16.75 + 0.42 * n, 33.5 - 1.0 * n, 11.5, 6.5)
    for n, tip in enumerate((34.0, 38.0, 41.5, 39.0, 38.0), 1):
        found[f"L{n}"] = (25.5 + 0.35 * n, tip, 16.0 + n, 9.0 + 0.4 * n)
    for n in range(1, 6):
        found[f"S{n}"] = (14.4 - 0.6 * n, 40.0 - 5.5 * n, 19.0 - 1.6 * n, 9.0 - 0.6 * n)
    for n in range(1, 5):
        found[f"Co{n}"] = (6.0, 7.0 - 1.2 * n, 4.0, 3.0)
    return found


def _column() -> dict[str, Vertebra]:
    sizes = _measures()
    edges = accumulate((size[0] for size in sizes.values()), initial=TOP)
    return {
        level: Vertebra(level, edge + size[0] / 2, *size)
        for (level, size), edge in zip(sizes.items(), edges, strict=False)
    }


SPINE = _column()
_RIB_ENDS = ((44, 6), (62, 13), (77, 20), (89, 26), (97, 32), (103, 37), (108, 41), (111, 44), (112, 47), (109, 48), (88, 38), (58, 24))  # fmt: skip


def rib(number: int) -> tuple[Point, Point, Point, Point]:
    """A rib as it shows from behind: the four points of a Bézier curve from the vertebra to the side of the chest."""
    vertebra = SPINE[f"T{number}"]
    x, drop = _RIB_ENDS[number - 1]
    start = (10.0, vertebra.top + 3)
    bow = 0.30 if number < 11 else 0.12
    return start, (x * 0.55, start[1] - x * bow * 0.35), (x * 0.97, start[1] + drop * 0.25), (float(x), start[1] + drop)


def on_rib(number: int, t: float) -> Point:
    """The point of a rib at ``t``: 0 at the vertebra, 1 at the side."""
    a, b, c, d = rib(number)
    u = 1 - t
    return (
        u**3 * a[0] + 3 * u * u * t * b[0] + 3 * u * t * t * c[0] + t**3 * d[0],
        u**3 * a[1] + 3 * u * u * t * b[1] + 3 * u * t * t * c[1] + t**3 * d[1],
    )


def row(level: str) -> Vertebra:
    """The vertebra at whose height a level of any kind is listed: a rib stands with the vertebra of its number."""
    return SPINE["T" + level[1:]] if level.startswith("R") else SPINE[level]


def root(nerve: str) -> float:
    """The height at which a spinal nerve leaves: C1–C7 above their vertebra, C8 below C7, the others below theirs."""
    if nerve == "C8":
        return SPINE["C7"].bottom
    return SPINE[nerve].top if nerve.startswith("C") and nerve != "Co1" else SPINE[nerve].bottom
