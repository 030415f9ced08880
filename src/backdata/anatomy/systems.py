"""The systems in which the muscles of the back are taught: the widest groups that hold muscles, or else the groups in them."""

from __future__ import annotations

from backdata.model import Dataset, Group, Muscle


def systems(dataset: Dataset) -> list[Group]:
    """Superficial, intermediate, spinotransverse, erector spinae … in anatomical order.

    A group without a parent is one when muscles stand in it directly; otherwise each group just below it is.
    """
    direct = {muscle.group for muscle in dataset.muscles.values()}
    order = dict.fromkeys(id for muscle in dataset.muscles.values() for id in _path(dataset, muscle))
    found = [dataset.groups[id] for id in order]
    return [group for group in found if _is_system(dataset, group, direct)]


def muscles(dataset: Dataset, system: Group) -> list[Muscle]:
    """All muscles of a system with their parts, in anatomical order."""
    return [muscle for muscle in dataset.muscles.values() if system.id in _path(dataset, muscle)]


def _is_system(dataset: Dataset, group: Group, direct: set[str]) -> bool:
    if len(group.path) == 1:
        return group.id in direct
    return len(group.path) == 2 and group.path[0] not in direct


def _path(dataset: Dataset, muscle: Muscle) -> tuple[str, ...]:
    return dataset.groups[muscle.group].path if muscle.group in dataset.groups else ()
