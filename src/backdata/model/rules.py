"""Rules, and the edits of the mini-atlas that illustrate them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from backdata.model.findings import Severity

FAMILIES = {
    "1": "file and sheet",
    "2": "cell and column",
    "3": "reference and vocabulary",
    "4": "completeness",
    "5": "anatomy",
    "6": "editorial",
    "7": "publication",
}  # first digit of a code → what its rules are about


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the mini-atlas that shows what a rule accepts or refuses."""

    table: str
    row_id: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)
    action: str = "change"  # change, drop, add, retitle, file, published


def edit(table: str, row_id: str, **changes: Any) -> Edit:
    """Change cells of a row, or with a * in ``row_id`` of several; None empties a cell."""
    return Edit(table, row_id, changes)


def drop(table: str, row_id: str = "") -> Edit:
    """Take out a row, or the whole sheet."""
    return Edit(table, row_id, {}, "drop")


def add(table: str, like: str, **changes: Any) -> Edit:
    """Add a copy of the row ``like``, below it, with changes."""
    return Edit(table, like, changes, "add")


def retitle(table: str, **headers: str | None) -> Edit:
    """Write other words over column headers; None takes the column out."""
    return Edit(table, "", headers, "retitle")


def published() -> Edit:
    """Publish the mini-atlas as it stands, before the edits that follow."""
    return Edit("", action="published")


def stray_file(name: str, content: bytes) -> Edit:
    """Put a file beside the workbooks."""
    return Edit(name, "", {"content": content}, "file")


@dataclass(frozen=True)
class Rule:
    """A question put to every row of a view. ``ask`` gets one expression per column it names and returns (when, then)."""

    code: str
    name: str
    view: str
    blames: str
    severity: Severity
    says: str
    fix: str
    source: str
    reason: str
    ask: Callable[..., Any]
    columns: tuple[str, ...]
    bad: tuple[Edit, ...]
    good: tuple[Edit, ...]
    readings: str = "preferred"  # "preferred" or "all": which readings of a fact it judges
    judges_blanks: bool = False
    yields_to: tuple[str, ...] = ()  # codes that, found at the same cell, make this finding superfluous
    explains: tuple[str, ...] = ()  # codes whose findings follow from this one and are not told beside it; "*" is all
    within: str = "row"  # where they follow: in the same cell, row, question, muscle (or vessel), sheet, or run
    waits_for: str = (
        ""  # row, question, muscle or run: not told while something at least as bad is told of a part of that
    )
    suggests: str = ""  # where to look for the nearest words: terms, allowed, columns or sheets
    proposes: str = ""  # column of the view with the whole cell as it was probably meant
    cause: str = ""  # what findings of one cause share, where their sentences differ; as ``says``
    related: str = ""  # column of the view with the sheet row of a related cell
    each: Callable[[Any, Any], bool] | None = None  # a rule for every column of every table for which this holds

    @property
    def title(self) -> str:
        """The rule's name as words."""
        return self.name.replace("_", " ")

    @property
    def family(self) -> str:
        """What it and its neighbours are about, as its code says."""
        return FAMILIES[self.code[2]]


def _edits(given: Edit | tuple[Edit, ...]) -> tuple[Edit, ...]:
    return given if isinstance(given, tuple) else (given,)


def rule(
    code: str,
    *,
    view: str,
    blames: str,
    severity: str,
    says: str,
    fix: str,
    source: str,
    bad: Edit | tuple[Edit, ...],
    good: Edit | tuple[Edit, ...],
    readings: str = "preferred",
    judges_blanks: bool = False,
    yields_to: tuple[str, ...] = (),
    explains: tuple[str, ...] = (),
    within: str = "row",
    waits_for: str = "",
    suggests: str = "",
    proposes: str = "",
    cause: str = "",
    related: str = "",
    each: Callable[[Any, Any], bool] | None = None,
) -> Callable[[Callable[..., Any]], Rule]:
    """Make a rule of a function. Its name states the fault, its docstring why it is one, its parameters are the
    columns of the view that it reads; it returns ``then`` or ``(when, then)``, built with operators and literals only.

    With ``each(table, column)`` it is asked of every column of every table for which that holds: ``view`` and ``blames`` are
    then "*", and a parameter ``value`` stands for that column, ``value_x`` for what the view has parsed from it as x, and
    ``column`` for its ColumnSchema.
    """

    def make(ask: Callable[..., Any]) -> Rule:
        return Rule(
            code=code, name=ask.__name__, view=view, blames=blames, severity=Severity(severity), says=says, fix=fix,
            source=source, reason=inspect.getdoc(ask) or "", ask=ask, columns=tuple(inspect.signature(ask).parameters),
            bad=_edits(bad), good=_edits(good), readings=readings, judges_blanks=judges_blanks, yields_to=yields_to,
            explains=explains, within=within, waits_for=waits_for, suggests=suggests, proposes=proposes, cause=cause, related=related, each=each,
        )  # fmt: skip

    return make
