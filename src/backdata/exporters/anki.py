"""``exports/anki``: one flash card per question about a muscle, with its sources; an update keeps what was learnt.

``backdata.apkg`` is for learners, ``backdata.txt`` holds the same notes as text (for reading differences, and for
Anki's "File > Import"), ``ledger.json`` is the memory of what changed when. A note's date moves only when its own
question, answer, sources or tags changed; the facts about the rest of the muscle, folded on its back, and the version
travel along without a date.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from backdata import apkg
from backdata.bundle import epoch
from backdata.flashcards import citing, wording
from backdata.flashcards.deck import DECKS, RETIRED, WITHDRAWN, description
from backdata.flashcards.ledger import Entry, Ledger, date, digest
from backdata.flashcards.note_type import FACT
from backdata.model import TOPICS, Dataset, Muscle, exporter
from backdata.version import VERSION

EDITION = "backdata:back:en:"  # stands before every guid: these muscles, in this language
LEDGER = "ledger.json"
_AGREED = "Agreed: no source we read says otherwise."
_CONTESTED = "Contested: not all sources say the same."
_UNDATED = ("Extra", "Version")  # fields that may change without the note's date


@exporter("anki")
def write_anki(dataset: Dataset, folder: Path, before: Path | None) -> None:
    """Flash cards for Anki: one note per question, sources on the back; an update changes only what changed."""
    package, ledger = build(dataset, Ledger.read(before / LEDGER if before else None))
    (folder / "backdata.apkg").write_bytes(apkg.packed(package))
    (folder / "backdata.txt").write_bytes(_as_text(package).encode())
    ledger.write(folder / LEDGER)


def build(dataset: Dataset, old: Ledger) -> tuple[apkg.Package, Ledger]:
    """All notes with their dates, and the ledger that remembers them; notes no longer made come last, as tombstones."""
    drafts = list(_questions(dataset))
    drafts += _tombstones(dataset, old, {draft.guid for draft in drafts})
    entries, notes = {}, []
    for draft in drafts:
        entry = draft.entry(old.notes.get(draft.guid))
        entries[draft.guid] = entry
        notes.append(draft.note(entry.mod))
    shape = digest([astuple(FACT)])
    note_type = Entry(shape, date(old.note_types.get(str(FACT.id)), shape, epoch()))
    package = apkg.Package((FACT,), _decks(dataset, drafts), tuple(notes), epoch(), {FACT.id: note_type.mod})
    return package, Ledger(entries, {str(FACT.id): note_type})


@dataclass(frozen=True, slots=True)
class _Draft:
    """A note before its date is known."""

    key: str
    deck: str
    muscle: str
    question: str
    facts: tuple[str, ...]  # ids of the statements that answer it
    fields: dict[str, str]  # HTML, beside those that the above fill
    tags: tuple[str, ...]

    @property
    def guid(self) -> str:
        return EDITION + self.key

    @property
    def values(self) -> dict[str, str]:
        names = {"Key": self.key, "Muscle": self.muscle, "Question": self.question}
        return {name: citing.text(value) for name, value in names.items()} | self.fields

    def entry(self, old: Entry | None) -> Entry:
        dated = {name: value for name, value in self.values.items() if name not in _UNDATED}
        hash = digest([FACT.id, dated, sorted(self.tags)])
        return Entry(hash, date(old, hash, epoch()), self.key, self.muscle, self.question, self.facts)

    def note(self, mod: int) -> apkg.Note:
        values = self.values
        fields = tuple(values.get(field.name, "") for field in FACT.fields)
        cards = (0, 1) if values.get("Reverse") else (0,)
        return apkg.Note(self.guid, FACT.id, DECKS[self.deck].name, fields, self.tags, mod, cards)


def _questions(dataset: Dataset) -> Iterator[_Draft]:
    for muscle in dataset.muscles.values():
        for topic in TOPICS:
            if wording.preferred(muscle.about(topic)):  # what only dissenters say is nothing to ask for
                yield _question(dataset, muscle, topic)


def _question(dataset: Dataset, muscle: Muscle, topic: str) -> _Draft:
    facts = muscle.about(topic)
    contested = wording.contested(facts)
    layer = _layer(dataset, muscle)
    group = dataset.groups.get(muscle.group)
    tags = [
        f"backdata::topic::{topic.replace('_', '-')}",
        *(f"backdata::group::{id}" for id in (group.path if group else ())),
    ]
    tags += [f"backdata::layer::{layer}"] if layer else []
    tags += ["backdata::contested"] if contested else []
    fields = {
        "Latin": citing.text(muscle.latin or ""),
        "Answer": wording.answer(dataset, muscle, topic),
        "Extra": wording.sisters(dataset, muscle, topic),
        "Source": citing.citations(dataset, facts),
        "SourceURL": citing.first_link(dataset, wording.preferred(facts)),
        "Status": _CONTESTED if contested else _AGREED,
        "Version": citing.text(dataset.version or VERSION),
    }
    stated = tuple(dict.fromkeys(fact.id for fact in facts))
    words = wording.question(dataset, muscle, topic)
    return _Draft(f"{muscle.id}.{topic}", layer, muscle.name, words, stated, fields, tuple(sorted(tags)))


def _layer(dataset: Dataset, muscle: Muscle) -> str:
    group = dataset.groups.get(muscle.group)
    layer = str(group.row.get("layer") or "") if group else ""
    return layer if layer in DECKS else ""


def _tombstones(dataset: Dataset, old: Ledger, made: set[str]) -> Iterator[_Draft]:
    for guid in sorted(old.notes.keys() - made):
        entry = old.notes[guid]
        fields = {
            "Question": f'<span class="withdrawn">Withdrawn:</span> {citing.text(entry.question)}',
            "Answer": "".join(f"<p>{citing.text(line)}</p>" for line in _farewell(dataset, entry)),
            "Status": "Withdrawn",
        }
        yield _Draft(entry.key, WITHDRAWN, entry.muscle, entry.question, entry.facts, fields, (RETIRED,))


def _farewell(dataset: Dataset, entry: Entry) -> Iterator[str]:
    """Why a question is no longer asked: what was withdrawn of its muscle, the question, the facts that answered it."""
    gone = {entry.key.partition(".")[0], entry.key, *entry.facts}
    reasons = [row for row in dataset.tables.get("withdrawn", ()) if row["id"] in gone]
    yield "This question is no longer asked."
    if not reasons:
        yield "The facts that answered it were taken out of the tables."
    for row in reasons:
        yield f"Withdrawn on {row['on']}: {row['why']}"
        if successor := row.get("replaced_by"):
            muscle, _, fact = successor.partition(".")
            name = dataset.muscles[muscle].name if muscle in dataset.muscles else muscle
            topic = wording.TITLES.get(fact.partition(".")[0], "").lower()
            yield f"In its place: {name}, {topic}." if topic else f"In its place: {name}."
    yield f"To remove such cards, search for tag:{RETIRED} and delete the notes."


def _decks(dataset: Dataset, drafts: list[_Draft]) -> tuple[apkg.Deck, ...]:
    facts = (fact for muscle in dataset.muscles.values() for fact in muscle.facts)
    about = replace(DECKS[""], description=description(dataset, facts))
    used = {draft.deck for draft in drafts if draft.deck}
    return (about, *(deck for layer, deck in DECKS.items() if layer in used))


def _as_text(package: apkg.Package) -> str:
    """The notes as Anki's text format: one line each, fields as HTML between tabs."""
    columns = "#guid column:1", "#notetype column:2", "#deck column:3", f"#tags column:{len(FACT.fields) + 4}"
    names = ("GUID", "Note type", "Deck", *(field.name for field in FACT.fields), "Tags")
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter="\t", lineterminator="\n")
    for note in package.notes:
        writer.writerow((note.guid, FACT.name, note.deck, *note.fields, " ".join(note.tags)))
    return "\n".join(("#separator:tab", "#html:true", *columns, "#columns:" + "\t".join(names), lines.getvalue()))
