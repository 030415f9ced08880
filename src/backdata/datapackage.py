"""``exports/datapackage.json``: what the CSV files hold, for programs, as a Frictionless Data Package (version 2).

Tables, columns and their meaning come from ``tabular``; sizes and digests from the files as they were written.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from backdata import tabular
from backdata.bundle import epoch
from backdata.exporters.json import LICENCE
from backdata.model import Dataset
from backdata.schemas import ColumnSchema, TableSchema
from backdata.version import VERSION

NAME = "datapackage.json"
_PROFILES = "https://datapackage.org/profiles/2.0"
_ID = "urn:uuid:6f0d7b52-2a3e-4c4e-9d0b-5b1f7f0c9a41"  # of the data set, given once
_KEYWORDS = ["anatomy", "muscles", "back", "spine", "innervation", "open data", "education"]


def write(folder: Path, dataset: Dataset) -> None:
    """Describe ``csv/`` in a folder of exports."""
    text = json.dumps(descriptor(folder, dataset), ensure_ascii=False, indent=1)
    (folder / NAME).write_text(f"{text}\n", "utf-8", newline="\n")


def descriptor(folder: Path, dataset: Dataset) -> dict[str, Any]:
    """The description of the CSV files that lie in ``folder``."""
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "backdata",
        "id": _ID,
        "title": "backdata: the muscles of the back",
        "description": "The muscles of the back as checked, sourced open data: attachments, actions, innervation and "
        "blood supply, fact by fact, each with the source in which it was read.",
        "version": dataset.version or VERSION,
        "created": dt.datetime.fromtimestamp(epoch(), dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "licenses": [{"name": LICENCE["id"], "path": LICENCE["url"], "title": LICENCE["name"]}],
        "contributors": [{"title": "the backdata contributors", "roles": ["creator", "rightsHolder", "dataCurator"]}],
        "keywords": _KEYWORDS,
        "sources": [_source(row["citation"], row["url"]) for row in dataset.tables["sources"]],
        "resources": [_resource(folder, table) for table in tabular.tables().values()],
    }


def _source(title: str, url: str | None) -> dict[str, str]:
    return {"title": title, **({"path": url} if url else {})}


def _resource(folder: Path, table: TableSchema) -> dict[str, Any]:
    path = f"csv/{table.name}.csv"
    content = (folder / path).read_bytes()
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.description,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"$schema": f"{_PROFILES}/tabledialect.json", "delimiter": ",", "lineTerminator": "\n"},
        "schema": _schema(table),
    }


def _schema(table: TableSchema) -> dict[str, Any]:
    unknown = any(table.columns[name].nullable for name in table.key)  # a primary key has no blanks
    keys = {"uniqueKeys": [list(table.key)]} if unknown else {"primaryKey": list(table.key)}
    references = list(_references(table))
    return {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": [_field(column) for column in table.columns.values()],
        "missingValues": [""],
        **keys,
        **({"foreignKeys": references} if references else {}),
    }


def _references(table: TableSchema) -> Iterator[dict[str, Any]]:
    """Where single ids of one table stand; a list of ids, or an id of one table or another, is no key."""
    for column in table.columns.values():
        if len(column.refers_to) == 1 and not column.list:
            (home,) = column.refers_to
            place = {} if home == table.name else {"resource": home}
            yield {"fields": [column.name], "reference": {**place, "fields": ["id"]}}
        if column.name in tabular.BY_NAME:
            place = {"resource": tabular.BY_NAME[column.name]}
            yield {"fields": [column.name], "reference": {**place, "fields": ["name"]}}


def _field(column: ColumnSchema) -> dict[str, Any]:
    type = tabular.type_of(column)
    words = f" Any of: {', '.join(column.each)}." if column.each else ""
    field: dict[str, Any] = {"name": column.name, "type": type, "description": column.description + words}
    if column.example:
        field["example"] = column.example
    if type == "list":  # in version 2.0 the standard has this type; its own profile, and the reader for R, refuse it
        field |= {"type": "string", "delimiter": column.list, "itemType": "string"}
    elif type == "string" and column.allowed:
        values = zip(column.allowed, column.labels, strict=True)
        field["categories"] = [{"value": value, "label": label} for value, label in values]
    if constraints := dict(_constraints(column, type)):
        field["constraints"] = constraints
    return field


def _constraints(column: ColumnSchema, type: tabular.Type) -> Iterator[tuple[str, Any]]:
    if not column.nullable:
        yield "required", True
    if column.unique:
        yield "unique", True
    if type == "integer":
        yield "minimum", 1 if column.pattern.startswith("^[1-9]") else 0
    elif type == "string":
        if column.allowed:
            yield "enum", list(column.allowed)
        if column.max_length:
            yield "maxLength", column.max_length
        if column.pattern:  # the whole cell is meant, and groups capture nothing
            yield "pattern", column.pattern.removeprefix("^").removesuffix("$").replace("(?:", "(")
