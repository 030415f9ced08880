"""Numbers for items that have none: the next free one of their question, wherever nothing else in the row is in doubt."""

from __future__ import annotations

from collections.abc import Callable

from backdata.intake import Intake
from backdata.model import Cell, Change, Report
from backdata.views import free, items


def given(read: Intake, report: Report, ours: Callable[[Cell], bool]) -> tuple[dict[Cell, Change], list[Cell]]:
    """Numbers for items that have none, and cells where a person must give them."""
    wrong = {finding.cell for finding in report.told if finding.severity == "error"}
    withdrawn = {str(row.get("id")) for row in read.tables["withdrawn"].rows} if "withdrawn" in read.tables else set()
    numbers: dict[Cell, Change] = {}
    left: list[Cell] = []
    for name, keys in items.QUESTIONS.items():
        table = read.tables.get(name)
        if table is None or "item" not in table.columns or (table.source, table.sheet) not in read.sheets:
            continue
        rows = {row["_row"]: row for row in table.rows}
        for place, found in free.numbers(table.rows, keys, withdrawn).items():
            cell = table.cell(place, "item")
            if not ours(cell):
                continue
            if found and not any(table.cell(place, key) in wrong for key in keys):
                why = f"next free item number of {free.stem(rows[place])}"
                numbers[cell] = Change(cell, read.seen(cell) or "", found, why)
            elif all(rows[place].get(key) for key in keys):
                left.append(cell)
    return numbers, left
