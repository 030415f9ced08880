"""How far each muscle is described: what it answers itself, what it takes from elsewhere, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from backdata.anatomy.inheritance import Lineage, answered_by, heard, stated_topics
from backdata.model import FACT_TABLES, TABLE_OF, TOPICS, UNSOURCED, Answer, Finding, MuscleCoverage, topic_of
from backdata.verbs import Source
from backdata.views import derived

IDENTIFIERS = ("ta2", "ta98", "fma", "uberon")
_OWES = {"BD402": "origin", "BD403": "insertion", "BD404": "action", "BD405": "innervation", "BD406": "blood_supply"}


def of_muscles(found: Mapping[str, Source], findings: Iterable[Finding]) -> tuple[MuscleCoverage, ...]:
    """One record per muscle and part. ``findings`` with an exception say what is unknown, and why.

    Empty where muscles or groups cannot be read.
    """
    if found["muscles"].absent or found["groups"].absent:
        return ()
    lineage = Lineage.of(found["muscles"].rows, found["groups"].rows)
    stated = stated_topics({table: found[table].rows for table in FACT_TABLES})
    items, open_ids, cites = _items(found), derived.open_sources(found), derived.citations(found, lineage)
    unknown = {(finding.row_id, _OWES.get(finding.code, "")): finding.excepted or "" for finding in findings}

    def answer(muscle: str, topic: str) -> Answer:
        answering = answered_by(lineage, muscle, stated[topic])
        if not answering:
            reasons = (unknown.get((owner, topic), "") for owner in lineage.owners(muscle))
            return Answer(0, unknown=next(filter(None, reasons), ""), not_read=_not_read(found[TABLE_OF[topic]]))
        number = sum(len(items.get((owner, topic), ())) for owner in heard(lineage, muscle, stated[topic]))
        parts = answering[0] in lineage.parts.get(muscle, ())
        return Answer(number, inherited=muscle not in answering and not parts, by_parts=parts)

    return tuple(
        MuscleCoverage(
            id=id,
            name=lineage.muscles[id].get("name") or id,
            group=(lineage.groups.get(lineage.group_of(id) or "") or {}).get("name") or "no group",
            is_part=bool(lineage.muscles[id].get("part_of")),
            answers={topic: answer(id, topic) for topic in TOPICS},
            identifiers={name: bool(lineage.muscles[id].get(name)) for name in IDENTIFIERS},
            sources=len({*cites[id]} - {UNSOURCED}),
            open_sources=len(open_ids.intersection(cites[id])),
            unsourced=cites[id].count(UNSOURCED),
        )
        for id in dict.fromkeys(_parts_after_wholes(lineage))
    )


def _items(found: Mapping[str, Source]) -> dict[tuple[str, str], set[str]]:
    """The items stated on (owner, topic), alternatives not counted."""
    items: dict[tuple[str, str], set[str]] = {}
    for table in FACT_TABLES:
        for row in found[table].rows:
            if row.get("reading") != "alternative":
                items.setdefault((row.get("muscle") or "", topic_of(table, row)), set()).add(row.get("item") or "")
    return items


def _not_read(table: Source) -> str:
    """Why a table tells nothing, though its sheet may well hold something."""
    return table.absent or next(iter(table.missing.values()), "")


def _parts_after_wholes(lineage: Lineage) -> Iterator[str]:
    def below(id: str) -> Iterator[str]:
        yield id
        for part in lineage.parts.get(id, ()):
            yield from below(part)

    for id, row in lineage.muscles.items():
        if row.get("part_of") not in lineage.muscles:
            yield from below(id)
    yield from lineage.muscles  # those that are parts of themselves, which is told elsewhere
