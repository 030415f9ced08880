"""Publication: what was published keeps its promise to those who learn and build with it."""

from __future__ import annotations

from typing import Any

from backdata.model import add, drop, published, rule


@rule(
    "BD701",
    view="published",
    blames="id",
    severity="error",
    judges_blanks=True,
    says="{muscle_name}: {gone} was published and is gone.",
    fix="Put the row back; if it was taken out on purpose, write its id and the reason into the sheet withdrawn.",
    source="Policy for ids (CONTRIBUTING.md)",
    bad=(published(), drop("attachments", "rhomboid-minor.origin.3")),
    good=(published(), add("attachments", "rhomboid-minor.origin.3", item="4", source="gray-1918", part="upper part")),
)
def published_fact_vanished(gone: Any) -> Any:
    """Learners have a card for it, and programs its id; a row that was deleted by a slip is seen nowhere else."""
    return gone.is_null()
