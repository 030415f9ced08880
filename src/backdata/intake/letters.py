"""Letters that are not what they look like: of another alphabet, lost to a question mark, or read in the wrong encoding."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

_CYRILLIC = dict(zip("АВЕЗІЈКМНОРСТУХЅабвгеіјкмнопрстухѕһӏԁԛԝ", "ABE3IJKMHOPCTYXSabbreijkmhonpctyxshldqw", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβγεηικνορτυχω", "ABEZHIKMNOPTYXabyenikvoptuxw", strict=True))
_LATIN = {**_CYRILLIC, **_GREEK, **{chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}}  # full width, too
_WORD = re.compile(r"[^\W_]+")
_DIGIT_AMONG_LETTERS = re.compile(r"(?<![A-Za-z0-9])[A-Z]?[a-z]{2,}[01][a-z]{2,}(?![A-Za-z0-9])")
_DIGIT_IN_A_WORD = re.compile(r"[A-Za-z]+[01][A-Za-z01]*")
_LOST = re.compile(r"[^\W\d_]+(?:\?|\N{REPLACEMENT CHARACTER})+[^\W\d_]+|\w*\N{REPLACEMENT CHARACTER}+\w*")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_PLAIN = re.compile(r"[ -~–]*")


@dataclass(frozen=True, slots=True)
class Strange:
    """A word with a strange letter in it, as one may have meant it."""

    kind: str  # look-alike, lost or garbled
    word: str
    why: str  # names the letter, in words
    mended: str | None  # the word; None where only a person can tell
    text: str  # the whole cell with the word mended


def strange(text: str, strict: bool) -> Strange | None:
    """The first strange word of a cell; ``strict``: of a column that takes no foreign word, only ids, terms and levels."""
    if _PLAIN.fullmatch(text) and "?" not in text:
        return None
    return _garbled(text) or _look_alike(text, strict) or _lost(text)


def digit_for_a_letter(text: str, known: Collection[str]) -> Strange | None:
    """A word with 0 for o, or with 1 for l or i: where the word that is meant is known, or amid its letters."""
    for match in _DIGIT_IN_A_WORD.finditer(text):
        word = match[0]
        for one in "li":
            meant = word.replace("0", "o").replace("1", one)
            if len(meant) > 3 and meant.casefold() in known:
                digit = next(char for char in word if char in "01")
                why = f"the digit {digit} stands for the letter “{'o' if digit == '0' else one}”"
                return Strange("look-alike", word, why, meant, text[: match.start()] + meant + text[match.end() :])
    inside = _DIGIT_AMONG_LETTERS.search(text)
    return Strange("look-alike", inside[0], "a digit stands among its letters", None, text) if inside else None


def with_accent(text: str, found: Strange, known: Collection[str]) -> Strange:
    """A lost letter put back where the data set holds one word that has an accent in its place."""
    gap = re.compile(
        re.sub(r"(?:\\\?|\N{REPLACEMENT CHARACTER})+", r"[^\\x00-\\x7f]{1,2}", re.escape(found.word.casefold()))
    )
    meant = [word for word in known if gap.fullmatch(word)]
    if len(meant) != 1:
        return found
    mended = meant[0].capitalize() if found.word[0].isupper() else meant[0]
    return Strange(found.kind, found.word, found.why, mended, text.replace(found.word, mended))


def _look_alike(text: str, strict: bool) -> Strange | None:
    for match in _WORD.finditer(text):
        word = match[0]
        alien = [char for char in word if _alphabet(char)]
        if not alien or not (strict or _is_mixed(word, alien)):
            continue
        said = [
            f"“{char}” is the {_alphabet(char)} letter {_place(char)}{_meant(char)}" for char in dict.fromkeys(alien)
        ]
        sure = all(char in _LATIN for char in alien)
        mended = "".join(_LATIN.get(char, char) for char in word) if sure else None
        return Strange(
            "look-alike", word, ", ".join(said), mended, text[: match.start()] + (mended or word) + text[match.end() :]
        )
    return None


def _is_mixed(word: str, alien: list[str]) -> bool:
    """Whether no language writes so: letters of two alphabets, or a lone foreign letter with a digit, in full width, or as “а”."""
    if len(alien) < len(word) or any(_alphabet(char) == "full-width" for char in alien):
        return True
    return len(word) == 1 and _alphabet(word) == "Cyrillic"


def _alphabet(char: str) -> str:
    if char < "\u0370":
        return ""
    name = unicodedata.name(char, "").partition(" ")[0]
    return {"CYRILLIC": "Cyrillic", "GREEK": "Greek", "FULLWIDTH": "full-width"}.get(name, "")


def _place(char: str) -> str:
    return f"U+{ord(char):04X}"


def _meant(char: str) -> str:
    return f" in place of the Latin “{_LATIN[char]}”" if char in _LATIN else ""


def _lost(text: str) -> Strange | None:
    if "://" in text or "www." in text:
        return None
    match = _LOST.search(text)
    return Strange("lost", match[0], "", None, text) if match else None


def _garbled(text: str) -> Strange | None:
    """UTF-8 that was read as Windows-1252 (Ã¤ for ä), perhaps more than once."""
    repaired = text
    for _ in range(3):
        again = _FOREIGN.sub(lambda run: _reread(run[0]), repaired)
        if again == repaired:
            break
        repaired = again
    if repaired == text:
        return None
    first = next((word for word in text.split() if _FOREIGN.sub(lambda run: _reread(run[0]), word) != word), text)
    mended = next((new for old, new in zip(text.split(), repaired.split(), strict=False) if old == first), repaired)
    return Strange("garbled", first, "", mended, repaired)


def _reread(run: str) -> str:
    try:
        return b"".join(_byte(char) for char in run).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return run


def _byte(char: str) -> bytes:
    """The byte that Windows-1252 shows so; its five undefined bytes come through as control characters."""
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")
