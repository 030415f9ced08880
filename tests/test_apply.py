"""Decisions of a reviewed workbook, carried out in a new one: what was reviewed, where it stands now, and nothing else."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from openpyxl.styles import PatternFill

from backdata import examples, validation
from backdata.cli import cli
from backdata.model import Edit, Report, edit
from backdata.report.workbook import workbook as reviewed
from backdata.workbooks import findings

TODAY = dt.date(2026, 11, 22)
TERM = edit("attachments", "rhomboid-minor.origin.2", structure="spinous proces")
SIDE = edit("actions", "rhomboid-minor.action.1", movement="retractoin")


class Desk:
    """A folder with the mini-atlas, its review, and what is made of it."""

    def __init__(self, folder: Path, *edits: Edit) -> None:
        self.folder = folder
        (folder / "given").mkdir()
        self.original = examples.write(folder / "given", edits) / "atlas.xlsx"
        self.reviewed = folder / "review" / "atlas.reviewed.xlsx"
        self.applied = self.reviewed.with_name("atlas.applied.xlsx")
        self.reviewed.parent.mkdir()

    def review(self) -> None:
        ((name, data),) = reviewed.render(validation.validate([self.original.parent], TODAY).report).items()
        assert name == self.reviewed.name
        self.reviewed.write_bytes(data)

    def decide(self, value: str, **words: str) -> int:
        """Fill in the row of the finding about a value, as an editor does. Returns the row."""
        found = findings.read(self.reviewed.read_bytes())
        assert found is not None
        line = next(line for line in found.lines if line.value == value)
        book = openpyxl.load_workbook(self.reviewed)
        places = {column.name: number for number, column in enumerate(findings.COLUMNS, 1)}
        for name, word in words.items():
            book["Findings"].cell(line.number, places[name]).value = word
        book.save(self.reviewed)
        return line.number

    def apply(self, *more: str) -> Result:
        return CliRunner().invoke(cli, ["apply", str(self.reviewed), *more], standalone_mode=False)

    def outcome(self) -> Report:
        """The report on the new workbook, judged alone."""
        place = self.folder / "outcome"
        place.mkdir()
        (place / "atlas.xlsx").write_bytes(self.applied.read_bytes())
        return validation.validate([place], TODAY).report


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    made = Desk(tmp_path_factory.mktemp("review"), TERM, SIDE)
    made.review()
    return made.reviewed.read_bytes()


@pytest.fixture
def desk(tmp_path: Path, review: bytes) -> Desk:
    made = Desk(tmp_path, TERM, SIDE)
    made.reviewed.write_bytes(review)
    return made


def cell_of(sheet: Any, value: object) -> Any:
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == value)


def test_from_faults_over_decisions_to_a_clean_workbook(desk: Desk) -> None:
    desk.decide("spinous proces", decision="accept")
    desk.decide("retractoin", decision=" Accept ", suggestion="retraction")
    result = desk.apply()
    assert result.return_value == 0, result.output
    assert "“spinous proces” is now “spinous-process”. (BD301)" in result.output
    assert "2 decisions carried out, 0 not." in result.output
    assert not desk.outcome().told


def test_the_new_workbook_has_no_trace_of_the_review(desk: Desk) -> None:
    book = openpyxl.load_workbook(desk.original)
    book["attachments"]["A2"].fill = PatternFill("solid", fgColor="00FF00")
    cell_of(book["attachments"], "spinous proces").fill = PatternFill("solid", fgColor="0000FF")
    book.save(desk.original)
    desk.review()
    assert desk.apply().return_value == 0
    before, after = openpyxl.load_workbook(desk.original), openpyxl.load_workbook(desk.applied)
    assert after.sheetnames == before.sheetnames
    with zipfile.ZipFile(desk.applied) as archive:
        assert not [name for name in archive.namelist() if "comments" in name or "vmlDrawing" in name]
    for sheet in before.worksheets:
        for place, cell in sheet._cells.items():
            same = after[sheet.title]._cells[place]
            assert (same.value, repr(same.fill), same.comment, same.hyperlink) == (
                cell.value,
                repr(cell.fill),
                None,
                None,
            )


def test_what_the_editor_types_over_the_suggestion_is_taken_as_text(desk: Desk) -> None:
    desk.decide("spinous proces", decision="accept", suggestion="'=1+1")
    book = openpyxl.load_workbook(desk.reviewed)
    cell_of(book["Findings"], "'=1+1").value = "=1+1"
    cell_of(book["Findings"], "=1+1").data_type = "s"
    book.save(desk.reviewed)
    assert desk.apply().return_value == 0
    cell = cell_of(openpyxl.load_workbook(desk.applied)["attachments"], "=1+1")
    assert (cell.data_type, cell.number_format) == ("s", "@")


def test_sorted_findings_and_sorted_rows_are_found_again(desk: Desk) -> None:
    desk.decide("spinous proces", decision="accept")
    book = openpyxl.load_workbook(desk.reviewed)
    sheet = book["attachments"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    rows = [row for row in rows if any(row)][::-1]
    sheet.delete_rows(2, sheet.max_row)
    sheet.append([None])
    for row in rows:
        sheet.append(row)
    decisions = book["Findings"]
    top = cell_of(decisions, "Decision").row
    lines = [[cell.value for cell in row] for row in decisions.iter_rows(min_row=top + 1)]
    for number, words in enumerate(lines[::-1], top + 1):
        for place, word in enumerate(words, 1):
            decisions.cell(number, place).value = word
    book.save(desk.reviewed)
    result = desk.apply()
    assert "“spinous proces” is now “spinous-process”" in result.output
    after = openpyxl.load_workbook(desk.applied)["attachments"]
    place = cell_of(sheet, "spinous proces").coordinate
    assert after[place].value == "spinous-process"


def test_a_cell_that_has_changed_since_is_left_alone_and_told(desk: Desk) -> None:
    row = desk.decide("spinous proces", decision="accept")
    book = openpyxl.load_workbook(desk.reviewed)
    cell_of(book["attachments"], "spinous proces").value = "lamina"
    book.save(desk.reviewed)
    result = desk.apply()
    assert result.return_value == 1
    assert f"(row {row} of Findings): The cell has changed since it was reviewed: “spinous proces” stood there, now “lamina”" in result.output  # fmt: skip
    assert cell_of(openpyxl.load_workbook(desk.applied)["attachments"], "lamina")


def test_a_row_that_is_gone_is_told(desk: Desk) -> None:
    desk.decide("spinous proces", decision="accept")
    book = openpyxl.load_workbook(desk.reviewed)
    book["attachments"].delete_rows(cell_of(book["attachments"], "spinous proces").row)
    book.save(desk.reviewed)
    result = desk.apply()
    assert result.return_value == 1
    assert "There is no row “rhomboid-minor.origin.2” with a column “structure” any more." in result.output


def test_a_misspelt_decision_is_told_with_the_one_that_was_meant(desk: Desk) -> None:
    desk.decide("spinous proces", decision="acept")
    result = desk.apply()
    assert result.return_value == 1
    assert "“acept” is no decision. Perhaps “accept” is meant." in result.output


def test_nothing_is_accepted_where_there_is_no_suggestion(desk: Desk) -> None:
    desk.decide("spinous proces", decision="accept", suggestion="")
    result = desk.apply()
    assert result.return_value == 1
    assert "There is no suggestion." in result.output


def test_a_granted_exception_becomes_a_row_and_silences_the_finding(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795305600")
    desk.decide("retractoin", decision="grant exception", reason="So it is spelt there.", source="ta2", by="Ann")
    desk.decide("spinous proces", decision="accept")
    assert desk.apply().return_value == 0
    sheet = openpyxl.load_workbook(desk.applied)["exceptions"]
    headers = [cell.value for cell in sheet[1]]
    row = {header: cell.value for header, cell in zip(headers, sheet[sheet.max_row], strict=True)}
    assert (row["rule"], row["row_id"], row["column"], row["value"]) == ("BD301", "rhomboid-minor.action.1", "movement", "retractoin")  # fmt: skip
    assert (row["reason"], row["source"], row["by"], row["granted"]) == ("So it is spelt there.", "ta2", "Ann", "2026-11-22")  # fmt: skip
    report = desk.outcome()
    assert ("BD301", "So it is spelt there.") in [(finding.code, finding.excepted) for finding in report.excepted]
    assert not [finding for finding in report.told if finding.code in ("BD301", "BD601")]


def test_an_exception_without_a_reason_or_a_source_is_refused_with_its_row(desk: Desk) -> None:
    row = desk.decide("retractoin", decision="grant exception", reason="So it is.")
    result = desk.apply()
    assert result.return_value == 1
    assert f"(row {row} of Findings): An exception needs a source." in result.output


def test_a_workbook_without_the_sheet_exceptions_gets_a_file_with_them_beside_it(tmp_path: Path) -> None:
    desk = Desk(tmp_path, TERM)
    book = openpyxl.load_workbook(desk.original)
    del book["exceptions"]
    book.save(desk.original)
    desk.review()
    desk.decide("spinous proces", decision="grant exception", reason="So it is.", source="ta2")
    result = desk.apply()
    assert result.return_value == 0
    beside = desk.applied.with_name("atlas.applied.exceptions.xlsx")
    assert f"{beside} written: move its rows into the sheet exceptions" in result.output
    assert openpyxl.load_workbook(beside)["exceptions"]["D2"].value == "spinous proces"


def test_two_rows_that_want_different_things_of_one_cell_are_told(desk: Desk) -> None:
    first = desk.decide("spinous proces", decision="accept")
    book = openpyxl.load_workbook(desk.reviewed)
    sheet = book["Findings"]
    for place in range(1, len(findings.COLUMNS) + 1):
        sheet.cell(40, place).value = sheet.cell(first, place).value
    sheet.cell(40, 8).value = "lamina"
    book.save(desk.reviewed)
    result = desk.apply()
    assert result.return_value == 1
    assert f"Row {first} of Findings puts something else into this cell: “spinous-process”." in result.output


def test_a_header_can_be_mended(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    book = openpyxl.load_workbook(desk.original)
    book["withdrawn"]["C1"] = "whyy"
    book.save(desk.original)
    desk.review()
    desk.decide("whyy", decision="accept")
    assert desk.apply().return_value == 0
    assert openpyxl.load_workbook(desk.applied)["withdrawn"]["C1"].value == "why"


def test_nothing_is_overwritten_unless_asked_and_the_reviewed_workbook_never(desk: Desk) -> None:
    import click

    before = desk.reviewed.read_bytes()
    desk.applied.write_bytes(b"mine")
    with pytest.raises(click.UsageError, match="is there already"):
        raise desk.apply().exception or AssertionError("it was overwritten")
    assert desk.applied.read_bytes() == b"mine"
    with pytest.raises(click.UsageError, match="is not written over"):
        raise desk.apply("--to", str(desk.reviewed), "--force").exception or AssertionError("it was overwritten")
    assert desk.apply("--force").return_value == 0
    assert openpyxl.load_workbook(io.BytesIO(desk.applied.read_bytes()))
    assert desk.reviewed.read_bytes() == before


def test_a_workbook_that_was_not_reviewed_is_told_how_to_get_one(desk: Desk) -> None:
    result = CliRunner().invoke(cli, ["apply", str(desk.original)])
    assert result.exit_code == 2
    assert "has no sheet “Findings” with decisions" in result.output
