"""Faults in vessels, what they arise from and drain to, and what they supply."""

from __future__ import annotations

from backdata.faults.good import Good
from backdata.faults.kind import Chance, Place, Planted, kind
from backdata.faults.plant import cell, cells_of, line, values

_ARTERIES = ("artery", "great artery")
_VEINS = ("vein", "great vein", "venous plexus")


@kind("artery of a muscle replaced by a vein or a lymph node")
def vein_for_artery(good: Good, chance: Chance) -> Planted | None:
    """Told at the vessel."""
    row = chance.one(good.taught("blood_supply"))
    return cell(good, row, "vessel", chance.one(v["id"] for v in good.rows("vessels") if v["kind"] not in _ARTERIES))


@kind("artery of another region of the body")
def artery_of_another_region(good: Good, chance: Chance) -> Planted | None:
    """Told at the vessel."""
    row = chance.one(good.taught("blood_supply"))
    regions = {each["region"] for each in good.rows("vessels") if each["id"] == row["vessel"]}
    others = [v["id"] for v in good.rows("vessels") if v["kind"] == "artery" and v["region"] not in regions]
    return cell(good, row, "vessel", chance.one(others))


@kind("vessel link turned round")
def link_reversed(good: Good, chance: Chance) -> Planted | None:
    """Told at either of its two vessels, or at another link of the circle that it closes."""
    row = chance.one(each for each in good.taught("vessel_links") if each["relation"] != "communicates with")
    changed = values(good, row, vessel=row["to"], to=row["vessel"])
    did = f"{row['vessel']} {row['relation']} {row['to']} became {row['to']} {row['relation']} {row['vessel']}"
    circle = [link for vessel in (row["vessel"], row["to"]) for link in good.rows("vessel_links", vessel=vessel)]
    return line(good, row, changed, did, cells_of(good, circle, "to", "item", "vessel"))


@kind("vessels linked in a circle")
def circle(good: Good, chance: Chance) -> Planted | None:
    """Told at a vessel of one of the links of the circle."""
    row = chance.one(each for each in good.taught("vessel_links") if each["relation"] != "communicates with")
    onward = good.rows("vessel_links", to=row["vessel"], relation=row["relation"])
    below = chance.one(onward)
    return cell(good, row, "to", below["vessel"], cells_of(good, [row, *onward], "vessel", "to"))


@kind("a vein arises from an artery, an artery drains")
def relation_of_another_kind(good: Good, chance: Chance) -> Planted | None:
    """Told at the relation, at the vessel or at what it leads to."""
    row = chance.one(each for each in good.taught("vessel_links") if each["relation"] != "communicates with")
    other = {"arises from": "drains to", "drains to": "arises from"}[row["relation"]]
    return cell(good, row, "relation", other, cells_of(good, [row], "vessel", "to"))


@kind("link to a vessel of another kind")
def link_to_another_kind(good: Good, chance: Chance) -> Planted | None:
    """Told at the vessel that it leads to."""
    row = chance.one(each for each in good.taught("vessel_links") if each["relation"] != "communicates with")
    here = (
        "lymph"
        if good.term("vessels", row["to"])["kind"].startswith("lymph")
        else good.term("vessels", row["to"])["kind"] in _ARTERIES
    )
    others = [
        v["id"]
        for v in good.rows("vessels")
        if ("lymph" if v["kind"].startswith("lymph") else v["kind"] in _ARTERIES) != here
    ]
    return cell(good, row, "to", chance.one(others))


@kind("kind of a vessel changed")
def kind_of_vessel(good: Good, chance: Chance) -> Planted | None:
    """Told at the kind, or in a row in which the vessel is used as what it is."""
    row = chance.one(good.rows("vessels"))
    groups = (_ARTERIES, _VEINS, ("lymph node", "lymph duct"))
    others = [kind for group in groups if row["kind"] not in group for kind in group]
    used = [Place(good.grids[each["_table"]].title, each["_row"]) for each, _ in good.uses("vessels", row["id"])]
    return cell(good, row, "kind", chance.one(others), used)


@kind("depth of a vessel flipped")
def depth_flipped(good: Good, chance: Chance) -> Planted | None:
    """Told at the depth."""
    row = chance.one(good.rows("vessels"))
    return cell(good, row, "depth", {"deep": "superficial", "superficial": "deep"}[row["depth"]])


@kind("region of a vessel replaced by another")
def region_of_a_vessel(good: Good, chance: Chance) -> Planted | None:
    """Told at the region."""
    row = chance.one(good.rows("vessels"))
    return cell(good, row, "region", chance.one({each["region"]: None for each in good.rows("vessels")}))
