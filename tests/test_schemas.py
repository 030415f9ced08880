"""The table schemas: read strictly, fit for editors, and judged alike by us and by pandera itself."""

from __future__ import annotations

import datetime as dt
import shutil
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from backdata import examples, resources, schemas, validation
from backdata.model import Edit, Table, add, edit, retitle
from backdata.schemas import ColumnSchema, SchemaError, TableSchema
from backdata.validation import Validation

TABLES = schemas.tables()
COLUMNS = {f"{name}.{column.name}": column for name, table in TABLES.items() for column in table.columns.values()}
LIBRARIES = ("pandas", "polars")


# --- what is written in them --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)
def test_a_column_tells_an_editor_what_goes_there_with_an_example(column: ColumnSchema) -> None:
    assert column.description.endswith((".", "…"))
    assert column.description[0].isupper() or column.description.split()[0].rstrip(":") in (
        *column.allowed,
        "extrinsic",
    )
    assert column.example
    assert "schema" not in column.description and "regex" not in column.description


@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)
def test_the_example_of_a_column_may_stand_in_it(column: ColumnSchema) -> None:
    import re

    assert not column.allowed or column.example in column.allowed
    assert not column.each or set(column.example.split(column.list)) <= set(column.each)
    assert re.search(column.pattern, column.example)
    assert len(column.example) <= (column.max_length or 1000)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_table_says_what_a_row_is_and_refers_to_tables_that_exist(table: TableSchema) -> None:
    assert table.title and table.description.endswith(".")
    assert table.workbook.endswith(".xlsx")
    assert table.row_id.format_map(dict.fromkeys(table.columns, "x"))
    for column in table.columns.values():
        assert set(column.refers_to) <= TABLES.keys()
        assert all("id" in TABLES[other].columns for other in column.refers_to)
        assert column.levels in {"", "vertebra", "rib", "nerve", "vertebra or rib", "structure"}


def test_every_schema_lies_in_one_workbook() -> None:
    listed = yaml.safe_load((resources.TABLES / "workbooks.yaml").read_text(encoding="utf-8"))
    names = [name for sheets in listed.values() for name in sheets]
    assert sorted(names) == sorted(path.stem for path in resources.TABLES.glob("*.yaml") if path.stem != "workbooks")
    assert names == list(TABLES)


# --- read strictly ------------------------------------------------------------------------------------------------------

MISTAKES = {
    "a misspelt key of a table": ("title:", "titel:", "movements.yaml: unknown key titel"),
    "a misspelt key of a column": ("    refers_to:", "    refer_to:", "column antagonist: unknown key refer_to"),
    "a misspelt pandera key": ("    nullable:", "    nulable:", "column latin: unknown key nulable"),
    "an unknown check": ("      isin:", "      is_in:", "column kind, checks: unknown key is_in"),
    "a check we do not make": ("str_matches:", "str_startswith:", "column id, checks: unknown key str_startswith"),
    "a bound we do not check": ("max_value: 100", "min_value: 100", "column name, str_length: unknown key min_value"),
    "a dtype": ("    unique: true", "    unique: true\n    dtype: str", "column id: unknown key dtype"),
    "no description": ("    description: The movement against it.\n", "", "column antagonist: description missing"),
    "no row id": ("row_id: '{id}'\n", "", "movements.yaml: row_id missing"),
    "a key of columns that are not there": (
        "row_id:",
        "unique: [id, nmae]\nrow_id:",
        "unique names columns that are not there: nmae",
    ),
}


@pytest.mark.parametrize(("right", "wrong", "sentence"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_schema_is_refused_and_named(tmp_path: Path, right: str, wrong: str, sentence: str) -> None:
    folder = tmp_path / "tables"
    shutil.copytree(resources.TABLES, folder)
    path = folder / "movements.yaml"
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(SchemaError) as told:
        schemas.tables(folder)
    assert sentence in str(told.value)


def test_an_unknown_key_is_told_with_the_known_ones(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    shutil.copytree(resources.TABLES, folder)
    path = folder / "movements.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("example:", "exmaple:", 1), encoding="utf-8")
    with pytest.raises(SchemaError, match=r"known are .*example.*refers_to"):
        schemas.tables(folder)


# --- pandera as an independent judge ------------------------------------------------------------------------------------

Fault = tuple[str, str, int]  # kind, column, number of the row; 0 for a column as a whole
OURS = {"BD201": "blank", "BD202": "repeated", "BD203": "repeated row", "BD204": "not in the list", "BD205": "wrong form",
        "BD206": "too long", "BD111": "missing"}  # fmt: skip
THEIRS = {"not_nullable": "blank", "field_uniqueness": "repeated", "multiple_fields_uniqueness": "repeated row",
          "isin": "not in the list", "str_matches": "wrong form", "str_length": "too long",
          "column_in_dataframe": "missing"}  # fmt: skip


def loaded(name: str, library: str) -> Any:
    """The pandera part of a table schema, as pandera's own reader of YAML loads it."""
    from pandera.io import pandas_io, polars_io

    text = yaml.safe_dump(schemas.pandera_yaml(name), allow_unicode=True, sort_keys=False)
    return {"pandas": pandas_io, "polars": polars_io}[library].from_yaml(text)


def frame(table: Table, library: str) -> Any:
    """The rows of a table as a frame of a library, without their addresses."""
    import pandas
    import pyarrow

    made = pyarrow.table({c: pyarrow.array([row[c] for row in table.rows], "string") for c in table.columns})
    if library == "pandas":
        return made.to_pandas(types_mapper=pandas.ArrowDtype)
    import polars

    return polars.from_arrow(made)


def cases(name: str, table: Table, library: str) -> list[Mapping[str, Any]]:
    """What pandera has against a table, as its failure cases."""
    import pandera.errors

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            loaded(name, library).validate(frame(table, library), lazy=True)
        except pandera.errors.SchemaErrors as errors:
            found = errors.failure_cases
            return list(found.to_dict("records") if library == "pandas" else found.to_dicts())
    return []


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("name", TABLES)
def test_pandera_loads_every_schema_and_accepts_the_raw_tables(name: str, library: str, checked: Validation) -> None:
    schema = loaded(name, library)
    assert list(TABLES[name].columns) == list(schema.columns)
    assert cases(name, checked.intake.tables[name], library) == []


def test_pandera_gets_every_check_that_is_written() -> None:
    for name, table in TABLES.items():
        schema = loaded(name, "pandas")
        for column in table.columns.values():
            theirs = {check.name for check in schema.columns[column.name].checks}
            asked = {"isin": column.allowed, "str_matches": column.pattern, "str_length": column.max_length}
            assert {check for check, wanted in asked.items() if wanted} == theirs, f"{name}.{column.name}"


ATTACHMENT, MUSCLE = "rhomboid-minor.origin.2", "rhomboid-minor"
PLANTED: dict[str, tuple[str, Edit]] = {
    "nothing": ("attachments", edit("attachments", ATTACHMENT, note="beside the spine")),
    "a blank cell": ("attachments", edit("attachments", ATTACHMENT, structure=None)),
    "three blank cells": ("muscles", edit("muscles", MUSCLE, name=None, order=None, constancy=None)),
    "a blank that may be": ("attachments", edit("attachments", ATTACHMENT, levels=None, also=None)),
    "a blank made of spaces": ("attachments", edit("attachments", ATTACHMENT, source=" \u00a0")),
    "an id twice": ("movements", add("movements", "rotation", name="turning round")),
    "a name twice": ("movements", add("movements", "rotation", id="turning")),
    "a row twice": ("attachments", add("attachments", ATTACHMENT)),
    "a row twice but for its source": (
        "attachments",
        add("attachments", ATTACHMENT, source="wikipedia", reading="alternative"),
    ),
    "a word out of the list": ("attachments", edit("attachments", ATTACHMENT, end="orgin")),
    "a word of the list in capitals": ("attachments", edit("attachments", ATTACHMENT, end="ORIGIN")),
    "a wrong form": ("attachments", edit("attachments", ATTACHMENT, page="p. 3")),
    "a number as its form wants it": ("attachments", edit("attachments", ATTACHMENT, page=435)),
    "an item that is no number": ("actions", edit("actions", "rhomboid-minor.action.1", item="first")),
    "an identifier of another base": ("muscles", edit("muscles", MUSCLE, fma="UBERON:1")),
    "a note as long as may be": ("attachments", edit("attachments", ATTACHMENT, note="x" * 300)),
    "a note one letter longer": ("attachments", edit("attachments", ATTACHMENT, note="ü" * 301)),
    "a missing column": ("innervations", retitle("innervations", role=None)),
    "a missing optional column": ("innervations", retitle("innervations", page=None)),
    "an id of capitals that is too long": ("structures", edit("structures", "rib", id="RIB" * 30)),
}


@pytest.mark.parametrize(("name", "planted"), PLANTED.values(), ids=PLANTED)
def test_pandera_and_our_rules_find_the_same_faults_of_columns(name: str, planted: Edit, tmp_path: Path) -> None:
    run = validation.validate([examples.write(tmp_path, [planted])], dt.date(2026, 11, 22))
    table = run.intake.tables[name]
    places = {row["_row"]: number for number, row in enumerate(table.rows, 1)}
    ours = {
        (
            OURS[finding.code],
            str(finding.value if finding.code == "BD111" else finding.column),
            places.get(finding.cell.row, 0),
        )
        for finding in run.report.findings
        if finding.code in OURS and finding.cell.sheet == name
    }
    assert ours == verdict(name, table)
    assert {(kind, column) for kind, column, _ in ours} == {
        (THEIRS[kind], "item" if kind == "multiple_fields_uniqueness" else column)
        for kind, column in polars_verdict(name, table)
    }


def verdict(name: str, table: Table) -> set[Fault]:
    """What pandera finds, in our words. Of rows that are alike it names all, we the later ones."""
    found: set[Fault] = set()
    for case in cases(name, table, "pandas"):
        check = str(case["check"]).partition("(")[0]
        kind = THEIRS[check]
        if kind == "missing":
            found.add((kind, str(case["failure_case"]), 0))
        else:
            found.add((kind, "item" if kind == "repeated row" else str(case["column"]), int(case["index"]) + 1))
    alike = [fault for fault in found if fault[0].startswith("repeated")]
    for kind, column in {(kind, column) for kind, column, _ in alike}:
        found.remove(min(fault for fault in alike if fault[:2] == (kind, column)))
    return found


def polars_verdict(name: str, table: Table) -> set[tuple[str, str]]:
    """What pandera finds with polars: check and column."""
    found = set()
    for case in cases(name, table, "polars"):
        check = str(case["check"]).partition("(")[0]
        found.add((check, str(case["failure_case"] if check == "column_in_dataframe" else case["column"])))
    return found
