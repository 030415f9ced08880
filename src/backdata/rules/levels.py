"""Levels of attachments and arteries: does the structure or vessel exist there?"""

from __future__ import annotations

from typing import Any

from backdata.model import edit, rule


@rule(
    "BD513", view="attachments", blames="levels", severity="error", readings="all", judges_blanks=True,
    says="There is no {structure_name} at {levels_beyond}; it is found at {found_at}.",
    fix="Correct the levels or the structure; if the source is right, widen “found_at” in the sheet structures.",
    source="Gray 1918",
    bad=edit("attachments", "multifidus-lumborum.origin.1", levels="T8–L5"),
    good=edit("attachments", "multifidus-lumborum.origin.1", levels="L2–L5"),
)  # fmt: skip
def structure_absent_at_this_level(levels_beyond: Any) -> Any:
    """Only lumbar vertebrae have mammillary processes, and the atlas has no spine: a level outside is a slip."""
    return levels_beyond.is_null()


@rule(
    "BD515", view="attachments", blames="levels", severity="error", readings="all",
    says="The {structure_name} has no levels to count, yet “{levels}” stands here.",
    fix="Empty the cell, or choose a structure that each vertebra or rib has.",
    source="Convention of this data set (sheet structures, levels_of)",
    bad=edit("attachments", "rhomboid-minor.insertion.1", levels="T3"),
    good=edit("attachments", "rhomboid-minor.insertion.1", levels=None),
)  # fmt: skip
def levels_of_a_single_structure(levels: Any, levels_of: Any) -> Any:
    """A border of the scapula lies somewhere but is not repeated from level to level."""
    return ~levels.is_null(), levels_of != "none"


@rule(
    "BD516", view="blood_supply", blames="levels", severity="error", readings="all",
    says="The {vessel_name} is one vessel without levels to count, yet “{levels}” stands here.",
    fix="Empty the cell, or choose the vessel that each level has.",
    source="Convention of this data set (sheet vessels, levels_of)",
    bad=edit("blood_supply", "rhomboid-minor.blood_supply.1", levels="T2–T5"),
    good=edit("blood_supply", "serratus-posterior-inferior.blood_supply.1", levels="T9–T11"),
)  # fmt: skip
def levels_of_a_single_vessel(levels: Any, vessel_levels_of: Any) -> Any:
    """The posterior intercostal arteries are a series that can be counted; the dorsal scapular artery is not."""
    return ~levels.is_null(), vessel_levels_of != "none"
