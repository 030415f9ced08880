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


def manifest(
    dataset: Dataset, report: Report, paths: Sequence[Path], staging: Path, allow_findings: bool = False
) -> dict[str, Any]:
    """The manifest of what lies in ``staging``, made from ``paths``; ``allow_findings``: errors would not have stopped it."""
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
        "inputs": inputs(paths),
        "rule_set": _rule_set(report),
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
    """The manifest that lies in a folder; None where there is none that can be read."""
    try:
        found: dict[str, Any] = json.loads((folder / NAME).read_bytes())
    except (OSError, ValueError):
        return None
    return found


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
    """The files that the manifest of a folder lists, and itself."""
    return {file["path"] for file in (read(folder) or {}).get("files", [])} | {NAME}


def files(folder: Path) -> dict[str, Path]:
    """All files of a folder by their path in it, but for those that file managers and open workbooks leave there."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path
        for path in found
        if not path.name.startswith((".DS_Store", "~$", ".~lock"))
    }


def strangers(to: Path) -> list[str]:
    """A few of the files in the target that its manifest does not list: the swap would take them away for ever."""
    known = listed(to)
    return list(islice((name for name in files(to) if name not in known), 3))
