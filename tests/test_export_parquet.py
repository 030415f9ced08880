"""Parquet is written when it is asked for, with the types, lists and meanings of the tables, for polars and DuckDB."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from backdata import examples, fresh, publish, registry, tabular, validation
from backdata.cli import cli
from backdata.exporters.parquet import write_parquet
from backdata.model import Dataset
from backdata.publish import Refused
from backdata.version import VERSION

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def files(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parquet")
    write_parquet.write(dataset, folder, None)
    return folder


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    return examples.write(tmp_path / "raw")


def export(raw: Path, to: Path, *only: str) -> set[str]:
    """Publish, and tell which folders there are."""
    publish.publish(validation.validate([raw], TODAY), [raw], to, only)
    return {path.name for path in to.iterdir() if path.is_dir()}


def values(dataset: Dataset, table: str) -> list[dict[str, Any]]:
    columns = tabular.tables()[table].columns
    return [
        {name: tabular.value(column, row[name]) for name, column in columns.items()}
        for row in tabular.rows(dataset, table)
    ]


@pytest.mark.parametrize("name", tabular.tables())
def test_polars_reads_a_table_value_by_value(files: Path, dataset: Dataset, name: str) -> None:
    import polars

    assert polars.read_parquet(files / f"{name}.parquet").to_dicts() == values(dataset, name)


def test_duckdb_joins_tables_through_their_lists(files: Path, dataset: Dataset) -> None:
    import duckdb

    query = f"""
        SELECT sources.name, count(*)
        FROM (SELECT unnest(also) AS id FROM '{files}/muscle_facts.parquet')
        JOIN '{files}/sources.parquet' AS sources USING (id)
        WHERE sources.open
        GROUP BY ALL
    """
    named = {row["id"]: row["name"] for row in dataset.tables["sources"] if row["open"] == "yes"}
    expected: dict[str, int] = {}
    for row in values(dataset, tabular.FACTS):
        for source in row["also"] or ():
            if source in named:
                expected[named[source]] = expected.get(named[source], 0) + 1
    assert dict(duckdb.execute(query).fetchall()) == expected


def test_columns_have_the_types_of_the_tables(files: Path) -> None:
    import polars

    kinds = {"integer": "Int64", "boolean": "Boolean", "date": "Date", "list": "List(String)", "string": "String"}
    for name, table in tabular.tables().items():
        expected = {column.name: kinds[tabular.type_of(column)] for column in table.columns.values()}
        found = polars.read_parquet_schema(files / f"{name}.parquet")
        assert {column: str(kind) for column, kind in found.items()} == expected, name


def test_a_file_says_what_it_is_and_what_its_columns_mean(files: Path) -> None:
    import pyarrow.parquet

    for name, table in tabular.tables().items():
        schema = pyarrow.parquet.read_schema(files / f"{name}.parquet")
        assert schema.metadata[b"backdata.version"].decode() == VERSION
        assert schema.metadata[b"backdata.licence"] == b"CC-BY-4.0"
        assert schema.metadata[b"backdata.description"].decode() == table.description
        for column in table.columns.values():
            assert schema.field(column.name).metadata[b"description"].decode() == column.description
            assert schema.field(column.name).nullable == column.nullable


def test_the_same_data_give_the_same_bytes(files: Path, dataset: Dataset, tmp_path: Path) -> None:
    write_parquet.write(dataset, tmp_path, None)
    for file in files.iterdir():
        assert (tmp_path / file.name).read_bytes() == file.read_bytes(), file.name


def test_it_is_written_only_when_asked_for_and_kept_up_from_then_on(raw: Path, tmp_path: Path) -> None:
    usual = {name for name, exporter in registry.exporters().items() if not exporter.on_demand}
    to = tmp_path / "exports"
    assert "parquet" not in export(raw, to) >= usual
    assert "parquet" not in (to / "README.md").read_text("utf-8")
    assert export(raw, to, "parquet") == usual | {"parquet"}
    assert "| `parquet/` |" in (to / "README.md").read_text("utf-8")
    (file := to / "parquet" / "sources.parquet").write_bytes(b"old")
    assert export(raw, to) == usual | {"parquet"}
    assert file.read_bytes() != b"old"
    assert fresh.stale(validation.validate([raw], TODAY), [raw], to) == []


def test_without_pyarrow_it_says_what_to_install(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    checked = validation.validate([raw], TODAY)
    with pytest.raises(Refused, match=r'pip install "backdata\[bulk\]"'):
        publish.publish(checked, [raw], tmp_path / "out", ["parquet"])
    assert not (tmp_path / "out").exists()


def test_the_help_of_export_names_every_format() -> None:
    told = CliRunner().invoke(cli, ["export", "--help"]).output
    assert [name for name in registry.exporters() if name not in told] == []
