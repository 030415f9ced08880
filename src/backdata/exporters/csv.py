"""``exports/csv``: the tidy tables, all facts as they hold for each muscle, and an overview that reads like a textbook.

UTF-8 without byte order mark, lines that end in LF, quotes only where a cell needs them, empty cells for what is blank.
``datapackage.json`` beside the folder says what each column is.
"""

from __future__ import annotations

import csv
from pathlib import Path

from backdata import tabular
from backdata.model import Dataset, exporter


@exporter("csv")
def write_csv(dataset: Dataset, folder: Path, before: Path | None) -> None:
    """CSV for anyone: the tidy tables, the facts of each muscle in one long table, and an overview to read."""
    for name, schema in tabular.tables().items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(schema.columns), lineterminator="\n")
            writer.writeheader()
            writer.writerows(tabular.rows(dataset, name))
