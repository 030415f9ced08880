"""``exports/json``: a document for applications, and the tidy tables from which ``backdata.load()`` rebuilds a Dataset.

Both are held against their contracts before they are written, and lie beside them. A cell that cannot be read as what it
should be (levels, numbers) goes through as it stands, so that the contract names its place and refuses it. The document
for applications comes with TypeScript definitions, and once more as linked data.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from backdata import contracts, linked, schemas, typescript
from backdata.anatomy import levels as level_language
from backdata.contracts_check import check
from backdata.model import TABLE_OF, Dataset, Fact, Group, Muscle, Row, cited, exporter
from backdata.version import VERSION

LICENCE = {
    "id": "CC-BY-4.0",
    "name": "Creative Commons Attribution 4.0 International",
    "url": "https://creativecommons.org/licenses/by/4.0/",
}
VOCABULARY = ("structures", "nerves", "movements", "vessels", "vessel_links", "territories", "developments")
KEYS = {"origin": "origins", "insertion": "insertions", "action": "actions", "innervation": "innervations",
        "blood_supply": "blood_supply"}  # fmt: skip
_IDENTIFIERS = ("ta2", "ta98", "fma", "uberon")
_NUMBERS = ("item", "order", "year")
# of a fact: its place in the document, or its head, tells it
_TOLD_ELSEWHERE = ("muscle", "end", "item", "reading", "sources")


@exporter("json")
def write_json(dataset: Dataset, folder: Path, before: Path | None) -> None:
    """JSON for applications, one document and the tidy tables, with JSON Schemas, TypeScript definitions (ES modules, ES2022), and JSON-LD."""
    application, tables = application_document(dataset), tables_document(dataset)
    promised = {name: contracts.read(name) for name in ("backdata", "tables")}
    check("backdata.json", application, promised["backdata"])
    check("tables.json", tables, promised["tables"])
    files = {
        "backdata.json": _text(application),
        "tables.json": _text(tables),
        **{f"{name}.schema.json": _text(contract) for name, contract in promised.items()},
        "backdata.d.ts": typescript.definitions(promised["backdata"]),
        "backdata.jsonld": _text(linked.document(application)),
        "context.jsonld": _text(linked.context()),
    }
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())


def _text(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def application_document(dataset: Dataset) -> dict[str, Any]:
    """Groups as a tree, muscles with their resolved facts, and the vocabulary, with typed values."""
    kinds = {row["id"]: row["levels_of"] for row in dataset.tables["structures"]}
    tops = [group.id for group in dataset.groups.values() if group.parent is None]
    return {
        "$schema": "urn:backdata:schema:backdata:0.1",
        "version": dataset.version or VERSION,
        "licence": LICENCE,
        "sources": [_record("sources", row) for row in dataset.tables["sources"]],
        "groups": _tree(dataset, tops, kinds),
        "muscles": [_muscle(muscle, dataset.groups[muscle.group], kinds) for muscle in dataset.muscles.values()],
        "vocabulary": {name: [_term(name, row) for row in dataset.tables[name]] for name in VOCABULARY},
        "withdrawn": [_record("withdrawn", row) for row in dataset.tables["withdrawn"]],
    }


def tables_document(dataset: Dataset) -> dict[str, Any]:
    """The tidy tables as they are: texts, and null for blank cells."""
    return {
        "$schema": "urn:backdata:schema:tables:0.1",
        "version": dataset.version or VERSION,
        "tables": {
            name: [{column: row[column] for column in schema.columns} for row in dataset.tables[name]]
            for name, schema in schemas.tables().items()
        },
    }


def _tree(dataset: Dataset, ids: Iterable[str], kinds: Mapping[str, str]) -> list[dict[str, Any]]:
    return [_group(dataset, dataset.groups[id], kinds) for id in ids]


def _group(dataset: Dataset, group: Group, kinds: Mapping[str, str]) -> dict[str, Any]:
    record = _record("groups", group.row)
    del record["parent"], record["order"]
    record["rami"] = list(group.rami)
    facts = {key: list(_facts(group.about(topic), kinds)) for topic, key in KEYS.items()}
    return {**record, **facts, "muscles": list(group.muscles), "children": _tree(dataset, group.children, kinds)}


def _muscle(muscle: Muscle, group: Group, kinds: Mapping[str, str]) -> dict[str, Any]:
    record = _record("muscles", muscle.row)
    return {
        **{key: record[key] for key in ("id", "name", "latin", "synonyms")},
        "group": muscle.group,
        "part_of": muscle.part_of,
        "parts": list(muscle.parts),
        "division": group.row["division"],
        "layer": group.row["layer"],
        "development": muscle.development,
        **{key: record[key] for key in ("constancy", "identifiers", "note", "sources")},
        **{key: list(_facts(muscle.about(topic), kinds)) for topic, key in KEYS.items()},
    }


def _facts(facts: Sequence[Fact], kinds: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    for fact in facts:
        record = _record(TABLE_OF[fact.topic], fact.row, kinds.get(fact.row.get("structure", ""), ""))
        yield {
            "id": fact.id,
            "item": fact.item,
            "reading": fact.reading,
            "text": fact.text,
            **{key: value for key, value in record.items() if key not in _TOLD_ELSEWHERE},
            "stated_at": fact.stated_at,
            "sources": record["sources"],
            "contested": fact.contested,
        }


def _term(table: str, row: Row) -> dict[str, Any]:
    record = _record(table, row)
    return record if "id" in record else {"id": schemas.tables()[table].row_id.format_map(row), **record}


def _record(table: str, row: Row, structure_levels: str = "") -> dict[str, Any]:
    """A row with typed values: lists, numbers, levels read; identifiers and sources gathered."""
    record: dict[str, Any] = {}
    for name, column in schemas.tables()[table].columns.items():
        if name in _IDENTIFIERS:
            record.setdefault("identifiers", {})[name] = row[name]
        elif name in ("source", "page", "also"):
            record["sources"] = _sources(row)
        elif column.levels:
            record[name] = _levels(row[name], structure_levels if column.levels == "structure" else column.levels)
        else:
            record[name] = _value(column, row[name])
    return record


def _value(column: schemas.ColumnSchema, text: str | None) -> Any:
    if column.list:
        return list(column.parts(text))
    if column.name in _NUMBERS and text and text.isdecimal():
        return int(text)
    return {"yes": True, "no": False}.get(text or "", text) if column.allowed == ("yes", "no") else text


def _levels(text: str | None, kind: str) -> Any:
    try:
        levels = level_language.parse(text, kind) if text else None
    except (level_language.LevelError, KeyError):
        return text
    if not levels:
        return None
    sure = levels.sure
    return {
        "text": text,
        "of": levels.kind,
        "always": list(sure),
        "sometimes": [each for each in levels.all if each not in sure],
    }


def _sources(row: Row) -> list[dict[str, str | None]]:
    others = (source for source in cited(row) if source != row["source"])
    return [{"id": row["source"], "page": row.get("page")}, *({"id": other, "page": None} for other in others)]
