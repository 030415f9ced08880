"""A question about a muscle in words, and its answer as HTML: what we teach, what others say, where it is stated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from backdata.flashcards.citing import says, text
from backdata.flashcards.subjects import Subject, called, many, part_name, parts, preferred
from backdata.model import TOPICS, Dataset, Fact, capital

TITLES: Mapping[str, str] = {
    "origin": "Origin",
    "insertion": "Insertion",
    "action": "Action",
    "innervation": "Nerve supply",
    "blood_supply": "Blood supply",
}
_QUESTIONS: Mapping[str, str] = {
    "origin": "Where {does} the {muscle} arise?",
    "insertion": "Where {does} the {muscle} insert?",
    "action": "What {does} the {muscle} do?",
    "innervation": "What is the nerve supply of the {muscle}?",
    "blood_supply": "What is the blood supply of the {muscle}?",
}
_SIDES: Mapping[str, str] = {"unilateral": "One side", "bilateral": "Both sides", "any": "One side or both"}
_PRESENT: Mapping[str, str] = {"usual": "It is usually present.", "inconstant": "It is not always present."}
_DIFFERENCES: Mapping[str, str] = {
    "structure": "the structure", "nerve": "the nerve", "movement": "the movement", "of": "what moves",
    "vessel": "the vessel", "levels": "the levels", "segments": "the segments", "part": "the exact place",
    "from_origin": "the distance from the origin", "side": "whether one side or both act",
    "direction": "the direction", "condition": "when it does so", "role": "what the nerve carries",
    "constancy": "how regularly it is found",
}  # fmt: skip
_SHOWN = 3  # readings of one item that are not folded
_DEFINING = ("structure", "nerve", "movement", "of", "vessel")


def question(dataset: Dataset, subject: Subject, topic: str) -> str:
    """What a learner is asked, as plain text: "Where does the splenius capitis insert?"."""
    does = "do" if many(subject) else "does"
    return _QUESTIONS[topic].format(does=does, muscle=called(dataset, subject))


def answer(dataset: Dataset, subject: Subject, topic: str) -> str:
    """The whole answer as HTML: what we teach, then what other sources say, then where it is stated."""
    facts = subject.about(topic)
    return taught(dataset, subject, topic) + _others(dataset, subject, facts) + _scope(dataset, subject, facts)


def taught(dataset: Dataset, subject: Subject, topic: str) -> str:
    """The preferred readings as HTML: one list, or one for each part where the parts answer for the whole."""
    by_owner: dict[str, list[Fact]] = {}
    for fact in preferred(subject.about(topic)):
        by_owner.setdefault(fact.stated_at, []).append(_as_stated(dataset, subject, fact))
    lists = {owner: _items(facts) for owner, facts in by_owner.items()}
    if len(set(lists.values())) < 2:
        return next(iter(lists.values()), "")
    return "".join(f"<h5>{text(_title(dataset, subject, owner))}</h5>{items}" for owner, items in lists.items())


def sisters(dataset: Dataset, subject: Subject, topic: str) -> str:
    """What we teach on the other topics of the same muscle, as HTML."""
    others = [other for other in TOPICS if other != topic and preferred(subject.about(other))]
    found = [f"<h4>{TITLES[other]}{_mark(subject, other)}</h4>{_short(dataset, subject, other)}" for other in others]
    remarks = (_PRESENT.get(subject.row.get("constancy") or ""), subject.row.get("note"))
    return "".join((*found, *(f"<p>{text(remark)}</p>" for remark in remarks if remark)))


def dispute(facts: Sequence[Fact]) -> str:
    """On what other sources differ from what we teach, in words that give none of it away; empty where none does."""
    ours = {(fact.stated_at, fact.item): fact.row for fact in preferred(facts)}
    found: set[str] = set()
    for fact in facts:
        row = ours.get((fact.stated_at, fact.item))
        if fact.reading == "alternative" and row is not None:
            apart = [column for column in _DIFFERENCES if (row.get(column) or "") != (fact.row.get(column) or "")]
            found |= {column for column in apart if column in _DEFINING} or set(apart)
    words = [said for column, said in _DIFFERENCES.items() if column in found]
    return f"Sources differ on {_listed(words)}." if words else ""


def contested(facts: Iterable[Fact]) -> bool:
    """Whether any source reads it otherwise or adds to it."""
    return any(fact.reading != "preferred" for fact in facts)


def _short(dataset: Dataset, subject: Subject, topic: str) -> str:
    return taught(dataset, subject, topic) + _scope(dataset, subject, subject.about(topic))


def _items(facts: Sequence[Fact]) -> str:
    sides = dict.fromkeys(side for side in (*_SIDES, "") if any(_side(fact) == side for fact in facts))
    lists = []
    for side in sides:
        items = [_item(fact) for fact in facts if _side(fact) == side]
        named = side and (
            side != "any" or len(sides) > 1
        )  # where nothing is said of sides there is nothing to tell apart
        title = f'<p><b class="side">{_SIDES[side]}:</b></p>' if named else ""
        lists.append(title + "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>")
    return "".join(lists)


def _side(fact: Fact) -> str:
    side = str(fact.row.get("side") or "") if fact.topic == "action" else ""
    return side if side in _SIDES else ""


def _item(fact: Fact) -> str:
    note = str(fact.row.get("note") or "").rstrip(". ")
    return text(fact.text) + (f" <small>({text(note)})</small>" if note else "")


def _as_stated(dataset: Dataset, subject: Subject, fact: Fact) -> Fact:
    """Where a part answers for the whole, the fact as the part itself tells it: without the part's name before it."""
    told = dataset.muscles[fact.stated_at].about(fact.topic) if fact.stated_at in parts(subject) else ()
    return next((other for other in told if other.row == fact.row), fact)


def _others(dataset: Dataset, subject: Subject, facts: Sequence[Fact]) -> str:
    """What other sources say, under the item in whose place they say it; what they add comes last."""
    ours = {(fact.stated_at, fact.item): _as_stated(dataset, subject, fact).text for fact in preferred(facts)}
    found: dict[str, list[str]] = {}
    for fact in sorted(facts, key=lambda fact: -len(fact.also)):  # first what most of them say
        if fact.reading != "preferred":
            replaced = ours.get((fact.stated_at, fact.item), "") if fact.reading == "alternative" else ""
            side = f"{_SIDES[_side(fact)].lower()}: " if _side(fact) not in ("", "any") else ""
            found.setdefault(replaced, []).append(f"<li>{side}{_item(fact)} – {says(dataset, fact)}</li>")
    blocks = [
        _block(text(words), found[words], len(ours)) for words in dict.fromkeys((*ours.values(), "")) if words in found
    ]
    return f'<div class="others"><p>Other sources say</p>{"".join(blocks)}</div>' if blocks else ""


def _block(words: str, lines: list[str], items: int) -> str:
    """The readings in the place of one item: the first ones, and the rest folded."""
    heading = f"<p>instead of <i>{words}</i>:</p>" if words and items > 1 else "" if words else "<p>also:</p>"
    shown, rest = lines[:_SHOWN], lines[_SHOWN:]
    more = f"<details><summary>{len(rest)} more</summary><ul>{''.join(rest)}</ul></details>" if len(rest) > 1 else ""
    return f"{heading}<ul>{''.join(shown if more else lines)}</ul>{more}"


def _scope(dataset: Dataset, subject: Subject, facts: Sequence[Fact]) -> str:
    owners = dict.fromkeys(fact.stated_at for fact in preferred(facts))
    if not owners or subject.id in owners:
        return ""
    owner = next(iter(owners))
    if owner in parts(subject):
        words = "This is what holds for its parts."
    elif owner in dataset.groups:
        words = f"This holds for all of the {dataset.groups[owner].name}."
    else:
        words = f"This holds for the whole {called(dataset, dataset.muscles[owner])}."
    return f'<p class="scope">{text(words)}</p>'


def _listed(words: Sequence[str]) -> str:
    """The structure, the levels and the exact place."""
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else "".join(words)


def _title(dataset: Dataset, whole: Subject, part: str) -> str:
    words = part_name(whole, dataset.muscles[part]) if part in dataset.muscles else part
    return capital(words)


def _mark(subject: Subject, topic: str) -> str:
    return " (contested)" if contested(subject.about(topic)) else ""
