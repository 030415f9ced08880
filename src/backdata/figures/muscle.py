"""The picture of one muscle, set or part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backdata.anatomy.inheritance import by_id
from backdata.figures import fibres, labels, marks, neighbours, roots, ruler, wording
from backdata.figures.legend import legend
from backdata.figures.page import sheet
from backdata.figures.reading import read
from backdata.figures.signs import Pen
from backdata.figures.spine import Point
from backdata.figures.spots import OTHERS, Reading
from backdata.figures.view import View, fitting
from backdata.model import Dataset, Muscle

_FEW = 16


def picture(dataset: Dataset, muscle: Muscle, topics: Sequence[str]) -> str:
    """Its origin and insertion on the skeleton, the fibres between them, its nerve roots, and all of it in words."""
    structures, nerves = by_id(dataset.tables["structures"]), by_id(dataset.tables["nerves"])
    facts = [fact for fact in muscle.facts if fact.topic in topics]
    reading, found = read(facts, structures), roots.roots(facts, nerves)
    given = labels.labels(facts, reading, nerves)
    view = _view(reading, found, given)
    shown = [root for root in found if root.state != OTHERS or view.shows([(0.0, root.y)])]
    leaving = _leaving(dataset, muscle, reading, topics)
    pen = Pen(muscle.id)
    kinds = {id: str(row.get("kind")) for id, row in structures.items()}
    inner = (
        ruler.cells(view, ruler.used(reading, kinds)),
        ruler.bars(reading, view, pen, kinds),
        _fibres(reading, leaving, view),
        marks.halos(reading.spots, view),
        *(
            marks.mark(spot, view, pen)
            for spot in sorted(reading.spots, key=lambda spot: (not spot.line, spot.state != OTHERS))
        ),
        marks.rib_numbers(reading.spots, view),
        ruler.dots(shown, view, pen),
        labels.drawn(given, view),
    )
    signs = legend(reading, shown, pen, bool(leaving))
    if len(shown) < len(found):
        signs.append(("", "Other sources name nerve roots beyond this picture too."))
    words = wording.about(muscle, topics)
    busy = [point for spot in reading.spots for point in spot.place]
    return sheet(muscle.id, muscle.name, muscle.latin or "", words, view, inner, signs, busy)


def _fibres(reading: Reading, leaving: Sequence[fibres.Strand], view: View) -> str:
    """Few strands are drawn as stout bundles, many as fine ones."""
    strands = fibres.strands(reading)
    weight = (2.7 if len(strands) <= _FEW else 1.7) * view.size
    return marks.fibres(strands, view, marks.FIBRE, weight) + marks.running_out(leaving, view, weight)


def _leaving(dataset: Dataset, muscle: Muscle, reading: Reading, topics: Sequence[str]) -> list[fibres.Strand]:
    """Strands to and from the neighbours of its set, all of them beginning at the muscle itself."""
    if not neighbours.lonely(reading) or muscle.group not in dataset.groups:
        return []
    others = [id for id in dataset.groups[muscle.group].muscles if id not in (muscle.id, muscle.part_of)]
    structures = by_id(dataset.tables["structures"])
    beside = [read([f for f in dataset.muscles[id].facts if f.topic in topics], structures) for id in others]
    back = [replace(each, start=each.end, end=each.start) for each in neighbours.inward(reading, beside)]
    return [*neighbours.onward(reading, beside), *back]


def _view(reading: Reading, found: Sequence[roots.Root], given: Sequence[labels.Label]) -> View:
    """The region that its marks and roots take, large enough for its labels; what others state widens it only if it must."""
    marked = [(spot.state, point) for spot in reading.spots for point in spot.place]
    marked += [(root.state, (0.0, root.y)) for root in found if root.state != OTHERS or not reading.spots]
    every = [point for _, point in marked]
    taught = _around([point for state, point in marked if state != OTHERS], given)
    return taught if taught.shows(every) else _around(every, given)


def _around(points: Sequence[Point], given: Sequence[labels.Label]) -> View:
    first = fitting(points, 0)
    return first if first.whole else fitting(points, labels.height_needed(given, labels.room(first)))


def drawable(dataset: Dataset, muscle: Muscle, topics: Sequence[str]) -> bool:
    """Whether there is anything to draw."""
    structures, nerves = by_id(dataset.tables["structures"]), by_id(dataset.tables["nerves"])
    facts = [fact for fact in muscle.facts if fact.topic in topics]
    return bool(read(facts, structures).spots or roots.roots(facts, nerves))
