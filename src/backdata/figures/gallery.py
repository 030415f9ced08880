"""The page that shows all pictures: by group in anatomical order, with a search field; it needs nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from backdata.figures.wording import short
from backdata.model import Dataset, Group

if TYPE_CHECKING:
    from jinja2 import Template


@dataclass(frozen=True, slots=True)
class Shown:
    """One picture of the page."""

    id: str
    name: str
    latin: str
    alt: str
    found_by: str  # words that the search field looks through


@dataclass(frozen=True, slots=True)
class Section:
    """A group with its own picture, and those of its own muscles."""

    id: str
    name: str
    depth: int
    pictures: tuple[Shown, ...]


def page(dataset: Dataset, drawn: Sequence[str]) -> str:
    """The page as HTML; the pictures are the files ``<id>.svg`` beside it."""
    return (
        _template().render(version=dataset.version, sections=_sections(dataset, set(drawn)), number=len(drawn)) + "\n"
    )


def _sections(dataset: Dataset, drawn: set[str]) -> list[Section]:
    found = []
    for group in dataset.groups.values():
        ids = (group.id, *(muscle.id for muscle in dataset.muscles.values() if muscle.group == group.id))
        pictures = tuple(_shown(dataset, id, group) for id in ids if id in drawn)
        if pictures:
            found.append(Section(group.id, group.name, len(group.path), pictures))
    return found


def _shown(dataset: Dataset, id: str, group: Group) -> Shown:
    subject = dataset.groups[id] if id in dataset.groups else dataset.muscles[id]
    words = (id, subject.name, subject.latin or "", *subject.synonyms, group.name)
    return Shown(id, subject.name, subject.latin or "", short(dataset, id), " ".join(words).lower())


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    home = FileSystemLoader(Path(__file__).resolve().parent, encoding="utf-8")
    environment = Environment(
        loader=home, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    return environment.get_template("gallery.html")
