"""What changed between two states of the data set: in facts, in terms, in shape, on cards, and how big a step that is."""

from __future__ import annotations

from backdata.diff import cards, facts, shapes, terms
from backdata.diff.difference import Difference, Edition

__all__ = ["Difference", "Edition", "compare"]


def compare(old: Edition, new: Edition) -> Difference:
    """All that changed from ``old`` to ``new``; how rows are sorted does not matter."""
    changes = (*terms.compared(old.dataset, new.dataset), *facts.compared(old.dataset, new.dataset))
    told = cards.compared(old.dataset, new.dataset)
    return Difference(old.label, new.label, changes, tuple(shapes.compared(old, new)), told)
