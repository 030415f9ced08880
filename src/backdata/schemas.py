"""What may go in: ``schemas/tables/*.yaml`` read strictly, as plain values for our rules and as pandera schemas.

pandera reads a misspelt key or check without a word, and drops columns' metadata; so every key is checked here first, and
the keys that are ours (``row_id``, ``refers_to``, ``list``, ``each``, ``levels``, ``labels``, ``example``) are taken out before
pandera sees them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from backdata import resources

_OURS_TABLE = {"row_id"}
_OURS_COLUMN = {"refers_to", "list", "each", "example", "levels", "labels"}
_THEIRS_TABLE = {"title", "description", "unique", "columns"}
_THEIRS_COLUMN = {"description", "required", "nullable", "unique", "checks"}
_CHECKS = {"isin", "str_matches", "str_length"}


class SchemaError(ValueError):
    """A table schema that says something we do not understand."""


@dataclass(frozen=True, slots=True)
class ColumnSchema:
    """One column as editors see it."""

    name: str
    description: str
    example: str = ""
    required: bool = True  # the header must be there
    nullable: bool = False  # cells may be blank
    unique: bool = False
    allowed: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()  # what each allowed value means, in the order of ``allowed``
    pattern: str = ""
    max_length: int = 0
    refers_to: tuple[str, ...] = ()  # tables whose ids may stand here
    list: str = ""  # what separates several values in one cell
    each: tuple[str, ...] = ()  # closed list for every value of such a cell
    levels: str = ""  # cells hold levels: vertebra, rib, nerve, or the column of the structure that says which

    def parts(self, cell: str | None) -> tuple[str, ...]:
        """The values of a cell: several where the column holds lists, none where it is blank."""
        given = (cell or "").split(self.list.strip()) if self.list else [cell or ""]
        return tuple(value for part in given if (value := part.strip()))


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One sheet as editors see it."""

    name: str
    title: str
    description: str
    workbook: str
    row_id: str  # template over the columns
    key: tuple[str, ...]  # columns that together occur once
    columns: Mapping[str, ColumnSchema]

    def id_of(self, row: Mapping[str, Any]) -> str:
        """The id of a row: facts are ``<muscle>.<topic>.<item>``; ``?`` where a part is missing."""
        return self.row_id.format_map({name: row.get(name) or "?" for name in self.columns})


@cache
def tables(folder: Path = resources.TABLES) -> Mapping[str, TableSchema]:
    """All table schemas in the order in which their workbooks and sheets stand. Raises SchemaError."""
    return {
        name: _table(name, workbook, raw) for workbook, sheets in _read(folder).items() for name, raw in sheets.items()
    }


def pandera_yaml(name: str, folder: Path = resources.TABLES) -> dict[str, Any]:
    """The part of a table schema that is pandera's, ready for ``pandera.io``."""
    raw = next(sheets[name] for sheets in _read(folder).values() if name in sheets)
    kept = {key: value for key, value in raw.items() if key not in _OURS_TABLE}
    kept["columns"] = {
        column: {key: value for key, value in spec.items() if key not in _OURS_COLUMN}
        for column, spec in raw["columns"].items()
    }
    return kept


@cache
def _read(folder: Path) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    def load(name: str) -> Any:
        return yaml.load((folder / f"{name}.yaml").read_bytes(), loader)  # noqa: S506 - a safe loader, in C where there is one

    return {workbook: {name: load(name) for name in sheets} for workbook, sheets in load("workbooks").items()}


def _table(name: str, workbook: str, raw: Mapping[str, Any]) -> TableSchema:
    _only(f"{name}.yaml", raw, _OURS_TABLE | _THEIRS_TABLE, required={"title", "description", "row_id", "columns"})
    columns = {
        column: _column(f"{name}.yaml, column {column}", column, spec) for column, spec in raw["columns"].items()
    }
    key = tuple(raw.get("unique", ()))
    if missing := set(key) - columns.keys():
        raise SchemaError(f"{name}.yaml: unique names columns that are not there: {', '.join(sorted(missing))}")
    return TableSchema(name, raw["title"], raw["description"], workbook, raw["row_id"], key, columns)


def _column(where: str, name: str, spec: Mapping[str, Any]) -> ColumnSchema:
    _only(where, spec, _OURS_COLUMN | _THEIRS_COLUMN, required={"description"})
    checks = spec.get("checks", {})
    _only(f"{where}, checks", checks, _CHECKS)
    _only(f"{where}, str_length", checks.get("str_length", {}), {"max_value"})
    allowed, labels = tuple(checks.get("isin", ())), spec.get("labels", {})
    _only(f"{where}, labels", labels, set(allowed))
    refers_to = spec.get("refers_to", ())
    return ColumnSchema(
        name=name,
        description=spec["description"],
        example=str(spec.get("example", "")),
        required=spec.get("required", True),
        nullable=spec.get("nullable", False),
        unique=spec.get("unique", False),
        allowed=allowed,
        labels=tuple(labels.get(value, value) for value in allowed),
        pattern=checks.get("str_matches", ""),
        max_length=checks.get("str_length", {}).get("max_value", 0),
        refers_to=(refers_to,) if isinstance(refers_to, str) else tuple(refers_to),
        list=spec.get("list", ""),
        each=tuple(spec.get("each", ())),
        levels=spec.get("levels", ""),
    )


def _only(
    where: str, given: Mapping[str, Any], known: set[str], required: frozenset[str] | set[str] = frozenset()
) -> None:
    if unknown := given.keys() - known:
        raise SchemaError(f"{where}: unknown key {', '.join(sorted(unknown))}; known are {', '.join(sorted(known))}")
    if missing := required - given.keys():
        raise SchemaError(f"{where}: {', '.join(sorted(missing))} missing")
