"""Spine maps: one SVG per muscle and per group, drawn from the data alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from backdata.figures import group, muscle
from backdata.figures.wording import DRAWN, members
from backdata.model import Dataset

__all__ = ["DRAWN", "drawable", "drawn", "svg"]


def svg(dataset: Dataset, id: str, topics: Sequence[str] = DRAWN) -> str:
    """The picture of a muscle, part or group as a standalone SVG; of a muscle, perhaps some topics only. Raises KeyError."""
    return _whole(dataset, id) if tuple(topics) == DRAWN else _drawn(dataset, id, topics)


@lru_cache(maxsize=96)  # the same picture stands on cards, in the workbook and on pages
def _whole(dataset: Dataset, id: str) -> str:
    return _drawn(dataset, id, DRAWN)


def _drawn(dataset: Dataset, id: str, topics: Sequence[str]) -> str:
    if id in dataset.groups:
        return group.picture(dataset, dataset.groups[id])
    return muscle.picture(dataset, dataset.muscles[id], topics)


def drawable(dataset: Dataset, id: str, topics: Sequence[str] = DRAWN) -> bool:
    """Whether there is anything to draw of these topics; of a group, whether there is of any of its muscles."""
    if id in dataset.groups:
        return any(muscle.drawable(dataset, member, topics) for member in members(dataset, dataset.groups[id]))
    return muscle.drawable(dataset, dataset.muscles[id], topics)


def drawn(dataset: Dataset) -> list[str]:
    """The ids of all that have something to draw: each group before its muscles, in anatomical order."""
    own = {id: [each.id for each in dataset.muscles.values() if each.group == id] for id in dataset.groups}
    order = [id for group, muscles in own.items() for id in (group, *muscles)]
    return [id for id in order if drawable(dataset, id)]
