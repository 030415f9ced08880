"""Where findings stand, as programs count: a path from the root of the repository, a line and a column, both from 1.

A row of a sheet counts as a line and a column as a column, in a CSV file and in a workbook alike: that is how its address counts,
and all that a program for code can be told of a workbook.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from backdata.model import Cell, Finding, Report

_ROOTS = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")  # how GitHub and GitLab name the root of the checkout


def paths(report: Report) -> Mapping[str, str]:
    """Name of a file in the report → its path from the root of the repository; absolute when it lies outside."""
    roots = [Path(root).resolve() for root in (*(os.environ.get(name, "") for name in _ROOTS), ".") if root]
    return {row["file"]: _from_root(Path(row["path"]), roots) for row in report.files if row.get("path")}


def cell_at(file: str, sheet: str, address: str) -> Cell:
    """The cell that has an address: D14, 14:4, row 14 or nothing."""
    if found := re.fullmatch(r"([A-Z]+)([0-9]+)", address):
        letters = 0
        for letter in found[1]:
            letters = letters * 26 + ord(letter) - 64
        return Cell(file, sheet, int(found[2]), letters)
    numbers = [int(number) for number in re.findall("[0-9]+", address)]
    return Cell(file, sheet, *numbers[:2])


def line(cell: Cell) -> int:
    """The line of a cell; 1 for a whole sheet or file."""
    return max(cell.row, 1)


def column(cell: Cell) -> int:
    """The column of a cell; 1 for a whole row, sheet or file."""
    return max(cell.column, 1)


def addresses(cells: Sequence[Cell], most: int) -> list[str]:
    """The first cells in words, each as short as it can be said after the one before, and how many more there are."""
    said = [
        cell.address
        if cell.address and before and (cell.file, cell.sheet) == (before.file, before.sheet)
        else str(cell)
        for before, cell in zip((None, *cells), cells[:most], strict=False)
    ]
    return [*said, f"{len(cells) - most:,} more"] if len(cells) > most else said


def numbered(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Findings with fingerprints that occur once: rows that say the same share a fingerprint, and are counted."""
    seen: dict[str, int] = {}
    for finding in findings:
        seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        yield finding, f"{finding.fingerprint}:{seen[finding.fingerprint]}"


def _from_root(path: Path, roots: Iterable[Path]) -> str:
    there = path.resolve()
    return next((there.relative_to(root) for root in roots if there.is_relative_to(root)), there).as_posix()
