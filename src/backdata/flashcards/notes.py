"""The notes of the deck before their dates are known: one per question, with all that stands on its cards.

A question is a muscle, part or group and a topic. Its id (``splenius-capitis.insertion``) is the note's identity for ever;
the words, tags and pictures may change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from backdata.apkg import NoteType
from backdata.flashcards import citing, diagrams, gaps, members, pictures, subjects, wording
from backdata.flashcards.deck import DECKS, RETIRED, WITHDRAWN
from backdata.flashcards.ledger import Entry, digest
from backdata.flashcards.note_type import DIAGRAM, FACT
from backdata.flashcards.pictures import Picture
from backdata.flashcards.reversing import reverse
from backdata.flashcards.subjects import Subject, latin, layer, path, preferred, regions
from backdata.model import Dataset
from backdata.version import VERSION

MEMBERS = "members"  # the question what a group or a muscle is made of
_AGREED = "Agreed: no source we read says otherwise."
_CONTESTED = "Contested: not all sources say the same."
_GROUPED = "Grouped as in the sources below."
_UNDATED = (
    "Extra",
    "Version",
    "PictureCredit",
    "Occlusion",
    "Image",
    "Comments",
)  # fields that may change without the note's date
_UNDATED_TAGS = "backdata::region::"  # where a muscle lies follows from facts that other notes ask for
_GATES = {"Reverse": 1, "Levels": 2}  # field → the card that is there only when it is filled
_FAREWELL = '<span class="withdrawn">Withdrawn:</span> this card is not asked any more; you may delete it.'
_KINDS = {"origin": "origin", "insertion": "insertion", "action": "action", "innervation": "nerve",
          "blood_supply": "blood-supply", MEMBERS: "members", diagrams.KEY: "diagram"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """A note before its date is known."""

    key: str
    deck: str
    muscle: str
    question: str
    facts: tuple[str, ...]  # ids of the statements, or of the members, that answer it
    fields: Mapping[str, str]  # HTML, beside those that the above fill
    tags: tuple[str, ...]
    media: tuple[Picture, ...] = field(default=())
    kind: NoteType = FACT

    @property
    def values(self) -> dict[str, str]:
        """All fields by name."""
        names = {"Key": self.key, "Muscle": self.muscle, "Question": self.question}
        return {name: citing.text(value) for name, value in names.items()} | dict(self.fields)

    @property
    def hash(self) -> str:
        """A digest of all that makes the note another one when it changes."""
        dated = {name: value for name, value in self.values.items() if name not in _UNDATED}
        if self.kind is DIAGRAM:
            dated["Members"] = " ".join(self.facts)
        return digest([self.kind.id, dated, sorted(tag for tag in self.tags if not tag.startswith(_UNDATED_TAGS))])

    @property
    def entry(self) -> Entry:
        """What the ledger keeps of it, without its date."""
        return Entry(self.hash, 0, self.key, self.muscle, self.question, self.facts, self.cards)

    @property
    def cards(self) -> tuple[int, ...]:
        """The cards that it makes, as places in the templates of its note type."""
        if self.kind is DIAGRAM:
            return tuple(int(number) - 1 for number in re.findall(r"\{\{c([0-9]+)::", self.fields["Occlusion"]))
        return (0, *(card for name, card in _GATES.items() if self.values.get(name)))

    def keeping(self, old: Entry | None) -> Draft:
        """The same note with a farewell on every card that it once made and makes no more: its front would be blank."""
        lost = set(old.cards if old and self.kind is FACT else ()) - set(self.cards)
        farewells = {name: _FAREWELL for name, card in _GATES.items() if card in lost}
        return replace(self, fields={**self.fields, **farewells}) if farewells else self


def questions(dataset: Dataset) -> Iterator[Draft]:
    """All that is asked, in anatomical order."""
    for subject in subjects.subjects(dataset):
        asked, topics = members.question(dataset, subject), subjects.topics(subject)
        map = pictures.of(dataset, subject) if asked or topics else None
        if asked:
            yield _members(dataset, subject, asked, map)
        for topic in topics:
            yield _question(dataset, subject, topic, map)


def maps(dataset: Dataset, old: Mapping[str, Entry]) -> Iterator[Draft]:
    """The maps with names to find. The number of a name stays its own: Anki knows a card by it."""
    for system, picture, boxes in diagrams.diagrams(dataset):
        key = f"{system.id}.{diagrams.KEY}"
        order = tuple(dict.fromkeys((*(old[key].facts if key in old else ()), *boxes)))
        asked = diagrams.question(system)
        fields = {
            "Occlusion": diagrams.hidden(boxes, order),
            "Image": picture.html,
            "Header": citing.text(asked),
            "Comments": pictures.CREDIT.format(version=citing.text(dataset.version or VERSION)),
        }
        tags = _tags(dataset, system, diagrams.KEY)
        deck = layer_deck(dataset, system)
        yield Draft(key, deck, system.name, asked, order, fields, tags, (picture,), DIAGRAM)


def tombstones(dataset: Dataset, old: Mapping[str, Entry], made: set[str]) -> Iterator[Draft]:
    """What was once asked and is not any more; ``old`` and ``made`` go by key."""
    for key, entry in sorted(old.items()):
        if key in made or entry.new:
            continue
        question = f'<span class="withdrawn">Withdrawn:</span> {citing.text(entry.question)}'
        answer = "".join(f"<p>{citing.text(line)}</p>" for line in _farewell(dataset, entry))
        plain = Draft(key, WITHDRAWN, entry.muscle, entry.question, entry.facts, {}, (RETIRED,))
        if key.endswith(f".{diagrams.KEY}"):
            gone = "<br>".join(
                f"{{{{c{place + 1}::image-occlusion:rect:left=0:top=0:width=0:height=0}}}}" for place in entry.cards
            )
            yield replace(plain, fields={"Occlusion": gone, "Header": question, "Back Extra": answer}, kind=DIAGRAM)
        else:
            fields = {"Question": question, "Answer": answer, "Status": "Withdrawn"}
            yield replace(plain, fields=fields).keeping(entry)


def _question(dataset: Dataset, subject: Subject, topic: str, map: Picture | None) -> Draft:
    facts = subject.about(topic)
    contested = wording.contested(facts)
    own = any(fact.stated_at == subject.id for fact in facts)
    picture = pictures.of(dataset, subject, topic)
    fields = {
        "Latin": citing.text(latin(subject)),
        "Answer": wording.answer(dataset, subject, topic),
        "Extra": wording.sisters(dataset, subject, topic) + (map.html if map else ""),
        "Picture": picture.html if picture else "",
        "PictureCredit": pictures.CREDIT.format(version=citing.text(dataset.version or VERSION)) if picture else "",
        "Source": citing.citations(dataset, facts),
        "SourceURL": citing.first_link(dataset, preferred(facts)),
        "Status": _CONTESTED if contested else _AGREED,
        "Version": citing.text(dataset.version or VERSION),
        "Reverse": reverse(dataset, subject, topic),
        "Levels": gaps.gapped(dataset, facts) if own else "",
        "Dispute": wording.dispute(facts),
    }
    stated = tuple(dict.fromkeys(fact.id for fact in facts))
    words = wording.question(dataset, subject, topic)
    tags = (*_tags(dataset, subject, topic), *(["backdata::contested"] if contested else []))
    media = tuple(each for each in (picture, map) if each)
    return Draft(
        f"{subject.id}.{topic}", layer_deck(dataset, subject), subject.name, words, stated, fields, tags, media
    )


def _members(dataset: Dataset, subject: Subject, asked: str, map: Picture | None) -> Draft:
    fields = {
        "Latin": citing.text(latin(subject)),
        "Answer": members.answer(dataset, subject),
        "Extra": map.html if map else "",
        "Source": citing.of_row(dataset, subject.row),
        "Status": _GROUPED,
        "Version": citing.text(dataset.version or VERSION),
    }
    media = (map,) if map else ()
    inner = tuple(member.id for member in subjects.members(dataset, subject))
    deck, tags = layer_deck(dataset, subject), _tags(dataset, subject, MEMBERS)
    return Draft(f"{subject.id}.{MEMBERS}", deck, subject.name, asked, inner, fields, tags, media)


def layer_deck(dataset: Dataset, subject: Subject) -> str:
    """The deck of its layer; the first where there is none for it."""
    return found if (found := layer(dataset, subject)) in DECKS else ""


def _tags(dataset: Dataset, subject: Subject, topic: str) -> tuple[str, ...]:
    """By fact kind, layer, system and region."""
    system, depth = "::".join(path(dataset, subject)), layer(dataset, subject)
    return (
        f"backdata::fact::{_KINDS[topic]}",
        *([f"backdata::layer::{depth}"] if depth else []),
        *([f"backdata::system::{system}"] if system else []),
        *(f"{_UNDATED_TAGS}{region}" for region in regions(dataset, subject)),
    )


def _farewell(dataset: Dataset, entry: Entry) -> Iterator[str]:
    """Why a question is no longer asked: what was withdrawn of its muscle, the question, the facts that answered it."""
    gone = {entry.key.partition(".")[0], entry.key, *entry.facts}
    reasons = [row for row in dataset.tables.get("withdrawn", ()) if row["id"] in gone]
    yield "This question is no longer asked."
    if not reasons:
        yield "The facts that answered it were taken out of the tables, or are asked for elsewhere."
    for row in reasons:
        yield f"Withdrawn on {row['on']}: {row['why']}"
        if successor := row.get("replaced_by"):
            muscle, _, fact = successor.partition(".")
            name = dataset.muscles[muscle].name if muscle in dataset.muscles else muscle
            topic = wording.TITLES.get(fact.partition(".")[0], "").lower()
            yield f"In its place: {name}, {topic}." if topic else f"In its place: {name}."
    yield f"To remove such cards, search for tag:{RETIRED} and delete the notes."
