"""The sheet of contested facts: one line per item about which sources disagree, what we teach first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from backdata.anatomy.overview import SIDES, TITLES, source_names, who
from backdata.model import Dataset, Fact, Group, Muscle, capital, column_letters
from backdata.workbooks.cells import cell_at, fit_rows, lettering, ruled, write_heading, write_note, write_text
from backdata.workbooks.files import prepare_print
from backdata.workbooks.places import Places, write_link, write_way_back

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

CONTESTED = "Contested"
_TEXTS = {  # title → width, and what it says
    "Muscle": (
        26,
        "The muscle, part or group about which this is stated; what is stated on a group holds for its muscles.",
    ),
    "Topic": (14, "What the sources disagree about."),
    "We teach": (38, "What stands in the overview."),
    "According to": (32, "The sources of what we teach; the first one's wording decides."),
    "Others say": (62, "Each other reading with its sources, one per line."),
    "Remark": (34, "A remark on what we teach."),
}
_LINKS = {
    "Fact": "Permanent name of the fact; a click leads to its row in the table.",
    "Source": "The first source of what we teach; a click leads to its row.",
    "Overview": "Where it stands in the overview; a click leads there.",
}


def write_contested(sheet: Worksheet, dataset: Dataset, places: Places, overview: Mapping[str, str]) -> int:
    """Fill the sheet; returns how many items it lists. ``overview`` says where muscles and groups stand there."""
    for number, (title, (width, says)) in enumerate({**_TEXTS, **{t: (24, s) for t, s in _LINKS.items()}}.items(), 1):
        write_heading(cell_at(sheet, 1, number), title, strong=title in _TEXTS)
        write_note(cell_at(sheet, 1, number), says)
        sheet.column_dimensions[column_letters(number)].width = width
    sources, row = source_names(dataset), 1
    for row, (owner, readings) in enumerate(_items(dataset), 2):
        taught, *others = readings
        texts = (
            capital(owner.name),
            TITLES[taught.topic],
            _said(taught),
            who(taught, sources),
            "\n".join(f"{_said(fact)} – {who(fact, sources)}{_remark(fact)}" for fact in others),
            taught.note,
        )
        for number, text in enumerate(texts, 1):
            write_text(sheet, row, number, text, wrapped=True).border = ruled()
        cell_at(sheet, row, 1).font = lettering(bold=True)
        write_link(sheet, row, len(texts) + 1, places.of_fact(taught), taught.id)
        write_link(sheet, row, len(texts) + 2, places.of("sources", taught.source), taught.source)
        write_link(sheet, row, len(texts) + 3, overview.get(owner.id, ""))
    fit_rows(sheet)
    width = len(_TEXTS) + len(_LINKS)
    write_way_back(sheet, width + 1)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{column_letters(width)}{max(row, 1)}"
    prepare_print(sheet, "Contested facts")
    sheet.print_area = f"A1:{column_letters(len(_TEXTS))}{max(row, 2)}"
    return row - 1


def _items(dataset: Dataset) -> Iterator[tuple[Group | Muscle, tuple[Fact, ...]]]:
    """Each contested item where it is stated, with its readings, what we teach first."""
    for group in dataset.groups.values():
        owners: tuple[Group | Muscle, ...] = (group, *(m for m in dataset.muscles.values() if m.group == group.id))
        for owner in owners:
            own = (fact for fact in owner.facts if fact.contested and fact.stated_at == owner.id)
            for id in dict.fromkeys(fact.id for fact in own):
                yield owner, dataset.readings(id)


def _said(fact: Fact) -> str:
    also = "also " if fact.reading == "addition" else ""
    return f"{also}{SIDES.get(fact.side or '', '').lower()}{fact.text}"


def _remark(fact: Fact) -> str:
    return f" ({fact.note.rstrip('.')})" if fact.note else ""
