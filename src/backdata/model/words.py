"""How names are written where a sentence, a heading or a cell begins with them."""

from __future__ import annotations


def capital(words: str) -> str:
    """With a capital at the start; the rest stays as it is, for names hold C7 and M. too."""
    return words[:1].upper() + words[1:]
