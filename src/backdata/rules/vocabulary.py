"""The vocabulary: groups as a tree, and ids that lead to one thing only."""

from __future__ import annotations

from typing import Any

from backdata.model import add, edit, rule


@rule(
    "BD302", view="muscles", blames="id", severity="error",
    says="“{id}” is the id of a group too.",
    fix="Give the muscle another id; facts stated on this one could mean either.",
    source="Policy for ids (CONTRIBUTING.md)",
    bad=add("groups", "superficial", id="rhomboid-minor", name="rhomboids"),
    good=add("groups", "superficial", id="rhomboids", name="rhomboids"),
)  # fmt: skip
def id_of_a_muscle_and_a_group(id_of_a_group: Any) -> Any:
    """Facts are stated on muscles and on groups by id; one id must not mean both."""
    return ~id_of_a_group


@rule(
    "BD304",
    view="muscles",
    blames="part_of",
    severity="error",
    says="{name} is part of itself.",
    fix="Correct “part_of” here or in one of the wholes above; a whole muscle leaves it blank and names its group.",
    source="TA2 (its hierarchy is a tree)",
    bad=edit("muscles", "trapezius-ascending", part_of="trapezius-ascending"),
    good=edit("muscles", "trapezius-ascending", part_of="Trapezius"),
)
def muscle_within_itself(own_whole: Any) -> Any:
    """Parts take what their whole has; in a circle nobody has anything, and nothing would be missed."""
    return ~own_whole


@rule(
    "BD305", view="*", blames="*", severity="warning", waits_for="run",
    each=lambda table, column: column.name == "kept",
    says="Nothing in the tables uses the term {name}.",
    fix="Use it, delete it, or say in “kept” why it is kept.",
    source="Policy for the vocabulary (docs/content.md)",
    judges_blanks=True,
    bad=add("movements", "rotation", id="circumduction", name="circumduction", synonyms=None),
    good=add("movements", "rotation", id="circumduction", name="circumduction", synonyms=None, kept="for the arm"),
)  # fmt: skip
def term_that_nothing_uses(value: Any, used: Any) -> Any:
    """A closed vocabulary holds what its tables speak of; a term nobody uses is a slip of the pen, or left over. Told only where
    no error is found: a missing row leaves terms unused.
    """
    return used | ~value.is_null()


@rule(
    "BD303", view="groups", blames="parent", severity="error",
    says="{name} is an ancestor of itself.",
    fix="Correct the parent here or in one of the groups above.",
    source="TA2 (its hierarchy is a tree)",
    bad=edit("groups", "deep", parent="transversospinal"),
    good=edit("groups", "multifidi", parent="deep"),
)  # fmt: skip
def group_within_itself(own_ancestor: Any) -> Any:
    """Groups form a tree; in a circle nothing can be inherited."""
    return ~own_ancestor


@rule(
    "BD306", view="*", blames="*", severity="warning",
    each=lambda table, column: {"id", "name"} <= table.columns.keys() and column.name in ("name", "latin", "plural", "synonyms"),
    says="“{value_shared}” may mean {name} or {value_belongs}.",
    fix="Leave it to the one that is called so as a rule; give the other a longer name.",
    source="Policy for the vocabulary (docs/content.md)",
    bad=edit("structures", "occipital-bone", synonyms="occiput; mastoid process"),
    good=edit("structures", "occipital-bone", synonyms="occiput; occipital bone"),
)  # fmt: skip
def name_of_two_terms(value_shared: Any) -> Any:
    """One name for two things, or two rows for one thing: either way a name that is typed leads nowhere, and readers mix them up."""
    return value_shared.is_null()


@rule(
    "BD307", view="*", blames="*", severity="error", readings="all",
    each=lambda table, column: bool(column.refers_to),
    says="“{value}” is not clear: it may mean {value_ambiguous}.",
    fix="Write the id of the one that is meant, or a name that only it has.",
    source="Policy for the vocabulary (docs/content.md)",
    bad=(edit("structures", "occipital-bone", synonyms="occiput; back of the head"),
         edit("structures", "superior-nuchal-line", synonyms="back of the head"),
         add("exceptions", "BD503 *", rule="BD306", row_id="superior-nuchal-line", column="synonyms", value="back of the head"),
         edit("attachments", "splenius-capitis.insertion.1", structure="back of the head")),
    good=edit("attachments", "splenius-capitis.insertion.1", structure="Processus mastoideus"),
)  # fmt: skip
def name_that_may_mean_two(value_ambiguous: Any) -> Any:
    """A name that two rows share resolves to neither; the program must not choose for the editor."""
    return value_ambiguous.is_null()
