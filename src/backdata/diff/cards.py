"""What a learner gets: the notes of both editions as the deck's own builder makes them, held against each other."""

from __future__ import annotations

from backdata.diff.difference import Cards
from backdata.model import Dataset


def compared(old: Dataset, new: Dataset) -> Cards:
    """Notes that are new, updated and withdrawn because of the facts. Templates and style may change besides."""
    then, now = _hashes(old), _hashes(new)
    return Cards(
        new=tuple(key for key in now if key not in then),
        updated=tuple(key for key, hash in now.items() if key in then and then[key] != hash),
        withdrawn=tuple(key for key in then if key not in now),
        same=sum(then.get(key) == hash for key, hash in now.items()),
    )


def _hashes(dataset: Dataset) -> dict[str, str]:
    """Note → a hash of what a learner reads on it: the one that decides whether an update reaches the learner."""
    from backdata.exporters import anki
    from backdata.flashcards.ledger import Ledger

    _, ledger = anki.build(dataset, Ledger())
    return {entry.key: entry.hash for entry in ledger.notes.values()}
