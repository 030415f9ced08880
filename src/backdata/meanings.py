"""What was published under an id, and what it says now: columns that a view of today's rows takes from the last publication.

``x_before`` says in words what became of the column x, in the one cell of a row that carries the change; it is null where nothing
changed. A row is known again by its id, reading and source, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from backdata.anatomy import statements
from backdata.anatomy.inheritance import by_id
from backdata.anatomy.terms import folded
from backdata.history import NOTHING
from backdata.model import FACT_TABLES, Row, topic_of
from backdata.schemas import TableSchema
from backdata.verbs import Source, View

_SECOND = ("latin", "citation", "definition")  # what tells beside the name what is meant
_ALIKE = 60  # of 100: a name that was only rewritten


def was(table: str) -> str:
    """The name of the source with the rows of a table as they were published."""
    return f"published {table}"


def compared(view: View, schema: TableSchema) -> View:
    """A view with what became of the meaning of its ids, or of what its facts say."""
    then = view.sources.get(was(view.name), Source(view.name, absent=NOTHING))
    if view.name in statements.DEFINES:
        columns = (*statements.DEFINES[view.name], *statements.REFINES[view.name])
        changed = _facts(view, then)
    elif {"id", "name"} <= schema.columns.keys():
        columns = ("id",)
        changed = _terms(view, then)
    else:
        return view
    names = tuple(f"{column}_before" for column in columns)
    if then.absent:
        return replace(view, off={**view.off, **dict.fromkeys(names, then.absent)})
    return view.parsed(names, ("_row",), lambda row: tuple(changed.get((row, column)) for column in columns))


def _terms(view: View, then: Source) -> dict[tuple[int, str], str]:
    """(row, "id") → what the id meant, where it means something else now."""
    before = by_id(then.rows)
    found = {}
    for row in view.sources[view.name].rows:
        old = before.get(row.get("id") or "")
        if old and old.get("name") and row.get("name") and _is_another(old, row):
            second = next((old[column] for column in _SECOND if old.get(column)), None)
            found[row["_row"], "id"] = f"{old['name']} ({second})" if second else str(old["name"])
    return found


def _is_another(old: Row, new: Row) -> bool:
    """Whether neither the name nor what stands beside it is what it was, nor close to it."""
    from rapidfuzz import fuzz

    names = {folded(name) for name in (new["name"], new.get("plural") or "", *(new.get("synonyms") or "").split(";"))}
    if folded(old["name"]) in names:
        return False
    pairs = [(old[column], new[column]) for column in ("name", *_SECOND) if old.get(column) and new.get(column)]
    return all(fuzz.ratio(folded(one), folded(other)) < _ALIKE for one, other in pairs)


def _facts(view: View, then: Source) -> dict[tuple[int, str], str]:
    """(row, column) → what the fact said and what it says now, at the cell that changed what it says most."""
    terms = {name: by_id(source.rows) for name, source in view.sources.items() if not name.startswith("published")}
    found = {}
    for old, new in _pairs(then.rows, view.sources[view.name].rows):
        before, now = statements.content(view.name, old), statements.content(view.name, new)
        other = [column for column in before if before[column] != now[column]]
        if other:
            found[new["_row"], other[0]] = _words(view.name, old, new, other, terms)
    return found


def _words(table: str, old: Row, new: Row, other: Iterable[str], terms: Mapping[str, Mapping[str, Row]]) -> str:
    if table in FACT_TABLES and topic_of(table, old) == topic_of(table, new):
        topic = topic_of(table, new)
        said, says = (statements.text(topic, row, terms) for row in (old, new))
        if said != says:
            return f"it read “{said}”, now it reads “{says}”"
    return "; ".join(
        f"“{column}” was “{old.get(column) or '—'}”, now it is “{new.get(column) or '—'}”" for column in other
    )


def _pairs(then: Iterable[Row], now: Iterable[Row]) -> list[tuple[Row, Row]]:
    """Published rows with the rows that they have become: of one id, reading and source, or the only ones of one id and reading."""
    found = []
    then, now = list(then), list(now)
    for key in (("_id", "reading", "source"), ("_id", "reading")):
        olds, news = _single(then, key), _single(now, key)
        both = [(olds[each], news[each]) for each in olds if each in news]
        found += both
        paired = {id(row) for pair in both for row in pair}
        then, now = ([row for row in rows if id(row) not in paired] for rows in (then, now))
    return found


def _single(rows: Iterable[Row], key: tuple[str, ...]) -> dict[tuple[str | None, ...], Row]:
    """Rows by their key, without those whose key occurs twice."""
    found: dict[tuple[str | None, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(row.get(column) for column in key), []).append(row)
    return {each: rows[0] for each, rows in found.items() if len(rows) == 1}
