"""Discovery: every rule, report format and export format is found by lying in its folder; adding one touches one file."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import TypeVar

from backdata.model import Exporter, Reporter, Rule

T = TypeVar("T")


@cache
def rules() -> dict[str, Rule]:
    """All rules by code, in order. Two rules with one code are a fault of the program."""
    import backdata.rules

    found: dict[str, Rule] = {}
    for rule in sorted(_members(backdata.rules, Rule), key=lambda rule: rule.code):
        if rule.code in found:
            raise ValueError(f"{rule.code} is the code of {found[rule.code].name} and of {rule.name}")
        found[rule.code] = rule
    return found


@cache
def reporters() -> dict[str, Reporter]:
    """All report formats by name."""
    import backdata.report

    return {reporter.name: reporter for reporter in _members(backdata.report, Reporter)}


@cache
def exporters() -> dict[str, Exporter]:
    """All export formats by name."""
    import backdata.exporters

    return {exporter.name: exporter for exporter in _members(backdata.exporters, Exporter)}


def _members(package: ModuleType, kind: type[T]) -> Iterator[T]:
    for module in pkgutil.iter_modules(package.__path__):
        loaded = importlib.import_module(f"{package.__name__}.{module.name}")
        yield from (value for value in vars(loaded).values() if isinstance(value, kind))
