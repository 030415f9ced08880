"""The spine maps on the cards. On the back of a question stands a map of its own topic, folded below the whole map.

So a corrected origin changes the picture of the origin's note and of no other: nothing that a learner sees unfolded is
ever older than its own facts. A file is named after its content: Anki never replaces a file that it has.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from hashlib import sha256

from backdata import figures
from backdata.flashcards.subjects import Subject
from backdata.model import Dataset, Group

CREDIT = "Spine map drawn from these facts, version {version} · CC BY 4.0"


@dataclass(frozen=True, slots=True)
class Picture:
    """One file of the media folder, and how it stands on a card."""

    name: str
    svg: bytes
    alt: str

    @property
    def html(self) -> str:
        """The element that shows it."""
        return f'<img src="{self.name}" alt="{html.escape(self.alt)}">'


def of(dataset: Dataset, subject: Subject, topic: str | None = None) -> Picture | None:
    """The map of one topic, or of all; None where there is nothing to draw. Of a group there is the whole map only."""
    whole = topic is None
    topics = figures.DRAWN if topic is None else (topic,)
    if not whole and (topic not in figures.DRAWN or isinstance(subject, Group)):
        return None
    if not dataset.tables.get("structures") or not figures.drawable(dataset, subject.id, topics):
        return None
    svg = figures.svg(dataset, subject.id, topics).encode()
    name = "-".join(("bd", subject.id, *(() if topic is None else (topic,)), sha256(svg).hexdigest()[:8]))
    told = subject.name if topic is None else f"{subject.name}, {topic}"
    return Picture(f"{name}.svg", svg, f"Spine map: {told}")
