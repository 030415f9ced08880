"""The words below a picture: what its signs mean, of those that it uses, and what could not be drawn."""

from __future__ import annotations

from collections.abc import Sequence

from backdata.figures.drawing import element
from backdata.figures.marks import FIBRE
from backdata.figures.roots import Root
from backdata.figures.signs import COLOURS, FILLS, Pen, plate, sign
from backdata.figures.spots import OTHERS, SOMETIMES, Reading

_HOME = (0.0, 0.0)
RING = element("circle", cx=0, cy=0, r=4.4, fill="none", stroke="#6f675a", stroke_dasharray="2 1.4", stroke_width=1.4)


def legend(reading: Reading, roots: Sequence[Root], pen: Pen, leaving: bool = False) -> list[tuple[str, str]]:
    """Pairs of a small drawing and its words; ``leaving``: some bundles run on to another part."""
    pairs = [
        (sign(end, _HOME, 4.4, FILLS[end], COLOURS[end]), end) for end in ("origin", "insertion") if reading.of(end)
    ]
    if any(not root.cranial for root in roots):
        pairs.append((sign("innervation", _HOME, 4, FILLS["innervation"], COLOURS["innervation"]), "nerve root"))
    pairs += [(plate(root.cranial, _HOME), f"{root.name}, a cranial nerve") for root in roots if root.cranial]
    signs = [(spot.end, spot.state, spot.contested) for spot in reading.spots]
    signs += [("innervation", root.state, root.contested) for root in roots]
    if hollow := next((topic for topic, state, _ in signs if state == SOMETIMES), None):
        pairs.append((sign(hollow, _HOME, 4.2, pen.fill(hollow, SOMETIMES, False), COLOURS[hollow]), "sometimes"))
    disputed = sorted(
        {topic for topic, state, contested in signs if (contested and state != SOMETIMES) or state == OTHERS}
    )
    if disputed:
        first = disputed[-1]
        pale = any(state == OTHERS for _, state, _ in signs)
        words = "contested: stated by some sources only" + (" (pale: not by those we follow)" if pale else "")
        pairs.append((sign(first, _HOME, 4.6, pen.fill(first, "", True), COLOURS[first]), words))
    if any(spot.seen_through for spot in reading.spots):
        pairs.append((RING, "seen through the bone"))
    if leaving:
        stub = element("path", d="M-4 5Q-1 -1 4 -5", fill="none", stroke=FIBRE, stroke_width=2.6, stroke_opacity=0.62)
        pairs.append((stub, "short: runs on to the neighbouring part"))
    if reading.unplaced:
        pairs.append(("", f"Not drawn, as nobody has said where it lies: {', '.join(reading.unplaced)}."))
    return pairs
