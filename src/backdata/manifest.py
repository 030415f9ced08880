"""The manifest: what one publication holds and what it was made from, and whether the disk says the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from backdata import catalogue, intake, resources, shape
from backdata.model import Dataset, Report, Severity
from backdata.version import VERSION

NAME = "manifest.json"
_OURS = "urn:backdata:schema:manifest"
_COMPARES = "BD7"  # this family compares with the publication before, so after an export it says something else


class Damaged(Exception):
    """A manifest of ours that cannot be read any more. The message says what to do."""


def manifest(
    dataset: Dataset, report: Report, paths: Sequence[Path], staging: Path, allow_findings: bool = False
) -> dict[str, Any]:
    """The manifest of what lies in ``staging``, made from ``paths``; ``allow_findings``: errors would not have stopped it.

    It says nothing of the publication before: the same workbooks give the same manifest, whatever was published last.
    """
    findings = [finding for finding in report.findings if not finding.code.startswith(_COMPARES)]
    told = [finding for finding in findings if finding.excepted is None]
    ran = {rule.code for rule in report.coverage if not rule.did_not_run}
    return {
        "$schema": f"{_OURS}:0.1",
        "version": VERSION,
        "counts": {
            "facts": report.facts,
            "muscles": len(dataset.muscles),
            "groups": len(dataset.groups),
            "sources": len(dataset.tables["sources"]),
        },
        "files": [_file(path, staging) for path in sorted(staging.rglob("*")) if path.is_file()],
        "inputs": inputs(paths),
        "rule_set": _rule_set(report),
        "rules": sorted(report.rules),
        "rules_that_could_not_run": sorted(c for c in report.rules if c not in ran and not c.startswith(_COMPARES)),
        "exceptions": [
            {"rule": f.code, "row_id": f.row_id, "column": f.column, "reason": f.excepted}
            for f in findings
            if f.excepted
        ],
        "ledger": [_ledger(row) for row in report.files if row["cells"]],
        "findings": {
            **{f"{severity}s": sum(finding.severity == severity for finding in told) for severity in Severity},
            "excepted": len(findings) - len(told),
            "allowed": allow_findings,
        },
        "shape": shape.as_json(shape.of_folder(staging)),
    }


def _rule_set(report: Report) -> str:
    """The version of the rules that were put: a digest of the catalogue of them."""
    text = json.dumps(catalogue.document(report.rules.values())["rules"], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


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


def inputs(paths: Sequence[Path]) -> list[dict[str, str]]:
    """The files that are published, with their digests."""
    return [{"path": name, "sha256": _digest(path)} for path, name in intake.found(paths)]


def read(folder: Path) -> dict[str, Any] | None:
    """The manifest that lies in a folder; None where there is none, or one that is not of this program. Raises Damaged."""
    try:
        content = (folder / NAME).read_bytes()
    except OSError:
        return None
    try:
        found = json.loads(content)
    except ValueError:
        found = None
    if isinstance(found, dict) and _is_whole(found):
        return found
    if _OURS.encode() not in content:
        return None
    raise Damaged(
        f"{folder / NAME} is damaged, so nobody knows which files there an export has written; put back the last version "
        "of it, or take the whole folder away and export again"
    )


def _is_whole(found: dict[str, Any]) -> bool:
    """Whether a document is a manifest, of this version of the contract or an older one."""
    files = found.get("files")
    return (
        str(found.get("$schema")).startswith(f"{_OURS}:")
        and isinstance(files, list)
        and all(isinstance(file, dict) and isinstance(file.get("path"), str) for file in files)
        and all(isinstance(found.get(name), list) for name in ("inputs", "rules"))
        and isinstance(told := found.get("shape", {}), dict)
        and all(isinstance(each, dict) for each in told.values())
    )


def write(folder: Path, manifest: dict[str, Any]) -> None:
    """Put the manifest into a folder; it keeps its published contract."""
    from jsonschema import Draft202012Validator

    contract = json.loads((resources.CONTRACTS / "manifest.schema.json").read_bytes())
    Draft202012Validator(contract).validate(manifest)
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / NAME).write_text(f"{text}\n", "utf-8", newline="\n")


def damaged(folder: Path, manifest: dict[str, Any]) -> list[str]:
    """The files that are not on disk as the manifest says."""
    return [file["path"] for file in manifest["files"] if _digest(folder / file["path"]) != file["sha256"]]


def listed(folder: Path) -> set[str]:
    """The files that the manifest of a folder lists, and itself; nothing where there is none of ours. Raises Damaged."""
    found = read(folder)
    return {*(file["path"] for file in found["files"]), NAME} if found else set()


def edited(folder: Path, found: dict[str, Any]) -> list[str]:
    """The files of ours that are no longer as they were written; ends of lines that git has translated are no edit."""
    there = ((file["path"], file.get("sha256"), folder / file["path"]) for file in found["files"])
    return [name for name, digest, path in there if path.is_file() and digest not in _digests(path.read_bytes())]


def _digests(content: bytes) -> set[str]:
    return {hashlib.sha256(each).hexdigest() for each in (content, content.replace(b"\r\n", b"\n"))}


def files(folder: Path) -> dict[str, Path]:
    """All files of a folder by their path in it, but for those that file managers and open workbooks leave there."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path
        for path in found
        if not path.name.startswith((".DS_Store", "~$", ".~lock"))
    }


def strangers(to: Path) -> list[str]:
    """A few of the files in the target that no export wrote: the swap would take them away for ever. Raises Damaged."""
    known = listed(to)
    return list(islice((name for name in files(to) if name not in known), 3))
