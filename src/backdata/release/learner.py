"""What a learner sees: the last deck, then the new one, imported into a real Anki where there is one."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from backdata.diff import Difference
from backdata.exporters import anki
from backdata.flashcards.ledger import Ledger
from backdata.release import program, record
from backdata.release.failure import Failed

SCRIPT = "tools/anki_rehearsal.py"
_NAME = "Anki"


def rehearse(copy: Path, last: Path | None, difference: Difference | None, done: Callable[[str, str], None]) -> None:
    """Import the decks and say how it went. Raises Failed where a learner would lose something.

    Anki's library is under the AGPL: it runs in a process of its own and is no part of this program.
    """
    if find_spec("anki") is None or not (copy / SCRIPT).is_file():
        done(_NAME, "not rehearsed: the package anki is not installed here (pip install 'backdata[test]')")
        return
    packages = [str(copy / "exports" / "anki" / record.PACKAGE)]
    old = last / record.PACKAGE if last else None
    if old and old.is_file():
        packages.append(str(old))
    merge = difference is not None and any(each.case == "note-type-changed" for each in difference.shape)
    went = json.loads(program.run(copy, _NAME, str(copy / SCRIPT), *packages, *(["--merge"] if merge else [])))
    _refuse_losses(went)
    done(_NAME, told(went, update=len(packages) > 1, merge=merge))


def mark(copy: Path, version: str) -> None:
    """From now on the dates of notes count from this release: it is what learners have."""
    ledger = copy / "exports" / "anki" / anki.LEDGER
    Ledger.read(ledger).marked(version).write(ledger)


def _refuse_losses(went: dict[str, Any]) -> None:
    faults = {
        f"{went['then']['conflicting']} notes conflict with those that learners have": went["then"]["conflicting"],
        "what was learnt is lost": not went["kept"],
        f"{went['missing_media']} pictures are missing": went["missing_media"],
        f"{went['empty_cards']} notes have empty cards": went["empty_cards"],
        "the collection is damaged": not went["sound"],
        "a note that a learner edited does not get its correction with Update notes: Always": not went.get(
            "edited", {}
        ).get("corrected_by_always", True),
    }
    if found := [words for words, fault in faults.items() if fault]:
        raise Failed(f"{_NAME}: {'; '.join(found)}")


def told(went: dict[str, Any], update: bool, merge: bool) -> str:
    """The outcome in a sentence."""
    counts = ", ".join(f"{went['then'][kind]} {words}" for kind, words in _KINDS.items())
    size = f"{went['notes']} notes with {went['cards']} cards"
    if not update:
        return f"{went['anki']}: {size}; importing the deck again changes nothing ({counts})"
    how = " (Merge note types on, both updates Always)" if merge else ""
    return f"{went['anki']}: a learner who imports the new deck over the last{how} sees {counts}; what was learnt is kept; {size}"


_KINDS = {"new": "new", "updated": "updated", "duplicate": "as before", "conflicting": "in conflict"}
