"""What the last publication holds, read back from its JSON; nothing heavy is imported for it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from backdata import resources, schemas
from backdata.anatomy import atlas
from backdata.model import Dataset, Row, Table


def load(folder: Path = resources.PUBLISHED) -> Dataset:
    """The published data set of a folder of exports. Raises FileNotFoundError or ValueError, with what to do."""
    if not (folder / "json" / "tables.json").is_file():
        lacks = "it holds no json/tables.json" if folder.is_dir() else "there is no such folder"
        raise FileNotFoundError(f"no published data in {folder}: {lacks}; backdata export --to {folder} writes it")
    try:
        document = _document(folder)
        return dataset(document["tables"], document["version"])
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ValueError(
            f"{folder / 'json' / 'tables.json'} is damaged; backdata export --to {folder} writes it anew"
        ) from error


def tables(folder: Path = resources.PUBLISHED) -> Mapping[str, Table]:
    """The published tidy tables, addressed like sheets; empty where nothing readable was published."""
    try:
        rows = _document(folder)["tables"]
    except (OSError, ValueError, LookupError):  # nothing there, or a file that a merge has spoilt
        return {}
    return {name: _table(schema, rows.get(name, [])) for name, schema in schemas.tables().items()}


def dataset(rows: Mapping[str, Iterable[Row]], version: str) -> Dataset:
    """A Dataset of tidy tables (name → rows), each row with all columns of its schema."""
    full = {
        name: [{column: row.get(column) for column in schema.columns} for row in rows.get(name, ())]
        for name, schema in schemas.tables().items()
    }
    return atlas.build(full, version)


def _document(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "json" / "tables.json").read_bytes())
    return document


def _table(schema: schemas.TableSchema, rows: list[dict[str, str | None]]) -> Table:
    place = {"_source": "published data", "_sheet": schema.name}
    numbered = tuple({**row, **place, "_row": number, "_id": schema.id_of(row)} for number, row in enumerate(rows, 2))
    positions = {column: number for number, column in enumerate(schema.columns, 1)}
    return Table(schema.name, "published data", schema.name, tuple(schema.columns), numbered, positions)
