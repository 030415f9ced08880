"""The facts themselves, against expectations that were written down by hand from the sources named beside them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from backdata.anatomy import levels
from backdata.model import TOPICS, Dataset, Fact, Muscle
from backdata.validation import Validation

# Terminologia Anatomica, second edition (TA2), muscles of the back: ten of hypaxial (and branchial) origin …
TA2_VENTRAL = {
    "trapezius", "latissimus-dorsi", "rhomboid-major", "rhomboid-minor", "levator-scapulae",
    "serratus-posterior-superior", "serratus-posterior-inferior",
    "intertransversarii-anteriores-cervicis", "intertransversarii-posteriores-laterales-cervicis",
    "intertransversarii-laterales-lumborum",
}  # fmt: skip
# … thirty epaxial ones, among them the four suboccipital muscles …
TA2_EPAXIAL = {
    "rectus-capitis-posterior-major", "rectus-capitis-posterior-minor",
    "obliquus-capitis-superior", "obliquus-capitis-inferior",
    "iliocostalis-lumborum", "iliocostalis-thoracis", "iliocostalis-cervicis",
    "longissimus-thoracis", "longissimus-cervicis", "longissimus-capitis",
    "spinalis-thoracis", "spinalis-cervicis", "spinalis-capitis",
    "splenius-capitis", "splenius-cervicis",
    "multifidus-lumborum", "multifidus-thoracis", "multifidus-cervicis",
    "semispinalis-thoracis", "semispinalis-cervicis", "semispinalis-capitis",
    "rotatores-lumborum", "rotatores-thoracis", "rotatores-cervicis",
    "interspinales-lumborum", "interspinales-thoracis", "interspinales-cervicis",
    "intertransversarii-mediales-lumborum", "intertransversarii-thoracis",
    "intertransversarii-posteriores-mediales-cervicis",
}  # fmt: skip
# … and four that TA2 files with the thorax and with the neck.
TA2_THORAX = {"levatores-costarum-longi", "levatores-costarum-breves"}
TA2_NECK = {"rectus-capitis-anterior", "rectus-capitis-lateralis"}

# Parts that TA2 names: trapezius in three, the lumbar part of longissimus thoracis, two of the lateral lumbar
# intertransversarii, long and short thoracic rotatores.
PARTS = {
    "trapezius": ("trapezius-descending", "trapezius-transverse", "trapezius-ascending"),
    "longissimus-thoracis": ("longissimus-thoracis-lumborum",),
    "rotatores-thoracis": ("rotatores-thoracis-longi", "rotatores-thoracis-breves"),
    "intertransversarii-laterales-lumborum": (
        "intertransversarii-laterales-lumborum-dorsales", "intertransversarii-laterales-lumborum-ventrales",
    ),
}  # fmt: skip

# Gray 1918, p. 397 and 432, and the systems of the deep muscles that German textbooks distinguish.
MEMBERS = {
    "superficial": 5, "intermediate": 2,
    "spinotransverse": 2, "iliocostalis": 3, "longissimus": 3, "spinalis": 3, "semispinalis": 3, "multifidi": 3,
    "rotatores": 3, "interspinales": 3, "intertransversarii": 6, "levatores-costarum": 2,
    "suboccipital-posterior": 4, "suboccipital-anterior": 2,
}  # fmt: skip
EXTRINSIC = {"superficial", "intermediate", "suboccipital-anterior"}

# Cranial: XI for the trapezius (Cunningham; every modern text). Anterior: the other extrinsic muscles and those among the
# intrinsic that TA2 calls hypaxial. All others, posterior (Gray 1918, p. 402), the levatores costarum under dispute.
CRANIAL = {"trapezius", *PARTS["trapezius"]}
ANTERIOR = (
    TA2_VENTRAL - {"trapezius"} | TA2_NECK | set(PARTS["intertransversarii-laterales-lumborum"])
)  # fmt: skip
# TA2 counts these three sets with the hypaxial muscles although they lie among the intrinsic ones; so do Gray 1918 and
# Rauber-Kopsch, who give them anterior rami.
EXCEPTIONS = {
    "intertransversarii-anteriores-cervicis", "intertransversarii-posteriores-laterales-cervicis",
    "intertransversarii-laterales-lumborum",
}  # fmt: skip

# Bundles that run up and outward (splenius, longissimus, the recti and obliqui to the head) turn to their own side, those
# that run up and inward (transversospinal muscles) to the other: Gray 1918, p. 398–402; Cunningham.
TURNS_TO_ITS_OWN_SIDE = {
    "levator-scapulae", "splenius-capitis", "splenius-cervicis", "rectus-capitis-posterior-major", "obliquus-capitis-inferior",
    "iliocostalis-lumborum", "iliocostalis-thoracis", "iliocostalis-cervicis",
    "longissimus-thoracis", "longissimus-thoracis-lumborum", "longissimus-cervicis", "longissimus-capitis",
}  # fmt: skip
TURNS_TO_THE_OTHER_SIDE = {
    "trapezius-descending",
    "semispinalis-thoracis", "semispinalis-cervicis", "semispinalis-capitis",
    "multifidus-lumborum", "multifidus-thoracis", "multifidus-cervicis",
    "rotatores-lumborum", "rotatores-thoracis", "rotatores-thoracis-longi", "rotatores-thoracis-breves", "rotatores-cervicis",
    "levatores-costarum-longi", "levatores-costarum-breves",
    "obliquus-capitis-superior",  # in most sources that name a side; others say its own
}  # fmt: skip

# How many vertebrae lie between origin and insertion: rotatores one or two, multifidus two to four (Braus 1921, p. 88);
# interspinales and intertransversarii neighbours (Gray 1918, p. 401–402); levatores costarum to the next rib, the long
# ones to the next but one (Gray 1918, p. 404).
STEPS = {
    "rotatores-thoracis-breves": "1 up", "rotatores-thoracis-longi": "2 up",
    "multifidus-lumborum": "2–4 up", "multifidus-thoracis": "2–4 up", "multifidus-cervicis": "2–4 up",
    "interspinales-lumborum": "1 up", "interspinales-thoracis": "1 up", "interspinales-cervicis": "1 up",
    "intertransversarii-mediales-lumborum": "1 up", "intertransversarii-thoracis": "1 up",
    "intertransversarii-anteriores-cervicis": "1 up", "intertransversarii-posteriores-laterales-cervicis": "1 up",
    "intertransversarii-posteriores-mediales-cervicis": "1 up",
    "levatores-costarum-breves": "1 down", "levatores-costarum-longi": "2 down",
}  # fmt: skip

# What every examiner asks, with the words of Gray 1918: muscle, topic, structure or nerve, levels.
GRAY = [
    ("latissimus-dorsi", "innervation", "thoracodorsal-nerve", None),
    ("latissimus-dorsi", "insertion", "intertubercular-groove", None),
    ("rhomboid-major", "innervation", "dorsal-scapular-nerve", None),
    ("rhomboid-major", "origin", "spinous-process", "T2–T5"),
    ("rhomboid-minor", "origin", "spinous-process", "C7–T1"),
    ("serratus-posterior-superior", "insertion", "rib", "R2–R5"),
    ("serratus-posterior-inferior", "insertion", "rib", "R9–R12"),
    ("splenius-capitis", "insertion", "mastoid-process", None),
    ("splenius-cervicis", "origin", "spinous-process", "T3–T6"),
    ("longissimus-capitis", "insertion", "mastoid-process", None),
    ("iliocostalis-cervicis", "insertion", "posterior-tubercle", "C4–C6"),
    ("spinalis-thoracis", "origin", "spinous-process", "T11–L2"),
    ("semispinalis-thoracis", "insertion", "spinous-process", "C6–T4"),
    ("semispinalis-cervicis", "insertion", "spinous-process", "C2–C5"),
    ("multifidus-lumborum", "origin", "mammillary-process", "L1–L5"),
    ("multifidus-cervicis", "origin", "articular-process", "C4–C7"),
    ("rectus-capitis-posterior-major", "origin", "spinous-process", "C2"),
    ("rectus-capitis-posterior-minor", "origin", "atlas-posterior-tubercle", "C1"),
    ("obliquus-capitis-inferior", "origin", "spinous-process", "C2"),
    ("obliquus-capitis-inferior", "insertion", "transverse-process", "C1"),
    ("obliquus-capitis-superior", "origin", "transverse-process", "C1"),
    ("obliquus-capitis-superior", "innervation", "suboccipital-nerve", None),
    ("rectus-capitis-lateralis", "insertion", "jugular-process", None),
]

# Where the sources differ on levels: what each of them says, as it was noted down when the sources were first compared.
# gray-1918 is Gray 1918, muscle-list-en an English atlas-style list, ordermind a Dutch student data set, stedman medical
# dictionaries, deu a German quiz page, braus-1921 Braus 1921, brief what this data set started from.
DISPUTED_LEVELS: list[tuple[str, str, dict[str, str]]] = [
    (
        "trapezius-transverse",
        "origin",
        {"wikipedia": "C7–T3", "ordermind": "T1–T2 (C6–C7, T3–T4)", "brainscape": "T1–T5"},
    ),
    ("trapezius-ascending", "origin", {"wikipedia": "T4–T12", "ordermind": "T5–T12 (T2–T4)", "brainscape": "T6–T12"}),
    ("rhomboid-major", "origin", {"gray-1918": "T2–T5", "loyola-lumen": "T2–T5", "stedman": "T1–T4"}),
    ("rhomboid-minor", "origin", {"gray-1918": "C7–T1", "flexikon": "C6–C7"}),
    ("latissimus-dorsi", "innervation", {"wikipedia": "C6–C8", "uams": "C7–C8"}),
    ("serratus-posterior-superior", "origin", {"gray-1918": "C7–T2 (T3)", "stedman": "C6–T2"}),
    ("serratus-posterior-superior", "insertion", {"gray-1918": "R2–R5", "muscle-list-en": "R2–R4", "docslib": "R2–R4"}),
    ("serratus-posterior-superior", "innervation", {"wikipedia": "T2–T5", "stedman": "T1–T4"}),
    ("serratus-posterior-inferior", "origin", {"stedman": "T11–L2", "teachmeanatomy": "T11–L3"}),
    ("serratus-posterior-inferior", "insertion", {"gray-1918": "R9–R12", "muscle-list-en": "R8–R12"}),
    ("splenius-capitis", "origin", {"gray-1918": "C7–T3", "anatomifysiologi": "C4–T3", "flexikon": "C3–T3"}),
    ("splenius-capitis", "innervation", {"wikipedia": "C3–C4", "stedman": "C2–C6", "muscle-list-en": "C1–C6"}),
    ("splenius-cervicis", "origin", {"gray-1918": "T3–T6", "stedman": "T3–T5", "muscle-list-en": "T3–T7"}),
    ("splenius-cervicis", "insertion", {"flexikon": "C1–C3", "gray-1918": "C1–C2", "muscle-list-en": "C1–C4"}),
    ("splenius-cervicis", "innervation", {"muscle-list-en": "C5–C6"}),
    ("iliocostalis-cervicis", "origin", {"gray-1918": "R3–R6", "muscle-list-en": "R3–R7"}),
    ("iliocostalis-cervicis", "insertion", {"gray-1918": "C4–C6", "flexikon": "C4–C6", "muscle-list-en": "C4–C6"}),
    ("iliocostalis-thoracis", "insertion", {"gray-1918": "R1–R6", "muscle-list-en": "R1–R6"}),
    ("iliocostalis-thoracis", "insertion", {"gray-1918": "C7", "ordermind": "C7"}),
    ("iliocostalis-lumborum", "insertion", {"gray-1918": "R7–R12", "flexikon": "R6–R12 (R5)", "funato": "R4–R12"}),
    ("iliocostalis-lumborum", "insertion", {"ordermind": "L1–L4"}),
    ("longissimus-capitis", "origin", {"gray-1918": "T1–T4 (T5)", "muscle-list-en": "T1–T3"}),
    ("longissimus-capitis", "origin", {"gray-1918": "C5–C7 (C4)", "muscle-list-en": "C4–C7"}),
    ("longissimus-cervicis", "origin", {"gray-1918": "T1–T4 (T5)", "muscle-list-en": "T1–T6"}),
    ("longissimus-cervicis", "insertion", {"gray-1918": "C2–C6", "muscle-list-en": "C2–C5", "flexikon": "C2–C7"}),
    ("longissimus-thoracis", "insertion", {"muscle-list-en": "R2–R12", "ordermind": "R7–R12"}),
    (
        "spinalis-thoracis",
        "origin",
        {"gray-1918": "T11–L2", "cunningham": "T11–L2", "braus-1921": "T10–L3", "brief": "T10–L3"},
    ),
    ("spinalis-thoracis", "insertion", {"braus-1921": "T2–T8", "learnmuscles": "T4–T8", "brief": "T1–T8"}),
    ("spinalis-cervicis", "origin", {"gray-1918": "C7 (T1–T2)", "braus-1921": "C6–T2", "muscle-list-en": "C5–T2"}),
    ("spinalis-cervicis", "insertion", {"gray-1918": "C2 (C3–C4)", "braus-1921": "C2–C4", "muscle-list-en": "C2–C5"}),
    ("semispinalis-thoracis", "origin", {"gray-1918": "T6–T10", "muscle-list-en": "T6–T12"}),
    ("semispinalis-thoracis", "insertion", {"gray-1918": "C6–T4", "muscle-list-en": "C6–T4"}),
    ("semispinalis-cervicis", "origin", {"gray-1918": "T1–T5 (T6)", "stedman": "T2–T5"}),
    ("semispinalis-cervicis", "insertion", {"gray-1918": "C2–C5", "stedman": "C2–C5"}),
    ("semispinalis-capitis", "origin", {"gray-1918": "C4–C6", "cunningham": "C4–C7", "braus-1921": "C4–C7"}),
    ("semispinalis-capitis", "origin", {"gray-1918": "C7–T6 (T7)", "cunningham": "T1–T6", "muscle-list-en": "C4–T7"}),
    (
        "multifidus-lumborum",
        "origin",
        {"gray-1918": "L1–L5", "braus-1921": "L1–L5", "muscle-list-en": "L1–L5", "brief": "L3–L5"},
    ),
    ("interspinales-cervicis", "insertion", {"gray-1918": "C2–C7", "ordermind": "C2–T1"}),
    ("interspinales-cervicis", "origin", {"muscle-list-en": "C2–C7"}),
    ("interspinales-thoracis", "origin", {"gray-1918": "T2 (T3, T12)", "brief": "T2–T3, T11–L1"}),
    (
        "interspinales-lumborum",
        "origin",
        {"gray-1918": "L2–L5 (L1, S1)", "brief": "L2–L5 (L1, S1)", "ordermind": "T12–L5"},
    ),
    ("intertransversarii-anteriores-cervicis", "insertion", {"gray-1918": "C1–C6", "muscle-list-en": "C2–C6"}),
    (
        "intertransversarii-laterales-lumborum-ventrales",
        "origin",
        {"brief": "L2–L5", "deu": "L2–L5", "flexikon": "L1–L4"},
    ),
    ("levatores-costarum-longi", "origin", {"deu": "C7–T10"}),
    ("rectus-capitis-anterior", "innervation", {"wikipedia": "C1–C2"}),
    ("rectus-capitis-lateralis", "innervation", {"imaios": "C1–C2", "stedman": "C1"}),
]
# Where they differ on the structure.
DISPUTED_STRUCTURES: list[tuple[str, str, dict[str, str]]] = [
    ("latissimus-dorsi", "insertion", {"gray-1918": "intertubercular-groove", "ordermind": "lesser-tubercle-crest"}),
    ("obliquus-capitis-inferior", "insertion", {"gray-1918": "transverse-process", "wikipedia": "lateral-mass"}),
    ("obliquus-capitis-superior", "insertion", {"gray-1918": "occipital-bone", "wikipedia": "inferior-nuchal-line"}),
]
# Where they differ on which part of it: rectus capitis posterior major on the inferior nuchal line.
DISPUTED_PARTS = {"gray-1918": "lateral part", "braus-1921": "middle third", "muscle-list-en": "middle third"}
# And who says what of the rami of the sets that break the rule, or are said to: (muscle, ramus, a source that says so).
DISPUTED_RAMI = [
    ("intertransversarii-anteriores-cervicis", "anterior", "gray-1918"),
    ("intertransversarii-anteriores-cervicis", "posterior", "anatomy-app"),
    ("intertransversarii-laterales-lumborum", "anterior", "flexikon"),
    ("intertransversarii-laterales-lumborum", "posterior", "rauber-kopsch"),
    ("intertransversarii-posteriores-laterales-cervicis", "anterior", "rauber-kopsch"),
    ("intertransversarii-posteriores-laterales-cervicis", "posterior", "muscle-list-en"),
    ("intertransversarii-posteriores-mediales-cervicis", "posterior", "rauber-kopsch"),
    ("intertransversarii-posteriores-mediales-cervicis", "anterior", "gray-1918"),
    ("levatores-costarum-longi", "anterior", "gray-1918"),
    ("levatores-costarum-longi", "anterior", "rauber-kopsch"),
    ("levatores-costarum-breves", "anterior", "daviddarling"),
    ("levatores-costarum-breves", "posterior", "nihonjintai"),
    ("rectus-capitis-anterior", "anterior", "wikipedia"),
    ("rectus-capitis-lateralis", "anterior", "wikipedia"),
    ("intertransversarii-thoracis", "posterior", "wikipedia"),
    ("intertransversarii-mediales-lumborum", "posterior", "gray-1918"),
    ("intertransversarii-posteriores-mediales-cervicis", "anterior", "ordermind"),  # "both", of the unsplit set
    ("intertransversarii-posteriores-laterales-cervicis", "posterior", "ordermind"),
    ("levatores-costarum-longi", "anterior", "akita-2000"),
    ("levatores-costarum-breves", "posterior", "muscle-list-en"),
    ("levatores-costarum-breves", "posterior", "ordermind"),
]
# What the brief says against most or all other sources: never preferred, always there.
THE_BRIEF_ALONE = {
    "semispinalis-capitis.action": "turns the head to its own side",
    "multifidus-lumborum.origin": "mammillary processes of L3–L5 only",
    "spinalis-thoracis.insertion": "T1–T8",
    "interspinales-cervicis.insertion": "skips one vertebra in the neck",
    "interspinales-thoracis.insertion": "skips one vertebra in the chest",
    "interspinales-lumborum.insertion": "skips one vertebra in the loins",
}

FROM_THE_BRIEF_ALONE: set[str] = set()  # ids of preferred facts for which no other source was found
SETS = TA2_VENTRAL | TA2_EPAXIAL | TA2_THORAX | TA2_NECK
ALL = sorted(SETS | {part for parts in PARTS.values() for part in parts})


def preferred(muscle: Muscle, topic: str) -> list[Fact]:
    return [fact for fact in muscle.about(topic) if fact.reading == "preferred"]


def test_the_inventory_is_that_of_ta2(dataset: Dataset) -> None:
    assert (len(TA2_VENTRAL), len(TA2_EPAXIAL), len(TA2_THORAX), len(TA2_NECK)) == (10, 30, 2, 2)
    assert {muscle.id for muscle in dataset.muscles.values() if muscle.part_of is None} == SETS
    assert len(SETS) == 44


def test_the_named_parts_are_those_of_ta2(dataset: Dataset) -> None:
    assert {muscle.id: muscle.parts for muscle in dataset.muscles.values() if muscle.parts} == PARTS
    assert sum(map(len, PARTS.values())) == 8


def test_every_group_has_its_members(dataset: Dataset) -> None:
    members = {
        group: [m for m in dataset.muscles.values() if m.group == group and not m.part_of] for group in dataset.groups
    }
    assert {group: len(found) for group, found in members.items() if found} == MEMBERS


@pytest.mark.parametrize("id", ALL)
def test_every_muscle_answers_what_a_learner_asks(id: str, dataset: Dataset) -> None:
    muscle = dataset.muscles[id]
    sources = {row["id"] for row in dataset.tables["sources"]}
    for topic in ("origin", "insertion", "action"):
        assert preferred(muscle, topic), f"{id} has no {topic}"
    assert [fact for fact in preferred(muscle, "innervation") if fact.row["role"] == "motor"]
    assert all(fact.text for fact in muscle.facts)
    assert {source for fact in muscle.facts for source in (fact.source, *fact.also)} <= sources


@pytest.mark.parametrize("id", ALL)
def test_division_and_ramus_are_those_of_the_textbooks(id: str, dataset: Dataset) -> None:
    muscle = dataset.muscles[id]
    extrinsic = any(group in EXTRINSIC for group in dataset.groups[muscle.group].path)
    assert dataset.groups[muscle.group].row["division"] == ("extrinsic" if extrinsic else "intrinsic")
    rami = {row["id"]: row["ramus"] for row in dataset.tables["nerves"]}
    motor = {rami[fact.row["nerve"]] for fact in preferred(muscle, "innervation") if fact.row["role"] == "motor"}
    assert motor == {"cranial" if id in CRANIAL else "anterior" if id in ANTERIOR else "posterior"}


def test_the_development_is_that_of_ta2(dataset: Dataset) -> None:
    def developed(kind: str) -> set[str]:
        return {muscle.id for muscle in dataset.muscles.values() if muscle.development == kind and not muscle.part_of}

    assert developed("epaxial") == TA2_EPAXIAL
    assert developed("branchial") == {"trapezius"}
    assert developed("hypaxial") == TA2_VENTRAL - {"trapezius"} | TA2_NECK
    assert developed("disputed") == TA2_THORAX


def test_every_group_says_which_rami_its_muscles_may_have(dataset: Dataset) -> None:
    """Extrinsic muscles take anterior rami, the trapezius a cranial nerve; intrinsic ones posterior rami, but for the ventral
    intertransversarii and, under dispute, the levatores costarum: Gray 1918, p. 401–404; TA2.
    """
    rami = {group.id: set(group.rami) for group in dataset.groups.values()}
    assert rami["superficial"] == {"anterior", "cranial"}
    assert rami["intermediate"] == rami["suboccipital-anterior"] == {"anterior"}
    either = {"deep", "segmental", "intertransversarii", "levatores-costarum"}
    assert {id for id, taken in rami.items() if taken == {"posterior", "anterior"}} == either
    assert {id for id, taken in rami.items() if taken == {"posterior"}} == rami.keys() - either - EXTRINSIC


def test_every_group_is_defined_and_has_a_role(dataset: Dataset) -> None:
    for group in dataset.groups.values():
        assert group.row["definition"].endswith("."), group.id
        assert group.row["role"], group.id
    places = {group.id: group.row["place"] for group in dataset.groups.values()}
    assert places["superficial"] == places["intermediate"] == "immigrated"
    assert places["erector-spinae"] == places["suboccipital-posterior"] == "local"


def test_the_dispute_about_the_levatores_costarum_is_told(dataset: Dataset) -> None:
    """Gray 1918, p. 404, gives them intercostal nerves; most modern tables posterior rami."""
    rami = {row["id"]: row["ramus"] for row in dataset.tables["nerves"]}
    for id in TA2_THORAX:
        told = {(fact.reading, rami[fact.row["nerve"]]) for fact in dataset.muscles[id].innervations}
        assert {("preferred", "posterior"), ("alternative", "anterior")} <= told


def test_there_are_four_exceptions_and_each_is_needed(dataset: Dataset, checked: Validation) -> None:
    granted = EXCEPTIONS | {"obliquus-capitis-inferior.insertion.1"}
    assert {row["row_id"] for row in dataset.tables["exceptions"]} == granted
    assert {finding.row_id for finding in checked.report.findings if finding.excepted} == granted
    assert all(row["reason"] and row["source"] for row in dataset.tables["exceptions"])


def test_every_system_turns_to_its_side(dataset: Dataset) -> None:
    sides: dict[str, set[str | None]] = {}
    for muscle in dataset.muscles.values():
        for fact in preferred(muscle, "action"):
            if fact.row["movement"] == "rotation":
                sides.setdefault(muscle.id, set()).add(fact.row["direction"])
    assert {id for id, to in sides.items() if to == {"ipsilateral"}} == TURNS_TO_ITS_OWN_SIDE
    assert {id for id, to in sides.items() if to == {"contralateral"}} == TURNS_TO_THE_OTHER_SIDE
    assert sides.keys() == TURNS_TO_ITS_OWN_SIDE | TURNS_TO_THE_OTHER_SIDE, "nobody turns to both"


def test_lateral_flexion_goes_to_the_own_side(dataset: Dataset) -> None:
    bends = [
        fact
        for muscle in dataset.muscles.values()
        for fact in preferred(muscle, "action")
        if fact.row["movement"] == "lateral-flexion"
    ]
    assert len(bends) > 20
    assert {fact.row["direction"] for fact in bends} == {"ipsilateral"}


@pytest.mark.parametrize("id", STEPS)
def test_segmental_bundles_step_over_as_many_vertebrae_as_they_should(id: str, dataset: Dataset) -> None:
    assert {fact.row["from_origin"] for fact in preferred(dataset.muscles[id], "insertion")} == {STEPS[id]}


@pytest.mark.parametrize(("id", "topic", "what", "levels"), GRAY)
def test_what_gray_says_is_what_we_teach(id: str, topic: str, what: str, levels: str | None, dataset: Dataset) -> None:
    facts = preferred(dataset.muscles[id], topic)
    if topic == "innervation":
        assert {fact.row["nerve"] for fact in facts} == {what}
    else:
        assert (what, levels) in {(fact.row["structure"], fact.row["levels"]) for fact in facts}


def test_the_brief_alone_teaches_nothing(dataset: Dataset) -> None:
    """It was checked against the sources; where they contradict it (T1–T8 of spinalis thoracis, L3–L5 of multifidus
    lumborum, semispinalis to its own side) it is an alternative at most."""
    alone = {
        fact.id
        for muscle in dataset.muscles.values()
        for fact in muscle.facts
        if fact.reading == "preferred" and fact.source == "brief" and not fact.also
    }
    assert alone == FROM_THE_BRIEF_ALONE


def _levels(text: str, topic: str) -> levels.Levels:
    return levels.parse(text, "nerve" if topic == "innervation" else "rib" if "R" in text else "vertebra")


def _said_by(source: str, facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if source in (fact.source, *fact.also)]


@pytest.mark.parametrize(("id", "topic", "readings"), DISPUTED_LEVELS)
def test_every_reading_of_disputed_levels_is_told_with_its_source(
    id: str, topic: str, readings: dict[str, str], dataset: Dataset
) -> None:
    for source, reading in readings.items():
        told = [
            _levels(text, topic)
            for fact in _said_by(source, dataset.muscles[id].about(topic))
            if (text := fact.row.get("segments" if topic == "innervation" else "levels"))
        ]
        wanted = _levels(reading, topic)
        assert any(set(each.all) == set(wanted.all) or set(each.sure) == set(wanted.sure) for each in told), (
            source, reading, [str(each) for each in told],
        )  # fmt: skip


@pytest.mark.parametrize(("id", "topic", "structures"), DISPUTED_STRUCTURES)
def test_every_reading_of_a_disputed_structure_is_told_with_its_source(
    id: str, topic: str, structures: dict[str, str], dataset: Dataset
) -> None:
    for source, structure in structures.items():
        told = _said_by(source, dataset.muscles[id].about(topic))
        assert structure in {fact.row["structure"] for fact in told}


@pytest.mark.parametrize(("source", "part"), DISPUTED_PARTS.items())
def test_every_reading_of_a_disputed_part_is_told_with_its_source(source: str, part: str, dataset: Dataset) -> None:
    told = _said_by(source, dataset.muscles["rectus-capitis-posterior-major"].insertions)
    assert part in {fact.row["part"] for fact in told if fact.row["structure"] == "inferior-nuchal-line"}


def test_what_is_not_always_there_is_called_inconstant(dataset: Dataset) -> None:
    """TA2 brackets the cervical and lumbar rotatores, which Gray 1918, p. 400, does not know; Gray, p. 399–401, has the
    spinales of neck and head as inconstant, and few thoracic interspinales; the Dutch and the English list have none.
    """
    inconstant = {muscle.id for muscle in dataset.muscles.values() if muscle.row["constancy"] == "inconstant"}
    assert inconstant == {
        "spinalis-cervicis", "spinalis-capitis", "rotatores-lumborum", "rotatores-cervicis", "interspinales-thoracis",
    }  # fmt: skip


@pytest.mark.parametrize(("id", "ramus", "source"), DISPUTED_RAMI)
def test_every_reading_of_a_disputed_ramus_is_told_with_its_source(
    id: str, ramus: str, source: str, dataset: Dataset
) -> None:
    rami = {row["id"]: row["ramus"] for row in dataset.tables["nerves"]}
    facts = [fact for fact in dataset.muscles[id].innervations if rami[fact.row["nerve"]] == ramus]
    assert source in {cited for fact in facts for cited in (fact.source, *fact.also)}


@pytest.mark.parametrize("question", THE_BRIEF_ALONE, ids=THE_BRIEF_ALONE.values())
def test_what_the_brief_alone_says_is_told_as_contradicted(question: str, dataset: Dataset) -> None:
    owner, topic = question.split(".")
    facts = [fact for muscle in dataset.muscles.values() for fact in muscle.about(topic) if fact.stated_at == owner]
    said = [fact for fact in facts if fact.source == "brief"]
    assert said
    assert {fact.reading for fact in said} == {"alternative"}
    assert all(fact.row["note"] for fact in said)


def test_a_dispute_has_two_sources(dataset: Dataset) -> None:
    for muscle in dataset.muscles.values():
        for fact in muscle.facts:
            if fact.reading == "alternative":
                other = [
                    each for each in muscle.about(fact.topic) if each.id == fact.id and each.reading == "preferred"
                ]
                assert other, fact.id
                assert fact.source not in {cited for each in other for cited in (each.source, *each.also)}, fact.id


def test_no_source_confirms_itself(dataset: Dataset) -> None:
    for muscle in dataset.muscles.values():
        for fact in muscle.facts:
            assert fact.source not in fact.also, fact.id
            assert len(fact.also) == len(set(fact.also)), fact.id


def test_ids_are_readable_and_latin_names_are_latin(dataset: Dataset) -> None:
    for muscle in dataset.muscles.values():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", muscle.id)
        assert muscle.latin
        assert re.match(r"(M|Mm)\. |Pars |Partes ", muscle.latin), muscle.latin


# --- the re-reading -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def comparisons() -> list[dict[str, str]]:
    with (Path(__file__).resolve().parent.parent / "docs" / "re-reading.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        return list(csv.DictReader(file))


def test_a_comparison_names_what_was_compared_with_which_source(
    comparisons: list[dict[str, str]], dataset: Dataset
) -> None:
    tables = dataset.tables
    sources = {row["id"] for row in tables["sources"]}
    terms = {row["id"] for table in ("muscles", "groups", "vessels") for row in tables[table]}
    regions = {row["region"] for row in tables["territories"]}
    for row in comparisons:
        assert row["source"] in sources, row
        assert row["verdict"] in {"agrees", "resolved", "recorded", "set aside"}, row
        assert row["fact"].split(".")[0] in terms | regions, row
        assert row["what"] or row["verdict"] in {"agrees", "recorded"}, row


def test_every_question_of_every_muscle_was_compared_with_two_sources(
    comparisons: list[dict[str, str]], dataset: Dataset
) -> None:
    """What a part or a muscle takes from elsewhere is compared where it is stated, or where the source states it."""
    compared: dict[tuple[str, str], set[str]] = {}
    for row in comparisons:
        owner, _, topic = row["fact"].partition(".")
        compared.setdefault((owner, topic.partition(".")[0]), set()).add(row["source"])
    lacking = []
    for muscle in dataset.muscles.values():
        for topic in TOPICS:
            stated = {fact.stated_at for fact in muscle.about(topic)}
            owners = {muscle.id, *stated, *dataset.groups[muscle.group].path}
            read = {source for owner in owners for source in compared.get((owner, topic), ())}
            if len(read) < 2:
                lacking.append((muscle.id, topic, read))
    assert lacking == []
