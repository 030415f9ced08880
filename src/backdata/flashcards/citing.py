"""Who says so, as HTML: sources with pages, licences and links."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable

from backdata.model import Dataset, Fact, Row, Source, cited


def citations(dataset: Dataset, facts: Iterable[Fact]) -> str:
    """The sources as a list, each with its pages and its open licence, those of what we teach first."""
    pages: dict[str, dict[str, None]] = {}
    for fact in sorted(facts, key=lambda fact: fact.reading != "preferred"):
        for source in (fact.source, *fact.also):
            pages.setdefault(source, {})
        if fact.page:
            pages[fact.source][fact.page] = None
    lines = (_licensed(dataset, id, pages[id]) for id in pages)
    return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>" if pages else ""


def of_row(dataset: Dataset, row: Row) -> str:
    """The sources that a row of any table names, as a list."""
    return (
        "<ul>" + "".join(f"<li>{_licensed(dataset, id, ())}</li>" for id in cited(row)) + "</ul>" if cited(row) else ""
    )


def says(dataset: Dataset, fact: Fact) -> str:
    """All who state one reading, on one line, as they are called in passing."""
    first, *others = (text(_of(dataset, source).name) for source in dict.fromkeys((fact.source, *fact.also)))
    return "; ".join((f"{first}, p. {text(fact.page)}" if fact.page else first, *others))


def first_link(dataset: Dataset, facts: Iterable[Fact]) -> str:
    """Where the first source that can be read on the web is found, or nothing."""
    return next((html.escape(url) for fact in facts if (url := _of(dataset, fact.source).url)), "")


def text(words: str) -> str:
    """Plain words as HTML, on one line, in Unicode's composed form."""
    return html.escape(" ".join(unicodedata.normalize("NFC", words).split()), quote=False)


def licence(source: Source) -> str:
    """What stands in brackets after a source: its licence if that lets everybody read and quote it, else nothing."""
    return f"licence: {source.licence}" if source.open else ""


def _of(dataset: Dataset, id: str) -> Source:
    """The source of an id; where errors are allowed, it may be unknown or blank."""
    return dataset.sources.get(id) or Source(id, id or "", id or "", None, "", False, None)


def _licensed(dataset: Dataset, id: str, pages: Iterable[str]) -> str:
    told = licence(_of(dataset, id))
    return _cited(dataset, id, pages) + (f" ({text(told)})" if told else "")


def _cited(dataset: Dataset, id: str, pages: Iterable[str]) -> str:
    source = _of(dataset, id)
    name = text(source.citation.rstrip(". "))
    if source.url and source.url.startswith("http"):
        name = f'<a href="{html.escape(source.url)}">{name}</a>'
    where = ", ".join(map(text, pages))
    return f"{name}, p. {where}" if where else name
