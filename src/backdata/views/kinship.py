"""What the views of muscles, groups and the inventory know: whose part or group somebody is, and who stands above itself."""

from __future__ import annotations

from collections.abc import Callable

from backdata.anatomy.inheritance import by_id, path
from backdata.verbs import View


def muscles(view: View) -> View:
    """Names of what the cells refer to, ids that a group has too, and parts that are their own whole."""
    groups = by_id(view.sources["groups"].rows)
    return (
        view.lookup("subjects", "id", {"group_name": "group_name", "division": "division"})
        .lookup("developments", "development", {"development_name": "name"})
        .parsed("id_of_a_group", ("id",), lambda id: id in groups, kind="flag")
        .parsed("own_whole", ("id", "part_of"), _in_a_circle("muscles", "part_of", view), kind="flag")
    )


def groups(view: View) -> View:
    """Groups that are their own ancestors."""
    return view.parsed("own_ancestor", ("id", "parent"), _in_a_circle("groups", "parent", view), kind="flag")


def _in_a_circle(table: str, above: str, view: View) -> Callable[[str | None, str | None], bool]:
    """Whether a row stands above itself; of a circle, the first row in the sheet is told."""
    parents = {id: row.get(above) for id, row in by_id(view.sources[table].rows).items()}
    place = {id: number for number, id in enumerate(parents)}

    def read(id: str | None, parent: str | None) -> bool:
        steps = path(parent, parents)
        return id in steps and id == min(steps[: steps.index(id) + 1], key=lambda step: place[step])

    return read


def inventory(view: View) -> View:
    """Whether the sheet muscles has what is required."""
    return (
        view.lookup("muscles", "muscle", {"listed_id": "id"})
        .parsed("listed", ("listed_id",), lambda id: id is not None, kind="flag")
        .parsed("muscle_words", ("muscle",), lambda id: (id or "").replace("-", " "))
    )
