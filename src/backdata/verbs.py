"""The few verbs that views are built from, each one join or window: lookup, first, count, largest, among, parsed.

A column that cannot be had, because a sheet or a column is missing, is ``off`` with the reason, and so is all that is built
from it. No verb adds or drops a row. Until it is settled a view is plain columns: on the few hundred rows of a workbook a
join of two frames costs a hundred times as much as a dictionary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from backdata import engine
from backdata.model import Row

_WHOLE = {"_row", "_column", "rows"}  # base columns that hold numbers; all others hold text


@dataclass(frozen=True)
class Source:
    """A table as views use it: plain rows, or why there are none."""

    name: str
    rows: tuple[Row, ...] = ()
    columns: tuple[str, ...] = ()
    absent: str = ""  # why it cannot be used
    missing: Mapping[str, str] = field(default_factory=dict)  # column → why it is not there
    looked_at: int = 0  # of what was looked through for the rows: no odd cell among 4,000 is an answer


@dataclass(frozen=True)
class View:
    """Columns of one length, and the columns that could not be had."""

    name: str
    columns: Mapping[str, list[Any]]
    kinds: Mapping[str, str]  # column → text, whole or flag
    off: Mapping[str, str]
    sources: Mapping[str, Source]

    @classmethod
    def on(cls, base: Source, sources: Mapping[str, Source]) -> View:
        """The view that is a base table as it stands, with null where a sheet lacks an optional column."""
        names = [n for n in (*base.columns, "_id", "_source", "_sheet", "_row", "_column") if n not in base.missing]
        kinds = {name: "whole" if name in _WHOLE else "text" for name in names}
        return cls(
            base.name,
            {name: [row.get(name) for row in base.rows] for name in names},
            kinds,
            dict(base.missing),
            sources,
        )

    def lookup(self, parent: str, on: str, take: Mapping[str, str], kind: str = "text") -> View:
        """Columns of the first row of ``parent`` whose id is our ``on``. ``take``: new name → its column there."""
        source = self.sources[parent]
        if reason := source.absent or source.missing.get("id") or self._off((on,)):
            return self._lost(take, reason)
        first: dict[Any, Row] = {}
        for row in source.rows:
            first.setdefault(row.get("id"), row)
        first.pop(None, None)
        found = [first.get(value, {}) for value in self.columns[on]]
        taken = {new: [row.get(old) for row in found] for new, old in take.items() if old not in source.missing}
        lost = {new: source.missing[old] for new, old in take.items() if old in source.missing}
        return replace(self._with(taken, kind), off={**self.off, **lost})

    def first(self, name: str, *keys: str) -> View:
        """``name``: the sheet row of the first row with our keys in address order; null where a key is blank."""
        return self._window(name, keys, ("_row",), min)

    def count(self, name: str, *keys: str, where: tuple[str, Any]) -> View:
        """``name``: how many rows with our keys have a value in a column, as ``where`` says; null where a key is blank."""
        return self._window(name, keys, where[:1], lambda values: values.count(where[1]), blanks=True)

    def largest(self, name: str, *keys: str, of: str) -> View:
        """``name``: the largest number in the column ``of`` among the rows with our keys."""
        return self._window(name, keys, (of,), max)

    def among(self, name: str, value: str, owner: str, pairs: Mapping[str, Iterable[str]], of: str) -> View:
        """``name``: whether our ``value`` is in the owner's set; null when the owner states none, or there is no value.

        ``pairs``: owner → its set, as the table ``of`` states them.
        """
        if reason := self.sources[of].absent:
            return self._lost((name,), reason)
        sets = {key: set(values) for key, values in pairs.items()}
        return self.parsed(name, (owner, value), lambda o, v: v in sets[o] if v and o in sets else None, kind="flag")

    def parsed(
        self, names: str | tuple[str, ...], columns: tuple[str, ...], read: Callable[..., Any], kind: str = "text"
    ) -> View:
        """``names``: what ``read`` makes of our ``columns``; called once per distinct value. Several names take a tuple."""
        wanted = (names,) if isinstance(names, str) else names
        if reason := self._off(columns):
            return self._lost(wanted, reason)
        given = list(zip(*(self.columns[column] for column in columns), strict=True))
        made = {values: read(*values) for values in dict.fromkeys(given)}
        if isinstance(names, str):
            return self._with({names: [made[values] for values in given]}, kind)
        return self._with({name: [made[values][place] for values in given] for place, name in enumerate(wanted)}, kind)

    def settled(self) -> engine.Frame:
        """The finished view as a frame, still with one row per row of its base."""
        lengths = {len(column) for column in self.columns.values()}
        assert lengths <= {len(self.sources[self.name].rows)}, f"view {self.name} gained or lost rows"
        return engine.frame(self.columns, self.kinds)

    def _window(
        self,
        name: str,
        keys: tuple[str, ...],
        of: tuple[str, ...],
        sum_up: Callable[[list[Any]], Any],
        blanks: bool = False,
    ) -> View:
        if reason := self._off((*keys, *of)):
            return self._lost((name,), reason)
        given = list(zip(*(self.columns[key] for key in keys), strict=True))
        groups: dict[tuple[Any, ...], list[Any]] = {}
        for key, value in zip(given, self.columns[of[0]], strict=True):
            if None not in key and (blanks or value is not None):
                groups.setdefault(key, []).append(value)
        result = {key: sum_up(values) for key, values in groups.items()}
        return self._with({name: [result.get(key) for key in given]}, "whole")

    def _off(self, columns: Iterable[str]) -> str:
        return next((self.off[column] for column in columns if column in self.off), "")

    def _lost(self, names: Iterable[str], reason: str) -> View:
        return replace(self, off={**self.off, **dict.fromkeys(names, reason)})

    def _with(self, made: Mapping[str, list[Any]], kind: str) -> View:
        return replace(self, columns={**self.columns, **made}, kinds={**self.kinds, **dict.fromkeys(made, kind)})
