"""backdata fix: what needs no decision is corrected in a copy, cell by cell; all else stays as somebody typed it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from backdata import examples, validation
from backdata.cli import cli
from backdata.fix import Fixes, fixes
from backdata.intake.rewrite import rewritten
from backdata.model import Edit, add, edit

SAFE = [  # an edit, and what its cell becomes
    (edit("attachments", "rhomboid-minor.origin.1", part="  lower \N{NO-BREAK SPACE} part "), "lower part", "spaces"),
    (edit("attachments", "rhomboid-minor.origin.1", part="lower\u200b part"), "lower part", "invisible characters removed"),
    (edit("sources", "braus-1921", citation="Braus H. Ein Lehrbuch fu\u0308r Studierende."), "Braus H. Ein Lehrbuch für Studierende.", "accents composed"),
    (edit("attachments", "rhomboid-minor.origin.1", reading="Preferred"), "preferred", "capitals"),
    (edit("attachments", "rhomboid-minor.origin.1", page="435-436"), "435–436", "dashes"),
    (edit("attachments", "rhomboid-minor.origin.2", levels="C 7 - Th1"), "C7–T1", "levels in our spelling"),
    (edit("attachments", "rhomboid-minor.origin.2", structure="Spinous process "), "spinous-process", "spaces, term resolved"),
    (edit("attachments", "rhomboid-minor.origin.1", also="Wikipedia ;braus-1921"), "wikipedia; braus-1921", "term resolved"),
    (edit("developments", "branchial", allowed_rami="Anterior;cranial"), "anterior, cranial", "separators"),
    (edit("attachments", "rhomboid-minor.origin.1", note="—"), "", "blank"),
]  # fmt: skip
UNTOUCHED = {
    "a date": edit("attachments", "rhomboid-minor.origin.2", page=dt.date(2026, 5, 4)),
    "a percentage": edit("attachments", "rhomboid-minor.origin.2", page=0.52),
    "a formula": edit("attachments", "rhomboid-minor.origin.2", page='=" 435-436 "'),
    "a truth value": edit("attachments", "rhomboid-minor.origin.2", page=True),
    "an unknown word": edit("attachments", "rhomboid-minor.origin.2", structure="spinus proces"),
    "a letter of another alphabet": edit("attachments", "rhomboid-minor.origin.2", structure="spinоus process"),
    "a range that runs backwards": edit("attachments", "rhomboid-minor.origin.2", levels="T1–C7"),
    "a date for an item": edit("attachments", "rhomboid-minor.origin.2", item=dt.date(2026, 5, 4)),
    "a row that slipped": edit(
        "attachments", "rhomboid-minor.insertion.1", structure=None, levels="Scapula-medial-border", part=None,
        from_origin="lower - middle third", reading=None, source="Preferred", page="wikipedia", also=None,
    ),
}  # fmt: skip
MESS = (
    *(made for made, _, _ in SAFE if made.table not in ("developments", "sources")),
    edit("attachments", "serratus-posterior-inferior.origin.1", item=None, levels="Th11 - L2 (L3)"),
    edit("innervations", "rhomboid-minor.innervation.1", nerve="N. dorsalis scapulae", muscle=" Rhomboid minor"),
    edit("attachments", "rhomboid-minor.insertion.1", structure="scapula-medial-bordr"),
)


@pytest.fixture
def found(tmp_path: Path) -> Callable[..., Fixes]:
    """What would be corrected in the mini-atlas after some edits."""
    return lambda *edits, suggested=False: fixes([raw(tmp_path, *edits)], suggested)


def raw(folder: Path, *edits: Edit) -> Path:
    (folder / "raw").mkdir(exist_ok=True)
    return examples.write(folder / "raw", edits)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["fix", *map(str, arguments)], standalone_mode=False)


def changes(found: Fixes) -> list[tuple[str, str, str]]:
    return [(change.before, change.after, change.why) for file in found.files for change in file.changes]


def cells(path: Path) -> dict[tuple[str, str], object]:
    workbook: Any = openpyxl.load_workbook(path)
    return {(sheet.title, cell.coordinate): cell.value for sheet in workbook for row in sheet for cell in row}


def test_a_clean_workbook_has_nothing_to_correct(tmp_path: Path) -> None:
    done = run(raw(tmp_path))
    assert (done.return_value, done.stdout) == (0, "")
    assert done.stderr.startswith("Nothing to correct")
    assert [path.name for path in (tmp_path / "raw").iterdir()] == ["atlas.xlsx"]


@pytest.mark.parametrize(("made", "after", "why"), SAFE, ids=[why for _, _, why in SAFE])
def test_what_needs_no_decision_is_corrected(found: Callable[..., Fixes], made: Edit, after: str, why: str) -> None:
    ((_, became, because),) = changes(found(made))
    assert became == after
    assert why in because


@pytest.mark.parametrize("what", UNTOUCHED)
def test_meaning_is_never_touched(found: Callable[..., Fixes], what: str) -> None:
    assert changes(found(UNTOUCHED[what])) == []


@pytest.mark.parametrize(
    "what", [what for what in UNTOUCHED if what not in ("an unknown word", "a letter of another alphabet")]
)
def test_nor_by_suggestions(found: Callable[..., Fixes], what: str) -> None:
    assert changes(found(UNTOUCHED[what], suggested=True)) == []


def test_the_nearest_suggestion_is_taken_on_request(found: Callable[..., Fixes]) -> None:
    made = edit("attachments", "rhomboid-minor.origin.2", structure="spinus proces")
    assert found(made).suggested == 1
    ((before, after, why),) = changes(found(made, suggested=True))
    assert (before, after, why) == ("spinus proces", "spinous-process", "suggested: unknown term (BD301)")


@pytest.mark.parametrize(
    ("edits", "numbers"),
    [
        ([edit("attachments", "rhomboid-minor.origin.2", item=None)], ["2"]),
        ([edit("attachments", "rhomboid-minor.origin.1", item=" ")], ["1"]),
        ([edit("attachments", "rhomboid-minor.origin.3", item="–")], ["3"]),
        ([edit("attachments", "rhomboid-minor.origin.2", item=None), edit("attachments", "rhomboid-minor.origin.3", item=None)], ["2", "3"]),
        ([add("attachments", "rhomboid-minor.origin.1", item=None, part="upper part")], ["4"]),
        ([add("attachments", "rhomboid-minor.origin.3", item=None, part="upper part"), add("withdrawn", "", id="x")], ["4"]),
    ],
    ids=["between", "first", "last", "two", "all others taken", "added below"],
)  # fmt: skip
def test_a_missing_item_number_is_the_next_free_one(tmp_path: Path, edits: list[Edit], numbers: list[str]) -> None:
    made = [each for each in edits if each.table != "withdrawn"]
    assert [after for _, after, _ in changes(fixes([raw(tmp_path, *made)]))] == numbers


def test_the_number_of_a_withdrawn_item_is_not_free(tmp_path: Path) -> None:
    folder = raw(tmp_path, add("attachments", "rhomboid-minor.origin.3", item=None, part="upper part"))
    workbook = openpyxl.load_workbook(folder / "atlas.xlsx")
    workbook["withdrawn"].append(["rhomboid-minor.origin.4", "2026-11-22", "No source read states it."])
    workbook.save(folder / "atlas.xlsx")
    assert [after for _, after, _ in changes(fixes([folder]))] == ["5"]


def test_a_person_gives_the_number_where_the_row_belongs_to_an_item(found: Callable[..., Fixes]) -> None:
    made = add(
        "attachments", "rhomboid-minor.origin.1", item=None, reading="alternative", source="braus-1921", also=None
    )
    left = found(made)
    assert changes(left) == []
    assert [cell.sheet for cell in left.unnumbered] == ["attachments"]


def test_a_person_gives_the_number_where_nobody_knows_the_muscle(found: Callable[..., Fixes]) -> None:
    left = found(edit("attachments", "rhomboid-minor.origin.2", item=None, muscle="rhomboid mina"))
    assert changes(left) == []
    assert len(left.unnumbered) == 1


@pytest.mark.parametrize("granted", ["hypaxial", "Hypaxial"])
def test_a_cell_whose_value_is_granted_stays_as_it_is(granted: str, found: Callable[..., Fixes]) -> None:
    typed = edit("muscles", "intertransversarii-anteriores-cervicis", development="Hypaxial")
    kept = found(typed, edit("exceptions", "*", value=granted))
    assert changes(kept) == []
    assert len(kept.granted) == 1


def test_the_diff_shows_one_line_per_cell_and_writes_nothing(tmp_path: Path) -> None:
    folder = raw(tmp_path, SAFE[0][0], SAFE[5][0])
    before = (folder / "atlas.xlsx").read_bytes()
    done = run(folder, "--diff")
    assert done.return_value == 1
    head, copy, sheet, *lines = done.stdout.strip().splitlines()
    assert (head, copy) == (f"--- {folder / 'atlas.xlsx'}", f"+++ {folder / 'atlas.fixed.xlsx'}")
    assert sheet == "@@ attachments @@"
    assert re.fullmatch(r"  F[0-9]+  “  lower ⟨U\+00A0⟩ part ” → “lower part”  spaces", lines[0])
    assert re.fullmatch(r"  E[0-9]+  “C 7 - Th1” → “C7–T1”  levels in our spelling", lines[1])
    assert len(lines) == 2
    assert "2 cells would be corrected in 1 file; nothing was written." in done.stderr
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("atlas.xlsx", before)]


def test_the_copy_differs_in_the_corrected_cells_only(tmp_path: Path) -> None:
    folder = raw(tmp_path, *MESS)
    original = folder / "atlas.xlsx"
    before, bytes_before = cells(original), original.read_bytes()
    expected = {(change.cell.sheet, change.cell.address): change.after or None
                for file in fixes([folder]).files for change in file.changes}  # fmt: skip
    done = run(folder)
    assert done.return_value == 0
    assert f"{len(expected)} cells corrected in 1 copy; the originals are untouched." in done.stderr
    after = cells(folder / "atlas.fixed.xlsx")
    assert {place: after[place] for place in after if after[place] != before[place]} == expected
    assert original.read_bytes() == bytes_before


def test_a_fixed_workbook_has_the_same_facts_and_the_same_findings_less_the_fixed_ones(tmp_path: Path) -> None:
    folder = raw(tmp_path, *MESS)
    assert run(folder, "--to", tmp_path / "new").return_value == 0
    before, after = validation.validate([folder]), validation.validate([tmp_path / "new"])
    gone = {"BD201"}  # the item without a number
    assert [(each.code, each.cell.address, each.message) for each in before.report.told if each.code not in gone] == [
        (each.code, each.cell.address, each.message) for each in after.report.told
    ]
    assert {each.code for each in before.report.told} > gone
    assert facts(before, "item", "_id") == facts(after, "item", "_id")
    assert after.report.changes == ()
    assert changes(fixes([tmp_path / "new"])) == []


def facts(checked: validation.Validation, *without: str) -> Any:
    hidden = {"_source", *without}
    return {
        name: [{key: value for key, value in row.items() if key not in hidden} for row in table.rows]
        for name, table in checked.intake.tables.items()
    }


def test_nothing_is_written_over(tmp_path: Path) -> None:
    folder = raw(tmp_path, SAFE[0][0])
    (folder / "atlas.fixed.xlsx").write_bytes(b"mine")
    with pytest.raises(Exception, match=r"is there already, so nothing was written. --force replaces it"):
        CliRunner().invoke(cli, ["fix", str(folder)], standalone_mode=False, catch_exceptions=False)
    assert (folder / "atlas.fixed.xlsx").read_bytes() == b"mine"
    assert run(folder, "--force").return_value == 0
    assert cells(folder / "atlas.fixed.xlsx")["attachments", "A1"] == "muscle"


def test_force_does_not_reach_the_original(tmp_path: Path) -> None:
    folder = raw(tmp_path, SAFE[0][0])
    (folder / "atlas.fixed.xlsx").symlink_to(folder / "atlas.xlsx")
    before = (folder / "atlas.xlsx").read_bytes()
    assert run(folder / "atlas.xlsx", "--force").exit_code != 0
    assert (folder / "atlas.xlsx").read_bytes() == before


def test_a_copy_beside_its_original_is_not_read_with_the_folder(tmp_path: Path) -> None:
    folder = raw(tmp_path, SAFE[0][0])
    run(folder)
    assert {row["file"] for row in validation.validate([folder]).report.files} == {"atlas.xlsx"}
    (folder / "atlas.xlsx").unlink()
    assert {row["file"] for row in validation.validate([folder]).report.files} == {"atlas.fixed.xlsx"}


def test_what_a_copy_cannot_carry_over_is_said(tmp_path: Path) -> None:
    folder = raw(tmp_path, SAFE[0][0])
    with zipfile.ZipFile(folder / "atlas.xlsx", "a") as archive:
        archive.writestr("_xmlsignatures/origin.sigs", b"")
    assert "atlas.fixed.xlsx does not carry over: The digital signature" in run(folder).stderr


def test_a_file_that_cannot_be_read_is_told_and_the_rest_corrected(tmp_path: Path) -> None:
    folder = raw(tmp_path, SAFE[0][0])
    (folder / "broken.xlsx").write_bytes(b"no workbook")
    done = run(folder)
    assert done.return_value == 3
    assert "broken.xlsx could not be read: it is not an Excel workbook" in done.stderr
    assert (folder / "atlas.fixed.xlsx").is_file()


FORMS = {
    "utf-8": (b"", "utf-8"),
    "with a byte order mark": (b"\xef\xbb\xbf", "utf-8"),
    "utf-16": (b"\xff\xfe", "utf-16-le"),
    "utf-16, the other way": (b"\xfe\xff", "utf-16-be"),
    "Windows-1252": (b"", "cp1252"),
}


MARKS = {"comma": (",", "\n"), "semicolon": (";", "\r\n"), "tab": ("\t", "\r")}


@pytest.mark.parametrize(
    ("form", "mark"), [*((form, "semicolon") for form in FORMS), ("utf-8", "comma"), ("utf-16", "tab")]
)
def test_a_csv_file_keeps_every_byte_but_those_of_the_guilty_cells(tmp_path: Path, form: str, mark: str) -> None:
    (start, encoding), (between, end) = FORMS[form], MARKS[mark]
    _, rows = examples.mini_atlas()["attachments"]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=between, lineterminator=end)
    writer.writeheader()
    for number, row in enumerate(rows):
        row["note"] = 'a "note"\nof two lines, and; more' if number == 1 else row["note"]
        writer.writerow(
            {**row, "levels": "Th1 - Th4"} if number == 6 else {**row, "part": "“x”  y"} if number == 9 else row
        )
    path = tmp_path / "attachments.csv"
    path.write_bytes(start + text.getvalue().replace("preferred", '"preferred"').encode(encoding))
    (file,) = fixes([path]).files
    data, lost = file.copy()
    assert lost == ()
    expected = path.read_bytes()
    for before, after in (("Th1 - Th4", "T1–T4"), ("“x”  y", "“x” y")):
        assert expected.count(before.encode(encoding)) == 1
        expected = expected.replace(before.encode(encoding), after.encode(encoding))
    assert data == expected


def test_a_fixed_csv_file_is_read_as_the_original_and_needs_nothing_more(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    for name, (headers, rows) in examples.mini_atlas().items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(headers))
            writer.writeheader()
            writer.writerows(rows)
    path = folder / "innervations.csv"
    path.write_text(path.read_text("utf-8").replace("C3–C4", '"C3, 4"').replace("trapezius,1,", "trapezius,,"), "utf-8")
    assert run(folder, "--to", tmp_path / "new").return_value == 0
    path.write_bytes((tmp_path / "new" / "innervations.fixed.csv").read_bytes())
    assert changes(fixes([folder])) == []
    assert validation.validate([folder]).report.told == ()


def test_a_cell_beyond_the_end_of_a_short_line_can_be_filled() -> None:
    assert rewritten(b"a,b,c,d\n1\n1,2\n", {(2, 3): "x", (2, 4): "y,z", (3, 1): ""}) == b'a,b,c,d\n1,,x,"y,z"\n,2\n'
