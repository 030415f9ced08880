"""From paths to a report: reads, checks, and turns what was read into a Dataset."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from backdata import intake, published, registry, resources, schemas
from backdata.check import check
from backdata.intake import Intake
from backdata.model import Dataset, Report, Table
from backdata.version import VERSION


@dataclass(frozen=True)
class Validation:
    """What was read, and the report on it."""

    intake: Intake
    report: Report

    def dataset(self) -> Dataset:
        """The data set that was read."""
        tables = {name: table.rows for name, table in self.intake.tables.items()}
        return published.dataset(tables, VERSION)


def validate(paths: Sequence[Path], today: dt.date | None = None) -> Validation:
    """Read and check ``paths``. A folder is judged as a whole data set; workbooks given one by one are judged together with
    the sheets that they do not hold, taken from ``raw/`` or, outside a checkout, from the published data.
    """
    tables = schemas.tables()
    whole = any(path.is_dir() for path in paths)
    read = intake.read(paths, tables, {} if whole else context())
    report = check(read, list(registry.rules().values()), tables, today or _today(), before(paths))
    return Validation(read, report)


def context() -> Mapping[str, Table]:
    """The tables that single workbooks are judged together with. All are read, for each may name terms of any other."""
    for folder in (Path("raw"), resources.RAW):
        if folder.is_dir() and intake.found([folder]):
            return intake.read([folder], schemas.tables()).tables
    return published.tables()


def before(paths: Sequence[Path]) -> Mapping[str, Table]:
    """What was published last: in ``exports/`` inside or beside a folder; for single workbooks here, or in the package."""
    folders = [place / "exports" for path in paths if path.is_dir() for place in (path, path.resolve().parent)]
    for folder in folders or [Path("exports"), resources.PUBLISHED]:
        if found := published.tables(folder):
            return found
    return {}


def _today() -> dt.date:
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return dt.datetime.fromtimestamp(int(given), dt.UTC).date() if given else dt.datetime.now(dt.UTC).date()
