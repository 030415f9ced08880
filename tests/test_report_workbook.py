"""The reviewed workbook: the editor's own, with colours, notes and a sheet to decide on, and nothing of it lost."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from backdata import examples, validation
from backdata.cli import cli
from backdata.model import Report, edit
from backdata.report.workbook import workbook as reviewed
from backdata.workbooks import findings
from backdata.workbooks.copy import Copy, Uncopyable
from backdata.workbooks.marks import COLOURS

TODAY = dt.date(2026, 11, 22)
TERM = edit("attachments", "rhomboid-minor.origin.2", structure="spinous proces")
DAY = dt.datetime(2026, 5, 4)  # noqa: DTZ001 - as a spreadsheet keeps it
DATE = edit("attachments", "rhomboid-minor.insertion.1", page=dt.date(2026, 5, 4))
PICTURE = b"\x89PNG not really, but nobody looks into it"


@pytest.fixture(scope="module")
def dressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The mini-atlas with faults, dressed up as editors dress their workbooks."""
    file = examples.write(tmp_path_factory.mktemp("dressed"), [TERM, DATE]) / "atlas.xlsx"
    book = openpyxl.load_workbook(file)
    sheet = book["attachments"]
    guilty = cell_of(sheet, "spinous proces")
    guilty.fill = PatternFill("solid", fgColor="00FF00")
    guilty.comment = Comment("Ask Ann.", "Ben")
    guilty.hyperlink = "https://example.org/"
    sheet["A1"].comment = Comment("Whose muscle?", "Ann")
    sheet["A1"].font = Font(name="Courier New", bold=True, color="FFFFFF")
    sheet.auto_filter.ref = sheet.dimensions
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.protection.sheet = True
    red: Any = CellIsRule("equal", ['"x"'], fill=PatternFill("solid", bgColor="FFC7CE"))  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add("A2:A9", red)
    choice = DataValidation(
        type="list", formula1='"origin,insertion"', prompt="one\nor the other", showInputMessage=True
    )
    choice.add("B2:B9")
    sheet.add_data_validation(choice)
    sheet["Z50"] = "=SUM(1,2)"
    legend = book.create_sheet("legend")
    legend["A1"] = "colours"
    legend.merge_cells("A1:C3")
    legend.sheet_state = "hidden"
    book.defined_names.add(openpyxl.workbook.defined_name.DefinedName("mine", attr_text="legend!$A$1"))
    book.save(file)
    return with_picture(file)


@pytest.fixture(scope="module")
def report(dressed: Path) -> Report:
    return report_on(dressed)


@pytest.fixture(scope="module")
def sent_back(report: Report) -> bytes:
    """Its review."""
    (data,) = reviewed.render(report).values()
    return bytes(data)


@pytest.fixture
def atlas(dressed: Path, tmp_path: Path) -> Path:
    """The same workbook, to be changed."""
    return Path(shutil.copy(dressed, tmp_path / "atlas.xlsx"))


def with_picture(file: Path) -> Path:
    """Add parts that no library for spreadsheets carries over, and the value of the formula."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/media/image9.png"] = PICTURE
    parts["xl/vbaProject.bin"] = b"macros"
    name = next(name for name, data in parts.items() if b"<f>SUM(1,2)</f>" in data)
    parts[name] = re.sub(rb"<f>SUM\(1,2\)</f><v */?>(</v>)?", b"<f>SUM(1,2)</f><v>3</v>", parts[name])
    with zipfile.ZipFile(file, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return file


def cell_of(sheet: Any, value: object) -> Any:
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == value)


def report_on(path: Path) -> Report:
    """The report on a folder, or on the one that a workbook lies in: a folder is judged as a whole, by itself."""
    return validation.validate([path.parent if path.suffix.startswith(".xls") else path], TODAY).report


def review(path: Path) -> bytes:
    (data,) = reviewed.render(report_on(path)).values()
    return bytes(data)


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def rows_of(data: bytes) -> list[findings.Line]:
    found = findings.read(data)
    assert found is not None
    return list(found.lines)


def told(report: Report) -> list[tuple[Any, ...]]:
    """Findings without the name of the file."""
    return sorted(
        (f.code, f.cell.sheet, f.cell.address, f.column, f.value, f.message, f.fingerprint) for f in report.told
    )


def looks(book: Any) -> dict[Any, Any]:
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.number_format, repr(cell.fill), repr(cell.font), repr(cell.border),
                       cell.comment.text if cell.comment else None, cell.hyperlink.target or cell.hyperlink.location if cell.hyperlink else None)
        for sheet in book.worksheets
        for cell in sheet._cells.values()
    }  # fmt: skip


def test_a_guilty_cell_is_coloured_by_its_severity_and_has_a_note_that_says_what_and_how(sent_back: bytes) -> None:
    cell = cell_of(opened(sent_back)["attachments"], DAY)
    assert cell.fill.fgColor.rgb[2:7] == COLOURS["error"][:5]
    assert "The spreadsheet has made a date of this cell" in cell.comment.text
    assert "Format the cell as Text" in cell.comment.text
    assert "BD211" in cell.comment.text


def test_a_note_that_is_there_already_stays_and_ours_stands_below_it(sent_back: bytes) -> None:
    cell = cell_of(opened(sent_back)["attachments"], "spinous proces")
    assert cell.comment.text.startswith("Ask Ann.")
    assert "is not known in the sheet structures" in cell.comment.text
    assert cell.comment.author == "Ben"
    with zipfile.ZipFile(io.BytesIO(sent_back)) as archive:
        boxes = next(
            archive.read(name).decode() for name in archive.namelist() if "legacyDrawing" in name or ".vml" in name
        )
    assert max(map(float, re.findall(r"height:([0-9.]+)px", boxes))) > Comment("Ask Ann.", "Ben").height


def test_rows_lead_to_their_cells_and_cells_back_to_their_rows(sent_back: bytes) -> None:
    book = opened(sent_back)
    sheet = book.worksheets[0]
    assert sheet.title == "Findings"
    row = cell_of(sheet, "BD211").row
    address = sheet.cell(row, 4)
    assert address.hyperlink.location == f"'attachments'!{address.value}"
    guilty = book["attachments"][address.value]
    assert guilty.value == DAY
    assert guilty.hyperlink.location == f"'Findings'!A{row}"


def test_a_blank_cell_gets_no_link_because_some_readers_would_take_it_for_its_text(tmp_path: Path) -> None:
    file = examples.write(tmp_path, [edit("attachments", "rhomboid-minor.origin.2", structure=None)]) / "atlas.xlsx"
    data = review(file)
    line = next(line for line in rows_of(data) if line.column == "structure")
    assert line.value == ""
    cell = opened(data)["attachments"][line.address]
    assert (cell.value, cell.hyperlink) == (None, None)
    assert cell.comment.text


def test_a_link_that_the_editor_has_in_a_guilty_cell_stays(sent_back: bytes) -> None:
    assert cell_of(opened(sent_back)["attachments"], "spinous proces").hyperlink.target == "https://example.org/"


def test_the_decision_is_a_drop_down_and_the_suggestion_the_whole_cell(sent_back: bytes) -> None:
    sheet = opened(sent_back).worksheets[0]
    (help,) = sheet.data_validations.dataValidation
    assert help.formula1 == '"accept,grant exception,not now"'
    line = next(line for line in rows_of(sent_back) if line.value == "spinous proces")
    assert f"A{line.number}" in help.sqref
    assert line.suggestion == "spinous-process"
    assert (line.row_id, line.column) == ("rhomboid-minor.origin.2", "structure")


def test_nothing_of_the_workbook_is_lost(dressed: Path, sent_back: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(sent_back)) as after:
        assert after.read("xl/media/image9.png") == PICTURE
        assert after.read("xl/vbaProject.bin") == b"macros"
    before, book = openpyxl.load_workbook(dressed), opened(sent_back)
    assert book.sheetnames == ["Findings", *before.sheetnames]
    sheet, same = book["attachments"], before["attachments"]
    assert (sheet.auto_filter.ref, sheet.freeze_panes, sheet.protection.sheet) == (same.auto_filter.ref, "B2", True)
    assert [str(each.sqref) for each in sheet.conditional_formatting] == ["A2:A9"]
    assert [each.prompt for each in sheet.data_validations.dataValidation] == ["one\nor the other"]
    assert sheet["A1"].comment.text == "Whose muscle?"
    assert str(book["legend"].merged_cells) == "A1:C3"
    assert book["legend"].sheet_state == "hidden"
    assert book.defined_names["mine"].attr_text == "legend!$A$1"
    assert (sheet.print_title_rows, book["muscles"].print_title_rows) == ("$1:$1", None)
    was, now = looks(before), looks(book)
    changed = {place for place, look in was.items() if now[place] != look}
    told = {(line.sheet, line.address) for line in rows_of(sent_back) if line.severity != "excepted"}
    assert changed == told & was.keys()
    assert len(changed) > 1


def test_only_findings_is_selected_so_that_typing_does_not_go_into_two_sheets(sent_back: bytes) -> None:
    book = opened(sent_back)
    assert [sheet.title for sheet in book.worksheets if sheet.sheet_view.tabSelected] == ["Findings"]
    assert book.active.title == "Findings"


def test_the_reviewed_workbook_has_the_same_findings_as_the_original(
    report: Report, sent_back: bytes, tmp_path: Path
) -> None:
    again = tmp_path / "again"
    again.mkdir()
    (again / "atlas.xlsx").write_bytes(sent_back)
    assert {finding.code for finding in report.told} >= {"BD211", "BD301"}
    assert told(report_on(again / "atlas.xlsx")) == told(report)


def test_the_original_is_not_touched(dressed: Path, report: Report) -> None:
    before = hashlib.sha256(dressed.read_bytes()).digest()
    reviewed.render(report)
    assert hashlib.sha256(dressed.read_bytes()).digest() == before


def test_the_same_findings_give_the_same_bytes(report: Report, sent_back: bytes) -> None:
    assert list(reviewed.render(report).values()) == [sent_back]


def test_a_clean_workbook_is_not_sent_back(tmp_path: Path) -> None:
    assert reviewed.render(report_on(examples.write(tmp_path))) == {}


def test_a_review_of_a_reviewed_workbook_keeps_decisions_and_doubles_nothing(sent_back: bytes, tmp_path: Path) -> None:
    book, line = opened(sent_back), next(line for line in rows_of(sent_back) if line.value == "spinous proces")
    book.worksheets[0].cell(line.number, 1).value = "not now"
    book.worksheets[0].cell(line.number, 9).value = "because"
    folder = tmp_path / "second"
    folder.mkdir()
    book.save(folder / "atlas.reviewed.xlsx")
    ((name, data),) = reviewed.render(report_on(folder / "atlas.reviewed.xlsx")).items()
    assert name == "atlas.reviewed-2.xlsx"
    after = opened(data)
    assert after.sheetnames.count("Findings") == 1
    kept = next(each for each in rows_of(data) if each.fingerprint == line.fingerprint)
    assert (kept.decision, kept.reason) == ("not now", "because")
    cell = cell_of(after["attachments"], "spinous proces")
    assert cell.comment.text.count("is not known in the sheet structures") == 1
    assert cell.fill.fgColor.rgb[2:7] == COLOURS["error"][:5]


def test_a_sheet_findings_of_the_editor_is_left_alone(atlas: Path) -> None:
    book = openpyxl.load_workbook(atlas)
    book.create_sheet("Findings")["A1"] = "what we found in the cellar"
    book.save(atlas)
    after = opened(review(atlas))
    assert after.worksheets[0].title == "Findings_"
    assert after["Findings"]["A1"].value == "what we found in the cellar"


def test_light_letters_get_a_dark_ground(tmp_path: Path) -> None:
    file = examples.write(tmp_path, [TERM]) / "atlas.xlsx"
    book = openpyxl.load_workbook(file)
    cell_of(book["attachments"], "spinous proces").font = Font(color="FFFFFFFF")
    book.save(file)
    ground = cell_of(opened(review(file))["attachments"], "spinous proces").fill.fgColor.rgb[2:]
    assert sum(int(ground[place : place + 2], 16) for place in (0, 2, 4)) < 3 * 128


def test_a_misnamed_header_is_marked_and_a_missing_sheet_has_a_row_without_a_cell(tmp_path: Path) -> None:
    file = examples.write(tmp_path, [edit("attachments", "rhomboid-minor.origin.2")]) / "atlas.xlsx"
    book = openpyxl.load_workbook(file)
    del book["territories"]
    book["withdrawn"]["C1"] = "whyy"
    book.save(file)
    data = review(tmp_path)
    lines = {line.code: line for line in rows_of(data)}
    assert (lines["BD102"].address, lines["BD102"].sheet) == ("no cell", "")
    assert (lines["BD112"].sheet, lines["BD112"].address, lines["BD112"].suggestion) == ("withdrawn", "C1", "why")
    assert "whyy" in opened(data)["withdrawn"]["C1"].comment.text


def test_a_csv_file_comes_back_as_a_workbook_with_the_same_lines_and_findings(tmp_path: Path) -> None:
    file = examples.write(tmp_path) / "atlas.xlsx"
    book = openpyxl.load_workbook(file)
    header, *rows = book["structures"].iter_rows(values_only=True)
    del book["structures"]
    book.save(file)
    lines = [[str(value or "") for value in row] for row in (header, *rows)]
    lines[2][1] = "=1+1"
    lines[3][0] = "an id\nin two lines"
    with (tmp_path / "structures.csv").open("w", encoding="utf-8", newline="") as given:
        csv.writer(given, delimiter=";").writerows(lines)
    before = report_on(tmp_path)
    data = reviewed.render(before)["structures.reviewed.xlsx"]
    assert [sheet.title for sheet in opened(data).worksheets] == ["Findings", "structures"]
    assert all(cell.data_type != "f" for sheet in opened(data).worksheets for cell in sheet._cells.values())
    (tmp_path / "structures.csv").unlink()
    (tmp_path / "structures.xlsx").write_bytes(data)

    def seen(report: Report) -> list[Any]:
        return sorted((f.code, f.cell.row, f.cell.column, f.value, f.fingerprint) for f in report.told)

    assert [finding for finding in before.told if finding.cell.file == "structures.csv"]
    assert seen(report_on(tmp_path)) == seen(before)


def test_macros_stay_and_keep_the_file_ending_that_may_hold_them(atlas: Path) -> None:
    file = atlas.rename(atlas.with_suffix(".xlsm"))
    assert list(reviewed.render(report_on(file))) == ["atlas.reviewed.xlsm"]


def test_a_file_that_cannot_be_read_gets_a_sheet_that_says_so(tmp_path: Path) -> None:
    file = tmp_path / "muscles.xlsx"
    file.write_bytes(b"<html>not a workbook</html>")
    data = review(file)
    assert opened(data).sheetnames == ["Findings"]
    assert "BD101" in [line.code for line in rows_of(data)]
    assert any("could not be copied" in str(cell.value) for (cell,) in opened(data).worksheets[0]["A1:A9"])


def test_workbooks_in_folders_keep_their_places_and_names_never_collide(tmp_path: Path) -> None:
    examples.write(tmp_path, [TERM])
    inside = tmp_path / "more"
    inside.mkdir()
    (inside / "atlas.csv").write_text("colour,meaning\ngreen,checked\n")
    (tmp_path / "atlas.csv").write_text("colour,meaning\ngreen,checked\n")
    names = sorted(reviewed.render(report_on(tmp_path)))
    assert names == ["atlas.reviewed-2.xlsx", "atlas.reviewed.xlsx", "more/atlas.reviewed.xlsx"]


@pytest.mark.parametrize("text", ["=1+1", "1-2", "  two  spaces ", "line\nline", "<&>\"'", "+49", "@x", "Ω é \u200b"])
def test_text_put_into_a_copy_is_text_and_comes_back_as_it_was(atlas: Path, text: str) -> None:
    copy = Copy.of(atlas)
    copy.set_text("attachments", 2, 2, text)
    copy.set_text("attachments", 400, 40, text)
    sheet = opened(copy.data())["attachments"]
    for cell in (sheet.cell(2, 2), sheet.cell(400, 40)):
        assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


def test_text_put_over_a_formula_leaves_no_list_of_formulas_that_names_it(atlas: Path) -> None:
    copy = Copy.of(atlas)
    copy.package.put("xl/calcChain.xml", b"<calcChain/>", "application/x")
    copy.package.relate(copy.workbook, "calcChain", "xl/calcChain.xml")
    copy.set_text("attachments", 50, 26, "3")
    with zipfile.ZipFile(io.BytesIO(copy.data())) as archive:
        assert "xl/calcChain.xml" not in archive.namelist()
        assert b"calcChain" not in archive.read("xl/_rels/workbook.xml.rels") + archive.read("[Content_Types].xml")


def test_formulas_that_shared_the_overwritten_one_keep_theirs(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.worksheets[0]
    for row in (1, 2, 3):
        sheet.cell(row, 1).value = row
        sheet.cell(row, 2).value = "=0"
    file = tmp_path / "shared.xlsx"
    book.save(file)
    copy = Copy.of(file)
    part = copy.sheets["Sheet"]
    xml = copy.package.parts[part].decode()
    xml = xml.replace("<f>0</f>", '<f t="shared" ref="B1:B3" si="0">A1+1</f>', 1).replace(
        "<f>0</f>", '<f t="shared" si="0"/>'
    )
    copy.package.parts[part] = xml.encode()
    copy.set_text("Sheet", 1, 2, "one")
    after = opened(copy.data())["Sheet"]
    assert [after.cell(row, 2).value for row in (1, 2, 3)] == ["one", "=A2+1", "=A3+1"]


def test_a_header_of_a_table_is_changed_in_both_places(tmp_path: Path) -> None:
    from openpyxl.worksheet.table import Table

    book = openpyxl.Workbook()
    sheet: Any = book.worksheets[0]
    sheet.append(["id", "namme"])
    sheet.append(["a", "b"])
    sheet.add_table(Table(displayName="T", ref="A1:B2"))
    book.save(tmp_path / "table.xlsx")
    copy = Copy.of(tmp_path / "table.xlsx")
    copy.set_text("Sheet", 1, 2, "name")
    table = opened(copy.data())["Sheet"].tables["T"]
    assert [column.name for column in table.tableColumns] == ["id", "name"]


def test_a_copy_says_what_it_cannot_carry_over(atlas: Path) -> None:
    with zipfile.ZipFile(atlas, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    copy = Copy.of(atlas)
    assert copy.lost == ("The digital signature: it holds for the original only.",)
    assert any("digital signature" in str(cell.value) for (cell,) in opened(review(atlas)).worksheets[0]["A1:A9"])


def test_what_is_no_workbook_cannot_be_copied(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"hello")
    with pytest.raises(Uncopyable, match="no workbook in the form"):
        Copy.of(tmp_path / "x.xlsx")


def test_decisions_in_a_reviewed_workbook_are_never_written_over(tmp_path: Path) -> None:
    data, out = tmp_path / "data", tmp_path / "out"
    data.mkdir()
    examples.write(data, [edit("muscles", "rhomboid-minor", constancy="allways")])
    run = ["validate", str(data), "--output", f"workbook={out}"]
    for _ in range(2):  # the same review again is the same file
        CliRunner().invoke(cli, run, standalone_mode=False)
        assert [path.name for path in out.iterdir()] == ["atlas.reviewed.xlsx"]
    (out / "atlas.reviewed.xlsx").write_bytes(b"with decisions")
    CliRunner().invoke(cli, run, standalone_mode=False)
    assert sorted(path.name for path in out.iterdir()) == ["atlas.reviewed-2.xlsx", "atlas.reviewed.xlsx"]
    assert (out / "atlas.reviewed.xlsx").read_bytes() == b"with decisions"


def test_reviewed_copies_beside_their_original_are_no_second_sheets(tmp_path: Path) -> None:
    examples.write(tmp_path)
    for copy in ("atlas.reviewed.xlsx", "atlas.reviewed-2.xlsx", "atlas.applied.xlsx"):
        shutil.copy(tmp_path / "atlas.xlsx", tmp_path / copy)
    report = validation.validate([tmp_path]).report
    assert report.told == ()
    assert {row["file"] for row in report.files} == {"atlas.xlsx"}
