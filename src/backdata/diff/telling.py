"""A difference in sentences, for every form in which it is told: counts, headings, and what it means for whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from backdata.diff.difference import KINDS, Change, Difference, ShapeChange
from backdata.diff.steps import MAJOR, NONE

AUDIENCES = ("Learners", "Developers", "Editors")
_MANY = 3  # more changes of one sort than this are told in one sentence
_CAME_AND_WENT = {"added": "New", "removed": "Gone are the"}
_SHOWN = 6  # cards that are named; the rest is counted


def count(number: int, one: str, many: str = "") -> str:
    """1 fact, 2 facts, no facts."""
    return f"{number or 'no'} {one if number == 1 else many or one + 's'}"


def names(difference: Difference) -> tuple[str, str]:
    """Both editions as headings have them: "exports (0.1.0)"."""
    labels = (difference.old, difference.new)
    old, new = (f"{each.name} ({each.version})" if each.version else each.name for each in labels)
    return old, new


def counted(difference: Difference) -> str:
    """Facts, then muscles and terms, by what became of them: "Facts: 1 added, 2 changed. Terms: 1 added."."""
    told = []
    for title, facts in (("Facts", True), ("Muscles, groups and terms", False)):
        kinds = {kind: sum((c.subject == "fact") == facts for c in difference.of(kind)) for kind in KINDS}
        if any(kinds.values()):
            told.append(f"{title}: {', '.join(f'{n} {kind}' for kind, n in kinds.items() if n)}.")
    return " ".join(told) or "No fact and no term has changed."


def by_heading(difference: Difference) -> dict[str, list[Change]]:
    """Changes under the muscle, group, vessel or sheet that they are about; what went with its muscle is told there."""
    gone = {change.id: change for change in difference.of("withdrawn") if change.subject in ("muscle", "group")}
    found: dict[str, list[Change]] = {}
    for change in difference.changes:
        if not (change.kind == "withdrawn" and change.subject == "fact" and change.owner in gone):
            found.setdefault(change.about, []).append(change)
    return found


def went_along(difference: Difference, change: Change) -> int:
    """How many facts were withdrawn with their muscle or group."""
    if change.kind != "withdrawn" or change.subject not in ("muscle", "group"):
        return 0
    return sum(each.subject == "fact" and each.owner == change.id for each in difference.of("withdrawn"))


def meaning(difference: Difference) -> dict[str, list[str]]:
    """Audience → what it means for them, in sentences."""
    told = (_learners, _developers, _editors)
    return {audience: list(tell(difference)) for audience, tell in zip(AUDIENCES, told, strict=True)}


def _learners(difference: Difference) -> Iterator[str]:
    cards = difference.cards
    if any(each.case == "note-type-changed" for each in difference.shape):
        yield "The note type changed: import with Merge note types turned on, Update notes and Update note types set to Always."
    if not cards:
        yield "No Anki note changes because of the facts."
        return
    kinds = (("new", cards.new), ("updated", cards.updated), ("withdrawn", cards.withdrawn))
    yield (
        f"Anki notes: {', '.join(f'{len(keys)} {kind}' for kind, keys in kinds if keys)}, {cards.same} as before. "
        "What was learnt is kept. Import with Update notes: Always; with If newer, a note that a learner edited or "
        "tagged after this release keeps its old fact. Edits and tags on notes that are updated are lost."
    )
    for kind, keys in kinds:
        if keys:
            yield f"{kind.capitalize()}: {_some(keys)}."


def _developers(difference: Difference) -> Iterator[str]:
    if not difference.shape:
        yield "Tables, columns, closed lists, contracts and files are as before."
    for (kind, what), alike in _alike(difference.shape).items():
        if len(alike) > _MANY and kind in _CAME_AND_WENT:
            yield f"{_CAME_AND_WENT[kind]} {what}s: {', '.join(each.name for each in alike)}."
        else:
            yield from (each.says for each in alike)
    if gone := [*_gone(difference), *(change.was or "" for change in difference.of("renumbered"))]:
        yield f"No longer stated under its id: {_some(gone)}; the table withdrawn says why."


def _alike(shape: Iterable[ShapeChange]) -> dict[tuple[str, str], list[ShapeChange]]:
    """Changes of the same kind of the same sort of thing."""
    found: dict[tuple[str, str], list[ShapeChange]] = {}
    for each in shape:
        found.setdefault((each.kind, each.what), []).append(each)
    return found


def _gone(difference: Difference, silently: bool = False) -> list[str]:
    """Ids that were withdrawn, or only those of which nobody says why; what went with its muscle is not listed."""
    told = (change for changes in by_heading(difference).values() for change in changes if change.kind == "withdrawn")
    return [
        each.id for each in told if each.case not in ("editorial", "reading-withdrawn") and not (silently and each.why)
    ]


def _some(ids: Iterable[str]) -> str:
    """The first few of them, and how many more there are."""
    listed = list(dict.fromkeys(ids))
    more = f" and {len(listed) - _SHOWN} more" if len(listed) > _SHOWN else ""
    return f"{', '.join(listed[:_SHOWN])}{more}"


def _editors(difference: Difference) -> Iterator[str]:
    if silent := _gone(difference, silently=True):
        yield f"Say why in the sheet withdrawn: {_some(silent)}."
    if reused := [change.id for change in difference.changes if change.case == "id-reused"]:
        yield f"Give these facts the next free numbers, so that no id changes its meaning: {', '.join(reused)}."
    if any(each.what in ("table", "column", "value") for each in difference.shape):
        yield "Sheets, columns or lists have changed: renew the workbooks (make workbooks)."
    if not (silent or reused):
        yield "Nothing to put in order before a release."


def step(difference: Difference) -> str:
    """The step of the version, and which version follows."""
    if difference.step == NONE:
        return "Version: no step; the data is the same."
    after = f"; {difference.following} follows {difference.old.version}" if difference.following else ""
    early = difference.step == MAJOR and difference.old.version.startswith("0.")
    return f"Version: a {difference.step} step{after}{' (before 1.0.0 the second figure moves)' if early else ''}, because:"


def why(difference: Difference) -> list[str]:
    """The reasons for the step, the biggest first."""
    return [
        f"{reason.step}: {reason.words[:1].lower() + reason.words[1:]} ({reason.count}×, first: {_headline(reason.example)})"
        for reason in difference.reasons
    ]


def _headline(words: str) -> str:
    """What happened, without why."""
    return words.partition(". Withdrawn on ")[0].partition(". Why is not said ")[0].rstrip(".")
