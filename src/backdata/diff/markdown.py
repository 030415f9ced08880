"""A difference as Markdown, for pull requests and release notes."""

from __future__ import annotations

import re

from backdata.diff.difference import Difference
from backdata.diff.telling import by_heading, count, counted, meaning, names, step, went_along, why


def render(difference: Difference) -> str:
    """The difference with a heading for everything that changed."""
    old, new = (plain(name) for name in names(difference))
    if not difference:
        return f"**{old}** and **{new}** say the same: no fact, term, card or shape differs.\n"
    parts = [f"## {old} → {new}", counted(difference), *facts(difference)]
    for audience, sentences in meaning(difference).items():
        parts.append(f"**{audience}.** {' '.join(plain(sentence) for sentence in sentences)}")
    parts.append("\n".join([plain(step(difference)), "", *(f"- {plain(reason)}" for reason in why(difference))]))
    return "\n\n".join(parts) + "\n"


def facts(difference: Difference) -> list[str]:
    """What changed in facts and terms: one list for each muscle, group, vessel or sheet."""
    return [
        "\n".join([f"**{plain(heading)}**", "", *(f"- {line}" for line in lines)])
        for heading, lines in told(difference).items()
    ]


def told(difference: Difference) -> dict[str, list[str]]:
    """Heading → lines of Markdown."""
    found = {}
    for heading, changes in by_heading(difference).items():
        lines = []
        for change in changes:
            along = went_along(difference, change)
            more = f" With it went {count(along, 'fact')}." if along else ""
            lines.append(f"{change.kind}: {plain(change.says)}.{more}")
        found[heading] = lines
    return found


def plain(words: str) -> str:
    """Words in which Markdown finds nothing of its own."""
    return re.sub(r"([\\`*_\[\]<>#|~])", r"\\\1", words)
