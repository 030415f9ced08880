"""What the examples of the rules on attachments do not prove: regions in names, steps, sides, gaps, and one finding per mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from backdata.anatomy.ends import Ends, attachment
from backdata.anatomy.regions import named_region
from backdata.anatomy.steps import named_step, places, step, written
from backdata.model import Edit, Report, Row, drop, edit
from backdata.validation import Validation

Judge = Callable[[Iterable[Edit]], Report]
OURS = {f"BD{number}" for number in range(513, 530)}

SPINE: Row = {
    "id": "spine",
    "name": "spinous process",
    "kind": "spinous process",
    "levels_of": "vertebra",
    "found_at": "C2–S4",
}
TRANSVERSE: Row = {
    **SPINE,
    "id": "transverse",
    "name": "transverse process",
    "kind": "transverse process",
    "found_at": "C1–L5",
}
RIB: Row = {"id": "rib", "name": "rib", "kind": "rib", "levels_of": "rib", "found_at": "R1–R12"}
CREST: Row = {"id": "crest", "name": "iliac crest", "kind": "hip bone", "levels_of": "none", "found_at": "L4–S1"}
FASCIA: Row = {"id": "fascia", "name": "some fascia", "kind": "fascia", "levels_of": "none", "found_at": None}


def ends(
    origins: list[tuple[Row, str | None]], insertions: list[tuple[Row, str | None]], from_origin: str | None = None
) -> Ends:
    """The ends of a muscle from structures and levels."""

    def row(structure: Row, levels: str | None, step: str | None = None) -> Row:
        return {"structure": structure["id"], "levels": levels, "from_origin": step, "part": None}

    return Ends(
        [attachment(row(structure, levels), structure) for structure, levels in origins],
        [attachment(row(structure, levels, from_origin), structure) for structure, levels in insertions],
    )


def codes(judge: Judge, *edits: Edit) -> list[str]:
    """What is found in the mini-atlas after some edits."""
    return [finding.code for finding in judge(edits).findings if finding.excepted is None]


# --- names ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("latin", "word"),
    [
        (["M. splenius capitis"], "capitis"),
        (["M. rectus posterior major capitis"], "capitis"),
        (["Mm. intertransversarii anteriores colli"], "colli"),
        (["Mm. levatores longi costarum"], "costarum"),
        (["Pars lumbalis musculi longissimi thoracis", "M. longissimus thoracis"], "lumbalis"),
        (["Mm. rotatores breves", "Mm. rotatores thoracis"], "thoracis"),
        (["Partes dorsales musculorum intertransversariorum lateralium lumborum", "Mm. intertransversarii laterales lumborum"],
         "lumborum"),
        (["M. trapezius"], None),
        ([None], None),
    ],
)  # fmt: skip
def test_a_latin_name_tells_the_region(latin: list[str | None], word: str | None) -> None:
    found = named_region(latin)
    assert (found[0] if found else None) == word


@pytest.mark.parametrize(
    ("latin", "taken"),
    [("Mm. rotatores breves", "1 up"), ("Mm. rotatores longi", "2 up"), ("Mm. rotatores thoracis", "1–2 up")],
)
def test_breves_take_the_least_step_and_longi_the_longest(latin: str, taken: str) -> None:
    assert str(named_step(step("1–2 up"), latin)) == taken


# --- steps ----------------------------------------------------------------------------------------------------------------


def wrong_steps(these: Ends) -> list[str | None]:
    return [these.wrong_step(each) for each in these.insertions]


@pytest.mark.parametrize(
    ("origins", "insertions", "by", "said"),
    [
        ([(SPINE, "C3–T1")], [(SPINE, "C2–C7")], "1 up", [""]),
        ([(SPINE, "C3–T1")], [(SPINE, "C3–T1")], "1 up", ["C2–C7"]),
        ([(SPINE, "C3–T1")], [(SPINE, "C3–C7")], "1 up", ["C2–C7"]),
        ([(SPINE, "(L1) L2–L5 (S1)")], [(SPINE, "(T12) L1–L4 (L5)")], "1 up", [""]),
        ([(SPINE, "(L1) L2–L5 (S1)")], [(SPINE, "T12–L4 (L5)")], "1 up", ["T12–L5"]),
        ([(TRANSVERSE, "C7–T11")], [(RIB, "R1–R12")], "1 down", [""]),
        ([(TRANSVERSE, "C7–T11")], [(RIB, "R2–R12")], "1 down", ["R1–R12"]),
        ([(TRANSVERSE, "T3–T12")], [(SPINE, "T1–T10"), (TRANSVERSE, "T1–T10")], "2 up", ["", ""]),
        ([(TRANSVERSE, "T3–T12")], [(SPINE, "T1–T10"), (TRANSVERSE, "T1–T9")], "2 up", ["", "T1–T10"]),
        ([(TRANSVERSE, "C2–C7"), (SPINE, "T1")], [(TRANSVERSE, "C1–C6"), (SPINE, "C7")], "1 up", ["", ""]),
        ([(TRANSVERSE, "C2–C7"), (SPINE, "T1")], [(TRANSVERSE, "C1–C5"), (SPINE, "C7")], "1 up", ["C1–C7", ""]),
        ([(TRANSVERSE, "T1–T12")], [(SPINE, "T1–T12")], "2–4 up", [""]),
        ([(TRANSVERSE, "T1–T12")], [(SPINE, "T10–T12")], "2–4 up", [""]),
        ([(TRANSVERSE, "T1–T12")], [(SPINE, "T1–T7")], "2–4 up", ["C4–T10"]),
        ([(TRANSVERSE, "T1–T12")], [(SPINE, "T11–T12")], "2–4 up", ["C4–T10"]),
        ([(TRANSVERSE, None)], [(SPINE, "T1–T12")], "1 up", [None]),
        ([(TRANSVERSE, "T2"), (FASCIA, None)], [(SPINE, "T1")], "1 up", [""]),
    ],
)  # fmt: skip
def test_a_step_leads_from_the_origins_to_the_insertions(
    origins: list[tuple[Row, str | None]], insertions: list[tuple[Row, str | None]], by: str, said: list[str | None]
) -> None:
    assert wrong_steps(ends(origins, insertions, by)) == said


def test_places_are_written_as_people_write_them() -> None:
    assert written(places(["C7", "T1", "T2", "T5"])) == "C7–T2, T5"
    assert written(places(["R9", "R10", "R12"]), ribs=True) == "R9–R10, R12"


# --- sides ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("origins", "insertions", "lies", "wrong"),
    [
        ([(SPINE, "T3–T6")], [(TRANSVERSE, "C1–C3")], "above", False),
        ([(TRANSVERSE, "C1–C3")], [(SPINE, "T3–T6")], "above", True),
        ([(TRANSVERSE, "C7–T11")], [(RIB, "R1–R12")], "below", False),
        ([(TRANSVERSE, "C7–T11")], [(RIB, "R1–R12")], "above", True),
        ([(CREST, None), (SPINE, "T11–L5")], [(RIB, "R7–R12"), (TRANSVERSE, "L1–L4")], "above", False),
        ([(RIB, "R7–R12")], [(CREST, None)], "above", True),
        ([(RIB, "R1–R12")], [(RIB, "R1–R12")], "above", False),
    ],
)
def test_an_insertion_has_its_side(
    origins: list[tuple[Row, str | None]], insertions: list[tuple[Row, str | None]], lies: str, wrong: bool
) -> None:
    assert bool(ends(origins, insertions).wrong_side(lies)) is wrong


def test_what_lies_nowhere_is_on_no_side() -> None:
    assert ends([(FASCIA, None)], [(SPINE, "L5")]).wrong_side("above") is None
    assert ends([(SPINE, "L5")], [(SPINE, "L4")]).wrong_side(None) is None


# --- end to end -----------------------------------------------------------------------------------------------------------

SERRATUS = "serratus-posterior-inferior"


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ([edit("attachments", "intertransversarii-thoracis.insertion.*", from_origin="2 up")], ["BD522", "BD522"]),
        ([edit("attachments", "intertransversarii-thoracis.insertion.2", from_origin="1 down")], ["BD522"]),
        ([edit("attachments", "intertransversarii-thoracis.origin.1", from_origin="1 up")], ["BD522"]),
        ([edit("attachments", "intertransversarii-anteriores-cervicis.origin.1", levels="C1–C6")], ["BD523"]),
        ([edit("attachments", f"{SERRATUS}.insertion.1", structure="clavicle", levels=None)], ["BD518"]),
        ([edit("attachments", "rhomboid-minor.insertion.1", structure="rib", levels="R2")], ["BD518"]),
        (
            [edit("attachments", "splenius-capitis.origin.2", levels="C6–T2")],
            ["BD519"],
        ),  # begins and ends like no other
        ([edit("attachments", f"{SERRATUS}.origin.1", structure="superior-nuchal-line")], ["BD515"]),
    ],
)
def test_one_slip_is_told_once(edits: list[Edit], told: list[str], judge: Judge) -> None:
    found = codes(judge, *edits)
    assert [code for code in found if code in OURS] == told


def test_without_groups_nothing_is_held_against_them(judge: Judge) -> None:
    report = judge([drop("groups")])
    idle = {rule.code for rule in report.coverage if rule.did_not_run}
    assert {"BD517", "BD518", "BD520", "BD522", "BD523", "BD526"} <= idle


def test_the_whole_data_set_is_judged_and_clean(checked: Validation) -> None:
    judged = {rule.code: rule.judged for rule in checked.report.coverage if rule.view == "attachments"}
    assert judged["BD517"] > 50
    assert judged["BD518"] > 150
    assert judged["BD521"] > 25
    assert [f for f in checked.report.findings if f.code in OURS and f.excepted is None] == []
