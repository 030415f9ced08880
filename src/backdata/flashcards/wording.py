"""A question about a muscle in words, and its answer as HTML: what we teach, what others say, where it is stated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from backdata.flashcards.citing import says, text
from backdata.model import TOPICS, Dataset, Fact, Muscle

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
_SIDES: Mapping[str, str] = {"unilateral": "One side", "bilateral": "Both sides", "any": "Either"}
_PRESENT: Mapping[str, str] = {"usual": "It is usually present.", "inconstant": "It is not always present."}
_MANY = re.compile(r"Mm[.]|[A-Za-z]+(es|i)\b")  # Latin of a set: Mm. interspinales, Rotatores longi, Partes ventrales


def question(dataset: Dataset, muscle: Muscle, topic: str) -> str:
    """What a learner is asked, as plain text: "Where does the splenius capitis insert?"."""
    does = "do" if _MANY.match(muscle.latin or "") else "does"
    return _QUESTIONS[topic].format(does=does, muscle=called(dataset, muscle))


def called(dataset: Dataset, muscle: Muscle) -> str:
    """The name as it reads in a sentence: a part by itself and of its whole, "descending part of the trapezius"."""
    whole = dataset.muscles.get(muscle.part_of or "")
    if whole is None:
        return muscle.name
    part = _part(whole, muscle)
    return part if whole.name in part else f"{part} of the {called(dataset, whole)}"


def answer(dataset: Dataset, muscle: Muscle, topic: str) -> str:
    """The whole answer as HTML: what we teach, then what other sources say, then where it is stated."""
    facts = muscle.about(topic)
    return taught(dataset, muscle, topic) + _others(dataset, muscle, facts) + _scope(dataset, muscle, facts)


def taught(dataset: Dataset, muscle: Muscle, topic: str) -> str:
    """The preferred readings as HTML: one list, or one for each part where the parts answer for the whole."""
    by_owner: dict[str, list[Fact]] = {}
    for fact in preferred(muscle.about(topic)):
        by_owner.setdefault(fact.stated_at, []).append(_as_stated(dataset, muscle, fact))
    lists = {owner: _items(facts) for owner, facts in by_owner.items()}
    if len(set(lists.values())) < 2:
        return next(iter(lists.values()), "")
    return "".join(f"<h5>{text(_title(dataset, muscle, owner))}</h5>{items}" for owner, items in lists.items())


def preferred(facts: Iterable[Fact]) -> list[Fact]:
    """The facts that we teach."""
    return [fact for fact in facts if fact.reading == "preferred"]


def sisters(dataset: Dataset, muscle: Muscle, topic: str) -> str:
    """What we teach on the other topics of the same muscle, as HTML."""
    others = [other for other in TOPICS if other != topic and preferred(muscle.about(other))]
    found = [f"<h4>{TITLES[other]}{_mark(muscle, other)}</h4>{taught(dataset, muscle, other)}" for other in others]
    remarks = (_PRESENT.get(muscle.row.get("constancy") or ""), muscle.row.get("note"))
    return "".join((*found, *(f"<p>{text(remark)}</p>" for remark in remarks if remark)))


def contested(facts: Iterable[Fact]) -> bool:
    """Whether any source reads it otherwise or adds to it."""
    return any(fact.reading != "preferred" for fact in facts)


def _items(facts: Sequence[Fact]) -> str:
    sides = dict.fromkeys(side for side in (*_SIDES, "") if any(_side(fact) == side for fact in facts))
    lists = []
    for side in sides:
        items = [_item(fact) for fact in facts if _side(fact) == side]
        title = f'<p><b class="side">{_SIDES[side]}:</b></p>' if side else ""
        lists.append(title + "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>")
    return "".join(lists)


def _side(fact: Fact) -> str:
    side = str(fact.row.get("side") or "") if fact.topic == "action" else ""
    return side if side in _SIDES else ""


def _item(fact: Fact) -> str:
    note = str(fact.row.get("note") or "").rstrip(". ")
    return text(fact.text) + (f" <small>({text(note)})</small>" if note else "")


def _as_stated(dataset: Dataset, muscle: Muscle, fact: Fact) -> Fact:
    """Where a part answers for the whole, the fact as the part itself tells it: without the part's name before it."""
    told = dataset.muscles[fact.stated_at].about(fact.topic) if fact.stated_at in muscle.parts else ()
    return next((other for other in told if other.row == fact.row), fact)


def _others(dataset: Dataset, muscle: Muscle, facts: Sequence[Fact]) -> str:
    ours = {(fact.stated_at, fact.item): _as_stated(dataset, muscle, fact).text for fact in preferred(facts)}
    lines = []
    for fact in facts:
        if fact.reading == "preferred":
            continue
        also = "also " if fact.reading == "addition" else ""
        side = f"{_SIDES[_side(fact)].lower()}: " if _side(fact) else ""
        replaced = ours.get((fact.stated_at, fact.item)) if len(ours) > 1 else None
        instead = f" <small>instead of {text(replaced)}</small>" if replaced else ""
        lines.append(f"<li>{also}{side}{_item(fact)}{instead} – {says(dataset, fact)}</li>")
    return f'<div class="others"><p>Other sources say:</p><ul>{"".join(lines)}</ul></div>' if lines else ""


def _scope(dataset: Dataset, muscle: Muscle, facts: Sequence[Fact]) -> str:
    owners = dict.fromkeys(fact.stated_at for fact in preferred(facts))
    if not owners or muscle.id in owners:
        return ""
    owner = next(iter(owners))
    if owner in muscle.parts:
        words = "This is what holds for its parts."
    elif owner in dataset.groups:
        words = f"This holds for all of the {dataset.groups[owner].name}."
    else:
        words = f"This holds for the whole {called(dataset, dataset.muscles[owner])}."
    return f'<p class="scope">{text(words)}</p>'


def _part(whole: Muscle, part: Muscle) -> str:
    """ "trapezius, descending part" → "descending part"; a name of its own stays as it is."""
    return part.name.removeprefix(f"{whole.name}, ")


def _title(dataset: Dataset, whole: Muscle, part: str) -> str:
    words = _part(whole, dataset.muscles[part]) if part in dataset.muscles else part
    return words[:1].upper() + words[1:]


def _mark(muscle: Muscle, topic: str) -> str:
    return " (contested)" if contested(muscle.about(topic)) else ""
