"""CITATION.cff keeps the Citation File Format and says the version of the data."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from backdata import citation, resources
from backdata.version import RELEASED, VERSION

ROOT = resources.PUBLISHED.parent


def judged(file: Path) -> subprocess.CompletedProcess[str]:
    """The verdict of the format's own schema (1.2.0), and of a judge that is not ours."""
    command = (sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format", str(file))
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_the_citation_is_valid_cff() -> None:
    done = judged(ROOT / citation.NAME)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("good", "bad"), [("CC-BY-4.0", "CC BY 4.0"), ("type: dataset", "type: deck"), ("'2026", "'26")]
)
def test_the_judge_of_citations_refuses_what_is_wrong(good: str, bad: str, tmp_path: Path) -> None:
    text = citation.text("1.2.3", dt.date(2026, 11, 23))
    assert good in text
    (tmp_path / citation.NAME).write_text(text.replace(good, bad, 1), "utf-8")
    assert judged(tmp_path / citation.NAME).returncode == 1


def test_the_citation_says_the_version_the_date_and_both_licences() -> None:
    cited: dict[str, Any] = yaml.safe_load((ROOT / citation.NAME).read_text("utf-8"))
    released = dt.datetime.fromtimestamp(RELEASED, dt.UTC).date()
    package = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert cited["version"] == cited["references"][0]["version"] == VERSION == package["version"]
    assert cited["date-released"] == released.isoformat()
    assert [cited["license"], cited["references"][0]["license"]] == ["CC-BY-4.0", "MIT"]
    assert set(package["license"].split(" AND ")) == {"CC-BY-4.0", "MIT"}
    assert cited["authors"] == [{"name": "backdata contributors"}]
    assert f"version {VERSION}, CC BY 4.0" in (ROOT / "LICENSE-CONTENT.md").read_text("utf-8")


def test_the_citation_is_as_it_is_written_for_a_release() -> None:
    released = dt.datetime.fromtimestamp(RELEASED, dt.UTC).date()
    assert (ROOT / citation.NAME).read_text("utf-8") == citation.text(VERSION, released)
