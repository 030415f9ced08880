"""Which release of the data and the program this is."""

from __future__ import annotations

VERSION = "0.1.0"
RELEASED = 1795392000  # 2026-11-23 UTC: the date inside exported files, so that a rebuild gives the same bytes
