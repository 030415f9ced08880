"""The rules that a spreadsheet program can put itself: conditional formats that colour a cell while it is being typed.

A rule of ours sees the whole data set; a format sees one sheet. So a format is coarser, and never says that all is well. Each
names its rule: the formula begins with ``N("BD201")``, which is 0 everywhere. Formulas keep to what Excel, LibreOffice and Google
Sheets share, and to what such formulas may hold: no lists in braces, nothing that is calculated again at every keystroke.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from backdata import registry
from backdata.model import UNSOURCED, Severity
from backdata.schemas import ColumnSchema
from backdata.views import items
from backdata.workbooks.formulas import FORMS, Place, is_blank, quoted
from backdata.workbooks.marks import COLOURS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

NAMES = {"error": "Red", "warning": "Yellow", "info": "Blue"}
MEANS = {
    "error": "must be corrected before it is published",
    "warning": "is probably wrong; look at it",
    "info": "is worth a look",
}
_FIRST_DATE = 36_526  # what 1 January 2000 is to a spreadsheet: no page and no year is so large


Applies = Callable[[Place], bool]
Formula = Callable[[Place], str]


@dataclass(frozen=True)
class Alert:
    """One rule, the columns that it is put to, and the formula that is true where it finds fault."""

    code: str  # empty for what reading tidies
    says: str
    applies: Applies | None  # to which columns; None is all of them
    formula: Formula
    milder: str = ""  # a severity where the formula cannot know as much as the rule

    @property
    def severity(self) -> str:
        """That of the rule."""
        return self.milder or (str(registry.rules()[self.code].severity) if self.code else "info")

    @property
    def words(self) -> str:
        """What it says, with the code."""
        return f"{self.says} ({self.code})" if self.code else self.says

    def at(self, place: Place) -> str:
        """The formula for a cell, its code first."""
        return f'AND(N("{self.code or "tidied on reading"}")=0,{self.formula(place)})'


def of(place: Place) -> list[Alert]:
    """The alerts of a column, the worst first."""
    return sorted(
        (each for each in ALERTS if each.applies is None or each.applies(place)),
        key=lambda each: -Severity(each.severity).rank,
    )


def dress(sheet: Worksheet, places: Iterable[Place]) -> None:
    """Put the formats on a sheet, errors before warnings, so that the worst colour is seen."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import Font, PatternFill

    wanted = [(alert, place) for place in places for alert in of(place)]
    for alert, place in sorted(wanted, key=lambda pair: -Severity(pair[0].severity).rank):
        fill = PatternFill("solid", start_color=COLOURS[alert.severity], end_color=COLOURS[alert.severity])
        font = Font(bold=True) if alert.severity == "error" else None
        area = place.whole(place.column.name).replace("$", "")
        look = FormulaRule(formula=[alert.at(place)], fill=fill, font=font)  # type: ignore[no-untyped-call]
        sheet.conditional_formatting.add(area, look)


def legend(place: Place) -> Iterator[str]:
    """What the colours of a column mean, a line for each; what holds for every column is left to the sheet of the lists."""
    own = (alert for alert in of(place) if alert.applies)
    for severity, found in groupby(own, key=lambda alert: alert.severity):
        yield f"{NAMES[severity]}: {'; '.join(alert.words for alert in found)}."


def _one_of(place: Place) -> str:
    return f"OR({','.join(f'{place.text}={quoted(word)}' for word in place.column.allowed)})"


def _may_be_a_number(column: ColumnSchema) -> bool:
    return any(column.pattern and re.search(column.pattern, number) for number in ("1", "1918"))


def _item(place: Place) -> tuple[str, ...]:
    """The columns that the readings of one item have in common."""
    return (*items.QUESTIONS[place.table.name], "item")


def _has_readings(place: Place) -> bool:
    return place.table.name in items.QUESTIONS and place.column.name == "reading"


def _leads_the_key(place: Place) -> bool:
    key = place.table.key
    return bool(key) and place.column.name == ("item" if "item" in key else key[0])


def _date(p: Place) -> str:
    least = f",{p.here}>={_FIRST_DATE}" if _may_be_a_number(p.column) else ""
    return f"ISNUMBER({p.here}),{p.here}=INT({p.here}){least}"


def _repeats(p: Place) -> str:
    return f"{_is_filled(p.table.key, p)},{p.count(p.above, p.table.key)}>0"


def _preferred(p: Place, where: Callable[[str], str]) -> str:
    return p.count(where, _item(p), f'({where("reading")}="preferred")')


def _only_alternatives(p: Place) -> str:
    first = f"{p.count(p.above, _item(p))}=0"
    any_at_all = p.count(p.whole, _item(p), f'({p.whole("reading")}="alternative")')
    return f"{_is_filled(_item(p), p)},{first},{_preferred(p, p.whole)}=0,{any_at_all}>0"


def _is_filled(columns: Iterable[str], p: Place) -> str:
    return ",".join(f'{p.cell(column)}<>""' for column in columns)


def _not_offered(p: Place) -> str:
    return ",".join([f'{p.text}<>""', *(f"ISNA(MATCH({p.text},{name},0))" for name in p.choices)])


ALERTS: tuple[Alert, ...] = (  # of two that are as bad, the first is seen
    Alert("BD211", "a date or a number, not text", None, _date),
    Alert("BD212", "a percentage or a fraction", None, lambda p: f"ISNUMBER({p.here}),{p.here}<>INT({p.here})"),
    Alert("BD214", "an error of the spreadsheet", None, lambda p: f"ISERROR({p.here})"),
    Alert("BD215", "a truth value, not text", None, lambda p: f"ISLOGICAL({p.here})"),
    Alert("BD216", "starts like a formula", None,
          lambda p: f'LEN({p.text})>1,ISTEXT({p.here}),ISNUMBER(FIND(LEFT({p.text},1),"=+-@"))'),
    Alert("BD201", "empty", lambda p: not p.column.nullable, lambda p: f"{is_blank(p.here)},COUNTA({p.row})>0"),
    Alert("BD202", "stands further up already", lambda p: p.column.unique,
          lambda p: f'{p.here}<>"",{p.count(p.above, [p.column.name])}>0'),
    Alert("BD203", "the row says what an earlier one says", _leads_the_key, _repeats),
    Alert("BD204", "not a word of the list", lambda p: bool(p.column.allowed),
          lambda p: f"NOT({is_blank(p.here)}),NOT({_one_of(p)})"),
    Alert("BD205", "not in the form of the example", lambda p: p.column.pattern in FORMS,
          lambda p: f"NOT({is_blank(p.here)}),NOT(AND({FORMS[p.column.pattern](p.text)}))"),
    Alert("BD206", "too long", lambda p: p.column.max_length > 0, lambda p: f"LEN({p.text})>{p.column.max_length}"),
    Alert("BD301", "not an id of the list; a name or a synonym is understood, too", lambda p: bool(p.choices) and not p.column.list,
          _not_offered, milder="info"),
    Alert("BD411", "neither a group nor a whole", lambda p: p.table.name == "muscles" and p.column.name == "group",
          lambda p: f"{is_blank(p.here)},{is_blank(p.cell('part_of'))},COUNTA({p.row})>0"),
    Alert("BD422", "the second preferred reading of its item", _has_readings,
          lambda p: f'{p.text}="preferred",{_is_filled(_item(p), p)},{_preferred(p, p.above)}>0,{p.count(p.above, p.table.key)}=0'),
    Alert("BD423", "the item has no preferred reading", _has_readings, _only_alternatives),
    Alert("BD424", "an addition to an item that has a preferred reading", _has_readings,
          lambda p: f'{p.text}="addition",{_preferred(p, p.whole)}>0'),
    Alert("BD427", "not yet read in a source", lambda p: p.column.refers_to == ("sources",),
          lambda p: f"ISNUMBER(SEARCH({quoted(UNSOURCED)},{p.here}))"),
    Alert("", "spaces too many, which reading takes away", None,
          lambda p: f'OR(LEN({p.text})<>LEN({p.here}),ISNUMBER(FIND("\N{NO-BREAK SPACE}",{p.here})))'),
)  # fmt: skip
