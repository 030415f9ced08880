"""Attachments: origin and insertion lie where the muscle's name and its group have them, and agree with each other."""

from __future__ import annotations

from typing import Any

from backdata.model import edit, rule

_SYSTEMS = "Sheet groups, as the attachments of this data set have it (Gray 1918, Braus 1921 and others)"


@rule(
    "BD517", view="attachments", blames="structure", severity="error",
    says="{muscle_name} is called {region_word}, so its insertion is expected on {region}, not on {beyond_region}.",
    fix="Correct the structure or the muscle; if the name misleads here, grant an exception with its source.",
    source="Latin names of TA2 against the attachments of this data set",
    bad=edit("attachments", "splenius-capitis.insertion.2", structure="transverse-process", levels="C1", part=None),
    good=edit("attachments", "splenius-capitis.insertion.2", structure="occipital-bone"),
)  # fmt: skip
def insertion_outside_the_region_of_the_name(beyond_region: Any) -> Any:
    """Muscles of the back are named after where they insert: capitis on the skull, cervicis or colli on cervical vertebrae,
    costarum on ribs, scapulae on the scapula. Thoracis and lumborum are taken more widely: the semispinalis thoracis reaches C6,
    the iliocostalis lumborum the ribs. The obliquus capitis inferior, which ends on the atlas, is the one known exception. Where
    the structure fits and only its levels lie outside of the region, BD523 tells of it.
    """
    return beyond_region == ""


@rule(
    "BD518", view="attachments", blames="structure", severity="error",
    says="{muscle_name} has its {end} on the {structure_name}, but the {end}s of {group_name} lie on: {kinds_allowed}.",
    fix="Correct the structure, the end or the muscle; if a source has it so, add “{kind}” to “{end}_on” in the sheet groups.",
    source=_SYSTEMS,
    bad=edit("attachments", "serratus-posterior-inferior.insertion.1", structure="transverse-process", levels="T9–T12"),
    good=edit("attachments", "serratus-posterior-inferior.origin.2", structure="nuchal-ligament"),
)  # fmt: skip
def attachment_on_a_structure_strange_to_the_group(strange_kind: Any) -> Any:
    """The systems of the back differ in what they join: spinotransverse muscles run from spines to transverse processes and the
    skull, transversospinal ones from transverse processes to spines and the skull; superficial ones end on the shoulder girdle or
    the arm, intermediate ones on ribs.
    """
    return strange_kind == ""


@rule(
    "BD519", view="attachments", blames="levels", severity="warning", waits_for="muscle",
    says="Of all readings of this item the preferred one stands alone with {stands_alone}.",
    fix="Look the levels up again; if the source is right, consider to prefer a reading that others share.",
    source="Policy for readings (docs/content.md)",
    bad=edit("attachments", "splenius-capitis.origin.2", levels="C7–T5"),
    good=edit("attachments", "splenius-capitis.origin.2", levels="C7–T2"),
)  # fmt: skip
def preferred_levels_that_nobody_shares(stands_alone: Any) -> Any:
    """Sources differ by a vertebra at one end or the other. A preferred reading that reaches farther than three or more others (or
    two that agree), or neither begins nor ends like any of them, is more often mistyped than right.
    """
    return stands_alone == ""


@rule(
    "BD520", view="attachments", blames="levels", severity="error",
    says="Insertions of {group_name} lie {should_lie} their origins, but {muscle_name} has {wrong_side}.",
    fix="Correct the levels of the insertion or of the origin, or exchange the two ends.",
    source=_SYSTEMS,
    bad=edit("groups", "intermediate", insertion_lies="below"),
    good=edit("groups", "intermediate", insertion_lies="above"),
)  # fmt: skip
def insertion_on_the_wrong_side_of_the_origin(wrong_side: Any) -> Any:
    """Intrinsic muscles are described upwards, from the origin below to the insertion above; only the levatores costarum descend.
    Neighbouring bundles overlap, so only the highest and the lowest levels of both ends are compared; a rib counts as the vertebra
    of its number.
    """
    return wrong_side == ""


@rule(
    "BD521", view="attachments", blames="levels", severity="error", waits_for="muscle",
    says="{muscle_name} steps “{from_origin}” from its origin, which leads to {step_leads_to}; “{levels}” does not fit that.",
    fix="Correct the levels here or at the origin, or the step; every bundle that arises must arrive.",
    source=_SYSTEMS,
    bad=edit("attachments", "intertransversarii-anteriores-cervicis.insertion.1", levels="C1–C5"),
    good=(edit("attachments", "intertransversarii-anteriores-cervicis.origin.1", levels="(C2) C3–C7"),
          edit("attachments", "intertransversarii-anteriores-cervicis.insertion.1", levels="(C1) C2–C6")),
)  # fmt: skip
def step_that_does_not_lead_to_the_levels(step_leads_to: Any) -> Any:
    """A stated step and the levels at both ends say the same twice, so a slip in one of them shows. Where every bundle takes the same
    step, each origin has its insertion; where the steps differ, the lowest bundle must still arrive somewhere, and the highest
    insertion must have its origin.
    """
    return step_leads_to == ""
