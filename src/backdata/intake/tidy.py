"""Text as it was meant: composed letters, single spaces, known dashes, no invisible characters. Never a letter or digit less."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[^\S\n]+")
_DASHES = re.compile(r"[‐‑‒–—―−-]+")
_CLEAN = re.compile(r"[!-~–]+(?: [!-~–]+)*")  # most cells; the rest takes the long way
_BLANK = {"", "-", "–", "—"}


def text(raw: str) -> str | None:
    """Tidy prose; None when nothing is left."""
    if _CLEAN.fullmatch(raw) and "_x000D_" not in raw:
        return None if raw in _BLANK else raw
    visible = "".join(char for char in raw if unicodedata.category(char) != "Cf")
    composed = unicodedata.normalize("NFC", visible.replace("_x000D_", "\n").replace("\r\n", "\n").replace("\r", "\n"))
    lines = [_SPACES.sub(" ", line).strip() for line in composed.split("\n")]
    tidied = "\n".join(line for line in lines if line)
    return None if tidied in _BLANK else tidied


def dashes(tidied: str, dash: str) -> str:
    """Every dash as the one that belongs there: "-" in ids and names of the closed lists, "–" between numbers."""
    return _DASHES.sub(dash, tidied)


def why(before: str, after: str | None) -> str:
    """What tidying changed, in words, for the log."""
    if after is None:
        return "blank"
    if before.strip().startswith("'") and not after.startswith("'"):
        return "apostrophe that marks text"
    if unicodedata.normalize("NFC", before) != before:
        return "accents composed"
    if any(unicodedata.category(char) == "Cf" for char in before):
        return "invisible characters removed"
    if "\r" in before or "_x000D_" in before:
        return "line ends"
    if "".join(before.split()) == "".join(after.split()):
        return "spaces"
    if "".join(before.casefold().split()) == "".join(after.casefold().split()):
        return "capitals"
    same = dashes("".join(before.split()), "-") == dashes("".join(after.split()), "-")
    return "dashes" if same else "separators"
