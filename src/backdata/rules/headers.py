"""Header rows: is every column there, once, and known by its name?"""

from __future__ import annotations

from typing import Any

from backdata.model import edit, retitle, rule

_LEFT_BEHIND = (  # what a sheet or column that cannot be read leaves behind elsewhere
    "BD401", "BD402", "BD403", "BD404", "BD405", "BD406", "BD407", "BD421", "BD423", "BD601", "BD621", "BD701", "BD703", "BD704", "BD705",
)  # fmt: skip
_SOURCE = "Editorial policy of this data set (raw/README.md)"


@rule(
    "BD111", view="headers", blames="column", severity="error", explains=_LEFT_BEHIND, within="run", judges_blanks=True,
    says="The sheet “{table}” has no column “{column}”.",
    fix="Add the column; the template shows where it stands.",
    source=_SOURCE,
    bad=retitle("innervations", role=None),
    good=retitle("innervations", page=None),
)  # fmt: skip
def missing_column(status: Any) -> Any:
    """Rules that need a missing column cannot run, and the published tables would lack it."""
    return status != "missing"


@rule(
    "BD112", view="headers", blames="column", severity="error", explains=_LEFT_BEHIND, within="run", judges_blanks=True, suggests="columns",
    says="The sheet “{table}” has a column “{header}” that is not known, and lacks “{missing}”.",
    fix="Write “{column}” over it, if that is what it holds.",
    source=_SOURCE,
    bad=retitle("innervations", nerve="nervus"),
    good=retitle("innervations", nerve="Nerve "),
)  # fmt: skip
def misnamed_column(status: Any) -> Any:
    """A renamed header takes a whole column out of the data."""
    return status != "misnamed"


@rule(
    "BD113", view="headers", blames="column", severity="warning", judges_blanks=True, suggests="columns",
    says="The sheet “{table}” has a column “{header}” that is not known; nothing in it was read.",
    fix="Give it the name of a known column, or move what it says to “note”.",
    source=_SOURCE,
    bad=retitle("innervations", checked_by="checked by"),
    good=edit("innervations", "rhomboid-minor.innervation.1", note="checked"),
)  # fmt: skip
def unknown_column(status: Any) -> Any:
    """What stands in a column that nobody knows is not published."""
    return status != "unknown"


@rule(
    "BD115",
    view="headers",
    blames="column",
    severity="error",
    judges_blanks=True,
    says="The sheet “{table}” has values in column {column}, but no header over them; nothing in that column was read.",
    fix="Write a header over it, or move the values to where they belong: perhaps a row is shifted to the right.",
    source=_SOURCE,
    bad=retitle("attachments", note=""),
    good=retitle("attachments", note="Note"),
)
def column_without_a_header(status: Any) -> Any:
    """A value outside the table is a row that slipped by a cell, or a fact that nobody will see."""
    return status != "unnamed"


@rule(
    "BD114", view="headers", blames="column", severity="error", judges_blanks=True,
    says="The sheet “{table}” has two columns “{column}”; only the left one was read.",
    fix="Delete one of them, or give it its own name.",
    source=_SOURCE,
    bad=retitle("innervations", constancy="note"),
    good=edit("innervations", "rhomboid-minor.innervation.1", note="by two branches"),
)  # fmt: skip
def column_given_twice(status: Any) -> Any:
    """Of two columns with one name nobody can say which holds the truth."""
    return status != "doubled"
