"""The mini-atlas: a small clean data set, and what it becomes under the edits that illustrate a rule.

Examples are real files: they are written as a workbook and read back like any other, so that they prove a rule end to end.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from backdata import resources
from backdata.model import Edit
from backdata.schemas import tables

Sheets = dict[str, tuple[dict[str, str], list[dict[str, Any]]]]  # name → (column → header, rows)


def mini_atlas() -> Sheets:
    """The clean sheets."""
    sheets: Sheets = {}
    for name in tables():
        with (resources.MINI_ATLAS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            sheets[name] = ({column: column for column in reader.fieldnames or ()}, list(reader))
    return sheets


def write(folder: Path, edits: Iterable[Edit] = ()) -> Path:
    """The mini-atlas with edits as ``atlas.xlsx`` in ``folder``, with stray files beside it. Returns the folder."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, lines in _edited(folder, edits).items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, float):
                    cell.number_format = "0%"
    book.save(folder / "atlas.xlsx")
    return folder


def write_csv(folder: Path, edits: Iterable[Edit] = ()) -> Path:
    """The same with a CSV file for each sheet, which holds text only. Returns the folder."""
    for name, lines in _edited(folder, edits).items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
    return folder


def _edited(folder: Path, edits: Iterable[Edit]) -> dict[str, list[list[Any]]]:
    """The lines of every sheet after the edits; what they do beside the sheets is done in the folder."""
    sheets = mini_atlas()
    for edit in edits:
        if edit.action == "published":
            _publish(sheets, folder / "exports" / "json")
        elif edit.action == "file":
            (folder / edit.table).write_bytes(edit.changes["content"])
        else:
            _apply(sheets, edit)
    return {
        name: [list(headers.values()), *([row.get(column) or None for column in headers] for row in rows)]
        for name, (headers, rows) in sheets.items()
    }


def _publish(sheets: Sheets, folder: Path) -> None:
    tables = {
        name: [{column: row[column] or None for column in row} for row in rows] for name, (_, rows) in sheets.items()
    }
    folder.mkdir(parents=True)
    (folder / "tables.json").write_text(json.dumps({"version": "0.0.1", "tables": tables}), "utf-8")


def _apply(sheets: Sheets, edit: Edit) -> None:
    headers, rows = sheets[edit.table]
    schema = tables()[edit.table]

    def meant(row: Mapping[str, Any]) -> bool:
        return fnmatchcase(schema.id_of(row), edit.row_id)

    if edit.action == "retitle":
        for column, header in edit.changes.items():
            if header is None:
                del headers[column]
            else:
                headers[column] = header
    elif edit.action == "drop" and not edit.row_id:
        del sheets[edit.table]
    elif edit.action == "drop":
        rows[:] = [row for row in rows if not meant(row)]
    else:
        places = [number for number, row in enumerate(rows) if meant(row)]
        if not places:
            raise LookupError(f"the mini-atlas has no row {edit.row_id} in {edit.table}")
        if edit.action == "add":
            rows.insert(places[0] + 1, {**rows[places[0]], **edit.changes})
        else:
            for place in places if "*" in edit.row_id else places[:1]:  # readings of one item share its id
                rows[place] = {**rows[place], **edit.changes}
