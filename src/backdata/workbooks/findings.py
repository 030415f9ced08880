"""The sheet *Findings* of a reviewed workbook: a row per finding, with room for the editor's decision; written and read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from backdata.model import column_letters
from backdata.workbooks.cells import INK, LINK, cell_at, fit_rows, lettering, link_to, write_heading, write_text
from backdata.workbooks.files import blank_workbook, prepare_print, saved
from backdata.workbooks.marks import COLOURS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

NAME = "Findings"
ACCEPT, EXCEPT, LATER = "accept", "grant exception", "not now"
DECISIONS = (ACCEPT, EXCEPT, LATER)


def _column(heading: str, width: int, about: str, hidden: bool = False, wrapped: bool = True) -> Any:
    """A column of the sheet, as a field of its rows."""
    return field(
        default="", metadata={"heading": heading, "width": width, "about": about, "hidden": hidden, "wrapped": wrapped}
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet: one finding, and what the editor has decided."""

    decision: str = _column("Decision", 17, "What shall become of it. accept: the cell gets what stands under “Suggestion”; you may type something else there first. grant exception: it is right as it stands; say why, and where you read it. not now, or nothing: it stays as it is.")  # fmt: skip
    severity: str = _column("Severity", 11, "error: publishing this would teach something wrong or break a program. warning: likely wrong, somebody must look. info: worth knowing. excepted: an exception holds already.", wrapped=False)  # fmt: skip
    sheet: str = _column("Sheet", 15, "The sheet that it stands in.")
    address: str = _column("Cell", 10, "The cell. A click leads there; a click on the coloured cell leads back.", wrapped=False)  # fmt: skip
    value: str = _column("Value", 26, "What stood in the cell when it was reviewed. A suggestion is only taken while this still stands there.")  # fmt: skip
    message: str = _column("What is wrong", 52, "What was found.")
    fix: str = _column("What to do", 42, "What mends it.")
    suggestion: str = _column("Suggestion", 26, "The whole cell as it could stand. Type over it what shall stand there instead.")  # fmt: skip
    reason: str = _column("Reason", 30, "For an exception: why it is right all the same, in one sentence.")
    source: str = _column("Source", 18, "For an exception: in which source you read it, as an id of the sheet sources.")
    by: str = _column("By", 12, "Who has decided. “editors” where nothing stands here.")
    cause: str = _column("Same cause", 16, "Findings with one cause and one remedy have the same number. Filter by it, decide once, and fill the decision down.", wrapped=False)  # fmt: skip
    code: str = _column("Code", 9, "Number of the rule; “backdata explain” prints its page.", wrapped=False)
    row_id: str = _column("Row id", 30, "By this the row is found again, wherever it has been sorted to. Do not change it.", True)  # fmt: skip
    column: str = _column("Column", 14, "By this the cell is found again. Do not change it.", True)
    fingerprint: str = _column("Fingerprint", 18, "By this the finding is known again. Do not change it.", True)
    number: int = 0  # of its row in the sheet, once it stands there


COLUMNS = tuple(each for each in fields(Line) if each.metadata)
_HOW = (
    "A click on an address leads to the cell; a click on a coloured cell leads back here. The note on the cell says the same as its row.",
    "Either correct the cells themselves, or choose under “Decision”: accept takes the suggestion; grant exception needs a reason.",
    "You may type over a suggestion, sort and filter. Where several rows have the same cause, decide once and fill the decision down.",
    "Then save, and let “backdata apply” make a new workbook of it, without colours, notes and this sheet.",
)


@dataclass(frozen=True)
class Found:
    """The sheet as it was read from a reviewed workbook."""

    name: str  # of the sheet
    lines: tuple[Line, ...]
    before: tuple[str, ...]  # grounds on which colours were laid


def first_row(remarks: Sequence[str]) -> int:
    """The row in which the first finding stands."""
    return 1 + len(_HOW) + len(remarks) + 2


def sheet(title: str, remarks: Sequence[str], lines: Iterable[Line], links: Mapping[int, str], before: Sequence[str], name: str) -> bytes:  # fmt: skip
    """A workbook that holds this sheet alone. ``links``: number of a line from 0 → the place that its address leads to."""
    workbook = blank_workbook()
    made: Worksheet = workbook.create_sheet(name)
    write_text(made, 1, 1, title).font = lettering(bold=True, size=14)
    for row, text in enumerate((*_HOW, *remarks), 2):
        write_text(made, row, 1, text).font = lettering(italic=row > 1 + len(_HOW))
    top = first_row(remarks) - 1
    lines = list(lines)
    for number, column in enumerate(COLUMNS, 1):
        write_heading(cell_at(made, top, number), column.metadata["heading"])
        dimension = made.column_dimensions[column_letters(number)]
        dimension.width, dimension.hidden = column.metadata["width"], column.metadata["hidden"]
    for place, line in enumerate(lines):
        _write(made, top + 1 + place, line, links.get(place, ""))
    hidden = len(COLUMNS) + 1
    write_text(made, 1, hidden, "\n".join(before))
    made.column_dimensions[column_letters(hidden)].hidden = True
    _equip(made, top, top + len(lines))
    return saved(workbook, title)


def _write(made: Worksheet, row: int, line: Line, link: str) -> None:
    from openpyxl.styles import Border, PatternFill, Side

    words = asdict(line)
    for number, column in enumerate(COLUMNS, 1):
        cell = write_text(made, row, number, words[column.name] or None, wrapped=column.metadata["wrapped"])
        cell.font = lettering()
        cell.border = Border(bottom=Side("thin", color="D9D9D9"))
        if column.name == "severity" and line.severity in COLOURS:
            cell.fill = PatternFill("solid", fgColor=COLOURS[line.severity])
        elif column.name == "address" and link:
            link_to(cell, link, "To the cell")
            cell.font = lettering(underline=True, color=LINK)
        elif column.name in ("decision", "suggestion", "reason", "source", "by"):
            cell.fill = PatternFill("solid", fgColor="FFFDF2")  # here is room for the editor


def _equip(made: Worksheet, top: int, last: int) -> None:
    """Drop-downs, filter, heights, and a header that stays in sight."""
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(
        type="list",
        formula1=f'"{",".join(DECISIONS)}"',
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Decision",
        error=f"The list offers: {', '.join(DECISIONS)}.",
    )
    choice.add(f"A{top + 1}:A{max(last, top + 1)}")
    made.add_data_validation(choice)
    made.auto_filter.ref = f"A{top}:{column_letters(len(COLUMNS))}{max(last, top + 1)}"
    made.freeze_panes = f"A{top + 1}"
    made.sheet_view.showGridLines = False
    made.sheet_properties.tabColor = INK
    fit_rows(made)
    prepare_print(made, NAME)
    made.print_title_rows = f"{top}:{top}"


def read(data: bytes) -> Found | None:
    """The sheet of a reviewed workbook, in the order in which its rows stand now; None where there is none."""
    import warnings

    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl leaves out when it reads: nothing of this sheet
        try:
            workbook = load_workbook(BytesIO(data), data_only=True)
        except Exception:  # openpyxl raises a dozen kinds for damaged files; that it is damaged is a finding already
            return None
    for each in workbook.worksheets:
        cells = cast("dict[tuple[int, int], Any]", each._cells)
        if each.title.rstrip("_").casefold() == NAME.casefold() and (found := _read(each.title, cells)):
            return found
    return None


def _read(name: str, cells: Mapping[tuple[int, int], Any]) -> Found | None:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in sorted(cells.items()):
        if cell.value is not None:
            rows.setdefault(row, {})[column] = str(cell.value)
    headings = {column.metadata["heading"]: column.name for column in COLUMNS}
    top = next((row for row, words in rows.items() if {"Decision", "Fingerprint"} <= set(words.values())), 0)
    if not top:
        return None
    names = {place: headings[word] for place, word in rows[top].items() if word in headings}
    lines = tuple(
        Line(**{names[place]: word.strip() for place, word in words.items() if place in names}, number=row)
        for row, words in rows.items()
        if row > top
    )
    ground = max(rows[1].items(), default=(0, ""))[1] if 1 in rows else ""
    return Found(name, lines, tuple(each for each in ground.split("\n") if each.startswith("<")))
