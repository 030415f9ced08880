"""What a group or a muscle is made of: "Which three muscles make up the spinalis?" """

from __future__ import annotations

from backdata.flashcards.citing import text
from backdata.flashcards.subjects import Subject, called, latin, many, members, part_name
from backdata.model import Dataset, Group, Muscle

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def question(dataset: Dataset, subject: Subject) -> str:
    """How it is asked, as plain text; empty where there are fewer than two members to name."""
    inner = members(dataset, subject)
    if len(inner) < 2:
        return ""
    number = _NUMBERS[len(inner)] if len(inner) < len(_NUMBERS) else str(len(inner))
    return f"Which {number} {_kind(inner)} make up the {called(dataset, subject)}?"


def answer(dataset: Dataset, subject: Subject) -> str:
    """The members in anatomical order as HTML, each with its Latin name and what it is made of itself."""
    lines = []
    for member in members(dataset, subject):
        own = ", ".join(_short(member, each) for each in members(dataset, member))
        note = f" <small>({text(own)})</small>" if own else ""
        lines.append(f"<li>{text(_short(subject, member))}{_latin(member)}{note}</li>")
    definition = str(subject.row.get("definition") or "") if isinstance(subject, Group) else ""
    return f"<ul>{''.join(lines)}</ul>" + (f'<p class="scope">{text(definition)}</p>' if definition else "")


def _kind(inner: list[Subject]) -> str:
    if all(isinstance(each, Group) for each in inner):
        return "groups of muscles"
    if all(isinstance(each, Muscle) and each.part_of and "part" in each.name for each in inner):
        return "parts"
    return "sets of muscles" if all(many(each) for each in inner) else "muscles"


def _short(whole: Subject, member: Subject) -> str:
    return part_name(whole, member) if isinstance(whole, Muscle) else member.name


def _latin(member: Subject) -> str:
    return f" – <i>{text(latin(member))}</i>" if latin(member) else ""
