"""What writes: export formats and report formats."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from backdata.model.muscles import Dataset
from backdata.model.report import Report

Write: TypeAlias = Callable[[Dataset, Path, Path | None], None]


@dataclass(frozen=True)
class Exporter:
    """Writes one format: ``write(dataset, folder, before)`` puts files into the empty ``folder``.

    ``before`` is the folder that the last publication left for this format, or None. Pure: same input, same bytes.
    """

    name: str
    about: str
    write: Write
    on_demand: bool = False  # written only when it is asked for by name, or lies there already


def exporter(name: str, *, on_demand: bool = False) -> Callable[[Write], Exporter]:
    """Make an exporter of a function; ``name`` is the format and its folder under ``exports/``."""
    return lambda write: Exporter(name, (inspect.getdoc(write) or "").split("\n\n")[0], write, on_demand)


@dataclass(frozen=True)
class Reporter:
    """Renders a report in one format: as one text, or, where ``folder``, as several files (name → bytes)."""

    name: str
    about: str
    render: Callable[..., Any]  # (report, colour=False) → str, or Mapping[str, bytes] where folder
    folder: bool = False
    appends: Mapping[str, Callable[[Report], str]] = field(default_factory=dict)
    """Environment variable that names a file → what is added to that file beside the report."""


def reporter(
    name: str, *, folder: bool = False, appends: Mapping[str, Callable[[Report], str]] | None = None
) -> Callable[[Callable[..., Any]], Reporter]:
    """Make a report format of a function of the report and whether the reader shows colours."""
    return lambda render: Reporter(name, (inspect.getdoc(render) or "").split("\n\n")[0], render, folder, appends or {})
