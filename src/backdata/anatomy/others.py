"""The other readings of an item: whether the preferred one stands alone among them, or says word for word what one of them says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backdata.anatomy.ends import Attachment, attachment, union
from backdata.anatomy.steps import written
from backdata.model import Row

_SAID = ("structure", "levels", "part", "from_origin", "constancy")


def compared(rows: Sequence[Row], structures: Mapping[str, Row]) -> dict[int, tuple[str | None, str | None]]:
    """Sheet row → the levels with which a preferred reading stands alone, and whether it is repeated by another; each is ""
    where that is not so. Of items without other readings nothing is known.
    """
    items = [((row.get("muscle"), row.get("end"), row.get("item")), row) for row in rows]
    others: dict[tuple[str | None, ...], list[Attachment]] = {}
    for item, row in items:
        if row.get("reading") == "alternative":
            others.setdefault(item, []).append(attachment(row, structures.get(row.get("structure") or "")))
    stepping = {
        row.get("muscle") for row in rows if row.get("from_origin")
    }  # named up or down: known better than by votes
    judged: dict[int, tuple[str | None, str | None]] = {}
    for item, row in items:
        if row.get("reading") == "preferred" and item in others:
            here = attachment(row, structures.get(row.get("structure") or ""))
            repeated = any(_said(each.row) == _said(row) for each in others[item])
            stands_alone = _alone(here, others[item]) if row.get("muscle") not in stepping else None
            judged[row["_row"]] = (stands_alone, "another reading" if repeated else "")
    return judged


def _said(row: Row) -> tuple[str | None, ...]:
    return tuple(row.get(column) for column in _SAID)


def _alone(here: Attachment, others: Sequence[Attachment]) -> str | None:
    """The levels that lie beyond those of all others; all its levels if it begins like none of them and ends like none.

    Two others are enough if they agree, else it takes three.
    """
    votes = [each for each in others if each.all and not each.told]
    enough = len(votes) > 2 or (len(votes) == 2 and votes[0].all == votes[1].all)
    if here.told or not here.sure or not enough:
        return None
    spread = union(each.all for each in votes)
    if beyond := frozenset(place for place in here.sure if not min(spread) <= place <= max(spread)):
        return written(beyond, here.on_ribs)
    borders = [{border(some) for each in votes for some in (each.sure or each.all, each.all)} for border in (min, max)]
    shared = (
        border(some) in known
        for border, known in zip((min, max), borders, strict=True)
        for some in (here.sure, here.all)
    )
    return "" if any(shared) else written(here.sure, here.on_ribs)
