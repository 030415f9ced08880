"""``exports/anki``: one flash card per question about a muscle, with its sources; an update keeps what was learnt.

``backdata.apkg`` is for learners, ``backdata.txt`` holds the same notes as text (for reading differences, and for
Anki's "File > Import"), ``ledger.json`` is the memory of what changed when. A note's date moves only when its own
question, answer, sources or tags changed; the facts about the rest of the muscle, folded on its back, and the version
travel along without a date.
"""

from __future__ import annotations

import csv
import io
from dataclasses import astuple, replace
from pathlib import Path

from backdata import apkg
from backdata.bundle import epoch
from backdata.flashcards import notes
from backdata.flashcards.deck import DECKS, description
from backdata.flashcards.ledger import Entry, Ledger, digest
from backdata.flashcards.note_type import DIAGRAM, FACT
from backdata.model import Dataset, exporter

EDITION = "backdata:back:en:"  # stands before every guid: these muscles, in this language
LEDGER = "ledger.json"
NOTE_TYPES = (FACT, DIAGRAM)


@exporter("anki")
def write_anki(dataset: Dataset, folder: Path, before: Path | None) -> None:
    """Flash cards for Anki: one note per question, sources on the back; an update changes only what changed."""
    package, ledger = build(dataset, Ledger.read(before / LEDGER if before else None))
    (folder / "backdata.apkg").write_bytes(apkg.packed(package))
    (folder / "backdata.txt").write_bytes(_as_text(package).encode())
    ledger.write(folder / LEDGER)


def build(dataset: Dataset, old: Ledger) -> tuple[apkg.Package, Ledger]:
    """All notes with their dates, and the ledger that remembers them; notes no longer made come last, as tombstones."""
    known = {guid.removeprefix(EDITION): entry for guid, entry in old.notes.items()}
    drafts = [draft.keeping(known.get(draft.key)) for draft in (*notes.questions(dataset), *notes.maps(dataset, known))]
    drafts += notes.tombstones(dataset, known, {draft.key for draft in drafts})
    types = [(str(kind.id), Entry(digest([astuple(kind)]))) for kind in NOTE_TYPES]
    ledger = old.after(epoch(), ((EDITION + draft.key, draft.entry) for draft in drafts), types)
    made = tuple(_note(draft, ledger) for draft in drafts)
    media = {picture.name: picture.svg for draft in drafts for picture in draft.media}
    mods = {kind.id: ledger.note_types[str(kind.id)].mod for kind in NOTE_TYPES}
    return apkg.Package(NOTE_TYPES, _decks(dataset, drafts), made, epoch(), mods, media), ledger


def _note(draft: notes.Draft, ledger: Ledger) -> apkg.Note:
    guid, values = EDITION + draft.key, draft.values
    fields = tuple(values.get(field.name, "") for field in draft.kind.fields)
    return apkg.Note(
        guid, draft.kind.id, DECKS[draft.deck].name, fields, draft.tags, ledger.notes[guid].mod, draft.cards
    )


def _decks(dataset: Dataset, drafts: list[notes.Draft]) -> tuple[apkg.Deck, ...]:
    facts = (fact for muscle in dataset.muscles.values() for fact in muscle.facts)
    about = replace(DECKS[""], description=description(dataset, facts))
    used = {draft.deck for draft in drafts if draft.deck}
    return (about, *(deck for layer, deck in DECKS.items() if layer in used))


def _as_text(package: apkg.Package) -> str:
    """The questions as Anki's text format: one line each, fields as HTML between tabs. It has no way to carry pictures."""
    columns = "#guid column:1", "#notetype column:2", "#deck column:3", f"#tags column:{len(FACT.fields) + 4}"
    names = ("GUID", "Note type", "Deck", *(field.name for field in FACT.fields), "Tags")
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter="\t", lineterminator="\n")
    for note in (note for note in package.notes if note.type == FACT.id):
        writer.writerow((note.guid, FACT.name, note.deck, *note.fields, " ".join(note.tags)))
    return "\n".join(("#separator:tab", "#html:true", *columns, "#columns:" + "\t".join(names), lines.getvalue()))
