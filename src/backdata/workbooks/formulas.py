"""Formulas in the language that Excel, LibreOffice and Google Sheets share, about the cells of a sheet that holds one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from backdata.model import column_letters
from backdata.schemas import ColumnSchema, TableSchema

_DASHES = ("-", "–", "—")


@dataclass(frozen=True)
class Place:
    """A cell of the second row of a sheet, from which a program works out the formula for every other row."""

    table: TableSchema
    column: ColumnSchema
    last: int  # row
    choices: tuple[str, ...] = ()  # names of the ranges that hold the ids which may stand here

    @property
    def here(self) -> str:
        """The cell itself."""
        return self.cell(self.column.name)

    @property
    def text(self) -> str:
        """What reading makes of it."""
        return f"TRIM({self.here})"

    def cell(self, column: str) -> str:
        """A cell of the same row."""
        return f"${self._letters(column)}2"

    def above(self, column: str) -> str:
        """The cells of a column above this row, its header among them."""
        return f"${self._letters(column)}$1:${self._letters(column)}1"

    def whole(self, column: str) -> str:
        """All cells of a column."""
        return f"${self._letters(column)}$2:${self._letters(column)}${self.last}"

    @property
    def row(self) -> str:
        """All cells of the row."""
        names = list(self.table.columns)
        return f"{self.cell(names[0])}:{self.cell(names[-1])}"

    def count(self, where: Callable[[str], str], columns: Iterable[str], *also: str) -> str:
        """How many rows have in these columns what this row has, and fulfil the rest."""
        same = (f"({where(column)}={self.cell(column)})" for column in columns)
        return f"SUMPRODUCT({'*'.join((*same, *also))}*1)"

    def _letters(self, column: str) -> str:
        return column_letters(list(self.table.columns).index(column) + 1)


def quoted(text: str) -> str:
    """A text as it stands in a formula."""
    return '"' + text.replace('"', '""') + '"'


def is_blank(cell: str) -> str:
    """Whether reading finds nothing in a cell: a dash is nothing."""
    return f"OR({','.join(f'TRIM({cell})={quoted(text)}' for text in ('', *_DASHES))})"


def without(text: str, signs: str) -> str:
    """A text with some of its signs taken out."""
    for sign in signs:
        text = f'SUBSTITUTE({text},{quoted(sign)},"")'
    return text


def is_number(text: str) -> str:
    """Whether nothing is left of a text when its digits are taken out."""
    return f'{without(text, "0123456789")}=""'


def lacks(text: str, signs: str) -> str:
    """Whether none of some signs stands in a text."""
    return ",".join(f"ISERROR(FIND({quoted(sign)},{text}))" for sign in signs)


def _id(prefix: str) -> Callable[[str], str]:
    length = len(prefix)
    rest = f"LEN({{0}})>{length},EXACT(LEFT({{0}},{length}),{quoted(prefix)})"
    return lambda x: f"{rest.format(x)},{is_number(f'MID({x},{length + 1},99)')}"


def _date(x: str) -> str:
    return f'LEN({x})=10,MID({x},5,1)="-",MID({x},8,1)="-",{is_number(without(x, "-"))}'


def _ta98(x: str) -> str:
    return f'EXACT(LEFT({x},1),"A"),MID({x},4,1)=".",{is_number(without(f"MID({x},2,99)", "."))}'


def _step(x: str) -> str:
    steps = f'LEFT({x},FIND(" ",{x})-1)'
    return f'OR(RIGHT({x},3)=" up",RIGHT({x},5)=" down"),{is_number(without(steps, "–-"))}'


FORMS: Mapping[str, Callable[[str], str]] = {
    "^[0-9]+$": is_number,
    "^[1-9][0-9]?$": lambda x: f'LEN({x})<3,LEFT({x},1)<>"0",{is_number(x)}',
    "^[0-9]{4}$": lambda x: f"LEN({x})=4,{is_number(x)}",
    "^[0-9]+(?:–[0-9]+)?$": lambda x: is_number(without(x, "–-")),
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": _date,
    "^[a-z0-9]+(?:-[a-z0-9]+)*$": lambda x: f"EXACT({x},LOWER({x})),{lacks(x, ' _–.,;()')}",
    "^A[0-9][0-9](?:[.][0-9]+)+$": _ta98,
    "^FMA:[0-9]+$": _id("FMA:"),
    "^UBERON:[0-9]+$": _id("UBERON:"),
    "^BD[0-9]{3}$": lambda x: f"LEN({x})=5,{_id('BD')(x)}",
    "^[1-9](?:–[1-9])? (?:up|down)$": _step,
    "^https?://[^ ]+$": lambda x: f'OR(LEFT({x},7)="http://",LEFT({x},8)="https://"),{lacks(x, " ")}',
}
"""Pattern of a column → what a text of that form fulfils, as near as a formula can say it."""
