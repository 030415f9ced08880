"""The decks: names and ids that never change, for Anki finds a deck again by its name, and the text under the first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from backdata.apkg import Deck
from backdata.flashcards.citing import licence
from backdata.model import Dataset, Fact, Source
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

Licence: CC BY 4.0. Every card names its sources, and the licence of those that everybody may quote; where they differ, the card \
says so (`tag:backdata::contested`).

A question may have up to three cards: the question, the question turned round (`card:Reverse`), and the answer with gaps for \
its levels (`card:Levels`). To leave a kind out, search for it and suspend the cards. Tags tell fact, layer, system and region.

To update, import the new backdata.apkg (File > Import) with *Update notes: Always*. What you have learnt is kept; notes that \
you edited or tagged lose your edits and tags. With *If newer*, Anki's default, a note that you touched after the new version \
came out keeps its old fact, and Anki does not say so. To mark cards, use flags: they stay. To refresh the folded facts on \
all other cards too, import backdata.txt afterwards. Only after a new major version, turn *Merge note types* on and set \
*Update note types* to *Always* too. Cards that were withdrawn are found with `tag:{retired}`.

Sources:

{sources}
"""


def description(dataset: Dataset, facts: Iterable[Fact]) -> str:
    """The text under the deck's name, in Markdown: version, licence, how to update, the sources of ``facts``."""
    used = {source for fact in facts for source in (fact.source, *fact.also)}
    sources = (source for source in dataset.sources.values() if source.id in used)
    return _DESCRIPTION.format(
        version=_plain(dataset.version or VERSION),
        retired=RETIRED,
        sources="\n".join(map(_listed, sources)),
    )


def _listed(source: Source) -> str:
    told = licence(source)
    return f"- {_plain(source.citation.rstrip('. '))}" + (f" ({_plain(told)})" if told else "")


def _plain(words: str) -> str:
    """Words in which Markdown and HTML find nothing of theirs."""
    return re.sub(r"([\\`*_\[\]<>&#|~])", r"\\\1", " ".join(words.split()))
