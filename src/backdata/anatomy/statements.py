"""What a row of a fact table states, beside its number and its source: the cells that say it, and the sentence they make."""

from __future__ import annotations

from collections.abc import Mapping

from backdata.anatomy import words
from backdata.model import TABLE_OF, Row

DEFINES = {  # with another of these it is another fact
    "attachments": ("structure",),
    "actions": ("movement", "of"),
    "innervations": ("nerve", "role"),
    "blood_supply": ("vessel",),
    "vessel_links": ("to",),
    "territories": ("vessel",),
}
REFINES = {
    "attachments": ("levels", "part", "from_origin", "constancy"),
    "actions": ("side", "direction", "condition"),
    "innervations": ("segments", "constancy"),
    "blood_supply": ("levels", "constancy"),
    "vessel_links": ("levels", "side", "constancy"),
    "territories": ("levels",),
}


def content(table: str, row: Row) -> dict[str, str | None]:
    """The cells that say it, those that define it first."""
    return {column: row.get(column) for column in (*DEFINES[table], *REFINES[table])}


def text(topic: str, row: Row, terms: Mapping[str, Mapping[str, Row]]) -> str:
    """A fact in words; cell by cell where it is too broken for a sentence. ``terms``: table → id → row."""
    said = content(TABLE_OF[topic], row)
    if all(said[column] for column in DEFINES[TABLE_OF[topic]]):
        return words.fact_text(topic, row, terms)
    return ", ".join(cell for cell in said.values() if cell)
