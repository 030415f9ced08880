"""The only place that knows a frame library by name. Frames are Arrow-backed everywhere, so that null means the same.

On the default path a frame is a pyarrow table: on a few hundred rows the expressions of the rules cost a fifth of what they
cost on pandas. Only pandera gets pandas frames, and those Arrow-backed too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import narwhals as nw

Frame: TypeAlias = nw.DataFrame[Any]
_TYPES = {"text": "string", "whole": "int64", "flag": "bool_"}


def frame(columns: Mapping[str, list[Any]], kinds: Mapping[str, str]) -> Frame:
    """Plain columns as a frame. ``kinds``: column → text, whole (number) or flag; None is null."""
    import pyarrow as pa

    arrays = [pa.array(column, getattr(pa, _TYPES[kinds[name]])()) for name, column in columns.items()]
    return nw.from_native(pa.Table.from_arrays(arrays, names=list(columns)), eager_only=True)


def rows(framed: Frame) -> list[dict[str, Any]]:
    """A frame as plain rows; null is None."""
    return list(framed.to_arrow().to_pylist())


def columns(framed: Frame) -> dict[str, list[Any]]:
    """A frame as plain columns; null is None."""
    return dict(framed.to_arrow().to_pydict())


def failure_cases(framed: Frame, fine: Iterable[tuple[str, str, Sequence[bool]]]) -> list[tuple[str, int]]:
    """(key, row) of every False, as pandera finds them. ``fine``: column it is blamed on, key, one flag per row.

    Answers without a False share one check of the whole frame: a check costs pandera as much as a hundred cells.
    """
    import pandas as pd
    import pandera.pandas as pa

    failing: dict[str, dict[str, Sequence[bool]]] = {}  # column → key → flags
    passed = [[True] * len(framed)]
    for column, key, flags in fine:
        if all(flags):
            passed.append(list(flags))
        else:
            failing.setdefault(column, {})[key] = flags
    native = framed.select(*failing).to_arrow().to_pandas(types_mapper=pd.ArrowDtype)
    schema = pa.DataFrameSchema(
        {
            column: pa.Column(
                checks=[
                    pa.Check(lambda _, f=flags: pd.Series(f), error=key, ignore_na=False)
                    for key, flags in keyed.items()
                ],
                nullable=True,
            )
            for column, keyed in failing.items()
        },
        checks=pa.Check(lambda _: pd.Series(map(all, zip(*passed, strict=True))), error="every other answer"),
    )
    try:
        schema.validate(native, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        return sorted((str(key), int(row)) for key, row in zip(cases["check"], cases["index"], strict=True))
    return []
