"""Facts of two editions side by side: found again by id, reading and source, whatever their order.

A row is looked for first where it is unchanged, then under another number of the same question, and only then is what
stands under its id taken for a correction of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from backdata import schemas
from backdata.anatomy import statements
from backdata.anatomy.inheritance import by_id
from backdata.anatomy.overview import source_names
from backdata.diff.difference import Change
from backdata.diff.wording import cell_changes, correction, farewell
from backdata.model import FACT_TABLES, Dataset, Row, capital, topic_of

_Rows: TypeAlias = list["Stated"]


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """One row of a fact table with its words."""

    id: str
    table: str
    row: Row
    owner: str
    about: str  # Splenius capitis
    label: str  # origin 2
    text: str  # spinous processes of C7–T3 (T4)

    @property
    def question(self) -> str:
        """The id without the number of the item."""
        return self.id.rpartition(".")[0]

    @property
    def named(self) -> str:
        """The label, with the reading where it is not the one that is taught."""
        return self.label if self.row["reading"] == "preferred" else f"{self.label} ({self.row['reading']})"


def compared(old: Dataset, new: Dataset) -> tuple[Change, ...]:
    """What was added, changed, renumbered and withdrawn, in the order of the new edition, then of the old one."""
    before, after = _stated(old), _stated(new)
    told = _Told(old, new, before, after)
    pairs, added, gone = _paired(before, after)
    same_ids = {now.id for then, now in pairs if then.id == now.id and _says(then) == _says(now)}
    changes: list[tuple[Stated, Change]] = []
    for then, now in pairs:
        if change := told.pair(then, now, reused=now.id in told.ids_before and now.id not in same_ids):
            changes.append((now, change))
    changes += [(one, told.added(one)) for one in added]
    place = {id(one): number for number, one in enumerate(after)}
    ordered = sorted(changes, key=lambda each: place[id(each[0])])
    return (*(change for _, change in ordered), *(told.gone(one) for one in gone))


def _stated(dataset: Dataset) -> _Rows:
    terms = {name: by_id(rows) for name, rows in dataset.tables.items()}
    return [_one(table, row, terms) for table in statements.DEFINES for row in dataset.tables.get(table, ())]


def _one(table: str, row: Row, terms: Mapping[str, Mapping[str, Row]]) -> Stated:
    id = schemas.tables()[table].id_of(row)
    text = statements.text(table, row, terms)
    item = row["item"]
    if table in FACT_TABLES:
        owner = str(row["muscle"])
        named = terms["muscles"].get(owner) or terms["groups"].get(owner) or {}
        label = f"{topic_of(table, row).replace('_', ' ')} {item}"
    elif table == "territories":
        owner, named, label = "", {"name": f"territory of the {row['region']}"}, f"{row['layer']} {item}"
        text = text.removesuffix(f" to the {row['layer']} of the {row['region']}")
    else:
        owner = str(row["vessel"])
        named, label = terms["vessels"].get(owner, {}), f"{row['relation']} {item}"
        text = text.removeprefix(f"{named.get('name') or owner} {row['relation']} ")
    return Stated(id, table, row, owner, capital(named.get("name") or owner), label, text)


def _says(one: Stated) -> Hashable:
    return one.table, _content(one), one.row["source"]


def _content(one: Stated) -> Hashable:
    return tuple(statements.content(one.table, one.row).values())


def _paired(then: _Rows, now: _Rows) -> tuple[list[tuple[Stated, Stated]], _Rows, _Rows]:
    """(the same row then and now), rows that are new, rows that are gone."""
    ways: tuple[Callable[[Stated], Hashable], ...] = (
        lambda one: (one.id, _says(one), one.row["reading"]),
        lambda one: (one.id, _says(one)),
        lambda one: (one.question, _says(one), one.row["reading"]),  # the item number changed
        lambda one: (one.id, one.row["reading"], one.row["source"]),
        lambda one: (one.id, one.row["source"]),
        lambda one: (one.id, _content(one), one.row["reading"]),  # the same after another source
        lambda one: (one.id, one.row["reading"] if one.row["reading"] == "preferred" else id(one)),  # the one taught
    )
    pairs: list[tuple[Stated, Stated]] = []
    for way in ways:
        waiting: dict[Hashable, _Rows] = {}
        for one in then:
            waiting.setdefault(way(one), []).append(one)
        left = []
        for one in now:
            if others := waiting.get(way(one)):
                pairs.append((others.pop(0), one))
            else:
                left.append(one)
        then, now = [one for others in waiting.values() for one in others], left
    return pairs, now, then


class _Told:
    """Changes in words."""

    def __init__(self, old: Dataset, new: Dataset, before: _Rows, after: _Rows) -> None:
        self.sources = source_names(old) | source_names(new)
        self.withdrawn = by_id(new.tables.get("withdrawn", ()))
        self.withdrawn_before = by_id(old.tables.get("withdrawn", ()))
        self.ids_before, self.ids = ({one.id for one in rows} for rows in (before, after))
        self.names = {id: muscle.name for dataset in (old, new) for id, muscle in dataset.muscles.items()}

    def pair(self, then: Stated, now: Stated, reused: bool) -> Change | None:
        """What changed of one row, if anything."""
        columns = [name for name in schemas.tables()[now.table].columns if name != "item"]
        cells = cell_changes(then.row, now.row, columns)
        told = correction(then, now, self.sources) if cells else []
        if then.id == now.id:
            if not cells:
                return None
            return self._change("changed", "fact-corrected", now, f"{now.named}: {'; '.join(told)}", cells=cells)
        taken = " That number stood for another fact before." if reused and now.row["reading"] != "alternative" else ""
        words = f"{then.named} is now {now.label}: {'; '.join(told) or now.text}.{taken}"
        case = "id-reused" if taken else "fact-renumbered"
        return self._change("renumbered", case, now, words, cells=cells, was=then.id)

    def added(self, one: Stated) -> Change:
        """A row that was not there."""
        again = one.id in self.withdrawn_before and one.id not in self.ids_before
        words = f"{one.named}: {one.text} ({self.sources.get(one.row['source'], one.row['source'])})"
        words += ". That id was withdrawn once, and stood for another fact" if again else ""
        return self._change("added", "id-reused" if again else "fact-added", one, words)

    def gone(self, one: Stated) -> Change:
        """A row that is no longer there, with what the sheet withdrawn says of it."""
        words = f"{one.named}: {one.text} ({self.sources.get(one.row['source'], one.row['source'])})"
        if one.id in self.ids:
            return self._change("withdrawn", "reading-withdrawn", one, words)
        reason = self.withdrawn.get(one.id) or self.withdrawn.get(one.owner) or {}
        words += farewell(reason, self.names)
        why, successor = reason.get("why"), reason.get("replaced_by")
        return self._change("withdrawn", "fact-withdrawn", one, words, why=why, replaced_by=successor)

    def _change(self, kind: str, case: str, one: Stated, says: str, **more: object) -> Change:
        return Change(
            kind, case, "fact", one.table, one.id, one.about, says, one.owner, one.row["reading"], one.row["source"],
            **more,  # type: ignore[arg-type]
        )  # fmt: skip
