"""Text that fits: how wide words are, where lines break, and how labels make room for each other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

_NARROW = {  # thousandths of the size, of letters that are not 556 wide (sans-serif letters with the metrics of Arial)
    278: " !,./:;I[\\]ft", 222: "ijl‘’", 333: "()-r“”„`·", 191: "'", 355: '"', 500: "Jcksvxyzç↑↓", 584: "+<=>×", 611: "FTZß", 667: "&ABEKPSVXYÄ",
    722: "CDHNRUwÜ", 778: "GOQÖ", 833: "Mm", 889: "%", 944: "W", 1015: "@", 1000: "—…→", 350: "•", 389: "*",
}  # fmt: skip
_WIDTH = {letter: width for width, letters in _NARROW.items() for letter in letters}


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is drawn."""
    return _thousandths(text) * size / 1000 * (1.07 if bold else 1)


@lru_cache(maxsize=20_000)
def _thousandths(text: str) -> int:
    return sum(_WIDTH.get(letter, 556) for letter in text)


def wrapped(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The text in lines no wider than ``room`` (a single long word may be)."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def stacked(wanted: Sequence[tuple[float, float]], top: float, bottom: float, gap: float) -> list[float]:
    """Upper edges of boxes (wanted middle, height; from above downwards) that do not overlap and lie as near as can be."""
    blocks: list[list[float]] = []  # sum of wished upper edges, count, height
    for middle, tall in wanted:
        blocks.append([middle - tall / 2, 1.0, tall + gap])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] + blocks[-2][2] > blocks[-1][0] / blocks[-1][1]:
            wish, count, height = blocks.pop()
            before = blocks[-1]
            blocks[-1] = [before[0] + wish - before[2] * count, before[1] + count, before[2] + height]
    edges: list[float] = []
    floor = top
    starts = [max(top, min(wish / count, bottom - height)) for wish, count, height in blocks]
    sizes = [int(count) for _, count, _ in blocks]
    heights = iter(tall for _, tall in wanted)
    for start, size in zip(starts, sizes, strict=True):
        edge = max(start, floor)
        for _ in range(size):
            edges.append(edge)
            edge += next(heights) + gap
        floor = edge
    over = max(0.0, floor - gap - bottom)
    return (
        [max(top, edge - over) if over else edge for edge in edges]
        if not over
        else _pushed_up(edges, [t for _, t in wanted], bottom, gap)
    )


def _pushed_up(edges: list[float], heights: list[float], bottom: float, gap: float) -> list[float]:
    limit = bottom
    result = []
    for edge, tall in zip(reversed(edges), reversed(heights), strict=True):
        result.append(min(edge, limit - tall))
        limit = result[-1] - gap
    return result[::-1]
