"""Writes Anki packages (``.apkg``, collection schema 11) that are the same to the byte whenever their contents are.

Knows nothing of muscles. Anki finds a note again by its guid and overwrites it only when ``mod`` is greater than the
learner's; it finds a note type by its id, and fields and templates by theirs; a deck by its full name. So these must
never change by accident; the ids of notes and cards are free, and date them for Anki's search ``added:``.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from backdata import database
from backdata.bundle import zipped

BASE_DECK = "Default"  # every collection has it, under the id 1, with the preset 1
_SEPARATOR = "\x1f"  # stands between the fields of a note


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a note type."""

    id: int
    name: str
    description: str = ""  # shown in the editor while the field is empty
    tag: int | None = None  # its role in an image occlusion


@dataclass(frozen=True, slots=True)
class Template:
    """One card that a note type can make."""

    id: int
    name: str
    front: str
    back: str


@dataclass(frozen=True, slots=True)
class NoteType:
    """What notes are made of. The first field must be unique; ``sort_field`` is its place in ``fields``."""

    id: int
    name: str
    fields: tuple[Field, ...]
    templates: tuple[Template, ...]
    css: str
    sort_field: int = 0
    occlusion: bool = False  # one template whose cards are the numbered regions hidden in a picture


@dataclass(frozen=True, slots=True)
class Deck:
    """A deck; ``::`` in its name stands between parent and child. The description is Markdown."""

    id: int
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A note with the cards it makes, as places in its type's templates, or as numbers of hidden regions less one."""

    guid: str
    type: int  # id of its note type
    deck: str
    fields: tuple[str, ...]  # HTML
    tags: tuple[str, ...]
    mod: int  # seconds since 1970
    cards: tuple[int, ...] = (0,)


@dataclass(frozen=True)
class Package:
    """All that one ``.apkg`` holds; notes in the order in which they are to be learnt."""

    note_types: tuple[NoteType, ...]
    decks: tuple[Deck, ...]
    notes: tuple[Note, ...]
    mod: int  # seconds since 1970: the date of the package
    type_mods: Mapping[int, int] = field(default_factory=dict)  # note type id → date of its last change
    media: Mapping[str, bytes] = field(default_factory=dict)

    def count(self) -> tuple[int, int]:
        """Notes and cards that a learner gets."""
        return len(self.notes), sum(len(note.cards) for note in self.notes)


def packed(package: Package) -> bytes:
    """The bytes of the ``.apkg``. Raises ValueError where Anki would take something in and show it wrong."""
    _refuse_what_anki_accepts(package)
    names = sorted(package.media)
    members = {str(number): package.media[name] for number, name in enumerate(names)}
    media = {str(number): unicodedata.normalize("NFC", name) for number, name in enumerate(names)}
    return zipped(members | {"collection.anki2": _collection(package), "media": _json(media).encode()})


def _refuse_what_anki_accepts(package: Package) -> None:
    types = {each.id: each for each in package.note_types}
    decks = {each.name for each in package.decks}
    seen: set[str] = set()
    for note in package.notes:
        kind = types[note.type]
        if note.guid in seen:
            raise ValueError(f"two notes have the guid {note.guid}")
        if len(note.fields) != len(kind.fields):
            raise ValueError(f"{note.guid} has {len(note.fields)} fields, its type {len(kind.fields)}")
        if not note.fields[0] or any(_SEPARATOR in text for text in note.fields):
            raise ValueError(f"{note.guid} has an empty first field, or a separator in a field")
        if not note.cards or not set(note.cards) <= _possible(note, kind):
            raise ValueError(f"{note.guid} makes no card, or one without a template")
        if note.deck not in decks:
            raise ValueError(f"{note.guid} lies in the deck {note.deck}, which is not in the package")
        if any(re.search(r"\s", tag) or not tag for tag in note.tags):
            raise ValueError(f"{note.guid} has a tag with a space")
        seen.add(note.guid)


def _possible(note: Note, kind: NoteType) -> set[int]:
    """The cards that Anki would make of a note."""
    if kind.occlusion:
        return {int(number) - 1 for text in note.fields for number in re.findall(r"\{\{c([0-9]+)::", text)}
    return set(range(len(kind.templates)))


def _collection(package: Package) -> bytes:
    memory = database.empty()
    try:
        memory.executescript(_TABLES)
        memory.execute("insert into col values (1,?,?,?,11,0,0,0,?,?,?,?,'{}')", _settings(package))
        decks = {deck.name: deck.id for deck in package.decks}
        types = {each.id: each for each in package.note_types}
        card = 0
        for position, note in enumerate(package.notes, 1):
            id = package.mod * 1000 + position
            memory.execute("insert into notes values (?,?,?,?,-1,?,?,?,?,0,'')", (id, *_note(note, types[note.type])))
            for template in note.cards:
                card += 1
                memory.execute(
                    "insert into cards values (?,?,?,?,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')",
                    (package.mod * 1000 + card, id, decks[note.deck], template, note.mod, position),
                )
        memory.commit()
        return database.serialized(memory)
    finally:
        memory.close()


def _note(note: Note, kind: NoteType) -> tuple[Any, ...]:
    fields = [unicodedata.normalize("NFC", text) for text in note.fields]
    first = _plain(fields[0])
    checksum = int(hashlib.sha1(first.encode(), usedforsecurity=False).hexdigest()[:8], 16)
    tags = " ".join(sorted(unicodedata.normalize("NFC", tag) for tag in note.tags))
    sorted_by = _plain(fields[kind.sort_field])
    return note.guid, note.type, note.mod, f" {tags} " if tags else "", _SEPARATOR.join(fields), sorted_by, checksum


def _plain(text: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", text))


def _settings(package: Package) -> tuple[Any, ...]:
    types = {str(each.id): _note_type(each, package.type_mods.get(each.id, package.mod)) for each in package.note_types}
    decks = {str(each.id): _deck(each, package.mod) for each in (Deck(1, BASE_DECK), *package.decks)}
    milliseconds = package.mod * 1000
    return package.mod, milliseconds, milliseconds, "{}", _json(types), _json(decks), _json({"1": _PRESET})


def _note_type(kind: NoteType, mod: int) -> dict[str, Any]:
    fields = [
        {"id": each.id, "name": each.name, "ord": place, "font": "Arial", "size": 20, "sticky": False, "rtl": False,
         "description": each.description} | ({} if each.tag is None else {"tag": each.tag})
        for place, each in enumerate(kind.fields)
    ]  # fmt: skip
    templates = [
        {"id": each.id, "name": each.name, "ord": place, "qfmt": each.front, "afmt": each.back, "bqfmt": "",
         "bafmt": "", "did": None}
        for place, each in enumerate(kind.templates)
    ]  # fmt: skip
    occlusion = {"originalStockKind": 6} if kind.occlusion else {}
    return occlusion | {"id": kind.id, "name": kind.name, "type": int(kind.occlusion), "mod": mod, "usn": -1, "sortf": kind.sort_field, "did": None,
            "flds": fields, "tmpls": templates, "css": kind.css,
            "latexPre": _LATEX, "latexPost": "\\end{document}", "latexsvg": False}  # fmt: skip


def _deck(deck: Deck, mod: int) -> dict[str, Any]:
    today = {f"{kind}Today": [0, 0] for kind in ("new", "rev", "lrn", "time")}
    return today | {"id": deck.id, "name": unicodedata.normalize("NFC", deck.name), "mod": mod, "usn": -1, "dyn": 0,
                    "desc": deck.description, "md": True, "conf": 1, "collapsed": False, "browserCollapsed": False,
                    "extendNew": 0, "extendRev": 0}  # fmt: skip


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# Learners may write formulas into the fields that are theirs.
_LATEX = "\\documentclass{article}\n\\usepackage{amsmath}\n\\pagestyle{empty}\n\\begin{document}\n"

# Anki before 23.10 looks for the preset 1; others ignore it unless the learner asks for presets.
_PRESET: Mapping[str, Any] = {
    "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": True, "timer": 0, "replayq": True,
    "dyn": False,
    "new": {"bury": False, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20},
    "rev": {"bury": False, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2},
    "lapse": {"delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0},
}  # fmt: skip

_TABLES = """
create table col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
  ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
  models text not null, decks text not null, dconf text not null, tags text not null);
create table notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
  usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
  flags integer not null, data text not null);
create table cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
  mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
  ivl integer not null, factor integer not null, reps integer not null, lapses integer not null, left integer not null,
  odue integer not null, odid integer not null, flags integer not null, data text not null);
create table revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
  ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null,
  type integer not null);
create table graves (usn integer not null, oid integer not null, type integer not null);
create index ix_notes_usn on notes (usn);
create index ix_cards_usn on cards (usn);
create index ix_revlog_usn on revlog (usn);
create index ix_cards_nid on cards (nid);
create index ix_cards_sched on cards (did, queue, due);
create index ix_revlog_cid on revlog (cid);
create index ix_notes_csum on notes (csum);
"""
