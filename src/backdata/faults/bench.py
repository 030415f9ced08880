"""Good data on a bench: it is spoilt through real files, read back and judged, again and again.

The changed sheets are written and read back; the others are good ones that were read once, as when an editor's workbook is judged
together with the sheets that it does not hold.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from backdata import bundle, intake, published, registry, resources, schemas
from backdata.check import check
from backdata.faults import files
from backdata.faults.good import Good
from backdata.faults.kind import Kind, Planted
from backdata.model import Finding, Report, Table


@dataclass(frozen=True)
class Trial:
    """One fault, or one harmless change, and what was told of it that is not told of the good data."""

    kind: str
    did: str
    told: tuple[Finding, ...]
    items: int  # findings with one cause and one remedy are one item
    at_its_place: bool
    failed: str = ""  # how backdata itself failed at it, in the words of the program

    @property
    def outcome(self) -> str:
        """caught, elsewhere or missed."""
        return "caught" if self.at_its_place else "elsewhere" if self.told else "missed"


class Bench:
    """Good data in real files, ready to be spoilt and judged again and again."""

    def __init__(self, good: Good, folder: Path, with_publication: bool = True) -> None:
        self.good = good
        self._folder = folder
        self._schemas = schemas.tables()
        self._rules = list(registry.rules().values())
        files.write(folder / "good", good.grids)
        self._tables = intake.read([folder / "good"], self._schemas).tables
        files.publish(folder / "exports", good.grids)
        self._before = published.tables(folder / "exports") if with_publication else {}
        self._number = 0
        self.already = self._judge(folder / "good", {}).told  # of the good data, which ought to have no fault
        self._known = {finding.fingerprint for finding in self.already}

    def told(self, planted: Planted) -> tuple[Finding, ...]:
        """The findings that the good data has not."""
        self._number += 1
        folder = self._folder / f"trial {self._number}" / "raw"
        files.write(folder, planted.grids, planted.form)
        untouched = {name: table for name, table in self._tables.items() if name not in planted.grids}
        report = self._judge(folder, untouched)
        return tuple(finding for finding in report.told if finding.fingerprint not in self._known)

    def trial(self, kind: Kind, planted: Planted) -> Trial:
        """What is told of a fault. One at which backdata itself fails is missed, and its trial says so."""
        try:
            told = self.told(planted)
        except Exception as error:
            return Trial(kind.name, planted.did, (), 0, False, f"{type(error).__name__}: {error}".partition("\n")[0])
        at_its_place = any(place.holds(finding) for finding in told for place in planted.told_at)
        return Trial(kind.name, planted.did, told, items(told), at_its_place)

    def _judge(self, folder: Path, untouched: Mapping[str, Table]) -> Report:
        return check(intake.read([folder], self._schemas, untouched), self._rules, self._schemas, today(), self._before)


def good_data(folder: Path | None = None) -> Good:
    """The workbooks of a folder; or ``raw/`` here or in the checkout, or else the published data."""
    for raw in (folder,) if folder else (Path("raw"), resources.RAW):
        if raw.is_dir():
            return files.good({name: table.rows for name, table in intake.read([raw], schemas.tables()).tables.items()})
    return files.good(published.load().tables)


def today() -> dt.date:
    """The day that stands for today: the same audit tomorrow says the same."""
    return dt.datetime.fromtimestamp(bundle.epoch(), dt.UTC).date()


def items(told: Iterable[Finding]) -> int:
    """How many items a report makes of findings: those with one cause and one remedy are one."""
    return len({(finding.code, finding.message, finding.fix) for finding in told})
