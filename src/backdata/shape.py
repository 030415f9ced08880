"""The shape of a publication: what programs and learners rely on beside the facts, as its manifest records it.

Columns, closed lists and contracts are what a downstream program was written for; the fields and templates of Anki's
note types are what a learner's cards hang on.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import zipfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from backdata import resources, schemas

_CONTRACT = re.compile(rb'"urn:backdata:schema:([a-z]+):([0-9]+[.][0-9]+)"')
_START = 300  # bytes of a document in which it names its contract


@dataclass(frozen=True)
class Shape:
    """What is known of the shape of a data set; empty is not known."""

    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # table → its columns, in order
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # attachments.end → its closed list
    contracts: Mapping[str, str] = field(default_factory=dict)  # tables → 0.1
    note_types: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # Anki's id → name, fields, templates


def of_schemas(tables: Mapping[str, schemas.TableSchema]) -> Shape:
    """The shape that table schemas alone give: columns and closed lists."""
    columns = {name: tuple(table.columns) for name, table in tables.items()}
    values = {
        f"{name}.{column.name}": column.allowed or column.each
        for name, table in tables.items()
        for column in table.columns.values()
        if column.allowed or column.each
    }
    return Shape(columns, values)


def of_folder(folder: Path) -> Shape:
    """The shape of the exports that lie in a folder and were just written by this program."""
    plain = of_schemas(schemas.tables())
    derived = {file.stem: _header(file) for file in sorted(folder.glob("csv/*.csv")) if file.stem not in plain.tables}
    named = (_CONTRACT.search(_beginning(file)) for file in sorted(folder.glob("json/*.json")))
    manifest = json.loads((resources.CONTRACTS / "manifest.schema.json").read_bytes())["$id"].rpartition(":")[2]
    contracts = {found[1].decode(): found[2].decode() for found in named if found} | {"manifest": manifest}
    package = folder / "anki" / "backdata.apkg"
    notes = _note_types(package) if package.is_file() else {}
    return Shape({**plain.tables, **derived}, plain.values, contracts, notes)


def as_json(shape: Shape) -> dict[str, Any]:
    """The shape as the manifest holds it."""
    lists = {name: {key: list(value) for key, value in getattr(shape, name).items()} for name in ("tables", "values")}
    return {**lists, "contracts": dict(shape.contracts), "note_types": dict(shape.note_types)}


def of_json(recorded: Mapping[str, Any]) -> Shape:
    """The shape that a manifest records; unknown in a manifest that records none."""
    tables, values = (
        {key: tuple(each) for key, each in recorded.get(name, {}).items()} for name in ("tables", "values")
    )
    return Shape(tables, values, recorded.get("contracts", {}), recorded.get("note_types", {}))


def _header(file: Path) -> tuple[str, ...]:
    with file.open(encoding="utf-8", newline="") as stream:
        return tuple(next(csv.reader(stream), ()))


def _beginning(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(_START)


def _note_types(package: Path) -> dict[str, dict[str, Any]]:
    """Note types of a package by id: name, and fields and templates (id → name), in Anki's order."""
    with zipfile.ZipFile(package) as archive, closing(sqlite3.connect(":memory:")) as collection:
        collection.deserialize(archive.read("collection.anki2"))
        (models,) = collection.execute("select models from col").fetchone()
    return {id: _note_type(raw) for id, raw in sorted(json.loads(models).items())}


def _note_type(raw: Mapping[str, Any]) -> dict[str, Any]:
    parts = {"fields": raw["flds"], "templates": raw["tmpls"]}
    ordered = {name: sorted(each, key=lambda one: one["ord"]) for name, each in parts.items()}
    return {"name": raw["name"]} | {
        name: {str(one["id"]): one["name"] for one in each} for name, each in ordered.items()
    }
