"""The verbs that views are built from, and what rules make of a finished view on every frame library at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import narwhals as nw
import pytest

from backdata import engine, examples, intake, questions, registry, schemas, views
from backdata.model import Row, edit, retitle
from backdata.verbs import Source, View

CHILDREN: tuple[Row, ...] = (
    {"_row": 2, "id": "a", "of": "x", "word": "one", "size": "3"},
    {"_row": 3, "id": "b", "of": "y", "word": "two", "size": None},
    {"_row": 4, "id": "c", "of": None, "word": "one", "size": "5"},
    {"_row": 5, "id": "d", "of": "x", "word": None, "size": "9"},
    {"_row": 6, "id": "e", "of": "z", "word": "one", "size": "3"},
)
PARENTS: tuple[Row, ...] = (
    {"_row": 2, "id": "x", "name": "first x", "kind": "good"},
    {"_row": 3, "id": "x", "name": "second x", "kind": "bad"},
    {"_row": 4, "id": "y", "name": None, "kind": "good"},
    {"_row": 5, "id": None, "name": "nobody", "kind": "bad"},
)


def view(children: Mapping[str, Any] | None = None, parents: Mapping[str, Any] | None = None) -> View:
    """Children on whom all verbs are tried; arguments change the two tables."""
    base = Source("children", **({"rows": CHILDREN, "columns": ("id", "of", "word", "size")} | dict(children or {})))
    above = Source("parents", **({"rows": PARENTS, "columns": ("id", "name", "kind")} | dict(parents or {})))
    return View.on(base, {"children": base, "parents": above})


def column(made: View, name: str) -> list[Any]:
    """A column as the finished frame holds it, beside the rows it stands on."""
    found = engine.columns(made.settled())
    assert found["id"] == ["a", "b", "c", "d", "e"], "the same rows come back in the same order"
    return found[name]


def with_numbers(made: View) -> View:
    return made.parsed("number", ("size",), lambda size: int(size) if size else None, kind="whole")


def test_the_base_table_comes_back_as_it_stands() -> None:
    assert column(view(), "of") == ["x", "y", None, "x", "z"]
    assert column(view(), "_row") == [2, 3, 4, 5, 6]


def test_lookup_takes_from_the_first_parent_of_an_id_and_leaves_null_where_there_is_none() -> None:
    made = view().lookup("parents", "of", {"parent_name": "name", "parent_kind": "kind"})
    assert column(made, "parent_name") == ["first x", None, None, "first x", None]
    assert column(made, "parent_kind") == ["good", "good", None, "good", None]


def test_lookup_never_joins_a_blank_key_to_a_parent_without_an_id() -> None:
    assert "nobody" not in column(view().lookup("parents", "of", {"n": "name"}), "n")


def test_first_is_the_place_of_the_first_row_with_our_key() -> None:
    assert column(view().first("place", "of"), "place") == [2, 3, None, 2, 6]
    assert column(view().first("place", "of", "word"), "place") == [2, 3, None, None, 6]


def test_count_counts_a_value_among_the_rows_with_our_key() -> None:
    assert column(view().count("ones", "of", where=("word", "one")), "ones") == [1, 0, None, 1, 1]


def test_largest_is_the_largest_number_among_the_rows_with_our_key() -> None:
    made = with_numbers(view()).largest("most", "of", of="number")
    assert column(made, "most") == [9, None, None, 9, 3]


def test_among_says_whether_a_value_is_in_the_owners_set_and_nothing_where_no_set_is_stated() -> None:
    made = view().among("fits", "word", "of", {"x": ["two", "three"], "y": ["two"]}, of="parents")
    assert column(made, "fits") == [False, True, None, None, None]


def test_parsed_reads_each_distinct_value_once() -> None:
    read: list[str | None] = []

    def shout(word: str | None) -> str | None:
        read.append(word)
        return word and word.upper()

    assert column(view().parsed("loud", ("word",), shout), "loud") == ["ONE", "TWO", "ONE", None, "ONE"]
    assert read == ["one", "two", None]


def test_parsed_makes_several_columns_of_several() -> None:
    made = view().parsed(("left", "right"), ("of", "word"), lambda of, word: (word, of))
    assert column(made, "left") == ["one", "two", "one", None, "one"]
    assert column(made, "right") == ["x", "y", None, "x", "z"]


VERBS: dict[str, Callable[[View], View]] = {
    "lookup": lambda v: v.lookup("parents", "of", {"made": "name"}),
    "first": lambda v: v.first("made", "of", "word"),
    "count": lambda v: v.count("made", "of", where=("word", "one")),
    "largest": lambda v: with_numbers(v).largest("made", "of", of="number"),
    "among": lambda v: v.among("made", "word", "of", {"x": ["one"]}, of="parents"),
    "parsed": lambda v: v.parsed("made", ("of", "word"), lambda of, word: of),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_no_verb_adds_drops_or_moves_a_row(verb: Callable[[View], View]) -> None:
    assert len(column(verb(view()), "made")) == 5


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_no_verb_minds_a_table_without_rows(verb: Callable[[View], View]) -> None:
    assert len(verb(view(children={"rows": ()})).settled()) == 0


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_a_missing_column_switches_off_what_is_built_from_it_and_says_why(verb: Callable[[View], View]) -> None:
    made = verb(view(children={"missing": {"of": "the column of is missing"}}))
    assert made.off["made"] == "the column of is missing"
    assert "made" not in made.settled().columns


@pytest.mark.parametrize("verb", ["lookup", "among"])
def test_a_missing_parent_sheet_switches_off_what_is_taken_from_it(verb: str) -> None:
    made = VERBS[verb](view(parents={"rows": (), "absent": "the sheet parents is missing"}))
    assert made.off == {"made": "the sheet parents is missing"}


def test_a_missing_column_of_the_parent_switches_off_that_column_alone() -> None:
    lacking = view(parents={"missing": {"name": "the column name is missing"}})
    made = lacking.lookup("parents", "of", {"parent_name": "name", "parent_kind": "kind"})
    assert made.off == {"parent_name": "the column name is missing"}
    assert column(made, "parent_kind") == ["good", "good", None, "good", None]


def test_a_parent_without_ids_gives_nothing() -> None:
    made = view(parents={"missing": {"id": "the column id is missing"}}).lookup("parents", "of", {"n": "name"})
    assert made.off == {"n": "the column id is missing"}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_what_is_built_from_something_switched_off_is_switched_off(verb: Callable[[View], View]) -> None:
    lost = view(children={"missing": {"of": "gone"}})
    chained = verb(lost).parsed("further", ("made",), lambda made: made).first("last", "further")
    assert {**chained.off} == {"of": "gone", "made": "gone", "further": "gone", "last": "gone"}


def test_an_optional_column_that_the_sheet_lacks_is_null_and_on() -> None:
    rows = tuple({key: value for key, value in row.items() if key != "word"} for row in CHILDREN)
    made = view(children={"rows": rows})
    assert made.off == {}
    assert column(made, "word") == [None] * 5


def test_a_view_that_lost_rows_is_our_own_fault_and_stops_the_run() -> None:
    good = view()
    with pytest.raises(AssertionError, match="children gained or lost rows"):
        View(good.name, {"id": ["a"]}, {"id": "text"}, {}, good.sources).settled()


# --- every frame library gives the same answers ---------------------------------------------------------------------------


def _pandas(table: Any) -> Any:
    import pandas as pd

    return table.to_pandas(types_mapper=pd.ArrowDtype)


def _polars(table: Any) -> Any:
    return pytest.importorskip("polars").from_arrow(table)


ENGINES: dict[str, Callable[[Any], Any]] = {"pandas": _pandas, "polars": _polars}
Asked = list[tuple[engine.Frame, list[questions.Question]]]

FAULTS = (
    edit("attachments", "rhomboid-minor.origin.2", levels="C8"),
    edit("attachments", "multifidus-lumborum.origin.1", levels="T8–L5", page="p. 3"),
    edit("attachments", "rhomboid-minor.insertion.1", reading="alternative", structure="nowhere"),
    edit("attachments", "rhomboid-minor.origin.1", item=None, note="very " * 80),
    edit("innervations", "multifidus-lumborum.innervation.1", nerve="accessory-nerve", segments=None),
    edit("innervations", "rhomboid-minor.innervation.1", nerve="posterior-rami", role=None),
    edit("muscles", "rhomboid-minor", group=None, constancy="allways"),
    edit("groups", "deep", parent="transversospinal"),
    edit("developments", "epaxial", allowed_rami="posterior, dorsal"),
    retitle("nerves", synonyms="nick names"),
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Every view of a mini-atlas full of faults, with the questions that can be put to it."""
    tables = schemas.tables()
    folder = examples.write(tmp_path_factory.mktemp("faults"), FAULTS)
    sources = views.sources(intake.read([folder], tables), tables)
    sources["exceptions"] = views.with_state(sources["exceptions"], ["unused"])
    asked_of = list(questions.questions(registry.rules().values(), tables))
    found = []
    for name in dict.fromkeys(question.view for question in asked_of):
        if sources[name].rows:
            made = views.build(name, sources, tables)
            able = [q for q in asked_of if q.view == name and not set(q.reads) & made.off.keys()]
            found.append((made.settled(), able))
    return found


def answers(frame: engine.Frame, put: list[questions.Question]) -> dict[str, list[Any]]:
    """All answers of all questions: code and column → whether it holds, row by row."""
    asks: dict[str, nw.Expr] = {}
    for question in put:
        when, then = question.answer("reading" in frame.columns)
        asks[f"{question.rule.code} {question.blames} then"] = then
        if when is not None:
            asks[f"{question.rule.code} {question.blames} when"] = when
    return engine.columns(frame.select(**asks))


@pytest.mark.parametrize("convert", ENGINES.values(), ids=ENGINES)
def test_rules_answer_alike_on_every_engine(asked: Asked, convert: Callable[[Any], Any]) -> None:
    told = 0
    for frame, put in asked:
        other = nw.from_native(convert(frame.to_arrow()), eager_only=True)
        expected = answers(frame, put)
        assert expected == answers(other, put)
        told += sum(values.count(False) for name, values in expected.items() if name.endswith("then"))
    assert told > 20, "there was something to answer"
