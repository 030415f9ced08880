"""The table of versions (docs/versions.md): which change is a major, a minor or a patch step, and which version follows."""

from __future__ import annotations

import re
from collections.abc import Mapping

NONE, PATCH, MINOR, MAJOR = "none", "patch", "minor", "major"
RANK = {NONE: 0, PATCH: 1, MINOR: 2, MAJOR: 3}

CASES: Mapping[str, tuple[str, str]] = {
    "term-withdrawn": (MAJOR, "A muscle, group or term is withdrawn"),
    "id-reused": (MAJOR, "A published id now stands for something else (never on purpose)"),
    "shape-removed": (MAJOR, "A table, column, value of a closed list, format or file is gone"),
    "contract-broken": (MAJOR, "A JSON contract changes its first figure (before 1.0 its second), or is gone"),
    "note-type-changed": (MAJOR, "An Anki note type has other fields or templates"),
    "rule-removed": (MAJOR, "A rule is gone"),
    "term-added": (MINOR, "A muscle, group or term is added"),
    "term-moved": (MINOR, "A muscle or group moves to another group or whole"),
    "fact-added": (MINOR, "A fact, or another reading of it, is added"),
    "fact-withdrawn": (MINOR, "A fact is withdrawn"),
    "reading-withdrawn": (MINOR, "A reading of a fact is withdrawn; the fact stays"),
    "fact-renumbered": (MINOR, "A fact gets another item number"),
    "shape-added": (MINOR, "A table, column, value of a closed list, format or file is added; columns are reordered"),
    "contract-extended": (MINOR, "A JSON contract is added, or changes its second figure (from 1.0 on)"),
    "note-type-renamed": (MINOR, "An Anki note type, field or template gets another name; a note type is added"),
    "rule-added": (MINOR, "A rule is added"),
    "fact-corrected": (PATCH, "A fact is corrected under its id: content, reading, sources, page, note"),
    "term-corrected": (PATCH, "A muscle, group or term is corrected under its id: names, synonyms, any other cell"),
    "editorial": (PATCH, "An exception is granted or ends; the inventory changes"),
    "card-reworded": (PATCH, "Cards, pictures and pages are worded or drawn differently from the same facts"),
}
"""Case → its step, and how the documentation says it."""

_VERSION = re.compile(r"(0|[1-9][0-9]*)[.](0|[1-9][0-9]*)[.](0|[1-9][0-9]*)")


def figures(version: str) -> tuple[int, int, int]:
    """The three figures of a version. Raises ValueError."""
    if not (found := _VERSION.fullmatch(version)):
        raise ValueError(f"“{version}” is no version; it must read like 1.2.0")
    return int(found[1]), int(found[2]), int(found[3])


def following(version: str, step: str) -> str:
    """The version after ``version`` by a step. Before 1.0.0 a major step moves the second figure, all others the third."""
    major, minor, patch = figures(version)
    if step == NONE:
        return version
    place = RANK[MAJOR] - RANK[step]  # which figure moves: 0 the first
    if major == 0:
        place = 1 if step == MAJOR else 2
    return (f"{major + 1}.0.0", f"{major}.{minor + 1}.0", f"{major}.{minor}.{patch + 1}")[place]
