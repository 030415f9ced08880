"""What lies in ``exports/`` is what the workbooks in ``raw/`` say, to the byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from backdata import resources

ROOT = resources.PUBLISHED.parent


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new build, as ``make export`` makes it."""
    to = tmp_path_factory.mktemp("fresh") / "exports"
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    console = Path(sys.executable).parent / "backdata"
    done = subprocess.run(
        [console, "export", "--to", to], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"raw/ cannot be published:\n{done.stdout}{done.stderr}"
    return to


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(("~$", ".~lock")))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_exports_are_those_of_the_workbooks(built: Path) -> None:
    kept, new = contents(resources.PUBLISHED), contents(built)
    told = [f"{name} is missing in exports/" for name in sorted(new.keys() - kept.keys())]
    told += [f"{name} is no longer written" for name in sorted(kept.keys() - new.keys())]
    told += [f"{name} differs" for name in sorted(kept.keys() & new.keys()) if kept[name] != new[name]]
    assert told == [], "exports/ is stale. Run: make export"
