"""Text as it was meant: composed letters, single spaces, known dashes, no invisible characters. Never a letter or digit less."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"[^\S\n]+")
_DASHES = re.compile(r"[‐‑‒–—―−]|--")
_BLANK = {"", "-", "–", "—"}


def text(raw: str) -> str | None:
    """Tidy prose; None when nothing is left."""
    composed = unicodedata.normalize("NFC", raw.replace("_x000D_", "\n").replace("\r\n", "\n").replace("\r", "\n"))
    visible = "".join(char for char in composed if unicodedata.category(char) != "Cf")
    lines = [_SPACES.sub(" ", line).strip() for line in visible.split("\n")]
    tidied = "\n".join(line for line in lines if line)
    return None if tidied in _BLANK else tidied


def dashes(tidied: str, dash: str) -> str:
    """Every dash as the one that belongs there: "-" in ids and names of the closed lists, "–" between numbers."""
    return _DASHES.sub(dash, tidied)


def why(before: str, after: str | None) -> str:
    """What tidying changed, in words, for the log."""
    if after is None:
        return "blank"
    if unicodedata.normalize("NFC", before) != before:
        return "accents composed"
    if any(unicodedata.category(char) == "Cf" for char in before):
        return "invisible characters removed"
    if "".join(before.split()) == "".join(after.split()):
        return "spaces"
    return "dashes" if _DASHES.search(before) else "line ends"
