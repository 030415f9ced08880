"""Editorial and publication rules, and root causes at intake: one fault gives one finding, at the cell where it stands."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

import openpyxl
import pytest

from backdata import examples, schemas, validation
from backdata.intake.letters import strange
from backdata.model import Edit, Finding, Report, add, drop, edit, published
from backdata.validation import Validation

TODAY = dt.date(2026, 11, 22)
Judge = Callable[[Iterable[Edit]], Report]
FACTS = ("attachments", "actions", "innervations", "blood_supply", "vessel_links", "territories")


def told(report: Report) -> list[tuple[str, str]]:
    """Code and address of the findings that no exception silences."""
    return [(finding.code, finding.cell.address) for finding in report.findings if finding.excepted is None]


def the_one(report: Report) -> Finding:
    (finding,) = (finding for finding in report.findings if finding.excepted is None)
    return finding


# --- letters ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("planted", "address", "mended"),
    [
        (edit("attachments", "rhomboid-minor.origin.2", levels="С7–T1"), "E17", "C7–T1"),
        (edit("attachments", "rhomboid-minor.origin.2", muscle="rhomboid-minоr"), "A17", "rhomboid-minor"),
        (edit("structures", "nuchal-ligament", id="nuchal-ligamеnt"), "A6", "nuchal-ligament"),
        (edit("attachments", "rhomboid-minor.origin.2", structure="sp1nous process"), "D17", "spinous process"),
        (edit("attachments", "rhomboid-minor.origin.2", note="ＡＢＣ of it"), "M17", "ABC of it"),
    ],
)  # fmt: skip
def test_a_look_alike_letter_is_one_finding_and_breaks_nothing_else(
    planted: Edit, address: str, mended: str, judge: Judge
) -> None:
    finding = the_one(judge([planted]))
    assert ("BD611", address, mended) == (finding.code, finding.cell.address, finding.proposal)


def test_the_message_names_the_letter_and_its_place() -> None:
    found = strange("spіnous", strict=False)
    assert found is not None
    assert "“і” is the Cyrillic letter U+0456 in place of the Latin “i”" in found.why


@pytest.mark.parametrize(
    "text", ["Анатомия человека", "α-motoneurons", "Müller, Häß and Šimić", "where? There", "T1 – “x”"]
)
def test_foreign_words_and_accents_are_not_strange(text: str) -> None:
    assert strange(text, strict=False) is None


def test_a_lost_accent_is_put_back_where_the_word_is_known(judge: Judge) -> None:
    finding = the_one(judge([edit("sources", "wheeless", citation="f?r Studierende")]))
    assert (finding.code, finding.cell.address, finding.proposal) == ("BD612", "C14", "für Studierende")


def test_text_read_in_the_wrong_encoding_is_read_as_it_was(judge: Judge) -> None:
    finding = the_one(judge([edit("attachments", "rhomboid-minor.origin.2", levels="C7â€“T1")]))
    assert (finding.code, finding.cell.address, finding.proposal, finding.value) == ("BD613", "E17", "C7–T1", "C7â€“T1")


# --- cells --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", "=+-@")
def test_text_that_starts_like_a_formula_is_one_finding(sign: str, tmp_path: Path) -> None:
    folder = as_csv(tmp_path, [edit("attachments", "rhomboid-minor.origin.2", levels=f"{sign}C7")])
    finding = the_one(validation.validate([folder], TODAY).report)
    assert ("BD216", "17:5", f"{sign}C7") == (finding.code, finding.cell.address, finding.value)


def test_the_apostrophe_that_marks_text_is_no_part_of_it(judge: Judge) -> None:
    assert told(judge([edit("attachments", "rhomboid-minor.origin.2", levels="'C7–T1")])) == []


@pytest.mark.parametrize(
    ("changes", "code", "value"),
    [
        ({"item": 1.5}, "BD212", "1.5"),
        ({"page": dt.date(2026, 5, 4)}, "BD211", "2026-05-04"),
        ({"levels": 0.52}, "BD212", "0.52"),
        ({"structure": True}, "BD215", "TRUE"),
    ],
)
def test_an_odd_cell_is_one_finding_that_shows_what_stands_there(
    changes: dict[str, object], code: str, value: str, judge: Judge
) -> None:
    finding = the_one(judge([edit("attachments", "rhomboid-minor.insertion.1", **changes)]))
    assert (code, value) == (finding.code, finding.value)


def test_a_real_date_is_a_day_where_days_belong(judge: Judge) -> None:
    assert told(judge([edit("exceptions", "BD503 *", expires=dt.date(2999, 12, 31))])) == []


# --- rows that slipped --------------------------------------------------------------------------------------------------

ROW = ["rhomboid-minor", "origin", "2", "spinous-process", "C7–T1", "", "", "preferred", "gray-1918", "", "wikipedia; brainscape",
       "", ""]  # fmt: skip


@pytest.mark.parametrize("start", [0, 1, 2, 3, 4, 7, 8, 10])
def test_a_row_that_slipped_to_the_right_is_one_finding(start: int, tmp_path: Path) -> None:
    report = with_row(tmp_path, [*ROW[:start], "", *ROW[start:]])
    assert [(code, int(address.split(":")[0])) for code, address in told(report)] == [("BD621", 17)]


@pytest.mark.parametrize("start", [1, 3, 4, 5, 7, 8])
def test_a_row_that_slipped_to_the_left_is_one_finding(start: int, tmp_path: Path) -> None:
    report = with_row(tmp_path, [*ROW[:start], *ROW[start + 1 :], ""])
    assert [(code, int(address.split(":")[0])) for code, address in told(report)] == [("BD621", 17)]


def test_a_value_pushed_out_of_the_table_is_told_where_it_stands(tmp_path: Path) -> None:
    assert told(with_row(tmp_path, [*ROW, "as a remark"])) == [("BD621", "17:14")]


def test_the_first_row_is_no_hint_because_it_slipped(tmp_path: Path) -> None:
    folder = as_csv(tmp_path, ())
    lines = (folder / "attachments.csv").read_text("utf-8").splitlines()
    (folder / "attachments.csv").write_text("\n".join([lines[0], "," + lines[1], *lines[2:]]), "utf-8")
    assert [code for code, _ in told(validation.validate([folder], TODAY).report)] == ["BD621"]


def test_two_faults_in_a_row_are_no_slip(judge: Judge) -> None:
    planted = edit("attachments", "rhomboid-minor.origin.2", structure="spinous proces", source="grey-1918")
    assert told(judge([planted])) == [("BD301", "D17"), ("BD301", "I17")]


# --- names and prose ----------------------------------------------------------------------------------------------------


def test_a_name_of_two_terms_is_told_once_wherever_the_rows_stand(judge: Judge) -> None:
    finding = the_one(judge([edit("vessels", "deep-cervical-artery", synonyms="A. occipitalis")]))
    assert (finding.code, finding.row_id, finding.column) == ("BD306", "deep-cervical-artery", "synonyms")
    assert "occipital artery" in finding.message


def test_an_ambiguous_name_says_who_may_be_meant(judge: Judge) -> None:
    planted = [
        edit("nerves", "accessory-nerve", synonyms="the nerve"),
        edit("nerves", "subcostal-nerve", synonyms="the nerve"),
        edit("innervations", "rhomboid-minor.innervation.1", nerve="the nerve"),
    ]
    (clear,) = (finding for finding in judge(planted).findings if finding.code == "BD307")
    assert "accessory nerve or subcostal nerve" in clear.message
    assert clear.cell.address == "C5"


@pytest.mark.parametrize(
    "part",
    ["T1–T4", "of the third thoracic vertebra", "ribs 9–12", "usually the tip", "tip or base", "according to Gray"],
)
def test_prose_that_hides_a_fact_is_found(part: str, judge: Judge) -> None:
    assert told(judge([edit("attachments", "rhomboid-minor.origin.3", part=part)])) == [("BD614", "F18")]


@pytest.mark.parametrize("note", ["usually", "(sometimes present)"])
def test_a_note_that_only_says_how_often_belongs_elsewhere(note: str, judge: Judge) -> None:
    assert told(judge([edit("attachments", "rhomboid-minor.origin.3", note=note)])) == [("BD614", "M18")]


# --- publication --------------------------------------------------------------------------------------------------------


def test_a_pasted_value_stands_out_against_what_was_published(judge: Judge) -> None:
    planted = edit("innervations", "rhomboid-minor.innervation.1", nerve="subcostal-nerve", segments=None)
    (finding,) = (finding for finding in judge([published(), planted]).findings if finding.code == "BD704")
    assert finding.cell.address == "C5"
    assert "it read “dorsal scapular nerve" in finding.message
    assert "now it reads “subcostal nerve" in finding.message


def test_a_sorted_sheet_is_no_change(tmp_path: Path) -> None:
    folder = as_csv(tmp_path, [published()])
    for name in FACTS:
        header, *lines = (folder / f"{name}.csv").read_text("utf-8").splitlines()
        (folder / f"{name}.csv").write_text("\n".join([header, *sorted(lines)]), "utf-8")
    assert told(validation.validate([folder], TODAY).report) == []


def test_a_vanished_fact_is_told_by_the_id_that_the_sheet_withdrawn_takes(judge: Judge) -> None:
    gone = [published(), drop("attachments", "rhomboid-minor.origin.3")]
    finding = the_one(judge(gone))
    assert (finding.code, finding.row_id) == ("BD701", "rhomboid-minor.origin.3")
    assert "rhomboid-minor.origin.3" in finding.fix


@pytest.mark.parametrize("table", ["attachments", "sources", "structures", "blood_supply"])
def test_a_third_of_a_sheet_gone_is_one_finding(table: str, tmp_path: Path) -> None:
    folder = as_csv(tmp_path, [published()])
    lines = (folder / f"{table}.csv").read_text("utf-8").splitlines()
    (folder / f"{table}.csv").write_text("\n".join(lines[: len(lines) * 2 // 3]), "utf-8")
    finding = the_one(validation.validate([folder], TODAY).report)
    assert ("BD703", f"{table}.csv") == (finding.code, finding.cell.file)


def test_a_row_given_twice_is_one_finding(judge: Judge) -> None:
    assert told(judge([add("muscles", "rhomboid-minor")])) == [("BD202", "A7")]


# --- sheets -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["attachments", "muscles", "sources", "withdrawn"])
def test_a_renamed_sheet_is_one_finding(table: str, tmp_path: Path) -> None:
    finding = the_one(validation.validate([renamed(tmp_path, table)], TODAY).report)
    assert (finding.code, finding.cell.sheet) == ("BD116", "Sheet 7")
    assert f"“{table}”" in finding.message


@pytest.mark.parametrize(
    "name", ["muscles.xlsx", "muscles (1).xlsx", "Copy of muscles.xlsx", "muscles.reviewed.xlsx", "mine.xlsx"]
)
def test_a_sheet_deleted_from_a_workbook_given_alone_is_missed(name: str, checked: Validation, tmp_path: Path) -> None:
    book = workbook(checked, "muscles.xlsx")
    del book["actions"]
    book.save(tmp_path / name)
    assert ("BD102", "actions") in missing(validation.validate([tmp_path / name], TODAY).report)


def test_an_extract_of_two_sheets_is_complete(checked: Validation, tmp_path: Path) -> None:
    book = workbook(checked, "muscles.xlsx")
    for sheet in book.sheetnames:
        if sheet not in ("attachments", "actions"):
            del book[sheet]
    book.save(tmp_path / "extract.xlsx")
    assert missing(validation.validate([tmp_path / "extract.xlsx"], TODAY).report) == []


def test_a_file_is_named_as_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "atlas.xlsx").write_bytes(b"no workbook")
    finding = the_one(validation.validate([tmp_path], TODAY).report)
    assert "atlas.xlsx" in finding.message


# --- the whole data set -------------------------------------------------------------------------------------------------


def test_nothing_editorial_is_found_in_the_data_set(checked: Validation) -> None:
    found = [
        (finding.code, str(finding.cell), finding.message)
        for finding in checked.report.findings
        if finding.code[:4] in ("BD30", "BD61", "BD62", "BD21")
    ]
    assert found == []
    assert list(checked.intake.odd_cells) == []


# --- files --------------------------------------------------------------------------------------------------------------


def as_csv(folder: Path, edits: Iterable[Edit]) -> Path:
    """The mini-atlas with edits, one CSV file per sheet."""
    book = openpyxl.load_workbook(examples.write(folder, edits) / "atlas.xlsx")
    for sheet in book.worksheets:
        with (folder / f"{sheet.title}.csv").open("w", encoding="utf-8", newline="") as file:
            rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
            csv.writer(file).writerows(rows)
    (folder / "atlas.xlsx").unlink()
    return folder


def with_row(folder: Path, row: list[str]) -> Report:
    """A check of the mini-atlas with one row of the attachments written otherwise."""
    path = as_csv(folder, ()) / "attachments.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[16] == ROW
    rows[16] = row
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return validation.validate([folder], TODAY).report


def renamed(folder: Path, table: str) -> Path:
    book = openpyxl.load_workbook(examples.write(folder) / "atlas.xlsx")
    book[table].title = "Sheet 7"
    book.save(folder / "atlas.xlsx")
    return folder


def workbook(checked: Validation, name: str) -> openpyxl.Workbook:
    """One of the workbooks of the data set, as plain cells."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for table, schema in schemas.tables().items():
        if schema.workbook == name:
            sheet = book.create_sheet(table)
            sheet.append(list(schema.columns))
            for row in checked.intake.tables[table].rows:
                sheet.append([row.get(column) for column in schema.columns])
    return book


def missing(report: Report) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.value) for finding in report.findings if finding.code in ("BD102", "BD104", "BD116")]
