"""What the views of nerves and arteries know of the muscle that they supply: where it lies, and what its group allows."""

from __future__ import annotations

from collections.abc import Callable

from backdata.anatomy import levels, span
from backdata.anatomy.inheritance import by_id
from backdata.verbs import Source, View
from backdata.views import circulation, derived

_RAMUS = {"posterior": "a posterior ramus", "anterior": "an anterior ramus", "cranial": "a cranial nerve"}
_MARGIN = 1  # a nerve takes its way to the next segment, seldom further; measured on every preferred reading


def innervations(view: View) -> View:
    """Which segments lie far from the muscle, whether its group takes this nerve, and what else is said of the nerve."""
    home = derived.homes(view.sources)
    view = _nerves(view)

    moved = {
        row.get("muscle")
        for row in view.sources["innervations"].rows
        if row.get("reading") == "preferred" and row.get("role") == "motor"
    }
    stated = {row["supplied_by"] for row in view.sources["subjects"].rows if row.get("supplied_by")}
    allowed = {cell: [nerve.strip() for nerve in cell.split(",")] for cell in stated}

    def far(muscle: str | None, segments: str | None) -> str | None:
        return span.beyond(segments, home.get(muscle or ""), _MARGIN)

    def near(muscle: str | None, roots: str | None) -> bool | None:
        lies, come = home.get(muscle or ""), span.of_levels(roots, "nerve")
        return None if lies is None or come is None else lies.touches(come, _MARGIN)

    return (
        view.parsed("muscle_span", ("muscle",), lambda muscle: str(home[muscle]) if muscle in home else None)
        .parsed("segments_far", ("muscle", "segments"), far)
        .parsed("roots_near", ("muscle", "roots"), near, kind="flag")
        .among("nerve_allowed", "nerve", "supplied_by", allowed, of="subjects")
        .parsed("supplied_by_words", ("supplied_by",), _in_words(view.sources["nerves"]))
        .parsed("is_moved", ("muscle",), lambda muscle: muscle in moved if muscle else None, kind="flag")
        .parsed("also_motor", ("muscle", "nerve", "segments"), _also_motor(view), kind="flag")
    )


def _nerves(view: View) -> View:
    """Names, kinds and roots of the nerves, and whether the development of the muscle allows the ramus."""
    rami = {
        id: [ramus.strip() for ramus in row["allowed_rami"].split(",")]
        for id, row in by_id(view.sources["developments"].rows).items()
        if row.get("allowed_rami")
    }
    return (
        view.lookup("subjects", "muscle", derived.SUBJECT)
        .lookup("nerves", "nerve", {"nerve_name": "name", "ramus": "ramus", "roots": "roots", "nerve_kind": "kind"})
        .parsed("ramus_known", ("ramus",), lambda ramus: ramus if ramus in _RAMUS else None)
        .among("ramus_allowed", "ramus_known", "development", rami, of="developments")
        .parsed("ramus_words", ("ramus",), lambda ramus: _RAMUS.get(ramus or ""))
        .parsed("segments_beyond", ("segments", "roots"), lambda cell, home: levels.beyond(cell, home, "nerve"))
    )


def blood_supply(view: View) -> View:
    """Whether the vessel comes to the levels of the row, or to where the muscle lies."""
    taken = {"vessel_name": "name", "vessel_levels_of": "levels_of", "vessel_kind": "kind", "found_at": "found_at"}
    view = view.lookup("subjects", "muscle", derived.SUBJECT).lookup("vessels", "vessel", taken)
    home, rows = derived.homes(view.sources), view.sources["blood_supply"].rows
    lies = {
        row["_row"]: span.of_levels(row.get("levels"), "vertebra") or home.get(row.get("muscle") or "") for row in rows
    }
    return circulation.in_place(view, {row: place for row, place in lies.items() if place is not None})


def _in_words(terms: Source) -> Callable[[str | None], str | None]:
    """A list of ids as the names that people know, one after another."""
    rows = by_id(terms.rows)

    def read(ids: str | None) -> str | None:
        found = (rows.get(id.strip(), {}) for id in (ids or "").split(","))
        return ", the ".join(str(row.get("plural") or row.get("name")) for row in found if row) or None

    return read


def _also_motor(view: View) -> Callable[[str | None, str | None, str | None], bool | None]:
    """Whether a preferred row calls the same nerve, from a segment in common, a motor one of the same muscle."""
    motor: dict[tuple[str | None, str | None], list[str | None]] = {}
    for row in view.sources["innervations"].rows:
        if row.get("reading") == "preferred" and row.get("role") == "motor":
            motor.setdefault((row.get("muscle"), row.get("nerve")), []).append(row.get("segments"))

    def read(muscle: str | None, nerve: str | None, segments: str | None) -> bool | None:
        if muscle is None or nerve is None:
            return None
        return any(_share(segments, other) for other in motor.get((muscle, nerve), ()))

    return read


def _share(one: str | None, other: str | None) -> bool:
    """Whether two cells of segments have one in common; a blank cell stands for all."""
    try:
        return not one or not other or bool({*levels.parse(one, "nerve").all} & {*levels.parse(other, "nerve").all})
    except levels.LevelError:
        return False
