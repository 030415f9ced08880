"""The vessels, against expectations that were written down by hand from the sources named beside them."""

from __future__ import annotations

import re

import pytest

from backdata.anatomy import levels
from backdata.anatomy.inheritance import path
from backdata.model import Dataset, Row

ENDS = {
    "artery": {"ascending-aorta"},
    "great artery": {"ascending-aorta"},
    "vein": {"superior-vena-cava", "inferior-vena-cava"},
    "venous plexus": {"superior-vena-cava", "inferior-vena-cava"},
    "great vein": {"superior-vena-cava", "inferior-vena-cava"},
    "lymph node": {"superior-vena-cava"},  # by the ducts and the venous angle
    "lymph duct": {"superior-vena-cava"},
}
# (vessel, relation, to, levels, side), by Gray 1918: p. 578–586 neck, 600–614 aorta, 645–669 veins, 690–717 lymphatics.
GRAY = [
    ("vertebral-artery", "arises from", "subclavian-artery", None, None),
    ("thyrocervical-trunk", "arises from", "subclavian-artery", None, None),
    ("deep-cervical-artery", "arises from", "costocervical-trunk", None, None),
    ("occipital-artery", "arises from", "external-carotid-artery", None, None),
    ("posterior-intercostal-arteries", "arises from", "supreme-intercostal-artery", "T1–T2", None),
    ("posterior-intercostal-arteries", "arises from", "thoracic-aorta", "T3–T11", None),
    ("lumbar-arteries", "arises from", "abdominal-aorta", "L1–L4", None),
    ("median-sacral-artery", "arises from", "abdominal-aorta", None, None),
    ("lateral-sacral-arteries", "arises from", "internal-iliac-artery", None, None),
    ("external-jugular-vein", "drains to", "subclavian-vein", None, None),
    ("vertebral-vein", "drains to", "brachiocephalic-vein", None, None),
    ("azygos-vein", "drains to", "superior-vena-cava", None, None),
    ("hemiazygos-vein", "drains to", "azygos-vein", None, None),
    ("accessory-hemiazygos-vein", "drains to", "azygos-vein", None, None),
    ("superior-intercostal-vein", "drains to", "azygos-vein", None, "right"),
    ("superior-intercostal-vein", "drains to", "brachiocephalic-vein", None, "left"),
    ("ascending-lumbar-vein", "drains to", "azygos-vein", None, "right"),
    ("ascending-lumbar-vein", "drains to", "hemiazygos-vein", None, "left"),
    ("subcostal-vein", "drains to", "azygos-vein", None, "right"),
    ("lumbar-veins", "drains to", "inferior-vena-cava", None, None),
    ("lateral-sacral-veins", "drains to", "internal-iliac-vein", None, None),
    ("median-sacral-vein", "drains to", "common-iliac-vein", None, "left"),
    ("basivertebral-veins", "drains to", "anterior-internal-vertebral-venous-plexus", None, None),
    ("internal-vertebral-venous-plexus", "drains to", "intervertebral-veins", None, None),
    ("external-vertebral-venous-plexus", "drains to", "intervertebral-veins", None, None),
    ("intervertebral-veins", "drains to", "vertebral-vein", None, None),
    ("intervertebral-veins", "drains to", "posterior-intercostal-veins", None, None),
    ("intervertebral-veins", "drains to", "lumbar-veins", None, None),
    ("intervertebral-veins", "drains to", "lateral-sacral-veins", None, None),
    ("superficial-inguinal-nodes", "drains to", "deep-inguinal-nodes", None, None),
    ("lumbar-nodes", "drains to", "lumbar-trunk", None, None),
    ("lumbar-trunk", "drains to", "cisterna-chyli", None, None),
    ("thoracic-duct", "drains to", "brachiocephalic-vein", None, "left"),
    ("right-lymphatic-duct", "drains to", "brachiocephalic-vein", None, "right"),
]
# The intercostal spaces of each side, one vein each: Gray 1918, p. 667; parentheses mean sometimes.
INTERCOSTAL_SPACES = {"right": levels.parse("T2–T11", "vertebra").all, "left": levels.parse("T2–T11", "vertebra").all}
# What skin and deep muscles drain into where they differ: Gray 1918, p. 700–717; the brief names inguinal nodes for the
# lumbar back without a layer, which holds for the skin only.
LYMPH = [
    ("thoracic back", "skin", "subscapular-nodes"),
    ("thoracic back", "deep muscles", "intercostal-nodes"),
    ("lumbar back", "deep muscles", "lumbar-nodes"),
    ("back below the iliac crest", "skin", "superficial-inguinal-nodes"),
]


def links(dataset: Dataset, vessel: str, relation: str | None = None, reading: str = "preferred") -> list[Row]:
    return [
        row
        for row in dataset.tables["vessel_links"]
        if row["vessel"] == vessel and row["reading"] == reading and relation in (None, row["relation"])
    ]


def parents(dataset: Dataset, vessel: str) -> set[str]:
    """Where it comes from or goes to, as taught."""
    found = {row["to"] for row in links(dataset, vessel) if row["relation"] != "communicates with"}
    return found or {row["to"] for row in links(dataset, vessel, reading="addition")}


def test_every_vessel_leads_to_the_heart(dataset: Dataset) -> None:
    kinds = {row["id"]: row["kind"] for row in dataset.tables["vessels"]}
    for start, kind in kinds.items():
        reached, waiting = set(), {start}
        while waiting:
            reached |= waiting
            waiting = {to for vessel in waiting for to in parents(dataset, vessel)} - reached
        assert reached & ENDS[kind], f"{start} ends at {reached}"


def test_no_vessel_leads_back_to_itself(dataset: Dataset) -> None:
    for row in dataset.tables["vessels"]:
        reached, waiting = set(), parents(dataset, row["id"])
        while waiting:
            reached |= waiting
            waiting = {to for vessel in waiting for to in parents(dataset, vessel)} - reached
        assert row["id"] not in reached


@pytest.mark.parametrize(("vessel", "relation", "to", "at", "side"), GRAY)
def test_vessels_are_joined_as_gray_has_it(
    vessel: str, relation: str, to: str, at: str | None, side: str | None, dataset: Dataset
) -> None:
    found = [row for row in links(dataset, vessel, relation) if row["to"] == to and side in (None, row["side"])]
    assert found
    assert at is None or at in {row["levels"] for row in found}


@pytest.mark.parametrize("side", INTERCOSTAL_SPACES)
def test_every_posterior_intercostal_vein_of_a_side_goes_somewhere(side: str, dataset: Dataset) -> None:
    taught = [row for row in links(dataset, "posterior-intercostal-veins", "drains to") if row["side"] == side]
    reached = {level for row in taught for level in levels.parse(row["levels"], "vertebra").all}
    assert reached == set(INTERCOSTAL_SPACES[side])


@pytest.mark.parametrize(("region", "layer", "node"), LYMPH)
def test_skin_and_deep_muscles_have_their_own_nodes(region: str, layer: str, node: str, dataset: Dataset) -> None:
    taught = [row for row in dataset.tables["territories"] if row["reading"] == "preferred"]
    assert node in {row["vessel"] for row in taught if (row["region"], row["layer"]) == (region, layer)}


def test_muscles_are_fed_by_arteries_and_vertebrae_drained_by_veins(dataset: Dataset) -> None:
    kinds = {row["id"]: row["kind"] for row in dataset.tables["vessels"]}
    assert {kinds[row["vessel"]] for row in dataset.tables["blood_supply"]} == {"artery"}
    served = {kinds[row["vessel"]] for row in dataset.tables["territories"] if row["layer"] == "vertebral body"}
    assert {"artery", "vein"} <= served


def test_nerves_branch_as_a_tree(dataset: Dataset) -> None:
    above = {row["id"]: row["branch_of"] for row in dataset.tables["nerves"]}
    assert {path(id, above)[-1] for id in above} <= {"posterior-rami", "anterior-rami", "accessory-nerve"}


# Described by Bogduk, in English only; TA2 has no name for them.
WITHOUT_LATIN = {"lumbar-intermuscular-aponeurosis", "posterior-rami-intermediate"}


@pytest.mark.parametrize("table", ["structures", "nerves"])
def test_every_term_has_its_latin_name(table: str, dataset: Dataset) -> None:
    assert {row["id"] for row in dataset.tables[table] if not row["latin"]} <= WITHOUT_LATIN


@pytest.mark.parametrize("table", ["structures", "nerves", "movements", "vessels", "groups", "muscles"])
def test_no_word_means_two_things(table: str, dataset: Dataset) -> None:
    meant: dict[str, str] = {}
    for row in dataset.tables[table]:
        words = (row["name"], row.get("latin"), row.get("plural"), *(row["synonyms"] or "").split(";"))
        for word in {re.sub(r"\W+", " ", word).strip().lower() for word in words if word}:
            assert meant.setdefault(word, row["id"]) == row["id"], word
