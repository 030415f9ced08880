"""The ledger: what every note and note type was like when it last changed, and when that was.

A learner's copy is overwritten, with the learner's own tags, only where the date in the package is later. So what did
not change keeps its date; what changed, or is new, gets a date later than any before. Once a release is marked, that is
what learners have: later builds are compared with it and not with each other, so what is changed and changed back
between two releases keeps its date. Entries of what was released are never taken out: a note that is no longer made
comes back as a tombstone, for nothing that a learner has can be deleted from here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

_NEVER = ("", 0)  # the released state of what no release had


@dataclass(frozen=True, slots=True)
class Entry:
    """A note as last built. The words are for its tombstone."""

    hash: str
    mod: int = 0  # seconds since 1970
    key: str = ""  # splenius-capitis.insertion
    muscle: str = ""
    question: str = ""
    facts: tuple[str, ...] = ()  # ids of the statements, or of the members, that answered it
    cards: tuple[int, ...] = (0,)  # all that it ever made, as places in the templates: learners may have them
    released: tuple[str, int] | None = None  # hash and mod in the last release, where they were others

    @property
    def new(self) -> bool:
        """Whether no learner can have it yet."""
        return self.released == _NEVER


@dataclass(frozen=True)
class Ledger:
    """Notes by guid, note types by id."""

    notes: Mapping[str, Entry] = field(default_factory=dict)
    note_types: Mapping[str, Entry] = field(default_factory=dict)
    release: str = ""  # the version that learners have; empty while no release was marked

    @classmethod
    def read(cls, path: Path | None) -> Ledger:
        """The ledger that the last publication left; empty if there was none. Raises ValueError if it is not JSON."""
        if path is None or not path.is_file():
            return cls()
        raw = json.loads(path.read_bytes())
        notes, types = ({id: _entry(entry) for id, entry in raw[name].items()} for name in ("notes", "note_types"))
        return cls(notes, types, raw.get("release", ""))

    def write(self, path: Path) -> None:
        """Write it, one note per line, so that a difference between two versions can be read."""
        sections = (f'"{name}": {{\n{_lines(getattr(self, name))}\n}}' for name in ("notes", "note_types"))
        head = f'"release": {json.dumps(self.release)}'
        path.write_bytes(("{\n" + ",\n".join((head, *sections)) + "\n}\n").encode())

    def after(self, now: int, notes: Iterable[tuple[str, Entry]], note_types: Iterable[tuple[str, Entry]]) -> Ledger:
        """The ledger after a build at ``now``: the same entries with the dates that they get."""
        return Ledger(
            {id: self._dated(self.notes.get(id), entry, now) for id, entry in notes},
            {id: self._dated(self.note_types.get(id), entry, now) for id, entry in note_types},
            self.release,
        )

    def marked(self, release: str) -> Ledger:
        """The ledger from which later builds count: all that it holds is what learners have from now on."""
        notes, types = (
            {id: replace(entry, released=None) for id, entry in entries.items()}
            for entries in (self.notes, self.note_types)
        )
        return Ledger(notes, types, release)

    def _dated(self, old: Entry | None, entry: Entry, now: int) -> Entry:
        """When it last changed: as before if it is the same, else now, and in any case later than before."""
        if old is None:
            return replace(entry, mod=now, released=_NEVER if self.release else None)
        before = old.released or (old.hash, old.mod)
        if before[0] == entry.hash:
            return replace(entry, mod=before[1])
        return replace(entry, mod=max(now, before[1] + 1), released=before if self.release else None)


def digest(content: object) -> str:
    """A hash of anything that JSON can hold."""
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]


def _entry(raw: Mapping[str, Any]) -> Entry:
    released = tuple(raw["released"]) if "released" in raw else None
    lists = {"facts": tuple(raw.get("facts", ())), "cards": tuple(raw.get("cards", (0,)))}
    return Entry(**{**raw, **lists, "released": released})


def _lines(entries: Mapping[str, Entry]) -> str:
    return ",\n".join(
        f"{json.dumps(id)}: {json.dumps(_raw(entries[id]), ensure_ascii=False)}" for id in sorted(entries)
    )


def _raw(entry: Entry) -> dict[str, str | int | Sequence[str | int]]:
    raw: dict[str, str | int | Sequence[str | int]] = {"hash": entry.hash, "mod": entry.mod}
    words = {"key": entry.key, "muscle": entry.muscle, "question": entry.question, "facts": entry.facts,
             "cards": entry.cards if entry.cards != (0,) else (), "released": entry.released}  # fmt: skip
    return raw | {name: value for name, value in words.items() if value}
