"""Where schemas, published JSON and raw tables lie: in a checkout beside ``src/``, in an installed wheel inside it."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent
_CHECKOUT = _HERE.parent.parent
IN_CHECKOUT = (_CHECKOUT / "schemas" / "tables").is_dir() and (_CHECKOUT / "pyproject.toml").is_file()
_ROOT = _CHECKOUT if IN_CHECKOUT else _HERE / "_data"

SCHEMAS = _ROOT / "schemas"
TABLES = SCHEMAS / "tables"  # what may go in, one YAML per sheet
CONTRACTS = SCHEMAS / "json"  # what comes out, one JSON Schema per document
PUBLISHED = _ROOT / "exports"
RAW = _ROOT / "raw"  # only in a checkout
MINI_ATLAS = _HERE / "mini_atlas"
