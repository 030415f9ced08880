"""The command as people and programs call it: what it prints where, how it ends, and what it does not load."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click
import openpyxl
import pytest
from jsonschema import Draft202012Validator

import backdata
from backdata import bundle, examples, registry, resources
from backdata.cli import cli
from backdata.model import Edit, edit

CONSOLE = Path(sys.executable).parent / "backdata"
HEAVY = {"pandas", "numpy", "pandera", "pyarrow", "openpyxl", "narwhals", "jsonschema"}
ERROR = edit("innervations", "multifidus-lumborum.innervation.1", nerve="accessory-nerve", segments=None)
WARNING = edit("attachments", "rhomboid-minor.origin.1", note="beside the " + "very " * 60 + "long spine")
Done = subprocess.CompletedProcess[str]


def run(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> Done:
    command = [str(CONSOLE), *map(str, arguments)]
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1795305600", "NO_COLOR": "1", **environment}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False)


def exit_code(*arguments: str | Path) -> object:
    """The same without a new process, where the number is all that matters."""
    return cli.main([*map(str, arguments)], standalone_mode=False)


def mini(folder: Path, *edits: Edit) -> Path:
    folder.mkdir()
    return examples.write(folder, edits)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mini(tmp_path_factory.mktemp("clean") / "raw")


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mini(tmp_path_factory.mktemp("faulty") / "raw", ERROR)


@pytest.fixture(scope="module")
def doubtful(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mini(tmp_path_factory.mktemp("doubtful") / "raw", WARNING)


def test_a_clean_folder_ends_with_0_and_says_so_on_stdout(clean: Path) -> None:
    done = run("validate", clean)
    assert (done.returncode, done.stderr) == (0, "")
    assert "nothing to correct" in done.stdout


def test_an_error_ends_with_1_and_names_the_cell_and_the_remedy(faulty: Path) -> None:
    done = run("validate", faulty)
    assert (done.returncode, done.stderr) == (1, "")
    assert re.search(
        r"atlas\.xlsx › innervations\n\n +[A-Z]+[0-9]+ +error +nerve from the wrong ramus \(BD501\)\n", done.stdout
    )
    for told in ("accessory nerve is a cranial nerve", "Choose a nerve with that ramus"):
        assert told in " ".join(done.stdout.split())


@pytest.mark.parametrize(
    ("fail_on", "error", "warning"), [("error", 1, 0), ("warning", 1, 1), ("info", 1, 1), ("never", 0, 0)]
)
def test_fail_on_decides_which_findings_end_with_1(
    fail_on: str, error: int, warning: int, faulty: Path, doubtful: Path
) -> None:
    assert exit_code("validate", faulty, "--fail-on", fail_on) == error
    assert exit_code("validate", doubtful, "--fail-on", fail_on) == warning


def test_a_file_that_cannot_be_read_ends_with_3_and_the_others_are_checked(tmp_path: Path) -> None:
    folder = mini(tmp_path / "raw", ERROR)
    (folder / "more.xlsx").write_bytes(b"this is no workbook")
    done = run("validate", folder)
    assert done.returncode == 3
    assert "more.xlsx" in done.stdout
    assert "BD501" in done.stdout, "the workbook that can be read is judged"
    assert exit_code("validate", folder, "--fail-on", "never") == 3


def test_a_folder_without_facts_is_never_clean(tmp_path: Path) -> None:
    done = run("validate", tmp_path)
    assert done.returncode == 1
    assert "BD10" in done.stdout


def test_json_alone_on_stdout_is_a_document_that_keeps_its_contract(faulty: Path) -> None:
    done = run("validate", faulty, "--output", "json")
    document = json.loads(done.stdout)
    Draft202012Validator(json.loads((resources.CONTRACTS / "report.schema.json").read_bytes())).validate(document)
    assert done.returncode == 1
    assert [finding["code"] for finding in document["findings"] if finding["excepted"] is None] == ["BD501"]
    assert document["summary"]["errors"] == 1


def test_one_run_writes_several_outputs(faulty: Path, tmp_path: Path) -> None:
    done = run("validate", faulty, "-o", "json=found.json", "-o", "text=found.txt", "-o", "text", cwd=tmp_path)
    assert done.returncode == 1
    assert json.loads((tmp_path / "found.json").read_text("utf-8"))["summary"]["errors"] == 1
    assert (tmp_path / "found.txt").read_text("utf-8") == done.stdout


def test_without_paths_it_checks_raw_of_the_place_where_it_is_called(faulty: Path) -> None:
    assert run("validate", cwd=faulty.parent).stdout == run("validate", "raw", cwd=faulty.parent).stdout


def test_a_workbook_alone_is_judged_with_the_sheets_of_the_raw_folder_there(tmp_path: Path) -> None:
    folder = mini(tmp_path / "raw")
    book = openpyxl.load_workbook(folder / "atlas.xlsx")
    for name in book.sheetnames:
        if name != "innervations":
            book.remove(book[name])
    book.save(tmp_path / "mine.xlsx")
    done = run("validate", "mine.xlsx", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    book["innervations"].append([None] * book["innervations"].max_column)
    nerve = [cell.value for cell in book["innervations"][1]].index("nerve") + 1
    book["innervations"].cell(2, nerve).value = "no such nerve"
    book.save(tmp_path / "mine.xlsx")
    done = run("validate", "mine.xlsx", cwd=tmp_path)
    assert (done.returncode, done.stdout.count("BD301")) == (1, 1)


USAGE = {
    "unknown command": (["valdate"], "valdate"),
    "unknown option": (["validate", "--fial-on", "error"], "--fial-on"),
    "unknown severity": (["validate", "--fail-on", "fatal"], "fatal"),
    "path that is not there": (["validate", "no-such-folder"], "no-such-folder"),
    "unknown report format": (["validate", "--output", "pdf"], "pdf"),
    "report file below a file": (["validate", "RAW", "--output", "json=a-file/found.json"], "a-file"),
    "no raw folder": (["validate"], "raw"),
    "no raw folder to export": (["export"], "raw"),
    "unknown export format": (["export", "RAW", "--only", "pdf"], "pdf"),
    "export to a file": (["export", "RAW", "--to", "a-file"], "a-file"),
    "unknown code": (["explain", "BD999"], "BD999"),
    "no code": (["explain"], "CODE"),
    "template without a folder": (["template"], "--to"),
    "template into a folder with files": (["template", "--to", "."], "not empty"),
}


@pytest.mark.parametrize("case", USAGE)
def test_wrong_usage_ends_with_2_and_one_clear_line(case: str, clean: Path, tmp_path: Path) -> None:
    arguments, named = USAGE[case]
    (tmp_path / "a-file").write_text("not a folder")
    done = run(*(clean if argument == "RAW" else argument for argument in arguments), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
    assert named in line
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-file"], "nothing is written"


def test_a_usage_error_names_what_is_known(clean: Path) -> None:
    assert all(name in run("validate", clean, "-o", "pdf").stderr for name in registry.reporters())
    assert all(name in run("export", clean, "--only", "pdf").stderr for name in registry.exporters())


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("valdate", "There is no command “valdate”. Did you mean validate?"),
        ("exprot", "There is no command “exprot”. Did you mean export?"),
        ("xyz", "There is no command “xyz”. Known: validate, coverage, "),
    ],
)
def test_a_mistyped_command_is_answered_with_the_nearest_one(typed: str, says: str) -> None:
    assert says in run(typed).stderr


def commands(
    command: click.Command = cli, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, (*path, name))


@pytest.mark.parametrize(
    ("path", "command"), commands(), ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_every_command_explains_itself_and_each_of_its_options(path: tuple[str, ...], command: click.Command) -> None:
    done = run(*path, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{parameter.name} has no help"
            assert parameter.opts[-1] in done.stdout
    if command.params and path:
        assert re.search(rf"Examples?:\n +backdata {' '.join(path)}", done.stdout), "an example to copy"


def test_the_examples_of_the_help_are_words_that_the_command_knows() -> None:
    for path, command in commands():
        known = {opt for parameter in command.params for opt in (*parameter.opts, *parameter.secondary_opts)}
        for line in (command.epilog or "").splitlines():
            words = re.split(r"\s{2,}", line.strip())[0].split()
            if path and words[:1] == ["backdata"]:
                assert tuple(words[1:2]) == path
                assert {word for word in words if word.startswith("-")} <= known, line


def test_version_is_that_of_the_package() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout) == (0, f"backdata, version {backdata.__version__}\n")


def test_rules_lists_every_rule_once() -> None:
    lines = run("rules").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(registry.rules())
    assert all(
        rule.severity in line and rule.title in line
        for line, rule in zip(lines, registry.rules().values(), strict=True)
    )


def test_explain_tells_what_is_found_why_and_what_to_do() -> None:
    page = run("explain", "bd501").stdout
    rule = registry.rules()["BD501"]
    assert page.startswith("# BD501 nerve from the wrong ramus\n")
    for told in (" ".join(rule.reason.split()), rule.fix, "## Found", "## Not found", rule.source):
        assert told in page or told in " ".join(page.split())


@pytest.mark.parametrize("code", registry.rules())
def test_every_rule_has_a_page(code: str) -> None:
    from backdata.explain import page

    headings = [line for line in page(registry.rules()[code]).splitlines() if line.startswith("## ")]
    assert headings == ["## Why it matters", "## What to do", "## Found", "## Not found", "## Source"]


def test_template_writes_workbooks_that_have_a_header_and_no_fact(tmp_path: Path) -> None:
    done = run("template", "--to", "new", cwd=tmp_path)
    assert done.returncode == 0
    assert [Path(line).name for line in done.stdout.splitlines()] == ["muscles.xlsx", "vessels.xlsx", "vocabulary.xlsx"]
    assert run("validate", "new", cwd=tmp_path).returncode == 1, "no facts are no success"


def test_template_filled_with_a_folder_says_the_same_as_the_folder(clean: Path, tmp_path: Path) -> None:
    assert run("template", "--fill", clean, "--to", tmp_path / "new").returncode == 0
    before, after = (json.loads(run("validate", path, "-o", "json").stdout) for path in (clean, tmp_path / "new"))
    assert after["summary"]["facts"] == before["summary"]["facts"]
    assert [f["fingerprint"] for f in after["findings"]] == [f["fingerprint"] for f in before["findings"]]


def test_export_prints_a_table_of_what_it_wrote(clean: Path, tmp_path: Path) -> None:
    done = run("export", clean, "--to", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), "no progress bar where nobody watches"
    header, *formats, _ = done.stdout.splitlines()
    assert header.split() == ["format", "files", "bytes"]
    for line in formats:
        name, files, size = line.replace(",", "").split()
        written = [path for path in (tmp_path / "out" / name).rglob("*") if path.is_file()]
        assert (len(written), sum(path.stat().st_size for path in written)) == (int(files), int(size))
    usual = {name for name, exporter in registry.exporters().items() if not exporter.on_demand}
    assert {line.split()[0] for line in formats} == usual


def test_export_refuses_on_errors_and_tells_them(faulty: Path, tmp_path: Path) -> None:
    done = run("export", faulty, "--to", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "BD501" in done.stdout
    assert done.stderr.startswith("Not exported: ")
    assert list(tmp_path.iterdir()) == []


def test_export_of_an_unreadable_file_ends_with_3(tmp_path: Path) -> None:
    folder = mini(tmp_path / "raw")
    (folder / "more.xlsx").write_bytes(b"this is no workbook")
    done = run("export", folder, "--allow-findings", "--to", tmp_path / "out")
    assert done.returncode == 3
    assert not (tmp_path / "out").exists()


def test_a_fault_of_a_template_is_told_once_with_the_number_of_its_notes(tmp_path: Path) -> None:
    ours = resources.PUBLISHED / "anki" / "backdata.apkg"
    with zipfile.ZipFile(ours) as sound, closing(sqlite3.connect(":memory:")) as inside:
        inside.deserialize(sound.read("collection.anki2"))
        inside.execute("update col set models = replace(models, '{{Status}}', '{{Staus}}')")
        inside.commit()
        members = {name: sound.read(name) for name in sound.namelist()} | {"collection.anki2": inside.serialize()}
    bundle.write_zip(tmp_path / "broken.apkg", members)
    assert run("anki", "check", ours).stdout.endswith(": no faults.\n")
    faults = run("anki", "check", tmp_path / "broken.apkg").stdout.splitlines()[:-1]
    assert len(faults) < 5
    assert re.search(
        r"shows a field Staus, which its note type does not have \([0-9]+ notes, the first backdata:", faults[0]
    )


def light(code: str) -> set[str]:
    """The heavy modules that a program loads."""
    program = f"{code}\nimport sys; print(' '.join(sorted(set(sys.modules) & {HEAVY!r})), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "arguments", ["--help", "--version", "rules", "explain BD501", "validate --help", "validate -o pdf"]
)
def test_what_needs_no_data_loads_nothing_heavy(arguments: str) -> None:
    call = f"""
import sys
sys.argv = ['backdata', *{arguments.split()!r}]
from backdata.cli import main
try:
    sys.stdout = sys.stderr = open('/dev/null', 'w')
    main()
except SystemExit:
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
"""
    assert light(call) == set()


def test_import_and_load_need_nothing_heavy() -> None:
    assert light("import backdata") == set()
    assert light("import backdata; assert backdata.load().muscles") == set()
    assert light("import pandas") >= {"pandas", "numpy"}, "or else this test sees nothing"


def test_a_fault_of_our_own_ends_with_4_and_no_traceback(clean: Path, tmp_path: Path) -> None:
    program = (
        "import sys\nfrom backdata import cli, validation\n"
        "def broken(paths): raise RuntimeError('a screw is loose')\n"
        "validation.validate = broken\nsys.argv = ['backdata', *sys.argv[1:]]\ncli.main()\n"
    )
    command = [sys.executable, "-c", program, "validate", str(clean)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (4, "")
    assert len(done.stderr.splitlines()) == 1
    assert "a screw is loose" in done.stderr
    assert "not your data" in done.stderr
    debug = [sys.executable, "-c", program, "--debug", "validate", str(clean)]
    assert "Traceback" in subprocess.run(debug, capture_output=True, encoding="utf-8", check=False).stderr


def test_reports_are_readable_where_the_terminal_knows_ascii_only(faulty: Path) -> None:
    done = run("validate", faulty, LC_ALL="C", LANG="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 1
    assert "BD501" in done.stdout
    assert "Traceback" not in done.stderr


def test_reading_the_workbooks_never_changes_them(clean: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(clean, tmp_path / "raw"))
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    run("validate", folder)
    run("export", folder, "--to", tmp_path / "out")
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()} == before


def test_a_folder_for_reports_is_made_where_there_is_none(clean: Path, tmp_path: Path) -> None:
    assert (
        run(
            "validate", clean, "--output", "json=new/found.json", "--output", "html=new/found.html", cwd=tmp_path
        ).returncode
        == 0
    )
    assert {path.name for path in (tmp_path / "new").iterdir()} == {"found.json", "found.html"}
