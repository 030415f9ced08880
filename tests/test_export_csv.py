"""The CSV files hold exactly what the data set holds, and any reader gets the same cells out of them."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from backdata import schemas
from backdata.anatomy import overview
from backdata.exporters.csv import FACT_COLUMNS, OVERVIEW_COLUMNS, write_csv
from backdata.model import FACT_TABLES, Dataset


@pytest.fixture
def files(dataset: Dataset, tmp_path: Path) -> Path:
    write_csv.write(dataset, tmp_path, None)
    return tmp_path


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def header(file: Path) -> list[str]:
    with file.open(encoding="utf-8", newline="") as stream:
        return next(csv.reader(stream))


def test_every_table_has_a_file_and_the_facts_two_more(files: Path) -> None:
    expected = {*schemas.tables(), "muscle_facts", "muscles_overview"}
    assert expected == {file.stem for file in files.iterdir()}


def test_the_columns_are_those_of_the_sheet_in_its_order(files: Path) -> None:
    for name, schema in schemas.tables().items():
        leading = ["id"] if name in FACT_TABLES else []
        assert [*leading, *schema.columns] == header(files / f"{name}.csv")


@pytest.mark.parametrize("name", schemas.tables())
def test_a_table_comes_back_cell_by_cell(files: Path, dataset: Dataset, name: str) -> None:
    columns = schemas.tables()[name].columns
    expected = [{column: row[column] or "" for column in columns} for row in dataset.tables[name]]
    assert expected == [{column: row[column] for column in columns} for row in read(files / f"{name}.csv")]


def test_pandas_reads_the_same_cells(files: Path) -> None:
    import pandas

    for file in sorted(files.iterdir()):
        table = pandas.read_csv(file, dtype=str, keep_default_na=False)
        assert read(file) == table.to_dict("records"), file.name


def test_pandas_without_options_takes_no_word_for_a_missing_cell(files: Path) -> None:
    import pandas

    for file in sorted(files.iterdir()):
        table = pandas.read_csv(file, dtype=str)
        assert read(file) == table.fillna("").to_dict("records"), file.name


def test_facts_carry_the_id_under_which_they_are_known_everywhere(files: Path, dataset: Dataset) -> None:
    known = {fact.id for muscle in dataset.muscles.values() for fact in muscle.facts}
    ids = {row["id"] for name in FACT_TABLES for row in read(files / f"{name}.csv")}
    assert known <= ids
    first = read(files / "attachments.csv")[0]
    assert f"{first['muscle']}.{first['end']}.{first['item']}" == first["id"]


def test_muscle_facts_tell_every_fact_of_every_muscle(files: Path, dataset: Dataset) -> None:
    expected = [
        (muscle.id, fact.id, fact.text, fact.reading, fact.stated_at, fact.source)
        for muscle in dataset.muscles.values()
        for fact in muscle.facts
    ]
    rows = read(files / "muscle_facts.csv")
    told = ("muscle", "fact_id", "text", "reading", "stated_at", "source")
    assert expected == [tuple(row[column] for column in told) for row in rows]
    assert list(FACT_COLUMNS) == header(files / "muscle_facts.csv")


def test_an_inherited_fact_says_for_whom_it_holds_and_where_it_is_stated(files: Path) -> None:
    inherited = [row for row in read(files / "muscle_facts.csv") if row["muscle"] != row["stated_at"]]
    assert inherited
    assert all(row["fact_id"].startswith(f"{row['stated_at']}.") for row in inherited)


def test_the_columns_of_a_fact_are_those_of_its_row(files: Path, dataset: Dataset) -> None:
    facts = [fact for muscle in dataset.muscles.values() for fact in muscle.facts]
    for fact, row in zip(facts, read(files / "muscle_facts.csv"), strict=True):
        for column in set(fact.row) & set(FACT_COLUMNS) - {"muscle"}:
            assert (fact.row[column] or "") == row[column], (fact.id, column)


def test_the_overview_has_a_line_for_each_muscle_in_anatomical_order(files: Path, dataset: Dataset) -> None:
    rows = read(files / "muscles_overview.csv")
    assert list(OVERVIEW_COLUMNS) == header(files / "muscles_overview.csv")
    assert [muscle.name for muscle in dataset.muscles.values()] == [row["Muscle"] for row in rows]
    expected = [
        (row.origin, row.function, "\n".join((*row.notes, *row.remarks)))
        for row in overview.rows(dataset)
        if row.kind != "group"
    ]
    assert expected == [(row["Origin"], row["Function"], row["Notes"]) for row in rows]


def test_files_are_plain_utf8_with_unix_line_ends(files: Path) -> None:
    for file in files.iterdir():
        content = file.read_bytes()
        content.decode("utf-8", "strict")
        assert not content.startswith(b"\xef\xbb\xbf"), file.name
        assert b"\r" not in content, file.name
        assert content.endswith(b"\n"), file.name


def test_cells_with_commas_quotes_and_line_breaks_survive(mini: Dataset, tmp_path: Path) -> None:
    nasty = ' =1+1, "quoted";\nnext line, 3–4 °, end '
    notes = tuple({**row, "note": nasty} for row in mini.tables["muscles"])
    write_csv.write(replace(mini, tables={**mini.tables, "muscles": notes}), tmp_path, None)
    assert {nasty} == {row["note"] for row in read(tmp_path / "muscles.csv")}


def test_an_empty_table_keeps_its_header(mini: Dataset, tmp_path: Path) -> None:
    write_csv.write(replace(mini, tables={**mini.tables, "withdrawn": ()}), tmp_path, None)
    assert (tmp_path / "withdrawn.csv").read_text("utf-8") == "id,on,why,replaced_by\n"


def test_the_same_data_give_the_same_bytes(files: Path, dataset: Dataset, tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    write_csv.write(dataset, again, None)
    for file in again.iterdir():
        assert (files / file.name).read_bytes() == file.read_bytes(), file.name
