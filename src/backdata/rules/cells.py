"""Cells that a spreadsheet program made into something else than what was typed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from backdata.model import edit, rule

_ALL = ("*",)  # nothing can be said of what stands in such a cell
_SOURCE = "Ziemann 2016 and Abeysooriya 2021 on spreadsheet errors in published tables"


@rule(
    "BD211", view="odd_cells", blames="column", severity="error", explains=_ALL, within="cell",
    says="The spreadsheet has made a date of this cell: {shown}.",
    fix="Format the cell as Text, then type it again.",
    source=_SOURCE,
    bad=edit("attachments", "rhomboid-minor.origin.2", page=dt.date(2026, 5, 4)),
    good=edit("attachments", "rhomboid-minor.origin.2", page="435–436"),
)  # fmt: skip
def date_made_by_the_spreadsheet(odd: Any) -> Any:
    """5-4 typed into an unformatted cell becomes 5 April; what was meant is lost and must not be guessed."""
    return odd != "date"


@rule(
    "BD212", view="odd_cells", blames="column", severity="error", explains=_ALL, within="cell",
    says="A percentage or a number with a fraction stands here ({shown}); no column of the sheet takes one.",
    fix="Format the cell as Text, then type what is meant.",
    source=_SOURCE,
    bad=edit("attachments", "rhomboid-minor.origin.2", page=0.52),
    good=edit("attachments", "rhomboid-minor.origin.2", page=435),
)  # fmt: skip
def percentage_or_fraction(odd: Any) -> Any:
    """A stored 0.52 is neither what was typed nor what is seen."""
    return (odd != "percentage") & (odd != "number")


@rule(
    "BD213", view="odd_cells", blames="column", severity="error", explains=_ALL, within="cell",
    says="This cell holds a formula ({shown}).",
    fix="Replace the formula by its value: copy, then “Paste special › Values”. If it is meant as text, format the cell as Text.",
    source="Editorial policy of this data set (raw/README.md)",
    bad=edit("attachments", "rhomboid-minor.origin.2", page="=400+35"),
    good=edit("attachments", "rhomboid-minor.origin.2", page="435"),
)  # fmt: skip
def formula_cell(odd: Any) -> Any:
    """A fact is typed, not computed: a formula changes when another cell does, and may have no stored value at all."""
    return (odd != "formula") & (odd != "formula without a value")


@rule(
    "BD214", view="odd_cells", blames="column", severity="error", explains=_ALL, within="cell",
    says="This cell shows the spreadsheet error {shown}.",
    fix="Type the value that belongs here.",
    source="Editorial policy of this data set (raw/README.md)",
    bad=edit("attachments", "rhomboid-minor.origin.2", page="#REF!"),
    good=edit("attachments", "rhomboid-minor.origin.2", page=None),
)  # fmt: skip
def error_cell(odd: Any) -> Any:
    """#REF! stands where a value once was; most readers turn it into a blank without a word."""
    return odd != "error"


@rule(
    "BD215", view="odd_cells", blames="column", severity="error", explains=_ALL, within="cell",
    says="The spreadsheet has made the truth value {shown} of this cell.",
    fix="Format the cell as Text, then type it again.",
    source="Editorial policy of this data set (raw/README.md)",
    bad=edit("attachments", "rhomboid-minor.origin.2", page=True),
    good=edit("movements", "rotation", has_direction="yes"),
)  # fmt: skip
def truth_value(odd: Any) -> Any:
    """TRUE and FALSE are translated by the program's language; we write yes and no."""
    return odd != "truth value"


@rule(
    "BD216", view="odd_cells", blames="column", severity="error", proposes="whole",
    says="“{shown}” starts with a sign that makes spreadsheets compute the cell.",
    fix="Begin with a letter or a number; say in words what the sign means.",
    source="OWASP Application Security Verification Standard 1.2.10 on formulas in exported tables",
    bad=edit("attachments", "rhomboid-minor.origin.2", page="@435"),
    good=edit("attachments", "rhomboid-minor.origin.2", page="—"),
)  # fmt: skip
def text_that_looks_like_a_formula(odd: Any) -> Any:
    """Text that starts with =, +, - or @ becomes a formula, or an error, in the tables of whoever opens our CSV files."""
    return odd != "computed"
