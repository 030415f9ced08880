"""Actions: sides and directions, what a group moves and is there to move, and movements that speak against each other."""

from __future__ import annotations

from typing import Any

from backdata.model import edit, rule


@rule(
    "BD541", view="actions", blames="side", severity="error",
    says="{muscle_name}: {movement_name} to a side is what the muscle of one side does alone, but here it stands as {side}.",
    fix="Write unilateral, or state what both sides do together as a movement of its own.",
    source="Gray 1918",
    bad=edit("actions", "multifidi.action.3", side="bilateral"),
    good=edit("actions", "multifidi.action.1", side="any"),
)  # fmt: skip
def both_sides_bending_to_a_side(side: Any, has_direction: Any) -> Any:
    """When the muscles of both sides pull together, their pulls to the left and to the right cancel out."""
    return has_direction == "yes", side == "unilateral"


@rule(
    "BD542", view="actions", blames="direction", severity="error", judges_blanks=True, yields_to=("BD204",),
    says="{muscle_name}: to which side {movement_name} of the {of} goes is not said.",
    fix="Write ipsilateral (to its own side) or contralateral (to the other).",
    source="Gray 1918",
    bad=edit("actions", "splenius-capitis.action.4", direction=None),
    good=edit("actions", "splenius-capitis.action.1", direction=None),
)  # fmt: skip
def movement_to_a_side_without_the_side(direction: Any, has_direction: Any) -> Any:
    """Whether a muscle turns the face to its own side or to the other is what is asked, and what tells the systems apart."""
    return has_direction == "yes", ~direction.is_null()


@rule(
    "BD543", view="actions", blames="direction", severity="error", readings="all",
    says="{muscle_name}: {movement_name} does not go to a side, and yet it is called {direction}.",
    fix="Leave the cell empty, or correct the movement.",
    source="Gray 1918",
    bad=edit("actions", "trapezius-ascending.action.1", direction="ipsilateral"),
    good=edit("actions", "trapezius-descending.action.4", movement="rotation", side="unilateral", direction="contralateral"),
)  # fmt: skip
def side_of_a_movement_that_goes_to_none(direction: Any, has_direction: Any) -> Any:
    """A side beside extension or elevation shows that the movement was changed and the rest of the row was not."""
    return ~direction.is_null(), has_direction != "no"


@rule(
    "BD544", view="actions", blames="direction", severity="error",
    says="{muscle_name}: {movement_name} of the {of} stands as {direction}, but for {for_whom} it is {right_side}.",
    fix="Correct the direction; if the source is right, grant an exception with it.",
    source="Gray 1918; Braus 1921",
    bad=edit("actions", "multifidi.action.3", direction="ipsilateral"),
    good=edit("actions", "trapezius-descending.action.8", direction="ipsilateral"),
)  # fmt: skip
def movement_to_the_wrong_side(direction: Any, right_side: Any) -> Any:
    """A muscle beside the axis bends to its own side. Behind the spine, bundles that run up and outward turn to their own side,
    bundles that run up and inward to the other: the sheet groups says which, and the sheet movements what always goes to one side.
    """
    return ~right_side.is_null(), direction == right_side


@rule(
    "BD545", view="actions", blames="movement", severity="warning", waits_for="run",
    says="{muscle_name} does not have {both_sides_name} among its actions, although in {group_name} both sides together bring it about.",
    fix="Add it from a source; if the muscle truly has no part in it, grant an exception with its source.",
    source="Gray 1918, p. 402",
    bad=edit("actions", "multifidi.action.1", movement="stabilisation"),
    good=edit("actions", "multifidi.action.1", of="thoracic spine"),
)  # fmt: skip
def muscle_without_what_both_sides_do(leads_muscle: Any, has_both_sides: Any) -> Any:
    """The back's own muscles lie behind the axes of the spine and the head, so that both sides together extend them. The sheet
    groups says of which muscles this holds. A muscle with actions of its own no longer takes those of its group, so it is stated
    again with the muscle.
    """
    return leads_muscle, has_both_sides


@rule(
    "BD546", view="actions", blames="movement", severity="warning", yields_to=("BD543", "BD547", "BD549"),
    says="{muscle_name} stands with {movement_name} of the {of}, but {opposed}, which is against it.",
    fix="Read the sources again; if both are true of different bundles, say so by parts or under conditions, and grant an exception.",
    source="Gray 1918",
    bad=edit("actions", "trapezius-transverse.action.1", movement="protraction"),
    good=edit("actions", "trapezius-ascending.action.3", movement="protraction", of="arm"),
)  # fmt: skip
def movement_and_its_antagonist(opposed: Any) -> Any:
    """A muscle that raises a thing and lowers it as well, or bends forward what its group bends backward, is mostly a slip of
    one word, or two muscles in one row.
    """
    return opposed == ""


@rule(
    "BD547", view="actions", blames="of", severity="error", yields_to=("BD204",),
    says="{muscle_name} is said to move the {of}, but for {group_name} the sheet groups has: {moves}.",
    fix="Correct what moves or the muscle; if the source is right, add it in the sheet groups.",
    source="Gray 1918; the sheet groups",
    bad=edit("actions", "splenius-capitis.action.4", of="scapula"),
    good=edit("actions", "serratus-posterior-inferior.action.1", of="thorax"),
)  # fmt: skip
def movement_of_what_the_group_does_not_move(moved_by_group: Any) -> Any:
    """Superficial muscles move the shoulder girdle and the arm (and the head or the spine, when these are held still), intermediate
    ones the ribs, deep ones the spine and the head, a few of them the ribs.
    """
    return moved_by_group


@rule(
    "BD548", view="actions", blames="of", severity="warning", waits_for="run",
    says="{muscle_name} belongs to {group_name}, whose muscles are there to move: {moves_chiefly}; none of its actions moves any of these.",
    fix="Correct what moves, add the missing action, or correct the group of the muscle.",
    source="Gray 1918; the sheet groups",
    bad=edit("actions", "rhomboid-minor.action.*", of="neck"),
    good=edit("actions", "rhomboid-minor.action.1", of="arm"),
)  # fmt: skip
def muscle_that_does_not_do_what_its_layer_does(leads_muscle: Any, has_chief: Any) -> Any:
    """The layers of the back are told apart by what they move; a muscle that does nothing of it stands in the wrong group, or
    its chief action is missing.
    """
    return leads_muscle, has_chief


@rule(
    "BD549", view="actions", blames="of", severity="error", waits_for="muscle", yields_to=("BD204", "BD547"),
    says="{muscle_name} is said to move the {of}, but it lies at {muscle_span} and does not reach there.",
    fix="Correct what moves, or the attachments.",
    source="Gray 1918; the sheet attachments",
    bad=edit("actions", "trapezius-descending.action.8", of="lumbar spine"),
    good=edit("actions", "trapezius-descending.action.8", of="cervical spine"),
)  # fmt: skip
def movement_of_what_the_muscle_does_not_reach(reached: Any) -> Any:
    """A muscle moves the bones to which it runs. The atlas turns with the head, so a muscle that ends on it moves the head."""
    return reached
