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
    tables, home = schemas.tables(), _home()
    folders = [path for path in paths if path.is_dir()]
    read = intake.read(paths, tables, {} if folders else home.tables())
    places = [place / "exports" for folder in folders for place in (folder, folder.resolve().parent)] or [home.exports]
    before = next((found for place in places if (found := published.tables(place))), {})
    return Validation(read, check(read, list(registry.rules().values()), tables, today or _today(), before))


@dataclass(frozen=True)
class _Home:
    """Where the data set lives that single workbooks belong to."""

    raw: Path | None
    exports: Path

    def tables(self) -> Mapping[str, Table]:
        """All its tables, for each may name terms of any other."""
        return intake.read([self.raw], schemas.tables()).tables if self.raw else published.tables(self.exports)


def _home() -> _Home:
    """The folder ``raw/`` here or in the checkout, with its exports; else the published data that the package carries."""
    for raw, exports in ((Path("raw"), Path("exports")), (resources.RAW, resources.PUBLISHED)):
        if raw.is_dir() and intake.found([raw]):
            return _Home(raw, exports)
    return _Home(None, resources.PUBLISHED)


def _today() -> dt.date:
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return dt.datetime.fromtimestamp(int(given), dt.UTC).date() if given else dt.datetime.now(dt.UTC).date()
