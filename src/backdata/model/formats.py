"""What writes: export formats and report formats."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from backdata.model.facts import Dataset
from backdata.model.findings import Report

Write: TypeAlias = Callable[[Dataset, Path, Path | None], None]


@dataclass(frozen=True)
class Exporter:
    """Writes one format: ``write(dataset, folder, before)`` puts files into the empty ``folder``.

    ``before`` is the folder that the last publication left for this format, or None. Pure: same input, same bytes.
    """

    name: str
    about: str
    write: Write


def exporter(name: str) -> Callable[[Write], Exporter]:
    """Make an exporter of a function; ``name`` is the format and its folder under ``exports/``."""
    return lambda write: Exporter(name, (inspect.getdoc(write) or "").split("\n\n")[0], write)


@dataclass(frozen=True)
class Reporter:
    """Renders a report in one format as text."""

    name: str
    about: str
    render: Callable[..., str]  # (report, colour=False)


def reporter(name: str) -> Callable[[Callable[[Report, bool], str]], Reporter]:
    """Make a report format of a function of the report and whether the reader shows colours."""
    return lambda render: Reporter(name, (inspect.getdoc(render) or "").split("\n\n")[0], render)
