"""Numbers for items that have none: the next free one of their question, wherever nobody has to say to which item a row belongs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count

from backdata.anatomy.inheritance import number
from backdata.intake import Intake
from backdata.model import Cell, Change, Report, Row, Table
from backdata.views import items

# An alternative belongs to an item that is there already: a person must say which.
_NUMBERED = ("preferred", "addition")


def given(read: Intake, report: Report, ours: Callable[[Cell], bool]) -> tuple[dict[Cell, Change], list[Cell]]:
    """Numbers for items that have none, and cells where a person must give them."""
    wrong = {finding.cell for finding in report.told if finding.severity == "error"}
    withdrawn = {str(row.get("id")) for row in read.tables["withdrawn"].rows} if "withdrawn" in read.tables else set()
    numbers: dict[Cell, Change] = {}
    left: list[Cell] = []
    for table, keys in _numbered(read):
        for rows in _questions(table, keys):
            free = _free(rows, withdrawn)
            for row in rows:
                cell = table.cell(row["_row"], "item")
                if row.get("item") or not ours(cell):
                    continue
                if row.get("reading") in _NUMBERED and not any(table.cell(row["_row"], key) in wrong for key in keys):
                    numbers[cell] = Change(
                        cell, read.seen(cell) or "", free(row), f"next free item number of {_stem(row)}"
                    )
                else:
                    left.append(cell)
    return numbers, left


def _numbered(read: Intake) -> Iterator[tuple[Table, tuple[str, ...]]]:
    """The tables that were read and number their rows, with what the rows of one question have in common."""
    for name, keys in items.QUESTIONS.items():
        table = read.tables.get(name)
        if table and "item" in table.columns and (table.source, table.sheet) in read.sheets:
            yield table, keys


def _questions(table: Table, keys: tuple[str, ...]) -> Iterable[list[Row]]:
    questions: dict[tuple[str, ...], list[Row]] = {}
    for row in table.rows:
        key = tuple(str(row.get(key) or "") for key in keys)
        if all(key):
            questions.setdefault(key, []).append(row)
    return questions.values()


def _free(rows: Sequence[Row], withdrawn: set[str]) -> Callable[[Row], str]:
    """Gives a row of a question the first free number after those of the rows above it; what was withdrawn is not free."""
    taken = {number(row.get("item")) or 0 for row in rows}
    given: dict[int, int] = {}

    def free(row: Row) -> str:
        above = [
            given.get(each["_row"]) or number(each.get("item")) or 0 for each in rows if each["_row"] < row["_row"]
        ]
        first = max(above, default=0) + 1
        found = next(n for n in count(first) if n not in taken and f"{_stem(row)}.{n}" not in withdrawn)
        taken.add(found)
        given[row["_row"]] = found
        return str(found)

    return free


def _stem(row: Row) -> str:
    """The id of a question: that of its rows without their number."""
    return str(row["_id"]).rpartition(".")[0]
