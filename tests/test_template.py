"""The editors' workbooks: text stays text, every header explains itself, drop-downs offer what the schemas allow."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.workbook.defined_name import DefinedName

from backdata import alerts, examples, registry, schemas, template, validation
from backdata.cli import cli
from backdata.model import Dataset, Edit, edit
from backdata.schemas import TableSchema
from backdata.workbooks.files import blank_workbook
from backdata.workbooks.formulas import FORMS, Place
from backdata.workbooks.marks import COLOURS
from backdata.workbooks.tables import write_table

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
            assert cell.value is None or "Generated; skipped" in cell.comment.text


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


CODES = [alert.code for alert in alerts.ALERTS if alert.code]
NAMED = re.compile(r'N\("(BD[0-9]{3}|tidied on reading)"\)=0')
Shown = dict[tuple[int, int], str]  # row, column → the colour of the cell


def test_every_form_that_a_column_asks_for_has_a_formula() -> None:
    wanted = {TABLES[table].columns[column].pattern for table, column in COLUMNS} - {""}
    assert wanted == set(FORMS), "add the pattern to backdata/workbooks/formulas.py, or take out the one no longer used"


def test_every_format_names_its_rule_and_has_the_colour_of_its_severity(filled: dict[str, Any]) -> None:
    severity = {alert.code or "tidied on reading": alert.severity for alert in alerts.ALERTS}
    found = set()
    for table in TABLES.values():
        for area, rules in formats(filled[table.workbook][table.name]):
            assert area.split(":")[0].endswith("2")
            for rule in rules:
                code = NAMED.findall(rule.formula[0])[0]
                found.add(code)
                assert rule.dxf.fill.bgColor.rgb[2:] == COLOURS[severity[code]]
    assert found == set(severity)


def test_formats_use_only_what_all_spreadsheet_programs_share(filled: dict[str, Any]) -> None:
    shared = {
        *("AND", "COUNTA", "EXACT", "FIND", "INT", "ISERROR", "ISLOGICAL", "ISNA", "ISNUMBER", "ISTEXT", "LEFT", "LEN"),
        *("LOWER", "MATCH", "MID", "N", "NOT", "OR", "RIGHT", "SEARCH", "SUBSTITUTE", "SUMPRODUCT", "TRIM"),
    }
    for table in TABLES.values():
        for _, rules in formats(filled[table.workbook][table.name]):
            for rule in rules:
                formula = re.sub(r'"(?:[^"]|"")*"', '""', rule.formula[0])
                assert set(re.findall(r"([A-Z]+)\(", formula)) <= shared
                assert not re.search(r"[{}!;]", formula)  # no lists in braces, no other sheet but by a name, commas
                assert len(rule.formula[0]) < 8_000  # more is a broken file to Excel


def test_the_worst_colour_is_seen(filled: dict[str, Any]) -> None:
    for table in TABLES.values():
        ranks = [
            (rule.priority, list(COLOURS.values()).index(rule.dxf.fill.bgColor.rgb[2:]))
            for _, rules in formats(filled[table.workbook][table.name])
            for rule in rules
        ]
        assert [rank for _, rank in sorted(ranks)] == sorted(rank for _, rank in ranks)


def test_headers_and_the_lists_say_what_the_colours_mean(empty: dict[str, Any]) -> None:
    note = empty["muscles.xlsx"]["attachments"].cell(1, place("attachments", "reading")).comment.text
    assert (
        "Red: empty (BD201); not a word of the list (BD204); the second preferred reading of its item (BD422)" in note
    )
    for workbook in empty.values():
        legend = [str(cell.value) for row in workbook["lists"].iter_rows() for cell in row if cell.value]
        assert all(any(alert.words == line for line in legend) for alert in alerts.ALERTS)


def test_what_is_not_carried_over_is_said(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    atlas = examples.write(tmp_path / "raw") / "atlas.xlsx"
    workbook: Any = openpyxl.load_workbook(atlas)
    workbook.create_sheet("Legend").append(["red", "to be looked up again"])
    workbook.create_sheet("lists").append(["ours"])
    workbook.save(atlas)
    done = CliRunner().invoke(cli, ["template", "--fill", str(tmp_path / "raw"), "--to", str(tmp_path / "new")])
    assert (done.exit_code, done.stderr) == (0, "Not carried over: atlas.xlsx › Legend (helper sheet, 2 cells).\n")


def test_legend_and_names_of_ranges_are_not_read_as_facts(mini: Dataset, tmp_path: Path) -> None:
    template.write(tmp_path, mini.tables)
    report = validation.validate([tmp_path]).report
    assert {row["problem"] for row in report.files} == {"none"}
    assert not report.changes


def formats(sheet: Any) -> Iterator[tuple[str, Any]]:
    for area in sheet.conditional_formatting:
        yield str(area.sqref), area.rules


office = pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice here to work formulas out")


@pytest.fixture(scope="module")
def coloured(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shown]:
    """What LibreOffice shows: the filled workbooks, and a sheet for the bad and one for the good example of every rule that
    has a format.
    """
    folder = tmp_path_factory.mktemp("coloured")
    filled = [path.stem for path in template.write(folder, dataset.tables)]
    workbook = blank_workbook()
    for code in CODES:
        rule = registry.rules()[code]
        for kind, edits in (("bad", rule.bad), ("good", rule.good)):
            add_sheet(workbook, f"{code}-{kind}", edits, folder)
    add_sheet(workbook, "spaces", (edit("muscles", "rhomboid-minor", note="two  spaces"),), folder)
    known = workbook.create_sheet("known")
    for row in examples.mini_atlas()["nerves"][1]:
        known.append([row["id"]])
    workbook.defined_names["known"] = DefinedName("known", attr_text="known!$A$1:$A$99")
    workbook.save(folder / "coloured.xlsx")
    return shown(folder, "coloured", *filled)


def add_sheet(workbook: Any, name: str, edits: tuple[Edit, ...], folder: Path) -> None:
    """The table that the edits change, with its formats, in which every code has a colour of its own."""
    table = TABLES[edits[0].table]
    atlas: Any = openpyxl.load_workbook(examples.write(folder, edits) / "atlas.xlsx")
    header, *rows = atlas[table.name].values
    sheet: Any = write_table(workbook, table, [], 0)
    sheet.title = name
    for number, row in enumerate(rows, 2):
        for column, value in zip(header, row, strict=True):
            sheet.cell(number, place(table.name, column)).value = value
            if value is True:  # in a column of text LibreOffice makes 1 of it
                sheet.column_dimensions[letters(sheet, place(table.name, column))].number_format = "General"
    last = len(rows) + 1
    alerts.dress(
        sheet, [Place(table, each, last, ("known",) * (each.name == "nerve")) for each in table.columns.values()]
    )
    for _, rules in formats(sheet):
        for each in rules:
            each.dxf.fill.bgColor.rgb = each.dxf.fill.fgColor.rgb = f"FF{colour_of(NAMED.findall(each.formula[0])[0])}"


def colour_of(code: str) -> str:
    return f"00{(CODES.index(code) if code in CODES else 99):02X}FF"


def shown(folder: Path, *names: str) -> dict[str, Shown]:
    """The coloured cells of every sheet, below its header."""
    command = ["soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", "html"]
    books = [str(folder / f"{name}.xlsx") for name in names]
    subprocess.run([*command, "--outdir", str(folder), *books], check=True, capture_output=True, timeout=600)
    pages = [Page(folder / f"{name}.html").sheets for name in names]
    return {sheet: cells for page in pages for sheet, cells in page.items()}


class Page(HTMLParser):
    """A workbook that LibreOffice has written as a web page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.sheets: dict[str, Shown] = {}
        self._sheet, self._row, self._column, self._named = "", 0, 0, False
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._named = tag == "em"
        if tag == "table":
            self._row = 0
        elif tag == "tr":
            self._row, self._column = self._row + 1, 0
        elif tag == "td":
            self._column += 1
            colour = dict(attrs).get("bgcolor")
            if colour and self._row > 1:
                self.sheets[self._sheet][self._row, self._column] = colour.lstrip("#").upper()

    def handle_data(self, data: str) -> None:
        if self._named:
            self._sheet, self._named = data, False
            self.sheets[data] = {}


@office
@pytest.mark.parametrize("code", CODES)
def test_libreoffice_colours_the_cell_that_the_rule_blames(
    code: str, coloured: dict[str, Shown], tmp_path: Path
) -> None:
    rule = registry.rules()[code]
    report = validation.validate([examples.write(tmp_path, rule.bad)]).report
    found = [each for each in report.told if each.code == code]
    expected = {(each.cell.row, place(each.cell.sheet, each.column)) for each in found}
    assert expected
    assert expected == {cell for cell, colour in coloured[f"{code}-bad"].items() if colour == colour_of(code)}


@office
@pytest.mark.parametrize("code", sorted(set(CODES) - {"BD301"}))  # only the rule knows names and synonyms
def test_libreoffice_leaves_the_good_example_alone(code: str, coloured: dict[str, Shown]) -> None:
    assert colour_of(code) not in coloured[f"{code}-good"].values()


@office
def test_libreoffice_shows_spaces_that_nobody_sees(coloured: dict[str, Shown]) -> None:
    assert set(coloured["spaces"].values()) == {colour_of("spaces")}
    assert [column for _, column in coloured["spaces"]] == [place("muscles", "note")]


@office
def test_the_filled_workbooks_show_no_colour(coloured: dict[str, Shown]) -> None:
    assert {name: coloured[name] for name in TABLES} == {name: {} for name in TABLES}
