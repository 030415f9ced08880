"""Vessels: arteries feed, veins and lymph drain; every way comes from the heart or goes there; vessels keep to their place."""

from __future__ import annotations

from typing import Any

from backdata.model import add, drop, edit, rule

_FAR = {("blood_supply", "vessel"), ("territories", "vessel"), ("vessel_links", "to")}


@rule(
    "BD551", view="blood_supply", blames="vessel", severity="error", readings="all",
    says="{muscle_name} cannot be fed by the {vessel_name} ({vessel_kind}): only arteries bring blood to a muscle.",
    fix="Name the artery; veins and lymph nodes belong into the sheet territories.",
    source="Gray 1918; TA2",
    bad=edit("blood_supply", "splenius-capitis.blood_supply.1", vessel="deep-cervical-vein"),
    good=edit("blood_supply", "splenius-capitis.blood_supply.1", vessel="deep-cervical-artery"),
)  # fmt: skip
def blood_supply_that_is_no_artery(vessel_kind: Any) -> Any:
    """Only arteries bring blood to a muscle; arteries and veins that run together share a name, and are easily exchanged."""
    return vessel_kind.is_in(["artery", "great artery"])


@rule(
    "BD552", view="vessel_links", blames="relation", severity="error", readings="all", yields_to=("BD204",),
    says="“{relation}” cannot be said of the {vessel_name} ({kind}).",
    fix="Arteries arise from arteries, veins and lymph drain onward; correct the relation or the vessel.",
    source="Gray 1918; TA2",
    bad=edit("vessel_links", "deep-cervical-vein.drains to.1", relation="arises from"),
    good=edit("vessel_links", "transverse-cervical-artery.arises from.1", constancy="usual"),
)  # fmt: skip
def relation_that_does_not_fit_the_vessel(relation: Any, kind: Any) -> Any:
    """Blood comes to an artery from where it arises, and leaves a vein to where it drains."""
    arterial = kind.is_in(["artery", "great artery"])
    return relation != "communicates with", (relation == "arises from") == arterial


@rule(
    "BD553", view="vessel_links", blames="to", severity="error", yields_to=("BD301", "BD552"),
    says="The {vessel_name} ({kind}) and the {to_name} ({to_kind}) cannot be joined by “{relation}”.",
    fix="Correct one of the two vessels; if they were exchanged, exchange them back.",
    source="Gray 1918; TA2",
    bad=edit("vessel_links", "deep-cervical-vein.drains to.1", to="deep-cervical-artery"),
    good=edit("vessel_links", "deep-cervical-vein.drains to.1", to="brachiocephalic-vein"),
)  # fmt: skip
def vessels_of_kinds_that_do_not_join(relation: Any, kind: Any, to_kind: Any) -> Any:
    """Arteries join arteries and veins veins; lymph passes from nodes to nodes and ducts, and by ducts into veins. A great
    artery arises from a great one and a great vein drains into a great one, or the two vessels of the row were exchanged.
    """
    great = kind.is_in(["great artery", "great vein"]) & (relation != "communicates with")
    arteries = kind.is_in(["artery", "great artery"]) & to_kind.is_in(["artery", "great artery"])
    veins = kind.is_in(["vein", "great vein", "venous plexus"]) & to_kind.is_in(["vein", "great vein", "venous plexus"])
    nodes = (kind == "lymph node") & to_kind.is_in(["lymph node", "lymph duct"])
    out = kind.is_in(["lymph node", "lymph duct"]) & to_kind.is_in(["vein", "great vein"]) & (relation == "drains to")
    ducts = (kind == "lymph duct") & (to_kind == "lymph duct")
    to_great = to_kind.is_in(["great artery", "great vein"])
    return ~kind.is_null() & ~to_kind.is_null(), (arteries | veins | nodes | ducts | out) & (~great | to_great)


@rule(
    "BD554", view="vessels", blames="id", severity="error",
    says="The way of the {name} breaks off before the heart: neither an origin nor a vessel to drain to is stated.",
    fix="State in the sheet vessel_links from which artery it arises, or into which vein, node or duct it drains.",
    source="Gray 1918; TA2",
    bad=drop("vessel_links", "vertebral-vein.drains to.1"),
    good=edit("vessel_links", "vertebral-vein.drains to.1", to="superior-vena-cava"),
)  # fmt: skip
def way_that_breaks_off(goes_on: Any) -> Any:
    """Followed from step to step, an artery comes from the aorta, a vein ends in a vena cava, and lymph passes through its
    nodes and ducts into the veins. A vessel that only communicates with others has neither beginning nor end.
    """
    return goes_on


@rule(
    "BD555", view="vessel_links", blames="to", severity="error", yields_to=("BD553",),
    says="Here the way runs in a circle: {circle}.",
    fix="Correct the step that runs against the stream, or take it out.",
    source="Gray 1918",
    bad=add("vessel_links", "vertebral-vein.drains to.1", item="2", to="deep-cervical-vein"),
    good=add("vessel_links", "vertebral-vein.drains to.1", item="2", to="superior-vena-cava"),
)  # fmt: skip
def way_in_a_circle(circle: Any) -> Any:
    """Followed back, an artery leads to the heart, followed on, a vein or a lymph vessel does; none comes back to itself. What flows
    both ways is a communication, and is called so.
    """
    return circle == ""


@rule(
    "BD556", view="territories", blames="vessel", severity="error", yields_to=("BD301",),
    says="{layer} of the {region} cannot be the territory of the {vessel_name} itself ({kind}).",
    fix="Name the first lymph nodes, or the nearest artery or vein.",
    source="Gray 1918; TA2",
    bad=edit("territories", "neck.deep muscles.1", vessel="thoracic-duct"),
    good=edit("territories", "neck.deep muscles.1", vessel="deep-cervical-artery"),
)  # fmt: skip
def territory_of_a_duct_or_a_great_vessel(kind: Any) -> Any:
    """Lymph of the back passes through a node before it comes to a duct, and a great vessel serves a region by its branches."""
    return ~kind.is_null(), ~kind.is_in(["lymph duct", "great artery", "great vein"])


@rule(
    "BD557", view="vessels", blames="depth", severity="error", yields_to=("BD204",),
    says="The name of the {name} says {named_depth}, but its depth is given as {depth}.",
    fix="Correct the depth or the name.",
    source="TA2",
    bad=edit("vessels", "deep-cervical-artery", depth="superficial"),
    good=edit("vessels", "transverse-cervical-superficial-branch", depth="deep"),
)  # fmt: skip
def depth_that_contradicts_the_name(depth: Any, named_depth: Any) -> Any:
    """Vessels and nodes are called superficial or deep as they lie outside or inside of the deep fascia. Branches are so called
    only to tell one from the other, and are not judged.
    """
    return ~named_depth.is_null(), depth == named_depth


@rule(
    "BD558", view="territories", blames="vessel", severity="warning", yields_to=("BD301", "BD556"),
    says="{layer} of the {region} cannot be the territory of the {vessel_name}, which stands as superficial.",
    fix="Check the layer and the vessel; if the source is right, grant an exception with it.",
    source="Gray 1918; Wikipedia",
    bad=edit("territories", "neck.deep muscles.2", vessel="external-jugular-vein"),
    good=edit("territories", "suboccipital region.deep muscles.1", vessel="deep-cervical-artery"),
)  # fmt: skip
def superficial_vessel_of_a_deep_layer(depth: Any, layer: Any) -> Any:
    """Superficial veins and nodes serve the skin and what lies right under it; what is deep goes with the deep vessels."""
    return layer.str.contains("^(?:deep|prevertebral|vertebral)(?: [a-z ]*)?$"), depth == "deep"


@rule(
    "BD559", view="*", blames="*", severity="warning", yields_to=("BD301", "BD551", "BD553", "BD556"),
    each=lambda table, column: (table.name, column.name) in _FAR,
    says="The place of the {near_name} is {found_at}, but that of {other_name} is {lies}.",
    fix="Check the vessel and the levels; if both are right, widen where the vessel is found in the sheet vessels.",
    source="Gray 1918",
    bad=edit("blood_supply", "serratus-posterior-inferior.blood_supply.1", vessel="deep-cervical-artery"),
    good=edit("blood_supply", "serratus-posterior-inferior.blood_supply.1", vessel="lumbar-arteries"),
)  # fmt: skip
def vessel_far_from_where_it_is_needed(value_is_near: Any) -> Any:
    """Vessels of the trunk serve their own segments and join those beside them; one from far away was mostly pasted here."""
    return value_is_near
