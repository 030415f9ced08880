"""How changes read: a corrected fact, a changed cell, why something was withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from backdata.anatomy import statements
from backdata.diff.difference import CellChange
from backdata.model import Row

_ALONE = ("levels", "part", "segments")  # where only this cell changed, the new one says it all
_SILENT = ("side",)  # cells that the sentence does not hold
_NAMES = {
    "ta2": "TA2",
    "ta98": "TA98",
    "fma": "FMA",
    "uberon": "Uberon",
    "also": "further sources",
    "part_of": "part of",
}


class _Fact(Protocol):
    @property
    def table(self) -> str: ...
    @property
    def row(self) -> Row: ...
    @property
    def text(self) -> str: ...


def column_name(column: str) -> str:
    """A column as it is called in a sentence."""
    return _NAMES.get(column, column.replace("_", " "))


def cell_changes(then: Row, now: Row, columns: Iterable[str]) -> tuple[CellChange, ...]:
    """The cells that differ."""
    return tuple(
        CellChange(column, then.get(column), now.get(column))
        for column in columns
        if (then.get(column) or None) != (now.get(column) or None)
    )


def correction(then: _Fact, now: _Fact, sources: Mapping[str, str]) -> list[str]:
    """What was corrected of a fact, in words."""
    told = [*_content(then, now)]
    if then.row["reading"] != now.row["reading"]:
        told.append(f"reading: {then.row['reading']} → {now.row['reading']}")
    if then.row["source"] != now.row["source"]:
        told.append(f"source: {sources.get(then.row['source'])} → {sources.get(now.row['source'])}")
    told += in_list("further sources", *(_named(one.row.get("also"), sources) for one in (then, now)))
    for column in ("page", "note"):
        if then.row.get(column) != now.row.get(column):
            told.append(cell(column, then.row.get(column), now.row.get(column)))
    return told or ["the same in other words"]


def _content(then: _Fact, now: _Fact) -> Iterable[str]:
    before, after = (statements.content(one.table, one.row) for one in (then, now))
    changed = [column for column in after if before[column] != after[column]]
    if then.text != now.text:
        alone = changed[0] if len(changed) == 1 and changed[0] in _ALONE else ""
        yield f"{then.text} → {(before[alone] and after[alone] if alone else None) or now.text}"
    for column in changed:
        if then.text == now.text or column in _SILENT:
            yield cell(column, before[column], after[column])


def cell(column: str, old: str | None, new: str | None) -> str:
    """One changed cell: "latin: M. a → M. b"."""
    name = column_name(column)
    if not old:
        return f"{name} added: {new}"
    return f"{name}: {old} → {new}" if new else f"{name} taken out: {old}"


def in_list(name: str, old: Iterable[str], new: Iterable[str]) -> list[str]:
    """What came into a list and what went: "synonyms added: a, b"."""
    before, after = list(old), list(new)
    came = [value for value in after if value not in before]
    went = [value for value in before if value not in after]
    told = [f"{name} added: {', '.join(came)}"] if came else []
    return told + ([f"{name} taken out: {', '.join(went)}"] if went else [])


def _named(also: str | None, sources: Mapping[str, str]) -> list[str]:
    ids = (part.strip() for part in (also or "").split(";"))
    return [sources.get(id, id) for id in ids if id]


def farewell(reason: Row, names: Mapping[str, str]) -> str:
    """Why something was withdrawn, and what takes its place; says so where nobody has said why."""
    if not reason:
        return ". Why is not said in the sheet withdrawn"
    words = f". Withdrawn on {reason['on']}: {(reason['why'] or '').rstrip('.')}"
    if successor := reason.get("replaced_by"):
        owner, _, rest = successor.partition(".")
        fact = ", " + rest.replace("_", " ").replace(".", " ") if rest else ""
        words += f". In its place: {names.get(owner, owner)}{fact}"
    return words
