"""``releases/<version>/``: of the first and the last release, what the next one is compared with and rehearsed from."""

from __future__ import annotations

import shutil
from pathlib import Path

from backdata.diff.steps import figures

_KEPT = ("manifest.json", "json/tables.json", "anki/backdata.apkg")
PACKAGE = "backdata.apkg"


def last(root: Path) -> Path | None:
    """The record of the newest release, if there is one."""
    found = releases(root)
    return found[-1] if found else None


def releases(root: Path) -> list[Path]:
    """The records, oldest first."""
    return sorted((path for path in (root / "releases").glob("*") if _is_record(path)), key=lambda p: figures(p.name))


def write(root: Path, version: str) -> None:
    """Keep what ``exports/`` holds as the record of a release, and of those before it the first."""
    folder = root / "releases" / version
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in _KEPT:
        shutil.copy2(root / "exports" / name, folder / Path(name).name)
    for between in releases(root)[1:-1]:
        shutil.rmtree(between)


def _is_record(path: Path) -> bool:
    try:
        figures(path.name)
    except ValueError:
        return False
    return (path / "tables.json").is_file()
