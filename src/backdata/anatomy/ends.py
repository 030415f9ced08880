"""The two ends of a muscle: its preferred attachments, each with where it lies, and what origin and insertion say of each other.

Every comparison returns words for what is wrong, "" when nothing is, and None where the ends do not tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from backdata.anatomy.levels import LevelError, outside, parse
from backdata.anatomy.steps import Places, Step, places, step, sure_and_all, written
from backdata.model import Row

_LIES = {"skull": "Occ", "hip bone": "L4–S5", "sacrum": "S1–S5"}  # where nothing nearer is known


@dataclass(frozen=True, slots=True)
class Attachment:
    """One preferred attachment and its structure."""

    row: Row
    structure: Row
    sure: Places = frozenset()  # levels as typed: without, and with those in parentheses
    all: Places = frozenset()
    span: Places = frozenset()  # where the structure is found, for an attachment without levels
    told: bool = False  # its structure or its levels are wrong by themselves, which is told there

    @property
    def kind(self) -> str | None:
        """The kind of its structure."""
        return self.structure.get("kind")

    @property
    def on_ribs(self) -> bool:
        """Whether its levels are those of ribs."""
        return self.structure.get("levels_of") == "rib"

    @property
    def levelled(self) -> bool:
        """Whether each vertebra or rib has such a structure."""
        return self.structure.get("levels_of") in ("vertebra", "rib")

    @property
    def step(self) -> Step | None:
        """How far from its origin it says that it lies."""
        return step(self.row.get("from_origin"))


def attachment(row: Row, structure: Row | None) -> Attachment:
    """Read a row of the sheet attachments."""
    if not structure:
        return Attachment(row, {}, told=True)
    counted, typed = structure.get("levels_of") or "", row.get("levels")
    home = structure.get("found_at") or _LIES.get(structure.get("kind") or "")
    try:
        found = parse(home, "vertebra or rib") if home else None
        span = places(found.all) if found else frozenset()
        if not typed:
            return Attachment(row, structure, span=span)
        levels = parse(typed, counted)
        wrong = bool(found and outside(levels, found))
        return Attachment(row, structure, *sure_and_all(levels), span, told=wrong)
    except (LevelError, KeyError):
        return Attachment(row, structure, told=True)


@dataclass(frozen=True)
class Ends:
    """The preferred attachments of one muscle; an origin that it does not state itself is its whole's, or its group's."""

    origins: Sequence[Attachment]
    insertions: Sequence[Attachment]
    compared: bool = True  # False where one of them is wrong by itself

    def same_place(self, here: Attachment) -> str:
        """Where an insertion lies that lies where the muscle arises."""
        for each in self.origins:
            same = here.row.get("structure") == each.row.get("structure") and here.all == each.all
            if same and (here.all or here.row.get("part") == each.row.get("part")):
                return " ".join(
                    (str(here.structure.get("name")), *([written(here.all, here.on_ribs)] if here.all else []))
                )
        return ""

    def wrong_side(self, lies: str | None) -> str | None:
        """Where the insertion lies that should lie above or below the origin; judged only where both ends are sure.

        The muscle is judged as a whole: neither its highest nor its lowest insertion may lie on the wrong side of its highest
        or lowest origin. Bundles of neighbouring levels overlap, so more cannot be asked.
        """
        if lies not in ("above", "below") or not (self.compared and self.origins and self.insertions):
            return None
        origins = [(each.sure or each.all or each.span, bool(each.all)) for each in self.origins]
        insertions = [(each.sure or each.all or each.span, bool(each.all)) for each in self.insertions]
        if not all(where for where, _ in (*origins, *insertions)):
            return None
        (top, top_latest), (lowest, lowest_latest) = _edges(insertions)
        (origin_top, origin_top_latest), (origin_lowest, origin_lowest_latest) = _edges(origins)
        if lies == "above":
            wrong = top > origin_top_latest or lowest > origin_lowest_latest
        else:
            wrong = top_latest < origin_top or lowest_latest < origin_lowest
        if not wrong:
            return ""
        at, to = (
            written(
                union(where for where, _ in these),
                these is insertions and any(each.on_ribs for each in self.insertions),
            )
            for these in (origins, insertions)
        )
        return f"its origin at {at} and its insertion at {to}"

    def strange_step(self, here: Attachment, taken: Step | None) -> tuple[str | None, str | None]:
        """A step that its group does not take, or that differs from those of the other insertions; and why it is strange."""
        if here.step is None:
            return None, None
        if taken and not here.step.within(taken):
            return str(here.step), f"its bundles go {taken}"
        mates = [each.step for each in self.insertions if each.step and each.step != here.step]
        widest = all(mate.within(here.step) for mate in mates)  # the one that says too much, or else the last
        if mates and (widest or here is self.insertions[-1]) and not any(here.step.within(mate) for mate in mates):
            return str(here.step), f"its other insertion goes {mates[0]}"
        return "" if taken else None, None

    def wrong_step(self, here: Attachment) -> str | None:
        """Where an insertion should lie by its own step; "" where it does."""
        by, origins = here.step, [each for each in self.origins if each.all or each.levelled]
        if by is None or not (self.compared and here.all and origins and all(each.all for each in origins)):
            return None
        every = union(each.all for each in origins)
        reach, alike = by.reach(every), all(each.step == by and each.all for each in self.insertions)
        if by.least == by.most:
            fits = here.all <= reach and (not alike or self._complete(here, by, origins))
        else:  # bundles of several lengths leave some vertebrae out, but not those at both tips
            tip, foot = (min, max) if by.up else (max, min)
            fits = not alike or (tip(here.all) in reach and bool(by.reach({foot(every)}) & here.all))
        return "" if fits else written(reach, here.on_ribs)

    def _complete(self, here: Attachment, by: Step, origins: Sequence[Attachment]) -> bool:
        """Whether a bundle from every origin has its insertion; if not, it is told at the item next to the gap.

        Insertions on two structures either follow each other, and then reach every vertebra together, or run side by side, and
        then each does.
        """
        on, others = (
            [each for each in self.insertions if (each.row.get("structure") == here.row.get("structure")) is same]
            for same in (True, False)
        )
        beside = bool(union(each.all for each in on) & union(each.all for each in others))
        found = on if beside else self.insertions
        gap = by.reach(union(each.all for each in origins)) - union(each.all for each in found)
        gap |= by.reach(union(each.sure for each in origins)) ^ union(each.sure for each in found)
        return not gap or here is not min(found, key=lambda each: min(abs(a - b) for a in each.all for b in gap))


def union(found: Iterable[Places]) -> Places:
    """All the places together."""
    return frozenset[int]().union(*found)


def _edges(found: Sequence[tuple[Places, bool]]) -> tuple[tuple[int, int], tuple[int, int]]:
    """The highest and the lowest place, each as (highest, lowest) that it can be: within a span the place is not known."""
    tops = [(min(where), min(where) if typed else max(where)) for where, typed in found]
    lows = [(max(where) if typed else min(where), max(where)) for where, typed in found]
    return (
        (min(first for first, _ in tops), min(last for _, last in tops)),
        (max(first for first, _ in lows), max(last for _, last in lows)),
    )


def shared(found: Sequence[Attachment]) -> list[str]:
    """For each item of one end, the levels that it shares with an earlier one on the same part of one structure."""
    overlaps = [""] * len(found)
    for (_, first), (number, second) in combinations(enumerate(found), 2):
        same = all(first.row.get(column) == second.row.get(column) for column in ("structure", "part"))
        if same and not (first.told or second.told or overlaps[number]):
            overlaps[number] = written(first.all & second.all, second.on_ribs)
    return overlaps
