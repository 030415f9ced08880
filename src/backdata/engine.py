"""The only place that knows a frame library by name. Frames are Arrow-backed everywhere, so that null means the same.

On the default path a frame is a pyarrow table: on a few hundred rows its joins and windows cost a tenth of those of pandas.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import narwhals as nw

from backdata.model import Row

_TYPES = {"text": "string", "whole": "int64", "flag": "bool_"}


def frame(rows: Iterable[Row], columns: Mapping[str, str]) -> nw.DataFrame[Any]:
    """Rows as a frame. ``columns``: name → text, whole (number) or flag; a column that a row lacks is null there."""
    import pyarrow as pa

    records = list(rows)
    arrays = [pa.array([row.get(name) for row in records], getattr(pa, _TYPES[kind])()) for name, kind in columns.items()]
    return nw.from_native(pa.Table.from_arrays(arrays, names=list(columns)), eager_only=True)


def settle(framed: nw.DataFrame[Any]) -> nw.DataFrame[Any]:
    """The same frame in address order: joins may have left another."""
    return framed.sort("_row")


def rows(framed: nw.DataFrame[Any]) -> list[dict[str, Any]]:
    """A frame as plain rows; null is None."""
    return list(framed.to_arrow().to_pylist())


def columns(framed: nw.DataFrame[Any]) -> dict[str, list[Any]]:
    """A frame as plain columns; null is None."""
    return dict(framed.to_arrow().to_pydict())


def failure_cases(framed: nw.DataFrame[Any], fine: Iterable[tuple[str, str, Sequence[bool]]]) -> list[tuple[str, int]]:
    """(key, row) of every False, as pandera finds them. ``fine``: column it is blamed on, key, one flag per row."""
    import pandas as pd
    import pandera.pandas as pa

    checks: dict[str, list[pa.Check]] = {}
    for column, key, flags in fine:
        mask = pd.Series(flags, dtype=bool)
        checks.setdefault(column, []).append(pa.Check(lambda _, mask=mask: mask, error=key, ignore_na=False))
    native = framed.select(*checks).to_arrow().to_pandas(types_mapper=pd.ArrowDtype)
    schema = pa.DataFrameSchema({name: pa.Column(checks=made, nullable=True) for name, made in checks.items()})
    try:
        schema.validate(native, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        return sorted((str(key), int(row)) for key, row in zip(cases["check"], cases["index"], strict=True))
    return []
