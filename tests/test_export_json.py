"""The JSON documents keep their contracts, the contracts are documented, and nothing of the data set is lost."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from backdata import resources, schemas
from backdata.anatomy import atlas
from backdata.contracts import closed
from backdata.contracts_check import BrokenContract, check, inlined
from backdata.exporters.json import VOCABULARY, application_document, tables_document, write_json
from backdata.model import Dataset

DATA = ("backdata", "tables")  # what is published for years; the others tell of one run
UNUSED = ("kept", "replaced_by")  # blank in all of today's data
Documents = dict[str, Any]
CONTRACTS = {"backdata": "0.1", "tables": "0.1", "report": "0.2", "rules": "0.1", "manifest": "0.1", "diff": "0.1"}


def contract(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((resources.CONTRACTS / f"{name}.schema.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def files(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("json")
    write_json.write(dataset, folder, None)
    return folder


@pytest.fixture
def document(mini: Dataset) -> dict[str, Any]:
    return application_document(mini)


@pytest.fixture(scope="module")
def documents(mini: Dataset) -> Documents:
    return {"backdata": application_document(mini), "tables": tables_document(mini)}


def subschemas(schema: dict[str, Any], place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema within a schema, with where it stands."""
    yield place, schema
    for keyword in ("properties", "$defs"):
        for name, inner in schema.get(keyword, {}).items():
            yield from subschemas(inner, f"{place}/{name}")
    for inner in schema.get("anyOf", ()):
        yield from subschemas(inner, place)
    for keyword in ("items", "additionalProperties"):
        if isinstance(schema.get(keyword), dict):
            yield from subschemas(schema[keyword], f"{place}/{keyword}")


# The contracts


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_contract_is_json_schema_2020_12_with_a_versioned_id(name: str) -> None:
    Draft202012Validator.check_schema(contract(name))
    assert contract(name)["$id"] == f"urn:backdata:schema:{name}:{CONTRACTS[name]}"
    assert contract(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_property_is_described(name: str) -> None:
    undescribed = [
        f"{place}/{key}"
        for place, schema in subschemas(contract(name))
        for key, inner in schema.get("properties", {}).items()
        if len(inner.get("description", "")) < 4
    ]
    assert undescribed == []


@pytest.mark.parametrize("name", CONTRACTS)
def test_every_property_is_required(name: str) -> None:
    for place, schema in subschemas(contract(name)):
        if "properties" in schema:
            assert sorted(schema["required"]) == sorted(schema["properties"]), place


@pytest.mark.parametrize("name", ["report", "rules", "manifest"])
def test_what_a_run_tells_is_closed(name: str) -> None:
    for place, schema in subschemas(contract(name)):
        if "properties" in schema:
            assert schema["additionalProperties"] is False, place


@pytest.mark.parametrize("name", DATA)
def test_the_contracts_of_the_data_are_open_to_what_is_added_and_closed_to_ourselves(name: str) -> None:
    for place, schema in subschemas(contract(name)):
        assert "additionalProperties" not in schema, place
    for place, schema in subschemas(closed(contract(name))):
        assert "properties" not in schema or schema["additionalProperties"] is False, place


@pytest.mark.parametrize("name", DATA)
def test_a_program_that_has_the_contract_of_today_reads_what_is_added_later(name: str, documents: Documents) -> None:
    newer = with_more(documents[name])
    assert Draft202012Validator(contract(name)).is_valid(newer)
    assert not Draft202012Validator(closed(contract(name))).is_valid(newer)
    assert not Draft202012Validator(contract(name)).is_valid({**newer, "$schema": f"urn:backdata:schema:{name}:0.2"})


def with_more(value: Any) -> Any:
    """The same with one more key in every object."""
    if isinstance(value, list):
        return [with_more(each) for each in value]
    return {**{key: with_more(each) for key, each in value.items()}, "added": 1} if isinstance(value, dict) else value


@pytest.mark.parametrize("name", DATA)
def test_the_check_looks_up_no_definition_but_that_of_groups_within_groups(name: str) -> None:
    whole = closed(contract(name))
    left = [
        inner["$ref"] for _, inner in subschemas({**inlined(whole, whole["$defs"]), "$defs": {}}) if "$ref" in inner
    ]
    assert left == (["#/$defs/group"] if name == "backdata" else [])


@pytest.mark.parametrize("name", DATA)
def test_every_definition_has_a_title_words_and_an_example_and_no_object_is_without_definition(name: str) -> None:
    whole = contract(name)
    titles = [definition["title"] for definition in whole["$defs"].values()]
    assert len(set(titles)) == len(titles)
    for key, definition in whole["$defs"].items():
        assert len(definition["description"]) > 10, key
        assert definition["examples"], key
    for place, schema in subschemas(whole):
        is_definition = place.count("/") < 2
        assert is_definition or "properties" not in schema or place == "/tables", f"{place}: give it a definition"


@pytest.mark.parametrize("name", DATA)
def test_single_values_have_an_example(name: str) -> None:
    for place, schema in subschemas(contract(name)):
        told = [key for key, inner in schema.get("properties", {}).items() if inner.get("type") in ("string", "integer")
                and not inner.get("examples") and key not in UNUSED]  # fmt: skip
        assert told == [], place


def test_closed_lists_say_what_their_values_mean() -> None:
    explained = {
        "/$defs/muscle": ("constancy", "division"),
        "/$defs/action": ("side", "direction", "reading"),
        "/$defs/innervation": ("role",),
    }
    for place, keys in explained.items():
        properties = contract("backdata")["$defs"][place.removeprefix("/$defs/")]["properties"]
        for key in keys:
            for value in filter(None, properties[key]["enum"]):
                assert f"{value}: " in properties[key]["description"], (place, key, value)


def test_examples_of_records_stand_in_the_published_data(dataset: Dataset) -> None:
    document = application_document(dataset)
    for name in ("source", "structure", "nerve", "movement", "vessel", "vessel_link", "territory", "development"):
        (example,) = contract("backdata")["$defs"][name]["examples"]
        assert example in [*document["sources"], *(term for terms in document["vocabulary"].values() for term in terms)]
    (muscle,) = contract("backdata")["$defs"]["muscle"]["examples"]
    (found,) = (each for each in document["muscles"] if each["id"] == muscle["id"])
    for key, value in muscle.items():
        assert value == found[key] or all(fact in found[key] for fact in value), key


@pytest.mark.parametrize("name", CONTRACTS)
def test_examples_are_valid(name: str) -> None:
    whole = closed(contract(name)) if name in DATA else contract(name)
    for place, schema in subschemas(whole):
        judge = Draft202012Validator({**schema, "$defs": whole.get("$defs", {})})
        for example in schema.get("examples", ()):
            assert [fault.message for fault in judge.iter_errors(example)] == [], place


DEFINED_AS = {
    "attachments": "attachment",
    "blood_supply": "supply",
    "territories": "territory",
    "withdrawn": "withdrawn",
}


@pytest.mark.parametrize("name", sorted({*schemas.tables()} - {"exceptions", "inventory"}))
def test_the_application_contract_has_the_closed_lists_and_patterns_of_the_sheets(name: str) -> None:
    properties = contract("backdata")["$defs"][DEFINED_AS.get(name) or name.removesuffix("s")]["properties"]
    for column in schemas.tables()[name].columns.values():
        told = properties.get(column.name, {})
        if "enum" in told:
            assert list(column.allowed) == [value for value in told["enum"] if value], column.name
        if "pattern" in told:
            assert column.pattern == told["pattern"], column.name
        if column.each and told:
            assert list(column.each) == told["items"]["enum"], column.name


# What is written


def test_both_documents_keep_their_contracts(files: Path) -> None:
    names = ["backdata.d.ts", "backdata.json", "backdata.jsonld", "backdata.schema.json", "context.jsonld", "tables.json",
             "tables.schema.json"]  # fmt: skip
    assert sorted(file.name for file in files.iterdir()) == names
    for name in DATA:
        assert json.loads((files / f"{name}.schema.json").read_text("utf-8")) == contract(name)
        check(name, json.loads((files / f"{name}.json").read_text("utf-8")), contract(name))


def test_the_same_data_give_the_same_bytes(files: Path, dataset: Dataset, tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    write_json.write(dataset, again, None)
    for file in again.iterdir():
        assert (files / file.name).read_bytes() == file.read_bytes(), file.name


def test_files_are_readable_utf8_that_ends_with_a_line_end(files: Path) -> None:
    for file in files.iterdir():
        content = file.read_bytes()
        assert content.endswith((b"}\n", b";\n"))
        assert b"\r" not in content
        assert ("–".encode() in content) == (file.name != "context.jsonld"), "ranges stand as they are, not as \\u2013"


def test_the_tables_come_back_as_the_same_data_set(files: Path, dataset: Dataset) -> None:
    document = json.loads((files / "tables.json").read_text("utf-8"))
    again = atlas.build(document["tables"], dataset.version)
    assert {name: list(rows) for name, rows in dataset.tables.items()} == document["tables"]
    assert dataset.muscles == again.muscles
    assert list(dataset.muscles) == list(again.muscles)
    assert dataset.groups == again.groups


def test_every_muscle_stands_with_all_its_facts(files: Path, dataset: Dataset) -> None:
    document = json.loads((files / "backdata.json").read_text("utf-8"))
    assert list(dataset.muscles) == [muscle["id"] for muscle in document["muscles"]]
    topics = ("origins", "insertions", "actions", "innervations", "blood_supply")
    for told in document["muscles"]:
        expected = [(fact.id, fact.reading, fact.text) for fact in dataset.muscles[told["id"]].facts]
        assert expected == [(fact["id"], fact["reading"], fact["text"]) for topic in topics for fact in told[topic]]


def test_groups_are_a_tree_that_holds_every_whole_muscle_once(document: dict[str, Any], mini: Dataset) -> None:
    def walk(groups: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for group in groups:
            yield group
            yield from walk(group["children"])

    groups = list(walk(document["groups"]))
    assert list(mini.groups) == [group["id"] for group in groups]
    members = [muscle for group in groups for muscle in group["muscles"]]
    assert sorted(muscle.id for muscle in mini.muscles.values() if not muscle.part_of) == sorted(members)


def test_references_lead_to_entries_of_the_same_document(document: dict[str, Any]) -> None:
    ids = {name: {term["id"] for term in document["vocabulary"][name]} for name in VOCABULARY}
    sources = {source["id"] for source in document["sources"]}
    targets = {"structure": "structures", "movement": "movements", "nerve": "nerves", "vessel": "vessels"}
    for muscle in document["muscles"]:
        for topic in ("origins", "insertions", "actions", "innervations", "blood_supply"):
            for fact in muscle[topic]:
                assert {source["id"] for source in fact["sources"]} <= sources, fact["id"]
                for key, table in targets.items():
                    assert fact.get(key) is None or fact[key] in ids[table], fact["id"]


def test_levels_are_told_one_by_one(dataset: Dataset) -> None:
    muscles = application_document(dataset)["muscles"]
    found = [fact["levels"] for muscle in muscles for fact in muscle["origins"] if fact["levels"]]
    assert found
    for levels in found:
        assert not set(levels["always"]) & set(levels["sometimes"])
        assert ("(" in levels["text"]) == bool(levels["sometimes"])


def test_an_item_is_contested_when_another_reading_stands_beside_it(mini: Dataset) -> None:
    row = next(row for row in mini.tables["attachments"] if row["reading"] == "preferred")
    quiet = tuple(row for row in mini.tables["attachments"] if row["reading"] == "preferred")
    other = {**row, "reading": "alternative"}

    def contested(rows: tuple[Any, ...]) -> set[tuple[str, str]]:
        muscles = application_document(atlas.build({**mini.tables, "attachments": rows}))["muscles"]
        facts = [fact for muscle in muscles for fact in (*muscle["origins"], *muscle["insertions"])]
        return {(fact["id"], fact["reading"]) for fact in facts if fact["contested"]}

    id = f"{row['muscle']}.{row['end']}.{row['item']}"
    assert contested(quiet) == set()
    assert contested((*quiet, other)) == {(id, "preferred"), (id, "alternative")}


# What is refused

Document = dict[str, Any]


def put(*path: str | int, value: Any) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        inner: Any = document
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = value

    return change


def take(*path: str | int) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        inner: Any = document
        for step in path[:-1]:
            inner = inner[step]
        del inner[path[-1]]

    return change


@pytest.mark.parametrize(
    "fault",
    [
        put("surprise", value=1),
        put("muscles", 0, "surprise", value=1),
        put("vocabulary", "nerves", 0, "surprise", value=1),
        take("licence"),
        take("muscles", 0, "origins"),
        take("groups", 0, "children"),
        put("version", value="new"),
        put("muscles", 0, "id", value="Not an id"),
        put("muscles", 0, "parts", value=None),
        put("muscles", 0, "constancy", value="seldom"),
        put("muscles", 0, "identifiers", "fma", value="9626"),
        put("sources", 0, "year", value="1918"),
        put("$schema", value="urn:backdata:schema:backdata:9.9"),
    ],
)
def test_the_application_contract_refuses(document: Document, fault: Callable[[Document], None]) -> None:
    changed = copy.deepcopy(document)
    fault(changed)
    with pytest.raises(BrokenContract, match=r"backdata\.json was not written"):
        check("backdata.json", changed, contract("backdata"))


@pytest.mark.parametrize(
    "fault",
    [
        put("tables", "surprise", value=[]),
        put("tables", "muscles", 0, "surprise", value="x"),
        take("tables", "muscles"),
        take("tables", "muscles", 0, "note"),
        put("tables", "muscles", 0, "order", value=10),
        put("tables", "muscles", 0, "id", value="Not an id"),
        put("tables", "attachments", 0, "end", value="middle"),
    ],
)
def test_the_contract_of_the_tables_refuses(mini: Dataset, fault: Callable[[Document], None]) -> None:
    changed = tables_document(mini)
    fault(changed)
    with pytest.raises(BrokenContract, match=r"tables\.json was not written"):
        check("tables.json", changed, contract("tables"))


def test_levels_that_cannot_be_are_refused_with_their_place_and_nothing_is_written(
    mini: Dataset, tmp_path: Path
) -> None:
    bones = {row["id"] for row in mini.tables["structures"] if row["levels_of"] == "vertebra"}
    row = next(row for row in mini.tables["attachments"] if row["structure"] in bones and row["levels"])
    rows = tuple({**each, "levels": "C8"} if each is row else each for each in mini.tables["attachments"])
    with pytest.raises(BrokenContract) as told:
        write_json.write(atlas.build({**mini.tables, "attachments": rows}, mini.version), tmp_path, None)
    assert f"{row['muscle']}.{row['end']}.{row['item']} › levels: 'C8'" in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_a_fault_in_a_group_within_a_group_is_refused_too(document: Document) -> None:
    inner = next(child for group in document["groups"] for child in group["children"])
    inner["surprise"] = 1
    with pytest.raises(BrokenContract, match=f"{inner['id']}: .*surprise"):
        check("backdata.json", document, contract("backdata"))


def test_a_data_set_without_version_carries_the_version_of_the_program(mini: Dataset) -> None:
    import backdata

    assert application_document(replace(mini, version=""))["version"] == backdata.__version__


# Two validators that know nothing of each other


def mutants(document: Document) -> Iterator[tuple[str, Document]]:
    """The document with one fault each, at every third place: a key less, a key more, another type, nothing, another word."""
    for number, (path, value) in enumerate(list(walk(document, ()))[::3]):
        changed = copy.deepcopy(document)
        *above, last = path
        inner: Any = changed
        for step in above:
            inner = inner[step]
        kinds = (
            ("less", "more", "type", "null", "word") if isinstance(inner, dict) else ("less", "type", "null", "word")
        )
        kind = kinds[number % len(kinds)]
        if kind == "less":
            del inner[last]
        elif kind == "more":
            inner["surprise"] = value
        else:
            other = {"type": {"0": 1} if isinstance(value, list) else [value], "null": None}
            inner[last] = other.get(kind, "Öther word\n")
        yield f"{kind} at {'/'.join(map(str, path))}", changed


def small(value: Any) -> Any:
    """A document with all its kinds of record, but of each list no more than two entries."""
    if isinstance(value, list):
        return [small(each) for each in value[:2]]
    return {key: small(each) for key, each in value.items()} if isinstance(value, dict) else value


def walk(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*path, key), inner
        yield from walk(inner, (*path, key))


@pytest.mark.parametrize("name", DATA)
def test_a_second_validator_accepts_what_is_published(name: str, files: Path) -> None:
    text = json.loads((files / f"{name}.json").read_text("utf-8"))
    assert jsonschema_rs.meta.is_valid(contract(name))
    for promised in (contract(name), closed(contract(name))):
        assert jsonschema_rs.Draft202012Validator(promised).is_valid(text)


@pytest.mark.parametrize("form", [contract, lambda name: closed(contract(name))], ids=["open", "closed"])
@pytest.mark.parametrize("name", DATA)
def test_two_validators_agree_on_everything_that_can_break(
    name: str, form: Callable[[str], dict[str, Any]], documents: Documents
) -> None:
    ours, theirs = Draft202012Validator(form(name)), jsonschema_rs.Draft202012Validator(form(name))
    document = small(documents[name])
    assert ours.is_valid(document)
    verdicts = [(what, ours.is_valid(changed), theirs.is_valid(changed)) for what, changed in mutants(document)]
    assert [what for what, mine, other in verdicts if mine != other] == []
    assert sum(not mine for _, mine, _ in verdicts) > len(verdicts) / 3, "or else nothing is tried here"
    if form is not contract:
        assert [what for what, mine, _ in verdicts if mine and what.startswith(("more", "type"))] == []


@pytest.mark.parametrize("name", DATA)
def test_the_check_before_writing_finds_all_that_the_validator_finds(name: str, documents: Documents) -> None:
    plain = Draft202012Validator(closed(contract(name)))
    for what, changed in islice(mutants(small(documents[name])), 0, None, 7):
        told = [f"{fault.message:.300}" for fault in islice(plain.iter_errors(changed), 10)]
        found = ""
        try:
            check(name, changed, contract(name))
        except BrokenContract as broken:
            found = str(broken)
        assert [message for message in told if message not in found] == [], what
        assert bool(told) is bool(found), what


def test_a_fault_that_stands_in_two_places_is_told_of_both(document: Document) -> None:
    for muscle in document["muscles"][:2]:
        muscle["origins"] = [{**document["muscles"][0]["origins"][0], "reading": "prefered"}]
    with pytest.raises(BrokenContract) as told:
        check("backdata.json", document, contract("backdata"))
    assert str(told.value).count("'prefered' is not one of") == 2
