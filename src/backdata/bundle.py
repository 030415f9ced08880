"""Zip files whose bytes depend on nothing but what is put into them, and the date that exported files carry."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

from backdata.version import RELEASED

_DATE = (1980, 1, 1, 0, 0, 0)  # the first day that the zip format knows
_UNIX = 3
_PLAIN_FILE = 0o100644 << 16


def epoch() -> int:
    """Seconds since 1970 that stand for "now" in every exported file: ``SOURCE_DATE_EPOCH``, or the release date."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(given) if given.isascii() and given.isdigit() else RELEASED


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A zip file of ``members`` (name → content), sorted by name. Same members, same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as bundle:
        for name in sorted(members):
            bundle.writestr(_entry(name), members[name], zipfile.ZIP_DEFLATED, compresslevel=9)
    return buffer.getvalue()


def write_zip(path: Path, members: Mapping[str, bytes]) -> None:
    """Write ``zipped(members)`` to ``path``."""
    path.write_bytes(zipped(members))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.create_system = _UNIX  # otherwise Windows would leave its mark
    entry.external_attr = _PLAIN_FILE
    return entry
