"""The ledger: what every note and note type was like when it last changed, and when that was.

A learner's copy is overwritten, with the learner's own tags, only where the date in the package is later. So what did
not change keeps its date; what changed, or is new, gets a date later than any before. Entries are never taken out: a
note that is no longer made comes back as a tombstone, for nothing that a learner has can be deleted from here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """A note as last published. The words are for its tombstone."""

    hash: str
    mod: int  # seconds since 1970
    key: str = ""  # splenius-capitis.insertion
    muscle: str = ""
    question: str = ""
    facts: tuple[str, ...] = ()  # ids of the statements that answered it


@dataclass(frozen=True)
class Ledger:
    """Notes by guid, note types by id."""

    notes: Mapping[str, Entry] = field(default_factory=dict)
    note_types: Mapping[str, Entry] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path | None) -> Ledger:
        """The ledger that the last publication left; empty if there was none. Raises ValueError if it is not JSON."""
        if path is None or not path.is_file():
            return cls()
        raw = json.loads(path.read_bytes())
        return cls(*({id: _entry(entry) for id, entry in raw[name].items()} for name in ("notes", "note_types")))

    def write(self, path: Path) -> None:
        """Write it, one note per line, so that a difference between two versions can be read."""
        sections = (f'"{name}": {{\n{_lines(getattr(self, name))}\n}}' for name in ("notes", "note_types"))
        path.write_bytes(("{\n" + ",\n".join(sections) + "\n}\n").encode())


def date(old: Entry | None, hash: str, now: int) -> int:
    """When something last changed: as before if it is the same, else now, and in any case later than before."""
    if old is None:
        return now
    return old.mod if old.hash == hash else max(now, old.mod + 1)


def digest(content: object) -> str:
    """A hash of anything that JSON can hold."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]


def _entry(raw: Mapping[str, Any]) -> Entry:
    return Entry(**{**raw, "facts": tuple(raw.get("facts", ()))})


def _lines(entries: Mapping[str, Entry]) -> str:
    return ",\n".join(
        f"{json.dumps(id)}: {json.dumps(_raw(entries[id]), ensure_ascii=False)}" for id in sorted(entries)
    )


def _raw(entry: Entry) -> dict[str, str | int | Sequence[str]]:
    raw: dict[str, str | int | Sequence[str]] = {"hash": entry.hash, "mod": entry.mod}
    words = {"key": entry.key, "muscle": entry.muscle, "question": entry.question, "facts": entry.facts}
    return raw | {name: value for name, value in words.items() if value}
