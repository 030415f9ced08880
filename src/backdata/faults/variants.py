"""Changes that change nothing: what people write in other ways, and everybody reads as the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

from backdata.faults.good import Good
from backdata.faults.grid import Value
from backdata.faults.kind import Chance, Planted, harmless
from backdata.schemas import ColumnSchema


@harmless("dashes of other kinds")
def dashes(good: Good, chance: Chance) -> Planted | None:
    """Other dashes in ranges."""
    dash = chance.one("-‐‑‒—−")
    return _cells(
        good,
        chance,
        "–",
        lambda text, column: text.replace("–", dash) if _is_range(column) else text,
        f"dashes as “{dash}”",
    )


@harmless("spaces of other kinds")
def spaces(good: Good, chance: Chance) -> Planted | None:
    """Spaces doubled, before, behind, and such as do not break."""

    def spaced(text: str, column: ColumnSchema) -> str:
        wide = text.replace(" ", chance.one(("  ", "\u00a0", "\u2009", " ")))
        return chance.one(("", " ", "  ")) + wide + chance.one(("", " ", "\u00a0", "\n"))

    return _cells(good, chance, "", spaced, "spaces of other kinds")


@harmless("spaces within levels (T 1 - T 4)")
def spaced_levels(good: Good, chance: Chance) -> Planted | None:
    """Spaces round the dashes of levels."""
    return _cells(
        good, chance, "–", lambda text, column: text.replace("–", " - ") if column.levels else text, "spaced levels"
    )


@harmless("Th for T in levels")
def thoracic(good: Good, chance: Chance) -> Planted | None:
    """Th1 for T1, as much of Europe writes."""
    return _cells(
        good, chance, "T", lambda text, column: text.replace("T", "Th") if column.levels else text, "Th for T"
    )


@harmless("capitals in closed lists and in names of columns")
def capitals(good: Good, chance: Chance) -> Planted | None:
    """Preferred for preferred."""

    def raised(text: str, column: ColumnSchema) -> str:
        return chance.one((text.capitalize(), text.upper())) if column.allowed else text

    planted = _cells(good, chance, "", raised, "capitals")
    if planted is None:
        return None
    ((table, grid),) = planted.grids.items()
    assert grid is not None
    header = [str(name).replace("_", " ").capitalize() for name in grid.header]
    return Planted({table: grid.with_row(1, header)}, planted.did)


@harmless("names, Latin names and synonyms for ids")
def names(good: Good, chance: Chance) -> Planted | None:
    """What people say in place of ids."""

    def said(text: str, column: ColumnSchema) -> str:
        if not column.refers_to or column.list:
            return text
        usable = [word for word in good.words(column, text) if good.named(column, word) == (text,)]
        return chance.one([text, *usable])

    return _cells(good, chance, "", said, "names and synonyms for ids")


@harmless("accents composed of two signs")
def decomposed(good: Good, chance: Chance) -> Planted | None:
    """Letters with accents as Macs write them."""
    return _cells(good, chance, "", lambda text, column: unicodedata.normalize("NFD", text), "decomposed accents")


@harmless("numbers stored as numbers")
def numbers(good: Good, chance: Chance) -> Planted | None:
    """Items, pages and years that the spreadsheet holds as numbers."""
    grid = good.grids[chance.one(good.grids)]
    rows = [
        tuple(int(value) if isinstance(value, str) and value.isdigit() else value for value in line)
        for line in grid.rows
    ]
    changed = replace(grid, rows=tuple(rows))
    same = [[type(value) for value in line] for line in changed.rows] == [
        [type(value) for value in line] for line in grid.rows
    ]
    return None if same else Planted({grid.table: changed}, f"{grid.title}: numbers as numbers")


def _cells(
    good: Good, chance: Chance, sign: str, change: Callable[[str, ColumnSchema], str], what: str
) -> Planted | None:
    """Every cell below the header that holds ``sign``, changed; None where none was."""
    tables = {
        table: grid
        for table, grid in good.grids.items()
        if any(sign in str(v) for line in grid.rows[1:] for v in line if v)
    }
    grid = tables[chance.one(tables)]
    columns = [good.column(grid.table, str(name)) for name in grid.header]

    def changed(value: Value, column: ColumnSchema) -> Value:
        return change(value, column) if isinstance(value, str) and sign in value else value

    rows = [
        tuple(changed(value, column) for value, column in zip(line, columns, strict=True)) for line in grid.rows[1:]
    ]
    result = replace(grid, rows=(grid.header, *rows))
    return None if result == grid else Planted({grid.table: result}, f"{grid.title}: {what}")


def _is_range(column: ColumnSchema) -> bool:
    return bool(column.levels) or "–" in column.pattern
