"""The JSON Schemas of what ``exports/json`` holds: read, closed for our own check, and renewed from ``schemas/tables``.

The words of ``backdata.schema.json`` are kept by hand, as they are for developers and not for editors. Its shape is not:
which keys a record has, what may stand there and the examples follow from the sheets and the data, each time the docs are built.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from backdata import resources, schemas
from backdata.model import SCALES
from backdata.schemas import ColumnSchema, TableSchema

Schema = dict[str, Any]
Record = Mapping[str, Any]

TABLES = {"muscle": "muscles", "group": "groups", "attachment": "attachments", "action": "actions", "innervation": "innervations",
          "supply": "blood_supply", "structure": "structures", "nerve": "nerves", "movement": "movements", "vessel": "vessels",
          "vessel_link": "vessel_links", "territory": "territories", "development": "developments", "source": "sources",
          "withdrawn": "withdrawn"}  # definition → the sheet that its records come from  # fmt: skip
FACTS = {"origins": "attachment", "insertions": "attachment", "actions": "action", "innervations": "innervation",
          "blood_supply": "supply"}  # fmt: skip
_RESOLVED = {"muscle": ("group", "development")}  # keys that say more than the cell of that name
_EXAMPLES = {"muscle": "splenius-cervicis", "group": "spinotransverse", "attachment": "splenius-capitis.origin.2",
             "action": "splenius-capitis.action.2", "innervation": "splenius-capitis.innervation.1",
             "supply": "splenius-capitis.blood_supply.1", "source": "gray-1918", "structure": "spinous-process",
             "nerve": "posterior-rami", "movement": "rotation", "vessel": "occipital-artery", "development": "epaxial"}  # fmt: skip
_NULL = {"type": "null"}


def read(name: str) -> Schema:
    """A contract as it is published: open, so that a program written for it goes on when a key is added."""
    found: Schema = json.loads((resources.CONTRACTS / f"{name}.schema.json").read_text("utf-8"))
    return found


def closed(contract: Schema) -> Schema:
    """The contract as we keep it ourselves: no other key than those it names."""
    strict: Schema = _closed(contract)
    return strict


def _closed(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: value if key == "examples" else _closed(value) for key, value in schema.items()}
    return (
        {**inner, "additionalProperties": False}
        if isinstance(schema.get("properties"), dict) and "type" in schema
        else inner
    )


def of_tables(document: Record) -> Schema:
    """The contract of ``tables.json``: its tables are those of ``schemas/tables``, its examples rows of ``document``."""
    head, tables = read("tables"), schemas.tables()
    listed = {
        name: {"description": table.description, "type": "array", "items": {"$ref": f"#/$defs/{name}"}}
        for name, table in tables.items()
    }
    head["properties"]["tables"] |= {"properties": listed, "required": list(tables)}
    rows = document["tables"]
    return {**head, "$defs": {name: _row(table, rows[name]) for name, table in tables.items()}}


def _row(table: TableSchema, rows: Sequence[Record]) -> Schema:
    return {
        "title": table.title,
        "description": table.description,
        "type": "object",
        "properties": {name: _cell(column) for name, column in table.columns.items()},
        "required": list(table.columns),
        "examples": [*rows[:1]],
    }


def _cell(column: ColumnSchema) -> Schema:
    limits = {
        "enum": [*column.allowed, *([None] if column.nullable else [])] if column.allowed else None,
        "pattern": column.pattern,
        "maxLength": column.max_length,
        "examples": [column.example] if column.example else None,
    }
    told = {"description": _explained(column.description, column), "type": _or_null("string", column)}
    return told | {key: value for key, value in limits.items() if value}


def of_application(document: Record) -> Schema:
    """The contract of ``backdata.json``: its own words, with shape and examples as ``document`` and the sheets have them."""
    contract = read("backdata")
    definitions = contract["$defs"]
    every = ("Occ", *SCALES["nerve"], *SCALES["vertebra"], *SCALES["rib"])
    definitions["level"]["enum"] = list(dict.fromkeys(every))
    for name, records in _records(document).items():
        if records:
            definitions[name] |= _record(name, definitions[name], records)
    definitions["vocabulary"]["examples"] = [{key: terms[:1] for key, terms in document["vocabulary"].items()}]
    return contract


def _records(document: Record) -> dict[str, list[Record]]:
    """Every record of the document by what defines it."""
    groups = list(_walk(document["groups"]))
    found: dict[str, list[Record]] = {"muscle": document["muscles"], "group": groups, "source": document["sources"]}
    found["withdrawn"] = document["withdrawn"]
    singular = {table: name for name, table in TABLES.items()}
    found |= {singular[table]: terms for table, terms in document["vocabulary"].items()}
    for owner in (*groups, *document["muscles"]):
        for key, name in FACTS.items():
            found.setdefault(name, []).extend(owner[key])
    return found


def _walk(groups: Sequence[Record]) -> Iterator[Record]:
    for group in groups:
        yield group
        yield from _walk(group["children"])


def _record(name: str, kept: Schema, records: Sequence[Record]) -> Schema:
    """A definition with the keys that its records have."""
    above = schemas.tables()["groups"].columns if name == "muscle" else {}  # a muscle is told as its group is
    columns = {**above, **schemas.tables()[TABLES[name]].columns}
    said = kept["properties"]
    example = next((record for record in records if record["id"] == _EXAMPLES.get(name)), records[0])
    properties = {
        key: _property(columns[key], said.get(key, {}), [record[key] for record in records])
        if key in columns and key not in _RESOLVED.get(name, ())
        else said[key]
        for key in records[0]
    }
    return {"properties": properties, "required": list(properties), "examples": [_short(example)]}


def _short(record: Record) -> dict[str, Any]:
    """A record to show: of the facts on a question only those on its first item, of the groups within it none."""
    return {
        key: [fact for fact in value if fact["item"] == 1][:2] if key in FACTS else [] if key == "children" else value
        for key, value in record.items()
    }


def _property(column: ColumnSchema, said: Schema, values: Sequence[Any]) -> Schema:
    """A key that holds what a column holds; described in the contract's own words, where it has any."""
    told = {"description": _explained(said.get("description") or column.description, column)}
    there = [value for value in values if value not in (None, [])]
    typed = next(
        (value for value in there if _as_typed(value) == column.example),
        min(there, key=lambda value: len(str(value)), default=None),
    )
    if column.levels:
        return told | {"anyOf": [{"$ref": "#/$defs/levels"}, _NULL]}
    example = {} if typed is None else {"examples": [typed]}
    return told | _shape(column) | example


def _shape(column: ColumnSchema) -> Schema:
    reference = {"$ref": "#/$defs/id"}
    if column.list:
        each = (
            reference
            if column.refers_to
            else {"type": "string", **({"enum": [*column.each]} if column.each else {"minLength": 1})}
        )
        return {"type": "array", "items": each}
    if column.refers_to or (column.name == "id" and column.pattern):
        return {"anyOf": [reference, _NULL]} if column.nullable else reference
    if column.name in ("item", "year"):
        return {"type": _or_null("integer", column), "minimum": 1}
    if column.allowed == ("yes", "no"):
        return {"type": _or_null("boolean", column)}
    if column.allowed:
        return {"type": _or_null("string", column), "enum": [*column.allowed, *([None] if column.nullable else [])]}
    return {"type": _or_null("string", column), "minLength": 1} | (
        {"pattern": column.pattern} if column.pattern else {}
    )


def _or_null(kind: str, column: ColumnSchema) -> Any:
    return [kind, "null"] if column.nullable else kind


def _explained(description: str, column: ColumnSchema) -> str:
    """A description that says of each value of a closed list what the sheet's schema says it means."""
    meanings = {value: label for value, label in zip(column.allowed, column.labels, strict=False) if label != value}
    for value in meanings:
        description = re.sub(rf"\s*\b{re.escape(value)}: [^.]*[.]", "", description).strip()
    return " ".join(filter(None, (description, *(f"{value}: {label}." for value, label in meanings.items()))))


def _as_typed(value: Any) -> str:
    """A value as an editor types it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
