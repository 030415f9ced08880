"""The ways of the blood and the lymph: where a way ends, and where it runs in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from backdata.model import Row

ONWARD = ("arises from", "drains to")  # followed towards the heart, an artery against its stream


def onward(links: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    """Vessel → the vessels that come next on its ways to the heart, by the preferred readings."""
    ways: dict[str, dict[str, None]] = {}
    for row in links:
        if row.get("reading") == "preferred" and row.get("relation") in ONWARD and row.get("vessel") and row.get("to"):
            ways.setdefault(row["vessel"], {})[row["to"]] = None
    return {vessel: tuple(next_ones) for vessel, next_ones in ways.items()}


def circle(ways: Mapping[str, Iterable[str]], start: str) -> tuple[str, ...]:
    """The shortest way from a vessel back to itself, without the return; empty when there is none."""
    came_from: dict[str, str] = {}
    edge = [start]
    while edge:
        nearest = edge
        edge = []
        for vessel in nearest:
            for then in ways.get(vessel, ()):
                if then == start:
                    return (start, *reversed(_steps(came_from, vessel, start)))
                if then not in came_from:
                    came_from[then] = vessel
                    edge.append(then)
    return ()


def _steps(came_from: Mapping[str, str], vessel: str, start: str) -> list[str]:
    steps = []
    while vessel != start:
        steps.append(vessel)
        vessel = came_from[vessel]
    return steps


def circles(ways: Mapping[str, Iterable[str]]) -> dict[tuple[str, str], tuple[str, ...]]:
    """(vessel, next vessel) → the circle that this step closes, each circle once.

    Told is the first step without which its vessel still comes to an end of the ways: it is the one too many.
    """
    told: set[str] = set()
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for start in ways:
        around = circle(ways, start) if start not in told else ()
        if around and not told.intersection(around):
            told.update(around)
            steps = list(zip(around, (*around[1:], start), strict=True))
            wrong = next((step for step in steps if _arrives_without(ways, step)), steps[0])
            place = steps.index(wrong)
            found[wrong] = (*around[place:], *around[:place], wrong[0])
    return found


def _arrives_without(ways: Mapping[str, Iterable[str]], step: tuple[str, str]) -> bool:
    """Whether a vessel comes to an end of the ways although one step is left out."""
    vessel, left_out = step
    seen: set[str] = set()
    waiting = [then for then in ways[vessel] if then != left_out]
    while waiting:
        then = waiting.pop()
        if then not in ways:
            return True
        if then not in seen:
            seen.add(then)
            waiting += (on for on in ways[then] if (then, on) != step)
    return False
