"""Faults that editors make, planted on purpose: one short module per family, each kind one small function.

``kinds()`` finds them all by their lying here. They prove what the rules catch (``backdata audit``) and make practice workbooks
(``backdata demo``).
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from backdata.faults.kind import Kind


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind of fault and of harmless change, by family, the faults first. Two kinds of one name are a fault of the program."""
    found: dict[str, Kind] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        loaded = importlib.import_module(f"{__name__}.{module.name}")
        for value in vars(loaded).values():
            if isinstance(value, Kind) and value.plant.__module__ == loaded.__name__:
                if value.name in found:
                    raise ValueError(f"two kinds of fault are called “{value.name}”")
                found[value.name] = value
    return tuple(sorted(found.values(), key=lambda kind: kind.harmless))
