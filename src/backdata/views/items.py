"""Questions, items and readings: how the rows of a question are numbered, what each item says, and who says otherwise."""

from __future__ import annotations

from collections import Counter

from backdata.anatomy.inheritance import Lineage, number, path
from backdata.model import UNSOURCED, Row, cited, topic_of
from backdata.verbs import View
from backdata.views import free

QUESTIONS = {  # what the rows of one question have in common
    "attachments": ("muscle", "end"),
    "actions": ("muscle",),
    "innervations": ("muscle",),
    "blood_supply": ("muscle",),
    "vessel_links": ("vessel", "relation"),
    "territories": ("region", "layer"),
}
_CONTENT = {  # what a fact says, beside its number and its source
    "attachments": ("muscle", "end", "structure", "levels", "part", "from_origin"),
    "actions": ("muscle", "side", "movement", "of", "direction", "condition"),
    "innervations": ("muscle", "nerve", "segments", "role"),
    "blood_supply": ("muscle", "vessel", "levels"),
}


def of(view: View) -> View:
    """A view of facts with the columns that speak of its questions, items and readings.

    ``items`` is how many there ought to be: one per preferred row, and one per item that has none.
    """
    view = _numbered(view, QUESTIONS[view.name])
    withdrawn = {str(row.get("id")) for row in view.sources["withdrawn"].rows}
    free_numbers = free.numbers(view.sources[view.name].rows, QUESTIONS[view.name], withdrawn)
    view = view.parsed("item_next", ("_row",), free_numbers.get)
    if view.name in _CONTENT:
        view = view.parsed("content", ("reading", *_CONTENT[view.name]), _content).first("content_first", "content")
        again = _said_again(view)
        view = view.parsed("said_by", ("_row",), lambda row: again.get(row, ""))
    return view


def _numbered(view: View, topic: tuple[str, ...]) -> View:
    suspects = {row["id"] for row in view.sources["suspects"].rows}
    taught = _sources_of_preferred(view, topic)
    known = {row["id"] for row in view.sources["subjects"].rows}
    withdrawn = Counter(str(row.get("id")).rpartition(".")[0] for row in view.sources["withdrawn"].rows)

    def settled(owner: str | None) -> bool:
        """Whether the rows of an owner are all there, as far as one can see."""
        return owner not in suspects and (topic[0] != "muscle" or owner in known)

    names = {row.get("id"): row.get("name") or row.get("id") for row in view.sources["sources"].rows}

    def on_both_sides(source: str | None, also: str | None, *item: str | None) -> str | None:
        """By name, the sources of a reading that the preferred reading of its item cites too."""
        ours = dict.fromkeys(cited({"source": source, "also": also}))
        return " and ".join(str(names.get(each, each)) for each in ours if each in taught.get(item, ())) or None

    return (
        view.first("item_first", *topic, "item")
        .parsed("source_on_both_sides", ("source", "also", *topic, "item"), on_both_sides)
        .first("reading_first", *topic, "item", "reading")
        .count("preferred_in_item", *topic, "item", where=("reading", "preferred"))
        .count("alternatives_in_item", *topic, "item", where=("reading", "alternative"))
        .parsed("is_first", ("_row", "item_first"), lambda row, first: row == first, kind="flag")
        .parsed("leads", ("reading", "is_first", "preferred_in_item"), _leads, kind="flag")
        .count("items", *topic, where=("leads", True))
        .parsed("item_number", ("item",), number, kind="whole")
        .largest("last_item", *topic, of="item_number")
        .parsed("is_extra", ("reading", "_row", "reading_first"), _is_extra, kind="flag")
        .count("extras", *topic, where=("is_extra", True))
        .parsed("settled", topic[:1], settled, kind="flag")
        .parsed("withdrawn_items", ("_id",), lambda id: withdrawn[id.rpartition(".")[0]], kind="whole")
    )


def _sources_of_preferred(view: View, topic: tuple[str, ...]) -> dict[tuple[str | None, ...], set[str]]:
    """Item → the sources that its preferred reading cites."""
    found: dict[tuple[str | None, ...], set[str]] = {}
    for row in view.sources[view.name].rows:
        if row.get("reading") == "preferred":
            item = (*(row.get(key) for key in topic), row.get("item"))
            found.setdefault(item, set()).update({*cited(row)} - {UNSOURCED})
    return found


def _is_extra(reading: str | None, row: int, first: int | None) -> bool:
    return reading == "preferred" and first is not None and row != first


def _content(reading: str | None, muscle: str | None, *said: str | None) -> str | None:
    """What a fact says, as one text; alternatives may well say what another item says."""
    return None if muscle is None or reading == "alternative" else " | ".join((muscle, *(cell or "" for cell in said)))


def _said_again(view: View) -> dict[int, str]:
    """First row of a question → who answers it in the same words further up, so that it would be inherited.

    What has a remark, or another reading beside it, says more than what it would inherit.
    """
    table, (_, *said) = view.name, _CONTENT[view.name]
    lineage = Lineage.of(view.sources["muscles"].rows, view.sources["groups"].rows)
    parents = {id: row.get("parent") for id, row in lineage.groups.items()}
    questions: dict[tuple[str, str], list[Row]] = {}
    for row in view.sources[table].rows:
        questions.setdefault((str(row.get("muscle")), topic_of(table, row)), []).append(row)

    def answer(owner: str, topic: str) -> set[tuple[str | None, ...]]:
        rows = questions.get((owner, topic), ())
        return {tuple(row.get(column) for column in said) for row in rows if row.get("reading") == "preferred"}

    found = {}
    for (owner, topic), rows in questions.items():
        _, *above = lineage.owners(owner) if owner in lineage.muscles else path(owner, parents) or (owner,)
        nearest = next((each for each in above if answer(each, topic)), None)
        bare = all(
            row.get("reading") == "preferred" and not row.get("note") and not row.get("constancy") for row in rows
        )
        if nearest and bare and answer(nearest, topic) == answer(owner, topic):
            found[rows[0]["_row"]] = str(
                (lineage.muscles.get(nearest) or lineage.groups[nearest]).get("name") or nearest
            )
    return found


def _leads(reading: str | None, is_first: bool, preferred_in_item: int | None) -> bool:
    return reading == "preferred" or (is_first and preferred_in_item == 0)
