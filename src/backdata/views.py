"""The joined frames that rules speak about: one view per table, with exactly one row per row of its base table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from backdata import (
    circulation,
    derived,
    differences,
    history,
    items,
    meanings,
    movements,
    naming,
    pasted,
    prose,
    supply,
    wholesale,
)
from backdata.anatomy import attachments, levels
from backdata.anatomy.inheritance import Lineage, by_id, path
from backdata.anatomy.terms import Terms
from backdata.intake import Intake
from backdata.intake.resolve import level_kind
from backdata.model import Table
from backdata.schemas import TableSchema
from backdata.verbs import Source, View

_INTAKE = {
    "files": ("file", "sheet", "table", "problem", "detail", "rows"),
    "headers": ("table", "column", "status", "header", "missing"),
    "odd_cells": ("table", "column", "odd", "shown", "why", "advice", "whole"),
}
_RAMUS = {"posterior": "a posterior ramus", "anterior": "an anterior ramus", "cranial": "a cranial nerve"}


def sources(
    intake: Intake, schemas: Mapping[str, TableSchema], before: Mapping[str, Table] | None = None
) -> dict[str, Source]:
    """Every table a view may use: those of the sheets, what intake saw, what follows from muscles and groups, and what was
    published ``before``.
    """
    found = {name: _sheet_source(name, intake, schema) for name, schema in schemas.items()}
    for name, columns in _INTAKE.items():
        looked_at = sum(row["used"] for row in intake.files)
        found[name] = Source(name, getattr(intake, name), columns, looked_at=looked_at)
    found["subjects"] = derived.subjects(found)
    found["suspects"] = derived.suspects(found)
    found["completeness"] = derived.completeness(found)
    before = before or {}
    found["exceptions"] = history.in_force(found["exceptions"], before)
    differing = differences.differences(before, intake.tables)
    found["published"] = history.lost(before, differing, found, schemas)
    found["shrunken"] = history.shrunken(before, differing, found)
    found["pasted"] = pasted.rows(before, differing, found, schemas)
    found["changes"] = meanings.changes(before, differing, schemas)
    found["columns"] = wholesale.columns(before, differing, schemas, intake)
    return found


def build(name: str, found: Mapping[str, Source], schemas: Mapping[str, TableSchema]) -> View:
    """The view of a table."""
    view = View.on(found[name], found)
    if name in schemas:
        view = _columns(view, schemas[name], found)
        if "kept" in schemas[name].columns:
            used = derived.used(name, found, schemas)
            view = view.parsed("used", ("id",), lambda id: id in used, kind="flag")
        if name in ("muscles", "groups"):
            view = view.lookup("completeness", "id", _OWES, kind="flag").lookup(
                "completeness", "id", {"looked": "looked"}
            )
        view = _EXTRA[name](view) if name in _EXTRA else view
        if name in items.QUESTIONS:
            view = items.of(view)
            view = prose.of(view)
        view = naming.compared(view, schemas)
    return view


def _sheet_source(name: str, intake: Intake, schema: TableSchema) -> Source:
    table = intake.tables.get(name)
    if table is None:
        return Source(name, absent=f"the sheet {name} is missing")
    missing = {
        column.name: f"the column {column.name} is missing in the sheet {name}"
        for column in schema.columns.values()
        if column.required and column.name not in table.columns
    }
    absent = "" if table.rows else f"the sheet {name} is empty"
    return Source(name, table.rows, tuple(schema.columns), absent, missing)


def _columns(view: View, schema: TableSchema, found: Mapping[str, Source]) -> View:
    """What every column of a kind has: unknown terms, strangers in lists, places of repetition, faults of levels."""
    for column in schema.columns.values():
        if column.refers_to:
            view = _references(view, column.name, column.refers_to, column.list.strip(), found)
        if column.each:
            known = set(column.each)
            view = view.parsed(f"{column.name}_strange", (column.name,), _leftover(known, column.list.strip()))
        if column.unique:
            view = _repeated(view, column.name, schema)
        if column.levels:
            view = _levels(view, column.name, column.levels)
    return view.first("key_first", *schema.key) if schema.key else view


def _repeated(view: View, column: str, schema: TableSchema) -> View:
    """Where the value of a column stood first; a row that repeats a whole earlier row is told of at its first column only."""
    before = [name for name in schema.columns if schema.columns[name].unique and f"{name}_first" in view.columns]
    view = view.first(f"{column}_first", column)
    if not before:
        return view
    return view.parsed(
        f"{column}_first",
        ("_row", f"{column}_first", f"{before[0]}_first"),
        lambda row, here, there: row if here == there else here,
        kind="whole",
    )


def _references(view: View, column: str, tables: tuple[str, ...], separator: str, found: Mapping[str, Source]) -> View:
    names = (f"{column}_unknown", f"{column}_ambiguous")
    if reason := next((found[table].absent for table in tables if found[table].absent), ""):
        return replace(view, off={**view.off, **dict.fromkeys(names, reason)})
    known = {row.get("id") for table in tables for row in found[table].rows}
    if "muscles" in tables:  # a muscle that is missing from the sheet is told once, at its row of the inventory
        known |= {row.get("muscle") for row in found["inventory"].rows}
    known |= {row["term"] for row in found["published"].rows}  # rows that are gone, told once for all that name them
    strangers = _leftover(known, separator)

    def read(cell: str | None) -> tuple[str | None, str | None]:
        """What of a cell is unknown, and who may be meant where several are called so."""
        strange = strangers(cell)
        if strange is None:
            return None, None
        terms = Terms(row for table in tables for row in found[table].rows)
        parts = [part.strip() for part in strange.split(separator)] if separator else [strange]
        meant = [terms.named(part) for part in parts]
        unknown = [part for part, ids in zip(parts, meant, strict=True) if len(ids) < 2]
        several = [" or ".join(terms.ids[id] for id in ids) for ids in meant if len(ids) > 1]
        return f"{separator} ".join(unknown) or None, "; ".join(several) or None

    return view.parsed(names, (column,), read)


def _leftover(known: set[Any], separator: str) -> Callable[[str | None], str | None]:
    """What of a cell is not among the known values, as text; None when all is."""

    def read(cell: str | None) -> str | None:
        if cell is None:
            return None
        parts = [part.strip() for part in cell.split(separator)] if separator else [cell]
        return f"{separator} ".join(part for part in parts if part not in known) or None

    return read


def _levels(view: View, column: str, kind: str) -> View:
    if kind == "structure":
        view = view.lookup("structures", "structure", {"levels_of": "levels_of"})
        columns: tuple[str, ...] = (column, "levels_of")
    else:
        columns = (column,)

    def read(cell: str | None, levels_of: str | None = None) -> tuple[str | None, str | None]:
        counted = level_kind(kind, levels_of)
        if cell is None or not counted:
            return None, None
        try:
            levels.parse(cell, counted)
        except levels.LevelError as error:
            return error.fault, str(error)
        return None, None

    return view.parsed((f"{column}_fault", f"{column}_why"), columns, read)


def _beyond(cell: str | None, home: str | None, kind: str) -> str | None:
    """The levels of a cell that lie outside ``home``, as text; None when all lie inside, or one cannot be read."""
    if cell is None or home is None:
        return None
    try:
        return levels.outside(levels.parse(cell, kind), levels.parse(home, kind)) or None
    except levels.LevelError:
        return None


_SUBJECT = {"muscle_name": "name", "division": "division", "development": "development",
            "development_name": "development_name", "allowed_rami": "allowed_rami", "group_name": "group_name", "layer": "layer", "place": "place",
            "moves": "moves", "moves_chiefly": "moves_chiefly", "both_sides": "both_sides", "rotates_to": "rotates_to",
            "supplied_by": "supplied_by"}  # fmt: skip


_OWES = {
    "owes_origin": "origin",
    "owes_insertion": "insertion",
    "owes_action": "action",
    "owes_motor_nerve": "innervation",
    "owes_blood_supply": "blood_supply",
    "owes_open_source": "open_source",
}


def _attachments(view: View) -> View:
    structures, rows = by_id(view.sources["structures"].rows), view.sources["attachments"].rows
    lineage = Lineage.of(view.sources["muscles"].rows, view.sources["groups"].rows)
    found = attachments.verdicts(rows, structures, lineage)

    subject = {"muscle_name": "name", "group_name": "group_name"}
    read = ("_row", "muscle", "end", "structure", "levels", "reading", "muscle_name", "structure_name")
    return (
        view.lookup("structures", "structure", {"structure_name": "name", "found_at": "found_at", "kind": "kind"})
        .parsed("levels_beyond", ("levels", "found_at", "levels_of"), _levels_beyond)
        .lookup("subjects", "muscle", subject)
        .parsed(attachments.Verdict._fields, read, lambda row, *_: found.get(row, attachments.Verdict()))
    )


def _levels_beyond(cell: str | None, home: str | None, levels_of: str | None) -> str | None:
    return _beyond(cell, home, levels_of) if levels_of in ("vertebra", "rib") else None


def _innervations(view: View) -> View:
    rami = {
        id: [ramus.strip() for ramus in row["allowed_rami"].split(",")]
        for id, row in by_id(view.sources["developments"].rows).items()
        if row.get("allowed_rami")
    }
    view = (
        view.lookup("subjects", "muscle", _SUBJECT)
        .lookup("nerves", "nerve", {"nerve_name": "name", "ramus": "ramus", "roots": "roots", "nerve_kind": "kind"})
        .parsed("ramus_known", ("ramus",), lambda ramus: ramus if ramus in _RAMUS else None)
        .among("ramus_allowed", "ramus_known", "development", rami, of="developments")
        .parsed("ramus_words", ("ramus",), lambda ramus: _RAMUS.get(ramus or ""))
        .parsed("segments_beyond", ("segments", "roots"), lambda cell, home: _beyond(cell, home, "nerve"))
    )
    return supply.innervations(view)


def _actions(view: View) -> View:
    return movements.actions(view.lookup("subjects", "muscle", _SUBJECT))


def _muscles(view: View) -> View:
    groups = by_id(view.sources["groups"].rows)
    return (
        view.lookup("subjects", "id", {"group_name": "group_name", "division": "division"})
        .lookup("developments", "development", {"development_name": "name"})
        .parsed("id_of_a_group", ("id",), lambda id: id in groups, kind="flag")
        .parsed("own_whole", ("id", "part_of"), _in_a_circle("muscles", "part_of", view), kind="flag")
    )


def _blood_supply(view: View) -> View:
    taken = {"vessel_name": "name", "vessel_levels_of": "levels_of", "vessel_kind": "kind", "found_at": "found_at"}
    return supply.blood_supply(view.lookup("subjects", "muscle", _SUBJECT).lookup("vessels", "vessel", taken))


def _groups(view: View) -> View:
    return view.parsed("own_ancestor", ("id", "parent"), _in_a_circle("groups", "parent", view), kind="flag")


def _in_a_circle(table: str, above: str, view: View) -> Callable[[str | None, str | None], bool]:
    """Whether a row stands above itself; of a circle, the first row in the sheet is told."""
    parents = {id: row.get(above) for id, row in by_id(view.sources[table].rows).items()}
    place = {id: number for number, id in enumerate(parents)}

    def read(id: str | None, parent: str | None) -> bool:
        steps = path(parent, parents)
        return id in steps and id == min(steps[: steps.index(id) + 1], key=lambda step: place[step])

    return read


def _inventory(view: View) -> View:
    return (
        view.lookup("muscles", "muscle", {"listed_id": "id"})
        .parsed("listed", ("listed_id",), lambda id: id is not None, kind="flag")
        .parsed("muscle_words", ("muscle",), lambda id: (id or "").replace("-", " "))
    )


_EXTRA: dict[str, Callable[[View], View]] = {
    "attachments": _attachments,
    "actions": _actions,
    "innervations": _innervations,
    "blood_supply": _blood_supply,
    "vessels": circulation.vessels,
    "vessel_links": circulation.vessel_links,
    "territories": circulation.territories,
    "muscles": _muscles,
    "groups": _groups,
    "inventory": _inventory,
}


def with_state(source: Source, states: Iterable[str | None]) -> Source:
    """The exceptions with what became of each in this run: used, unused or expired."""
    rows = tuple({**row, "state": state} for row, state in zip(source.rows, states, strict=True))
    return Source(source.name, rows, (*source.columns, "state"), source.absent, source.missing)
