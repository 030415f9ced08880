"""The published workbook holds exactly what the data set holds, explains itself, and its overview leads to the rows."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from backdata import schemas
from backdata.anatomy import overview
from backdata.exporters.excel import FILE, write_excel
from backdata.model import Dataset, Fact, Group, Muscle

TABLES = schemas.tables()


def export(dataset: Dataset, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    write_excel.write(dataset, folder, None)
    return folder / FILE


@pytest.fixture(scope="module")
def book(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Any:
    return openpyxl.load_workbook(export(dataset, tmp_path_factory.mktemp("excel")))


def column(book: Any, sheet: str, title: str) -> int:
    return next(int(cell.column) for cell in book[sheet][1] if cell.value == title)


def test_the_overview_comes_first_and_every_table_has_a_sheet(book: Any) -> None:
    assert ["Overview", "Notes", "README", *TABLES] == book.sheetnames


def test_tables_come_back_cell_by_cell(book: Any, dataset: Dataset) -> None:
    for name, table in TABLES.items():
        expected = [list(table.columns), *([row[column] for column in table.columns] for row in dataset.tables[name])]
        assert expected == [[cell.value for cell in row] for row in book[name].iter_rows()], name


def test_every_cell_is_text_and_none_a_formula(book: Any) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {("s", "@")} == {(cell.data_type, cell.number_format) for cell in cells}


def test_text_that_looks_like_a_formula_stays_text(mini: Dataset, tmp_path: Path) -> None:
    first, *others = mini.tables["sources"]
    tables = {**mini.tables, "sources": ({**first, "citation": "=1+1"}, *others)}
    book: Any = openpyxl.load_workbook(export(replace(mini, tables=tables), tmp_path))
    cell = book["sources"].cell(2, column(book, "sources", "citation"))
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_every_header_has_a_note_and_stands_still(book: Any) -> None:
    for name in ("Overview", *TABLES):
        assert all(cell.comment and cell.comment.text for cell in book[name][1]), name
        assert book[name].freeze_panes.endswith("2"), name
    for name, table in TABLES.items():
        last = book[name].cell(max(len(list(book[name].iter_rows())), 1), len(table.columns)).coordinate
        assert book[name].auto_filter.ref == f"A1:{last}"


def test_pages_print_in_landscape_as_wide_as_the_page(book: Any) -> None:
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"


def test_the_overview_prints_the_shared_rows(book: Any, dataset: Dataset) -> None:
    rows = overview.rows(dataset)
    assert book["Overview"].max_row == len(rows) + 1
    for place, row in enumerate(rows, 2):
        shown = {
            head.value: cell.value or ""
            for head, cell in zip(book["Overview"][1], book["Overview"][place], strict=True)
        }
        assert row.name.casefold() in shown["Muscle"].casefold()
        if row.kind == "group":
            continue
        assert row.origin == shown["Origin"]
        assert row.insertion == shown["Insertion"]
        assert row.function == shown["Function"]
        assert row.innervation == shown["Innervation"]
        assert row.blood_supply == shown.get("Blood supply", "")
        assert "\n".join(row.remarks) == shown["Remarks"]


def test_every_note_of_the_overview_stands_in_a_row_of_its_own(book: Any, dataset: Dataset) -> None:
    rows = overview.rows(dataset)
    shown = [tuple(cell.value for cell in row) for row in book["Notes"].iter_rows(min_row=2)]
    assert shown == [(row.name[:1].upper() + row.name[1:], note) for row in rows for note in row.notes]
    number = column(book, "Overview", "Notes")
    for place, row in enumerate(rows, 2):
        link = book["Overview"].cell(place, number).hyperlink
        assert (link is not None) == bool(row.notes)
        if link:
            first = link.location.rpartition("!A")[2]
            assert book["Notes"].cell(int(first), 2).value == row.notes[0]


def test_no_row_has_more_text_than_a_row_can_show(book: Any) -> None:
    """Excel cuts rows off at 409 points, and says nothing."""
    for sheet in ("Overview", "Notes", "README"):
        heights = [row.height for row in book[sheet].row_dimensions.values() if row.height]
        assert max(heights) < 409, sheet


def test_parts_are_indented(book: Any, dataset: Dataset) -> None:
    for place, row in enumerate(overview.rows(dataset), 2):
        if row.kind != "group":
            assert (row.kind == "part") == (book["Overview"].cell(place, 1).alignment.indent > 0)


def test_links_lead_to_the_row_of_the_muscle_and_to_its_facts(book: Any, dataset: Dataset) -> None:
    sheet = book["Overview"]
    for place, row in enumerate(overview.rows(dataset), 2):
        for title in ("muscles", "attachments", "actions", "innervations", "blood_supply"):
            link = sheet.cell(place, column(book, "Overview", title)).hyperlink
            if link is None:
                continue
            table, _, address = link.location.replace("'", "").partition("!")
            target = book[table][address].value
            if row.kind == "group" or title == "muscles":
                assert target == row.id
            else:
                assert target in {fact.row["muscle"] for fact in dataset.muscles[row.id].facts}
        assert sheet.cell(place, column(book, "Overview", "muscles")).hyperlink is not None


def test_the_readme_states_version_licence_citation_and_every_column(book: Any, dataset: Dataset) -> None:
    rows = [[cell.value for cell in row] for row in book["README"].iter_rows()]
    about = {row[0]: row[2] for row in rows if row[0] and not row[1]}
    assert dataset.version in about["Version"]
    assert "CC BY 4.0" in about["Licence"]
    assert dataset.version in about["How to cite"]
    named = {(row[0], row[1]) for row in rows}
    assert {(name, column) for name, table in TABLES.items() for column in table.columns} <= named


def test_the_same_data_give_the_same_bytes_and_no_present_time(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    first, second = export(dataset, tmp_path / "first"), export(dataset, tmp_path / "second")
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert b"1970-01-02T00:00:00Z" in archive.read("docProps/core.xml")
        assert all(entry.date_time[0] == 1980 for entry in archive.infolist())


def test_rows_grow_when_somebody_types_into_them(dataset: Dataset, tmp_path: Path) -> None:
    with zipfile.ZipFile(export(dataset, tmp_path)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b' ht="' in sheet
    assert b"customHeight" not in sheet


SOURCES = (
    {"id": "gray", "name": "Gray 1918", "citation": "Henry Gray, Anatomy of the Human Body", "year": "1918"},
    {"id": "wiki", "name": "English Wikipedia", "citation": "English Wikipedia (articles)", "year": None},
)


def fact(topic: str, item: int, text: str, reading: str = "preferred", at: str = "whole", **row: str) -> Fact:
    source = "gray" if reading == "preferred" else "wiki"
    return Fact(f"{at}.{topic}.{item}", topic, item, reading, text, at, source, (), row.get("page"), row)


def told(*facts: Fact, parts: tuple[str, ...] = (), **row: str) -> overview.OverviewRow:
    """The overview row of a muscle with these facts."""
    muscle = Muscle("whole", "whole", "M. totus", "deep", None, parts, None, facts, row)
    group = Group("deep", "deep muscles", None, ("deep",), ("posterior",), {"latin": None, "definition": "posture"})
    dataset = Dataset({"sources": SOURCES}, {"deep": group}, {"whole": muscle})
    band, line = overview.rows(dataset)
    assert (band.kind, band.name, band.innervation, band.notes) == (
        "group",
        "deep muscles",
        "posterior rami",
        ("posture",),
    )
    return line


def test_items_stand_on_lines_of_their_own() -> None:
    assert told(fact("origin", 1, "sacrum"), fact("origin", 2, "iliac crest")).origin == "sacrum\niliac crest"


def test_functions_are_told_by_side_then_by_what_moves() -> None:
    line = told(
        fact("action", 1, "head: rotation to its own side", side="unilateral", of="head"),
        fact("action", 2, "head: extension", side="bilateral", of="head"),
        fact("action", 3, "scapula: elevation", side="any", of="scapula"),
        fact("action", 4, "scapula: retraction", side="any", of="scapula"),
    )
    assert line.function.split("\n") == [
        "Scapula: elevation; retraction.",
        "Both sides: head: extension.",
        "One side: head: rotation to its own side.",
    ]


def test_what_another_source_says_instead_is_a_numbered_note() -> None:
    line = told(
        fact("origin", 1, "sacrum"), fact("origin", 1, "iliac crest", "alternative", page="7", note="one table")
    )
    assert line.origin == "sacrum [1]"
    assert line.notes == ("[1] Origin: iliac crest according to English Wikipedia, p. 7 (one table).",)


def test_what_another_source_adds_is_never_among_what_we_teach() -> None:
    line = told(fact("insertion", 1, "sacrum"), fact("insertion", 2, "skull", "addition"))
    assert line.insertion == "sacrum\nother sources: [1]"
    assert line.notes == ("[1] Insertion: also skull according to English Wikipedia.",)


def test_a_whole_leaves_to_its_parts_what_they_state() -> None:
    assert told(fact("origin", 1, "upper part: sacrum", at="upper"), parts=("upper",)).origin == "see its parts"


def test_the_same_remark_is_printed_once_and_remarks_on_the_muscle_come_last() -> None:
    line = told(
        fact("origin", 1, "sacrum", note="by a tendon"),
        fact("origin", 2, "skull", note="by a tendon"),
        constancy="inconstant",
        note="often doubled",
    )
    assert line.origin == "sacrum [1]\nskull [1]"
    assert line.notes == ("[1] Origin: by a tendon.",)
    assert line.remarks == ("Not always present.", "Often doubled.")


def test_sources_are_called_by_their_short_names() -> None:
    assert overview.source_names(Dataset({"sources": SOURCES}, {}, {})) == {
        "gray": "Gray 1918",
        "wiki": "English Wikipedia",
    }
