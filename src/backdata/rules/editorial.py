"""Editorial: strange letters, rows that slipped, prose that hides what has a column of its own."""

from __future__ import annotations

from typing import Any

from backdata.model import edit, rule

_SOURCE = "Editorial policy of this data set (raw/README.md)"


@rule(
    "BD611", view="odd_cells", blames="column", severity="error",
    proposes="whole",
    says="“{shown}” only looks right: {why}.",
    fix="Correct it: {advice}.",
    source="Unicode Technical Standard 39 on letters that look alike",
    bad=edit("attachments", "rhomboid-minor.origin.2", page=None, note="at the spіne"),
    good=edit("attachments", "rhomboid-minor.origin.2", page=None, note="Schlüsselbein; α-motoneurons"),
)  # fmt: skip
def look_alike_letter(odd: Any) -> Any:
    """A letter of another alphabet cannot be seen, but no search, filter or program finds the word any more."""
    return odd != "look-alike"


@rule(
    "BD612", view="odd_cells", blames="column", severity="error",
    says="In “{shown}” a letter was lost; a question mark stands in its place.",
    proposes="whole",
    fix="Correct it: {advice}.",
    source=_SOURCE,
    bad=edit("sources", "braus-1921", citation="Braus, Hermann. Anatomie des Menschen: ein Lehrbuch f?r Studierende."),
    good=edit("sources", "braus-1921", citation="Braus, Hermann. Wie liest man den Bau des Menschen? Ein Lehrbuch."),
)  # fmt: skip
def letter_lost_to_a_question_mark(odd: Any) -> Any:
    """A program that did not know the accent wrote a question mark; what stood there cannot be told from the file."""
    return odd != "lost"


@rule(
    "BD613", view="odd_cells", blames="column", severity="error",
    proposes="whole",
    says="“{shown}” was spoilt when the text was opened in the wrong encoding.",
    fix="Correct it: {advice}. Open and save CSV files as UTF-8.",
    source=_SOURCE,
    bad=edit("sources", "braus-1921", citation="Braus, Hermann. Ein Lehrbuch fÃ¼r Studierende."),
    good=edit("sources", "braus-1921", citation="Braus, Hermann. Ein Lehrbuch für Studierende, Â und Ã."),
)  # fmt: skip
def letters_in_the_wrong_encoding(odd: Any) -> Any:
    """Every accent and dash that was read in the wrong encoding becomes two or three strange signs, on every card that shows it."""
    return odd != "garbled"


@rule(
    "BD621", view="odd_cells", blames="column", severity="error", explains=("*",),
    says="From here on, or a little before, this row has slipped by {shown}: moved back, all its cells fit.",
    fix="Move the cells of the row back to where they belong; then look at what may have been lost at its end.",
    source=_SOURCE,
    bad=edit("attachments", "rhomboid-minor.origin.2", levels=None, part="C7–T1", reading=None, source="preferred", page="gray-1918",
             also=None, constancy="wikipedia; brainscape"),
    good=edit("attachments", "rhomboid-minor.origin.2", levels=None, part="the last cervical and the first thoracic"),
)  # fmt: skip
def row_that_slipped(odd: Any) -> Any:
    """One cell inserted or deleted in the middle of a row puts every later value under a heading that is not its own."""
    return odd != "slipped"


@rule(
    "BD614", view="*", blames="*", severity="warning", readings="all",
    each=lambda table, column: "reading" in table.columns
    and (column.name in ("part", "condition") or (column.name == "note" and "constancy" in table.columns)),
    says="“{value_hidden}” stands in “{column}”, but {value_belongs}.",
    fix="Move it there; leave in “{column}” only what no other column holds.",
    source=_SOURCE,
    bad=edit("attachments", "rhomboid-minor.origin.3", part="of the third thoracic vertebra"),
    good=edit("attachments", "rhomboid-minor.origin.3", part="of the upper thoracic vertebrae", note="usually thin"),
)  # fmt: skip
def prose_that_hides_a_fact(value_hidden: Any) -> Any:
    """A fact in prose is found by no filter, drawn on no map and asked on no card."""
    return value_hidden.is_null()
