"""Spreadsheets as they occur, good, odd and broken: none of them makes the check crash, hang, talk or pass."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from backdata import resources
from backdata.intake.files import READERS

CORPUS = resources.PUBLISHED.parent.parent / "shared" / "corpus"
TOO_LONG = 10  # seconds of processor time for one file
WORKERS = 2
WORKER = """
import json, shutil, sys, tempfile, time, traceback
from pathlib import Path
from backdata import registry, validation

for name in sys.stdin.read().splitlines():
    print(json.dumps({"file": name, "begun": True}), flush=True)
    began, fault, worst = time.process_time(), "", -1
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(name, folder)
        try:
            report = validation.validate([Path(folder)]).report
            worst = report.worst()
            for reporter in (registry.reporters()[name] for name in ("text", "json", "html", "workbook")):
                made = reporter.render(report)
                assert all(made.values()) if reporter.folder else made.encode()
        except BaseException:
            fault = traceback.format_exc(limit=-3)
    print(json.dumps({"file": name, "seconds": time.process_time() - began, "fault": fault, "worst": worst}), flush=True)
"""


def files() -> list[Path]:
    found = (path for path in sorted(CORPUS.rglob("*")) if path.is_file() and path.suffix.lower() in READERS)
    return [path for path in found if path.name != "index.csv"]


def test_no_file_makes_the_check_crash_hang_or_pass() -> None:
    given = files()
    if not given:
        pytest.skip(f"the corpus of spreadsheets is not here: there is no folder {CORPUS.parent.name}/{CORPUS.name}")
    workers = [
        subprocess.Popen([sys.executable, "-W", "always", "-c", WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"})
        for _ in range(WORKERS)
    ]  # fmt: skip
    for number, worker in enumerate(workers):
        assert worker.stdin is not None
        worker.stdin.write("\n".join(map(str, given[number::WORKERS])))
        worker.stdin.close()
        worker.stdin = None
    told: list[str] = []
    done: set[str] = set()
    for worker in workers:
        try:
            output, noise = worker.communicate(timeout=90)
        except subprocess.TimeoutExpired:
            worker.kill()
            output, noise = worker.communicate()
        told += [f"talks: {noise[:500]}"] if noise else []
        lines = [json.loads(line) for line in output.splitlines()]
        done |= {line["file"] for line in lines if "fault" in line}
        told += [f"{line['file']} never ended" for line in lines[-1:] if line.get("begun")]
        for line in lines:
            if line.get("fault"):
                told.append(f"{line['file']}: {line['fault']}")
            elif line.get("seconds", 0) > TOO_LONG:
                told.append(f"{line['file']} took {line['seconds']:.0f} seconds")
            elif line.get("worst", 2) < 2:
                told.append(f"{line['file']} holds no facts about the back, and yet it passes")
    assert told == []
    assert done == set(map(str, given)), "each was looked at"
