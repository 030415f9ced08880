"""What the table schemas ask of every column: filled, unique, in its list, in its form, pointing at something that exists."""

from __future__ import annotations

from typing import Any

from backdata.model import add, edit, rule

_SCHEMA = "Table schemas (schemas/tables)"
_ODD = ("BD216", "BD612")  # such a cell is told of already


@rule(
    "BD201", view="*", blames="*", severity="error", judges_blanks=True, yields_to=_ODD, readings="all", proposes="value_next",
    each=lambda table, column: not column.nullable,
    says="“{column}” is empty.",
    fix="Fill it in. {description} For example: {example}",
    source=_SCHEMA,
    bad=edit("attachments", "rhomboid-minor.origin.2", structure=None, levels=None),
    good=edit("attachments", "rhomboid-minor.origin.2", page=None),
)  # fmt: skip
def blank_cell(value: Any) -> Any:
    """A fact with a hole in it cannot be learnt, nor looked up by those who use the tables."""
    return ~value.is_null()


@rule(
    "BD202", view="*", blames="*", severity="error", readings="all", related="value_first",
    each=lambda table, column: column.unique,
    says="“{value}” stands in “{column}” a second time.",
    fix="Give this row its own, or delete it if it says the same.",
    source=_SCHEMA,
    bad=add("movements", "rotation", name="turning"),
    good=add("movements", "rotation", id="circumduction", name="circumduction", synonyms=None, kept="for the arm"),
)  # fmt: skip
def repeated_value(value_first: Any, _row: Any) -> Any:
    """Ids and names must lead to one row; of two, nobody can say which is meant."""
    return value_first == _row


@rule(
    "BD203", view="*", blames="*", severity="error", readings="all", explains=("*",), cause="rows of {_sheet} that repeat earlier ones", related="key_first",
    each=lambda table, column: bool(table.key) and column.name == ("item" if "item" in table.key else table.key[0]),
    says="This row repeats an earlier one: item {value} is given twice with the same reading and the same source.",
    fix="Delete it if it says the same; give it the next free item number if it says something more.",
    source=_SCHEMA,
    bad=add("attachments", "rhomboid-minor.origin.1"),
    good=add("attachments", "rhomboid-minor.origin.1", item="4", part="upper part"),
)  # fmt: skip
def repeated_row(key_first: Any, _row: Any) -> Any:
    """Two rows with one key are the same statement made twice, or two statements of which one is lost in every join."""
    return key_first == _row


@rule(
    "BD204", view="*", blames="*", severity="error", readings="all", yields_to=_ODD, suggests="allowed",
    each=lambda table, column: bool(column.allowed),
    says="“{value}” is not one of the words for “{column}”.",
    fix="Choose one of: {allowed}.",
    source=_SCHEMA,
    bad=edit("muscles", "rhomboid-minor", constancy="allways"),
    good=edit("muscles", "rhomboid-minor", constancy="Constant"),
)  # fmt: skip
def word_not_in_the_list(value: Any, column: Any) -> Any:
    """Closed lists keep one word for one thing, so that rules and readers can rely on it."""
    return ~value.is_null(), value.is_in(list(column.allowed))


@rule(
    "BD205", view="*", blames="*", severity="error", readings="all", yields_to=_ODD,
    each=lambda table, column: bool(column.pattern),
    says="“{value}” is not in the form that “{column}” has.",
    fix="Write it like this: {example}. {description}",
    source=_SCHEMA,
    bad=edit("attachments", "rhomboid-minor.origin.1", page="p. 435"),
    good=edit("attachments", "rhomboid-minor.origin.1", page="435"),
)  # fmt: skip
def wrong_form(value: Any, column: Any) -> Any:
    """Ids, numbers, dates and identifiers are read by programs; another form leads nowhere."""
    return ~value.is_null(), value.str.contains(column.pattern)


@rule(
    "BD206", view="*", blames="*", severity="warning", readings="all",
    each=lambda table, column: bool(column.max_length),
    says="“{column}” is longer than {longest} characters here.",
    fix="Say it shorter; what belongs into another column goes there.",
    source=_SCHEMA,
    bad=edit("attachments", "rhomboid-minor.origin.1", note="beside the " + "very " * 60 + "long spine"),
    good=edit("attachments", "rhomboid-minor.origin.1", note="beside the spine"),
)  # fmt: skip
def too_long(value: Any, column: Any) -> Any:
    """A long cell is prose that hides facts from their columns, and no card or table can show it."""
    return ~value.is_null(), value.str.len_chars() <= column.max_length


@rule(
    "BD207", view="*", blames="*", severity="error", readings="all", yields_to=_ODD, judges_blanks=True, suggests="allowed",
    each=lambda table, column: bool(column.each),
    says="“{value_strange}” is not one of the words for “{column}”.",
    fix="Choose among: {allowed}.",
    source=_SCHEMA,
    bad=edit("developments", "epaxial", allowed_rami="posterior, dorsal"),
    good=edit("developments", "branchial", allowed_rami="anterior, cranial"),
)  # fmt: skip
def stranger_in_a_list(value_strange: Any) -> Any:
    """What a group may do is looked up word by word; a word that is not in the list forbids or allows nothing."""
    return value_strange.is_null()


@rule(
    "BD301", view="*", blames="*", severity="error", readings="all", yields_to=_ODD, judges_blanks=True, suggests="terms", cause="{value_unknown}",
    each=lambda table, column: bool(column.refers_to),
    says="“{value_unknown}” is not known in the sheet {tables}.",
    fix="Choose a term of that sheet by its id, name, Latin name or synonym; if it is new, add it there first.",
    source=_SCHEMA,
    bad=edit("innervations", "multifidus-lumborum.innervation.1", nerve="posterier rammi"),
    good=edit("innervations", "multifidus-lumborum.innervation.1", nerve="Posterior rami"),
)  # fmt: skip
def unknown_term(value_unknown: Any) -> Any:
    """A name that leads to no row of the vocabulary is a misspelling, or a term that nobody has defined."""
    return value_unknown.is_null()


@rule(
    "BD208", view="*", blames="*", severity="error", yields_to=(*_ODD, "BD516"), readings="all",
    each=lambda table, column: bool(column.levels),
    says="“{value}” cannot be read as levels.",
    fix="Write levels as in C7, T1–T4, R9–R12, with a comma between several and parentheses round what is found only sometimes.",
    source=_SCHEMA,
    bad=edit("innervations", "multifidus-lumborum.innervation.1", segments="L1 bis L5"),
    good=edit("innervations", "multifidus-lumborum.innervation.1", segments="L 1 - L 5"),
    judges_blanks=True,
)  # fmt: skip
def unreadable_levels(value_fault: Any) -> Any:
    """Levels are data: maps, ranges and comparisons are made from them, never from prose."""
    return value_fault.is_null() | (value_fault != "unreadable")


@rule(
    "BD511", view="*", blames="*", severity="error", yields_to=(*_ODD, "BD516"), readings="all", judges_blanks=True,
    each=lambda table, column: bool(column.levels),
    says="In “{value}” stands a level that does not exist: {value_why}.",
    fix="Write a level that exists: vertebrae C1–C7, T1–T12, L1–L5, S1–S5, Co1–Co4; spinal nerves also C8; ribs R1–R12.",
    source="Gray 1918; TA2",
    bad=edit("attachments", "rhomboid-minor.origin.2", levels="C8–T1"),
    good=edit("innervations", "intertransversarii-anteriores-cervicis.innervation.1", segments="C2–C8"),
)  # fmt: skip
def level_that_does_not_exist(value_fault: Any) -> Any:
    """There are seven cervical vertebrae but eight cervical nerves: C8 is a nerve, never a vertebra."""
    return value_fault.is_null() | (value_fault != "nonexistent")


@rule(
    "BD512", view="*", blames="*", severity="error", yields_to=(*_ODD, "BD516"), readings="all", judges_blanks=True,
    each=lambda table, column: bool(column.levels),
    says="In “{value}” {value_why}.",
    fix="Write the upper level first.",
    source="Convention of this data set: levels are read downwards",
    bad=edit("attachments", "rhomboid-minor.origin.2", levels="T1–C7"),
    good=edit("attachments", "rhomboid-minor.origin.2", levels="C7–T1"),
)  # fmt: skip
def range_that_runs_backwards(value_fault: Any) -> Any:
    """Ranges are read from above downwards; one that runs up is a slip in one of its ends, and nobody knows in which."""
    return value_fault.is_null() | (value_fault != "backwards")
