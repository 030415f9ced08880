"""Muscles, groups and terms of two editions side by side, found again by their ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from backdata import schemas
from backdata.anatomy import statements
from backdata.anatomy.inheritance import by_id
from backdata.diff.difference import Change
from backdata.diff.wording import cell, cell_changes, column_name, farewell, in_list
from backdata.model import Dataset, Row, capital
from backdata.schemas import TableSchema

_EDITORIAL = ("exceptions", "inventory")
_MOVES = {"muscles": ("group", "part_of"), "groups": ("parent",)}
_ONE = {"inventory": "inventory row"}  # what one row is called, where it is not the name of the sheet less its s


def compared(old: Dataset, new: Dataset) -> Iterator[Change]:
    """What was added, changed and withdrawn, sheet by sheet; facts and the sheet withdrawn are told elsewhere."""
    told = _Told(old, new)
    for name, schema in schemas.tables().items():
        if name not in statements.DEFINES and name != "withdrawn":
            then, now = (_rows(schema, dataset) for dataset in (old, new))
            for id, row in now.items():
                if id not in then:
                    yield told.added(schema, id, row)
                elif change := told.changed(schema, id, then[id], row):
                    yield change
            yield from (told.gone(schema, id, row) for id, row in then.items() if id not in now)


def _rows(schema: TableSchema, dataset: Dataset) -> dict[str, Row]:
    """Rows by id; rows that share theirs (exceptions for several values) by the columns of the key too."""
    rows: dict[str, Row] = {}
    for row in dataset.tables.get(schema.name, ()):
        id = schema.id_of(row)
        rows[id if id not in rows else f"{id} ({', '.join(str(row[column]) for column in schema.key)})"] = row
    return rows


class _Told:
    """Changes in words."""

    def __init__(self, old: Dataset, new: Dataset) -> None:
        self.withdrawn = by_id(new.tables.get("withdrawn", ()))
        self.withdrawn_before = by_id(old.tables.get("withdrawn", ()))
        homes = [name for name, schema in schemas.tables().items() if "name" in schema.columns]
        self.names: dict[str, dict[str, str]] = {
            name: {row["id"]: row["name"] for dataset in (old, new) for row in dataset.tables.get(name, ())}
            for name in homes
        }

    def added(self, schema: TableSchema, id: str, row: Row) -> Change:
        """A row that was not there."""
        one = _one(schema)
        place = self._place(schema, row)
        again = id in self.withdrawn_before
        says = f"new {one}{place}" if schema.name in _MOVES else f"new {one}: {self._name(schema, id, row)}{place}"
        says += ". That id was withdrawn once, and stood for something else" if again else ""
        case = "editorial" if schema.name in _EDITORIAL else "id-reused" if again else "term-added"
        return Change("added", case, one, schema.name, id, self._about(schema, row), says, owner=id)

    def changed(self, schema: TableSchema, id: str, then: Row, now: Row) -> Change | None:
        """What changed of one row, if anything."""
        cells = cell_changes(then, now, schema.columns)
        if not cells:
            return None
        told = [words for each in cells for words in self._cell(schema, each.column, each.old, each.new)]
        says = "; ".join(told or ["the same, written differently"])
        if schema.name not in _MOVES:
            says = f"{self._name(schema, id, then)}: {says}"
        moved = any(each.column in _MOVES.get(schema.name, ()) for each in cells)
        case = "editorial" if schema.name in _EDITORIAL else "term-moved" if moved else "term-corrected"
        about = self._about(schema, now)
        return Change("changed", case, _one(schema), schema.name, id, about, says, owner=id, cells=cells)

    def gone(self, schema: TableSchema, id: str, row: Row) -> Change:
        """A row that is no longer there, with what the sheet withdrawn says of it."""
        one, about = _one(schema), self._about(schema, row)
        reason = self.withdrawn.get(id, {})
        says = f"{one} withdrawn" if schema.name in _MOVES else f"{one} withdrawn: {self._name(schema, id, row)}"
        if schema.name in _EDITORIAL:
            says = says.replace("withdrawn", "taken out")
            return Change("withdrawn", "editorial", one, schema.name, id, about, says, owner=id)
        says += farewell(reason, {**self.names["muscles"], **self.names["groups"]})
        why, successor = reason.get("why"), reason.get("replaced_by")
        return Change(
            "withdrawn", "term-withdrawn", one, schema.name, id, about, says, owner=id, why=why, replaced_by=successor
        )

    def _cell(self, schema: TableSchema, column: str, old: str | None, new: str | None) -> list[str]:
        wanted = schema.columns[column]
        if column == "name":
            return [f"was called {old}, is now called {new}"]
        names: Mapping[str, str] = {
            id: name for home in wanted.refers_to for id, name in self.names.get(home, {}).items()
        }
        if wanted.list:
            before, after = ([names.get(part, part) for part in wanted.parts(value)] for value in (old, new))
            return in_list(column_name(column), before, after)
        return [cell(column, names.get(old or "", old or ""), names.get(new or "", new or ""))]

    def _about(self, schema: TableSchema, row: Row) -> str:
        return capital(row["name"]) if schema.name in _MOVES else schema.title

    def _name(self, schema: TableSchema, id: str, row: Row) -> str:
        if schema.name == "inventory":
            return self.names["muscles"].get(id, id)
        return str(row.get("name") or id)

    def _place(self, schema: TableSchema, row: Row) -> str:
        if whole := row.get("part_of"):
            return f", a part of {self.names['muscles'].get(whole, whole)}"
        above = (row.get("group") if schema.name == "muscles" else row.get("parent")) if schema.name in _MOVES else None
        return f", in {self.names['groups'].get(above, above)}" if above else ""


def _one(schema: TableSchema) -> str:
    """What one row of a sheet is called."""
    return _ONE.get(schema.name) or schema.name.removesuffix("s").replace("_", " ")
