"""Questions turned round: "Which muscle inserts on …?", asked only where no other muscle of the data set would do.

Another muscle would do when for everything that is asked some reading of it, ours or not, could be the same: the same
structure, levels that overlap or are not stated, the same part of it or none stated. So a learner who knows another
textbook is not told that a right answer is wrong.
"""

from __future__ import annotations

from backdata.anatomy import levels
from backdata.flashcards.citing import text
from backdata.flashcards.subjects import Subject, many, preferred
from backdata.model import Dataset, Fact, Muscle

_VERBS = {"origin": ("arises from", "arise from"), "insertion": ("inserts on", "insert on"),
          "innervation": ("is supplied by", "are supplied by")}  # fmt: skip
_TERM = {"origin": "structure", "insertion": "structure", "innervation": "nerve"}


def reverse(dataset: Dataset, subject: Subject, topic: str) -> str:
    """The question as HTML whose only answer is the muscle; empty where there is none."""
    asked = preferred(subject.about(topic))
    own = bool(asked) and asked[0].stated_at == subject.id
    if topic not in _VERBS or not own or not isinstance(subject, Muscle) or subject.part_of:
        return ""
    rivals = (each for each in dataset.muscles.values() if each.id != subject.id and each.part_of != subject.id)
    words = [text(fact.text) for fact in asked]
    gives_away = any(word in " ".join(words).lower() for word in subject.name.lower().split() if len(word) > 3)
    if gives_away or not _telling(dataset, asked) or any(_would_do(rival, topic, asked) for rival in rivals):
        return ""
    start = f"Which {'muscles of the back' if many(subject) else 'muscle of the back'} {_VERBS[topic][many(subject)]}"
    if len(words) == 1:
        return f"{start} the {words[0]}?"
    return f"{start} all of these?<ul>{''.join(f'<li>{each}</li>' for each in words)}</ul>"


def _telling(dataset: Dataset, asked: list[Fact]) -> bool:
    """A nerve that has a name tells muscles apart; the rami of some segments supply too many that are not listed here."""
    nerves = {row["id"]: row for row in dataset.tables.get("nerves", ())}
    named = (nerves.get(fact.row.get("nerve") or "", {}).get("kind") == "named" for fact in asked)
    return asked[0].topic != "innervation" or any(named)


def _would_do(rival: Muscle, topic: str, asked: list[Fact]) -> bool:
    theirs = rival.about(topic)
    return all(any(_could_be_the_same(fact, other) for other in theirs) for fact in asked)


def _could_be_the_same(one: Fact, other: Fact) -> bool:
    term = _TERM[one.topic]
    if one.row.get(term) != other.row.get(term):
        return False
    apart = one.row.get("part"), other.row.get("part")
    if all(apart) and apart[0] != apart[1]:
        return False
    cells = one.row.get("levels"), other.row.get("levels")
    return not all(cells) or bool(_named(cells[0]) & _named(cells[1]))


def _named(cell: str | None) -> set[str]:
    for kind in ("vertebra", "rib"):
        try:
            return set(levels.parse(cell or "", kind).all)
        except levels.LevelError:
            continue
    return set()
