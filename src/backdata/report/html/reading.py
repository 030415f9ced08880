"""What was read: what was left out of it and why, and the cells that were tidied on the way."""

from __future__ import annotations

from backdata.model import Cell, Report

_LONGEST = 160  # letters


def left_out(report: Report) -> list[tuple[str, list[str]]]:
    """Reasons, and the places where something was left out for each."""
    found: dict[str, list[str]] = {}
    for row in report.files:
        place = str(Cell(row["file"], row["sheet"]))
        if row["problem"] == "unreadable":
            found.setdefault("unreadable", []).append(f"{place} ({row['detail']})")
        for reason, cells in row["skipped"].items():
            if reason != "blank":  # cells of nothing but spaces: nobody misses them
                found.setdefault(reason, []).append(f"{place} ({cells} {'cell' if cells == 1 else 'cells'})")
    return list(found.items())


def tidied(report: Report) -> list[tuple[str, str, str, int, str]]:
    """Why, before, after, how many cells, and where; what was tidied in one way stands together."""
    found: dict[tuple[str, str, str], list[Cell]] = {}
    for change in report.changes:
        found.setdefault((change.why, _cut(change.before), _cut(change.after)), []).append(change.cell)
    return [(*what, len(cells), ", ".join(map(str, cells))) for what, cells in found.items()]


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
