"""What the facts say, spot by spot: where a muscle is attached on the body, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from backdata.anatomy.levels import LevelError, parse
from backdata.anatomy.steps import Step, places, step, written
from backdata.figures.arranging import fitted, parted
from backdata.figures.lines import Place
from backdata.figures.places import at_level, vague, without_level
from backdata.figures.spine import row
from backdata.figures.spots import OTHERS, SOMETIMES, SURE, Reading, Spot
from backdata.model import Fact, Levels, Row


def read(facts: Iterable[Fact], structures: Mapping[str, Row]) -> Reading:
    """The spots of origin and insertion; each level of a structure once per end."""
    given = [fact for fact in facts if fact.topic in ("origin", "insertion")]
    stated = [
        fact for fact in given if fact.structure in structures and bool(fact.levels) is bool(fact.row.get("levels"))
    ]
    unplaced = dict.fromkeys(
        fact.text for fact in given if fact not in stated
    )  # cells that the check has found fault with
    found: dict[tuple[str, str, str], Spot] = {}
    for taught in (True, False):
        for fact in stated:
            if (fact.reading == "preferred") is not taught:
                continue
            structure = structures[str(fact.structure)]
            spots = _spots(fact, structure, stated)
            if not spots and not (fact.from_origin or (not taught and vague(structure, fact.part))):
                unplaced[str(structure["name"])] = None
            for spot in spots if taught else _new(spots, fact, found.values()):
                key = (spot.end, spot.structure, spot.level or f"{fact.stated_at} {fact.part}")
                found[key] = _stronger(found.get(key), spot)
    return Reading(parted(fitted(found.values())), tuple(unplaced))


def _stronger(old: Spot | None, new: Spot) -> Spot:
    order = (SURE, SOMETIMES, OTHERS)
    if old is None or order.index(new.state) < order.index(old.state):
        return new
    return old


def _new(spots: Sequence[Spot], fact: Fact, taught: Iterable[Spot]) -> list[Spot]:
    """Of another reading, what the same item of the preferred one does not have."""
    known = [spot for spot in taught if spot.state != OTHERS and spot.end == fact.topic]
    same_item = {spot.level for spot in known if spot.item == fact.item and spot.unit == fact.stated_at and spot.level}
    structures = {spot.structure for spot in known if not spot.level}
    return [spot for spot in spots if (spot.level not in same_item if spot.level else spot.structure not in structures)]


def _spots(fact: Fact, structure: Row, stated: Sequence[Fact]) -> list[Spot]:
    taken = step(fact.from_origin)
    plain = Spot(
        fact.topic, str(structure["id"]), str(structure["name"]), "", SURE, False, (), fact.stated_at, fact.item, taken
    )
    taught, often = fact.reading == "preferred", fact.constancy in ("usual", "inconstant")
    levels = fact.levels or (_stepped(fact, structure, stated, taken) if taught and taken else None)
    if levels is None:
        unsaid = taken is not None or (not taught and vague(structure, fact.part))
        place = None if unsaid else without_level(structure, fact.part)
        state = OTHERS if not taught else SOMETIMES if often else SURE
        others = any(
            _item(each) == _item(fact) and each.structure != fact.structure for each in stated if each is not fact
        )
        if place is None:
            return []
        return [
            replace(
                plain, state=state, contested=state == OTHERS or others, place=place, within=_within(structure, place)
            )
        ]
    spots = []
    left_out = _left_out(fact, levels, stated)
    at_angle = any(each.structure == "rib-angle" and each.topic == fact.topic for each in stated)
    placed = {**structure, "id": "rib-angle"} if at_angle and structure["id"] == "rib" and not fact.part else structure
    for level in levels.all:
        point = at_level(placed, level, fact.part)
        if point is not None:
            state = OTHERS if not taught else SURE if level in levels.sure and not often else SOMETIMES
            spots.append(
                replace(plain, level=level, state=state, contested=not taught or level in left_out, place=(point,))
            )
    return spots


def _item(fact: Fact) -> tuple[str, str, int]:
    return fact.stated_at, fact.topic, fact.item


def _left_out(fact: Fact, levels: Levels, stated: Sequence[Fact]) -> set[str]:
    """The levels that another reading of the same item does not have."""
    others = [e.levels for e in stated if _item(e) == _item(fact) and e.reading == "alternative" and e.levels]
    return {level for level in levels.all if any(o.kind == levels.kind and level not in o.all for o in others)}


def _stepped(fact: Fact, structure: Row, stated: Sequence[Fact], taken: Step) -> Levels | None:
    """Levels that follow from the origins: one vertebra above each of them."""
    if fact.topic != "insertion":
        return None
    origins = [e.levels for e in stated if e.topic == "origin" and e.reading == "preferred" and e.levels]
    if not any(e.stated_at == fact.stated_at for e in stated if e.topic == "origin" and e.levels):
        origins = origins if len({e.stated_at for e in stated}) == 1 else []
    reach = taken.reach(frozenset[int]().union(*(places(each.sure) for each in origins)))
    kind = "rib" if structure.get("levels_of") == "rib" else "vertebra"
    try:
        home = parse(structure.get("found_at") or "", kind)
        found = parse(written(reach & places(home.all), kind == "rib"), kind)
    except LevelError:
        return None
    return found


def _within(structure: Row, place: Place) -> tuple[str, ...]:
    """The vertebrae along which a structure without levels lies, as far as the place goes."""
    try:
        found = parse(structure.get("found_at") or "", "vertebra")
    except LevelError:
        return ()
    heights = [y for _, y in place]
    margin = 0.3 if len(place) > 1 else 0.0
    return tuple(
        level for level in found.all
        if level != "Occ" and min(heights) - margin * row(level).height <= row(level).y <= max(heights) + margin * row(level).height
    )  # fmt: skip
