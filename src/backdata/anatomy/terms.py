"""Terms of a vocabulary: what an editor typed, found by id, name, Latin name or synonym; and the nearest ones otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from backdata.model import Row

_LATIN = {"musculus": "m.", "musculi": "mm.", "nervus": "n.", "nervi": "nn.", "arteria": "a.", "arteriae": "aa.",
          "vena": "v.", "venae": "vv."}  # fmt: skip
_LIKE = 60  # per cent of letters that make a term worth showing
_LETTERS = 6  # as many may hold one slip; in a longer text, so many more
_DASHES = re.compile("[-_‐‑‒–—―−]")


def folded(text: str) -> str:
    """Text as it is compared: no case, dashes of every kind as spaces, Latin kinds abbreviated."""
    words = _DASHES.sub(" ", unicodedata.normalize("NFC", text).casefold()).split()
    return " ".join(_LATIN.get(word, word) for word in words)


class Terms:
    """The terms of one or more vocabulary tables."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.ids: dict[str, str] = {}  # id → name
        self._by_text: dict[str, set[str]] = {}
        self._written: dict[str, str] = {}  # folded text → as written, for the nearest terms
        for row in rows:
            if row.get("id"):
                self._add(row)

    def _add(self, row: Row) -> None:
        self.ids[row["id"]] = row.get("name") or row["id"]
        synonyms = (row.get("synonyms") or "").split(";")
        for text in (row["id"], row.get("name"), row.get("plural"), row.get("latin"), *synonyms):
            if text and text.strip():
                key = folded(text)
                self._by_text.setdefault(key, set()).add(row["id"])
                self._written.setdefault(key, text.strip())

    def resolve(self, text: str) -> str | None:
        """The id of the one term that is called so; None when there is none or more than one."""
        found = self.named(text)
        return found[0] if len(found) == 1 else None

    def named(self, text: str) -> tuple[str, ...]:
        """The ids of all terms that are called so; more than one where a name is shared."""
        return (text,) if text in self.ids else tuple(sorted(self._by_text.get(folded(text), ())))

    def nearest(self, text: str, most: int = 3) -> tuple[str, ...]:
        """Names of the terms that are written most like ``text``, best first."""
        return tuple(dict.fromkeys(self.ids[id] for id in self.nearest_ids(text)))[:most]

    def nearest_ids(self, text: str) -> tuple[str, ...]:
        """Ids of the terms that are written like ``text``, best first."""
        return tuple(id for id, _ in self._likeness(text))

    def meant(self, text: str) -> str | None:
        """The id of the one term that was surely meant: a slip or two away from ``text``, and no other is as near."""
        from rapidfuzz.distance import OSA

        typed = folded(text)
        slips: dict[str, int] = {}
        for key, ids in self._by_text.items():
            most = max(1, len(key) // _LETTERS)
            if (few := OSA.distance(typed, key, score_cutoff=most)) <= most:
                slips |= {id: min(few, slips.get(id, few)) for id in ids}
        nearest = [id for id, few in slips.items() if few == min(slips.values())]
        return nearest[0] if len(nearest) == 1 else None

    def _likeness(self, text: str) -> list[tuple[str, float]]:
        """(id, per cent of likeness) of terms, best first, letter by letter or, in whatever order, word by word."""
        from rapidfuzz import fuzz, process

        best: dict[str, float] = {}
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
            for key, score, _ in process.extract(
                folded(text), self._by_text.keys(), scorer=scorer, limit=12, score_cutoff=_LIKE
            ):
                for id in self._by_text[key]:
                    best[id] = max(score, best.get(id, 0))
        return sorted(best.items(), key=lambda each: (-round(each[1]), each[0]))
