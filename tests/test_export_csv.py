"""The CSV files hold exactly what the data set holds, and any reader gets the same cells out of them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from backdata import schemas, tabular
from backdata.anatomy import overview
from backdata.exporters.csv import write_csv
from backdata.model import FACT_TABLES, TABLE_OF, Dataset

FACT_COLUMNS, OVERVIEW_COLUMNS = (list(tabular.tables()[name].columns) for name in (tabular.FACTS, tabular.OVERVIEW))


@pytest.fixture(scope="module")
def files(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("csv")
    write_csv.write(dataset, folder, None)
    return folder


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
    expected = [{column: published(name, column, row[column]) for column in columns} for row in dataset.tables[name]]
    assert expected == [{column: row[column] for column in columns} for row in read(files / f"{name}.csv")]


def published(table: str, column: str, text: str | None) -> str:
    """A cell as it is published: as it was typed, but for the two kinds that readers would take for something else."""
    if text and column == "page":
        return f"pp. {text}" if "–" in text else f"p. {text}"
    if text and schemas.tables()[table].columns[column].allowed == ("yes", "no"):
        return {"yes": "true", "no": "false"}[text]
    return text or ""


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
            table = TABLE_OF[fact.topic]
            assert published(table, column, fact.row[column]) == row[column], (fact.id, column)


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


# --- what readers make of them without options -------------------------------------------------------------------------

NAMES = sorted(tabular.tables())
WHOLE = re.compile(r"-?[0-9]+")
LOGICAL = {"T", "F", "TRUE", "FALSE", "true", "false", "True", "False"}
NUMBER = re.compile(r"[-+]?(?:[0-9]+[.]?[0-9]*|[.][0-9]+)(?:[eEdD][-+]?[0-9]+)?|0[xX][0-9a-fA-F]+|[-+]?(?:Inf|inf|NaN)")
GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:[.][0-9]+)?")
DAY = re.compile(r"[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}")
TIME = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9.]+)?(?: ?[AaPp][Mm])?")

Guess = Callable[[Path], dict[str, str]]


def as_pandas(file: Path) -> dict[str, str]:
    import pandas

    def kind(column: Any) -> str:
        known = column.dropna()
        if not len(known):
            return "nothing"
        if column.dtype == "float64":  # without options pandas has no whole numbers beside blanks
            return "integer" if len(known) < len(column) and (known == known.astype("int64")).all() else "number"
        if column.dtype == "object":  # truth values beside blanks
            return "boolean" if set(known) <= {True, False} else "mixed"
        return {"int64": "integer", "bool": "boolean", "str": "string"}.get(str(column.dtype), str(column.dtype))

    table = pandas.read_csv(file)
    assert len(table) == len(read(file))
    return {name: kind(table[name]) for name in table.columns}


def as_polars(file: Path) -> dict[str, str]:
    import polars

    table = polars.read_csv(file)
    assert len(table) == len(read(file))
    kinds = {"Int64": "integer", "Boolean": "boolean", "String": "string"}
    return {name: kinds.get(str(kind), str(kind)) for name, kind in table.schema.items()}


def as_duckdb(file: Path) -> dict[str, str]:
    import duckdb

    table = duckdb.read_csv(str(file))
    assert len(table) == len(read(file))
    kinds = {"BIGINT": "integer", "BOOLEAN": "boolean", "VARCHAR": "string", "DATE": "date"}
    return {name: kinds.get(str(kind), str(kind)) for name, kind in zip(table.columns, table.types, strict=True)}


def as_r(file: Path) -> dict[str, str]:
    """``read.csv`` looks at all rows, ``readr`` at the first thousand: both must come to the same."""
    rows = read(file)
    columns = {name: [row[name] for row in rows] for name in header(file)}
    told = {name: guessed(cells) for name, cells in columns.items()}
    for name, cells in columns.items():
        assert guessed(cells[:1000]) == told[name], name
    return told


def guessed(cells: Sequence[str]) -> str:
    """What R takes a column for."""
    known = [cell for cell in cells if cell not in ("", "NA")]
    if not known:
        return "nothing"
    forms = (("integer", WHOLE), ("number", NUMBER), ("number", GROUPED), ("date", DAY), ("time", TIME))
    if set(known) <= LOGICAL:
        return "boolean"
    return next((kind for kind, form in forms if all(form.fullmatch(cell) for cell in known)), "string")


@pytest.mark.parametrize("reader", [as_pandas, as_polars, as_duckdb, as_r])
@pytest.mark.parametrize("name", NAMES)
def test_a_reader_without_options_gets_the_right_types(files: Path, name: str, reader: Guess) -> None:
    file = files / f"{name}.csv"
    filled = {column for row in read(file) for column, cell in row.items() if cell}
    for column, kind in reader(file).items():
        if column not in filled:
            continue  # a column without a single value has no type in CSV
        right = tabular.type_of(tabular.tables()[name].columns[column])
        allowed = {"list": {"string"}, "date": {"date", "string"}}.get(right, {right})
        assert kind in allowed, f"{name}.{column} is {kind}"


def test_no_cell_is_a_word_that_readers_take_for_a_missing_value(files: Path) -> None:
    from pandas._libs.parsers import STR_NA_VALUES

    taken = {*STR_NA_VALUES, "NA"} - {""}
    for file in sorted(files.iterdir()):
        assert [cell for row in read(file) for cell in row.values() if cell in taken] == [], file.name


def test_the_guesses_of_this_test_are_those_of_r() -> None:
    for cells, kind in (
        (["1", "2", ""], "integer"), (["1", "2.5"], "number"), (["1,000"], "number"), (["T", "F", "NA"], "boolean"),
        (["T", "T1"], "string"), (["402", "525–540"], "string"), (["2026-11-22"], "date"), (["", "NA"], "nothing"),
        (["p. 402"], "string"), (["NaN"], "number"), (["12:30"], "time"),
    ):  # fmt: skip
        assert guessed(cells) == kind, cells


def test_pages_read_as_they_are_cited(files: Path) -> None:
    pages = {row["page"] for row in read(files / "muscle_facts.csv")} - {""}
    assert {page for page in pages if page.startswith("pp. ") and "–" in page}
    assert all(re.fullmatch(r"p[.] [0-9]+|pp[.] [0-9]+–[0-9]+", page) for page in pages)


def test_the_same_data_give_the_same_bytes(files: Path, dataset: Dataset, tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    write_csv.write(dataset, again, None)
    for file in again.iterdir():
        assert (files / file.name).read_bytes() == file.read_bytes(), file.name
