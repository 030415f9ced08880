"""Publication: build every format beside the target, re-read all of it, then swap the folders as one.

A reader sees the old set or the new set, never a mixture; what an interrupted run leaves behind is cleared at the next start.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from backdata import intake, published, registry, resources
from backdata.model import Dataset, Exporter, Report, Severity
from backdata.validation import Validation
from backdata.version import VERSION


class Refused(Exception):
    """Nothing was published, and the old exports are untouched. The message says why."""


@dataclass(frozen=True)
class Publication:
    """What was written, and where."""

    folder: Path
    manifest: dict[str, Any]

    def summary(self) -> str:
        """A table of what was written, by format, and one line on what was checked."""
        formats: dict[str, list[int]] = {}
        for file in self.manifest["files"]:
            folder, _, _name = file["path"].rpartition("/")
            if folder:
                formats.setdefault(folder.partition("/")[0], []).append(file["bytes"])
        lines = [f"{'format':8} {'files':>5} {'bytes':>9}"]
        lines += [f"{name:8} {len(sizes):5} {sum(sizes):9,}" for name, sizes in formats.items()]
        found = ", ".join(f"{self.manifest['findings'][kind]} {kind}" for kind in ("errors", "warnings", "infos"))
        facts, rules = self.manifest["counts"]["facts"], len(self.manifest["rules"])
        written = len(self.manifest["files"]) + 1  # the manifest itself
        return "\n".join(
            [
                *lines,
                f"{facts} facts checked by {rules} rules: {found}. {written} files written to {self.folder.name}/.",
            ]
        )


def publish(
    validation: Validation,
    paths: Sequence[Path],
    to: Path,
    only: Sequence[str] = (),
    allow_findings: bool = False,
    progress: Callable[[str], None] = lambda name: None,
) -> Publication:
    """Write the data set of ``validation`` into ``to``; with ``only``, other formats stay as they are. Raises Refused."""
    report = validation.report
    if report.worst() >= Severity.ERROR.rank and not allow_findings:
        raise Refused(f"there are {report.count('error')} errors; nothing was written, and {to} is as it was")
    chosen = _chosen(only)
    dataset = validation.dataset()
    to = to.resolve()
    if strangers := _strangers(to):
        raise Refused(f"{to} holds {', '.join(strangers)}, which no export has written and this one would delete")
    with _lock(to), _staging(to) as staging:
        for exporter in registry.exporters().values():
            before = to / exporter.name
            if exporter in chosen:
                progress(exporter.name)
                try:
                    _build(exporter, dataset, staging / exporter.name, before)
                except Exception as error:
                    if report.worst() < Severity.ERROR.rank:
                        raise
                    raise Refused(
                        f"{exporter.name} cannot be written with the errors that were found ({error})"
                    ) from error
            elif before.is_dir():
                shutil.copytree(before, staging / exporter.name)
        (staging / "README.md").write_text(_readme(), "utf-8", newline="\n")
        manifest = _manifest(dataset, report, paths, staging)
        _write_manifest(staging / "manifest.json", manifest)
        _verify(staging, manifest, [exporter.name for exporter in chosen])
        _swap(staging, to)
    return Publication(to, manifest)


def _chosen(only: Sequence[str]) -> list[Exporter]:
    known = registry.exporters()
    if unknown := [name for name in only if name not in known]:
        raise Refused(f"no format is called {', '.join(unknown)}; known are {', '.join(known)}")
    return [exporter for name, exporter in known.items() if not only or name in only]


def _strangers(to: Path) -> list[str]:
    """A few of the files in the target that its manifest does not list: the swap would take them away for ever."""
    try:
        listed = {file["path"] for file in json.loads((to / "manifest.json").read_bytes())["files"]} | {"manifest.json"}
    except (OSError, ValueError, LookupError, TypeError):
        listed = set()
    files = (
        path for path in to.rglob("*") if path.is_file() and not path.name.startswith((".DS_Store", "~$", ".~lock"))
    )
    return list(islice((name for name in (path.relative_to(to).as_posix() for path in files) if name not in listed), 3))


def _build(exporter: Exporter, dataset: Dataset, folder: Path, before: Path) -> None:
    folder.mkdir()
    fallback = resources.PUBLISHED / exporter.name  # elsewhere, the history of the published set goes on
    known = before if before.is_dir() else fallback if fallback.is_dir() else None
    exporter.write(dataset, folder, known)


def _readme() -> str:
    formats = "".join(f"| `{name}/` | {exporter.about} |\n" for name, exporter in registry.exporters().items())
    return f"""# Exports of backdata {VERSION}

Generated from `raw/` by `backdata export`; edits here are lost. `manifest.json` lists every file with its SHA-256.
The facts are licensed CC BY 4.0; how to credit them stands in `LICENSE-CONTENT.md`.

| folder | for |
|---|---|
{formats}"""


def _manifest(dataset: Dataset, report: Report, paths: Sequence[Path], staging: Path) -> dict[str, Any]:
    return {
        "$schema": "urn:backdata:schema:manifest:0.1",
        "version": VERSION,
        "counts": {
            "facts": report.facts,
            "muscles": len(dataset.muscles),
            "groups": len(dataset.groups),
            "sources": len(dataset.tables["sources"]),
        },
        "files": [_file(path, staging) for path in sorted(staging.rglob("*")) if path.is_file()],
        "inputs": [{"path": name, "sha256": _digest(path)} for path, name in intake.found(paths)],
        "rules": sorted({rule.code for rule in report.coverage if not rule.did_not_run}),
        "exceptions": [
            {"rule": f.code, "row_id": f.row_id, "column": f.column, "reason": f.excepted}
            for f in report.findings
            if f.excepted
        ],
        "ledger": [_ledger(row) for row in report.files if row["cells"]],
        "findings": {
            **{f"{severity}s": report.count(severity) for severity in Severity},
            "excepted": sum(finding.excepted is not None for finding in report.findings),
        },
    }


def _ledger(row: Any) -> dict[str, Any]:
    """Where the non-empty cells of a sheet went: cells = published + skipped + findings."""
    skipped = {**({"header": row["headers"]} if row["headers"] else {}), **row["skipped"]}
    published = row["used"] - row["odd"]
    return {
        "file": row["file"], "sheet": row["sheet"], "cells": row["cells"], "published": published, "skipped": skipped,
        "findings": row["odd"],
    }  # fmt: skip


def _file(path: Path, root: Path) -> dict[str, Any]:
    return {"path": path.relative_to(root).as_posix(), "bytes": path.stat().st_size, "sha256": _digest(path)}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write_manifest(path: Path, manifest: dict[str, Any]) -> None:
    from jsonschema import Draft202012Validator

    contract = json.loads((resources.CONTRACTS / "manifest.schema.json").read_bytes())
    Draft202012Validator(contract).validate(manifest)
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")


def _verify(staging: Path, manifest: dict[str, Any], written: Sequence[str]) -> None:
    """Read everything again: each file is on disk as the manifest says, and the tables load as a data set."""
    for file in manifest["files"]:
        if _digest(staging / file["path"]) != file["sha256"]:
            raise Refused(f"{file['path']} did not reach the disk as it was written; {staging.parent} is as it was")
    if "json" in written:
        read = published.load(staging)
        if len(read.muscles) != manifest["counts"]["muscles"]:
            raise Refused("the written JSON does not read back as the same muscles; the old exports are as they were")


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
