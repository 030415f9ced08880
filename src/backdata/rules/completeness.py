"""Completeness: is every muscle there, and does each answer the questions a learner asks?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from backdata.model import Edit, Rule, add, drop, edit, rule

_ASKED = "Every atlas table gives origin, insertion, action, nerve and artery; TA2 names the muscles"


@rule(
    "BD401", view="inventory", blames="muscle", severity="error",
    says="{muscle_words} is missing in the sheet muscles, though {required_by} lists it.",
    fix="Put its row back into the sheet muscles; if it was dropped on purpose, take it off the inventory too.",
    source="TA2",
    bad=drop("muscles", "rhomboid-minor"),
    good=(drop("muscles", "rhomboid-minor"), drop("inventory", "rhomboid-minor"), drop("attachments", "rhomboid-minor.*"),
          drop("actions", "rhomboid-minor.*"), drop("innervations", "rhomboid-minor.*"), drop("blood_supply", "rhomboid-minor.*"),
          drop("nerves", "dorsal-scapular-nerve"), drop("structures", "scapula-medial-border")),
)  # fmt: skip
def muscle_of_the_inventory_missing(listed: Any) -> Any:
    """What must be there stands in the inventory, so that a missing muscle has a row to stand on."""
    return listed


def _muscle_or_group(table: Any, column: Any) -> bool:
    """What no muscle of a group has is told once, at the group."""
    return bool(table.name in ("muscles", "groups") and column.name == "id")


def _owes(code: str, topic: str, sheet: str, bad: Edit, good: Edit) -> Callable[[Callable[..., Any]], Rule]:
    return rule(
        code, view="*", blames="*", severity="error", source=_ASKED, bad=bad, good=good, each=_muscle_or_group, waits_for="muscle",
        explains=("BD532", "BD533", "BD549"), within="muscle",
        says=f"{{name}} has no {topic}: {{looked}}.",
        fix=f"Add the {topic} in the sheet {sheet}, with its source; where no source has it, an exception says so.",
    )  # fmt: skip


@_owes(
    "BD402",
    "origin",
    "attachments",
    drop("attachments", "rhomboid-minor.origin.*"),
    drop("attachments", "rhomboid-minor.origin.3"),
)
def muscle_without_origin(owes_origin: Any) -> Any:
    """The first thing a learner asks of a muscle. A part may leave it to its whole, a muscle to its group."""
    return ~owes_origin


@_owes("BD403", "insertion", "attachments", drop("attachments", "rhomboid-minor.insertion.*"),
       add("attachments", "rhomboid-minor.insertion.1", item="2", part="lip"))  # fmt: skip
def muscle_without_insertion(owes_insertion: Any) -> Any:
    """Without its insertion nobody can say what a muscle moves."""
    return ~owes_insertion


@_owes(
    "BD404",
    "action",
    "actions",
    drop("actions", "rhomboid-minor.*"),
    drop("actions", "serratus-posterior-inferior.action.5"),
)
def muscle_without_action(owes_action: Any) -> Any:
    """A muscle is learnt for what it does; where sources doubt it, the doubt is the answer."""
    return ~owes_action


@_owes("BD405", "motor nerve", "innervations", drop("innervations", "rhomboid-minor.*"),
       edit("innervations", "trapezius.innervation.2", note="pain and position sense"))  # fmt: skip
def muscle_without_motor_nerve(owes_motor_nerve: Any) -> Any:
    """Every skeletal muscle has a motor nerve; a sensory one alone does not answer the question."""
    return ~owes_motor_nerve


@_owes("BD406", "blood supply", "blood_supply", drop("blood_supply", "rhomboid-minor.*"),
       edit("blood_supply", "rhomboid-minor.blood_supply.1", note=None))  # fmt: skip
def muscle_without_blood_supply(owes_blood_supply: Any) -> Any:
    """A surgeon raises flaps on its artery, and a student is asked for it."""
    return ~owes_blood_supply


@rule(
    "BD407", view="muscles", blames="id", severity="warning",
    says="No fact about {name} cites a source that is openly licensed or in the public domain.",
    fix="Look one of its facts up in an open source (“open” in the sheet sources) and name it in “source” or “also”.",
    source="Policy for sources (docs/content.md)",
    bad=(*(edit(sheet, "intertransversarii-thoracis.*", source="docslib", page=None, also=None)
           for sheet in ("attachments", "innervations", "blood_supply")),
         edit("actions", "intertransversarii.*", source="docslib", also=None)),
    good=(edit("attachments", "intertransversarii-thoracis.*", source="docslib", page=None, also=None),
          edit("actions", "intertransversarii.*", source="docslib", also=None)),
)  # fmt: skip
def muscle_without_an_open_source(owes_open_source: Any) -> Any:
    """What anybody may look up and quote can be checked by anybody; books behind a counter cannot."""
    return ~owes_open_source


@rule(
    "BD411", view="muscles", blames="group", severity="error", judges_blanks=True,
    says="{name} belongs to no group and is part of no muscle.",
    fix="Fill in its group; for a part, fill in “part_of” instead.",
    source="TA2",
    bad=edit("muscles", "rhomboid-minor", group=None),
    good=edit("muscles", "rhomboid-minor", group="Superficial muscles of the back"),
)  # fmt: skip
def muscle_without_a_group(group: Any, part_of: Any) -> Any:
    """A muscle outside the groups has no layer, no development and inherits nothing."""
    return ~group.is_null() | ~part_of.is_null()
