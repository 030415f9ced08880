"""The editors' workbooks: text stays text, every header explains itself, drop-downs offer what the schemas allow."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from backdata import schemas, template
from backdata.model import Dataset
from backdata.schemas import TableSchema

TABLES = schemas.tables()
COLUMNS = [(table, column) for table in TABLES for column in TABLES[table].columns]


@pytest.fixture
def filled(mini: Dataset, tmp_path: Path) -> dict[str, Any]:
    return {path.name: openpyxl.load_workbook(path) for path in template.write(tmp_path, mini.tables)}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return {path.name: openpyxl.load_workbook(path) for path in template.write(tmp_path_factory.mktemp("empty"))}


def place(table: str, column: str) -> int:
    return list(TABLES[table].columns).index(column) + 1


def letters(sheet: Any, number: int) -> str:
    return str(sheet.cell(1, number).column_letter)


def help_for(workbook: Any, table: str, column: str) -> Any:
    sheet = workbook[table]
    below = f"{letters(sheet, place(table, column))}2"
    found = [help for help in sheet.data_validations.dataValidation if below in help.sqref]
    assert len(found) < 2
    return found[0] if found else None


def offered(workbook: Any, help: Any) -> list[str]:
    name, _, cells = str(help.formula1).partition("!")
    assert name == template.LISTS
    return [cell.value for (cell,) in workbook[name][cells.replace("$", "")]]


def test_a_sheet_for_every_table_in_the_order_of_the_workbook_and_the_lists_last(empty: dict[str, Any]) -> None:
    expected: dict[str, list[str]] = {}
    for table in TABLES.values():
        expected.setdefault(table.workbook, []).append(table.name)
    assert {name: [*sheets, "lists"] for name, sheets in expected.items()} == {
        name: workbook.sheetnames for name, workbook in empty.items()
    }


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_headers_are_the_columns_with_a_readable_note(empty: dict[str, Any], table: TableSchema) -> None:
    sheet = empty[table.workbook][table.name]
    assert list(table.columns) == [cell.value for cell in sheet[1]]
    for cell, column in zip(sheet[1], table.columns.values(), strict=True):
        assert cell.font.bold
        assert cell.comment.author == "backdata"
        assert column.description in cell.comment.text
        assert column.example in cell.comment.text
        assert ("Must be filled." in cell.comment.text) is not column.nullable


def test_notes_are_large_enough_to_be_read(tmp_path: Path) -> None:
    for path in template.write(tmp_path):
        with zipfile.ZipFile(path) as archive:
            shapes = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".vml")).decode()
        assert {"320"} == set(re.findall(r"width:([0-9]+)px", shapes))
        assert min(map(int, re.findall(r"height:([0-9]+)px", shapes))) >= 60


def test_columns_that_must_be_filled_look_different(empty: dict[str, Any]) -> None:
    looks: dict[bool, set[str]] = {True: set(), False: set()}
    for table, column in COLUMNS:
        cell = empty[TABLES[table].workbook][table].cell(1, place(table, column))
        looks[TABLES[table].columns[column].nullable].add(cell.fill.fgColor.rgb)
    assert [len(colours) for colours in looks.values()] == [1, 1]
    assert looks[True].isdisjoint(looks[False])


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_the_blank_rows_are_ready_to_be_typed_into(empty: dict[str, Any], table: TableSchema) -> None:
    sheet = empty[table.workbook][table.name]
    assert sheet.freeze_panes.endswith("2")
    assert sheet.auto_filter.ref == f"A1:{letters(sheet, len(table.columns))}{1 + template.SPARE_ROWS}"
    assert sheet.max_row == 1  # no thousands of styled cells: the columns carry the format
    for number in range(1, len(table.columns) + 1):
        dimension = sheet.column_dimensions[letters(sheet, number)]
        assert dimension.number_format == "@"
        assert dimension.alignment.vertical == "top"
        assert 8 <= dimension.width <= 60


def test_rows_come_back_as_text_cell_by_cell(filled: dict[str, Any], mini: Dataset) -> None:
    for name, table in TABLES.items():
        rows = list(filled[table.workbook][name].iter_rows(min_row=2))
        assert [[row[column] for column in table.columns] for row in mini.tables[name]] == [
            [cell.value for cell in row] for row in rows
        ]
        assert {"s", "n"} >= {cell.data_type for row in rows for cell in row}  # n: the blank ones
        assert {"@"} >= {cell.number_format for row in rows for cell in row}


@pytest.mark.parametrize(
    "text", ["=1+1", "=HYPERLINK(1)", "1-2", "007", "#N/A", "C7–T3 (T4)", "+4", "@x", "TRUE", "1e5"]
)
def test_whatever_the_text_looks_like_it_stays_text(tmp_path: Path, text: str) -> None:
    row = dict.fromkeys(TABLES["attachments"].columns, text)
    template.write(tmp_path, {"attachments": [row]})
    workbook: Any = openpyxl.load_workbook(tmp_path / "muscles.xlsx")
    for cell in workbook["attachments"][2]:
        assert (text, "s", "@") == (cell.value, cell.data_type, cell.number_format)


def test_drop_downs_offer_what_the_schema_allows(filled: dict[str, Any], mini: Dataset) -> None:
    for table, column in COLUMNS:
        check_help(filled, mini, table, column)


def check_help(filled: dict[str, Any], mini: Dataset, table: str, column: str) -> None:
    schema = TABLES[table].columns[column]
    workbook = filled[TABLES[table].workbook]
    help = help_for(workbook, table, column)
    referred = list(dict.fromkeys(row["id"] for name in schema.refers_to for row in mini.tables[name]))
    if schema.list:
        assert help is not None
        assert help.type is None
        assert help.prompt
        assert not help.formula1
    elif schema.allowed or referred:
        assert help is not None
        assert (list(schema.allowed) or referred) == offered(workbook, help)
        assert help.errorStyle in ("warning", "information")  # names and synonyms can still be typed
        assert f"{letters(workbook[table], place(table, column))}{template.SPARE_ROWS}" in help.sqref
        assert len(help.error) <= 225  # more is a broken file to Excel
    else:
        assert help is None


def test_without_any_terms_there_is_nothing_to_choose_but_closed_lists(empty: dict[str, Any]) -> None:
    assert help_for(empty["muscles.xlsx"], "attachments", "structure") is None
    assert help_for(empty["muscles.xlsx"], "attachments", "reading") is not None


def test_the_lists_say_that_they_are_generated(filled: dict[str, Any]) -> None:
    for workbook in filled.values():
        for cell in workbook["lists"][1]:
            assert "Generated; skipped" in cell.comment.text


def test_the_same_rows_give_the_same_bytes_and_no_present_time(
    mini: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    first = template.write(tmp_path / "first", mini.tables)
    second = template.write(tmp_path / "second", mini.tables)
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    for path in first:
        properties: Any = openpyxl.load_workbook(path).properties
        assert [f"{date:%Y-%m-%d}" for date in (properties.created, properties.modified)] == ["1970-01-02"] * 2


def test_an_empty_workbook_stays_small(empty: dict[str, Any], tmp_path: Path) -> None:
    assert all(path.stat().st_size < 100_000 for path in template.write(tmp_path))
