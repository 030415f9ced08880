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
    if folders := [path for path in paths if path.is_dir()]:
        context: Mapping[str, Table] = {}
        before = next(
            (found for folder in folders for place in _exports_of(folder) if (found := published.tables(place))), {}
        )
    else:
        context, before = home()
    read = intake.read(paths, tables, context)
    return Validation(read, check(read, list(registry.rules().values()), tables, today or _today(), before))


def _exports_of(folder: Path) -> tuple[Path, ...]:
    """Where a folder of workbooks may have been published: inside it, and beside it if it is called raw."""
    inside = folder / "exports"
    return (inside, folder.resolve().parent / "exports") if folder.resolve().name == "raw" else (inside,)


def home() -> tuple[Mapping[str, Table], Mapping[str, Table]]:
    """The tables that single workbooks are judged together with, and what was published of them.

    They are those of ``raw/`` here or in the checkout (all of them, for each may name terms of any other), else the published
    ones that the package carries.
    """
    for raw, exports in ((Path("raw"), Path("exports")), (resources.RAW, resources.PUBLISHED)):
        found = intake.read([raw], schemas.tables()).tables if raw.is_dir() else {}
        if found:
            return found, published.tables(exports)
    last = published.tables()
    return last, last


def _today() -> dt.date:
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = dt.datetime.fromtimestamp(int(given), dt.UTC) if given.isdigit() else dt.datetime.now(dt.UTC)
    return moment.date()
