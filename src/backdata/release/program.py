"""The program of a copy of the repository, run as a person would run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from backdata.release.failure import Failed

_MAIN = "from backdata.cli import main; main()"


def backdata(copy: Path, *words: str) -> str:
    """What a command of the copy prints. Raises Failed where it does not succeed."""
    return run(copy, f"backdata {' '.join(words)}", "-c", _MAIN, *words)


def succeeds(copy: Path, *words: str) -> bool:
    """Whether a command of the copy succeeds."""
    try:
        backdata(copy, *words)
    except Failed:
        return False
    return True


def pages(copy: Path) -> str:
    """Renew the generated pages. Raises Failed."""
    return run(copy, "docs/build.py", "docs/build.py")


def run(copy: Path, name: str, *words: str) -> str:
    """What a Python process in the copy prints, with the copy's own modules. Raises Failed with what it said."""
    unwanted = ("SOURCE_DATE_EPOCH", "PYTHONHOME")
    environment = {key: value for key, value in os.environ.items() if key not in unwanted}
    environment |= {"PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(  # noqa: S603
        [sys.executable, *words], cwd=copy, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip().replace(f"{copy}/", "")  # the copy is gone when this is read
        raise Failed(f"{name}: {said}")
    return done.stdout.strip()
