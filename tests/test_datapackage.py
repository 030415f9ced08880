"""The Data Package says of the CSV files what is true of them, as the reference reader of the format confirms."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from backdata import bundle, datapackage, examples, publish, schemas, tabular, validation
from backdata.exporters.csv import write_csv
from backdata.model import Dataset

TODAY = dt.date(2026, 11, 22)


def packaged(dataset: Dataset, folder: Path) -> Path:
    """A folder with the CSV files and their description."""
    (folder / "csv").mkdir(parents=True)
    write_csv.write(dataset, folder / "csv", None)
    datapackage.write(folder, dataset)
    return folder


@pytest.fixture(scope="module")
def package(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packaged(dataset, tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="module")
def described(package: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((package / datapackage.NAME).read_bytes())
    return found


@pytest.fixture(scope="module")
def resources(described: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {resource["name"]: resource for resource in described["resources"]}


def faults(folder: Path) -> list[tuple[str, str]]:
    """What the reference reader finds: kind and sentence of each error and warning."""
    import frictionless

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        report = frictionless.validate(str(folder / datapackage.NAME))
    told = [("warning", warning) for task in report.tasks for warning in task.warnings]
    told += [("warning", warning) for warning in report.warnings]
    errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
    assert report.valid == (not errors)
    return told + [(error.type, error.message) for error in errors]


def rewritten(folder: Path, dataset: Dataset, table: str, row: int, column: str, cell: str) -> None:
    """Change one cell of a CSV file, and describe the files anew, so that sizes and digests are right."""
    file = folder / "csv" / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[row][column] = cell
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    datapackage.write(folder, dataset)


def fields(resources: dict[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, resource in resources.items():
        for field in resource["schema"]["fields"]:
            yield f"{name}.{field['name']}", field


# --- judged by the reference reader --------------------------------------------------------------------------------------


def test_the_reference_reader_finds_no_error_and_no_warning(package: Path) -> None:
    assert faults(package) == []


def test_a_changed_byte_is_found(mini: Dataset, tmp_path: Path) -> None:
    folder = packaged(mini, tmp_path / "package")
    assert faults(folder) == []
    file = folder / "csv" / "sources.csv"
    file.write_bytes(file.read_bytes().replace(b"Gray", b"Grey", 1))
    assert {kind for kind, _ in faults(folder)} == {"hash-count"}


def test_a_wrong_cell_is_found_in_its_table(mini: Dataset, tmp_path: Path) -> None:
    wrong = (
        ("innervations", 0, "nerve", "optic-nerve", "foreign-key"),
        ("muscles", 0, "part_of", "deltoid", "foreign-key"),
        ("muscles", 1, "fma", "9626", "constraint-error"),
        ("muscles", 2, "name", "", "constraint-error"),
        ("groups", 0, "parent", "gluteal", "foreign-key"),
        ("muscle_facts", 0, "source", "hearsay", "foreign-key"),
        ("muscle_facts", 1, "muscle", "gracilis", "foreign-key"),
        ("muscles_overview", 0, "Group", "gluteal muscles", "foreign-key"),
        ("attachments", 0, "reading", "perhaps", "constraint-error"),
        ("attachments", 1, "page", "402", "constraint-error"),
        ("attachments", 2, "item", "one", "type-error"),
        ("sources", 0, "open", "perhaps", "type-error"),
        ("exceptions", 0, "granted", "yesterday", "type-error"),
    )
    folder = packaged(mini, tmp_path / "package")
    for table, row, column, cell, _ in wrong:
        rewritten(folder, mini, table, row, column, cell)
    told = faults(folder)
    for *_, cell, kind in wrong:
        assert [sentence for found, sentence in told if found == kind and f'"{cell}"' in sentence], (cell, kind)


def test_a_row_given_twice_is_found(mini: Dataset, tmp_path: Path) -> None:
    folder = packaged(mini, tmp_path / "package")
    file = folder / "csv" / "inventory.csv"
    header, first, *rest = file.read_text("utf-8").splitlines()
    file.write_text("\n".join([header, first, first, *rest, ""]), "utf-8", newline="\n")
    datapackage.write(folder, mini)
    assert "primary-key" in {kind for kind, _ in faults(folder)}


# --- what it says --------------------------------------------------------------------------------------------------------


def test_it_says_which_release_it_is_and_how_it_may_be_used(described: dict[str, Any], dataset: Dataset) -> None:
    from backdata.version import VERSION

    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert (described["name"], described["version"]) == ("backdata", VERSION)
    assert dt.datetime.fromisoformat(described["created"]).timestamp() == bundle.epoch()
    assert [licence["name"] for licence in described["licenses"]] == ["CC-BY-4.0"]
    assert [who["title"] for who in described["contributors"]] == ["the backdata contributors"]
    assert [source["title"] for source in described["sources"]] == [
        row["citation"] for row in dataset.tables["sources"]
    ]
    assert {source.get("path") for source in described["sources"]} == {row["url"] for row in dataset.tables["sources"]}


def test_every_file_is_described_once_and_as_it_is(package: Path, resources: dict[str, dict[str, Any]]) -> None:
    assert {file.stem for file in (package / "csv").iterdir()} == resources.keys()
    for name, resource in resources.items():
        file = package / resource["path"]
        with file.open(encoding="utf-8", newline="") as stream:
            header = next(csv.reader(stream))
        assert [field["name"] for field in resource["schema"]["fields"]] == header, name
        assert resource["title"] and resource["description"].endswith(".")
        assert re.fullmatch("sha256:[0-9a-f]{64}", resource["hash"])
        assert resource["bytes"] == file.stat().st_size


def test_every_column_has_a_type_and_a_meaning(resources: dict[str, dict[str, Any]]) -> None:
    for name, field in fields(resources):
        assert field["type"] in {"string", "integer", "boolean", "date"}, name
        assert re.search(r"[.…]$", field["description"]), name
        assert field["example"], name


def test_a_closed_list_tells_what_its_words_mean(resources: dict[str, dict[str, Any]]) -> None:
    closed = {name: field for name, field in fields(resources) if "categories" in field}
    assert {name for name, field in fields(resources) if "enum" in field.get("constraints", {})} == closed.keys()
    for name, field in closed.items():
        assert [each["value"] for each in field["categories"]] == field["constraints"]["enum"], name
        labels = [each["label"] for each in field["categories"]]
        assert all(labels) and len(set(labels)) == len(labels), name
    readings = {each["value"]: each["label"] for each in closed["attachments.reading"]["categories"]}
    assert readings["preferred"] == "what we teach"


def test_every_closed_list_of_the_sheets_is_one_here(resources: dict[str, dict[str, Any]]) -> None:
    told = dict(fields(resources))
    for table, schema in schemas.tables().items():
        for column in schema.columns.values():
            field = told[f"{table}.{column.name}"]
            if column.allowed == ("yes", "no"):
                assert field["type"] == "boolean"
            elif column.allowed:
                assert [each["value"] for each in field["categories"]] == list(column.allowed)
            assert all(word in field["description"] for word in column.each)


def test_every_reference_of_the_sheets_is_a_key_here(resources: dict[str, dict[str, Any]]) -> None:
    for table, schema in schemas.tables().items():
        expected = {
            (column.name, column.refers_to[0])
            for column in schema.columns.values()
            if len(column.refers_to) == 1 and not column.list
        }
        keys = resources[table]["schema"].get("foreignKeys", [])
        assert expected <= {(key["fields"][0], key["reference"].get("resource", table)) for key in keys}


def test_a_table_that_refers_to_itself_does_not_name_itself(resources: dict[str, dict[str, Any]]) -> None:
    keys = [key for key in resources["muscles"]["schema"]["foreignKeys"] if key["fields"] == ["part_of"]]
    assert keys == [{"fields": ["part_of"], "reference": {"fields": ["id"]}}]
    homes = [
        (name, key["reference"].get("resource"))
        for name, resource in resources.items()
        for key in resource["schema"].get("foreignKeys", [])
    ]
    assert all(name != home for name, home in homes)


def test_every_table_has_a_key_of_columns_that_are_always_filled(resources: dict[str, dict[str, Any]]) -> None:
    for name, resource in resources.items():
        schema = resource["schema"]
        keys = schema.get("primaryKey") or schema["uniqueKeys"][0]
        told = {field["name"]: field for field in schema["fields"]}
        assert keys and set(keys) <= told.keys()
        if "primaryKey" in schema:
            assert all(told[key]["constraints"]["required"] for key in keys), name


def test_a_list_says_what_stands_between_its_values(package: Path, resources: dict[str, dict[str, Any]]) -> None:
    also = dict(fields(resources))["muscles.also"]
    assert (also["type"], also["delimiter"], also["itemType"]) == ("string", "; ", "string")
    assert "an id of" not in also["description"] and "ids of sources" in also["description"]


# --- with the other exports ----------------------------------------------------------------------------------------------


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    return examples.write(tmp_path / "raw")


def test_it_is_published_with_the_csv_files_and_listed(raw: Path, tmp_path: Path) -> None:
    checked = validation.validate([raw], TODAY)
    made = publish.publish(checked, [raw], tmp_path / "out", ["csv"])
    assert datapackage.NAME in {file["path"] for file in made.manifest["files"]}
    assert faults(tmp_path / "out") == []
    before = (tmp_path / "out" / datapackage.NAME).read_bytes()
    publish.publish(checked, [raw], tmp_path / "out", ["sqlite"])
    assert (tmp_path / "out" / datapackage.NAME).read_bytes() == before


def test_without_csv_files_there_is_nothing_to_describe(raw: Path, tmp_path: Path) -> None:
    publish.publish(validation.validate([raw], TODAY), [raw], tmp_path / "out", ["sqlite"])
    assert not (tmp_path / "out" / datapackage.NAME).exists()


def test_the_same_data_give_the_same_description(package: Path, dataset: Dataset) -> None:
    before = (package / datapackage.NAME).read_bytes()
    datapackage.write(package, dataset)
    assert (package / datapackage.NAME).read_bytes() == before


def test_values_are_read_as_the_description_says() -> None:
    columns = {
        f"{name}.{column.name}": column for name, table in tabular.tables().items() for column in table.columns.values()
    }
    for name, text, value in (
        ("muscles.order", "20", 20), ("muscles.order", "second", "second"), ("sources.open", "true", True),
        ("withdrawn.on", "2026-11-22", dt.date(2026, 11, 22)), ("withdrawn.on", "yesterday", "yesterday"),
        ("muscles.also", "gray-1918; ta2", ["gray-1918", "ta2"]), ("muscles.name", "splenius", "splenius"),
        ("sources.year", None, None),
    ):  # fmt: skip
        assert tabular.value(columns[name], text) == value
