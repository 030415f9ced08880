"""The decks: names and ids that never change, for Anki finds a deck again by its name, and the text under the first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from backdata.apkg import Deck
from backdata.model import Dataset, Fact
from backdata.version import VERSION

RETIRED = "backdata::retired"  # the tag of cards that were withdrawn
WITHDRAWN = "withdrawn"
_NAME = "Backdata – Muscles of the back"
DECKS: Mapping[str, Deck] = {
    "": Deck(1795305603000, _NAME),
    "superficial": Deck(1795305603001, f"{_NAME}::1 Superficial"),
    "intermediate": Deck(1795305603002, f"{_NAME}::2 Intermediate"),
    "deep": Deck(1795305603003, f"{_NAME}::3 Deep"),
    "suboccipital": Deck(1795305603004, f"{_NAME}::4 Suboccipital"),
    WITHDRAWN: Deck(1795305603009, f"{_NAME}::9 Withdrawn"),
}
"""Decks by layer; what has no layer lies in the first."""

_DESCRIPTION = """\
The muscles of the back as checked, sourced open data. Version {version}.

Licence: CC BY 4.0. Every card names its sources; where they differ, the card says so (`tag:backdata::contested`).

A question may have up to three cards: the question, the question turned round (`card:Reverse`), and the answer with gaps for \
its levels (`card:Levels`). To leave a kind out, search for it and suspend the cards. Tags tell fact, layer, system and region.

To update, import the new backdata.apkg (File > Import) with *Update notes: If newer*. What you have learnt is kept; \
a card that changed loses your own edits and tags on it. To refresh the folded facts on all other cards too, import \
backdata.txt afterwards. Only after a new major version, turn *Merge note types* on and set both updates to *Always*. \
Cards that were withdrawn are found with `tag:{retired}`.

Sources:

{sources}
"""


def description(dataset: Dataset, facts: Iterable[Fact]) -> str:
    """The text under the deck's name, in Markdown: version, licence, how to update, the sources of ``facts``."""
    used = {source for fact in facts for source in (fact.source, *fact.also)}
    sources = (row for row in dataset.tables.get("sources", ()) if row["id"] in used)
    return _DESCRIPTION.format(
        version=_plain(dataset.version or VERSION),
        retired=RETIRED,
        sources="\n".join(f"- {_plain(row['citation'].rstrip('. '))} ({_plain(row['licence'])})" for row in sources),
    )


def _plain(words: str) -> str:
    """Words in which Markdown and HTML find nothing of theirs."""
    return re.sub(r"([\\`*_\[\]<>&#|~])", r"\\\1", " ".join(words.split()))
