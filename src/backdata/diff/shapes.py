"""The shapes of two editions side by side: tables, columns, closed lists, contracts, note types, files and rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from backdata.diff.difference import Edition, ShapeChange
from backdata.diff.steps import figures

_PICTURES = "figures/"  # one for each muscle and group: they come and go with them


def compared(old: Edition, new: Edition) -> Iterator[ShapeChange]:
    """What came, changed and went; what is unknown of either edition is passed over."""
    then, now = old.shape, new.shape
    if then.tables and now.tables:
        derived = ({*then.tables} ^ {*now.tables}) if not (then.contracts and now.contracts) else set()
        yield from _tables(then.tables, now.tables, derived)
    if then.values and now.values:
        yield from _values(then.values, now.values)
    if then.contracts and now.contracts:
        yield from _contracts(then.contracts, now.contracts)
    if then.note_types and now.note_types:
        yield from _note_types(then.note_types, now.note_types)
    if old.files and new.files:
        yield from _files(old.files, new.files)
    if old.rules and new.rules:
        yield from _came_and_went("rule", old.rules, new.rules, "rule")


def _came_and_went(what: str, old: Sequence[str], new: Sequence[str], case: str = "shape") -> Iterator[ShapeChange]:
    for name in new:
        if name not in old:
            yield ShapeChange("added", f"{case}-added", what, name, f"New {what}: {name}.")
    for name in old:
        if name not in new:
            yield ShapeChange("removed", f"{case}-removed", what, name, f"The {what} {name} is gone.")


def _tables(
    old: Mapping[str, tuple[str, ...]], new: Mapping[str, tuple[str, ...]], unknown: set[str]
) -> Iterator[ShapeChange]:
    before, after = ([table for table in tables if table not in unknown] for tables in (old, new))
    yield from _came_and_went("table", before, after)
    for table, columns in new.items():
        if table in old:
            before = [f"{table}.{column}" for column in old[table]]
            after = [f"{table}.{column}" for column in columns]
            yield from _came_and_went("column", before, after)
            if before != after and {*before} == {*after}:
                says = f"The columns of the table {table} stand in another order."
                yield ShapeChange("changed", "shape-added", "table", table, says)


def _values(old: Mapping[str, tuple[str, ...]], new: Mapping[str, tuple[str, ...]]) -> Iterator[ShapeChange]:
    for column, values in new.items():
        if column in old:
            yield from _came_and_went(
                "value", [f"{column} = {value}" for value in old[column]], [f"{column} = {value}" for value in values]
            )


def _contracts(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[ShapeChange]:
    for name, version in new.items():
        if name not in old:
            says = f"New contract: {name} {version}."
            yield ShapeChange("added", "contract-extended", "contract", name, says)
        elif old[name] != version:
            case = "contract-broken" if _breaks(old[name], version) else "contract-extended"
            says = f"The contract of {name} is now {version}, was {old[name]}."
            yield ShapeChange("changed", case, "contract", name, says)
    for name in old:
        if name not in new:
            says = f"The contract of {name} is gone."
            yield ShapeChange("removed", "contract-broken", "contract", name, says)


def _breaks(old: str, new: str) -> bool:
    """Whether what could be read by the old contract may be unreadable under the new one."""
    (first, second, _), (then, after, _) = figures(f"{old}.0"), figures(f"{new}.0")
    return first != then or (first == 0 and second != after)


def _note_types(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[ShapeChange]:
    for id, kind in new.items():
        if id not in old:
            says = f"New note type: {kind['name']}."
            yield ShapeChange("added", "note-type-renamed", "note type", kind["name"], says)
        elif any([*old[id][part]] != [*kind[part]] for part in ("fields", "templates")):
            says = (
                f"The note type {kind['name']} has other fields or templates: learners must turn Merge note types on."
            )
            yield ShapeChange("changed", "note-type-changed", "note type", kind["name"], says)
        elif old[id] != kind:
            says = f"In the note type {kind['name']} something was renamed; learners notice only the new name."
            yield ShapeChange("changed", "note-type-renamed", "note type", kind["name"], says)
    for id, kind in old.items():
        if id not in new:
            says = f"The note type {kind['name']} is gone: learners must turn Merge note types on."
            yield ShapeChange("removed", "note-type-changed", "note type", kind["name"], says)


def _files(old: Sequence[str], new: Sequence[str]) -> Iterator[ShapeChange]:
    """Formats and files; those of a format that came or went are not told one by one."""
    before, after = (list(dict.fromkeys(PurePosixPath(file).parts[0] for file in files)) for files in (old, new))
    yield from _came_and_went(
        "format", [each for each in before if "." not in each], [each for each in after if "." not in each]
    )
    both = {*before} & {*after}

    def told(files: Sequence[str]) -> list[str]:
        tops = ((PurePosixPath(file).parts[0], file) for file in files)
        return [file for top, file in tops if (top in both or "." in top) and not file.startswith(_PICTURES)]

    yield from _came_and_went("file", told(old), told(new))
