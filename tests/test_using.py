"""The page for those who build on the data shows code that runs, prints what stands below it, and keeps its types."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import takewhile
from pathlib import Path

import pytest

from backdata import resources
from backdata.exporters import anki
from backdata.exporters.json import write_json
from backdata.flashcards.ledger import Ledger
from backdata.model import Dataset

PAGE = (resources.PUBLISHED.parent / "docs" / "using.md").read_text("utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def beside_the_exports(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder from which ``exports/`` is seen, its JSON as it is written today."""
    home = tmp_path_factory.mktemp("project")
    (home / "exports" / "json").mkdir(parents=True)
    for other in resources.PUBLISHED.iterdir():
        if other.name != "json":
            (home / "exports" / other.name).symlink_to(other)
    write_json.write(dataset, home / "exports" / "json", None)
    return home


@pytest.mark.parametrize("code", PYTHON, ids=lambda code: next(iter(re.findall(r"import (\w+)", code)), "code"))
def test_the_python_runs_and_prints_what_stands_below_it(code: str, beside_the_exports: Path) -> None:
    last = takewhile(lambda line: line.startswith("# "), reversed(code.splitlines()))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=beside_the_exports, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [line.removeprefix("# ") for line in last][::-1]


def test_each_section_names_the_libraries_that_its_example_needs() -> None:
    needed = {"Linked data": "rdflib", "CSV and Data Package": "duckdb"}
    imported = {name for code in PYTHON for name in re.findall(r"^(?:import|from) (\w+)", code, re.MULTILINE)}
    assert imported - {"backdata"} == set(needed.values())
    sections = dict(re.findall(r"^## (.+)\n([\s\S]*?)(?=^## |\Z)", PAGE, re.MULTILINE))
    for title, library in needed.items():
        assert f"`pip install {library}`" in sections[title], title
    assert "`pip install frictionless`" in sections["CSV and Data Package"]


def test_the_page_counts_the_notes_of_the_deck_right(dataset: Dataset) -> None:
    package, _ = anki.build(dataset, Ledger())
    asked, maps = (sum(note.type == kind.id for note in package.notes) for kind in anki.NOTE_TYPES)
    assert f"holds {asked} of the {asked + maps} notes" in PAGE
    assert f"the other {maps} are the maps" in PAGE


def test_parquet_is_written_where_the_page_says(tmp_path: Path) -> None:
    (words,) = re.findall(r"`backdata (export --to build/\w+ --only parquet)`", PAGE)
    (tmp_path / "raw").symlink_to(resources.PUBLISHED.parent / "raw")
    program = Path(sys.executable).with_name("backdata")
    done = subprocess.run([program, *words.split()], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (folder,) = re.findall(r"`(build/\w+/parquet/)`", PAGE)
    assert (tmp_path / folder / "muscles.parquet").is_file()


def test_programs_that_build_on_the_package_are_typed(tmp_path: Path) -> None:
    """mypy, as strict as it gets, reads the first example and a few lines more, far from our own settings."""
    consumer = tmp_path / "consumer.py"
    consumer.write_text(
        PYTHON[0]
        + """
from backdata.model import Fact, Levels, Source


def nerves(facts: tuple[Fact, ...]) -> dict[str, str]:
    return {fact.nerve: str(fact.segments or "") for fact in facts if fact.nerve and not fact.contested}


sure: tuple[str, ...] = levels.sure if levels else ()
found: Levels | None = muscle.innervations[0].segments
page: str | None = muscle.origins[0].sources[0].page
source: Source = data.sources["gray-1918"]
year: int | None = source.year
children: tuple[str, ...] = data.groups["deep"].children
reveal_type(data.muscles["splenius-capitis"].origins)
reveal_type(muscle.identifiers.fma)
wrong: int = muscle.latin
muscle.origin
""",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", tmp_path / "cache", consumer],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    told = [re.sub(r"^.*?: (note|error): ", "", line) for line in done.stdout.splitlines()]
    assert told == [
        'Revealed type is "tuple[backdata.model.facts.Fact, ...]"',
        'Revealed type is "str | None"',
        'Incompatible types in assignment (expression has type "str | None", variable has type "int")  [assignment]',
        '"Muscle" has no attribute "origin"; maybe "origins"?  [attr-defined]',
        "Found 2 errors in 1 file (checked 1 source file)",
    ], done.stdout + done.stderr
