"""The nearest statement wins; a whole is answered by its parts; a question that nobody answers is told once."""

from __future__ import annotations

import pytest

from backdata.anatomy.inheritance import (
    Lineage,
    answered_by,
    by_id,
    filled_groups,
    path,
    stated_topics,
    unanswered,
)
from backdata.model import Dataset, Row

GROUPS: list[Row] = [
    {"id": "back", "name": "back", "parent": None, "layer": "deep", "development": "epaxial", "latin": "dorsum"},
    {"id": "multifidi", "name": "multifidi", "parent": "back", "layer": None, "development": None, "latin": None},
    {"id": "arm", "name": "arm", "parent": None, "layer": "superficial", "development": "hypaxial", "latin": None},
]
MUSCLES: list[Row] = [
    {"id": "single", "group": "multifidi", "part_of": None, "development": None},
    {"id": "whole", "group": "arm", "part_of": None, "development": "branchial"},
    {"id": "lower", "group": None, "part_of": "whole", "development": "somitic", "order": "100"},
    {"id": "upper", "group": None, "part_of": "whole", "development": None, "order": "20"},
    {"id": "tip", "group": None, "part_of": "lower", "development": None},
]
LINEAGE = Lineage.of(MUSCLES, GROUPS)


def told(stated: set[str], lineage: Lineage = LINEAGE) -> list[str]:
    """The muscles that are told that they owe an answer."""
    return [muscle for muscle in lineage.muscles if unanswered(lineage, muscle, stated) is True]


def test_blank_cells_of_a_group_are_those_of_its_parent() -> None:
    filled = filled_groups(GROUPS)["multifidi"]
    assert (filled["layer"], filled["development"]) == ("deep", "epaxial")


def test_a_name_is_never_inherited() -> None:
    filled = filled_groups(GROUPS)["multifidi"]
    assert (filled["name"], filled["latin"]) == ("multifidi", None)


def test_of_two_rows_with_one_id_the_first_counts() -> None:
    assert by_id([{"id": "a", "name": "first"}, {"id": "a", "name": "second"}, {"id": None}])["a"]["name"] == "first"


@pytest.mark.parametrize(
    ("muscle", "owners"),
    [
        ("single", ("single", "multifidi", "back")),
        ("whole", ("whole", "arm")),
        ("upper", ("upper", "whole", "arm")),
        ("tip", ("tip", "lower", "whole", "arm")),
    ],
)
def test_statements_are_looked_for_from_the_muscle_outward(muscle: str, owners: tuple[str, ...]) -> None:
    assert owners == LINEAGE.owners(muscle)


@pytest.mark.parametrize(
    ("muscle", "development"),
    [("single", "epaxial"), ("whole", "branchial"), ("upper", "branchial"), ("lower", "somitic"), ("tip", "somitic")],
)
def test_the_nearest_development_holds(muscle: str, development: str) -> None:
    assert development == LINEAGE.value(muscle, "development")


@pytest.mark.parametrize(
    ("stated", "answering"),
    [
        ({"upper", "whole", "arm"}, ("upper",)),
        ({"whole", "arm"}, ("whole",)),
        ({"arm"}, ("arm",)),
        ({"lower"}, ()),
        (set(), ()),
    ],
)
def test_the_nearest_statement_wins(stated: set[str], answering: tuple[str, ...]) -> None:
    assert answering == answered_by(LINEAGE, "upper", stated)


def test_a_whole_without_a_statement_is_answered_by_its_parts_if_all_have_one() -> None:
    assert answered_by(LINEAGE, "whole", {"upper", "lower"}) == ("upper", "lower")
    assert answered_by(LINEAGE, "whole", {"upper"}) == ()


def test_the_statement_of_its_group_comes_before_those_of_its_parts() -> None:
    assert answered_by(LINEAGE, "whole", {"arm", "upper", "lower"}) == ("arm",)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"back", "arm"}, []),
        ({"single", "whole"}, []),
        ({"single", "upper", "lower"}, []),
        ({"single", "upper"}, ["lower"]),  # the part that lacks it, not its whole and not its own part
        ({"single"}, ["whole"]),  # nobody has it: the whole, and none of its parts
        ({"whole"}, ["single"]),
        (set(), ["single", "whole"]),
    ],
    ids=["groups", "muscles", "parts", "one part lacks it", "nobody has it", "another muscle", "nothing at all"],
)
def test_an_answer_that_is_missing_is_told_once(stated: set[str], expected: list[str]) -> None:
    shallow = Lineage.of([row for row in MUSCLES if row["id"] != "tip"], GROUPS)
    assert expected == told(stated, shallow)


def test_parts_stand_in_their_order_and_not_in_that_of_the_sheet() -> None:
    assert LINEAGE.parts["whole"] == ("upper", "lower")


@pytest.mark.parametrize(
    "row", [{"id": "lost", "group": "nowhere", "part_of": None}, {"id": "lost", "group": None, "part_of": "nowhere"}]
)
def test_whoever_is_cut_off_from_the_groups_is_not_told_of_facts_too(row: Row) -> None:
    assert unanswered(Lineage.of([row], GROUPS), "lost", set()) is None


def test_a_circle_of_groups_stops() -> None:
    parents = {"a": "b", "b": "c", "c": "a"}
    assert path("a", parents) == ("a", "b", "c")
    circle: list[Row] = [
        {"id": "a", "parent": "b", "layer": None},
        {"id": "b", "parent": "a", "layer": None},
    ]
    assert {id: row["layer"] for id, row in filled_groups(circle).items()} == {"a": None, "b": None}
    lineage = Lineage.of([{"id": "m", "group": "a", "part_of": None}], circle)
    assert lineage.owners("m") == ("m", "a", "b")
    assert lineage.value("m", "layer") is None


def test_a_group_that_is_its_own_parent_stops() -> None:
    assert path("a", {"a": "a"}) == ("a",)


def test_a_circle_of_parts_stops() -> None:
    circle: list[Row] = [{"id": "m", "group": None, "part_of": "n"}, {"id": "n", "group": "arm", "part_of": "m"}]
    assert Lineage.of(circle, GROUPS).owners("m") == ("m", "n", "arm")


def test_a_parent_that_does_not_exist_ends_the_way_up() -> None:
    assert path("a", {"a": "nowhere"}) == ("a",)
    assert path("nowhere", {"a": None}) == ()
    assert path(None, {"a": None}) == ()


def test_questions_are_stated_by_preferred_rows_only() -> None:
    facts: dict[str, list[Row]] = {
        "attachments": [
            {"muscle": "a", "end": "origin", "reading": "preferred"},
            {"muscle": "b", "end": "origin", "reading": "alternative"},
            {"muscle": "c", "end": "insertion", "reading": "preferred"},
            {"muscle": None, "end": "origin", "reading": "preferred"},
        ],
        "actions": [{"muscle": "a", "reading": "preferred"}],
        "innervations": [
            {"muscle": "a", "role": "motor", "reading": "preferred"},
            {"muscle": "b", "role": "sensory", "reading": "preferred"},
        ],
        "blood_supply": [{"muscle": "a", "reading": "addition"}],
    }
    found = stated_topics(facts)
    assert {"a"} == found["origin"] == found["action"]
    assert {"c"} == found["insertion"]
    assert {"a"} == found["innervation"], "a sensory nerve does not answer for the innervation"
    assert set() == found["blood_supply"]


def test_the_mini_atlas_states_the_actions_of_the_multifidus_once_on_its_group(mini: Dataset) -> None:
    assert {"multifidi"} == {fact.stated_at for fact in mini.muscles["multifidus-lumborum"].actions}
    assert {"multifidus-lumborum"} == {fact.stated_at for fact in mini.muscles["multifidus-lumborum"].innervations}


def test_in_the_mini_atlas_the_trapezius_arises_where_its_parts_arise(mini: Dataset) -> None:
    stated = {fact.stated_at for fact in mini.muscles["trapezius"].origins}
    assert {"trapezius-descending", "trapezius-transverse", "trapezius-ascending"} == stated
    assert {"trapezius"} == {fact.stated_at for fact in mini.muscles["trapezius-ascending"].innervations}
