"""Segments: the steps of segmental muscles, the levels between which a group lies, and items that contradict each other."""

from __future__ import annotations

from typing import Any

from backdata.model import add, drop, edit, rule

_SYSTEMS = "Sheet groups, as the attachments of this data set have it (Gray 1918, Braus 1921 and others)"
_CONVENTION = "Convention of this data set (sheet attachments, from_origin)"


@rule(
    "BD522", view="attachments", blames="from_origin", severity="error",
    says="At the {end} of {muscle_name} stands the step “{from_origin}”, but {steps_taken}.",
    fix="Correct the step or the row in which it stands; if a source has it so, widen “steps” of {group_name} in the sheet groups.",
    source=_SYSTEMS,
    bad=edit("attachments", "multifidus-lumborum.insertion.1", from_origin="1–4 up"),
    good=edit("attachments", "multifidus-lumborum.insertion.1", from_origin="3–4 up"),
)  # fmt: skip
def step_that_the_group_does_not_take(strange_step: Any) -> Any:
    """Interspinales and intertransversarii join neighbours, rotatores go over one segment (breves) or two (longi), the multifidus
    over two to four (bundles to the next vertebra, which Gray counts with it, are rotatores here); levatores costarum descend to
    the rib below (breves) or the one after (longi).
    """
    return strange_step == ""


@rule(
    "BD523", view="attachments", blames="levels", severity="error",
    says="The {whose} lie at {home}; {beyond_home} is outside.",
    fix="Correct the levels or the muscle; if a source has it so, widen “{end}_levels” of {group_name} in the sheet groups.",
    source=_SYSTEMS,
    bad=edit("attachments", "serratus-posterior-inferior.insertion.1", levels="R7–R12"),
    good=edit("attachments", "serratus-posterior-inferior.insertion.1", levels="(R8) R9–R12"),
)  # fmt: skip
def levels_outside_those_of_the_group(beyond_home: Any) -> Any:
    """Muscles called cervicis end on cervical vertebrae, the suboccipital ones lie between axis and occiput, the levatores costarum
    begin at C7, the serrati posteriores leave the middle ribs free. Levels that only some sources have stand in parentheses, here
    as in the group.
    """
    return beyond_home == ""


@rule(
    "BD524", view="attachments", blames="end", severity="error", explains=("BD402", "BD403", "BD518", "BD519", "BD520", "BD521", "BD523", "BD532", "BD549", "BD701", "BD704", "BD705", "BD706"), within="muscle",
    says="Origin and insertion of {muscle_name} seem to be exchanged: each lies where in {group_name} the other should.",
    fix="Exchange “origin” and “insertion” in the rows of this muscle.",
    source=_SYSTEMS,
    bad=(drop("attachments", "serratus-posterior-inferior.origin.2"),
         edit("attachments", "serratus-posterior-inferior.origin.1", structure="rib", levels="R9–R12"),
         edit("attachments", "serratus-posterior-inferior.insertion.1", structure="spinous-process", levels="T11–L2", part=None)),
    good=edit("attachments", "serratus-posterior-inferior.origin.1", levels="T11–L2"),
)  # fmt: skip
def origin_and_insertion_exchanged(exchanged: Any) -> Any:
    """Two lists pasted into each other's place look right one by one; against the group they do not."""
    return exchanged == ""


@rule(
    "BD525", view="attachments", blames="from_origin", severity="warning", waits_for="muscle", judges_blanks=True,
    says="Bundles of {group_name} go {step_owed}, but this insertion of {muscle_name} does not say how far.",
    fix="State the step from the origin, as in “1 up”.",
    source=_CONVENTION,
    bad=edit("attachments", "intertransversarii-thoracis.insertion.1", from_origin=None),
    good=edit("attachments", "intertransversarii-thoracis.insertion.1", part="tip"),
)  # fmt: skip
def segmental_insertion_without_its_step(step_owed: Any) -> Any:
    """Two ranges of vertebrae do not tell which bundle goes where; the step does."""
    return step_owed == ""


@rule(
    "BD526", view="attachments", blames="levels", severity="warning", waits_for="run",
    says="No {end} of {group_name} lies at {lacking}, where there should be one; this one comes nearest.",
    fix="Correct the levels here or beside the gap; if the sources have nothing there, put it in parentheses in “{end}_levels” of the group.",
    source=_SYSTEMS,
    bad=edit("attachments", "serratus-posterior-inferior.insertion.1", levels="R10–R12"),
    good=edit("attachments", "serratus-posterior-inferior.origin.1", levels="T11–L2"),
)  # fmt: skip
def gap_between_the_muscles_of_a_group(lacking: Any) -> Any:
    """The muscles of a group follow each other along the spine, and together they fill the levels of the group. A border that is typed
    too short leaves a gap.
    """
    return lacking == ""


@rule(
    "BD527", view="attachments", blames="structure", severity="error", waits_for="muscle",
    says="{muscle_name} inserts on the {same_place}, from where it also arises.",
    fix="Correct the one that was pasted; a muscle joins two places.",
    source="Convention of this data set (sheet attachments)",
    bad=edit("attachments", "intertransversarii-thoracis.insertion.1", levels="T11–T12"),
    good=edit("attachments", "intertransversarii-thoracis.origin.1", part="tip"),
)  # fmt: skip
def origin_and_insertion_at_the_same_place(same_place: Any) -> Any:
    """The same structure at the same levels at both ends is one cell copied over the other."""
    return same_place == ""


@rule(
    "BD528", view="attachments", blames="levels", severity="warning", waits_for="muscle",
    says="This item and an earlier one both name the {structure_name} at {shared_levels}.",
    fix="Correct the levels of one of them, make them one item, or say in “part” in what they differ.",
    source="Policy for readings (docs/content.md)",
    bad=add("attachments", "rhomboid-minor.origin.2", item="4", levels="T1–T2"),
    good=add("attachments", "rhomboid-minor.origin.2", item="4", levels="T2"),
)  # fmt: skip
def two_items_at_the_same_levels(shared_levels: Any) -> Any:
    """Items are joined by "and"; what two of them name is said twice, and mostly the border between them was mistyped."""
    return shared_levels == ""


@rule(
    "BD529", view="attachments", blames="levels", severity="warning",
    says="An alternative reading of this item says the very same: {structure_name}, {levels}.",
    fix="Correct the one that was mistyped; if both sources have it so, name the other one in “also” and delete its row.",
    source="Policy for readings (docs/content.md)",
    bad=edit("attachments", "splenius-capitis.origin.2", levels="T1–T3"),
    good=edit("attachments", "splenius-capitis.origin.2", levels="C7–T2"),
)  # fmt: skip
def alternative_that_says_the_same(repeated_by: Any) -> Any:
    """Sources differ by a vertebra, so a preferred reading that slips by one often lands on what another source has."""
    return repeated_by == ""
