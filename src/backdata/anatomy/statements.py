"""What a row of a fact table states, beside its number and its source: the cells that say it, and the sentence they make."""

from __future__ import annotations

from collections.abc import Mapping

from backdata.anatomy import words
from backdata.model import FACT_TABLES, Row, topic_of

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


def text(table: str, row: Row, terms: Mapping[str, Mapping[str, Row]]) -> str:
    """A row in words; cell by cell where it is too broken for a sentence. ``terms``: table → id → row."""
    said = content(table, row)
    if not all(said[column] for column in DEFINES[table]):
        return ", ".join(cell for cell in said.values() if cell)
    if table in FACT_TABLES:
        return words.fact_text(topic_of(table, row), row, terms)
    vessel, to = (
        terms["vessels"].get(id or "", {}).get("name") or id or "—" for id in (row.get("vessel"), row.get("to"))
    )
    levels = f" ({row['levels']})" if row.get("levels") else ""
    if table == "territories":
        return f"{vessel}{levels} to the {row.get('layer')} of the {row.get('region')}"
    side = f" on the {row['side']}" if row.get("side") else ""
    return f"{vessel} {row.get('relation')} {to}{levels}{side}"
