"""The main job on the real muscles: each fault in a copy of ``raw/`` is one finding at its cell, and looks are no fault."""

from __future__ import annotations

import csv
import datetime as dt
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from backdata import publish, resources, schemas, validation
from backdata.model import Finding
from backdata.validation import Validation

TODAY = dt.date(2026, 11, 22)
CONSOLE = Path(sys.executable).parent / "backdata"
FACTS = ("attachments", "actions", "innervations", "blood_supply")


class Workbooks:
    """A copy of ``raw/`` that a test changes as an editor would: by sheet, row and column."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(resources.RAW, folder)
        self.books: dict[str, Any] = {}

    def sheet(self, name: str) -> Any:
        book = schemas.tables()[name].workbook
        if book not in self.books:
            self.books[book] = openpyxl.load_workbook(self.folder / book)
        return self.books[book][name]

    def columns(self, name: str) -> dict[str, int]:
        return {cell.value: cell.column for cell in self.sheet(name)[1]}

    def rows(self, name: str, **cells: str) -> list[int]:
        sheet, columns = self.sheet(name), self.columns(name)
        numbers = range(2, sheet.max_row + 1)
        return [n for n in numbers if all(sheet.cell(n, columns[c]).value == value for c, value in cells.items())]

    def row(self, name: str, **cells: str) -> int:
        (number,) = self.rows(name, **cells)
        return number

    def items(self, name: str, **cells: str) -> dict[str, list[int]]:
        """Muscle → the item numbers of its rows."""
        sheet, columns = self.sheet(name), self.columns(name)
        found: dict[str, list[int]] = {}
        for row in self.rows(name, **cells):
            found.setdefault(sheet.cell(row, columns["muscle"]).value, []).append(
                int(sheet.cell(row, columns["item"]).value)
            )
        return found

    def set(self, name: str, row: int, **cells: str | None) -> None:
        for column, value in cells.items():
            self.sheet(name).cell(row, self.columns(name)[column]).value = value

    def delete(self, name: str, **cells: str) -> None:
        numbers = self.rows(name, **cells)
        assert numbers, f"no row of {name} has {cells}"
        for number in reversed(numbers):
            self.sheet(name).delete_rows(number)

    def append(self, name: str, **cells: str) -> int:
        sheet = self.sheet(name)
        sheet.append([cells.get(column) for column in self.columns(name)])
        return int(sheet.max_row)

    def at(self, name: str, row: int, column: str) -> str:
        book = schemas.tables()[name].workbook
        return f"{book} › {name}!{get_column_letter(self.columns(name)[column])}{row}"

    def saved(self) -> Path:
        for name, book in self.books.items():
            book.save(self.folder / name)
        return self.folder


@pytest.fixture
def books(tmp_path: Path) -> Workbooks:
    return Workbooks(tmp_path / "copy")


def new(path: Path, checked: Validation) -> list[Finding]:
    """The findings in ``path`` that the repository's own workbooks do not have."""
    known = {finding.fingerprint for finding in checked.report.findings if finding.excepted is None}
    report = validation.validate([path], TODAY).report
    return [f for f in report.findings if f.excepted is None and f.fingerprint not in known]


def places(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.cell)) for finding in findings]


def told(path: Path, cwd: Path) -> tuple[int, dict[str, Any], str]:
    """Exit code, JSON report and text of ``backdata validate`` as a person calls it."""
    command: list[str | Path] = [CONSOLE, "validate", path, "--output", "json=found.json", "--output", "text"]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stderr == ""
    return done.returncode, json.loads((cwd / "found.json").read_text("utf-8")), done.stdout


def test_our_own_workbooks_have_no_error(checked: Validation) -> None:
    assert checked.report.count("error") == 0
    assert checked.report.facts > 500


@pytest.mark.parametrize("given", ["one workbook", "the whole folder"])
def test_a_multifidus_on_the_accessory_nerve_is_one_error_that_says_why(
    given: str, books: Workbooks, tmp_path: Path, checked: Validation
) -> None:
    row = books.row("innervations", muscle="multifidi", role="motor", reading="preferred")
    books.set("innervations", row, nerve="accessory nerve")
    folder = books.saved()
    if given == "one workbook":
        code, report, text = told(Path(shutil.copy(folder / "muscles.xlsx", tmp_path / "mine.xlsx")), tmp_path)
    else:
        code, report, text = told(folder, tmp_path)
    (finding,) = [finding for finding in report["findings"] if finding["excepted"] is None]
    assert code == 1
    assert report["summary"]["errors"] == 1
    assert (finding["file"], finding["sheet"], finding["cell"]) == (
        "mine.xlsx" if given == "one workbook" else "muscles.xlsx",
        "innervations",
        f"{get_column_letter(books.columns('innervations')['nerve'])}{row}",
    )
    assert (finding["code"], finding["severity"], finding["value"]) == ("BD501", "error", "accessory nerve")
    for word in ("Multifidus", "epaxial", "posterior rami only", "accessory nerve is a cranial nerve"):
        assert word in finding["message"]
    excepted = sum(finding.excepted is not None for finding in checked.report.findings)
    assert len(report["findings"]) == 1 + excepted
    assert text.count("BD501") == 1
    assert finding["message"] in " ".join(text.split())


def test_a_nerve_typed_on_one_multifidus_is_judged_like_that_of_the_group(
    books: Workbooks, checked: Validation
) -> None:
    item = str(max(books.items("innervations")["multifidus-lumborum"]) + 1)
    row = books.append("innervations", muscle="multifidus lumborum", item=item, nerve="accessory-nerve", role="motor",
                       reading="preferred", source="gray-1918")  # fmt: skip
    assert places(new(books.saved(), checked)) == [("BD501", books.at("innervations", row, "nerve"))]


Fault = Callable[[Workbooks], tuple[str, str]]
FAULTS: list[Fault] = []


def fault(edit: Fault) -> Fault:
    """A fault that an editor makes; returns the code and the cell of the one finding that tells of it."""
    FAULTS.append(edit)
    return edit


@fault
def the_only_origin_is_deleted(books: Workbooks) -> tuple[str, str]:
    books.delete("attachments", muscle="semispinalis-thoracis", end="origin")
    return "BD402", books.at("muscles", books.row("muscles", id="semispinalis-thoracis"), "id")


@fault
def the_only_insertion_is_deleted(books: Workbooks) -> tuple[str, str]:
    books.delete("attachments", muscle="semispinalis-cervicis", end="insertion")
    return "BD403", books.at("muscles", books.row("muscles", id="semispinalis-cervicis"), "id")


@fault
def all_actions_are_deleted(books: Workbooks) -> tuple[str, str]:
    books.delete("actions", muscle="rhomboid-major")
    return "BD404", books.at("muscles", books.row("muscles", id="rhomboid-major"), "id")


@fault
def the_only_motor_nerve_is_deleted(books: Workbooks) -> tuple[str, str]:
    books.delete("innervations", muscle="rhomboid-major")
    return "BD405", books.at("muscles", books.row("muscles", id="rhomboid-major"), "id")


@fault
def the_first_of_several_origins_is_deleted(books: Workbooks) -> tuple[str, str]:
    books.delete("attachments", muscle="splenius-capitis", end="origin", item="1")
    return "BD421", books.at(
        "attachments", books.row("attachments", muscle="splenius-capitis", end="origin", item="3"), "item"
    )


@fault
def an_origin_is_deleted_before_an_item_with_several_readings(books: Workbooks) -> tuple[str, str]:
    muscle, item = next(
        (muscle, max(items))
        for muscle, items in books.items("attachments", end="origin").items()
        if max(items) > 1 and items.count(max(items)) > 1
    )
    books.delete("attachments", muscle=muscle, end="origin", item="1")
    last = books.rows("attachments", muscle=muscle, end="origin", item=str(item))
    return "BD421", books.at("attachments", last[0], "item")


@fault
def the_preferred_origin_is_deleted_and_its_alternatives_stay(books: Workbooks) -> tuple[str, str]:
    books.delete("attachments", muscle="semispinalis-thoracis", end="origin", reading="preferred")
    left = books.rows("attachments", muscle="semispinalis-thoracis", end="origin")
    return "BD423", books.at("attachments", left[0], "reading")


@fault
def a_nerve_is_misspelt(books: Workbooks) -> tuple[str, str]:
    row = books.row("innervations", muscle="suboccipital-posterior")
    books.set("innervations", row, nerve="suboccipital nerv")
    return "BD301", books.at("innervations", row, "nerve")


@fault
def c8_stands_among_the_vertebrae(books: Workbooks) -> tuple[str, str]:
    row = books.row("attachments", muscle="splenius-capitis", end="origin", item="2", reading="preferred")
    books.set("attachments", row, levels="C8")
    return "BD511", books.at("attachments", row, "levels")


@fault
def a_range_runs_backwards(books: Workbooks) -> tuple[str, str]:
    row = books.row("attachments", muscle="splenius-capitis", end="origin", item="2", reading="preferred")
    books.set("attachments", row, levels="T3–C7")
    return "BD512", books.at("attachments", row, "levels")


@fault
def a_row_is_repeated(books: Workbooks) -> tuple[str, str]:
    row = books.row("attachments", muscle="splenius-capitis", end="origin", item="2", reading="preferred")
    sheet, columns = books.sheet("attachments"), books.columns("attachments")
    again = books.append("attachments", **{name: sheet.cell(row, place).value for name, place in columns.items()})
    return "BD203", books.at("attachments", again, "item")


@fault
def an_item_number_is_typed_twice_with_one_source(books: Workbooks) -> tuple[str, str]:
    row = books.row("attachments", muscle="multifidus-lumborum", end="origin", item="2")
    books.set("attachments", row, item="1")
    return "BD203", books.at("attachments", row, "item")


@fault
def an_item_number_is_typed_twice_with_two_sources(books: Workbooks) -> tuple[str, str]:
    row = books.row("attachments", muscle="latissimus-dorsi", end="origin", item="2")
    books.set("attachments", row, item="1")
    return "BD422", books.at("attachments", row, "reading")


@fault
def a_muscle_is_removed_with_its_facts(books: Workbooks) -> tuple[str, str]:
    books.delete("muscles", id="splenius-capitis")
    for table in FACTS:
        if books.rows(table, muscle="splenius-capitis"):
            books.delete(table, muscle="splenius-capitis")
    return "BD401", books.at("inventory", books.row("inventory", muscle="splenius-capitis"), "muscle")


@fault
def a_muscle_is_removed_and_its_facts_stay(books: Workbooks) -> tuple[str, str]:
    books.delete("muscles", id="splenius-capitis")
    return "BD401", books.at("inventory", books.row("inventory", muscle="splenius-capitis"), "muscle")


@fault
def a_muscle_is_removed_and_its_parts_stay(books: Workbooks) -> tuple[str, str]:
    books.delete("muscles", id="trapezius")
    return "BD401", books.at("inventory", books.row("inventory", muscle="trapezius"), "muscle")


@fault
def a_source_does_not_exist(books: Workbooks) -> tuple[str, str]:
    row = books.rows("actions", muscle="iliocostalis")[0]
    books.set("actions", row, source="gray-1981")
    return "BD301", books.at("actions", row, "source")


@fault
def a_segment_is_no_root_of_the_nerve(books: Workbooks) -> tuple[str, str]:
    row = books.row("innervations", muscle="rhomboid-major", item="1", reading="preferred")
    books.set("innervations", row, segments="C8")
    return "BD514", books.at("innervations", row, "segments")


@fault
def an_exception_without_a_finding_has_expired(books: Workbooks) -> tuple[str, str]:
    row = books.append("exceptions", rule="BD503", row_id="trapezius", column="development", value="branchial",
                       reason="It is extrinsic.", source="ta2", by="editors", granted="2026-01-01", expires="2026-11-21")  # fmt: skip
    return "BD602", books.at("exceptions", row, "expires")


@fault
def an_exception_is_taken_back(books: Workbooks) -> tuple[str, str]:
    books.delete("exceptions", row_id="intertransversarii-anteriores-cervicis")
    row = books.row("muscles", id="intertransversarii-anteriores-cervicis")
    return "BD503", books.at("muscles", row, "development")


@fault
def the_ramus_of_a_nerve_is_misspelt(books: Workbooks) -> tuple[str, str]:
    row = books.row("nerves", id="accessory-nerve")
    books.set("nerves", row, ramus="craneal")
    return "BD204", books.at("nerves", row, "ramus")


@pytest.mark.parametrize("edit", FAULTS, ids=lambda edit: edit.__name__)
def test_one_fault_is_one_finding_at_its_cell(edit: Fault, books: Workbooks, checked: Validation) -> None:
    expected = edit(books)
    assert places(new(books.saved(), checked)) == [expected]


def test_an_exception_that_ends_gives_its_finding_back(books: Workbooks, checked: Validation) -> None:
    muscle = "intertransversarii-anteriores-cervicis"
    exception, row = books.row("exceptions", row_id=muscle), books.row("muscles", id=muscle)
    books.set("exceptions", exception, expires="2026-11-21")
    assert places(new(books.saved(), checked)) == [
        ("BD503", books.at("muscles", row, "development")),
        ("BD602", books.at("exceptions", exception, "expires")),
    ]
    books.set("exceptions", exception, expires="2026-11-22")
    assert new(books.saved(), checked) == [], "it holds to the end of its last day"


def test_findings_say_what_is_wrong_and_what_is_meant(books: Workbooks, checked: Validation) -> None:
    edits = (a_nerve_is_misspelt, c8_stands_among_the_vertebrae, a_segment_is_no_root_of_the_nerve)
    misspelt, c8, beyond = (edit(books)[1] for edit in edits)
    found = {str(finding.cell): finding for finding in new(books.saved(), checked)}
    assert found.keys() == {misspelt, c8, beyond}
    assert found[misspelt].suggestions[0] == "suboccipital nerve"
    assert found[misspelt].value == "suboccipital nerv"
    assert "there is no vertebra C8: C8 is a spinal nerve" in found[c8].message
    assert "C8 is no root of the dorsal scapular nerve, which has (C4) C5" in found[beyond].message


def test_a_repeated_row_names_the_first_one(books: Workbooks, checked: Validation) -> None:
    a_row_is_repeated(books)
    (finding,) = new(books.saved(), checked)
    first = books.rows("attachments", muscle="splenius-capitis", end="origin", item="2", reading="preferred")[0]
    assert [str(cell) for cell in finding.related] == [books.at("attachments", first, "item")]


# What follows changes how the workbooks look, and nothing that they say.


def tables(book: Any) -> Iterator[Any]:
    return (sheet for sheet in book.worksheets if sheet.title in schemas.tables())


def rewrite(sheet: Any, grid: list[list[Any]]) -> None:
    for row, values in enumerate(grid, 1):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value


def grid(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def each_book(folder: Path, change: Callable[[Any], None]) -> None:
    for path in sorted(folder.glob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        for sheet in tables(book):
            change(sheet)
        book.save(path)


def rows_in_another_order(folder: Path) -> None:
    def shuffle(sheet: Any) -> None:
        header, *rows = grid(sheet)
        random.Random(sheet.title).shuffle(rows)
        rewrite(sheet, [header, *rows])

    each_book(folder, shuffle)


def columns_in_another_order(folder: Path) -> None:
    each_book(folder, lambda sheet: rewrite(sheet, [row[::-1] for row in grid(sheet)]))


def sheets_in_another_order_and_another_workbook(folder: Path) -> None:
    gathered = openpyxl.Workbook()
    gathered.remove(gathered.worksheets[0])
    for path in sorted(folder.glob("*.xlsx")):
        for sheet in tables(openpyxl.load_workbook(path)):
            rewrite(gathered.create_sheet(sheet.title, 0), grid(sheet))
        path.unlink()
    gathered.save(folder / "everything.xlsx")


def styles_titles_and_empty_rows(folder: Path) -> None:
    def dress(sheet: Any) -> None:
        sheet.insert_rows(3)
        sheet.insert_rows(1, 2)
        sheet["A1"].value = f"Muscles of the back: {sheet.title}"
        for cell in sheet["A"]:
            cell.font, cell.fill = Font(name="Courier New", bold=True, color="FF0000"), PatternFill("solid", "FFFF00")
        sheet.column_dimensions["B"].hidden = True
        sheet.freeze_panes = None
        sheet.auto_filter.ref = None

    each_book(folder, dress)


def extra_spaces(folder: Path) -> None:
    def space(sheet: Any) -> None:
        changed = [
            [f" \u00a0{value.replace(' ', '  ')}\t " if isinstance(value, str) else value for value in row]
            for row in grid(sheet)
        ]
        rewrite(sheet, changed)

    each_book(folder, space)


def other_dashes(folder: Path) -> None:
    """En dashes of levels, pages and steps become what keyboards have; hyphens of ids become what word processors make."""

    def dash(sheet: Any) -> None:
        header, *rows = grid(sheet)
        schema = schemas.tables()[sheet.title].columns
        turn = random.Random(sheet.title)
        for row in rows:
            for place, name in enumerate(header):
                column = schema[name]
                if isinstance(row[place], str) and (column.levels or "–" in column.pattern):
                    row[place] = row[place].replace("–", turn.choice(["-", "—", "‒", " - ", " – ", "−"]))
                elif isinstance(row[place], str) and (column.refers_to or column.pattern.startswith("^[a-z]")):
                    row[place] = row[place].replace("-", turn.choice(["‑", "‐", "–"]))
        rewrite(sheet, [header, *rows])

    each_book(folder, dash)


def csv_files_instead_of_workbooks(folder: Path) -> None:
    for path in sorted(folder.glob("*.xlsx")):
        for number, sheet in enumerate(tables(openpyxl.load_workbook(path))):
            encoding, delimiter = ("utf-8-sig", ";") if number % 2 else ("utf-8", ",")
            with (folder / f"{sheet.title}.csv").open("w", encoding=encoding, newline="") as file:
                csv.writer(file, delimiter=delimiter).writerows(grid(sheet))
        path.unlink()


LOOKS = [rows_in_another_order, columns_in_another_order, sheets_in_another_order_and_another_workbook,
         styles_titles_and_empty_rows, extra_spaces, other_dashes, csv_files_instead_of_workbooks]  # fmt: skip


@pytest.fixture(scope="module")
def published(checked: Validation, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Path, size and digest of every file that our own workbooks give."""
    to = tmp_path_factory.mktemp("published") / "exports"
    files: list[dict[str, Any]] = publish.publish(checked, [resources.RAW], to).manifest["files"]
    return files


def looks_the_same(folder: Path, to: Path, checked: Validation, published: list[dict[str, Any]], *only: str) -> None:
    again = validation.validate([folder], TODAY)
    assert {f.fingerprint for f in again.report.findings} == {f.fingerprint for f in checked.report.findings}
    assert again.report.facts == checked.report.facts
    written = publish.publish(again, [folder], to, only).manifest["files"]
    wanted = [file for file in published if not only or file["path"].startswith(only)]
    assert wanted
    about = ("README.md", "datapackage.json")  # they tell which formats are there
    assert [file for file in written if file in wanted or file["path"] not in about] == wanted


@pytest.mark.parametrize("change", LOOKS, ids=lambda change: change.__name__)
def test_how_the_workbooks_look_changes_no_finding_and_no_byte(
    change: Callable[[Path], None], tmp_path: Path, checked: Validation, published: list[dict[str, Any]]
) -> None:
    folder = Path(shutil.copytree(resources.RAW, tmp_path / "copy"))
    change(folder)
    looks_the_same(folder, tmp_path / "exports", checked, published, "csv", "json")


def test_all_these_looks_together_change_no_byte_of_any_format(
    tmp_path: Path, checked: Validation, published: list[dict[str, Any]]
) -> None:
    folder = Path(shutil.copytree(resources.RAW, tmp_path / "copy"))
    for change in (
        rows_in_another_order,
        columns_in_another_order,
        other_dashes,
        extra_spaces,
        sheets_in_another_order_and_another_workbook,
    ):
        change(folder)
    looks_the_same(folder, tmp_path / "exports", checked, published)


@pytest.mark.parametrize(
    "change", [rows_in_another_order, columns_in_another_order], ids=lambda change: change.__name__
)
def test_a_finding_keeps_its_fingerprint_wherever_its_row_stands(
    change: Callable[[Path], None], books: Workbooks, checked: Validation
) -> None:
    for edit in (a_nerve_is_misspelt, c8_stands_among_the_vertebrae, a_segment_is_no_root_of_the_nerve):
        edit(books)
    before = new(books.saved(), checked)
    change(books.folder)
    after = new(books.folder, checked)
    assert len(before) == 3
    assert {f.fingerprint for f in after} == {f.fingerprint for f in before}
    assert {str(f.cell) for f in after}.isdisjoint({str(f.cell) for f in before})
