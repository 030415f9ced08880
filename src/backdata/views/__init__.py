"""The joined frames that rules speak about: one view per table, with exactly one row per row of its base table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from backdata.intake import Intake
from backdata.model import Table
from backdata.schemas import TableSchema
from backdata.verbs import Source, View
from backdata.views import (
    circulation,
    derived,
    differences,
    ends,
    history,
    items,
    kinship,
    meanings,
    movements,
    naming,
    pasted,
    prose,
    supply,
    wholesale,
)
from backdata.views.columns import all_columns

_INTAKE = {
    "files": ("file", "sheet", "table", "problem", "detail", "rows"),
    "headers": ("table", "column", "status", "header", "missing"),
    "odd_cells": ("table", "column", "odd", "shown", "why", "advice", "whole"),
}

_OWES = {
    "owes_origin": "origin",
    "owes_insertion": "insertion",
    "owes_action": "action",
    "owes_motor_nerve": "innervation",
    "owes_blood_supply": "blood_supply",
    "owes_open_source": "open_source",
}
_EXTRA: dict[str, Callable[[View], View]] = {
    "attachments": ends.attachments,
    "actions": movements.actions,
    "innervations": supply.innervations,
    "blood_supply": supply.blood_supply,
    "vessels": circulation.vessels,
    "vessel_links": circulation.vessel_links,
    "territories": circulation.territories,
    "muscles": kinship.muscles,
    "groups": kinship.groups,
    "inventory": kinship.inventory,
}


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
        view = all_columns(view, schemas[name], found)
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


def with_state(source: Source, states: Iterable[str | None]) -> Source:
    """The exceptions with what became of each in this run: used, unused or expired."""
    rows = tuple({**row, "state": state} for row, state in zip(source.rows, states, strict=True))
    return Source(source.name, rows, (*source.columns, "state"), source.absent, source.missing)
