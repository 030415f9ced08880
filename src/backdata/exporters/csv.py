"""``exports/csv``: the tidy tables, all facts as they hold for each muscle, and an overview that reads like a textbook.

UTF-8 without byte order mark, lines that end in LF, quotes only where a cell needs them, empty cells for what is blank.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from backdata import schemas
from backdata.anatomy import overview
from backdata.model import FACT_TABLES, Dataset, Fact, Muscle, exporter

FACT_COLUMNS = (
    *("muscle", "muscle_name", "topic", "item", "text"),
    *("structure", "levels", "part", "from_origin"),
    *("side", "movement", "of", "direction", "condition"),
    *("nerve", "segments", "role", "vessel"),
    *("reading", "stated_at", "source", "also", "page", "constancy", "note", "fact_id"),
)
OVERVIEW_COLUMNS = (
    *("Group", "Muscle", "Latin", "Origin", "Insertion"),
    *("Function", "Innervation", "Blood supply", "Notes"),
)


@exporter("csv")
def write_csv(dataset: Dataset, folder: Path, before: Path | None) -> None:
    """CSV for anyone: the tidy tables, the facts of each muscle in one long table, and an overview to read."""
    for name, schema in schemas.tables().items():
        columns = ("id", *schema.columns) if name in FACT_TABLES else tuple(schema.columns)
        rows = ({"id": schema.row_id.format_map(row), **row} for row in dataset.tables[name])
        _write(folder / f"{name}.csv", columns, ([row[column] for column in columns] for row in rows))
    _write(folder / "muscle_facts.csv", FACT_COLUMNS, _facts(dataset))
    _write(folder / "muscles_overview.csv", OVERVIEW_COLUMNS, _overview(dataset))


def _write(file: Path, columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _facts(dataset: Dataset) -> Iterator[list[str | None]]:
    """One line per muscle and reading, wherever it is stated."""
    for muscle in dataset.muscles.values():
        for fact in muscle.facts:
            cells = _cells(muscle, fact)
            yield [cells.get(column) for column in FACT_COLUMNS]


def _cells(muscle: Muscle, fact: Fact) -> dict[str, str | None]:
    told = {"text": fact.text, "topic": fact.topic, "stated_at": fact.stated_at, "fact_id": fact.id}
    return {**fact.row, **told, "muscle": muscle.id, "muscle_name": muscle.name}


def _overview(dataset: Dataset) -> Iterator[list[str]]:
    """One line per muscle; what belongs together stands on lines of one cell."""
    for row in overview.rows(dataset):
        if row.kind != "group":  # the bands of a printed table: here each line says its group
            notes = "\n".join((*row.notes, *row.remarks))
            yield [
                *(row.group, row.name, row.latin, row.origin, row.insertion),
                *(row.function, row.innervation, row.blood_supply, notes),
            ]
