"""What a learner's Anki makes of a new deck: ``python tools/anki_rehearsal.py NEW.apkg [OLD.apkg] [--merge]``.

Runs in a process of its own, because Anki's library is under the AGPL and no part of backdata. Imports the old deck into an
empty collection, studies some cards, imports the new deck with Anki's default options (``--merge``: with those that a major
version asks for), and prints as JSON what happened. A second learner has edited a note since: by default Anki keeps such
a note as it is, corrected or not, and only with "Update notes: Always" does the correction arrive.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

STUDIED = 20
LONG_AFTER = 4_000_000_000  # seconds since 1970: later than any release that is rehearsed
SCHEDULE = "select n.guid, c.ord, c.type, c.queue, c.due, c.ivl, c.factor, c.reps, c.lapses from cards c join notes n on n.id = c.nid where c.reps > 0 order by 1, 2"


def imported(collection: Any, package: str, merge: bool = False, always: bool = False) -> Any:
    """Import a deck; what Anki says of each note: new, updated, duplicate (as before) or conflicting (not taken)."""
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    chosen = {"merge_notetypes": True, "update_notetypes": 1} if merge else {}
    options = ImportAnkiPackageOptions(**chosen, update_notes=int(merge or always))
    path = str(Path(package).resolve())
    log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options)).log
    collection.models._clear_cache()
    return log


def counted(log: Any) -> dict[str, int]:
    """How many notes there were of each kind."""
    return {kind: len(getattr(log, kind)) for kind in ("new", "updated", "duplicate", "conflicting")}


def study(collection: Any) -> None:
    """Answer the first cards, as a learner does on the first day."""
    from anki.scheduler.v3 import CardAnswer

    for id in list(collection.find_cards("deck:*"))[:STUDIED]:
        card = collection.get_card(id)
        states = collection._backend.get_scheduling_states(card.id)
        card.start_timer()
        collection.sched.answer_card(collection.sched.build_answer(card=card, states=states, rating=CardAnswer.EASY))


@contextmanager
def learner() -> Iterator[Any]:
    """An empty collection."""
    from anki.collection import Collection

    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder) / "learner.anki2"))
        try:
            yield collection
        finally:
            collection.close()


def rehearsed(new: str, old: str | None, merge: bool) -> dict[str, Any]:
    """All that is worth knowing of one update."""
    with learner() as collection:
        first = imported(collection, old or new)
        study(collection)
        before = collection.db.all(SCHEDULE)
        then = imported(collection, new, merge and old is not None)
        kept = collection.db.all(SCHEDULE) == before
        media, empty = collection.media.check(), collection.get_empty_cards()
        told = {
            "anki": version("anki"), "first": counted(first), "then": counted(then), "studied": len(before), "kept": kept,
            "notes": collection.note_count(), "cards": collection.card_count(),
            "missing_media": len(media.missing), "empty_cards": len(empty.notes),
            "sound": bool(collection.fix_integrity()[1]),
        }  # fmt: skip
        changed = (each.id.nid for each in then.updated)
        note = collection.get_note(next(changed, collection.find_notes("note:*Fact")[0]))
        guid, corrected = note.guid, list(note.fields)
    return told | {"edited": edited(new, old or new, merge and old is not None, guid, corrected)}


def edited(new: str, old: str, merge: bool, guid: str, corrected: list[str]) -> dict[str, bool]:
    """What becomes of a note that the learner has edited, and tagged, after the new deck was made."""
    with learner() as collection:
        imported(collection, old)
        study(collection)
        note = collection.get_note(collection.db.scalar("select id from notes where guid = ?", guid))
        note.fields[-1], note.tags = "my own words", [*note.tags, "mine"]
        collection.update_note(note)
        collection.db.execute("update notes set mod = ? where id = ?", LONG_AFTER, note.id)
        mine, before = list(note.fields), collection.db.all(SCHEDULE)
        imported(collection, new)
        kept = collection.get_note(note.id).fields == mine
        imported(collection, new, merge, always=True)
        return {
            "kept_by_default": kept,
            "corrected_by_always": collection.get_note(note.id).fields == corrected,
            "learnt": collection.db.all(SCHEDULE) == before,
        }


if __name__ == "__main__":
    packages = [word for word in sys.argv[1:] if not word.startswith("--")]
    print(json.dumps(rehearsed(packages[0], packages[1] if len(packages) > 1 else None, "--merge" in sys.argv)))
