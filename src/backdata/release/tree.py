"""The repository as files: whether all is committed, a copy of it, and how changes of the copy are put in place as one."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from backdata import resources
from backdata.release.failure import Failed

_OURS = ("raw", "exports", "schemas", "CHANGELOG.md", "pyproject.toml", "src/backdata/version.py")
_STAGING = ".backdata-release"


def refuse_others(root: Path) -> None:
    """Only a repository laid out as ours can be released, with the program that lies in it. Raises Failed."""
    if missing := [name for name in _OURS if not (root / name).exists()]:
        raise Failed(
            f"there is nothing to release in this folder, for {', '.join(missing)} {'are' if len(missing) > 1 else 'is'} "
            "missing. Go to the folder in which backdata is developed (the one that holds raw/, exports/ and CHANGELOG.md), "
            "then try again"
        )
    if not resources.IN_CHECKOUT or resources.SCHEMAS.parent != root:
        raise Failed("run the backdata of this repository itself (.venv/bin/backdata), not another installation")
    if _git(root, "rev-parse", "--show-toplevel").strip() != str(root):
        raise Failed("this folder is not the top of its git repository. Go to the top, then try again")


def dirty(root: Path) -> list[str]:
    """Files that are not committed as they are."""
    return [line[3:] for line in _git(root, "status", "--porcelain", "-z").split("\0") if line]


def copied(root: Path, to: Path) -> None:
    """A copy of all files that git keeps or would keep."""
    for name in _names(root):
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / name, to / name, follow_symlinks=False)


def changed(root: Path, copy: Path) -> list[str]:
    """Files that differ between the repository and the copy, that are new, or that the copy no longer has."""
    kept = set(_names(root))
    made = {
        path.relative_to(copy).as_posix()
        for path in copy.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    both = {name for name in kept & made if (root / name).read_bytes() != (copy / name).read_bytes()}
    return sorted(both | (kept ^ made))


def install(root: Path, copy: Path, names: list[str]) -> None:
    """Put the changed files in place; if one cannot be written, all are put back. Raises Failed."""
    staging = root / _STAGING
    shutil.rmtree(staging, ignore_errors=True)
    old, new = staging / "old", staging / "new"
    moved: list[tuple[Path, Path]] = []
    try:
        for name in names:  # what can fail for want of room fails before anything is touched
            if (copy / name).is_file():
                (new / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(copy / name, new / name)
        for name in names:
            for source, target in ((root / name, old / name), (new / name, root / name)):
                if source.is_file():
                    _move(source, target)
                    moved.append((source, target))
    except BaseException as error:
        for source, target in reversed(moved):
            _move(target, source)
        if isinstance(error, OSError):
            raise Failed(
                f"in place: {error.filename} cannot be written ({error.strerror}); all is as it was"
            ) from error
        raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    for folder in sorted({(root / name).parent for name in names}, reverse=True):
        if folder.is_dir() and folder != root and not any(folder.iterdir()):
            folder.rmdir()


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)


def _names(root: Path) -> list[str]:
    """Files that git keeps, or would keep, and that are there."""
    listed = _git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    return sorted({name for name in listed if name and (root / name).is_file()})


def _git(root: Path, *words: str) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=root, capture_output=True, encoding="utf-8", check=False)  # noqa: S603, S607
    except FileNotFoundError as error:
        raise Failed("git is not installed") from error
    if done.returncode:
        raise Failed(f"this is no git repository ({done.stderr.strip()})")
    return done.stdout
