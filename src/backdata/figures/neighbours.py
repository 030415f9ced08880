"""Bundles that run on to the neighbouring part of a set: from its origins on one part to an insertion on the next."""

from __future__ import annotations

from collections.abc import Iterable

from backdata.anatomy.steps import places
from backdata.figures.fibres import Strand, strands
from backdata.figures.spots import OTHERS, SOMETIMES, Reading, Spot


def onward(reading: Reading, beside: Iterable[Reading]) -> list[Strand]:
    """From origins of a muscle to insertions of its neighbours."""
    return [strand for other in beside for strand in _between(reading, other)]


def inward(reading: Reading, beside: Iterable[Reading]) -> list[Strand]:
    """From origins of its neighbours to insertions of a muscle."""
    return [strand for other in beside for strand in _between(other, reading)]


def lonely(reading: Reading) -> list[Spot]:
    """Segmental spots that no strand of the muscle itself reaches: an origin below all, an insertion above all that fit."""
    if not any(spot.step for spot in reading.spots):
        return []
    reached = {point for strand in strands(reading) for point in (strand.start, strand.end)}
    return [spot for spot in reading.spots if spot.state != OTHERS and spot.level and spot.place[0] not in reached]


def _between(below: Reading, above: Reading) -> Iterable[Strand]:
    """Whatever the step of an insertion allows, if at least one end has no partner in its own muscle."""
    alone = {*lonely(below), *lonely(above)}
    for start in below.of("origin"):
        for end in above.of("insertion"):
            if (start in alone or end in alone) and _fits(start, end):
                yield Strand(start.place[0], end.place[0], SOMETIMES in (start.state, end.state))


def _fits(start: Spot, end: Spot) -> bool:
    if OTHERS in (start.state, end.state) or not (start.level and end.level and end.step):
        return False
    return places((end.level,)) <= end.step.reach(places((start.level,)))
