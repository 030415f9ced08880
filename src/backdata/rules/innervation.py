"""Nerves: the ramus follows the development of the muscle, and segments lie within the nerve's roots."""

from __future__ import annotations

from typing import Any

from backdata.model import drop, edit, rule


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
    "BD503", view="muscles", blames="development", severity="error",
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
