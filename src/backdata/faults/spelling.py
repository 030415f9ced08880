"""Misspelt words and spoilt letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from backdata.faults.good import WITH_ITEMS, Good
from backdata.faults.grid import Value
from backdata.faults.kind import Chance, Nowhere, Plant, Planted, kind
from backdata.faults.plant import cell, cells_of
from backdata.model import Row
from backdata.schemas import ColumnSchema

_ALIKE = dict(zip("aceiopsxyABCEHIKMOPTX", "асеіорѕхуАВСЕНІКМОРТХ", strict=True))


def _term(change: str) -> Plant:
    def plant(good: Good, chance: Chance) -> Planted | None:
        """Told at the word."""
        row, column = _word(good, chance)
        text = _misspelt(row[column.name], change, chance)
        return None if text is None or _is_valid(good, column, text) else cell(good, row, column.name, text)

    return plant


wrong_letter = kind("term misspelt: one letter is another")(_term("another"))
letter_left_out = kind("term misspelt: one letter left out")(_term("left out"))
letter_doubled = kind("term misspelt: one letter doubled")(_term("doubled"))
letters_swapped = kind("term misspelt: two letters swapped")(_term("swapped"))


@kind("reading misspelt")
def reading(good: Good, chance: Chance) -> Planted | None:
    """Told at the reading."""
    row = chance.one(good.rows(chance.one(WITH_ITEMS)))
    text = _misspelt(row["reading"], chance.one(("another", "left out", "doubled", "swapped")), chance)
    return cell(good, row, "reading", text) if text else None


@kind("id of a term misspelt in its own sheet")
def id_misspelt(good: Good, chance: Chance) -> Planted | None:
    """Told at the id, or wherever the term is used."""
    table = chance.one(("structures", "nerves", "movements", "vessels", "sources", "groups", "muscles"))
    row = chance.one(good.rows(table))
    text = _misspelt(row["id"], chance.one(("another", "left out", "doubled", "swapped")), chance)
    if text is None or any(text == each["id"] for each in good.rows(table)):
        return None
    used = [place for each, column in good.uses(table, row["id"]) for place in cells_of(good, [each], column)]
    return cell(good, row, "id", text, used)


@kind("look-alike letter of another alphabet")
def look_alike(good: Good, chance: Chance) -> Planted | None:
    """Told at the cell."""
    row, name = _text(good, chance)
    places = [place for place, char in enumerate(row[name]) if char in _ALIKE]
    if not places:
        return None
    place = chance.one(places)
    char = row[name][place]
    shown = (
        f"the same with the Cyrillic letter {unicodedata.name(_ALIKE[char]).rpartition(' ')[2].lower()} for “{char}”"
    )
    return cell(good, row, name, row[name][:place] + _ALIKE[char] + row[name][place + 1 :], shown=shown)


@kind("question mark for an accent")
def lost_accent(good: Good, chance: Chance) -> Planted | None:
    """Told at the cell."""
    row, name, text = chance.one(_accented(good))
    return cell(good, row, name, "".join("?" if ord(char) > 0xBF and char.isalpha() else char for char in text))


@kind("letters read in the wrong encoding (Ã¤ for ä)")
def garbled(good: Good, chance: Chance) -> Planted | None:
    """Told at the cell."""
    row, name, text = chance.one(_foreign(good))
    return cell(good, row, name, text.encode().decode("cp1252", "replace"))


@kind("digit for a letter (0 for o, 1 for l)")
def digit_for_a_letter(good: Good, chance: Chance) -> Planted | None:
    """Told at the cell."""
    row, column = _word(good, chance)
    places = [place for place, char in enumerate(row[column.name]) if char in "ol"]
    if not places or column.levels:
        return None
    place, text = chance.one(places), row[column.name]
    return cell(good, row, column.name, text[:place] + {"o": "0", "l": "1"}[text[place]] + text[place + 1 :])


def _word(good: Good, chance: Chance) -> tuple[Row, ColumnSchema]:
    """A filled cell that takes a term or a word of a closed list; each sheet is as likely as it is long."""
    cells = [
        (row, column)
        for table, schema in good.schemas.items()
        for column in schema.columns.values()
        if column.refers_to or column.allowed or column.each
        for row in good.filled(column.name, good.rows(table))
    ]
    return chance.one(cells)


def _text(good: Good, chance: Chance) -> tuple[Row, str]:
    """Any filled cell; each table is equally likely, and in it each column."""
    table = chance.one(table for table in good.schemas if good.rows(table))
    filled = {name: rows for name in good.schemas[table].columns if (rows := good.filled(name, good.rows(table)))}
    name = chance.one(filled)
    return chance.one(filled[name]), name


def _foreign(good: Good) -> Iterator[tuple[Row, str, str]]:
    """Cells with a letter or sign beyond plain English."""
    for table, schema in good.schemas.items():
        for name in schema.columns:
            for row in good.filled(name, good.rows(table)):
                if not row[name].isascii():
                    yield row, name, row[name]


def _accented(good: Good) -> Iterator[tuple[Row, str, str]]:
    return (found for found in _foreign(good) if any(ord(char) > 0xBF and char.isalpha() for char in found[2]))


def _is_valid(good: Good, column: ColumnSchema, text: str) -> bool:
    """Whether it is another good word: then nothing was misspelt."""
    if column.refers_to:
        return good.knows(column, text)
    return all(part.casefold() in (column.allowed or column.each) for part in column.parts(text))


def _misspelt(word: Value, change: str, chance: Chance) -> str | None:
    """The word with one slip; None where it stays the same."""
    text = str(word)
    places = [place for place, char in enumerate(text) if char.isalpha()]
    if len(places) < 3:
        raise Nowhere
    place = chance.one(places)
    if change == "another":
        found = text[:place] + chance.one("abcdefghijklmnopqrstuvwxyz") + text[place + 1 :]
    elif change == "left out":
        found = text[:place] + text[place + 1 :]
    elif change == "doubled":
        found = text[:place] + text[place] + text[place:]
    else:
        found = text[:place] + text[place + 1 : place + 2] + text[place] + text[place + 2 :]
    return None if found.casefold() == text.casefold() else found
