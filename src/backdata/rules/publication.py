"""Publication: what was published keeps its promise to those who learn and build with it."""

from __future__ import annotations

from typing import Any

from backdata.model import add, drop, edit, published, retitle, rule

_IDS = "Policy for ids (CONTRIBUTING.md)"
_TOLD = (
    "BD201",
    "BD204",
    "BD205",
    "BD207",
    "BD208",
    "BD211",
    "BD212",
    "BD213",
    "BD214",
    "BD215",
    "BD216",
    "BD301",
    "BD307",
    "BD511",
    "BD512",
)  # whoever reads of such a cell need not be told that it has changed
_MOVED = ("BD202", "BD203", "BD301", "BD305", "BD401", "BD402", "BD403", "BD404", "BD405", "BD406", "BD407", "BD421", "BD422",
          "BD423", "BD424", "BD425", "BD426", "BD701", "BD704", "BD705", "BD518", "BD559", "BD702")  # fmt: skip


_WHOLE_SHEET = (
    "*", "BD203", "BD402", "BD403", "BD404", "BD405", "BD406", "BD421", "BD422", "BD503", "BD524", "BD531", "BD621", "BD706", "BD707",
)  # fmt: skip


@rule(
    "BD701",
    view="published",
    blames="id",
    severity="error",
    judges_blanks=True,
    says="{gone} was published and is gone.",
    fix="Put the row back; if it was taken out on purpose, write {withdraw} and the reason into the sheet withdrawn.",
    source=_IDS,
    bad=(published(), drop("attachments", "rhomboid-minor.origin.3")),
    good=(published(), add("attachments", "rhomboid-minor.origin.3", item="4", source="gray-1918", part="upper part")),
)
def published_fact_vanished(gone: Any) -> Any:
    """Learners have a card for it, and programs its id; a row that was deleted by a slip is seen nowhere else."""
    return gone.is_null()


@rule(
    "BD702", view="changes", blames="column", severity="error", judges_blanks=True,
    says="This id was published for {change}, but now it stands for {subject}.",
    fix="Give the new one an id of its own, and put the old row back or write its id into the sheet withdrawn.",
    source=_IDS,
    bad=(published(), edit("structures", "acromion", name="inferior angle of the scapula", latin="Angulus inferior scapulae")),
    good=(published(), edit("structures", "acromion", synonyms="tip of the shoulder")),
)  # fmt: skip
def published_id_for_something_else(kind: Any) -> Any:
    """Cards, links and other people's tables know things by their ids; an id that is used again makes them all wrong at once."""
    return kind != "meaning"


@rule(
    "BD703", view="shrunken", blames="table", severity="error", judges_blanks=True, explains=_WHOLE_SHEET, within="run",
    says="{missed} that were published are gone from the sheet “{table}”.",
    fix="Put them back, from the last version of the workbook; if they went on purpose, write their ids into the sheet withdrawn.",
    source="Editorial policy of this data set (raw/README.md)",
    bad=(published(), drop("attachments", "trapezius*")),
    good=(published(), add("attachments", "rhomboid-minor.origin.3", item="4", part="upper part")),
)  # fmt: skip
def fifth_of_a_sheet_gone(missed: Any) -> Any:
    """So much is deleted by a filter, a sort or a paste that went wrong, never row by row on purpose."""
    return missed.is_null()


@rule(
    "BD704", view="changes", blames="column", severity="warning", waits_for="row", judges_blanks=True, yields_to=_TOLD,
    says="What was published of {subject} has become something else: {change}.",
    fix="Look whether the change is meant, and not a value of another row; publishing anew settles it.",
    source=_IDS,
    bad=(published(), edit("attachments", "rhomboid-minor.origin.1", structure="supraspinous-ligament")),
    good=(published(), edit("attachments", "rhomboid-minor.origin.1", structure="Nuchal ligament")),
)  # fmt: skip
def published_fact_became_another(kind: Any) -> Any:
    """A value pasted over another fits its column, and no rule of anatomy may object; against what was published it stands out."""
    return kind != "defining"


@rule(
    "BD705", view="changes", blames="column", severity="info", waits_for="row", judges_blanks=True, yields_to=_TOLD,
    says="What was published of {subject} has changed: {change}.",
    fix="Look whether the change is meant; publishing anew settles it.",
    source=_IDS,
    bad=(published(), edit("attachments", "rhomboid-minor.origin.2", levels="C6–T1")),
    good=(published(), edit("attachments", "rhomboid-minor.origin.2", levels="C 7 - T1"), edit("structures", "acromion", fma="FMA:23260")),
)  # fmt: skip
def published_fact_changed(kind: Any) -> Any:
    """Learners know the fact as it was published; whoever reviews a change should see both, in words."""
    return kind != "detail"


@rule(
    "BD706", view="pasted", blames="column", severity="error", judges_blanks=True, explains=_MOVED, within="run",
    says="This row was published with “{was}” in “{column}”; in all else it says what it said then.",
    fix="Write “{was}” again; if the row was moved on purpose, write the id that it had into the sheet withdrawn.",
    source=_IDS,
    bad=(published(), edit("attachments", "rhomboid-minor.insertion.1", muscle="trapezius-transverse")),
    good=(published(), edit("attachments", "rhomboid-minor.origin.3", item="4"), edit("attachments", "rhomboid-minor.origin.2", item="3"),
          edit("attachments", "rhomboid-minor.origin.4", item="2")),
)  # fmt: skip
def fact_under_another_name(kind: Any) -> Any:
    """A name pasted over another gives a fact to a muscle that never had it, and takes it from the one that has."""
    return kind != "cell"


@rule(
    "BD707", view="pasted", blames="column", severity="error", judges_blanks=True, explains=_MOVED, within="run",
    says="This row repeats another one, and what was published as {was} is gone: perhaps one was pasted over the other.",
    fix="Put the row that is gone back in the place of one of the two.",
    source="Editorial policy of this data set (raw/README.md)",
    bad=(published(), drop("attachments", "rhomboid-minor.origin.2"), add("attachments", "rhomboid-minor.origin.1")),
    good=(published(), add("attachments", "rhomboid-minor.origin.1", item="4", part="upper part")),
)  # fmt: skip
def row_pasted_over_another(kind: Any) -> Any:
    """Of a row that was copied to the wrong place nothing is left but its absence, and that is seen nowhere."""
    return kind != "row"


@rule(
    "BD708", view="columns", blames="column", severity="error", judges_blanks=True, explains=_WHOLE_SHEET, within="run",
    says="The column “{column}” of the sheet “{table}” held {count} when it was published; now they are gone.",
    fix="Put the column back with its header “{column}” and its values, from the last version of the workbook.",
    source="Editorial policy of this data set (raw/README.md)",
    bad=(published(), retitle("groups", insertion_on=None)),
    good=(published(), retitle("attachments", constancy=None)),
)  # fmt: skip
def published_column_gone(kind: Any) -> Any:
    """A column that may be left out is missed by nobody, and what its values taught or ruled falls silent with it."""
    return (kind != "gone") & (kind != "emptied")


@rule(
    "BD709", view="columns", blames="column", severity="error", judges_blanks=True, explains=(*_WHOLE_SHEET, "BD703"), within="run",
    says="In the column “{column}” of the sheet “{table}” {count} published rows say something else at once{exchanged}.",
    fix="Undo it if the column was sorted, filled or replaced without the rest of its rows; if it is meant, grant an exception with its reason.",
    source="Ziemann 2016 and Abeysooriya 2021 on spreadsheet errors in published tables",
    bad=(published(), retitle("attachments", structure="levels", levels="structure")),
    good=(published(), edit("attachments", "rhomboid-minor.*", page="400")),
)  # fmt: skip
def column_changed_as_a_whole(kind: Any) -> Any:
    """A column that is sorted alone gives every row the value of another; each fits its column, and all are wrong."""
    return (kind != "changed") & (kind != "exchanged")


@rule(
    "BD622", view="odd_cells", blames="column", severity="error", explains=("BD115",), within="row",
    says="This row repeats the header of the sheet; nothing in it was read.",
    fix="Delete the row; if rows were pasted below it, look whether their columns stand in the same order.",
    source="Editorial policy of this data set (raw/README.md)",
    bad=add("innervations", "rhomboid-minor.innervation.1", muscle="Muscle", item="Item", nerve="Nerve", segments="Segments",
            role="Role", reading="Reading", source="Source", page="Page", also="Also", constancy=None, note="Note"),
    good=edit("innervations", "rhomboid-minor.innervation.1", note="source"),
)  # fmt: skip
def header_among_the_rows(odd: Any) -> Any:
    """Where the header stands a second time, another table was pasted below the first, and nobody has looked at its columns."""
    return odd != "header"
