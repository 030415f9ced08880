"""Files and sheets: is everything there, once, and can it be read?"""

from __future__ import annotations

from typing import Any

from backdata.model import drop, edit, retitle, rule, stray_file

_LEFT_BEHIND = (  # what a sheet or column that cannot be read leaves behind elsewhere
    "BD401", "BD402", "BD403", "BD404", "BD405", "BD406", "BD407", "BD421", "BD423", "BD601", "BD701", "BD703", "BD704", "BD705",
)  # fmt: skip
_INVENTORY = b"""muscle,required_by
trapezius,TA2
trapezius-descending,TA2
trapezius-transverse,TA2
trapezius-ascending,TA2
rhomboid-minor,TA2
serratus-posterior-inferior,TA2
splenius-capitis,TA2
multifidus-lumborum,TA2
intertransversarii-thoracis,TA2
intertransversarii-anteriores-cervicis,TA2
"""  # of the mini-atlas
_SOURCE = "Editorial policy of this data set (raw/README.md)"


@rule(
    "BD101", view="files", blames="file", severity="error", judges_blanks=True,
    says="The file {file} cannot be read: {detail}.",
    fix="Mend or remove the file; the other files were checked all the same.",
    source=_SOURCE,
    bad=stray_file("new.xlsx", b"<html>not a workbook</html>"),
    good=stray_file("~$muscles.xlsx", b"the lock file of a workbook that is open in Excel"),
)  # fmt: skip
def unreadable_file(problem: Any) -> Any:
    """What cannot be read cannot be checked, and facts in it would be missing from what is published."""
    return problem != "unreadable"


@rule(
    "BD102", view="files", blames="table", severity="error", explains=_LEFT_BEHIND, within="run", judges_blanks=True,
    says="The sheet “{table}” is missing; it belongs into {detail}.",
    fix="Put the sheet back, with its header row; a sheet without rows is better than none.",
    source=_SOURCE,
    bad=drop("withdrawn"),
    good=drop("withdrawn", "*"),
)  # fmt: skip
def missing_sheet(problem: Any) -> Any:
    """Everything that depends on a missing sheet is left unchecked; that must never look like health."""
    return problem != "missing sheet"


@rule(
    "BD103", view="files", blames="table", severity="error", judges_blanks=True,
    says="The sheet “{table}” is there twice; the first stands in {detail}, and only that one was read.",
    fix="Move the rows into one sheet and delete the other, or give it another name.",
    source=_SOURCE,
    bad=stray_file("movements.csv", b"id,name,has_direction\nnodding,nodding,no\n"),
    good=edit("movements", "rotation", synonyms="turning"),
)  # fmt: skip
def sheet_given_twice(problem: Any) -> Any:
    """Of two sheets with one name nobody can say which holds the truth; the last one must not win in silence."""
    return problem != "sheet twice"


@rule(
    "BD104", view="files", blames="sheet", severity="warning", judges_blanks=True, suggests="sheets",
    says="The sheet “{detail}” is not known, so nothing in it was read.",
    fix="Give it the name of a known sheet if it holds facts; delete it, or name it “legend”, if it does not.",
    source=_SOURCE,
    bad=stray_file("atachments.csv", b"muscle,end\nrhomboid-minor,origin\n"),
    good=stray_file("legend.csv", b"colour,meaning\ngreen,checked\n"),
)  # fmt: skip
def unknown_sheet(problem: Any) -> Any:
    """A sheet with a misspelt name is skipped with all its facts."""
    return problem != "unknown sheet"


@rule(
    "BD116", view="files", blames="table", severity="error", judges_blanks=True,
    says="No sheet is called “{table}”, but “{detail}” has its columns and was read in its place.",
    fix="Call the sheet “{table}” again.",
    source=_SOURCE,
    bad=(drop("withdrawn"), stray_file("removed.csv", b"id,on,why,replaced_by\nold-name,2026-01-01,written twice,\n")),
    good=stray_file("legend.csv", b"id,on,why\ngreen,always,checked\n"),
)  # fmt: skip
def renamed_sheet(problem: Any) -> Any:
    """Sheets are found by their names; one that is called otherwise would be skipped with all its facts."""
    return problem != "misnamed sheet"


@rule(
    "BD117", view="files", blames="table", severity="error", judges_blanks=True,
    says="The sheets “{table}” and “{detail}” have each other's names; each was read as what it holds.",
    fix="Exchange the names of the two sheets.",
    source=_SOURCE,
    bad=(drop("withdrawn"), drop("inventory"), stray_file("inventory.csv", b"id,on,why\nold-name,2026-01-01,written twice\n"),
         stray_file("withdrawn.csv", _INVENTORY)),
    good=stray_file("legend.csv", b"id,on,why\ngreen,always,checked\n"),
)  # fmt: skip
def exchanged_sheets(problem: Any) -> Any:
    """A sheet under the name of another would be judged by the wrong columns, or not be read at all."""
    return problem != "exchanged sheets"


@rule(
    "BD105", view="files", blames="table", severity="error", explains=_LEFT_BEHIND, within="run", judges_blanks=True,
    says="In the sheet “{table}” no header row was found.",
    fix="Write the names of the columns into one row above the data, as in the template.",
    source=_SOURCE,
    bad=retitle("developments", id="a", name="b", definition="c", allowed_rami="d", source="e"),
    good=retitle("developments", allowed_rami="Allowed rami"),
)  # fmt: skip
def sheet_without_a_header(problem: Any) -> Any:
    """Columns are known by their names, never by their place."""
    return problem != "no header"


@rule(
    "BD106", view="files", blames="table", severity="error", judges_blanks=True,
    says="No facts at all were found: no attachment, action, innervation or blood supply.",
    fix="Check that the right folder or workbook was given, and that its sheets have rows.",
    source=_SOURCE,
    bad=(drop("attachments", "*"), drop("actions", "*"), drop("innervations", "*"), drop("blood_supply", "*"),
         drop("muscles", "*"), drop("inventory", "*"), drop("exceptions", "*")),
    good=drop("attachments", "rhomboid-minor.origin.3"),
)  # fmt: skip
def no_facts(problem: Any) -> Any:
    """An empty data set has no faults; without this rule it would pass."""
    return problem != "no facts"


@rule(
    "BD108", view="files", blames="table", severity="error", explains=_LEFT_BEHIND, within="run", judges_blanks=True,
    says="The sheet “{table}” has a header but no rows.",
    fix="Put its rows back; what depends on this sheet was not checked.",
    source=_SOURCE,
    bad=drop("movements", "*"),
    good=drop("attachments", "rhomboid-minor.origin.3"),
)  # fmt: skip
def sheet_without_rows(problem: Any) -> Any:
    """Facts refer to this sheet; while it is empty nothing that leads to it can be judged."""
    return problem != "no rows"


@rule(
    "BD107", view="files", blames="file", severity="warning", judges_blanks=True,
    says="The file {file} may show wrong letters: {detail}.",
    fix="Save it as “CSV UTF-8” and look at the accents.",
    source=_SOURCE,
    bad=stray_file("legend.csv", "colour,meaning\nvert,vérifié\n".encode("cp1252")),
    good=stray_file("legend.csv", "colour,meaning\nvert,vérifié\n".encode()),
)  # fmt: skip
def guessed_encoding(problem: Any) -> Any:
    """Text in an unnamed encoding is read by guess, and a wrong guess spoils accents."""
    return problem != "guessed encoding"
