"""Faults in items and readings."""

from __future__ import annotations

from backdata.faults.good import WITH_ITEMS, Good
from backdata.faults.kind import Chance, Place, Planted, kind
from backdata.faults.plant import cell, cells_of
from backdata.model import Row


@kind("item number too high, with a gap below it")
def gap(good: Good, chance: Chance) -> Planted | None:
    """Told at the item number."""
    row = chance.one(good.taught(chance.one(WITH_ITEMS)))
    last = max(int(each["item"]) for each in good.question(row))
    return cell(good, row, "item", str(last + chance.randrange(2, 5)), _numbers(good, row))


@kind("item number of another item")
def doubled(good: Good, chance: Chance) -> Planted | None:
    """Told at the item number or the reading of a row of the question."""
    row = chance.one(good.taught(chance.one(WITH_ITEMS)))
    others = [
        each["item"] for each in good.question(row) if each["item"] != row["item"] and each["reading"] == "preferred"
    ]
    return cell(good, row, "item", chance.one(others), _numbers(good, row)) if others else None


@kind("item number that is none")
def no_number(good: Good, chance: Chance) -> Planted | None:
    """Told at the item number."""
    row = chance.one(good.rows(chance.one(WITH_ITEMS)))
    return cell(good, row, "item", chance.one(("0", "one", "1a", "I", "1.", "100", "?")))


@kind("two preferred readings of one item")
def two_preferred(good: Good, chance: Chance) -> Planted | None:
    """Told at the reading of one of the two, or at their item numbers."""
    row = chance.one(good.rows(chance.one(WITH_ITEMS), reading="alternative"))
    preferred = [each for each in _item(good, row) if each["reading"] == "preferred"]
    return cell(good, row, "reading", "preferred", cells_of(good, [row, *preferred], "item", "reading"))


@kind("preferred reading typed as alternative")
def no_preferred(good: Good, chance: Chance) -> Planted | None:
    """Told at the reading, at those of the other rows of its item, or at the item number."""
    row = chance.one(good.rows(chance.one(WITH_ITEMS), reading="preferred"))
    return cell(good, row, "reading", "alternative", cells_of(good, _item(good, row), "item", "reading"))


@kind("alternative that cites the source of the preferred reading")
def same_source(good: Good, chance: Chance) -> Planted | None:
    """Told at the source or at what else cites it in the row."""
    row = chance.one(good.rows(chance.one(WITH_ITEMS), reading="alternative"))
    preferred = [each for each in _item(good, row) if each["reading"] == "preferred"]
    source = chance.one(preferred)["source"]
    return cell(good, row, "source", source, cells_of(good, [row], "also"))


def _item(good: Good, row: Row) -> list[Row]:
    return [each for each in good.question(row) if each["item"] == row["item"]]


def _numbers(good: Good, row: Row) -> tuple[Place, ...]:
    return cells_of(good, good.question(row), "item", "reading")
