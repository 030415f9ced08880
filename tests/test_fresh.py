"""What lies in ``exports/`` is what the workbooks in ``raw/`` say, to the byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from backdata import resources

ROOT = resources.PUBLISHED.parent


def test_the_exports_are_those_of_the_workbooks() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    console = Path(sys.executable).parent / "backdata"
    done = subprocess.run(
        [console, "export", "--check"], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
