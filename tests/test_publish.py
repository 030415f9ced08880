"""Publication: all or nothing, the same bytes everywhere, and an account of every cell that was read."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from jsonschema import Draft202012Validator

import backdata
from backdata import examples, manifest, publish, registry, resources, swap, validation
from backdata.model import Dataset, Edit, Exporter, drop, edit
from backdata.publish import Publication, Refused

TODAY = dt.date(2026, 11, 22)
ERROR = edit("innervations", "multifidus-lumborum.innervation.1", nerve="accessory-nerve", segments=None)
OTHER_FACT = edit("attachments", "rhomboid-minor.origin.1", note="another note")
FACTS = ("attachments", "actions", "innervations", "blood_supply")
WITHOUT_RHOMBOID_MINOR = (
    *(drop(table, "rhomboid-minor") for table in ("muscles", "inventory")),
    *(drop(table, "rhomboid-minor.*") for table in FACTS),
)


def raw(folder: Path, edits: Iterable[Edit] = ()) -> Path:
    folder.mkdir(parents=True)
    return examples.write(folder, edits)


def export(folder: Path, to: Path, only: tuple[str, ...] = (), allow_findings: bool = False) -> Publication:
    return publish.publish(validation.validate([folder], TODAY), [folder], to, only, allow_findings)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def beside(to: Path) -> set[str]:
    return {path.name for path in to.parent.iterdir()} - {to.name}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published set to copy."""
    folder = tmp_path_factory.mktemp("first")
    export(raw(folder / "raw"), folder / "exports")
    return folder / "exports"


@pytest.fixture
def to(first: Path, tmp_path: Path) -> Path:
    """A folder that holds a published set, alone in its parent."""
    return Path(shutil.copytree(first, tmp_path / "published" / "exports"))


def numbers(name: str) -> Exporter:
    """A quick exporter of five files that count how often it was called."""
    calls = iter(range(1000))

    def write(dataset: Dataset, folder: Path, before: Path | None) -> None:
        number = next(calls)
        for file in "abcde":
            (folder / file).write_text(f"{number}\n" * 50)

    return Exporter(name, "numbers", write)


def broken(dataset: Dataset, folder: Path, before: Path | None) -> None:
    (folder / "half").write_text("half a file")
    raise RuntimeError("a screw is loose")


def test_errors_are_refused_and_the_old_exports_stay_to_the_byte(to: Path, tmp_path: Path) -> None:
    before = contents(to)
    with pytest.raises(Refused, match=r"errors were found \(1\); nothing was written"):
        export(raw(tmp_path / "raw", [ERROR]), to)
    assert contents(to) == before
    assert beside(to) == set()


def test_allowed_findings_stand_in_the_manifest(to: Path, tmp_path: Path) -> None:
    assert json.loads((to / "manifest.json").read_bytes())["findings"]["errors"] == 0
    manifest = export(raw(tmp_path / "raw", [ERROR]), to, allow_findings=True).manifest
    assert manifest["findings"]["errors"] == 1
    assert json.loads((to / "manifest.json").read_bytes()) == manifest
    nerves = {row["muscle"]: row["nerve"] for row in backdata.load(to).tables["innervations"]}
    assert nerves["multifidus-lumborum"] == "accessory-nerve"


def test_only_some_formats_leave_the_others_as_they_are(tmp_path: Path) -> None:
    folder, to = raw(tmp_path / "raw"), tmp_path / "exports"
    export(folder, to, only=("csv",))
    assert {path.name for path in to.iterdir()} == {"csv", "datapackage.json", "manifest.json", "README.md"}
    csv_alone = contents(to)
    export(folder, to, only=("json",))
    assert {path.name for path in to.iterdir()} == {"csv", "json", "datapackage.json", "manifest.json", "README.md"}
    assert {name for name, data in csv_alone.items() if contents(to)[name] != data} == {"manifest.json", "README.md"}


def test_only_some_formats_of_changed_workbooks_are_refused(to: Path, tmp_path: Path) -> None:
    before = contents(to)
    with pytest.raises(Refused, match="the workbooks have changed since"):
        export(raw(tmp_path / "raw", WITHOUT_RHOMBOID_MINOR), to, only=("csv",))
    assert contents(to) == before


def test_an_unknown_format_is_refused(to: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"no format is called pdf; known are .*csv"):
        export(raw(tmp_path / "raw"), to, only=("pdf",))


def test_two_runs_give_the_same_bytes_wherever_they_run(tmp_path: Path) -> None:
    folder = raw(tmp_path / "raw")
    console = Path(sys.executable).parent / "backdata"
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    plain = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    odd = {
        "TZ": "Pacific/Kiritimati",
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4711",
        "PYTHONUTF8": "0",
    }
    runs = [
        (tmp_path, {**plain, "TZ": "UTC", "PYTHONHASHSEED": "1"}, tmp_path / "one"),
        (elsewhere, {**plain, **odd}, tmp_path / "two"),
    ]
    for cwd, environment, to in runs:
        subprocess.run(
            [console, "export", folder, "--to", to], cwd=cwd, env=environment, check=True, capture_output=True
        )
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_publishing_again_changes_no_byte(to: Path, tmp_path: Path) -> None:
    before = contents(to)
    export(raw(tmp_path / "raw"), to)
    inputs = ("manifest.json",)  # carries the digest of a workbook that was saved at another moment
    assert {n: b for n, b in contents(to).items() if n not in inputs} == {
        n: b for n, b in before.items() if n not in inputs
    }


def test_errors_that_a_format_cannot_hold_are_refused_though_findings_are_allowed(to: Path, tmp_path: Path) -> None:
    before = contents(to)
    without_source = edit("attachments", "rhomboid-minor.origin.1", source=None)
    with pytest.raises(Refused, match="json cannot be written: "):
        export(raw(tmp_path / "raw", [without_source]), to, allow_findings=True)
    assert contents(to) == before
    assert beside(to) == set()


def test_an_exporter_that_fails_leaves_the_old_set_and_no_litter(
    to: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(to)
    exporters = {**registry.exporters(), "excel": Exporter("excel", "broken", broken)}
    monkeypatch.setattr(registry, "exporters", lambda: exporters)
    with pytest.raises(RuntimeError, match="a screw is loose"):
        export(raw(tmp_path / "raw", [OTHER_FACT]), to)
    assert contents(to) == before
    assert beside(to) == set()


def test_a_first_export_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "exporters", lambda: {"broken": Exporter("broken", "broken", broken)})
    with pytest.raises(RuntimeError):
        export(raw(tmp_path / "raw"), tmp_path / "new" / "exports")
    assert list((tmp_path / "new").iterdir()) == []


def test_a_file_that_changes_on_its_way_to_the_disk_is_noticed(
    to: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(to)
    write = manifest.write

    def spoil(folder: Path, made: dict[str, Any]) -> None:
        write(folder, made)
        (folder / "csv" / "nerves.csv").write_text("spoilt")

    monkeypatch.setattr(manifest, "write", spoil)
    with pytest.raises(Refused, match=r"csv/nerves\.csv"):
        export(raw(tmp_path / "raw"), to)
    assert contents(to) == before


def dead_process() -> int:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


@pytest.mark.parametrize("owner", ["dead", "nobody"])
def test_the_lock_of_a_process_that_is_gone_is_taken_over(owner: str, to: Path, tmp_path: Path) -> None:
    (to.parent / ".exports.lock").write_text(str(dead_process()) if owner == "dead" else "")
    export(raw(tmp_path / "raw", [OTHER_FACT]), to)
    assert "another note" in (to / "csv" / "attachments.csv").read_text("utf-8")
    assert beside(to) == set()


def test_the_lock_of_a_living_process_is_respected_and_named(to: Path, tmp_path: Path) -> None:
    before = contents(to)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as living:
        (to.parent / ".exports.lock").write_text(str(living.pid))
        with pytest.raises(Refused, match=f"process {living.pid}"):
            export(raw(tmp_path / "raw"), to)
        assert (to.parent / ".exports.lock").read_text() == str(living.pid)
        living.communicate(b"\n")
    assert contents(to) == before


def test_what_an_interrupted_run_left_is_cleared(to: Path, tmp_path: Path) -> None:
    for name in (".exports.new", ".exports.old"):
        (to.parent / name / "csv").mkdir(parents=True)
        (to.parent / name / "csv" / "half.csv").write_text("half a fi")
    export(raw(tmp_path / "raw"), to)
    assert beside(to) == set()
    assert not (to / "csv" / "half.csv").exists()


def test_a_set_that_was_moved_aside_when_the_run_was_interrupted_comes_back(
    to: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(to)
    to.rename(to.parent / ".exports.old")
    exporters = {"broken": Exporter("broken", "broken", broken)}
    monkeypatch.setattr(registry, "exporters", lambda: exporters)
    with pytest.raises(RuntimeError):
        export(raw(tmp_path / "raw"), to)
    assert contents(to) == before


def test_without_an_exchange_of_names_two_renames_do(to: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swap, "_exchanged", lambda one, other: False)
    export(raw(tmp_path / "raw", [OTHER_FACT]), to)
    assert "another note" in (to / "csv" / "attachments.csv").read_text("utf-8")
    assert beside(to) == set()


def slowly(step: Callable[..., None]) -> Callable[..., None]:
    def stepped(*arguments: object) -> None:
        step(*arguments)
        time.sleep(0.01)

    return stepped


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can exchange two names in one step")
def test_a_reader_sees_whole_sets_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for rename in ("rename", "replace"):  # a moment between two steps lasts long enough to be seen
        monkeypatch.setattr(os, rename, slowly(getattr(os, rename)))
    exporters = {name: numbers(name) for name in ("one", "two")}
    monkeypatch.setattr(registry, "exporters", lambda: exporters)
    folder, to = raw(tmp_path / "raw"), tmp_path / "exports"
    checked = validation.validate([folder], TODAY)
    publish.publish(checked, [folder], to)
    faults: list[str] = []
    seen: set[bytes] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                before = (to / "manifest.json").read_bytes()
            except OSError as error:
                faults.append(f"there was no set at all: {error}")
                continue
            wrong = []
            for file in json.loads(before)["files"]:
                try:
                    whole = hashlib.sha256((to / file["path"]).read_bytes()).hexdigest() == file["sha256"]
                except OSError:
                    whole = False
                wrong += [] if whole else [file["path"]]
            if before == (to / "manifest.json").read_bytes():  # no swap while it was reading
                seen.add(before)
                faults.extend(f"{path} is not of this set" for path in wrong)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for _ in range(20):
            publish.publish(checked, [folder], to)
    finally:
        done.set()
        reader.join()
    assert faults == []
    assert len(seen) > 2, "the reader was there"


def test_a_folder_with_files_of_others_is_not_taken(tmp_path: Path) -> None:
    """``--to .`` beside ``raw/`` must not swap the spreadsheets away."""
    folder = raw(tmp_path / "here" / "raw")
    before = contents(tmp_path / "here")
    with pytest.raises(Refused, match=r"raw/atlas\.xlsx"):
        export(folder, tmp_path / "here")
    assert contents(tmp_path / "here") == before


@pytest.mark.parametrize(
    "theirs",
    [
        {"name": "an app", "files": [{"path": "thesis.docx"}]},
        {"$schema": "https://example.org/manifest", "files": []},
        [],
        "text",
    ],
)
def test_a_manifest_of_another_program_gives_no_right_to_its_files(theirs: Any, tmp_path: Path) -> None:
    taken = tmp_path / "app"
    taken.mkdir()
    (taken / "manifest.json").write_text(json.dumps(theirs))
    (taken / "thesis.docx").write_text("three years")
    before = contents(taken)
    with pytest.raises(Refused, match=r"manifest\.json, thesis\.docx, which no export has written"):
        export(raw(tmp_path / "raw"), taken)
    assert contents(taken) == before


@pytest.mark.parametrize(
    "spoil",
    [lambda text: text[:300], lambda text: text.replace('"files"', '"flies"'), lambda text: f"<<<<<<< HEAD\n{text}"],
)
def test_a_damaged_manifest_of_ours_is_told_with_its_remedy(
    spoil: Callable[[str], str], to: Path, tmp_path: Path
) -> None:
    damaged = to / "manifest.json"
    damaged.write_text(spoil(damaged.read_text("utf-8")), "utf-8")
    before = contents(to)
    with pytest.raises(Refused, match=r"manifest\.json is damaged, so nobody knows .* put back the last version"):
        export(raw(tmp_path / "raw"), to)
    assert contents(to) == before


def test_what_somebody_has_edited_is_kept_beside_the_exports_and_told(to: Path, tmp_path: Path) -> None:
    """An export takes the place of edited files of ours, for a merge leaves such files too; but it loses none."""
    (to / "csv" / "nerves.csv").write_text("my nerves", "utf-8")
    with (to / "json" / "tables.json").open("ab") as file:
        file.write(b"\n")
    translated = (to / "README.md").read_bytes().replace(b"\n", b"\r\n")  # as git does it on Windows
    (to / "README.md").write_bytes(translated)
    folder = raw(tmp_path / "raw")
    written = export(folder, to)
    assert written.kept == to.with_name("exports.edited")
    assert "had been edited" in written.summary().splitlines()[-1]
    assert str(written.kept) in written.summary()
    assert set(contents(written.kept)) == {"csv/nerves.csv", "json/tables.json", "manifest.json"}
    assert (written.kept / "csv" / "nerves.csv").read_text("utf-8") == "my nerves"
    assert "my nerves" not in (to / "csv" / "nerves.csv").read_text("utf-8")
    assert export(folder, to).kept is None
    (to / "csv" / "nerves.csv").write_text("again", "utf-8")
    assert export(folder, to).kept == to.with_name("exports.edited-2")


def test_a_file_that_somebody_has_edited_does_not_pass_for_published_when_others_are_written(
    tmp_path: Path,
) -> None:
    folder, to = raw(tmp_path / "raw"), tmp_path / "exports"
    export(folder, to, ("csv", "json"))
    (to / "json" / "tables.json").write_text("{}", "utf-8")
    before = contents(to)
    with pytest.raises(Refused, match=r"json/tables\.json in .* has been edited since it was exported; export all"):
        export(folder, to, ("csv",))
    assert contents(to) == before
    assert export(folder, to, ("json",)).kept


def test_a_manifest_that_was_copied_does_not_make_the_files_of_others_ours(to: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    shutil.copy(to / "manifest.json", taken)
    (taken / "README.md").write_text("three years of work", "utf-8")
    kept = export(raw(tmp_path / "raw"), taken).kept
    assert kept
    assert (kept / "README.md").read_text("utf-8") == "three years of work"


@pytest.mark.parametrize("protected", ["csv", "csv/nerves.csv"])
def test_a_write_protected_part_of_the_exports_is_not_replaced(protected: str, to: Path, tmp_path: Path) -> None:
    mode = (to / protected).stat().st_mode
    (to / protected).chmod(mode & 0o555)
    before = contents(to)
    with pytest.raises(Refused, match=f"{protected} is write-protected"):
        export(raw(tmp_path / "raw"), to)
    assert contents(to) == before


def test_a_write_protected_folder_is_not_replaced(to: Path, tmp_path: Path) -> None:
    to.chmod(0o555)
    before = contents(to)
    with pytest.raises(Refused, match="write-protected; take the protection off, or write to another folder"):
        export(raw(tmp_path / "raw"), to)
    assert contents(to) == before


def test_the_manifest_says_nothing_of_the_publication_before(first: Path, tmp_path: Path) -> None:
    """Or else a corrected fact, which is told until it is published, would make two exports necessary."""
    to = Path(shutil.copytree(first, tmp_path / "exports"))  # beside raw/: what the workbooks are compared with
    corrected = raw(tmp_path / "raw", [edit("attachments", "rhomboid-minor.origin.1", part="upper part")])
    told = validation.validate([corrected], TODAY).report.findings
    assert "BD705" in {finding.code for finding in told}
    one = export(corrected, to).manifest
    after = contents(to)
    again = validation.validate([corrected], TODAY).report.findings
    assert "BD705" not in {finding.code for finding in again}
    assert export(corrected, to).manifest == one
    assert contents(to) == after


def test_all_rules_are_listed_and_those_apart_that_could_not_run(to: Path) -> None:
    made = manifest.read(to)
    assert made
    assert made["rules"] == sorted(registry.rules())
    assert set(made["rules_that_could_not_run"]) < set(made["rules"])
    assert not [code for code in made["rules_that_could_not_run"] if code.startswith("BD7")]


def test_the_summary_counts_what_was_written_and_names_the_folder_as_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = raw(tmp_path / "raw")
    everything = export(folder, Path("out/all"), ("csv", "sqlite"))
    csv_only = export(folder, Path("out/all"), ("csv",))
    count = sum(file["path"].startswith("csv/") for file in csv_only.manifest["files"])
    assert f" {count + 3} files written to out/all/." in csv_only.summary()
    assert "sqlite" not in csv_only.summary()
    assert "sqlite" in everything.summary()


def test_a_note_among_the_exports_is_not_lost(to: Path, tmp_path: Path) -> None:
    (to / "csv" / "my-notes.txt").write_text("remember")
    with pytest.raises(Refused, match=r"csv/my-notes\.txt"):
        export(raw(tmp_path / "raw"), to)
    assert (to / "csv" / "my-notes.txt").read_text() == "remember"


def test_a_link_to_the_exports_stays_a_link(to: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(to)
    export(raw(tmp_path / "raw", [OTHER_FACT]), link)
    assert link.is_symlink()
    assert "another note" in (to / "csv" / "attachments.csv").read_text("utf-8")
    assert beside(to) == set()


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="cannot be written"):
        export(raw(tmp_path / "raw"), tmp_path / "file" / "exports")


def test_the_manifest_keeps_its_contract_and_knows_every_file(to: Path) -> None:
    manifest = json.loads((to / "manifest.json").read_bytes())
    Draft202012Validator(json.loads((resources.CONTRACTS / "manifest.schema.json").read_bytes())).validate(manifest)
    files = {name: data for name, data in contents(to).items() if name != "manifest.json"}
    told = {file["path"]: (file["bytes"], file["sha256"]) for file in manifest["files"]}
    assert told == {name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items()}
    dataset = backdata.load(to)
    assert manifest["counts"]["muscles"] == len(dataset.muscles)
    assert manifest["counts"]["facts"] == sum(len(dataset.tables[table]) for table in FACTS)


def test_the_manifest_names_its_inputs_and_the_exceptions_in_force(to: Path, tmp_path: Path) -> None:
    folder = raw(tmp_path / "raw")
    manifest = export(folder, to).manifest
    assert manifest["inputs"] == [
        {"path": "atlas.xlsx", "sha256": hashlib.sha256((folder / "atlas.xlsx").read_bytes()).hexdigest()}
    ]
    assert [exception["rule"] for exception in manifest["exceptions"]] == ["BD503"]
    assert manifest["findings"]["excepted"] == 1


def stored_cells(folder: Path) -> dict[tuple[str, str], int]:
    """How many cells of each sheet are not empty, counted without our own reader."""
    counted = {}
    for path in folder.glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path).worksheets:
            counted[path.name, sheet.title] = sum(cell is not None for row in sheet.values for cell in row)
    return {place: cells for place, cells in counted.items() if cells}


def test_every_cell_that_was_read_is_accounted_for(tmp_path: Path) -> None:
    odd = edit("attachments", "rhomboid-minor.origin.2", page=dt.date(2026, 5, 4))
    folder = raw(tmp_path / "raw", [odd])
    book = openpyxl.load_workbook(folder / "atlas.xlsx")
    book.create_sheet("legend").append(["red", "not checked"])
    book["nerves"].cell(1, book["nerves"].max_column + 2).value = "my remarks"
    book["nerves"].cell(2, book["nerves"].max_column).value = "to check"
    note = [cell.value for cell in book["muscles"][1]].index("note") + 1
    book["muscles"].cell(3, note).value = "   "
    book["groups"].insert_rows(1)
    book["groups"]["A1"] = "The groups"
    book.save(folder / "atlas.xlsx")
    ledger = export(folder, tmp_path / "exports", allow_findings=True).manifest["ledger"]
    assert {(sheet["file"], sheet["sheet"]): sheet["cells"] for sheet in ledger} == stored_cells(folder)
    for sheet in ledger:
        assert sheet["cells"] == sheet["published"] + sum(sheet["skipped"].values()) + sheet["findings"], sheet
    of = {sheet["sheet"]: sheet for sheet in ledger}
    assert of["attachments"]["findings"] == 1
    assert of["legend"]["published"] == 0
    assert of["muscles"]["skipped"]["blank"] == 1
    assert set(of["groups"]["skipped"]) == {"header", "above the header"}
    assert "in a column without a known header" in of["nerves"]["skipped"]


def test_every_cell_of_our_own_workbooks_is_accounted_for() -> None:
    ledger = json.loads((resources.PUBLISHED / "manifest.json").read_bytes())["ledger"]
    assert {(sheet["file"], sheet["sheet"]): sheet["cells"] for sheet in ledger} == stored_cells(resources.RAW)
    for sheet in ledger:
        assert sheet["cells"] == sheet["published"] + sum(sheet["skipped"].values()) + sheet["findings"], sheet
        assert sheet["findings"] == 0
        assert set(sheet["skipped"]) <= {"header", "helper sheet"}


def test_the_published_cells_of_a_sheet_are_those_of_its_table(to: Path) -> None:
    ledger = {sheet["sheet"]: sheet for sheet in json.loads((to / "manifest.json").read_bytes())["ledger"]}
    for name, rows in backdata.load(to).tables.items():
        assert ledger[name]["published"] == sum(value is not None for row in rows for value in row.values()), name


def asked(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT * FROM muscles").fetchall()


def test_everything_that_is_written_can_be_read_again(to: Path) -> None:
    read: dict[str, Callable[[Path], object]] = {
        ".csv": lambda path: list(csv.DictReader(path.read_text("utf-8").splitlines(keepends=True), strict=True)),
        ".json": lambda path: json.loads(path.read_bytes()),
        ".xlsx": lambda path: openpyxl.load_workbook(path).sheetnames,
        ".apkg": lambda path: zipfile.ZipFile(path).testzip() or zipfile.ZipFile(path).namelist(),
        ".txt": lambda path: path.read_text("utf-8"),
        ".md": lambda path: path.read_text("utf-8"),
        ".html": lambda path: path.read_text("utf-8"),
        ".svg": ElementTree.parse,
        ".db": asked,
        ".ts": lambda path: path.read_text("utf-8"),
        ".jsonld": lambda path: json.loads(path.read_bytes()),
    }
    files = [path for path in to.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == set(read)
    empty = {"withdrawn.csv"}
    assert [path.name for path in files if not read[path.suffix](path) and path.name not in empty] == []
