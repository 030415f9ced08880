"""Faults in actions."""

from __future__ import annotations

from backdata.faults.good import Good
from backdata.faults.kind import Chance, Planted, kind
from backdata.faults.plant import cell, cells_of

_SIDE = {"unilateral": "bilateral", "bilateral": "unilateral"}
_WAY = {"ipsilateral": "contralateral", "contralateral": "ipsilateral"}
_REGIONS = {
    "head": "axial", "neck": "axial", "cervical spine": "axial", "thoracic spine": "axial", "lumbar spine": "axial",
    "thoracic and lumbar spine": "axial", "spine": "axial", "pelvis": "axial", "scapula": "girdle", "clavicle": "girdle",
    "arm": "girdle", "ribs": "chest", "thorax": "chest",
}  # fmt: skip


@kind("direction flipped (ipsilateral for contralateral)")
def direction_flipped(good: Good, chance: Chance) -> Planted | None:
    """Told at the direction."""
    row = chance.one(good.filled("direction", good.taught("actions")))
    return cell(good, row, "direction", _WAY[row["direction"]])


@kind("side flipped (unilateral for bilateral)")
def side_flipped(good: Good, chance: Chance) -> Planted | None:
    """Told at the side, or at the direction that does not go with it."""
    row = chance.one(row for row in good.taught("actions") if row["side"] in _SIDE)
    return cell(good, row, "side", _SIDE[row["side"]], cells_of(good, [row], "direction"))


@kind("antagonist typed (flexion for extension)")
def antagonist(good: Good, chance: Chance) -> Planted | None:
    """Told at the movement."""
    row = chance.one(good.taught("actions"))
    opposite = good.term("movements", row["movement"])["antagonist"]
    return cell(good, row, "movement", opposite) if opposite else None


@kind("movement of another part of the body")
def movement_of_another_region(good: Good, chance: Chance) -> Planted | None:
    """Told at what is moved, or at the movement that it cannot make."""
    row = chance.one(good.taught("actions"))
    others = [each for each in good.column("actions", "of").allowed if _REGIONS[each] != _REGIONS[row["of"]]]
    return cell(good, row, "of", chance.one(others), cells_of(good, [row], "movement"))


@kind("movement of another kind (elevation of the spine)")
def movement_of_another_kind(good: Good, chance: Chance) -> Planted | None:
    """Told at the movement, or at what is moved or the direction, which do not go with it."""
    row = chance.one(good.taught("actions"))
    now = good.term("movements", row["movement"])["kind"]
    other = chance.one(each["id"] for each in good.rows("movements") if each["kind"] != now)
    return cell(good, row, "movement", other, cells_of(good, [row], "of", "direction"))


@kind("direction left out")
def direction_left_out(good: Good, chance: Chance) -> Planted | None:
    """Told at the direction."""
    row = chance.one(good.filled("direction", good.taught("actions")))
    return cell(good, row, "direction", None)
