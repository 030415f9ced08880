"""One folder takes the place of another as one: lock, staging beside the target, flush, exchange.

A reader sees the old folder or the new one, never a mixture; what an interrupted run leaves is cleared at the next start.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Refused(Exception):
    """Nothing was published, and the old exports are untouched. The message says why."""


@contextmanager
def replacement(to: Path) -> Iterator[Path]:
    """An empty folder to fill; when the block ends without an error it takes the place of ``to``. Raises Refused."""
    there = (to, *sorted(to.rglob("*"))) if to.is_dir() else ()
    if protected := next((path for path in there if not path.lstat().st_mode & stat.S_IWUSR), None):
        raise Refused(f"{protected} is write-protected; take the protection off, or write to another folder")
    with _lock(to), _staging(to) as staging:
        yield staging
        _swap(staging, to)


@contextmanager
def _lock(to: Path) -> Iterator[None]:
    """One publication at a time; the lock of a process that is gone is taken over."""
    lock = to.with_name(f".{to.name}.lock")
    for _ in range(2):
        try:
            to.parent.mkdir(parents=True, exist_ok=True)
            with lock.open("x") as file:
                file.write(str(os.getpid()))
            break
        except OSError as error:
            if not lock.is_file():
                raise Refused(f"{to} cannot be written ({error.strerror})") from error
            owner = lock.read_text().strip()
            if owner.isdigit() and _alive(int(owner)):
                raise Refused(
                    f"another export (process {owner}) is writing {to}; wait for it, then try again"
                ) from None
            lock.unlink(missing_ok=True)
    else:
        raise Refused(f"another export has just begun to write {to}; wait for it, then try again")
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def _staging(to: Path) -> Iterator[Path]:
    """An empty folder beside the target. What an interrupted run left is put back or removed first."""
    old, staging = to.with_name(f".{to.name}.old"), to.with_name(f".{to.name}.new")
    if old.exists() and not to.exists():
        old.rename(to)
    for left_over in (old, staging):
        shutil.rmtree(left_over, ignore_errors=True)
    staging.mkdir()
    try:
        yield staging
    finally:
        if old.exists() and not to.exists():  # the second of two renames failed
            old.rename(to)
        for left_over in (old, staging):
            shutil.rmtree(left_over, ignore_errors=True)


def _swap(staging: Path, to: Path) -> None:
    """Put the new folder in the place of the old one, in one step where the system has one."""
    for path in sorted(staging.rglob("*")):
        _sync(path)
    if not to.exists():
        staging.rename(to)
    elif not _exchanged(staging, to):
        old = to.with_name(f".{to.name}.old")
        to.rename(old)
        staging.rename(to)
    _sync(to.parent)


def _exchanged(one: Path, other: Path) -> bool:
    """Linux can exchange two names at once (renameat2); elsewhere two renames must do."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)


def _sync(path: Path) -> None:
    if os.name != "nt" or path.is_file():
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
