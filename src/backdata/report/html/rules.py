"""What every rule did, the ones that need a look first, and the pages of the rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backdata.explain import page
from backdata.model import Report, Rule, RuleRecord

if TYPE_CHECKING:
    from markupsafe import Markup

_ORDER = {
    "found": "Found something",
    "follows from others": "Found only what follows from other findings",
    "could not run": "Could not run",
    "passed": "Passed",
    "nothing to judge": "Had nothing to judge",
}


@dataclass(frozen=True, slots=True)
class Page:
    """The page of one rule: what stands above its sections, and the sections with their titles."""

    rule: Rule
    about: Markup
    sections: tuple[tuple[str, Markup], ...]


def outcomes(report: Report) -> list[tuple[str, str, list[RuleRecord]]]:
    """Outcome, its title, and the rules that had it."""
    records = report.records
    return [(each, title, [r for r in records if r.outcome == each]) for each, title in _ORDER.items()]


def pages(report: Report) -> dict[str, Page]:
    """The pages of all rules that were put, by code."""
    return {code: _page(rule) for code, rule in sorted(report.rules.items())}


def _page(rule: Rule) -> Page:
    above, *sections = re.split(r"^## ", page(rule), flags=re.MULTILINE)
    _, _, about = above.partition("\n")
    titled = (section.partition("\n") for section in sections)
    return Page(rule, _blocks(about), tuple((title, _blocks(text)) for title, _, text in titled))


def _blocks(text: str) -> Markup:
    """The little Markdown that rule pages are written in: paragraphs, lists, quotations."""
    from markupsafe import Markup

    made = []
    for block in filter(None, (block.strip() for block in text.split("\n\n"))):
        if block.startswith("- "):
            items = (Markup("<li>{}</li>").format(_words(item)) for item in block[2:].split("\n- "))
            made.append(Markup("<ul>{}</ul>").format(Markup("").join(items)))
        elif block.startswith("> "):
            made.append(Markup("<blockquote><p>{}</p></blockquote>").format(_words(block[2:])))
        else:
            made.append(Markup("<p>{}</p>").format(_words(block)))
    return Markup("\n").join(made)


def _words(text: str) -> Markup:
    """Code and emphasis; everything else is escaped."""
    from markupsafe import Markup, escape

    from backdata.report import visible

    pieces = re.split(r"(`[^`]+`|\*[^*\s][^*]*\*)", " ".join(text.split()))
    return Markup("").join(
        Markup("<code>{}</code>").format(visible(piece[1:-1]))
        if piece[:1] == "`" == piece[-1:] and len(piece) > 2
        else Markup("<em>{}</em>").format(visible(piece[1:-1]))
        if number % 2
        else escape(visible(piece))
        for number, piece in enumerate(pieces)
    )
