"""CSV and TSV files as sheets."""

from __future__ import annotations

from pathlib import Path

from backdata.intake.cells import RawCell, Sheet, Unreadable
from backdata.separated import Unseparable, decoded, records

SUFFIXES = (".csv", ".tsv", ".txt")


def read(path: Path, name: str) -> list[Sheet]:
    """The file as one sheet without a name. Raises Unreadable."""
    try:
        text, _, remark = decoded(path.read_bytes())
        cells = {
            (line, column): RawCell(value)
            for line, record in records(text)
            for column, value in enumerate(record, 1)
            if value
        }
    except Unseparable as error:
        raise Unreadable(str(error)) from error
    return [Sheet(name, "", cells, remark=remark)]
