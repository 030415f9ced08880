"""Numbers that are free: for every row without one, wherever nobody has to say to which item it belongs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import count

from backdata.anatomy.inheritance import number
from backdata.model import Row

# An alternative belongs to an item that is there already: a person must say which.
_NUMBERED = ("preferred", "addition")


def numbers(rows: Iterable[Row], keys: tuple[str, ...], withdrawn: Collection[str]) -> dict[int, str | None]:
    """Sheet row → the first number for its blank item that neither its question nor the ids ``withdrawn`` have taken.

    Null for a row to which a person must give it. ``keys``: the columns that the rows of a question have in common.
    """
    questions: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        key = tuple(str(row.get(key) or "") for key in keys)
        questions.setdefault(key if all(key) else (), []).append(row)
    unknown = questions.pop((), [])
    found: dict[int, str | None] = {row["_row"]: None for row in unknown if not row.get("item")}
    for question in questions.values():
        found |= _of_question(question, withdrawn)
    return found


def stem(row: Row) -> str:
    """The id of a question: that of its rows without their number."""
    return str(row["_id"]).rpartition(".")[0]


def _of_question(rows: Sequence[Row], withdrawn: Collection[str]) -> dict[int, str | None]:
    taken = {number(row.get("item")) or 0 for row in rows}
    found: dict[int, str | None] = {}
    above = 0
    for row in rows:
        if row.get("item"):
            above = max(above, number(row["item"]) or 0)
        elif row.get("reading") in _NUMBERED:
            above = next(n for n in count(above + 1) if n not in taken and f"{stem(row)}.{n}" not in withdrawn)
            taken.add(above)
            found[row["_row"]] = str(above)
        else:
            found[row["_row"]] = None
    return found
