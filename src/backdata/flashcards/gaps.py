"""Answers with gaps for their levels: the learner is given the structures and asked which vertebrae, ribs or roots."""

from __future__ import annotations

import re

from backdata.flashcards.citing import text
from backdata.flashcards.subjects import preferred
from backdata.model import Dataset, Fact, Row

GAP = '<span class="gap">[…]</span>'
_ROOTS = re.compile(r"(?<=\()[CTLS][0-9][^)]*(?=\))")  # what stands in brackets after a named nerve


def gapped(dataset: Dataset, facts: tuple[Fact, ...]) -> str:
    """What we teach as an HTML list with a gap for all levels and roots; empty where there are none to ask for."""
    taught = preferred(facts)
    if not any(_open(dataset, fact) for fact in taught):
        return ""
    lines = dict.fromkeys(text(fact.text).replace(text(_levels(dataset, fact)) or "\0", GAP, 1) for fact in taught)
    return f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>"


def _open(dataset: Dataset, fact: Fact) -> bool:
    """Whether there is something to know: not where its structure is found at these levels only."""
    cell = fact.row.get("levels")
    structure = _term(dataset, "structures", fact.row.get("structure"))
    return bool(_levels(dataset, fact)) and (not cell or cell != structure.get("found_at"))


def _levels(dataset: Dataset, fact: Fact) -> str:
    """The piece of the words of a fact that names its levels or roots; nothing where none does."""
    row = fact.row
    if fact.topic == "innervation":
        roots = _ROOTS.search(fact.text)
        named = roots[0] if roots else row.get("segments") or ""
    elif _term(dataset, "structures", row.get("structure")).get("levels_of") in ("vertebra", "rib"):
        named = str(row.get("levels") or "").replace("R", "")
    else:
        named = ""
    return named if named in fact.text else ""


def _term(dataset: Dataset, table: str, id: str | None) -> Row:
    return next((row for row in dataset.tables.get(table, ()) if row["id"] == id), {})
