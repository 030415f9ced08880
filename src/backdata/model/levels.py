"""Levels as values: vertebrae, spinal nerves and ribs, those found always and those found only sometimes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


def _run(letters: str, last: int) -> list[str]:
    return [f"{letters}{number}" for number in range(1, last + 1)]


_TRUNK = [*_run("T", 12), *_run("L", 5), *_run("S", 5)]
SCALES: dict[str, tuple[str, ...]] = {
    "vertebra": ("Occ", *_run("C", 7), *_TRUNK, *_run("Co", 4)),
    "nerve": (*_run("C", 8), *_TRUNK, "Co1"),
    "rib": tuple(_run("R", 12)),
}


@dataclass(frozen=True, slots=True)
class Run:
    """From one level to another, both included; ``sometimes`` when it stands in parentheses."""

    first: str
    last: str
    sometimes: bool = False

    def __str__(self) -> str:
        return self.first if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class Levels:
    """Levels of one kind (vertebra, nerve, rib) in the order in which they were written; ``str`` gives ``C7–T3 (T4)``."""

    kind: str
    runs: tuple[Run, ...]

    @property
    def sure(self) -> tuple[str, ...]:
        """Levels outside parentheses, downwards."""
        return _members(self.kind, tuple(run for run in self.runs if not run.sometimes))

    @property
    def all(self) -> tuple[str, ...]:
        """Every level, those in parentheses too, downwards."""
        return _members(self.kind, self.runs)

    def __str__(self) -> str:
        text, inside = "", False
        for place, run in enumerate(self.runs):
            if run.sometimes == inside:
                text += (", " if place else "") + str(run)
            else:
                text += (" (" if place else "(") + str(run) if run.sometimes else f") {run}"
            inside = run.sometimes
        return text + (")" if inside else "")


@cache
def _members(kind: str, runs: tuple[Run, ...]) -> tuple[str, ...]:
    """Every level of some runs, downwards."""
    scale = SCALES[kind]
    chosen = {level for run in runs for level in scale[scale.index(run.first) : scale.index(run.last) + 1]}
    return tuple(level for level in scale if level in chosen)
