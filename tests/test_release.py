"""A release is all or nothing: rehearsed and made in small repositories of their own, with the real git and the real Anki."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from backdata import citation, examples, fresh, resources, validation
from backdata.diff import compare, editions
from backdata.diff.difference import Difference
from backdata.model import Edit, edit
from backdata.publish import Refused
from backdata.release import Failed, learner, papers, record, tree
from backdata.version import VERSION

ROOT = resources.PUBLISHED.parent
CARRIED = (
    "src",
    "schemas",
    "tools",
    "docs",
    "README.md",
    "CHANGELOG.md",
    "pyproject.toml",
    "LICENSE",
    "LICENSE-CONTENT.md",
)
LEVELS = edit("attachments", "splenius-capitis.origin.2", levels="C7–T3")
TODAY = dt.date(2026, 12, 24)


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A Python of the repository in ``folder``."""
    plain = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    own = {"PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *words]
    return subprocess.run(command, cwd=folder, env=plain | own | environment, capture_output=True, encoding="utf-8", check=False)  # fmt: skip


def backdata(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(folder, "-c", "from backdata.cli import main; main()", *words)


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, encoding="utf-8", check=True).stdout


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", message)


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.relative_to(folder).parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def built(folder: Path, *edits: Edit) -> None:
    """Write the mini-atlas as raw/, then exports and pages until they no longer change."""
    examples.write_csv(folder / "raw", edits)
    for words in (("export",), None, ("export",)):
        done = backdata(folder, *words) if words else run(folder, "docs/build.py")
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def unreleased(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository laid out as ours, with the mini-atlas in raw/, before its first release."""
    folder = tmp_path_factory.mktemp("unreleased") / "repository"
    folder.mkdir()
    for name in CARRIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder)
    (folder / "CHANGELOG.md").write_text(
        f"# Changelog\n\n## {VERSION} (unreleased)\n\n### Facts\n\n- By hand.\n", "utf-8"
    )
    (folder / "raw").mkdir()
    built(folder)
    git(folder, "init", "--quiet")
    commit(folder, "all")
    return folder


@pytest.fixture(scope="module")
def first(unreleased: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The repository after its first release, committed as the command says, and what the command said."""
    folder = Path(shutil.copytree(unreleased, tmp_path_factory.mktemp("first") / "repository"))
    done = backdata(folder, "release")
    assert done.returncode == 0, done.stdout + done.stderr
    commit(folder, f"Release {VERSION}")
    git(folder, "tag", f"v{VERSION}")
    return folder, done.stdout


@pytest.fixture(scope="module")
def corrected(first: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The released repository after a fact was corrected and committed."""
    folder = Path(shutil.copytree(first[0], tmp_path_factory.mktemp("corrected") / "repository"))
    text = (folder / "CHANGELOG.md").read_text("utf-8")
    unreleased = "## Unreleased\n\n### Facts\n\n- Levels after Gray.\n\n### Program\n\n- Faster.\n\n"
    (folder / "CHANGELOG.md").write_text(text.replace(f"## {VERSION}", f"{unreleased}## {VERSION}"), "utf-8")
    built(folder, LEVELS)
    commit(folder, "a correction")
    return folder


# The first release


def test_the_first_release_is_the_version_that_stands_there(first: tuple[Path, str]) -> None:
    folder, said = first
    today = dt.datetime.now(dt.UTC).date().isoformat()
    assert f"{VERSION}, the first release" in said
    assert f"git tag -a v{VERSION}" in said
    assert sorted(path.name for path in (folder / "releases" / VERSION).iterdir()) == [
        "backdata.apkg",
        "manifest.json",
        "tables.json",
    ]
    assert (folder / "CHANGELOG.md").read_text("utf-8").startswith(f"# Changelog\n\n## {VERSION} ({today})\n\n### Facts\n\n- By hand.\n")  # fmt: skip
    assert f"date-released: '{today}'" in (folder / citation.NAME).read_text("utf-8")
    assert f"# {today} UTC" in (folder / "src" / "backdata" / "version.py").read_text("utf-8")


def test_dates_of_notes_count_from_the_release(first: tuple[Path, str]) -> None:
    folder, _ = first
    ledger = json.loads((folder / "exports" / "anki" / "ledger.json").read_bytes())
    assert ledger["release"] == VERSION
    assert not any("released" in entry for entry in ledger["notes"].values())


def test_what_was_released_is_what_a_new_build_gives(first: tuple[Path, str]) -> None:
    folder, _ = first
    done = backdata(folder, "export", "--check")
    assert (done.returncode, done.stdout) == (0, "exports is what a new build gives.\n")
    for name, exported in (("tables.json", "json/tables.json"), ("backdata.apkg", "anki/backdata.apkg"), ("manifest.json", "manifest.json")):  # fmt: skip
        assert (folder / "releases" / VERSION / name).read_bytes() == (folder / "exports" / exported).read_bytes()


# A later one


def test_a_rehearsal_tells_all_and_writes_nothing(corrected: Path) -> None:
    before = contents(corrected)
    done = backdata(corrected, "release", "--dry-run")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines if line.startswith(("ok", "FAILED"))] == ["ok"] * 9
    assert "0.1.1, a patch step after 0.1.0" in done.stdout
    assert "Facts: 1 changed." in done.stdout
    assert "0.1.1 can be released. Nothing was written." in done.stdout
    told = done.stdout.partition("Would be written, or taken away:\n")[2]
    for line in ("  CHANGELOG.md, CITATION.cff, ", "  exports/anki/", "  releases/0.1.1/backdata.apkg, manifest.json, tables.json", "  src/backdata/version.py"):  # fmt: skip
        assert line in told
    assert contents(corrected) == before
    assert git(corrected, "status", "--porcelain") == ""


def test_a_rehearsal_imports_the_old_deck_then_the_new_one(corrected: Path) -> None:
    pytest.importorskip("anki")
    old, new = (corrected / "releases" / VERSION, corrected / "exports")
    packages = [str(new / "anki" / "backdata.apkg"), str(old / "backdata.apkg")]
    done = run(ROOT, "tools/anki_rehearsal.py", *packages)
    went = json.loads(done.stdout)
    cards = compare(*(editions.read(str(path), Path()) for path in (old, new))).cards
    assert went["then"]["updated"] == len(cards.updated) > 0
    assert went["then"]["duplicate"] == cards.same
    assert (went["then"]["new"], went["then"]["conflicting"], went["kept"]) == (0, 0, True)
    assert went["studied"] > 0


def test_a_release_writes_the_facts_beside_what_was_written_by_hand(corrected: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(corrected, tmp_path / "repository"))
    done = backdata(folder, "release")
    assert done.returncode == 0, done.stdout + done.stderr
    changelog = (folder / "CHANGELOG.md").read_text("utf-8")
    section = changelog.partition("## 0.1.1")[2].partition("## 0.1.0")[0]
    assert "### Facts\n\n- Levels after Gray.\n\n- Changed: Splenius capitis, origin 2: spinous processes of C7–T3 (T4) → C7–T3.\n\n### Program\n\n- Faster.\n" in section  # fmt: skip
    assert "- By hand." in changelog
    assert {path.name for path in (folder / "releases").iterdir()} == {"0.1.0", "0.1.1"}
    assert 'VERSION = "0.1.1"' in (folder / "src" / "backdata" / "version.py").read_text("utf-8")
    assert 'version = "0.1.1"' in (folder / "pyproject.toml").read_text("utf-8")
    assert json.loads((folder / "exports" / "manifest.json").read_bytes())["version"] == "0.1.1"
    assert backdata(folder, "export", "--check").returncode == 0
    said = backdata(folder, "diff", "releases/0.1.0", "releases/0.1.1").stdout
    assert "origin 2: spinous processes of C7–T3 (T4) → C7–T3" in said
    assert not (folder / ".backdata-release").exists()
    assert not (folder / "exports.edited").exists(), (
        "the dates of notes that count from here on are no edit of a person"
    )


def test_a_smaller_step_than_the_facts_ask_for_is_refused(corrected: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(corrected, tmp_path / "repository"))
    released = folder / "releases" / VERSION / "manifest.json"
    told = json.loads(released.read_bytes())
    released.write_text(json.dumps({**told, "rules": [*told["rules"], "BD999"]}), "utf-8")
    commit(folder, "the last release had a rule more")
    before = contents(folder)
    done = backdata(folder, "release", "--version", "0.1.1")
    assert done.returncode == 1
    assert "0.1.1 is too small a step after 0.1.0; at least 0.2.0" in done.stderr
    assert contents(folder) == before


@pytest.mark.parametrize("damaged", ["exports/manifest.json", f"releases/{VERSION}/manifest.json"])
def test_a_damaged_manifest_stops_a_release_and_is_named(damaged: str, corrected: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(corrected, tmp_path / "repository"))
    (folder / damaged).write_bytes((folder / damaged).read_bytes()[:500])
    commit(folder, "a bad merge")
    done = backdata(folder, "release", "--dry-run")
    assert done.returncode == 1
    assert f"{damaged} is damaged" in done.stderr
    assert "/backdata-release-" not in done.stderr


def test_errors_in_the_facts_stop_a_release_with_nothing_written(unreleased: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(unreleased, tmp_path / "repository"))
    examples.write_csv(folder / "raw", [edit("innervations", "multifidus-lumborum.innervation.1", nerve="accessory-nerve", segments=None)])  # fmt: skip
    commit(folder, "an error")
    before = contents(folder)
    done = backdata(folder, "release")
    assert done.returncode == 1
    assert "nerve from the wrong ramus" in done.stderr
    assert "Nothing was released; the repository is as it was." in done.stderr
    assert contents(folder) == before


def test_what_is_not_committed_stops_a_release_at_once(unreleased: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(unreleased, tmp_path / "repository"))
    (folder / "notes.txt").write_text("mine")
    done = backdata(folder, "release")
    assert done.returncode == 1
    assert "not committed: notes.txt" in done.stderr
    assert not (folder / "releases").exists()


def test_another_folder_is_no_repository_of_ours(tmp_path: Path) -> None:
    done = run(ROOT, "-c", f"import os; os.chdir({str(tmp_path)!r}); from backdata.cli import main; main()", "release")
    assert done.returncode == 1
    assert "there is nothing to release in this folder, for raw, " in done.stderr
    assert "Go to the folder in which backdata is developed" in done.stderr


def test_what_is_no_version_is_refused_wherever_one_is(tmp_path: Path) -> None:
    done = run(ROOT, "-c", f"import os; os.chdir({str(tmp_path)!r}); from backdata.cli import main; main()", "release", "--version", "abc")  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert "Error: --version: “abc” is no version; it must read like 1.2.0." in done.stderr


def test_a_version_older_than_what_is_there_is_refused_before_anything_is_begun(
    unreleased: Path, corrected: Path
) -> None:
    for folder, version, says in (
        (unreleased, "0.0.9", "--version: 0.0.9 is older than 0.1.0, which the program says it is"),
        (corrected, "0.0.9", "--version: 0.0.9 does not come after 0.1.0, the last release"),
        (corrected, VERSION, "--version: 0.1.0 does not come after 0.1.0, the last release"),
    ):
        done = backdata(folder, "release", "--dry-run", "--version", version)
        assert (done.returncode, done.stdout) == (2, "")
        assert says in done.stderr


# Its parts


def test_a_file_that_cannot_be_written_puts_all_others_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, copy = tmp_path / "root", tmp_path / "copy"
    for folder, words in ((root, "old"), (copy, "new")):
        folder.mkdir()
        for name in ("a", "b", "c"):
            (folder / name).write_text(words)
    (root / "gone").write_text("old")
    (copy / "come").write_text("new")
    before, replace_file = contents(root), Path.replace

    def fails(self: Path, target: Path) -> Path:
        if self.name == "gone" and self.parent == root:
            raise OSError(28, "No space left on device", str(self))
        return replace_file(self, target)

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(Failed, match=r"No space left on device.*all is as it was"):
        tree.install(root, copy, ["a", "b", "c", "come", "gone"])
    assert contents(root) == before
    monkeypatch.undo()
    tree.install(root, copy, ["a", "b", "c", "come", "gone"])
    assert contents(root) == contents(copy)


def test_of_the_records_the_first_and_the_last_are_kept(tmp_path: Path) -> None:
    for name in ("manifest.json", "json/tables.json", "anki/backdata.apkg"):
        (tmp_path / "exports" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "exports" / name).write_text("{}")
    for version in ("0.1.0", "0.2.0", "0.10.0"):
        record.write(tmp_path, version)
        last = record.last(tmp_path)
        assert last is not None
        assert last.name == version
    assert [path.name for path in record.releases(tmp_path)] == ["0.1.0", "0.10.0"]


@pytest.fixture(scope="module")
def difference(tmp_path_factory: pytest.TempPathFactory) -> Difference:
    folders = [tmp_path_factory.mktemp("old"), tmp_path_factory.mktemp("new")]
    for folder, edits in zip(folders, ([], [LEVELS]), strict=True):
        examples.write_csv(folder, edits)
    return compare(*(editions.read(str(folder), Path()) for folder in folders))


LINE = "- Changed: Splenius capitis, origin 2: spinous processes of C7–T3 (T4) → C7–T3."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# C\n\n## 0.1.0 (1)\n", f"# C\n\n## 0.2.0 (2026-12-24)\n\n### Facts\n\n{LINE}\n\n## 0.1.0 (1)\n"),
        ("# C\n\n## Unreleased\n\n### Facts\n\n- Mine.\n\n## 0.1.0 (1)\n", f"# C\n\n## 0.2.0 (2026-12-24)\n\n### Facts\n\n- Mine.\n\n{LINE}\n\n## 0.1.0 (1)\n"),
        ("# C\n\n## 0.2.0 (unreleased)\n\n### Program\n\n- Mine.\n", f"# C\n\n## 0.2.0 (2026-12-24)\n\n### Facts\n\n{LINE}\n\n### Program\n\n- Mine.\n"),
        ("# C\n", f"# C\n## 0.2.0 (2026-12-24)\n\n### Facts\n\n{LINE}\n\n"),
    ],
)  # fmt: skip
def test_the_changelog_keeps_what_was_written_by_hand(before: str, after: str, difference: Difference) -> None:
    assert papers.changelog(before, "0.2.0", TODAY, difference, "0.1.0") == after


def test_a_release_without_new_facts_says_so(difference: Difference) -> None:
    same = Difference(difference.old, difference.new, (), (), difference.cards)
    assert papers.facts(same, "0.1.0", "0.1.1") == ["- No fact has changed."]


WENT: dict[str, Any] = {
    "anki": "26", "then": {"new": 1, "updated": 2, "duplicate": 3, "conflicting": 0}, "kept": True, "notes": 6,
    "cards": 8, "missing_media": 0, "empty_cards": 0, "sound": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("went", "says"),
    [
        (
            {"then": {"new": 0, "updated": 0, "duplicate": 0, "conflicting": 6}},
            "6 notes conflict with those that learners",
        ),
        ({"kept": False}, "what was learnt is lost"),
        ({"missing_media": 2}, "2 pictures are missing"),
        ({"sound": False}, "the collection is damaged"),
    ],
)
def test_a_learner_who_would_lose_something_stops_a_release(
    went: dict[str, Any], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("anki")
    (tmp_path / "tools").mkdir()
    script = tmp_path / learner.SCRIPT
    told: list[str] = []
    script.write_text(f"print({json.dumps(WENT)!r})")
    learner.rehearse(tmp_path, None, None, lambda name, words: told.append(words))
    assert "6 notes with 8 cards" in told[0]
    script.write_text(f"print({json.dumps(WENT | went)!r})")
    with pytest.raises(Failed, match=says):
        learner.rehearse(tmp_path, None, None, lambda name, words: None)


# export --check


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    (folder / "raw").mkdir()
    raw = examples.write_csv(folder / "raw")
    for _ in range(2):  # the rules on what was published before run from the second time on
        backdata_export(raw, folder / "exports")
    return folder


def backdata_export(raw: Path, to: Path) -> None:
    from backdata import publish

    publish.publish(validation.validate([raw]), [raw], to)


def test_exports_that_were_touched_are_told_file_by_file_and_nothing_is_written(
    published: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(published, tmp_path / "copy"))
    raw, to = folder / "raw", folder / "exports"
    checked = validation.validate([raw])
    assert fresh.stale(checked, [raw], to) == []
    (to / "csv" / "muscles.csv").write_text("id\n")
    (to / "csv" / "nerves.csv").unlink()
    (to / "notes.txt").write_text("mine")
    before = contents(folder)
    assert fresh.stale(checked, [raw], to) == [
        "csv/muscles.csv differs",
        "csv/nerves.csv is missing",
        "notes.txt is written by no export",
    ]
    assert contents(folder) == before
    assert sorted(path.name for path in folder.iterdir()) == ["exports", "raw"]


def test_one_export_is_enough_after_a_published_fact_was_corrected(published: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(published, tmp_path / "copy"))
    raw, to = folder / "raw", folder / "exports"
    examples.write_csv(raw, [edit("attachments", "rhomboid-minor.origin.1", part="upper part")])
    assert "BD705" in {finding.code for finding in validation.validate([raw]).report.findings}
    backdata_export(raw, to)
    once = contents(to)
    checked = validation.validate([raw])
    assert "BD705" not in {finding.code for finding in checked.report.findings}
    assert fresh.stale(checked, [raw], to) == []
    backdata_export(raw, to)
    assert contents(to) == once


def test_exports_whose_manifest_is_damaged_are_not_checked_but_told(published: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(published, tmp_path / "copy"))
    checked = validation.validate([folder / "raw"])
    for damaged in ("", "[]", "{}", '{"$schema": "urn:backdata:schema:manifest:0.1", "files": 3}'):
        (folder / "exports" / "manifest.json").write_text(damaged)
        with pytest.raises(Refused, match="damaged"):
            fresh.stale(checked, [folder / "raw"], folder / "exports")


def test_a_fact_that_changed_since_makes_exports_stale(published: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(published, tmp_path / "copy"))
    examples.write_csv(folder / "raw", [LEVELS])
    done = run(ROOT, "-c", "from backdata.cli import main; main()", "export", str(folder / "raw"), "--to", str(folder / "exports"), "--check")  # fmt: skip
    assert done.returncode == 1
    assert f"{folder / 'exports'}/csv/attachments.csv differs" in done.stdout.splitlines()
    assert "csv/nerves.csv" not in done.stdout
    assert f"run backdata export {folder / 'raw'} --to {folder / 'exports'}, and commit" in done.stderr
    nowhere = run(
        ROOT, "-c", "from backdata.cli import main; main()", "export", "--to", str(tmp_path / "no"), "--check"
    )
    assert nowhere.returncode == 2
    assert not (tmp_path / "no").exists()
