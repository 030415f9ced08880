"""Practice workbooks: what is planted is told, and once it is corrected nothing is left."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import openpyxl
import pytest
from click.testing import CliRunner

from backdata import demo, examples, resources, validation
from backdata.cli import cli
from backdata.demo import Practice
from backdata.faults.bench import good_data, today
from backdata.faults.good import Good
from backdata.model import Finding, edit

FAULTS, SEED = 2, 2
Places: TypeAlias = set[tuple[str, str, str]]  # code, sheet, address


@pytest.fixture(scope="module")
def good() -> Good:
    return good_data(resources.RAW)


@pytest.fixture(scope="module")
def practice(good: Good) -> Practice:
    return demo.broken(good, FAULTS, SEED)


@pytest.fixture(scope="module")
def folder(good: Good, practice: Practice, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("practice")
    demo.write(folder, good, practice)
    return folder


@pytest.fixture(scope="module")
def clean(good: Good, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clean")
    demo.write(folder, good, Practice({}, ()))
    return folder


@pytest.fixture(scope="module")
def already(clean: Path) -> Places:
    """What is told of the clean workbooks."""
    return where(told(clean))


@pytest.fixture(scope="module")
def found(folder: Path) -> Places:
    """What is told of the spoilt workbooks."""
    return where(told(folder))


def told(folder: Path) -> list[Finding]:
    return [*validation.validate([folder / "raw"], today()).report.told]


def where(findings: list[Finding]) -> Places:
    return {(finding.code, finding.cell.sheet, finding.cell.address) for finding in findings}


def test_as_many_faults_as_wanted_are_planted_each_of_its_kind(practice: Practice) -> None:
    assert len(practice.answers) == FAULTS
    assert len({answer.kind for answer in practice.answers}) == FAULTS


def test_what_is_planted_is_told_and_nothing_else(practice: Practice, found: Places, already: Places) -> None:
    answers = [finding for answer in practice.answers for finding in answer.told]
    assert found - already == where(answers)


def test_no_two_faults_stand_in_one_row(practice: Practice) -> None:
    rows = [{(f.cell.sheet, f.cell.row) for f in answer.told} for answer in practice.answers]
    assert sum(map(len, rows)) == len(set.union(*rows))


def test_corrected_it_is_clean(good: Good, practice: Practice, found: Places, already: Places, tmp_path: Path) -> None:
    demo.write(tmp_path, good, practice)
    for path in (tmp_path / "raw").iterdir():
        book = openpyxl.load_workbook(path)
        for table in practice.grids.keys() & set(book.sheetnames):
            book[table].delete_rows(1, book[table].max_row)
            for line in good.grids[table].rows:
                book[table].append(list(line))
        book.save(path)
    assert where(told(tmp_path)) == already != found


def test_the_answers_say_what_was_done_and_which_code_tells_it(practice: Practice, folder: Path) -> None:
    words = " ".join((folder / "answers.txt").read_text(encoding="utf-8").split())
    for answer in practice.answers:
        assert " ".join(answer.did.split()) in words
        assert all(f"{f.code} at {f.cell}" in words for f in answer.told)


def test_notes_and_drop_downs_of_the_workbooks_stay(folder: Path, clean: Path) -> None:
    def help(path: Path) -> list[tuple[str, int, int]]:
        sheets = openpyxl.load_workbook(path).worksheets
        return [(s.title, sum(bool(c.comment) for c in s[1]), len(s.data_validations.dataValidation)) for s in sheets]

    for path in (folder / "raw").iterdir():
        assert help(path) == help(clean / "raw" / path.name)
        assert any(notes and drop_downs for _, notes, drop_downs in help(path))


def test_the_same_seed_makes_the_same_workbooks(good: Good, practice: Practice, folder: Path, tmp_path: Path) -> None:
    demo.write(tmp_path, good, demo.broken(good, FAULTS, SEED))
    made = [path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file()]
    assert Path("answers.txt") in made
    for name in made:
        assert (folder / name).read_bytes() == (tmp_path / name).read_bytes(), name


# --- the command ---------------------------------------------------------------------------------------------------------


def test_without_break_the_workbooks_are_clean_and_have_no_answers(tmp_path: Path, already: Places) -> None:
    done = CliRunner().invoke(cli, ["demo", "--to", str(tmp_path / "new")], standalone_mode=False)
    assert done.return_value == 0
    assert f"backdata validate {tmp_path / 'new' / 'raw'}" in done.output
    assert not (tmp_path / "new" / "answers.txt").exists()
    assert where(told(tmp_path / "new")) == already


def test_the_clean_workbooks_are_as_clean_as_those_they_were_made_of(already: Places) -> None:
    assert already <= where([*validation.validate([resources.RAW], today()).report.told])


def test_the_command_says_how_to_go_on(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["demo", "--break", "1", "--to", str(tmp_path / "new")], standalone_mode=False)
    assert "One fault is hidden in the workbooks" in done.output
    assert f"backdata validate {tmp_path / 'new' / 'raw'}" in done.output
    assert "answers.txt" in done.output


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = CliRunner().invoke(cli, ["demo", "--break", "1", "--to", str(tmp_path)])
    assert done.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("count", ["0", "1"])
def test_nobody_practises_on_workbooks_that_are_wrong_already(
    count: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "raw").mkdir()
    examples.write(tmp_path / "raw", [edit("attachments", "rhomboid-minor.origin.2", levels="C8")])
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["demo", "--break", count, "--to", "new"])
    assert done.exit_code == 2
    assert "the workbooks hold 1 error already. Correct them first: backdata validate." in done.output
    assert not (tmp_path / "new").exists()
