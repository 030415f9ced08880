"""Exceptions: each silences one finding, for a reason, as long as it is needed."""

from __future__ import annotations

from typing import Any

from backdata.model import add, edit, rule

_ROW = "BD503 intertransversarii-anteriores-cervicis development"
_POLICY = "Policy for exceptions (CONTRIBUTING.md)"


@rule(
    "BD601", view="exceptions", blames="rule", severity="warning",
    says="This exception silences nothing: there is no finding {rule} at {row_id}, {column}, with the value “{value}”.",
    fix="Delete the row; if the value has changed, look at the finding anew.",
    source=_POLICY,
    bad=add("exceptions", _ROW, row_id="multifidus-lumborum"),
    good=edit("exceptions", _ROW, expires="2999-12-31"),
)  # fmt: skip
def exception_without_a_finding(state: Any) -> Any:
    """An exception that is no longer needed would silence the next fault at that place."""
    return state != "unused"


@rule(
    "BD602", view="exceptions", blames="expires", severity="warning",
    says="This exception ended on {expires}.",
    fix="Look at the finding anew: mend it, or grant the exception again with a later day.",
    source=_POLICY,
    bad=add("exceptions", _ROW, row_id="multifidus-lumborum", expires="2001-12-31"),
    good=edit("exceptions", _ROW, expires="2999-12-31"),
)  # fmt: skip
def expired_exception(state: Any) -> Any:
    """What was granted for a time is looked at again when the time is over."""
    return state != "expired"
