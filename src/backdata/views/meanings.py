"""What was published and says something else now: one row per cell that changed, with what it was and what it is, in words.

A row is known again by its id, reading and source, wherever it stands. To fill a blank of the vocabulary or to say where a fact is
written completes it, and is no change; neither are the order of a list and remarks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from backdata.anatomy import statements
from backdata.anatomy.inheritance import by_id
from backdata.anatomy.terms import folded
from backdata.model import FACT_TABLES, Row, Table, topic_of
from backdata.schemas import ColumnSchema, TableSchema
from backdata.verbs import Source
from backdata.views.differences import NOTHING, Difference

COLUMNS = ("table", "column", "kind", "subject", "change")
_SECOND = ("latin", "citation", "definition")  # what tells beside the name what is meant
_ALIKE = 60  # of 100: a name that was only rewritten
_CITES = ("page", "source", "also")
_FREE = {"id", "order", "note", "kept"}  # of a term: its id is compared with its name, the rest says nothing of it
_LONGEST = 60  # letters of a text that are shown
_Terms = Mapping[str, Mapping[str, Row]]


def changes(
    before: Mapping[str, Table], differing: Mapping[str, Difference], schemas: Mapping[str, TableSchema]
) -> Source:
    """One row per cell that says something else than when it was published.

    ``kind`` is "meaning" at the id of another thing, "defining" where a fact or a term has become another, "detail" elsewhere.
    """
    name = "changes"
    if not before:
        return Source(name, absent=NOTHING)
    if not any(each.gone for each in differing.values()):
        terms: _Terms = {}
    else:
        terms = {table: by_id(each.rows) for table, each in before.items()}
        terms = {**terms, **{table: {**terms[table], **by_id(each.sheet.rows)} for table, each in differing.items()}}
    rows = [row for table, each in differing.items() for row in _of(each, schemas[table], terms)]
    looked_at = sum(len(each.sheet.rows) for each in differing.values())
    return Source(name, tuple(rows), COLUMNS, looked_at=looked_at)


def _of(each: Difference, schema: TableSchema, terms: _Terms) -> Iterator[Row]:
    table = schema.name
    compared = _fact if table in statements.DEFINES else _term if "name" in schema.columns else None
    for old, new in each.pairs() if compared and each.gone else ():
        assert compared is not None
        for column, kind, change in compared(schema, each, old, new, terms):
            yield {
                "table": table, "column": column, "kind": kind, "subject": new.get("name") or "this fact", "change": change,
                "_id": new["_id"], "_source": each.sheet.source, "_sheet": each.sheet.sheet, "_row": new["_row"],
                "_column": each.sheet.positions.get(column, 0),
            }  # fmt: skip


def _fact(schema: TableSchema, each: Difference, old: Row, new: Row, terms: _Terms) -> Iterator[tuple[str, str, str]]:
    """(column, kind, change): what it says, once, at the cell that changed it most; and where it is written."""
    table = schema.name
    other = [column for column in statements.content(table, new) if _differs(column, each, old, new)]
    if other:
        kind = "defining" if other[0] in statements.DEFINES[table] else "detail"
        said, says = (statements.text(table, row, terms) for row in (old, new))
        same_topic = table not in FACT_TABLES or topic_of(table, old) == topic_of(table, new)
        in_words = f"it read “{said}”, now it reads “{says}”" if said != says and same_topic else ""
        yield other[0], kind, in_words or "; ".join(_was(column, old, new) for column in other)
    for column in _CITES:
        if old.get(column) and _differs(column, each, old, new):
            yield column, "detail", _was(column, old, new)


def _term(schema: TableSchema, each: Difference, old: Row, new: Row, terms: _Terms) -> Iterator[tuple[str, str, str]]:
    """(column, kind, change): at the id if it stands for something else now, and at every other cell."""
    if old.get("name") and new.get("name") and _is_another(old, new):
        second = next((old[column] for column in _SECOND if old.get(column)), None)
        yield "id", "meaning", f"{old['name']} ({second})" if second else str(old["name"])
    for column in schema.columns.values():
        if column.name not in _FREE and old.get(column.name) and _differs(column.name, each, old, new):
            kind = "defining" if _defines(column) else "detail"
            yield column.name, kind, _was(column.name, old, new)


def _defines(column: ColumnSchema) -> bool:
    """Whether what stands there makes the term what it is: one of the words, or one of the terms, that it may be."""
    return bool(column.allowed or (column.refers_to and not column.list)) and column.name not in ("source", "open")


def _differs(column: str, each: Difference, old: Row, new: Row) -> bool:
    return column in each.columns and old.get(column) != new.get(column)


def _was(column: str, old: Row, new: Row) -> str:
    was, now = (_short(row.get(column)) for row in (old, new))
    return f"“{column}” was {was}, now it is {now}"


def _short(text: str | None) -> str:
    if not text:
        return "blank"
    return f"“{text}”" if len(text) <= _LONGEST else f"“{text[:_LONGEST].rstrip()} …”"


def _is_another(old: Row, new: Row) -> bool:
    """Whether neither the name nor what stands beside it is what it was, nor close to it."""
    from rapidfuzz import fuzz

    names = {folded(name) for name in (new["name"], new.get("plural") or "", *(new.get("synonyms") or "").split(";"))}
    if folded(old["name"]) in names:
        return False
    pairs = [(old[column], new[column]) for column in ("name", *_SECOND) if old.get(column) and new.get(column)]
    return all(fuzz.ratio(folded(one), folded(other)) < _ALIKE for one, other in pairs)
