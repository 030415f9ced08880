"""backdata watch: real files saved as programs save them, beside a real process that watches them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from backdata import examples
from backdata.model import edit

CONSOLE = Path(sys.executable).parent / "backdata"
WRONG = edit("attachments", "rhomboid-minor.origin.1", structure="spinus proces")
WRONG_TOO = edit("attachments", "rhomboid-minor.origin.2", structure="rip")
AGAIN = re.compile(r"^[0-9:]{8}  (.*) saved: ([0-9]+) new, ([0-9]+) mended$", re.MULTILINE)
LONG = 60.0  # seconds; only a machine under heavy load needs them


class Watching:
    """A process that watches a folder, and what it has said so far."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.out = folder.parent / "said"
        with self.out.open("w", encoding="utf-8") as out:
            self.process = subprocess.Popen(
                [str(CONSOLE), "watch", folder.name, *options], cwd=folder.parent, stdout=out, stderr=out,
                env={**os.environ, "NO_COLOR": "1"}, start_new_session=True,
            )  # fmt: skip

    def said(self) -> str:
        return self.out.read_text("utf-8")

    def runs(self, number: int) -> list[tuple[str, ...]]:
        """What the runs after the first say, once there are so many runs and it waits again."""
        until = time.monotonic() + LONG
        while self.said().count("Waiting for ") < number:
            assert time.monotonic() < until, self.said()
            assert self.process.poll() is None, self.said()
            time.sleep(0.05)
        return AGAIN.findall(self.said())

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(LONG)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    return examples.write(tmp_path / "raw")


@pytest.fixture
def watch(raw: Path) -> Iterator[Callable[..., Watching]]:
    started: list[Watching] = []

    def start(*options: str) -> Watching:
        started.append(Watching(raw, *options))
        started[-1].runs(1)
        return started[-1]

    yield start
    for each in started:
        each.process.kill()
        each.process.wait()


def made(raw: Path, *edits: Any) -> Path:
    """A workbook to save, outside the folder that is watched."""
    folder = raw.parent / f"made-{len(list(raw.parent.iterdir()))}"
    folder.mkdir()
    return examples.write(folder, edits) / "atlas.xlsx"


def as_excel_saves(raw: Path, new: Path) -> None:
    """Lock file, a file with a random name, the old one out of the way, the new one in its place, the rest deleted."""
    (raw / "~$atlas.xlsx").write_bytes(b"\x05Editor")
    shutil.copyfile(new, raw / "4F2A1B00")
    (raw / "atlas.xlsx").replace(raw / "1C77E400.tmp")
    time.sleep(0.2)
    (raw / "4F2A1B00").replace(raw / "atlas.xlsx")
    (raw / "1C77E400.tmp").unlink()
    (raw / "~$atlas.xlsx").unlink()


@pytest.mark.parametrize("options", [(), ("--poll",)], ids=["told by the system", "polling"])
def test_a_workbook_saved_in_place_is_checked_again(raw: Path, watch: Callable[..., Watching], options: Any) -> None:
    watching = watch(*options)
    workbook = openpyxl.load_workbook(made(raw, WRONG))
    workbook.save(raw / "atlas.xlsx")
    assert watching.runs(2) == [("atlas.xlsx", "1", "0")]
    assert "New\n  atlas.xlsx › attachments!" in watching.said()
    assert "unknown term (BD301): “spinus proces” is not known" in watching.said()


def test_a_workbook_saved_as_excel_saves_is_checked_once(raw: Path, watch: Callable[..., Watching]) -> None:
    watching = watch()
    as_excel_saves(raw, made(raw, WRONG))
    watching.runs(2)
    as_excel_saves(raw, made(raw, WRONG_TOO))
    assert watching.runs(3) == [("atlas.xlsx", "1", "0"), ("atlas.xlsx", "1", "1")]
    last = watching.said().rpartition("saved:")[2]
    assert re.search(r"New\n  atlas.xlsx › attachments!\S+  error  .*“rip”.*\n+Mended\n  .*“spinus proces”", last)


def test_lock_files_and_other_strangers_wake_nobody(raw: Path, watch: Callable[..., Watching]) -> None:
    watching = watch()
    for name in ("~$atlas.xlsx", ".~lock.atlas.xlsx#", "atlas.tmp", "4F2A1B00", ".DS_Store", ".hidden.xlsx", "a.html"):
        (raw / name).write_bytes(b"x")
    time.sleep(1)
    as_excel_saves(raw, made(raw, WRONG))
    assert watching.runs(2) == [("atlas.xlsx", "1", "0")]


def test_a_half_written_workbook_is_waited_for(raw: Path, watch: Callable[..., Watching]) -> None:
    watching = watch()
    whole = made(raw, WRONG).read_bytes()
    with (raw / "atlas.xlsx").open("wb") as file:
        for place in range(0, len(whole), len(whole) // 4 + 1):
            file.write(whole[place : place + len(whole) // 4 + 1])
            file.flush()
            time.sleep(0.6)
    assert watching.runs(2) == [("atlas.xlsx", "1", "0")]
    assert "unreadable" not in watching.said()


def test_a_deleted_workbook_is_told_in_the_end(raw: Path, watch: Callable[..., Watching]) -> None:
    watching = watch()
    (raw / "atlas.xlsx").unlink()
    ((saved, _, _),) = watching.runs(2)
    assert saved == "atlas.xlsx"
    assert "no facts (BD106)" in watching.said()


def test_reports_go_where_validate_puts_them(raw: Path, watch: Callable[..., Watching]) -> None:
    watching = watch("--output", "json=report.json")
    report = raw.parent / "report.json"
    assert '"errors": 0' in report.read_text("utf-8")
    as_excel_saves(raw, made(raw, WRONG))
    watching.runs(2)
    assert '"errors": 1' in report.read_text("utf-8")


def test_ctrl_c_ends_it_well(raw: Path, watch: Callable[..., Watching]) -> None:
    watching = watch()
    assert watching.end() == 0
    assert watching.said().endswith("No longer watching; no file of yours was changed.\n")
