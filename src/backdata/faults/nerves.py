"""Faults in innervations."""

from __future__ import annotations

from backdata.anatomy import levels
from backdata.faults.good import Good
from backdata.faults.kind import Chance, Planted, kind
from backdata.faults.plant import cell, cells_of
from backdata.model import Row


@kind("nerve of another development (wrong ramus)")
def wrong_ramus(good: Good, chance: Chance) -> Planted | None:
    """Told at the nerve."""
    row = chance.one(_motor(good))
    ramus = good.term("nerves", row["nerve"])["ramus"]
    return cell(good, row, "nerve", chance.one(n["id"] for n in good.rows("nerves") if n["ramus"] != ramus))


@kind("nerve of another muscle, of the same ramus")
def nerve_of_another_muscle(good: Good, chance: Chance) -> Planted | None:
    """Told at the nerve, or at the segments, which do not go with it."""
    row = chance.one(_motor(good))
    ramus = good.term("nerves", row["nerve"])["ramus"]
    others = {n["nerve"]: None for n in _motor(good) if n["nerve"] != row["nerve"]}
    nerve = chance.one(id for id in others if good.term("nerves", id)["ramus"] == ramus)
    return cell(good, row, "nerve", nerve, cells_of(good, [row], "segments"))


@kind("segments outside the roots of the nerve")
def segments_outside(good: Good, chance: Chance) -> Planted | None:
    """Told at the segments."""
    row = chance.one(good.filled("nerve", good.rows("innervations")))
    roots = good.term("nerves", row["nerve"])["roots"]
    if not roots:
        return None
    outside = [level for level in levels.SCALES["nerve"] if level not in levels.parse(roots, "nerve").all]
    return cell(good, row, "segments", chance.one(outside))


@kind("segments of a far-off region")
def segments_of_another_region(good: Good, chance: Chance) -> Planted | None:
    """Told at the segments."""
    row = chance.one(good.filled("segments", _motor(good)))
    now = row["segments"][0]
    far = {
        "C": ("L1–L5", "T6–T11"),
        "T": ("C1–C3", "L3–L5"),
        "L": ("C2–C5", "T1–T5"),
        "S": ("C2–C5", "T1–T5"),
        "(": ("L1–L5", "T7–T11"),
    }
    return cell(good, row, "segments", chance.one(far[now]))


@kind("motor typed as sensory")
def motor_as_sensory(good: Good, chance: Chance) -> Planted | None:
    """Told at the role, or at the muscle that has no motor nerve now."""
    row = chance.one(_motor(good))
    owners = [*good.rows("muscles", id=row["muscle"]), *good.rows("groups", id=row["muscle"])]
    parts = [part for part in good.rows("muscles") if row["muscle"] in (part["part_of"], part["group"])]
    return cell(good, row, "role", "sensory", cells_of(good, [*owners, *parts], "id"))


def _motor(good: Good) -> list[Row]:
    return [row for row in good.taught("innervations") if row["role"] == "motor"]
