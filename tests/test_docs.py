"""The documentation is what the code and the data say today, and what it shows can be run."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from backdata import registry
from backdata.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(scope="session")
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "docs" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_fresh(builder: ModuleType) -> None:
    for path, text in builder.pages():
        assert path.read_text("utf-8") == text, f"{path.relative_to(ROOT)} is stale: make docs"


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert {path.stem for path in (ROOT / "docs" / "rules").glob("BD*.md")} == set(registry.rules())


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert f"backdata {name}" in README


def test_the_python_of_the_readme_runs_and_prints_what_it_says() -> None:
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code is not None
    expected = code[1].rstrip().splitlines()[-1].removeprefix("# ")
    done = subprocess.run([sys.executable, "-c", code[1]], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == expected


def test_the_first_screen_of_the_readme_prints_what_make_build_prints(tmp_path: Path) -> None:
    shown = re.search(r"\$ make build\n(.*?)\n\n", README, re.DOTALL)
    assert shown is not None
    backdata = Path(sys.executable).with_name("backdata")
    done = subprocess.run(
        [backdata, "export", "--to", tmp_path / "exports"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip().replace(f"{tmp_path}/", "") == shown[1].strip(), "run: make docs"


@pytest.mark.parametrize(
    "page", [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "raw/README.md")], ids=lambda p: p.name
)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"


def test_decisions_are_short() -> None:
    for page in (ROOT / "docs" / "decisions").glob("*.md"):
        assert len(page.read_text("utf-8").splitlines()) <= 40, page.name
