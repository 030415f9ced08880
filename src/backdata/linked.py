"""The document for applications as linked data: JSON-LD with an IRI for everything that has an id.

It has the keys of ``backdata.json``; ids that point somewhere become IRIs, each thing gets its schema.org type and its
counterparts in Uberon and FMA, and each reading stands once, where it is stated. What is undisputed is also told in the
properties that schema.org and the Relation Ontology have for it; what is contested stands in the readings alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from backdata import resources, schemas
from backdata.contracts import FACTS, TABLES, Record

Node = dict[str, Any]

# table → what its ids are called in IRIs
_KINDS = {"muscles": "muscle", "groups": "group", "structures": "structure", "nerves": "nerve", "movements": "movement",
          "vessels": "vessel", "developments": "development", "sources": "source"}  # fmt: skip
_TYPES = {"muscles": "Muscle", "nerves": "Nerve", "movements": "DefinedTerm", "developments": "DefinedTerm",
          "sources": "CreativeWork"}  # fmt: skip
_VESSELS = {"artery": "Artery", "great artery": "Artery", "vein": "Vein", "great vein": "Vein", "venous plexus": "Vessel",
            "lymph duct": "LymphaticVessel"}  # fmt: skip
_TARGETS = {"group": "groups", "part_of": "muscles", "development": "developments"}  # where resolved keys lead
_APART = {*FACTS, "identifiers", "muscles", "parts", "children"}
_CATALOGUES = {"ta2": "Terminologia Anatomica 2", "ta98": "Terminologia Anatomica 1998"}
_SIDES = {"unilateral": " (one side)", "bilateral": " (both sides)"}


def context() -> Node:
    """What each key and type means, as published in ``context.jsonld``."""
    found: Node = json.loads((resources.CONTRACTS / "context.jsonld").read_text("utf-8"))
    return found


def document(application: Mapping[str, Any]) -> Node:
    """The JSON-LD document of an application document; it carries its context, so that nothing must be fetched."""
    muscles = {muscle["id"]: muscle for muscle in application["muscles"]}
    return {
        **context(),
        "@id": "bd:dataset",
        "@type": "Dataset",
        "name": "backdata: the muscles of the back",
        "definition": "The muscles of the back: origins, insertions, actions, nerves and blood supply, with every reading of every source.",
        "version": application["version"],
        "license": application["licence"]["url"],
        "sources": [_thing("sources", source) for source in application["sources"]],
        "groups": [_group(group, muscles) for group in application["groups"]],
        **{
            table: [(_thing if table in _KINDS else _reading)(table, term) for term in terms]
            for table, terms in application["vocabulary"].items()
        },
    }


def _group(group: Record, muscles: Mapping[str, Record]) -> Node:
    """A group with its muscles and the groups within it."""
    within = {
        "muscles": [_muscle(muscles[id], muscles) for id in group["muscles"]],
        "children": [_group(child, muscles) for child in group["children"]],
    }
    return _thing("groups", group) | _filled(within)


def _muscle(muscle: Record, muscles: Mapping[str, Record]) -> Node:
    """A muscle with its parts, and with what is undisputed in the properties that others know."""
    parts = {"parts": [_muscle(muscles[id], muscles) for id in muscle["parts"]]}
    return _thing("muscles", muscle) | _filled(_undisputed(muscle)) | _filled(parts)


def _thing(table: str, record: Record) -> Node:
    """A node for something that has an id; its own readings stand in it, those of others are pointed to."""
    iri = _iri(table, record["id"])
    kind = _VESSELS.get(record["kind"]) if table == "vessels" else _TYPES.get(table)
    told = {key: _value(table, key, value) for key, value in record.items() if key not in _APART}
    facts = {key: [_fact(name, fact, record["id"], iri) for fact in record.get(key, ())] for key, name in FACTS.items()}
    return _filled({"@id": iri, "@type": kind or "AnatomicalStructure", **told, **_matches(record), **facts})


def _fact(name: str, fact: Record, owner: str, iri: str) -> Node | str:
    if fact["stated_at"] != owner:
        return _reading_iri(fact)
    return _reading(TABLES[name], fact) | {"stated_at": iri}


def _reading(table: str, fact: Record) -> Node:
    told = {key: _value(table, key, value) for key, value in fact.items()}
    return _filled({"@id": _reading_iri(fact), "@type": "Reading", **told})


def _reading_iri(fact: Record) -> str:
    return f"bd:reading:{fact['id']}.{fact['reading']}.{fact['sources'][0]['id']}".replace(" ", "-")


def _iri(table: str, id: str) -> str:
    return f"bd:{_KINDS[table]}:{id}"


def _value(table: str, key: str, value: Any) -> Any:
    """What stands under a key: ids that lead to something as IRIs, the rest as it is."""
    column = schemas.tables()[table].columns.get(key)
    target = _TARGETS.get(key) or next(iter(column.refers_to if column else ()), None)
    if key == "sources":
        return [_citation(source) for source in value]
    if key == "year":
        return value and str(value)  # of a date, as schema.org wants it
    if isinstance(value, dict):
        return _filled(value)
    if not target or value is None:
        return value
    return [_iri(target, each) for each in value] if isinstance(value, list) else _iri(target, value)


def _citation(source: Record) -> Node | str:
    work = _iri("sources", source["id"])
    return {"@type": "CreativeWork", "isPartOf": work, "page": source["page"]} if source["page"] else work


def _matches(record: Record) -> Node:
    """The same thing elsewhere: IRIs in Uberon and FMA, codes in the two editions of Terminologia Anatomica."""
    known = record.get("identifiers", {})
    uberon, fma = known.get("uberon"), known.get("fma")
    elsewhere = [uberon and f"obo:{uberon.replace(':', '_')}", fma and fma.replace("FMA:", "fma:")]
    codes = [
        {"@type": "MedicalCode", "codeValue": known[key], "codingSystem": name}
        for key, name in _CATALOGUES.items()
        if known.get(key)
    ]
    same = [iri for iri in elsewhere if iri]
    return {"exactMatch": same, "sameAs": same, "code": codes}


def _undisputed(muscle: Record) -> Node:
    """What every source that was read agrees on, as plain properties of the muscle."""
    actions = _agreed(muscle["actions"], lambda fact: fact["text"] + _SIDES.get(fact["side"], ""))
    ends = {
        key: _agreed(muscle[key], lambda fact: _iri("structures", fact["structure"]))
        for key in ("origins", "insertions")
    }
    return {
        "muscleOrigin": ends["origins"],
        "muscleInsertion": ends["insertions"],
        "insertion": ends["insertions"],
        "muscleAction": actions,
        "innervatedBy": _agreed(muscle["innervations"], lambda fact: _iri("nerves", fact["nerve"])),
        "bloodSupply": _agreed(muscle["blood_supply"], lambda fact: _iri("vessels", fact["vessel"])),
    }


def _agreed(facts: Iterable[Record], told: Callable[[Record], str]) -> list[str]:
    """What the readings of each item have in common, where they have: additions of one source and what is rarely found are none."""
    items: dict[str, list[Record]] = {}
    for fact in facts:
        items.setdefault(fact["id"], []).append(fact)
    agreed = [
        told(readings[0])
        for readings in items.values()
        if readings[0]["reading"] == "preferred"
        and readings[0].get("constancy") != "inconstant"
        and len({told(reading) for reading in readings}) == 1
    ]
    return list(dict.fromkeys(agreed))


def _filled(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in (None, [])}
