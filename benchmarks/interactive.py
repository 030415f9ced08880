"""Start-up and the whole run of ``backdata validate``, as ratios to what nobody can avoid; run it with ``make bench``.

Commands alternate, each in a process of its own; what is compared is processor time, the median of several runs.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BACKDATA = str(Path(PYTHON).with_name("backdata"))
RUNS = 9

READ = f"""
import sys; sys.modules["hypothesis"] = None  # pandera would load it if the test environment has it
import pandera.pandas, openpyxl, pathlib
for path in pathlib.Path({str(ROOT / "raw")!r}).glob("*.xlsx"):
    openpyxl.load_workbook(path)
"""
PAIRS = [
    ("backdata --help", [BACKDATA, "--help"], "bare Python", [PYTHON, "-c", "pass"], 5.0),
    (
        "backdata validate raw/",
        [BACKDATA, "validate", "raw"],
        "importing pandera, reading raw/",
        [PYTHON, "-c", READ],
        1.5,
    ),
    (
        "backdata export",
        [BACKDATA, "export", "--to", "build/bench"],
        "backdata validate raw/",
        [BACKDATA, "validate", "raw"],
        3.0,
    ),
]


def seconds(command: list[str]) -> float:
    """Processor time of a command that must succeed."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print one line per pair."""
    print(f"{'what':26} {'against':32} {'ratio':>6} {'goal':>6}   (medians of {RUNS}, alternating)")
    for name, command, other_name, other, goal in PAIRS:
        seconds(command), seconds(other)  # warm up
        ratios = [seconds(command) / seconds(other) for _ in range(RUNS)]
        print(f"{name:26} {other_name:32} {statistics.median(ratios):6.2f} {'≤ ' + format(goal, '.4g'):>6}")


if __name__ == "__main__":
    main()
