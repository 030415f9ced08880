"""The picture of a group: all its muscles together, each branch in a hue of its own, named at the left."""

from __future__ import annotations

from collections.abc import Sequence

from backdata.figures import crowd, fibres, lanes, marks, names, neighbours, ruler, sheets, wording
from backdata.figures.legend import RING
from backdata.figures.names import INK, Entry
from backdata.figures.page import sheet
from backdata.figures.signs import sign
from backdata.figures.spots import OTHERS, Reading
from backdata.figures.view import View, fitting
from backdata.model import Dataset, Group

_FULL = 24  # names: more leave no room for lanes beside them
_CROWD = 4  # muscles: the fibres of more are drawn finer, each muscle as one sheet
_MANY = 16  # muscles: of more no fibres are drawn, but each set as a sheet


def picture(dataset: Dataset, group: Group) -> str:
    """All muscles of a group on the skeleton."""
    listed = names.entries(dataset, group)
    drawn = [(entry, entry.reading) for entry in listed if entry.reading]
    points = [p for _, reading in drawn for spot in reading.spots if spot.state != OTHERS for p in spot.place]
    view = fitting(points, names.height_needed(listed))
    many = len(drawn) > _MANY
    lane, beside = _lanes(listed), listed if many else crowd.apart(listed, view)
    kinds = {row["id"]: str(row.get("kind")) for row in dataset.tables["structures"]}
    inner = (
        ruler.cells(view, {level for _, reading in drawn for level in ruler.used(reading, kinds)}),
        *(_sheets(listed, view) if many else _fibres(beside, view)),
        crowd.marks(((entry, entry.reading) for entry in beside if entry.reading), view, plain=many),
        lanes.drawn(lane, view, kinds),
        names.drawn(listed, view, lanes.width(lane), group.row.get("definition") or ""),
    )
    reach = " Beside the scale: how far they reach." if lanes.width(lane) else ""
    signs = [(sign(end, (0, 0), 3, INK, INK), end) for end in ("origin", "insertion")]
    each = (
        "Each set of muscles as one sheet in the colour of its branch."
        if many
        else "Each muscle in a colour of its own."
    )
    signs.append(("", f"{each}{reach} Contested levels stand on the muscles’ own maps."))
    if not many and any(spot.seen_through and spot.state != OTHERS for _, reading in drawn for spot in reading.spots):
        signs.insert(2, (RING, "seen through the bone"))
    words = wording.about_group(dataset, group)
    return sheet(group.id, group.name, group.latin or "", words, view, inner, signs, points)


def _lanes(listed: Sequence[Entry]) -> list[lanes.Lane]:
    """A lane for every muscle, or where they are many, for every branch."""
    if len(listed) > _FULL:
        return []
    muscles: list[lanes.Lane] = [(entry.colour, [entry.reading]) for entry in listed if entry.reading]
    if lanes.width(muscles):
        return muscles
    branches: list[tuple[str, list[Reading]]] = []
    for entry in listed:
        if entry.deep == 0:
            branches.append((entry.colour, []))
        if entry.reading:
            branches[-1][1].append(entry.reading)
    return list(branches)


def _sheets(listed: Sequence[Entry], view: View) -> list[str]:
    """Each set as a sheet, the outer ones above the inner ones, as they are listed from outside inwards."""
    sets: dict[str, tuple[str, list[fibres.Strand]]] = {}
    for entry in listed:
        if entry.deep == 0:
            hue = entry.colour
        if entry.reading:
            sets.setdefault(entry.set, (hue, []))[1].extend(fibres.strands(entry.reading))
    return [sheets.sheet(strands, view, hue) for hue, strands in reversed(sets.values())]


def _fibres(listed: Sequence[Entry], view: View) -> list[str]:
    """All strands of each muscle, also those that end on another part of its set."""
    drawn, found = [(entry, entry.reading) for entry in listed if entry.reading], []
    weight = (1.1 if len(drawn) > _CROWD + 2 else 1.5) * view.size
    for entry, reading in drawn:
        beside = [other for each, other in drawn if each.set == entry.set and each is not entry]
        strands = [*fibres.strands(reading), *neighbours.onward(reading, beside)]
        found.append(marks.fibres(strands, view, entry.colour, weight, together=len(drawn) > _CROWD))
    return found
