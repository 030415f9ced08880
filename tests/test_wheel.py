"""The wheel works far from the checkout: with the schemas and the published tables that it carries."""

from __future__ import annotations

import json
import os
import shutil
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import backdata
from backdata import resources

ROOT = resources.PUBLISHED.parent
CARRIED = (
    "src",
    "schemas",
    "exports",
    "raw",
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    "LICENSE-CONTENT.md",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy, so that nothing is left in the checkout."""
    copy = tmp_path_factory.mktemp("wheel") / "copy"
    copy.mkdir()
    for name in CARRIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc", "~$*"))
        else:
            shutil.copy(ROOT / name, copy)
    command: list[str | Path] = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", copy.parent]
    done = subprocess.run(command, cwd=copy, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = copy.parent.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel in it and our dependencies beside it, but without the checkout."""
    home = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    asked = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    packages = Path(asked.stdout.strip())
    target: list[str | Path] = [
        "--python",
        python,
        "install",
        "--no-deps",
        "--no-index",
        "--no-compile",
        "--quiet",
        wheel,
    ]
    subprocess.run([sys.executable, "-m", "pip", *target], check=True, capture_output=True)
    # a .pth file would also take in the .pth file that leads to the checkout: links do not
    for folder in map(Path, site.getsitepackages()):
        for entry in folder.iterdir():
            if (
                not (packages / entry.name).exists()
                and entry.suffix != ".pth"
                and not entry.name.startswith("backdata")
            ):
                (packages / entry.name).symlink_to(entry)
    return home / "bin"


def run(installed: Path, cwd: Path, *command: str) -> subprocess.CompletedProcess[str]:
    program, *arguments = command
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [installed / program, *arguments], cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def test_it_carries_the_contracts_and_the_published_tables(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    carried = {
        *resources.TABLES.glob("*.yaml"),
        *resources.CONTRACTS.glob("*.json"),
        resources.PUBLISHED / "json" / "tables.json",
    }
    assert {f"backdata/_data/{path.relative_to(ROOT).as_posix()}" for path in carried} <= names
    assert "backdata/_data/exports/anki/ledger.json" in names
    assert {f"backdata/mini_atlas/{path.name}" for path in resources.MINI_ATLAS.iterdir()} <= names
    assert {"backdata/cli/validate.py", "backdata/rules/innervation.py", "backdata/report/html/page.html"} <= names
    assert {"backdata/report/html/page.css", "backdata/report/html/page.js"} <= names


def test_it_carries_nothing_that_is_not_needed(wheel: Path) -> None:
    for name in zipfile.ZipFile(wheel).namelist():
        top = name.partition("/")[0]
        assert top == "backdata" or top.endswith(".dist-info"), name
        assert not name.endswith((".pyc", ".apkg", ".xlsx")), name


def test_the_program_is_that_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    done = run(installed, tmp_path, "python", "-c", "import backdata; print(backdata.__file__)")
    assert Path(done.stdout.strip()).is_relative_to(installed.parent), done.stderr


def test_it_tells_its_version_and_its_rules(installed: Path, tmp_path: Path) -> None:
    assert run(installed, tmp_path, "backdata", "--version").stdout == f"backdata, version {backdata.__version__}\n"
    done = run(installed, tmp_path, "backdata", "rules")
    assert (done.returncode, done.stderr) == (0, "")
    assert "BD501  error    nerve from the wrong ramus\n" in done.stdout


def test_it_loads_the_published_data(installed: Path, tmp_path: Path) -> None:
    program = "import backdata; d = backdata.load(); print(len(d.muscles), len(d.tables['attachments']), d.version)"
    done = run(installed, tmp_path, "python", "-c", program)
    here = backdata.load()
    assert done.stdout.split() == [str(len(here.muscles)), str(len(here.tables["attachments"])), here.version], (
        done.stderr
    )


def test_a_workbook_is_judged_with_the_published_tables(installed: Path, tmp_path: Path) -> None:
    import openpyxl

    shutil.copy(resources.RAW / "muscles.xlsx", tmp_path / "mine.xlsx")
    done = run(installed, tmp_path, "backdata", "validate", "mine.xlsx", "-o", "text", "-o", "json=found.json")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    report = json.loads((tmp_path / "found.json").read_bytes())
    assert set(report["summary"]["context"].values()) == {"published data"}
    assert report["summary"]["facts"] > 500
    book = openpyxl.load_workbook(tmp_path / "mine.xlsx")
    header = [cell.value for cell in book["innervations"][1]]
    book["innervations"].cell(2, header.index("nerve") + 1).value = "acessory nerve"
    book.save(tmp_path / "mine.xlsx")
    done = run(installed, tmp_path, "backdata", "validate", "mine.xlsx")
    assert done.returncode == 1
    assert "accessory nerve" in done.stdout, "the nearest term, from the published nerves"


def test_a_whole_folder_can_be_exported(installed: Path, tmp_path: Path) -> None:
    shutil.copytree(resources.RAW, tmp_path / "raw")
    done = run(installed, tmp_path, "backdata", "export", "--only", "json")
    assert done.returncode == 0, done.stdout + done.stderr
    written, ours = tmp_path / "exports" / "json", resources.PUBLISHED / "json"
    assert {path.name for path in written.iterdir()} == {path.name for path in ours.iterdir()}
