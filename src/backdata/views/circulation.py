"""What the views of vessels know beside their sheets: how kinds go together, where ways end, where a vessel can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce

from backdata.anatomy import courses, span
from backdata.anatomy.inheritance import by_id
from backdata.anatomy.span import Span
from backdata.anatomy.terms import Terms
from backdata.verbs import Source, View

_KINDS = {"vessel_name": "name", "kind": "kind"}


def vessels(view: View) -> View:
    """Whether the way onward from each vessel is stated, and which depth its name says."""
    links = view.sources["vessel_links"]
    ends_known = any(row.get("at_heart") == "yes" for row in view.sources["vessels"].rows)
    known = ends_known and not links.absent and not links.missing
    ways, doubtful = courses.onward(links.rows), set(_doubtful(view))

    def goes_on(id: str | None, at_heart: str | None) -> bool | None:
        return at_heart == "yes" or id in ways if known and id and id not in doubtful else None

    return view.parsed("goes_on", ("id", "at_heart"), goes_on, kind="flag").parsed(
        "named_depth", ("name",), _named_depth
    )


def vessel_links(view: View) -> View:
    """The kinds of both vessels, and the circle that a row closes."""
    names = {id: str(row.get("name") or id) for id, row in by_id(view.sources["vessels"].rows).items()}
    found = courses.circles(courses.onward(view.sources["vessel_links"].rows))

    def closes(vessel: str | None, relation: str | None, to: str | None) -> str | None:
        if vessel is None or to is None or relation is None:
            return None
        around = found.get((vessel, to), ()) if relation in courses.ONWARD else ()
        return " → ".join(names.get(each, each) for each in around)

    def near(one: str | None, other: str | None) -> bool | None:
        return span.near(span.of_levels(one, "vertebra"), other)

    return (
        view.lookup("vessels", "vessel", _KINDS)
        .lookup("vessels", "vessel", {"lies": "found_at"})
        .lookup("vessels", "to", {"to_name": "name", "to_kind": "kind", "found_at": "found_at"})
        .parsed("to_is_near", ("lies", "found_at"), near, kind="flag")
        .parsed("near_name", ("to_name",), lambda name: name)
        .parsed("other_name", ("vessel_name",), lambda name: f"the {name}")
        .parsed("circle", ("vessel", "relation", "to"), closes)
    )


def territories(view: View) -> View:
    """The vessel of each row, and whether it comes to the levels of the row or of its region."""
    return in_place(
        view.lookup("vessels", "vessel", {**_KINDS, "depth": "depth", "found_at": "found_at"}), _regions(view)
    )


def in_place(view: View, homes: Mapping[int, Span]) -> View:
    """A view with a vessel and where it is found, and whether that is near what it serves. ``homes``: row → its place."""
    return (
        view.parsed("lies", ("_row",), lambda row: str(homes[row]) if row in homes else None)
        .parsed(
            "vessel_is_near", ("_row", "found_at"), lambda row, found: span.near(homes.get(row), found), kind="flag"
        )
        .parsed("near_name", ("vessel_name",), lambda name: name)
        .parsed("other_name", ("_row",), lambda _: "what is served here")
    )


def _regions(view: View) -> dict[int, Span]:
    """Row → its levels; without any, where the other rows of its region and their vessels lie."""
    vessels = by_id(view.sources["vessels"].rows)
    own: dict[int, Span] = {}
    peers: dict[str, dict[int, Span]] = {}
    for row in view.sources["territories"].rows:
        stated = span.of_levels(row.get("levels"), "vertebra")
        found = stated or span.of_levels(vessels.get(row.get("vessel") or "", {}).get("found_at"), "vertebra")
        if stated:
            own[row["_row"]] = stated
        if found and row.get("reading") == "preferred":
            peers.setdefault(str(row.get("region")), {})[row["_row"]] = found
    for row in view.sources["territories"].rows:
        others = [lies for number, lies in peers.get(str(row.get("region")), {}).items() if number != row["_row"]]
        if others:
            own.setdefault(row["_row"], reduce(Span.__or__, others))
    return own


def _named_depth(name: str | None) -> str | None:
    """The depth that is part of a name; of a branch, the word only tells it from another branch."""
    words = (name or "").split()
    depths = [word for word in words if word in ("superficial", "deep")]
    return depths[0] if depths and not {"branch", "branches", "part", "of"}.intersection(words) else None


def _doubtful(view: View) -> Iterator[str]:
    """Vessels whose way onward may stand in a row that another rule tells of."""
    rows: Source = view.sources["vessels"]
    known = Terms(rows.rows)
    for row in view.sources["vessel_links"].rows:
        vessel, relation = row.get("vessel"), row.get("relation")
        if vessel and vessel not in known.ids:
            yield from known.nearest_ids(vessel)[:3]
        elif vessel and (relation not in (*courses.ONWARD, "communicates with") or not row.get("to")):
            yield vessel
