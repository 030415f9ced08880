"""Nerves: the ramus follows the development of the muscle, and segments lie within the nerve's roots."""

from __future__ import annotations

from typing import Any

from backdata.model import add, drop, edit, rule


@rule(
    "BD501", view="innervations", blames="nerve", severity="error", yields_to=("BD502",),
    says="{muscle_name} is {development_name} and may be supplied by {allowed_rami} rami only, but the {nerve_name} is {ramus_words}.",
    fix="Choose a nerve with that ramus; if the source is right, state the muscle's own development and grant an exception there.",
    source="TA2; Gray 1918, p. 402",
    bad=edit("innervations", "multifidus-lumborum.innervation.1", nerve="accessory-nerve", segments=None),
    good=edit("innervations", "multifidus-lumborum.innervation.1", nerve="posterior-rami"),
)  # fmt: skip
def nerve_from_the_wrong_ramus(role: Any, ramus_allowed: Any) -> Any:
    """The ramus follows development: epaxial muscles, the intrinsic ones, keep the posterior rami of their own segments;
    muscles that came from the body wall or the limbs bring anterior rami along, those from the pharyngeal arches a cranial nerve.
    """
    return role == "motor", ramus_allowed


@rule(
    "BD502", view="innervations", blames="nerve", severity="error",
    says="{muscle_name} is an extrinsic muscle, but posterior rami supply the back's own muscles only, and so does the {nerve_name}.",
    fix="Choose an anterior ramus or a nerve that comes from one; posterior rami supply the back's own muscles.",
    source="TA2; Gray 1918, p. 402",
    bad=edit("innervations", "rhomboid-minor.innervation.1", nerve="posterior-rami"),
    good=(edit("innervations", "rhomboid-minor.innervation.1", nerve="anterior-rami", segments="C5"),
          drop("nerves", "dorsal-scapular-nerve")),
)  # fmt: skip
def extrinsic_muscle_with_a_posterior_ramus(role: Any, division: Any, ramus: Any) -> Any:
    """Extrinsic muscles immigrated into the back and keep the anterior rami, or the cranial nerve, of where they came from."""
    return (role == "motor") & (division == "extrinsic"), ramus != "posterior"


@rule(
    "BD537", view="innervations", blames="nerve", severity="warning", readings="all",
    says="{muscle_name} is {development_name}; that another source gives it the {nerve_name}, {ramus_words}, is unlikely.",
    fix="Look it up in the source once more; if it stands there, grant an exception.",
    source="TA2; Gray 1918, p. 402",
    bad=add("innervations", "multifidus-lumborum.innervation.1", reading="alternative", nerve="accessory-nerve", segments=None,
            source="braus-1921", also=None, page=None),
    good=add("innervations", "multifidus-lumborum.innervation.1", reading="alternative", nerve="anterior-rami",
             source="braus-1921", also=None, page=None),
)  # fmt: skip
def alternative_from_a_foreign_nerve(role: Any, reading: Any, ramus_allowed: Any, nerve_kind: Any) -> Any:
    """Sources quarrel over which ramus of a segment supplies a small muscle. A named nerve of another ramus is no such quarrel,
    but a slip, or a source that is alone.
    """
    return (role == "motor") & (reading != "preferred") & ~ramus_allowed, nerve_kind == "segmental"


@rule(
    "BD503", view="muscles", blames="development", severity="error", explains=("BD501",), within="muscle",
    says="{name} stands among the intrinsic muscles ({group_name}), but its development is {development_name}.",
    fix="Correct its development or its group; if both are right, grant an exception with its source.",
    source="TA2",
    bad=drop("exceptions", "BD503 intertransversarii-anteriores-cervicis development"),
    good=edit("muscles", "multifidus-lumborum", development="epaxial"),
)  # fmt: skip
def intrinsic_muscle_of_other_development(development: Any, division: Any) -> Any:
    """The back's own muscles are epaxial. A few that lie among them are not, and each of these is granted by name."""
    return (division == "intrinsic") & ~development.is_null(), development == "epaxial"


@rule(
    "BD514", view="innervations", blames="segments", severity="error", readings="all", judges_blanks=True,
    says="{segments_beyond} is no root of the {nerve_name}, which has {roots}.",
    fix="Correct the segments or the nerve; if the source is right, widen the roots in the sheet nerves.",
    source="Gray 1918; TA2",
    bad=edit("innervations", "rhomboid-minor.innervation.1", segments="C5–C6"),
    good=edit("innervations", "rhomboid-minor.innervation.1", segments="C4–C5"),
)  # fmt: skip
def segments_outside_the_roots(segments_beyond: Any) -> Any:
    """A nerve cannot bring fibres of a segment from which it has none."""
    return segments_beyond.is_null()


@rule(
    "BD531", view="innervations", blames="nerve", severity="error", yields_to=("BD301", "BD501", "BD502"),
    explains=("BD514", "BD532"),
    says="{muscle_name} belongs to {group_name}, whose nerves are the {supplied_by_words}; the {nerve_name} is none of them.",
    fix="Choose one of these nerves; if the source is right, add the nerve in the sheet groups or grant an exception.",
    source="Gray 1918, pp. 404, 921",
    bad=edit("innervations", "serratus-posterior-inferior.innervation.2", nerve="dorsal-scapular-nerve"),
    good=edit("innervations", "serratus-posterior-inferior.innervation.2", nerve="intercostal-nerves", segments="T11"),
)  # fmt: skip
def nerve_that_supplies_other_groups(role: Any, nerve_allowed: Any) -> Any:
    """Intermediate muscles are supplied by the intercostal and subcostal nerves, the posterior suboccipital ones by the posterior
    ramus of C1; the sheet groups says which nerves come into question. A nerve of other muscles was mostly pasted.
    """
    return role == "motor", nerve_allowed


@rule(
    "BD532", view="innervations", blames="segments", severity="error", waits_for="muscle", yields_to=("BD205", "BD512", "BD514", "BD516"),
    says="{muscle_name} lies at {muscle_span}, more than one segment away from {segments_far}.",
    fix="Correct the segments or the attachments; if the source is right, grant an exception with it.",
    source="Gray 1918; Braus 1921",
    bad=edit("innervations", "splenius-capitis.innervation.1", segments="T10–T11"),
    good=edit("innervations", "splenius-capitis.innervation.1", segments="C1–T5"),
)  # fmt: skip
def segments_far_from_the_muscle(role: Any, nerve_kind: Any, place: Any, layer: Any, segments_far: Any) -> Any:
    """A muscle that was formed where it lies keeps the nerves of its own segments, and intercostal nerves serve the spaces that
    they run in. A muscle that grew into the back from elsewhere brings its nerve along, and is not judged.
    """
    at_home = (place == "local") | (place == "disputed") | (layer == "intermediate") | (layer == "suboccipital")
    return (role == "motor") & (nerve_kind == "segmental") & at_home, segments_far == ""


@rule(
    "BD533", view="innervations", blames="nerve", severity="error", waits_for="muscle", yields_to=("BD301", "BD501", "BD531"),
    says="{muscle_name} lies at {muscle_span}, but the {nerve_name} comes from {roots}.",
    fix="Correct the nerve or the attachments; if the source is right, grant an exception with it.",
    source="Gray 1918; Braus 1921",
    bad=(edit("nerves", "posterior-rami-lateral", kind="named", roots="C1–C6"),
         edit("innervations", "multifidus-lumborum.innervation.1", nerve="posterior-rami-lateral", segments=None)),
    good=(edit("nerves", "posterior-rami-lateral", kind="named", roots="C1–L4"),
          edit("innervations", "multifidus-lumborum.innervation.1", nerve="posterior-rami-lateral", segments=None)),
)  # fmt: skip
def nerve_from_far_away(role: Any, nerve_kind: Any, place: Any, roots_near: Any) -> Any:
    """A nerve with a name comes from its roots only. The back's own muscles have kept their place, and so have their nerves."""
    local = (place == "local") | (place == "disputed")
    return (role == "motor") & (nerve_kind == "named") & local, roots_near


@rule(
    "BD534", view="innervations", blames="role", severity="warning", yields_to=("BD204",),
    says="{muscle_name} has the {nerve_name} as a sensory nerve here and as a motor one in another row, from the same segments.",
    fix="Write motor only, if it moves the muscle at all: such nerves always carry sensory fibres too; sensory is for those that do nothing else.",
    source="Gray 1918; Policy for readings (docs/content.md)",
    bad=edit("innervations", "trapezius.innervation.3", reading="preferred"),
    good=edit("innervations", "trapezius.innervation.3", reading="preferred", segments="C2"),
)  # fmt: skip
def nerve_both_motor_and_sensory(role: Any, also_motor: Any) -> Any:
    """Every motor nerve of a muscle carries sensory fibres too. A row of its own as sensory says that the nerve does not move it."""
    return role == "sensory", ~also_motor


@rule(
    "BD535", view="innervations", blames="role", severity="warning", yields_to=("BD204",),
    says="{muscle_name}: the {nerve_name} stands as {role}, but the remark beside it speaks of the contrary: {note}.",
    fix="Correct the role, or say in the remark which of the two the nerve is.",
    source="Policy for readings (docs/content.md)",
    bad=edit("innervations", "rhomboid-minor.innervation.1", note="sense of position"),
    good=edit("innervations", "rhomboid-minor.innervation.1", note="motor and sensory"),
)  # fmt: skip
def remark_that_contradicts_the_role(role: Any, note: Any) -> Any:
    """Pain and the sense of position may take other nerves than the command to move, as in the trapezius, and texts mix them."""
    feels = note.str.contains(
        "^(?:.*[^a-z])?(?:[Ss]ens(?:ory|ation|e of position|es)|[Pp]ain|[Pp]ropriocepti[a-z]*)(?:[^a-z].*)?$"
    )
    moves = note.str.contains("^(?:.*[^a-z])?(?:[Mm]otor|[Mm]oves?)(?:[^a-z].*)?$")
    return ~note.is_null(), (feels == moves) | ((role == "sensory") & feels) | ((role == "motor") & moves)


@rule(
    "BD536", view="innervations", blames="role", severity="warning", waits_for="run", yields_to=("BD534", "BD535"),
    says="Here {muscle_name} has the {nerve_name} as a sensory nerve, but no row of its own names the nerve that moves it.",
    fix="If this nerve moves the muscle, write motor; otherwise state beside it which one does.",
    source="Policy for readings (docs/content.md)",
    bad=edit("innervations", "multifidus-lumborum.innervation.1", role="sensory"),
    good=edit("innervations", "trapezius.innervation.2", segments="C3"),
)  # fmt: skip
def sensory_nerve_alone(role: Any, is_moved: Any) -> Any:
    """A muscle with only a sensory nerve would take its motor nerve from its group; mostly the role is a slip."""
    return role == "sensory", is_moved
