"""The language of levels: ``C7–T3 (T4)``, ``R9–R12``, ``C5, C6``; parentheses mean "sometimes".

A vertebra is C1–C7, T1–T12, L1–L5, S1–S5, Co1–Co4, with Occ above C1; a spinal nerve C1–C8, T1–T12, L1–L5, S1–S5, Co1; a
rib R1–R12. C8 is a nerve and never a vertebra. ``parse`` reads what people type (Th1, C5,6, C 1 – C 4, ribs 9–12),
``str`` of what it returns is the one way in which we write it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from backdata.model import SCALES, Levels, Run

__all__ = ["SCALES", "LevelError", "Levels", "Run", "beyond", "outside", "parse"]

_A = {"vertebra": "a vertebra", "nerve": "a spinal nerve", "rib": "a rib"}
_LETTERS = {"c": "C", "t": "T", "th": "T", "d": "T", "l": "L", "s": "S", "co": "Co", "r": "R", "rib": "R", "ribs": "R"}
_TOKEN = re.compile(
    r"(?P<dash>\s*(?:--|[-‐‑‒–—−])\s*|\bto\b)|(?P<comma>[,;/&]|\band\b)"  # words first: "9 to 12" has no vertebra to12
    r"|(?P<occ>occ(iput)?\b\.?)|(?P<letters>[A-Za-z]*)\.?\s*(?P<number>[0-9]{1,3})|(?P<open>\()|(?P<close>\))|(?P<space>\s+)",
    re.IGNORECASE,
)


class LevelError(ValueError):
    """Levels that cannot be. ``fault`` is unreadable, nonexistent or backwards; the message is a clause that says why."""

    def __init__(self, fault: str, why: str) -> None:
        super().__init__(why)
        self.fault = fault


@cache
def parse(text: str, kind: str) -> Levels:
    """Read levels of a kind: vertebra, nerve, rib, or "vertebra or rib". Raises LevelError."""
    if kind == "vertebra or rib":
        kind = "rib" if re.match(r"\s*\(?\s*r", text, re.IGNORECASE) else "vertebra"
    reader = _Reader(text, kind)
    return Levels(kind, reader.runs())


class _Reader:
    """A hand-made reader of one cell: small enough to see that nothing is guessed."""

    def __init__(self, text: str, kind: str) -> None:
        self.text, self.kind = text, kind
        self.letters = "R" if kind == "rib" else ""  # a number without letters takes those before it: C5,6

    def runs(self) -> tuple[Run, ...]:
        runs: list[Run] = []
        inside, before = False, "comma"  # what stands before decides what may come next
        for token, value in self._tokens():
            ready = before in ("comma", "open", "close")
            if token == "level" and before == "dash":
                runs[-1] = self._range(runs[-1], value)
            elif token == "level" and ready:
                runs.append(Run(value, value, inside))
            elif token == "open" and not inside and before != "dash":
                inside = True
            elif token == "close" and inside and before == "level":
                inside = False
            elif not (token == "dash" and before == "level") and not (
                token == "comma" and before in ("level", "close")
            ):
                raise self._unreadable()
            before = token
        if not runs or inside or before not in ("level", "close"):
            raise self._unreadable()
        return tuple(runs)

    def _tokens(self) -> Iterable[tuple[str, str]]:
        position = 0
        while position < len(self.text):
            found = _TOKEN.match(self.text, position)
            if not found:
                raise self._unreadable()
            position = found.end()
            if found["occ"]:
                yield "level", self._level("Occ")
            elif found["number"]:
                yield "level", self._level(self._named(found["letters"], found["number"]))
            elif found.lastgroup != "space":
                yield str(found.lastgroup), ""

    def _named(self, letters: str, number: str) -> str:
        self.letters = _LETTERS.get(letters.lower(), "") if letters else self.letters
        if not self.letters:
            raise self._unreadable()
        return f"{self.letters}{int(number)}"

    def _level(self, name: str) -> str:
        if name in SCALES[self.kind]:
            return name
        others = [_A[kind] for kind, scale in SCALES.items() if name in scale]
        is_another = f": {name} is {others[0]}" if others else ""
        raise LevelError("nonexistent", f"there is no {_A[self.kind].removeprefix('a ')} {name}{is_another}")

    def _range(self, run: Run, last: str) -> Run:
        scale = SCALES[self.kind]
        if run.first != run.last:  # a second dash: C1–C3–C5
            raise self._unreadable()
        if scale.index(run.first) > scale.index(last):
            raise LevelError("backwards", f"the range {run.first}–{last} runs backwards: {last} lies above {run.first}")
        return Run(run.first, last, run.sometimes)

    def _unreadable(self) -> LevelError:
        return LevelError("unreadable", f"“{self.text}” cannot be read as levels")


def outside(levels: Levels, home: Levels) -> str:
    """The levels that lie outside ``home``, as text; empty when none does."""
    if levels.kind != home.kind:
        return str(levels)
    known = set(home.all)
    return ", ".join(level for level in levels.all if level not in known)


def beyond(cell: str | None, home: str | None, kind: str) -> str | None:
    """The levels of a cell that lie outside ``home``, as text; None when all lie inside, or one cannot be read."""
    if cell is None or home is None:
        return None
    try:
        return outside(parse(cell, kind), parse(home, kind)) or None
    except LevelError:
        return None
