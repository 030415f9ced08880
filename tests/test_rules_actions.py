"""Actions, nerves and vessels: what anatomists would stop at is found at its cell, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from backdata import resources, schemas
from backdata.anatomy import courses, span
from backdata.anatomy.inheritance import Lineage, by_id
from backdata.anatomy.span import Span
from backdata.model import Edit, Report, Row, add, drop, edit, retitle
from backdata.validation import Validation

Judge = Callable[[Iterable[Edit]], Report]


def told(report: Report) -> list[tuple[str, str, str]]:
    """(code, row, column) of what no exception silences."""
    return [(f.code, f.row_id, f.column) for f in report.findings if f.excepted is None]


ONE_FAULT = {
    "rotation to its own side in a transversospinal muscle": (
        edit("actions", "multifidi.action.3", direction="ipsilateral"),
        ("BD544", "multifidi.action.3", "direction"),
    ),
    "rotation to the other side in a splenius": (
        edit("actions", "splenius-capitis.action.6", direction="contralateral"),
        ("BD544", "splenius-capitis.action.6", "direction"),
    ),
    "bending to the other side": (
        edit("actions", "trapezius-descending.action.6", direction="contralateral"),
        ("BD544", "trapezius-descending.action.6", "direction"),
    ),
    "turning by both sides together": (
        edit("actions", "splenius-capitis.action.4", side="bilateral"),
        ("BD541", "splenius-capitis.action.4", "side"),
    ),
    "flexion instead of extension": (
        edit("actions", "multifidi.action.1", movement="flexion"),
        ("BD546", "multifidi.action.1", "movement"),
    ),
    "flexion beside extension": (
        edit("actions", "splenius-capitis.action.2", movement="flexion"),
        ("BD546", "splenius-capitis.action.2", "movement"),
    ),
    "extension by one side only": (
        edit("actions", "multifidi.action.1", side="unilateral"),
        ("BD545", "multifidi.action.1", "movement"),
    ),
    "a muscle of the head that moves the loins": (
        edit("actions", "trapezius-descending.action.5", of="lumbar spine"),
        ("BD549", "trapezius-descending.action.5", "of"),
    ),
    "a rib muscle with the nerve of the rhomboids": (
        edit("innervations", "serratus-posterior-inferior.innervation.1", nerve="dorsal-scapular-nerve", segments=None),
        ("BD531", "serratus-posterior-inferior.innervation.1", "nerve"),
    ),
    "intercostal nerves of other ribs": (
        edit("innervations", "serratus-posterior-inferior.innervation.1", segments="T2–T5"),
        ("BD532", "serratus-posterior-inferior.innervation.1", "segments"),
    ),
    "segments of the loins in the neck": (
        edit("innervations", "splenius-capitis.innervation.1", segments="L1–L2"),
        ("BD532", "splenius-capitis.innervation.1", "segments"),
    ),
    "a motor nerve that only feels": (
        edit("innervations", "rhomboid-minor.innervation.1", note="pain"),
        ("BD535", "rhomboid-minor.innervation.1", "role"),
    ),
    "a vein that feeds a muscle": (
        edit("blood_supply", "trapezius.blood_supply.1", vessel="external-jugular-vein"),
        ("BD551", "trapezius.blood_supply.1", "vessel"),
    ),
    "an artery of the neck for a muscle of the lower thorax": (
        edit("blood_supply", "intertransversarii-thoracis.blood_supply.1", vessel="occipital-artery"),
        ("BD559", "intertransversarii-thoracis.blood_supply.1", "vessel"),
    ),
    "an artery that drains": (
        add("vessel_links", "lumbar-arteries.arises from.1", relation="drains to", to="thoracic-aorta"),
        ("BD552", "lumbar-arteries.drains to.1", "relation"),
    ),
    "an artery that arises from a vein": (
        edit("vessel_links", "lumbar-arteries.arises from.1", to="superior-vena-cava"),
        ("BD553", "lumbar-arteries.arises from.1", "to"),
    ),
    "a great vein that drains into a small one": (
        edit("vessel_links", "subclavian-vein.drains to.1", to="vertebral-vein"),
        ("BD553", "subclavian-vein.drains to.1", "to"),
    ),
    "lymph that never comes to a vein": (
        drop("vessel_links", "thoracic-duct.drains to.1"),
        ("BD554", "thoracic-duct", "id"),
    ),
    "an artery from nowhere": (
        drop("vessel_links", "aortic-arch.arises from.1"),
        ("BD554", "aortic-arch", "id"),
    ),
    "a vein that only communicates": (
        edit("vessel_links", "external-jugular-vein.drains to.1", relation="communicates with"),
        ("BD554", "external-jugular-vein", "id"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("planted", "found"), ONE_FAULT.values(), ids=ONE_FAULT)
def test_one_fault_is_found_at_its_cell(planted: Edit, found: tuple[str, str, str], judge: Judge) -> None:
    assert told(judge([planted])) == [found]


HARMLESS = {
    "a nerve of the next segment": edit("innervations", "multifidus-lumborum.innervation.1", segments="T12–S5"),
    "a muscle of the shoulder that turns the head to its own side": edit(
        "actions", "trapezius-descending.action.8", direction="ipsilateral"
    ),
    "a contrary reading of another source": add(
        "actions", "multifidi.action.3", reading="alternative", direction="ipsilateral", source="braus-1921", also=None
    ),
    "an antagonist of another thing": edit("actions", "rhomboid-minor.action.3", movement="depression", of="arm"),
    "a part that says more than its whole": add(
        "actions", "trapezius.action.2", muscle="trapezius-transverse", item="2", movement="elevation"
    ),
    "ways through a side branch": add("vessel_links", "deep-cervical-vein.drains to.1", item="2", to="subclavian-vein"),
    "an exchange between two veins": add(
        "vessel_links", "vertebral-vein.drains to.1", relation="communicates with", to="deep-cervical-vein"
    ),
}


@pytest.mark.parametrize("planted", HARMLESS.values(), ids=HARMLESS)
def test_what_may_well_be_is_not_told(planted: Edit, judge: Judge) -> None:
    assert told(judge([planted])) == []


def test_a_circle_is_told_once_at_the_step_too_many(judge: Judge) -> None:
    wrong = add("vessel_links", "vertebral-vein.drains to.1", item="2", to="deep-cervical-vein")
    assert told(judge([wrong])) == [("BD555", "vertebral-vein.drains to.2", "to")]


def test_of_a_broken_way_only_the_break_is_told(judge: Judge) -> None:
    """Three vessels come to the heart by the brachiocephalic vein; only it is told."""
    assert told(judge([drop("vessel_links", "brachiocephalic-vein.drains to.1")])) == [
        ("BD554", "brachiocephalic-vein", "id")
    ]


def test_a_misspelt_vessel_is_not_told_as_a_broken_way_too(judge: Judge) -> None:
    misspelt = edit("vessel_links", "deep-cervical-vein.drains to.1", vessel="deep cervicl vein")
    assert [code for code, _, _ in told(judge([misspelt]))] == ["BD301"]


def test_without_the_column_at_heart_no_way_is_called_broken(judge: Judge) -> None:
    report = judge([retitle("vessels", at_heart=None), drop("vessel_links", "vertebral-vein.drains to.1")])
    assert told(report) == []
    (rule,) = [each for each in report.coverage if each.code == "BD554"]
    assert rule.judged == 0


@pytest.mark.parametrize("sheet", ["movements", "vessel_links", "vessels", "structures", "attachments", "nerves"])
def test_a_missing_sheet_is_told_and_nothing_that_follows_from_it(sheet: str, judge: Judge) -> None:
    codes = {code for code, _, _ in told(judge([drop(sheet)]))}
    assert not {code for code in codes if code[:4] in ("BD53", "BD54", "BD55")}


def test_misspelt_levels_do_not_make_the_nerves_look_wrong(judge: Judge) -> None:
    report = judge([edit("attachments", "multifidus-lumborum.origin.1", levels="L1–L9")])
    assert {code for code, _, _ in told(report)} == {"BD511"}


def test_the_data_set_gives_no_finding(checked: Validation) -> None:
    ours = {code for code, _, _ in told(checked.report) if code[:4] in ("BD53", "BD54", "BD55") or code == "BD428"}
    assert ours == set()


@pytest.fixture(scope="module")
def homes(checked: Validation) -> dict[str, Span]:
    tables = {name: table.rows for name, table in checked.intake.tables.items()}
    lineage = Lineage.of(tables["muscles"], tables["groups"])
    return span.spans(lineage, tables["attachments"], tables["structures"])


@pytest.mark.parametrize(
    ("muscle", "lies"),
    [
        ("semispinalis-capitis", "the occiput–T6"),
        ("obliquus-capitis-inferior", "C1–C2"),
        ("serratus-posterior-superior", "C7–T5"),
        ("levatores-costarum", "C7–T12"),
        ("multifidus-lumborum", "L1–S4"),
    ],
)
def test_a_muscle_lies_where_it_is_attached(muscle: str, lies: str, homes: dict[str, Span]) -> None:
    assert lies == str(homes[muscle])


def test_the_nerve_c8_stands_between_two_vertebrae() -> None:
    nerve = span.of_levels("C8", "nerve")
    assert nerve is not None
    for vertebra in ("C7", "T1"):
        assert span.beyond("C8", span.of_levels(vertebra, "vertebra"), 1) == ""
        assert not nerve.touches(span.of_levels(vertebra, "vertebra") or nerve)
    assert span.beyond("C8", span.of_levels("C6", "vertebra"), 1) == "C8"


def test_what_cannot_be_read_lies_nowhere() -> None:
    assert span.of_levels("C99", "vertebra") is None
    assert span.of_levels(None, "vertebra") is None


def link(vessel: str, to: str, relation: str = "drains to", reading: str = "preferred") -> Row:
    return {"vessel": vessel, "to": to, "relation": relation, "reading": reading}


def test_each_circle_is_told_once() -> None:
    ways = courses.onward(
        [link("a", "b"), link("b", "c"), link("c", "a"), link("c", "d"), link("x", "y"), link("y", "x")]
    )
    assert courses.circles(ways) == {("c", "a"): ("c", "a", "b", "c"), ("x", "y"): ("x", "y", "x")}


def test_contested_ways_and_exchanges_close_no_circle() -> None:
    rows = [link("a", "b"), link("b", "a", reading="alternative"), link("b", "a", "communicates with")]
    assert courses.circles(courses.onward(rows)) == {}


def test_every_way_of_the_data_set_comes_to_an_end(checked: Validation) -> None:
    """The blood of every vein and the lymph of every node come to a vena cava, and every artery comes from the aorta."""
    links = checked.intake.tables["vessel_links"].rows
    kinds = by_id(checked.intake.tables["vessels"].rows)
    ways = courses.onward(links)
    assert courses.circles(ways) == {}
    assert {vessel for vessel in kinds if vessel not in ways} == {
        "ascending-aorta",
        "superior-vena-cava",
        "inferior-vena-cava",
    }


def test_the_knowledge_of_the_rules_stands_in_columns() -> None:
    tables = schemas.tables(resources.TABLES)
    for table, column in [("groups", "moves_chiefly"), ("groups", "both_sides"), ("groups", "supplied_by"),
                          ("movements", "goes_to"), ("vessels", "found_at"), ("vessels", "at_heart")]:  # fmt: skip
        assert not tables[table].columns[column].required
