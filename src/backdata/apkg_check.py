"""Looks into an Anki package without Anki, for what Anki would take in without a word and show wrong, or lose.

Knows nothing of muscles. It reads packages of the old form (``collection.anki2``), which every version of Anki imports.
"""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SECTION = re.compile(r"\{\{([#^])([^}]+)\}\}(.*?)\{\{/\2\}\}", re.DOTALL)
_FIELD = re.compile(r"\{\{([^}#^/]+)\}\}")
_PICTURE = re.compile(r"""<img[^>]*\ssrc=["']?([^"'\s>]+)""")
_BUILT_IN = {"FrontSide", "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag"}


class NoPackage(ValueError):
    """The file is no Anki package that can be read. The message says why."""


@dataclass(frozen=True)
class Contents:
    """What a package holds."""

    notes: int
    cards: int
    media: int
    faults: tuple[str, ...]  # each in one sentence


def check(path: Path) -> Contents:
    """Everything that is wrong with a package. Raises NoPackage where it cannot be read as one."""
    try:
        with zipfile.ZipFile(path) as bundle:
            listed: dict[str, str] = json.loads(bundle.read("media"))
            missing = sorted(name for number, name in listed.items() if number not in bundle.namelist())
            if "collection.anki2" not in bundle.namelist():
                raise NoPackage("its form is not the one that every version of Anki imports")
            collection = bundle.read("collection.anki2")
        with closing(sqlite3.connect(":memory:")) as inside:
            inside.deserialize(collection)
            types, decks = map(json.loads, inside.execute("select models, decks from col").fetchone())
            notes = inside.execute("select id, guid, mid, tags, flds from notes").fetchall()
            cards = inside.execute("select nid, did, ord from cards").fetchall()
    except NoPackage:
        raise
    except (OSError, LookupError, TypeError, AttributeError, zipfile.BadZipFile, sqlite3.Error, ValueError) as error:
        raise NoPackage("it is damaged, or something else") from error
    look = _Look(types, decks, notes, cards, set(listed.values()), missing)
    return Contents(len(notes), len(cards), len(listed), tuple(look.faults()))


@dataclass(frozen=True)
class _Look:
    types: Mapping[str, Any]
    decks: Mapping[str, Any]
    notes: list[tuple[int, str, int, str, str]]
    cards: list[tuple[int, int, int]]
    media: set[str]
    missing: list[str]

    def faults(self) -> Iterator[str]:
        yield from (f"The picture {name} is listed, but its file is not in the package." for name in self.missing)
        for guid, count in Counter(guid for _, guid, *_ in self.notes).items():
            if count > 1:
                yield f"{count} notes have the guid {guid}; Anki would keep one of them."
        ords: dict[int, list[int]] = {}
        for note, deck, place in self.cards:
            ords.setdefault(note, []).append(place)
            if str(deck) not in self.decks:
                yield f"A card lies in a deck ({deck}) that is not in the package."
        shown: set[str] = set()
        alike: dict[str, list[str]] = {}  # what is wrong → the notes with which it is
        for id, guid, kind, tags, fields in self.notes:
            for told in self._note(self.types.get(str(kind)), tags, fields.split("\x1f"), ords.get(id, [])):
                alike.setdefault(told, []).append(guid)
            shown |= set(_PICTURE.findall(fields))
        yield from (f"{told} ({_some(guids)})." for told, guids in alike.items())
        yield from (f"The picture {name} is shown on a card, but is not in the package." for name in sorted(shown - self.media))  # fmt: skip
        yield from (f"The picture {name} is shown on no card; Anki would not import it." for name in sorted(self.media - shown) if not name.startswith("_"))  # fmt: skip

    def _note(self, kind: Any, tags: str, fields: list[str], cards: list[int]) -> Iterator[str]:
        """What is wrong with a note, in words that are the same for every note with which the same is wrong."""
        if kind is None:
            yield "A note is of a note type that is not in the package"
            return
        names = [field["name"] for field in kind["flds"]]
        if len(names) != len(fields):
            yield f"A note has {len(fields)} fields, but its note type {kind['name']} has {len(names)}"
            return
        if not fields[0].strip():
            yield "A note has an empty first field"
        if tags.strip() and tags != f" {' '.join(tags.split())} ":
            yield f"A note has tags that Anki would read otherwise: “{tags}”"
        if not cards:
            yield "A note makes no card: nobody would ever see it"
        values = dict(zip(names, fields, strict=True))
        for place in cards:
            if kind["type"] == 0 and place >= len(kind["tmpls"]):
                yield f"A note makes a card without a template in its note type {kind['name']}"
            elif kind["type"] == 0:
                yield from self._front(kind["tmpls"][place], values)

    def _front(self, template: Any, values: Mapping[str, str]) -> Iterator[str]:
        unknown = {name.rpartition(":")[2] for name in _FIELD.findall(template["qfmt"] + template["afmt"])}
        for name in sorted(unknown - values.keys() - _BUILT_IN):
            yield f"The template {template['name']} shows a field {name}, which its note type does not have"
        front = rendered(template["qfmt"], values)
        if not re.sub(r"<(?!img)[^>]*>|\s", "", front):
            yield f"On the card {template['name']}: the front is empty"


def _some(guids: list[str]) -> str:
    """How many notes, and by which guid the first of them is found in Anki."""
    return f"note {guids[0]}" if len(guids) == 1 else f"{len(guids)} notes, the first {guids[0]}"


def rendered(template: str, values: Mapping[str, str]) -> str:
    """A template with its sections and fields filled in, as Anki does it."""
    while found := _SECTION.search(template):
        kept = bool(values.get(found[2].strip(), "").strip()) == (found[1] == "#")
        template = template[: found.start()] + (found[3] if kept else "") + template[found.end() :]
    return _FIELD.sub(lambda field: values.get(field[1].rpartition(":")[2], ""), template)
