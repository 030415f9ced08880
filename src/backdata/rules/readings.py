"""Items and readings: items are joined by "and" and numbered without gaps; readings of one item are joined by "or"."""

from __future__ import annotations

from typing import Any

from backdata.model import FACT_TABLES, UNSOURCED, add, drop, edit, rule

_POLICY = "Policy for readings (docs/content.md)"
_TABLES = ("attachments", "actions", "innervations", "blood_supply", "vessel_links", "territories")


def _has_readings(table: Any, column: Any) -> bool:
    return table.name in _TABLES and column.name == "reading"


@rule(
    "BD421", view="*", blames="*", severity="error", explains=("BD423",), within="question", waits_for="question", readings="all",
    each=lambda table, column: table.name in _TABLES and column.name == "item",
    says="The numbering has a gap: this is item {value} of {items}.",
    fix="Put the missing row back; if it was taken out on purpose, write its id into the sheet withdrawn.",
    source=_POLICY,
    bad=drop("attachments", "rhomboid-minor.origin.1"),
    good=drop("attachments", "rhomboid-minor.origin.3"),
)  # fmt: skip
def gap_in_the_items(
    item_number: Any, last_item: Any, item_first: Any, _row: Any, items: Any, withdrawn_items: Any, settled: Any
) -> Any:
    """A number that is missing is a row that was deleted, or two lists that were pasted together."""
    return settled & (item_number == last_item) & (item_first == _row), item_number <= items + withdrawn_items


@rule(
    "BD422", view="*", blames="*", severity="error", explains=("BD421", "BD423"), within="question", readings="all", related="reading_first",
    each=_has_readings,
    says="Item {item} has two preferred readings.",
    fix="Leave one preferred and make the other an alternative; if both hold together, give this one its own item number.",
    source=_POLICY,
    bad=add("attachments", "rhomboid-minor.origin.1", source="braus-1921"),
    good=add("attachments", "rhomboid-minor.origin.1", source="braus-1921", also=None, reading="alternative", part="lower third"),
)  # fmt: skip
def two_preferred_readings(value: Any, reading_first: Any, key_first: Any, _row: Any) -> Any:
    """What we teach is one reading of an item; with two, a card would present a dispute as settled twice."""
    return (value == "preferred") & (key_first == _row), reading_first == _row


@rule(
    "BD423", view="*", blames="*", severity="error", waits_for="question", readings="all",
    each=_has_readings,
    says="Item {item} has only alternative readings and no preferred one.",
    fix="Mark the best-supported reading as preferred; if only this source has the item at all, call it an addition.",
    source=_POLICY,
    bad=edit("attachments", "rhomboid-minor.insertion.1", reading="alternative"),
    good=add("attachments", "rhomboid-minor.insertion.1", reading="alternative", source="braus-1921", also=None, part=None),
    yields_to=("BD204",),
)  # fmt: skip
def no_preferred_reading(
    item_first: Any, _row: Any, preferred_in_item: Any, alternatives_in_item: Any, extras: Any, settled: Any
) -> Any:
    """An alternative is an alternative to something; without a preferred reading nothing is taught."""
    return settled & (extras == 0) & (item_first == _row), (preferred_in_item > 0) | (alternatives_in_item == 0)


@rule(
    "BD424", view="*", blames="*", severity="error", readings="all",
    each=_has_readings,
    says="Item {item} has a preferred reading, and yet this row calls itself an addition.",
    fix="Call it an alternative if it says the same thing otherwise; give it its own item number if it adds something.",
    source=_POLICY,
    bad=add("attachments", "rhomboid-minor.insertion.1", reading="addition", source="braus-1921"),
    good=add("attachments", "rhomboid-minor.insertion.1", item="2", reading="addition", source="braus-1921", part="lip"),
)  # fmt: skip
def addition_to_a_preferred_item(value: Any, preferred_in_item: Any) -> Any:
    """An addition is an item that only one source has; it stands alone under its number."""
    return value == "addition", preferred_in_item == 0


@rule(
    "BD425",
    view="*",
    blames="*",
    severity="error",
    readings="all",
    related="content_first",
    each=lambda table, column: table.name in FACT_TABLES and column.name == "item",
    says="Item {value} says word for word what an earlier item says.",
    fix="Delete it, or say in what it differs; a further source of the same fact goes into “also”.",
    source=_POLICY,
    bad=add("attachments", "rhomboid-minor.origin.1", item="4"),
    good=add("attachments", "rhomboid-minor.origin.1", item="4", part="upper part"),
)
def item_said_twice(content_first: Any, item_first: Any, _row: Any) -> Any:
    """A fact under two numbers is asked and counted twice."""
    return ~content_first.is_null() & (item_first == _row), content_first == _row


@rule(
    "BD426", view="*", blames="*", severity="error", readings="all",
    each=lambda table, column: table.name in _TABLES and column.name == "source",
    says="This alternative cites {source_on_both_sides}, and so does the preferred reading of item {item}.",
    fix="Leave the source on the side whose reading it has, and take it out of the other row.",
    source=_POLICY,
    bad=add("attachments", "rhomboid-minor.insertion.1", reading="alternative", part="lower third", page=None, also=None),
    good=add("attachments", "rhomboid-minor.insertion.1", reading="alternative", part="lower third", source="braus-1921",
             page=None, also=None),
)  # fmt: skip
def source_on_both_sides(reading: Any, preferred_in_item: Any, value_on_both_sides: Any) -> Any:
    """A dispute has at least two sources; one that stands on both sides has been read wrongly once."""
    return (reading == "alternative") & (preferred_in_item == 1), value_on_both_sides.is_null()


@rule(
    "BD427", view="*", blames="*", severity="warning", readings="all", yields_to=("BD301",),
    each=lambda table, column: column.refers_to == ("sources",),
    says="Nobody has read this in a source yet.",
    fix="Look it up and name the source.",
    source=_POLICY,
    bad=edit("attachments", "rhomboid-minor.origin.1", source="unsourced", page=None, also=None),
    good=edit("attachments", "rhomboid-minor.origin.1", source="braus-1921", page=None, also=None),
)  # fmt: skip
def fact_from_memory(value: Any) -> Any:
    """What somebody knows but nobody has read may be wrong; readers must be able to look every fact up."""
    return ~value.is_null(), ~value.str.contains(f"(?:^|; ){UNSOURCED}(?:;|$)")


@rule(
    "BD428", view="*", blames="*", severity="info", waits_for="run", readings="all",
    each=lambda table, column: table.name in FACT_TABLES and column.name == "item",
    says="{muscle_name} says here word for word what {said_by} says, from which it would take it anyway.",
    fix="Delete it, and add its sources to those of {said_by}; or say in what it differs.",
    source=_POLICY,
    bad=edit("innervations", "multifidus-lumborum.innervation.1", segments=None),
    good=edit("innervations", "multifidus-lumborum.innervation.1", segments=None, note="by their medial branches"),
)  # fmt: skip
def part_that_repeats_its_whole(said_by: Any) -> Any:
    """The nearest statement wins, and a blank inherits: what a part or a muscle repeats must be corrected twice from then on."""
    return said_by == ""
