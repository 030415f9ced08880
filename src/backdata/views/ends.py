"""What the view of attachments knows beside its sheet: where structures are found, and what the anatomy of a whole muscle says."""

from __future__ import annotations

from backdata.anatomy import levels
from backdata.anatomy.attachments import Verdict, verdicts
from backdata.anatomy.inheritance import Lineage, by_id
from backdata.verbs import View


def attachments(view: View) -> View:
    """The verdicts on each row, and the levels that its structure does not have."""
    structures, rows = by_id(view.sources["structures"].rows), view.sources["attachments"].rows
    lineage = Lineage.of(view.sources["muscles"].rows, view.sources["groups"].rows)
    found = verdicts(rows, structures, lineage)

    subject = {"muscle_name": "name", "group_name": "group_name"}
    read = (
        "_row",
        "muscle",
        "end",
        "structure",
        "levels",
        "reading",
        "muscle_name",
        "structure_name",
        "found_at",
        "kind",
        "levels_of",
    )
    return (
        view.lookup("structures", "structure", {"structure_name": "name", "found_at": "found_at", "kind": "kind"})
        .parsed("levels_beyond", ("levels", "found_at", "levels_of"), _levels_beyond)
        .lookup("subjects", "muscle", subject)
        .parsed(Verdict._fields, read, lambda row, *_: found.get(row, Verdict()))
    )


def _levels_beyond(cell: str | None, home: str | None, levels_of: str | None) -> str | None:
    return levels.beyond(cell, home, levels_of) if levels_of in ("vertebra", "rib") else None
