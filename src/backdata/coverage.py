"""How far each muscle is described: what it answers itself, what it takes from elsewhere, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from backdata import derived
from backdata.anatomy.atlas import topic_of
from backdata.anatomy.inheritance import Lineage, answered_by, stated_questions
from backdata.model import FACT_TABLES, TOPICS, Answer, Finding, MuscleCoverage
from backdata.verbs import Source

IDENTIFIERS = ("ta2", "ta98", "fma", "uberon")
_OWES = {"BD402": "origin", "BD403": "insertion", "BD404": "action", "BD405": "innervation", "BD406": "blood_supply"}


def of_muscles(found: Mapping[str, Source], findings: Iterable[Finding]) -> tuple[MuscleCoverage, ...]:
    """One record per muscle and part. ``findings`` with an exception say what is unknown, and why.

    Empty where muscles or groups cannot be read.
    """
    if found["muscles"].absent or found["groups"].absent:
        return ()
    lineage = Lineage.of(found["muscles"].rows, found["groups"].rows)
    stated = stated_questions({table: found[table].rows for table in FACT_TABLES})
    items, unsourced = _items(found)
    cites = derived.citations(found, lineage)
    open = derived.open_sources(found)
    unknown = {(finding.row_id, _OWES.get(finding.code, "")): finding.excepted or "" for finding in findings}

    def answer(muscle: str, topic: str) -> Answer:
        owners = answered_by(lineage, muscle, stated["motor nerve" if topic == "innervation" else topic])
        number = sum(len(items.get((owner, topic), ())) for owner in owners)
        parts = bool(owners) and owners[0] in lineage.parts.get(muscle, ())
        inherited = bool(owners) and muscle not in owners and not parts
        return Answer(number, inherited, parts, "" if number else unknown.get((muscle, topic), ""))

    return tuple(
        MuscleCoverage(
            id=id,
            name=lineage.muscles[id].get("name") or id,
            group=(lineage.groups.get(lineage.group_of(id) or "") or {}).get("name") or "no group",
            is_part=bool(lineage.muscles[id].get("part_of")),
            answers={topic: answer(id, topic) for topic in TOPICS},
            identifiers={name: bool(lineage.muscles[id].get(name)) for name in IDENTIFIERS},
            sources=len(cites[id] - {derived.UNSOURCED}),
            open_sources=len(cites[id] & open),
            unsourced=unsourced.get(id, 0),
        )
        for id in _parts_after_wholes(lineage)
    )


def _items(found: Mapping[str, Source]) -> tuple[dict[tuple[str, str], set[str]], dict[str, int]]:
    """The items stated on (owner, topic), without alternatives; and how many facts of an owner are unsourced."""
    items: dict[tuple[str, str], set[str]] = {}
    unsourced: dict[str, int] = {}
    for table in FACT_TABLES:
        for row in found[table].rows:
            owner = row.get("muscle") or ""
            if row.get("reading") != "alternative":
                items.setdefault((owner, topic_of(table, row)), set()).add(row.get("item") or "")
            unsourced[owner] = unsourced.get(owner, 0) + (row.get("source") == derived.UNSOURCED)
    return items, unsourced


def _parts_after_wholes(lineage: Lineage) -> Iterable[str]:
    wholes = (id for id, row in lineage.muscles.items() if row.get("part_of") not in lineage.muscles)
    return (each for whole in wholes for each in (whole, *lineage.parts.get(whole, ())))
