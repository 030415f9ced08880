"""Intake reads what lies in the files, wherever it stands, says where every cell is, and leaves the files as they are."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from backdata import examples, intake, schemas, validation
from backdata.intake import Intake
from backdata.model import Change, Row, edit, stray_file

TODAY = dt.date(2026, 11, 22)
HEADER = ("id", "name", "has_direction")
FLEXION = ("flexion", "bending forward", "no")
ROTATION = ("rotation", "turning", "yes")
PLAIN = "id,name,has_direction\nflexion,bending forward,no\nrotation,turning,yes\n"


def book(path: Path, sheets: Mapping[str, Iterable[Iterable[Any]]], merge: Iterable[str] = ()) -> Path:
    """A workbook with these rows; ``merge`` are areas of its first sheet."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for area in merge:
        made.worksheets[0].merge_cells(area)
    made.save(path)
    return path


def read(path: Path) -> Intake:
    return intake.read([path], schemas.tables())


def movements(read_in: Intake) -> list[tuple[str | None, ...]]:
    """The movements that were read, with the sheet row of each."""
    return [(str(row["_row"]), *(row.get(name) for name in HEADER)) for row in read_in.tables["movements"].rows]


def problems(read_in: Intake) -> dict[str, str]:
    """File or sheet → what is wrong with it; sheets that are not there at all are no matter here."""
    quiet = {"none", "missing sheet", "no facts"}
    return {str(row["_id"]): str(row["problem"]) for row in read_in.files if row["problem"] not in quiet}


def headers(read_in: Intake, status: str) -> list[Row]:
    return [row for row in read_in.headers if row["status"] == status]


def write_cached(path: Path, formula: str, cell: str) -> None:
    """Store a value beside a formula, as Excel does; openpyxl cannot. ``cell``: attributes and content, '|' between."""
    kind, _, value = cell.partition("|")
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    pattern = rf'<c r="([A-Z]+[0-9]+)"([^>]*)><f>{re.escape(formula)}</f><v ?/?>(?:</v>)?</c>'
    text, found = re.subn(pattern, rf'<c r="\1" {kind}><f>{formula}</f><v>{value}</v></c>', parts[sheet].decode())
    assert found == 1, parts[sheet].decode()
    with zipfile.ZipFile(path, "w") as new:
        for name, content in {**parts, sheet: text.encode()}.items():
            new.writestr(name, content)


# --- where the table stands ---------------------------------------------------------------------------------------------


@pytest.fixture(params=["xlsx", "csv"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def sheet(folder: Path, form: str, rows: Iterable[tuple[str, ...]]) -> Path:
    """The sheet of movements as a workbook or as a CSV file."""
    if form == "xlsx":
        return book(folder / "vocabulary.xlsx", {"movements": rows})
    lines = (",".join(f'"{cell}"' if "," in cell else cell for cell in row) + "\n" for row in rows)
    path = folder / "movements.csv"
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_a_plain_sheet_is_read_as_it_stands(tmp_path: Path, form: str) -> None:
    found = read(sheet(tmp_path, form, [HEADER, FLEXION, ROTATION]))
    assert [("2", *FLEXION), ("3", *ROTATION)] == movements(found)
    assert problems(found) == {}


def test_a_title_above_the_header_is_passed_over(tmp_path: Path, form: str) -> None:
    rows = [("Movements, as of 2026",), ("", "edited by the department", ""), HEADER, FLEXION]
    assert [("4", *FLEXION)] == movements(read(sheet(tmp_path, form, rows)))


@pytest.mark.parametrize(
    "hint",
    [
        ("e.g. lateral-flexion", "e.g. lateral flexion", "e.g. yes"),
        ("z. B. lateral-flexion", "required", "e.g. yes"),
        ("example: x", "(optional)", ""),
        (
            "",
            "English name of the movement, small letters, complete by itself.",
            "Whether it goes to a side: yes or no.",
        ),
    ],
)
def test_hints_below_the_header_are_no_data(tmp_path: Path, form: str, hint: tuple[str, ...]) -> None:
    found = read(sheet(tmp_path, form, [HEADER, hint, FLEXION]))
    assert [("3", *FLEXION)] == movements(found)
    assert sum(map(bool, hint)) == next(row for row in found.files if row["cells"])["skipped"]["hints below the header"]


def test_a_first_row_that_is_merely_odd_is_data(tmp_path: Path, form: str) -> None:
    odd = ("example", "e.g. a name", "no")
    assert [("2", *odd), ("3", *FLEXION)] == movements(read(sheet(tmp_path, form, [HEADER, odd, FLEXION])))


def test_rows_that_are_empty_are_passed_over_and_the_others_keep_their_place(tmp_path: Path, form: str) -> None:
    empty = ("", "", "")
    assert [("2", *FLEXION), ("5", *ROTATION)] == movements(
        read(sheet(tmp_path, form, [HEADER, FLEXION, empty, empty, ROTATION]))
    )


def test_bands_merged_across_the_table_are_no_data(tmp_path: Path) -> None:
    rows = [HEADER, ("of the spine",), FLEXION, ("of the scapula",), ROTATION]
    found = read(book(tmp_path / "v.xlsx", {"movements": rows}, merge=["A2:C2", "A4:C4"]))
    assert [("3", *FLEXION), ("5", *ROTATION)] == movements(found)
    assert found.files[0]["skipped"]["band across the table"] == 2


def test_a_row_with_a_merged_cell_among_others_is_data(tmp_path: Path) -> None:
    rows = [(*HEADER, "antagonist", "synonyms"), (*FLEXION, "extension", None)]
    found = read(book(tmp_path / "v.xlsx", {"movements": rows}, merge=["D2:E2"]))
    assert [("2", *FLEXION)] == movements(found)


def test_columns_are_known_by_name_wherever_they_stand(tmp_path: Path, form: str) -> None:
    moved = [("Has direction", "NAME", "id "), ("no", "bending forward", "flexion")]
    found = read(sheet(tmp_path, form, moved))
    assert [("2", *FLEXION)] == movements(found)
    table = found.tables["movements"]
    expected = ("C2", "A2") if form == "xlsx" else ("2:3", "2:1")
    assert expected == (table.cell(2, "id").address, table.cell(2, "has_direction").address)


def test_a_renamed_column_is_told_with_the_name_it_should_have(tmp_path: Path, form: str) -> None:
    (told,) = headers(read(sheet(tmp_path, form, [("id", "nom", "has_direction", "kind"), FLEXION])), "misnamed")
    assert (told["column"], told["header"], told["_row"], told["_column"]) == ("name", "nom", 1, 2)


def test_of_two_renamed_columns_each_is_told_the_name_it_resembles(tmp_path: Path) -> None:
    rows = [("id", "names", "has directions", "synonyms", "antagonist"), FLEXION]
    told = headers(read(sheet(tmp_path, "csv", rows)), "misnamed")
    assert {row["column"]: row["header"] for row in told} == {"name": "names", "has_direction": "has directions"}


def test_a_missing_column_is_told_and_an_optional_one_is_not(tmp_path: Path, form: str) -> None:
    found = read(sheet(tmp_path, form, [("id", "name", "kind"), ("flexion", "bending forward", "of joints")]))
    assert [row["column"] for row in headers(found, "missing")] == ["has_direction"]
    assert found.tables["movements"].columns == ("id", "name", "kind")


def test_an_unknown_column_is_told_and_its_cells_are_counted(tmp_path: Path, form: str) -> None:
    found = read(sheet(tmp_path, form, [(*HEADER, "kind", "checked by"), (*FLEXION, "of joints", "me")]))
    assert [(row["header"], row["_column"]) for row in headers(found, "unknown")] == [("checked by", 5)]
    assert next(row for row in found.files if row["cells"])["skipped"] == {"in a column without a known header": 1}


def test_of_a_column_given_twice_the_left_one_is_read(tmp_path: Path, form: str) -> None:
    found = read(sheet(tmp_path, form, [(*HEADER, "Name"), (*FLEXION, "other")]))
    assert [(row["column"], row["_column"]) for row in headers(found, "doubled")] == [("name", 4)]
    assert [("2", *FLEXION)] == movements(found)


def test_a_sheet_without_a_header_is_told(tmp_path: Path, form: str) -> None:
    found = read(sheet(tmp_path, form, [FLEXION, ROTATION]))
    assert list(problems(found).values()) == ["no header"]
    assert movements(found) == []


def test_every_cell_is_accounted_for(checked: validation.Validation) -> None:
    for row in checked.intake.files:
        assert row["cells"] == row["used"] + row["headers"] + sum(row["skipped"].values()), row["_id"]
        assert row["cells"] == len(checked.intake.sheets[row["file"], row["sheet"]].cells)


# --- CSV ----------------------------------------------------------------------------------------------------------------

READS_THE_SAME = {
    "commas": PLAIN.encode(),
    "semicolons": PLAIN.replace(",", ";").encode(),
    "tabs": PLAIN.replace(",", "\t").encode(),
    "byte order mark": PLAIN.encode("utf-8-sig"),
    "UTF-16": PLAIN.encode("utf-16"),
    "UTF-16, big end first": b"\xfe\xff" + PLAIN.encode("utf-16-be"),
    "UTF-16 with tabs, as Excel saves Unicode text": PLAIN.replace(",", "\t").replace("\n", "\r\n").encode("utf-16"),
    "CRLF": PLAIN.replace("\n", "\r\n").encode(),
    "CR": PLAIN.replace("\n", "\r").encode(),
    "CR and semicolons": PLAIN.replace("\n", "\r").replace(",", ";").encode(),
    "no line end at the end": PLAIN.rstrip().encode(),
    "everything quoted": "".join(f'"{line}"\n'.replace(",", '","') for line in PLAIN.splitlines()).encode(),
}


@pytest.mark.parametrize("content", READS_THE_SAME.values(), ids=READS_THE_SAME)
def test_every_way_to_save_a_csv_file_reads_the_same(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "movements.csv").write_bytes(content)
    found = read(tmp_path)
    assert [("2", *FLEXION), ("3", *ROTATION)] == movements(found)
    assert problems(found) == {}
    assert found.changes == ()


@pytest.mark.parametrize("suffix", [".tsv", ".txt", ".CSV"])
def test_other_endings_are_read_too(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"movements{suffix}").write_text(PLAIN.replace(",", "\t"), encoding="utf-8")
    assert [("2", *FLEXION), ("3", *ROTATION)] == movements(read(tmp_path))


def test_commas_in_the_title_and_in_prose_do_not_hide_the_semicolons(tmp_path: Path) -> None:
    text = "Movements, all of them, 2026\nid;name;has_direction\nflexion;bending, bowing, nodding, and so on;no\n"
    (tmp_path / "movements.csv").write_text(text, encoding="utf-8")
    assert movements(read(tmp_path)) == [("3", "flexion", "bending, bowing, nodding, and so on", "no")]


def test_lists_with_semicolons_do_not_hide_the_commas(tmp_path: Path) -> None:
    text = "id,name,has_direction,synonyms\nflexion,flexion,no,a; b; c; d; e; f\n"
    (tmp_path / "movements.csv").write_text(text, encoding="utf-8")
    assert movements(read(tmp_path)) == [("2", "flexion", "flexion", "no")]


@pytest.mark.parametrize("char", ["\u2028", "\u0085", "\x0b", "\x0c"], ids=ascii)
def test_only_line_ends_end_a_row(tmp_path: Path, char: str) -> None:
    (tmp_path / "movements.csv").write_text(
        f"id,name,has_direction\nflexion,bending{char}forward,no\n", encoding="utf-8"
    )
    assert [("2", *FLEXION)] == movements(read(tmp_path))


def test_a_row_that_spans_lines_stands_where_it_begins(tmp_path: Path) -> None:
    text = 'id,name,has_direction\nflexion,"bending\nforward",no\nrotation,turning,yes\n'
    (tmp_path / "movements.csv").write_text(text, encoding="utf-8")
    found = read(tmp_path)
    assert [("2", "flexion", "bending\nforward", "no"), ("4", *ROTATION)] == movements(found)
    assert str(found.tables["movements"].cell(4, "name")) == "movements.csv:4:2"


def test_windows_1252_is_read_by_guess_and_told_with_the_line(tmp_path: Path) -> None:
    text = "id,name,has_direction\nflexion,flexion,no\nrotation,rotation extérieure – ici,yes\n"
    (tmp_path / "movements.csv").write_bytes(text.encode("cp1252"))
    found = read(tmp_path)
    assert movements(found)[1][2] == "rotation extérieure – ici"
    (told,) = (row for row in found.files if row["problem"] == "guessed encoding")
    assert told["detail"] == "it is not UTF-8 (line 3) and was read as Windows-1252"


def test_a_quote_that_is_not_closed_is_told_with_its_line_and_nothing_is_taken(tmp_path: Path) -> None:
    (tmp_path / "movements.csv").write_text(PLAIN + 'extension,"bending back,no\nother,other,no\n', encoding="utf-8")
    found = read(tmp_path)
    assert problems(found) == {"movements.csv": "unreadable"}
    assert "line 4" in str(found.files[0]["detail"])
    assert "movements" not in found.tables


UNREADABLE = {
    "page.xlsx": b"<html>not a workbook</html>",
    "cut.xlsx": b"PK\x03\x04cut off",
    "nul.csv": b"id,name\0\n",
    "utf16.csv": PLAIN.encode("utf-16-le"),
    "nothing known.csv": b"id,name\n\x81\x8d,x\n",
}


@pytest.mark.parametrize(("name", "content"), UNREADABLE.items(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_one_finding_and_the_others_are_checked(
    tmp_path: Path, name: str, content: bytes
) -> None:
    edits = [stray_file(name, content), edit("attachments", "rhomboid-minor.origin.2", levels="C8")]
    report = validation.validate([examples.write(tmp_path, edits)], TODAY).report
    told = [(f.code, f.cell.file, f.cell.address) for f in report.findings if not f.excepted]
    assert [("BD511", "atlas.xlsx", "E17"), ("BD101", name, "")] == told
    assert report.unreadable


def test_a_workbook_of_zipped_rubbish_is_unreadable_and_no_crash(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "rubbish.xlsx", "w") as file:
        file.writestr("xl/workbook.xml", "<workbook")
    assert problems(read(tmp_path)) == {"rubbish.xlsx": "unreadable"}


def test_a_file_of_another_kind_that_is_given_by_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "muscles.pdf").write_bytes(b"%PDF")
    assert problems(read(tmp_path / "muscles.pdf")) == {"muscles.pdf": "unreadable"}


# --- cells --------------------------------------------------------------------------------------------------------------

ATTACHMENT = {
    "muscle": "m",
    "end": "origin",
    "item": "1",
    "structure": "s",
    "levels": None,
    "reading": "preferred",
    "source": "x",
}


def attachment(folder: Path, value: Any, number_format: str = "") -> Path:
    """A workbook with one attachment whose page is ``value``, in H2."""
    path = book(folder / "muscles.xlsx", {"attachments": [[*ATTACHMENT, "page"], [*ATTACHMENT.values(), value]]})
    if number_format:
        made = openpyxl.load_workbook(path)
        made["attachments"]["H2"].number_format = number_format
        made.save(path)
    return path


def page(path: Path) -> tuple[str | None, list[tuple[str, str, int, int]]]:
    """The page as it was taken, and what was found odd about cells: (odd, shown, row, column)."""
    found = read(path)
    (row,) = found.tables["attachments"].rows
    return row["page"], [(o["odd"], o["shown"], o["_row"], o["_column"]) for o in found.odd_cells]


@pytest.mark.parametrize(
    ("value", "text"), [("435", "435"), (435, "435"), (435.0, "435"), ("0012", "0012"), ("4.50", "4.50")]
)
def test_text_and_whole_numbers_are_taken_as_they_look(tmp_path: Path, value: Any, text: str) -> None:
    assert (text, []) == page(attachment(tmp_path, value))


def test_a_formula_without_a_stored_value_is_told_and_gives_no_value(tmp_path: Path) -> None:
    assert page(attachment(tmp_path, "=400+35")) == (None, [("formula without a value", "=400+35", 2, 8)])


STORED = {
    "a number": ("|435", "435", "formula"),
    "a text": ('t="str"|435–436', "435–436", "formula"),
    "an error": ('t="e"|#REF!', None, "error"),
}


@pytest.mark.parametrize(("stored", "text", "odd"), STORED.values(), ids=STORED)
def test_a_formula_is_told_whatever_value_is_stored_with_it(
    tmp_path: Path, stored: str, text: str | None, odd: str
) -> None:
    path = attachment(tmp_path, "=400+35")
    write_cached(path, "400+35", stored)
    assert (text, [(odd, "=400+35", 2, 8)]) == page(path)


def test_an_error_cell_is_told_and_gives_no_value(tmp_path: Path) -> None:
    assert page(attachment(tmp_path, "#N/A")) == (None, [("error", "#N/A", 2, 8)])


def test_a_date_is_told_with_what_was_perhaps_typed(tmp_path: Path) -> None:
    assert page(attachment(tmp_path, dt.date(2026, 5, 4))) == (None, [("date", "perhaps 5–4 or 4–5", 2, 8)])


def test_a_number_that_is_shown_as_a_date_is_a_date(tmp_path: Path) -> None:
    value, ((odd, *_),) = page(attachment(tmp_path, 46146, "d-mmm"))
    assert (value, odd) == (None, "date")


def test_a_percentage_and_a_truth_value_are_told_and_give_no_value(tmp_path: Path) -> None:
    assert page(attachment(tmp_path, 0.52, "0%")) == (None, [("percentage", "0.52 shown as a percentage", 2, 8)])
    assert page(attachment(tmp_path, True)) == (None, [("truth value", "TRUE", 2, 8)])


def test_a_fraction_is_told(tmp_path: Path) -> None:
    _, odd = page(attachment(tmp_path, 0.5))
    assert odd == [("number", "0.5", 2, 8)]


# --- words become ids ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "posterior-rami",
        "posterior ramus",
        "Posterior Rami",
        "Ramus posterior nervi spinalis",
        "dorsal rami",
        "posterior_rami",
    ],
)
def test_a_reference_is_taken_by_id_name_plural_latin_or_synonym(tmp_path: Path, typed: str) -> None:
    found = read(examples.write(tmp_path, [edit("innervations", "rhomboid-minor.innervation.1", nerve=typed)]))
    table = found.tables["innervations"]
    (row,) = (row for row in table.rows if row["_id"] == "rhomboid-minor.innervation.1")
    assert row["nerve"] == "posterior-rami"
    logged = [Change(table.cell(row["_row"], "nerve"), typed, "posterior-rami", "term resolved")]
    assert ([] if typed == "posterior-rami" else logged) == list(found.changes)


def test_latin_kinds_may_be_written_out(tmp_path: Path) -> None:
    typed = "Musculus splenius capitis"
    found = read(examples.write(tmp_path, [edit("attachments", "splenius-capitis.insertion.1", muscle=typed)]))
    assert "splenius-capitis" in {
        row["muscle"] for row in found.tables["attachments"].rows if row["end"] == "insertion"
    }
    assert [(typed, "splenius-capitis")] == [(change.before, change.after) for change in found.changes]


def test_a_word_that_two_terms_share_is_left_to_be_told(tmp_path: Path) -> None:
    edits = [
        edit("nerves", "subcostal-nerve", synonyms="deep nerve"),
        edit("nerves", "accessory-nerve", synonyms="deep nerve"),
        edit("innervations", "rhomboid-minor.innervation.1", nerve="deep nerve"),
    ]
    found = read(examples.write(tmp_path, edits))
    assert "deep nerve" in {row["nerve"] for row in found.tables["innervations"].rows}


def test_every_name_of_a_list_is_resolved(tmp_path: Path) -> None:
    edits = [
        edit("sources", "gray-1918", citation="Gray 1918", id="gray-1918"),
        edit("attachments", "rhomboid-minor.origin.2", also="Wikipedia ;GRAY-1918;  brainscape; nobody"),
    ]
    found = read(examples.write(tmp_path, edits))
    (row,) = (row for row in found.tables["attachments"].rows if row["_id"] == "rhomboid-minor.origin.2")
    assert row["also"] == "wikipedia; gray-1918; brainscape; nobody"


@pytest.mark.parametrize("typed", ["C7 - Th1", "C7–1T".replace("1T", "T1"), "c7 to t1", "C7—T1", "C7-T01"])
def test_levels_are_put_into_our_spelling_and_logged(tmp_path: Path, typed: str) -> None:
    found = read(examples.write(tmp_path, [edit("attachments", "rhomboid-minor.origin.2", levels=typed)]))
    (row,) = (row for row in found.tables["attachments"].rows if row["_id"] == "rhomboid-minor.origin.2")
    assert row["levels"] == "C7–T1"
    expected = [] if typed == "C7–T1" else [(typed, "C7–T1", "levels in our spelling")]
    assert expected == [(change.before, change.after, change.why) for change in found.changes]


def test_levels_count_what_the_structure_of_their_row_has(tmp_path: Path) -> None:
    edits = [edit("attachments", "serratus-posterior-inferior.insertion.1", structure="Ribs", levels="9-12")]
    found = read(examples.write(tmp_path, edits))
    (row,) = (
        row for row in found.tables["attachments"].rows if row["_id"] == "serratus-posterior-inferior.insertion.1"
    )
    assert (row["structure"], row["levels"]) == ("rib", "R9–R12")


def test_levels_that_cannot_be_are_left_as_they_were_typed(tmp_path: Path) -> None:
    found = read(examples.write(tmp_path, [edit("attachments", "rhomboid-minor.origin.2", levels="C8 - T1")]))
    assert "C8 - T1" in {row["levels"] for row in found.tables["attachments"].rows}


def test_facts_have_ids_of_muscle_topic_and_item(checked: validation.Validation) -> None:
    tables = checked.intake.tables
    for row in tables["attachments"].rows:
        assert f"{row['muscle']}.{row['end']}.{row['item']}" == row["_id"]
    for row in tables["actions"].rows:
        assert f"{row['muscle']}.action.{row['item']}" == row["_id"]
    assert "splenius-capitis.origin.2" in {row["_id"] for row in tables["attachments"].rows}


def test_an_id_with_a_hole_says_so(tmp_path: Path) -> None:
    found = read(examples.write(tmp_path, [edit("attachments", "rhomboid-minor.origin.2", item=None)]))
    assert "rhomboid-minor.origin.?" in {row["_id"] for row in found.tables["attachments"].rows}


# --- files --------------------------------------------------------------------------------------------------------------


def test_lock_files_and_hidden_files_are_no_files(tmp_path: Path) -> None:
    for name in ("~$movements.xlsx", ".~lock.movements.xlsx", ".movements.csv", ".hidden.xlsx"):
        (tmp_path / name).write_bytes(b"whatever")
    sheet(tmp_path, "csv", [HEADER, FLEXION])
    found = read(tmp_path)
    assert [row["file"] for row in found.files if row["cells"]] == ["movements.csv"]
    assert problems(found) == {}


def test_a_sheet_is_found_in_any_workbook_and_in_folders_below(tmp_path: Path) -> None:
    below = tmp_path / "words" / "more"
    below.mkdir(parents=True)
    book(below / "anything.xlsx", {"legend": [["a"]], "Movements ": [HEADER, FLEXION]})
    found = read(tmp_path)
    assert [("2", *FLEXION)] == movements(found)
    assert str(found.tables["movements"].cell(2, "id")) == "words/more/anything.xlsx › Movements !A2"


def test_a_sheet_given_twice_names_both_and_the_first_is_read(tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx", {"movements": [HEADER, FLEXION]})
    book(tmp_path / "b.xlsx", {"Movements": [HEADER, ROTATION]})
    found = read(tmp_path)
    (told,) = (row for row in found.files if row["problem"] == "sheet twice")
    assert (told["file"], told["sheet"], told["detail"]) == ("b.xlsx", "Movements", "a.xlsx › movements")
    assert [("2", *FLEXION)] == movements(found)


def test_a_helper_sheet_is_passed_over_and_an_unknown_one_is_told(tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx", {"lists": [["x"]], "ReadMe": [["x"]], "movment": [HEADER, FLEXION]})
    assert problems(read(tmp_path)) == {"a.xlsx/movment": "unknown sheet"}


def test_addresses_lead_to_the_cell_in_workbooks_and_in_csv_files(tmp_path: Path) -> None:
    wide = [["id", *[None] * 26, "name", "has_direction"], ["flexion", *[None] * 26, "bending", "no"]]
    found = read(book(tmp_path / "v.xlsx", {"movements": wide}))
    place = found.tables["movements"].cell(2, "name")
    assert str(place) == "v.xlsx › movements!AB2"
    assert found.seen(place) == "bending"
    lines = read(sheet(tmp_path, "csv", [("title",), HEADER, FLEXION]))
    place = lines.tables["movements"].cell(3, "name")
    assert str(place) == "movements.csv:3:2"
    assert lines.seen(place) == "bending forward"


def digests(folder: Path) -> dict[str, tuple[str, int]]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.name: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) for path in files}


def test_the_files_are_left_as_they_are_to_the_byte(tmp_path: Path) -> None:
    folder = examples.write(
        tmp_path, [stray_file("legend.csv", "é,\r\n".encode("cp1252")), edit("muscles", "*", name=" X ")]
    )
    before = digests(folder)
    assert validation.validate([folder], TODAY).report.changes
    assert before == digests(folder)


# --- one workbook alone -------------------------------------------------------------------------------------------------


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder ``raw`` in the current directory with the mini-atlas cut into two workbooks, terms typed in words."""
    edits = [
        edit("innervations", "rhomboid-minor.innervation.1", nerve="Dorsal scapular nerve"),
        edit("attachments", "rhomboid-minor.origin.2", structure="Spinous process", levels="C7 - Th1"),
    ]
    whole = examples.write(tmp_path, edits) / "atlas.xlsx"
    folder = tmp_path / "raw"
    folder.mkdir()
    for name, kept in (("vocabulary", True), ("muscles", False)):
        part = openpyxl.load_workbook(whole)
        for title in part.sheetnames:
            if (schemas.tables()[title].workbook == "vocabulary.xlsx") != kept:
                del part[title]
        part.save(folder / f"{name}.xlsx")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.mark.parametrize("name", ["muscles.xlsx", "vocabulary.xlsx"])
def test_a_single_workbook_is_judged_with_the_sheets_of_the_others(raw: Path, name: str) -> None:
    report = validation.validate([raw / name], TODAY).report
    assert [str(finding.cell) for finding in report.findings if not finding.excepted] == []
    others = {table: schema.workbook for table, schema in schemas.tables().items()}
    other = {"muscles.xlsx": "vocabulary.xlsx", "vocabulary.xlsx": "muscles.xlsx"}[name]
    assert {other} == set(report.context.values())
    assert {t for t, workbook in others.items() if (workbook == "vocabulary.xlsx") == (other == "vocabulary.xlsx")} == {
        *report.context
    }


def test_a_copy_outside_takes_the_place_of_its_original(raw: Path, tmp_path: Path) -> None:
    copy = openpyxl.load_workbook(raw / "muscles.xlsx")
    copy["attachments"]["E17"] = "T1–C7"
    copy.save(tmp_path / "copy.xlsx")
    report = validation.validate([tmp_path / "copy.xlsx"], TODAY).report
    told = [(finding.code, str(finding.cell)) for finding in report.findings if not finding.excepted]
    assert told == [("BD512", "copy.xlsx › attachments!E17")]


def test_a_folder_is_judged_by_itself(raw: Path) -> None:
    (raw / "vocabulary.xlsx").unlink()
    found = validation.validate([raw], TODAY)
    assert found.report.context == {}
    assert "missing sheet" in {row["problem"] for row in found.report.files}


@pytest.mark.parametrize(
    "swap", [("muscles", "vessel_links"), ("vessel_links", "muscles"), ("territories", "developments")]
)
def test_sheets_with_each_others_names_are_read_as_what_they_hold(swap: tuple[str, str], tmp_path: Path) -> None:
    for name in ("right", "wrong"):
        (tmp_path / name).mkdir()
        examples.write_csv(tmp_path / name)
    one, other = (tmp_path / "wrong" / f"{table}.csv" for table in swap)
    one.rename(tmp_path / "kept")
    other.rename(one)
    (tmp_path / "kept").rename(other)
    right, wrong = (validation.validate([tmp_path / name], TODAY) for name in ("right", "wrong"))
    assert [finding.code for finding in wrong.report.told] == ["BD117"]
    assert wrong.dataset() == right.dataset()
