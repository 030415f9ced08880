"""What a learner's Anki makes of a new deck: ``python tools/anki_rehearsal.py NEW.apkg [OLD.apkg] [--merge]``.

Runs in a process of its own, because Anki's library is under the AGPL and no part of backdata. Imports the old deck into an
empty collection, studies some cards, imports the new deck with Anki's default options (``--merge``: with those that a major
version asks for), and prints as JSON what happened.
"""

from __future__ import annotations

import json
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

STUDIED = 20
SCHEDULE = "select n.guid, c.ord, c.type, c.queue, c.due, c.ivl, c.factor, c.reps, c.lapses from cards c join notes n on n.id = c.nid where c.reps > 0 order by 1, 2"


def imported(collection: Any, package: str, merge: bool = False) -> dict[str, int]:
    """Import a deck; how many notes were new, updated, duplicate (as before) and conflicting (not taken)."""
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    always = {"merge_notetypes": True, "update_notes": 1, "update_notetypes": 1} if merge else {}
    options = ImportAnkiPackageOptions(**always)
    path = str(Path(package).resolve())
    log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options)).log
    collection.models._clear_cache()
    return {kind: len(getattr(log, kind)) for kind in ("new", "updated", "duplicate", "conflicting")}


def study(collection: Any) -> None:
    """Answer the first cards, as a learner does on the first day."""
    from anki.scheduler.v3 import CardAnswer

    for id in list(collection.find_cards("deck:*"))[:STUDIED]:
        card = collection.get_card(id)
        states = collection._backend.get_scheduling_states(card.id)
        card.start_timer()
        collection.sched.answer_card(collection.sched.build_answer(card=card, states=states, rating=CardAnswer.EASY))


def rehearsed(new: str, old: str | None, merge: bool) -> dict[str, Any]:
    """All that is worth knowing of one update."""
    from anki.collection import Collection

    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder) / "learner.anki2"))
        try:
            first = imported(collection, old or new)
            study(collection)
            before = collection.db.all(SCHEDULE)
            then = imported(collection, new, merge and old is not None)
            kept = collection.db.all(SCHEDULE) == before
            media, empty = collection.media.check(), collection.get_empty_cards()
            return {
                "anki": version("anki"), "first": first, "then": then, "studied": len(before), "kept": kept,
                "notes": collection.note_count(), "cards": collection.card_count(),
                "missing_media": len(media.missing), "empty_cards": len(empty.notes),
                "sound": bool(collection.fix_integrity()[1]),
            }  # fmt: skip
        finally:
            collection.close()


if __name__ == "__main__":
    packages = [word for word in sys.argv[1:] if not word.startswith("--")]
    print(json.dumps(rehearsed(packages[0], packages[1] if len(packages) > 1 else None, "--merge" in sys.argv)))
