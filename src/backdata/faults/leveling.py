"""Faults in levels."""

from __future__ import annotations

from backdata.anatomy import levels
from backdata.faults.good import Good
from backdata.faults.kind import Chance, Place, Planted, kind
from backdata.faults.plant import cell, cells_of
from backdata.model import Row


@kind("upper level of an attachment off by one")
def upper_level(good: Good, chance: Chance) -> Planted | None:
    """Told at the levels, or at a step or levels of the muscle's other end that do not go with them."""
    row = chance.one(_with_levels(good))
    return _moved(good, chance, row, "levels", "first", _steps(good, row))


@kind("lower level of an attachment off by one")
def lower_level(good: Good, chance: Chance) -> Planted | None:
    """Told at the levels, or at a step or levels of the muscle's other end that do not go with them."""
    row = chance.one(_with_levels(good))
    return _moved(good, chance, row, "levels", "last", _steps(good, row))


@kind("segment of a nerve off by one")
def segment(good: Good, chance: Chance) -> Planted | None:
    """Told at the segments."""
    row = chance.one(good.filled("segments", good.taught("innervations")))
    return _moved(good, chance, row, "segments", chance.one(("first", "last")), ())


@kind("range that runs backwards")
def backwards(good: Good, chance: Chance) -> Planted | None:
    """Told at the levels."""
    row, column = _any(good, chance)
    first, dash, last = row[column].partition("–")
    if not dash or not first.isalnum() or not last.isalnum():
        return None
    return cell(good, row, column, f"{last}–{first}")


@kind("C8 as a vertebra")
def eighth_vertebra(good: Good, chance: Chance) -> Planted | None:
    """Told at the levels."""
    row = chance.one(row for row in _with_levels(good) if "R" not in row["levels"])
    return cell(good, row, "levels", chance.one(("C8", "C8–T2", "C5–C8", "C8–T4")))


@kind("a level that does not exist (T13, L6, R13)")
def no_such_level(good: Good, chance: Chance) -> Planted | None:
    """Told at the levels."""
    row, column = _any(good, chance)
    last = max(level for level in ("C", "T", "L", "S", "R") if level in row[column])
    number = {"C": 9, "T": 13, "L": 6, "S": 6, "R": 13}[last]
    return cell(good, row, column, f"{row[column].partition('–')[0].strip('() ')}–{last}{number}")


@kind("ribs typed as vertebrae, or vertebrae as ribs")
def rib_or_vertebra(good: Good, chance: Chance) -> Planted | None:
    """Told at the levels."""
    row = chance.one(
        row for row in _with_levels(good) if row["levels"][0] in "TR" and set("CLS").isdisjoint(row["levels"])
    )
    here, there = ("T", "R") if "T" in row["levels"] else ("R", "T")
    return cell(good, row, "levels", row["levels"].replace(here, there))


@kind("prose in a cell of levels")
def prose(good: Good, chance: Chance) -> Planted | None:
    """Told at the levels."""
    row, column = _any(good, chance)
    words = (
        "upper four",
        "the lower ones",
        "from the third to the fifth",
        "all",
        "see note",
        "T3 bis T6",
        "several segments",
    )
    return cell(good, row, column, chance.one(words))


def _with_levels(good: Good) -> list[Row]:
    return good.filled("levels", good.taught("attachments"))


def _any(good: Good, chance: Chance) -> tuple[Row, str]:
    """A row and its column of levels; every reading, for the form is the same for all."""
    table, column = chance.one((("attachments", "levels"), ("innervations", "segments")))
    return chance.one(good.filled(column, good.rows(table))), column


def _steps(good: Good, row: Row) -> tuple[Place, ...]:
    return cells_of(good, good.rows("attachments", muscle=row["muscle"]), "levels", "from_origin")


def _moved(good: Good, chance: Chance, row: Row, column: str, end: str, also: tuple[Place, ...]) -> Planted | None:
    """One end of one run moved by a level; None where there is no such level or nothing would be left."""
    kind = "nerve" if column == "segments" else "vertebra or rib"
    parsed = levels.parse(row[column], kind)
    run = chance.one(parsed.runs)
    scale = levels.SCALES[parsed.kind]
    place = scale.index(getattr(run, end)) + chance.one((-1, 1))
    if not 0 <= place < len(scale) or scale[place] == "Occ":
        return None
    moved = {"first": run.first, "last": run.last, end: scale[place]}
    if scale.index(moved["first"]) > scale.index(moved["last"]):
        return None
    changed = levels.Run(moved["first"], moved["last"], run.sometimes)
    text = str(levels.Levels(parsed.kind, tuple(changed if each is run else each for each in parsed.runs)))
    return cell(good, row, column, text, also)
