"""Names that two rows of the vocabulary share, so that nobody can tell which is meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from backdata.anatomy.terms import folded
from backdata.model import Row
from backdata.schemas import TableSchema
from backdata.verbs import Source, View

COLUMNS = ("name", "latin", "plural", "synonyms")  # the first ones have the older right to a name


def compared(view: View, schemas: Mapping[str, TableSchema]) -> View:
    """A view of terms with ``x_shared`` (the name) and ``x_belongs`` (who else is called so) of its columns of names."""
    columns = [column for column in COLUMNS if column in schemas[view.name].columns]
    if not {"id", "name"} <= schemas[view.name].columns.keys():
        return view
    found = _shared(view.name, view.sources, schemas)
    for column in columns:
        pairs = {row: said for (row, its), said in found.items() if its == column}
        view = view.parsed(
            (f"{column}_shared", f"{column}_belongs"),
            ("_row", "name", column),
            lambda row, *_, pairs=pairs: pairs.get(row, (None, None)),
        )
    return view


def _shared(
    table: str, sources: Mapping[str, Source], schemas: Mapping[str, TableSchema]
) -> dict[tuple[int, str], tuple[str, str]]:
    """(row, column) of the table → a name in it that another row has a better right to, and that row's name."""
    spaces = {
        column.refers_to
        for schema in schemas.values()
        for column in schema.columns.values()
        if table in column.refers_to
    }
    homes = dict.fromkeys(home for space in spaces for home in space)
    called: dict[str, list[tuple[int, str, str, str, Row]]] = {}  # folded → (right, id, table, as written, row)
    for home in homes or {table: None}:
        for row in sources[home].rows:
            for right, text in _names(row):
                called.setdefault(folded(text), []).append((right, str(row.get("id")), home, text, row))
    found: dict[tuple[int, str], tuple[str, str]] = {}
    for uses in called.values():
        first, *_, last = sorted(uses, key=lambda use: use[:2]) if len(uses) > 1 else (uses[0], uses[0])
        repeated = first[2] == last[2] and first[0] == last[0] == 0  # the same name twice in one sheet is told as such
        if first[1:3] != last[1:3] and last[2] == table and not repeated:
            found[last[4]["_row"], COLUMNS[last[0]]] = last[3], str(first[4].get("name") or first[1])
    return found


def _names(row: Row) -> Iterator[tuple[int, str]]:
    for right, column in enumerate(COLUMNS):
        cell = row.get(column) or ""
        yield from (
            (right, text.strip()) for text in (cell.split(";") if column == "synonyms" else [cell]) if text.strip()
        )
