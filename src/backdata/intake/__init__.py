"""From files to tidy tables: bytes → cells with addresses → tidy text → rows. What it saw on the way is itself tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from backdata.intake.files import found, is_table
from backdata.intake.reading import Reading
from backdata.intake.seen import Intake
from backdata.model import Table
from backdata.schemas import TableSchema

__all__ = ["Intake", "found", "is_table", "read"]


def read(
    paths: Sequence[Path], schemas: Mapping[str, TableSchema], context: Mapping[str, Table] | None = None
) -> Intake:
    """Read every workbook and CSV file under ``paths``; a file that cannot be read is a row of ``files``, not an error.

    Sheets that the paths do not hold are taken from ``context``; those of a workbook that they do hold are missing all the same.
    """
    reading = Reading(schemas)
    for path, name in found(paths):
        reading.file(path, name)
    reading.name_sheets()
    reading.renamed_sheets(context or {}, paths)
    reading.missing_sheets(context or {}, paths)
    return reading.done(context or {})
