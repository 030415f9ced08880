"""The few verbs that views are built from, each one join or window: lookup, first, count, largest, among, parsed, flag.

A column that cannot be had, because a sheet or a column is missing, is ``off`` with the reason, and so is all that is built
from it. No verb adds or drops a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import narwhals as nw

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


@dataclass(frozen=True)
class View:
    """A frame and the columns that it could not get."""

    name: str
    frame: nw.DataFrame[Any]
    off: Mapping[str, str]
    sources: Mapping[str, Source]

    @classmethod
    def on(cls, base: Source, sources: Mapping[str, Source]) -> View:
        """The view that is a base table as it stands, with null where a sheet lacks an optional column."""
        columns = {name: "whole" if name in _WHOLE else "text" for name in (*base.columns, "_id", "_source", "_sheet", "_row", "_column")}
        columns = {name: kind for name, kind in columns.items() if name not in base.missing}
        return cls(base.name, engine.frame(base.rows, columns), dict(base.missing), sources)

    def lookup(self, parent: str, on: str, take: Mapping[str, str], kind: str = "text") -> View:
        """Columns of the first row of ``parent`` whose id is our ``on``. ``take``: new name → its column there."""
        source = self.sources[parent]
        taken = {new: old for new, old in take.items() if old not in source.missing}
        lost = {new: source.missing[old] for new, old in take.items() if old in source.missing}
        if reason := source.absent or source.missing.get("id") or self.off.get(on):
            return replace(self, off={**self.off, **dict.fromkeys(take, reason)})
        first: dict[Any, Row] = {}
        for row in source.rows:
            if row.get("id") is not None:
                first.setdefault(row["id"], row)
        kinds = dict.fromkeys(taken, kind)
        records = ({on: value, **{new: row.get(old) for new, old in taken.items()}} for value, row in first.items())
        return replace(self._joined(on, engine.frame(records, {on: "text", **kinds})), off={**self.off, **lost})

    def first(self, name: str, *keys: str) -> View:
        """``name``: the sheet row of the first row with our keys in address order; null where a key is blank."""
        return self._window(name, keys, "_row", lambda row: row.min())

    def count(self, name: str, *keys: str, where: str) -> View:
        """``name``: how many rows with our keys have the flag ``where``; null where a key is blank."""
        return self._window(name, keys, where, lambda flag: flag.fill_null(False).cast(nw.Int64).sum())

    def largest(self, name: str, *keys: str, of: str) -> View:
        """``name``: the largest number in column ``of`` among the rows with our keys."""
        return self._window(name, keys, of, lambda number: number.max())

    def flag(self, name: str, columns: tuple[str, ...], ask: Callable[..., nw.Expr]) -> View:
        """``name``: an expression over our columns, as a rule would write it."""
        if reason := self._off(columns):
            return replace(self, off={**self.off, name: reason})
        return self._with(**{name: ask(*(nw.col(column) for column in columns))})

    def among(self, name: str, value: str, owner: str, pairs: Mapping[str, Iterable[str]], of: str) -> View:
        """``name``: whether our ``value`` is in the owner's set; null when the owner states none, or there is no value.

        ``pairs``: owner → its set, as the table ``of`` states them.
        """
        if reason := self.sources[of].absent:
            return replace(self, off={**self.off, name: reason})
        sets = {key: set(values) for key, values in pairs.items()}
        return self.parsed(name, (owner, value), lambda o, v: v in sets[o] if v and o in sets else None, kind="flag")

    def parsed(
        self, names: str | tuple[str, ...], columns: tuple[str, ...], read: Callable[..., Any], kind: str = "text"
    ) -> View:
        """``names``: what ``read`` makes of our ``columns``; called once per distinct value. Several names take a tuple."""
        wanted = (names,) if isinstance(names, str) else names
        if reason := self._off(columns):
            return replace(self, off={**self.off, **dict.fromkeys(wanted, reason)})
        records = []
        for row in engine.rows(self.frame.select(*columns).unique()):
            values = [row[column] for column in columns]
            result = read(*values)
            made = (result,) if isinstance(names, str) else result
            records.append({"_key": _key_text(values), **dict(zip(wanted, made or [None] * len(wanted), strict=True))})
        kinds = dict.fromkeys(wanted, kind)
        key = nw.concat_str([nw.col(column).fill_null("") for column in columns], separator="\x1f")
        keyed = self._with(_key=key)
        joined = keyed._joined("_key", engine.frame(records, {"_key": "text", **kinds}))
        return replace(joined, frame=joined.frame.drop("_key"))

    def settled(self) -> View:
        """The finished view: Arrow-backed, and still one row per row of its base."""
        assert len(self.frame) == len(self.sources[self.name].rows), f"view {self.name} gained or lost rows"
        return replace(self, frame=engine.settle(self.frame))

    def _window(self, name: str, keys: tuple[str, ...], of: str, sum_up: Callable[[nw.Expr], nw.Expr]) -> View:
        if reason := self._off((*keys, of)):
            return replace(self, off={**self.off, name: reason})
        known = _all(~nw.col(key).is_null() for key in keys)
        return self._with(**{name: nw.when(known).then(sum_up(nw.col(of)).over(*keys))})

    def _off(self, columns: Iterable[str]) -> str:
        return next((self.off[column] for column in columns if column in self.off), "")

    def _with(self, **columns: nw.Expr) -> View:
        return replace(self, frame=self.frame.with_columns(**columns))

    def _joined(self, on: str, other: nw.DataFrame[Any]) -> View:
        return replace(self, frame=self.frame.join(other, on=on, how="left"))


def _all(flags: Iterable[nw.Expr]) -> nw.Expr:
    return nw.all_horizontal(*flags, ignore_nulls=False)


def _key_text(values: Iterable[Any]) -> str:
    return "\x1f".join("" if value is None else str(value) for value in values)

