"""What ``backdata.load()`` gives to a program: everything by id, typed, in order, and a word of help for a wrong id."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

import backdata
from backdata import resources
from backdata.anatomy import atlas
from backdata.model import TABLE_OF, Dataset, Named, Unknown


@pytest.fixture(scope="module")
def data() -> Dataset:
    return backdata.load()


@pytest.mark.parametrize(
    "id",
    [
        "splenius-capitis",
        "splenius_capitis",
        "splenius capitis",
        "Splenius Capitis",
        " splenius-capitis ",
    ],
)
def test_an_id_is_found_however_it_is_spelt(data: Dataset, id: str) -> None:
    assert data.muscles[id].id == "splenius-capitis"
    assert id in data.muscles
    assert data.muscles.get(id) is data.muscles["splenius-capitis"]


def test_no_two_ids_can_be_confused(data: Dataset) -> None:
    for things in (data.muscles, data.groups, data.sources):
        spelt = [id.replace("-", "_") for id in things]
        assert len(set(spelt)) == len(spelt)
        assert [things[id].id for id in spelt] == list(things)


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("splenus_capitis", "there is no muscle “splenus_capitis”; nearest: splenius-capitis"),
        ("rhomboideus major", "there is no muscle “rhomboideus major”; nearest: rhomboid-major"),
        ("xyz", "there is no muscle “xyz”; there are 52, such as trapezius"),
    ],
)
def test_a_wrong_id_is_answered_with_what_is_near(data: Dataset, id: str, words: str) -> None:
    with pytest.raises(KeyError) as told:
        data.muscles[id]
    assert str(told.value).startswith(words)
    assert data.muscles.get(id) is None
    assert id not in data.muscles


def test_other_kinds_are_called_by_their_names(data: Dataset) -> None:
    for things, words in ((data.groups, "there is no group"), (data.sources, "there is no source")):
        with pytest.raises(Unknown, match=words):
            things["nothing-like-it"]
    with pytest.raises(Unknown, match=r"there is no fact “splenius-capitis[.]origin[.]99”; nearest: splenius-capitis"):
        data.fact("splenius-capitis.origin.99")
    with pytest.raises(Unknown, match="there is no thing “x”; there are none"):
        Named("thing", {})["x"]


def test_mappings_stand_in_anatomical_order(data: Dataset) -> None:
    document = json.loads((resources.PUBLISHED / "json" / "backdata.json").read_bytes())
    assert list(data.muscles) == [muscle["id"] for muscle in document["muscles"]]
    assert list(data.sources) == [source["id"] for source in document["sources"]]
    assert next(iter(data.groups)) == document["groups"][0]["id"]


def test_a_fact_says_in_columns_what_its_topic_has(data: Dataset) -> None:
    told = {
        "origin": "structure",
        "insertion": "structure",
        "action": "movement",
        "innervation": "nerve",
        "blood_supply": "vessel",
    }
    for muscle in data.muscles.values():
        for fact in muscle.facts:
            for column in set(told.values()):
                assert (getattr(fact, column) is not None) == (told[fact.topic] == column), fact.id
            for column in ("part", "from_origin", "of", "side", "direction", "condition", "role", "constancy", "note"):
                assert getattr(fact, column) == fact.row.get(column), fact.id


def test_levels_are_read_as_they_are_written(data: Dataset) -> None:
    found = 0
    for muscle in data.muscles.values():
        for fact in muscle.facts:
            cell = (
                fact.row["segments" if fact.topic == "innervation" else "levels"]
                if "action" not in TABLE_OF[fact.topic]
                else None
            )
            assert (str(fact.levels) if fact.levels else None) == cell, fact.id
            assert fact.segments == (fact.levels if fact.topic == "innervation" else None)
            found += fact.levels is not None
    assert found > 200
    levels = data.fact("splenius-capitis.origin.2").levels
    assert levels is not None
    assert (levels.kind, levels.sure, levels.all[-1]) == ("vertebra", ("C7", "T1", "T2", "T3"), "T4")


def test_levels_that_cannot_be_are_none_and_the_cell_keeps_them(mini: Dataset) -> None:
    rows = tuple({**row, "levels": "C8" if row["levels"] else None} for row in mini.tables["attachments"])
    facts = [
        fact for muscle in atlas.build({**mini.tables, "attachments": rows}).muscles.values() for fact in muscle.facts
    ]
    spoilt = [fact for fact in facts if fact.row.get("levels") == "C8"]
    assert spoilt
    assert {fact.levels for fact in spoilt} == {None}


def test_sources_of_a_fact_stand_with_citation_and_page(data: Dataset) -> None:
    for muscle in data.muscles.values():
        for fact in muscle.facts:
            assert [source.id for source in fact.sources] == [fact.source, *fact.also]
            assert [source.page for source in fact.sources] == [fact.page, *(None for _ in fact.also)]
            for source in fact.sources:
                assert (source.citation, source.licence, source.url) == (
                    data.sources[source.id].citation, data.sources[source.id].licence, data.sources[source.id].url,
                )  # fmt: skip
    gray = data.sources["gray_1918"]
    assert (gray.year, gray.open, gray.page) == (1918, True, None)


def test_contested_facts_are_those_of_the_document(data: Dataset) -> None:
    keys = {
        "origin": "origins",
        "insertion": "insertions",
        "action": "actions",
        "innervation": "innervations",
        "blood_supply": "blood_supply",
    }
    document = json.loads((resources.PUBLISHED / "json" / "backdata.json").read_bytes())
    for told in (*document["muscles"], *document["groups"]):
        owner = data.muscles.get(told["id"]) or data.groups[told["id"]]
        for topic, key in keys.items():
            assert [fact["contested"] for fact in told[key]] == [fact.contested for fact in owner.about(topic)], told[
                "id"
            ]


def test_a_fact_is_found_by_its_id_with_all_its_readings(data: Dataset) -> None:
    fact, readings = data.fact("splenius-capitis.origin.2"), data.readings("splenius_capitis.origin.2")
    assert fact is readings[0]
    assert fact.reading == "preferred"
    assert {reading.reading for reading in readings[1:]} == {"alternative"}
    stated = {f"{row['muscle']}.{topic}.{row['item']}" for topic, table in TABLE_OF.items()
              for row in data.tables[table] if table != "attachments" or row["end"] == topic}  # fmt: skip
    assert {data.fact(id).id for id in stated} == stated, "what is stated on groups and parts too"


def test_groups_lead_to_groups_and_muscles(data: Dataset) -> None:
    assert data.groups["spinotransverse"].muscles == ("splenius-capitis", "splenius-cervicis")
    for id, group in data.groups.items():
        assert [data.groups[child].parent for child in group.children] == [id] * len(group.children)
        assert [muscle.id for muscle in data.muscles.values() if muscle.group == id and not muscle.part_of] == [
            *group.muscles
        ]


def test_names_and_identifiers(data: Dataset) -> None:
    muscle, group = data.muscles["splenius_capitis"], data.groups["erector_spinae"]
    assert muscle.latin == "M. splenius capitis"
    assert "musculus splenius capitis" in muscle.synonyms
    assert (muscle.identifiers.uberon, muscle.identifiers.fma, muscle.identifiers.ta98) == (
        "UBERON:0000711",
        "FMA:22653",
        "A04.3.02.103",
    )
    assert (muscle.constancy, muscle.note) == ("constant", None)
    assert group.latin == "M. erector spinae"
    assert group.synonyms
    assert group.identifiers.ta2


def test_a_folder_that_holds_no_published_data_says_what_is_missing_and_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"there is no such folder; backdata export --to .*none writes it"):
        backdata.load(tmp_path / "none")
    with pytest.raises(FileNotFoundError, match=r"it holds no json/tables\.json; backdata export --to"):
        backdata.load(tmp_path)
    (tmp_path / "json").mkdir()
    for damaged in ("", "[]", "{}", '{"tables": {"muscles": 3}, "version": "1"}'):
        (tmp_path / "json" / "tables.json").write_text(damaged)
        with pytest.raises(ValueError, match=r"tables\.json is damaged; backdata export --to .* writes it anew"):
            backdata.load(tmp_path)


def test_nothing_can_be_changed(data: Dataset) -> None:
    with pytest.raises(FrozenInstanceError):
        data.muscles["trapezius"].name = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        data.muscles["trapezius"] = data.muscles["trapezius"]  # type: ignore[index]


def test_using_it_loads_nothing_that_it_does_not_need() -> None:
    program = """
import sys, backdata
data = backdata.load()
fact = data.muscles["splenius_capitis"].origins[0]
fact.sources, fact.levels, data.fact(fact.id), data.groups["deep"].children, data.muscles.get("nobody")
print(*sorted({"jsonschema", "difflib", "pandas", "numpy", "rapidfuzz", "click", "rich", "openpyxl", "jinja2"} & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == []
