"""``parquet/``: the tables of ``csv/`` with their types, lists as lists, for those who query many files at once.

Written on demand and never committed: the bytes of a Parquet file hold the version of the library that wrote it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from backdata import tabular
from backdata.exporters.json import LICENCE
from backdata.model import Dataset, exporter
from backdata.version import VERSION

if TYPE_CHECKING:
    from backdata.schemas import ColumnSchema, TableSchema


@exporter("parquet", on_demand=True)
def write_parquet(dataset: Dataset, folder: Path, before: Path | None) -> None:
    """Parquet for bulk queries: the tables of CSV with their types, only when asked for with --only parquet."""
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise ValueError('it needs pyarrow, which comes with: pip install "backdata[bulk]"') from error
    for table in tabular.tables().values():
        rows = list(tabular.rows(dataset, table.name))
        schema = _schema(pyarrow, table, dataset.version or VERSION)
        cells = [
            pyarrow.array([tabular.value(column, row[name]) for row in rows], schema.field(name).type)
            for name, column in table.columns.items()
        ]
        written = pyarrow.Table.from_arrays(cells, schema=schema)
        pyarrow.parquet.write_table(written, folder / f"{table.name}.parquet", compression="zstd")


def _schema(pyarrow: Any, table: TableSchema, version: str) -> Any:
    """Types of the columns with what they mean, and what the table is."""
    fields = [
        pyarrow.field(name, _type(pyarrow, column), column.nullable, {"description": column.description})
        for name, column in table.columns.items()
    ]
    about = {
        "title": table.title,
        "description": table.description,
        "version": version,
        "licence": LICENCE["id"],
        "licence_url": LICENCE["url"],
    }
    return pyarrow.schema(fields, {f"backdata.{key}": text for key, text in about.items()})


def _type(pyarrow: Any, column: ColumnSchema) -> Any:
    match tabular.type_of(column):
        case "integer":
            return pyarrow.int64()
        case "boolean":
            return pyarrow.bool_()
        case "date":
            return pyarrow.date32()
        case "list":
            return pyarrow.list_(pyarrow.string())
    return pyarrow.string()
