"""Waiting for workbooks to be saved: once one is whole again and left alone, what it holds is checked anew.

Programs save in many ways: in place, by a file beside it that takes its name, or by deleting first; over a network a file grows
for a while. So what wakes us only says that something happened; the files themselves say when it is over.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from zipfile import BadZipFile, ZipFile

from backdata import intake, validation
from backdata.model import Finding, Report

_STEP, _QUIET = 0.1, 0.4  # seconds between two looks; for how long a file must not change
_PATIENCE = 5.0  # seconds that a file may be away, locked or half-written before that is told as it is
_LOOK_AGAIN = (
    3_000  # milliseconds after which we look without being woken: systems lose events, and so do network drives
)

State: TypeAlias = Mapping[Path, tuple[int, int, int]]  # file → time of change, size, and which file it is


@dataclass(frozen=True)
class Run:
    """One check: the files that were saved before it, what it found, and what that changes since the last one."""

    at: dt.datetime
    saved: tuple[str, ...]  # names of files that changed, came or went; none for the first run
    report: Report
    new: tuple[Finding, ...] = ()
    mended: tuple[Finding, ...] = ()


def runs(paths: Sequence[Path], poll: bool = False) -> Iterator[Run]:
    """Check ``paths`` now, and again whenever a file is saved, without end. ``poll``: look at the files again and again, for
    drives that do not tell what happens on them.
    """
    state = _settled(paths, {})
    report = validation.validate(paths).report
    yield Run(_now(), (), report)
    for _ in _wakes(paths, poll):
        before, state = state, _settled(paths, state)
        if state != before:
            last, report = report, validation.validate(paths).report
            yield Run(_now(), _changed(before, state), report, *_compared(last, report))


def _compared(before: Report, now: Report) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What is told now and was not before, and what was told before and is not now, wherever its row stands."""
    old, new = ({finding.fingerprint for finding in report.told} for report in (before, now))
    return (
        tuple(finding for finding in now.told if finding.fingerprint not in old),
        tuple(finding for finding in before.told if finding.fingerprint not in new),
    )


def _wakes(paths: Sequence[Path], poll: bool) -> Iterator[object]:
    """Something may have happened. Folders are watched even for single files: a file that is replaced cannot be."""
    from watchfiles import watch

    places = {path if path.is_dir() else path.absolute().parent for path in paths}
    inside = any(path.is_dir() for path in paths)

    def watched(poll: bool) -> Iterator[object]:
        return watch(
            *places, watch_filter=None, recursive=inside, force_polling=poll or None, rust_timeout=_LOOK_AGAIN,
            yield_on_timeout=True, step=50, debounce=500,
        )  # fmt: skip

    try:
        yield from watched(poll)
    except OSError:  # the system has no more watches to give
        yield from watched(poll=True)


def _settled(paths: Sequence[Path], before: State) -> State:
    """The files, once those that changed have been left alone for a moment and can be opened, and none is away."""
    state, since = _state(paths), time.monotonic()
    while state != before:
        time.sleep(_STEP)
        now = _state(paths)
        if now != state:
            state, since = now, time.monotonic()
            continue
        changed = (path for path in state if state[path] != before.get(path))
        whole = before.keys() <= state.keys() and all(_is_whole(path) for path in changed)
        if time.monotonic() - since >= (_QUIET if whole else _PATIENCE):
            break
    return state


def _state(paths: Sequence[Path]) -> State:
    """The files that a check would read: no lock files, nothing temporary or hidden."""
    state = {}
    try:
        for path, _ in intake.found(paths):
            about = path.stat()
            state[path] = (about.st_mtime_ns, about.st_size, about.st_ino)
    except OSError:  # one is just being replaced
        pass
    return state


def _is_whole(path: Path) -> bool:
    """Whether a file can be opened; a workbook is a zip file, whose table of contents is written last."""
    try:
        with path.open("rb") as file:
            start = file.read(2)
            if start == b"PK":
                ZipFile(file).close()
    except (OSError, BadZipFile):
        return False
    return bool(start)


def _changed(before: State, state: State) -> tuple[str, ...]:
    places = sorted({*before, *state})
    return tuple(path.name for path in places if before.get(path) != state.get(path))


def _now() -> dt.datetime:
    return dt.datetime.now().astimezone()
