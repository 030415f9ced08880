"""The picture of one muscle, set or part."""

from __future__ import annotations

from collections.abc import Sequence

from backdata.anatomy.inheritance import by_id
from backdata.figures import fibres, labels, marks, roots, ruler, wording
from backdata.figures.legend import legend
from backdata.figures.page import sheet
from backdata.figures.reading import read
from backdata.figures.signs import Pen
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
    pen = Pen(muscle.id)
    kinds = {id: str(row.get("kind")) for id, row in structures.items()}
    inner = (
        ruler.cells(view, ruler.used(reading, kinds)),
        ruler.bars(reading, view, pen, kinds),
        _fibres(reading, view),
        marks.halos(reading.spots, view),
        *(
            marks.mark(spot, view, pen)
            for spot in sorted(reading.spots, key=lambda spot: (not spot.line, spot.state != OTHERS))
        ),
        marks.rib_numbers(reading.spots, view),
        ruler.dots(found, view, pen),
        labels.drawn(given, view),
    )
    words = wording.about(muscle, topics)
    busy = [point for spot in reading.spots for point in spot.place]
    return sheet(muscle.id, muscle.name, muscle.latin or "", words, view, inner, legend(reading, found, pen), busy)


def _fibres(reading: Reading, view: View) -> str:
    """Few strands are drawn as stout bundles, many as fine ones."""
    strands = fibres.strands(reading)
    weight = 2.7 if len(strands) <= _FEW else 1.7
    return marks.fibres(strands, view, marks.FIBRE, weight * view.size)


def _view(reading: Reading, found: Sequence[roots.Root], given: Sequence[labels.Label]) -> View:
    """The region that its marks and roots take, large enough for its labels."""
    points = [point for spot in reading.spots for point in spot.place] + [(0.0, root.y) for root in found]
    first = fitting(points, 0)
    return first if first.whole else fitting(points, labels.height_needed(given, labels.room(first)))


def drawable(dataset: Dataset, muscle: Muscle, topics: Sequence[str]) -> bool:
    """Whether there is anything to draw."""
    structures, nerves = by_id(dataset.tables["structures"]), by_id(dataset.tables["nerves"])
    facts = [fact for fact in muscle.facts if fact.topic in topics]
    return bool(read(facts, structures).spots or roots.roots(facts, nerves))
