"""Tables that no sheet holds but that follow from those of the sheets: subjects, suspects, completeness, uses of terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from backdata.anatomy.inheritance import Lineage, by_id, heard, number, stated_topics, unanswered
from backdata.anatomy.span import Span, spans
from backdata.anatomy.terms import Terms
from backdata.model import FACT_TABLES, TABLE_OF, TOPICS, UNSOURCED, Row, cited, topic_of
from backdata.schemas import TableSchema
from backdata.verbs import Source

_LOOKED = {
    "muscle": "neither it nor its group, whole or parts state one as preferred",
    "group": "neither the group nor any muscle of it states one as preferred",
}
SUBJECT = {"muscle_name": "name", "division": "division", "development": "development",
            "development_name": "development_name", "allowed_rami": "allowed_rami", "group_name": "group_name", "layer": "layer", "place": "place",
            "moves": "moves", "moves_chiefly": "moves_chiefly", "both_sides": "both_sides", "rotates_to": "rotates_to",
            "supplied_by": "supplied_by"}  # fmt: skip
_PLACED = {"id", "found_at", "levels_of"}  # columns that say where structures lie
_OF_THE_GROUP = ("layer", "place", "moves", "moves_chiefly", "both_sides", "rotates_to", "supplied_by")


def subjects(found: Mapping[str, Source]) -> Source:
    """Whoever a fact may be about: groups, muscles and parts, each with what it inherits."""
    name = "subjects"
    muscles, groups, developments = found["muscles"], found["groups"], by_id(found["developments"].rows)
    if absent := muscles.absent or groups.absent:
        return Source(name, absent=absent)
    missing = {**{c: r for c, r in groups.missing.items() if c != "id"}}
    lineage = Lineage.of(muscles.rows, groups.rows)
    rows: list[Row] = []
    for id, row in {**lineage.groups, **lineage.muscles}.items():
        group = lineage.groups.get(lineage.group_of(id) or "", {}) if id in lineage.muscles else row
        own = lineage.value(id, "development") if id in lineage.muscles else row.get("development")
        development = developments.get(own or "", {})
        rows.append({
            "id": id, "name": row.get("name") or id, "group_name": group.get("name"), "division": group.get("division"),
            "development": own, "development_name": development.get("name"),
            "allowed_rami": development.get("allowed_rami"), **{column: group.get(column) for column in _OF_THE_GROUP},
        })  # fmt: skip
    return Source(name, tuple(rows), tuple(rows[0]), missing=missing)


def homes(found: Mapping[str, Source]) -> dict[str, Span]:
    """Muscle, part or group → the stretch of the spine where it lies; empty where a sheet that says it cannot be used."""
    if found["muscles"].absent or found["groups"].absent or _PLACED & found["structures"].missing.keys():
        return {}
    lineage = Lineage.of(found["muscles"].rows, found["groups"].rows)
    return spans(lineage, found["attachments"].rows, found["structures"].rows)


def suspects(found: Mapping[str, Source]) -> Source:
    """Whoever may miss a row that a misspelt name took away: the row is told, so what it leaves behind is not."""
    owners = Terms(row for table in ("muscles", "groups") for row in found[table].rows)
    suspects: dict[str, None] = {}
    for table in FACT_TABLES:
        for row in found[table].rows:
            muscle = row.get("muscle")
            if muscle and muscle not in owners.ids:
                suspects.update(dict.fromkeys(owners.nearest_ids(muscle)[:3]))
            elif muscle and row.get("end", "origin") not in ("origin", "insertion"):
                suspects[muscle] = None
    return Source("suspects", tuple({"id": id} for id in suspects), ("id",))


def completeness(found: Mapping[str, Source]) -> Source:
    """What each muscle owes: True where an answer is missing and nobody else is told of it."""
    name = "completeness"
    if absent := found["muscles"].absent or found["groups"].absent:
        return Source(name, absent=absent)
    lineage = Lineage.of(found["muscles"].rows, found["groups"].rows)
    doubtful = {row["id"] for row in found["suspects"].rows}
    stated = stated_topics({table: list(_benefit_of_the_doubt(found[table].rows)) for table in FACT_TABLES})
    missing = {
        topic: found[table].absent or next(iter(found[table].missing.values()), "")
        for topic, table in TABLE_OF.items()
        if (found[table].absent and not found[table].rows and "missing" in found[table].absent) or found[table].missing
    }
    if reason := found["sources"].absent or found["sources"].missing.get("open", ""):
        missing["open_source"] = reason
    cites, in_the_open = citations(found, lineage), open_sources(found)

    def closed(muscle: str) -> bool | None:
        """Whether nothing it cites is open; None where it cites nothing, or something that nobody has read."""
        told_elsewhere = not cites[muscle] or UNSOURCED in cites[muscle]
        return None if told_elsewhere else not in_the_open.intersection(cites[muscle])

    def owes_open_source(muscle: str) -> bool | None:
        """The same; None for a part whose whole is told of it."""
        wholes = (owner for owner in lineage.owners(muscle) if owner in lineage.muscles and owner != muscle)
        return None if any(closed(whole) for whole in wholes) else closed(muscle)

    owed = {
        id: {
            **{topic: unanswered(lineage, id, stated[topic]) for topic in TOPICS},
            "open_source": owes_open_source(id),
        }
        for id in lineage.muscles
        if id not in doubtful
    }
    groups = _owed_by_groups(lineage, owed)
    rows = tuple(
        {**row, "id": id, "looked": _LOOKED["group" if id in groups else "muscle"]}
        for id, row in {**owed, **groups}.items()
    )
    return Source(name, rows, ("id", "looked", *TOPICS, "open_source"), missing=missing)


def _owed_by_groups(lineage: Lineage, owed: dict[str, dict[str, bool | None]]) -> dict[str, dict[str, bool | None]]:
    """What all muscles of a group lack is told once, at the highest such group; their own rows then owe nothing."""
    groups: dict[str, dict[str, bool | None]] = {}
    for topic in TOPICS:
        members: dict[str, list[str]] = {}
        for muscle in owed:
            for group in lineage.owners(muscle):
                if group in lineage.groups and not lineage.muscles[muscle].get("part_of"):
                    members.setdefault(group, []).append(muscle)
        bare = {
            group: muscles
            for group, muscles in members.items()
            if len(muscles) > 1 and all(owed[muscle][topic] for muscle in muscles)
        }
        for group, muscles in bare.items():
            if lineage.groups[group].get("parent") not in bare:
                groups.setdefault(group, dict.fromkeys((*TOPICS, "open_source"), False))[topic] = True
            for muscle in muscles:
                owed[muscle][topic] = None
    return groups


def open_sources(found: Mapping[str, Source]) -> set[str]:
    """The ids of the sources that everybody may read and quote."""
    return {row["id"] for row in found["sources"].rows if row.get("open") == "yes" and row.get("id")}


def citations(found: Mapping[str, Source], lineage: Lineage) -> dict[str, list[str]]:
    """Muscle → what each fact that holds for it cites, ``unsourced`` too."""
    stated = stated_topics({table: found[table].rows for table in FACT_TABLES})
    named: dict[tuple[str, str], list[str]] = {}  # (owner, topic) → sources
    for table in FACT_TABLES:
        for row in found[table].rows:
            named.setdefault((row.get("muscle") or "", topic_of(table, row)), []).extend(cited(row))
    return {
        muscle: [
            source
            for topic in TOPICS
            for owner in heard(lineage, muscle, stated[topic])
            for source in named.get((owner, topic), ())
        ]
        for muscle in lineage.muscles
    }


def used(home: str, found: Mapping[str, Source], schemas: Mapping[str, TableSchema]) -> set[str]:
    """The ids of the table ``home`` that other tables refer to; a movement is not used for being somebody's antagonist."""
    return {
        id
        for table, schema in schemas.items()
        for column in schema.columns.values()
        if home in column.refers_to and table != home
        for row in found[table].rows
        for id in column.parts(row.get(column.name))
    }


def _benefit_of_the_doubt(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows as they may have been meant: what is misspelt, or has no preferred reading, is told as such, not as missing."""
    given = list(rows)
    items: dict[tuple[str | None, str | None], set[str]] = {}
    for row in given:
        items.setdefault((row.get("muscle"), row.get("end")), set()).add(row.get("item") or "")
    gaps = {key for key, found in items.items() if found and max(number(item) or 0 for item in found) > len(found)}
    for row in given:
        gap = (row.get("muscle"), row.get("end")) in gaps  # what is missing is told as a gap
        reading = "addition" if row.get("reading") == "addition" and not gap else "preferred"
        role = "sensory" if row.get("role") == "sensory" and not gap else "motor"
        ends = [row["end"]] if row.get("end") in ("origin", "insertion") else ["origin", "insertion"]
        yield from ({**row, "reading": reading, "role": role, "end": end} for end in ends)
