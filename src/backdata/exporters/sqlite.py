"""``exports/sqlite/backdata.db``: the tidy tables with their keys, the resolved facts, views, and full-text search.

The file is put together in memory, so it carries no stamp of the SQLite that wrote it, and in the order of the data:
same data, same bytes.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from backdata import sql, tabular
from backdata.bundle import epoch
from backdata.database import empty, serialized
from backdata.exporters.json import LICENCE
from backdata.model import Dataset, Row, exporter
from backdata.schemas import TableSchema
from backdata.version import VERSION

EXAMPLES: Mapping[str, str] = {
    "Which muscles does a nerve supply?": """\
SELECT DISTINCT muscle_name, segments
FROM facts
WHERE nerve_name = 'accessory nerve' AND reading = 'preferred';""",
    "Where do sources disagree about what we teach?": """\
SELECT muscle_name, topic, what_we_teach, another_source_says, other_source
FROM contested
WHERE topic = 'insertion'
LIMIT 10;""",
    "What is said about the nuchal line? (full-text search, the best first)": """\
SELECT kind, name, text
FROM search('nuchal line')
ORDER BY rank
LIMIT 10;""",
    "What has been read in one source, with its pages?": """\
SELECT muscle_name, topic, text, page
FROM fact_sources
WHERE source_name = 'Gray 1918'
ORDER BY muscle_name
LIMIT 10;""",
}
_END = "VACUUM; PRAGMA application_id = 0x4241434b; PRAGMA user_version = {};"  # BACK
_TERMS = ("structures", "nerves", "movements", "vessels")


@exporter("sqlite")
def write_sqlite(dataset: Dataset, folder: Path, before: Path | None) -> None:
    """SQLite for queries: the tables with keys, ready views, full-text search, and what each column means."""
    (folder / "backdata.db").write_bytes(database(dataset))
    (folder / "README.md").write_text(_readme(), "utf-8", newline="\n")


def database(dataset: Dataset) -> bytes:
    """The bytes of the database. Raises ValueError where this Python's SQLite cannot write it."""
    memory = empty()
    try:
        for table in tabular.tables().values():
            _add(memory, table, tabular.rows(dataset, table.name))
        memory.executescript(Path(__file__).with_suffix(".sql").read_text("utf-8"))
        _fill(memory, "subjects", _subjects(dataset))
        _fill(memory, "documents", ((place, *document) for place, document in enumerate(_documents(dataset), 1)))
        _fill(memory, "metadata", _metadata(dataset))
        _fill(memory, "data_dictionary", _dictionary())
        _fill(memory, "value_labels", _labels())
        memory.execute("INSERT INTO search (search) VALUES ('rebuild')")
        memory.execute("INSERT INTO search (search) VALUES ('optimize')")
        memory.commit()
        number = sum(int(part) * 100**place for place, part in enumerate(reversed(VERSION.split("."))))
        memory.executescript(_END.format(number))
        return serialized(memory)
    except sqlite3.OperationalError as error:
        raise ValueError(f"SQLite {sqlite3.sqlite_version} is too old or without full-text search ({error})") from error
    finally:
        memory.close()


def _add(memory: sqlite3.Connection, table: TableSchema, rows: Iterable[Row]) -> None:
    """Make a table and the tables of its lists, and fill them."""
    lists = [column for column in table.columns.values() if column.list]
    memory.execute(sql.table(table))
    for column in lists:
        memory.execute(sql.list_table(table, column))
    for row in rows:
        _fill(memory, table.name, [[sql.stored(column, row[name]) for name, column in table.columns.items()]])
        key = [sql.stored(table.columns[name], row[name]) for name in table.key]
        for column in lists:
            parts = enumerate(column.parts(row[column.name]), 1)
            _fill(memory, f"{table.name}_{column.name}", ((*key, place, part) for place, part in parts))


def _fill(memory: sqlite3.Connection, table: str, rows: Iterable[Iterable[Any]]) -> None:
    for row in rows:
        cells = tuple(row)
        memory.execute(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(cells))})', cells)  # noqa: S608 - our own names


def _subjects(dataset: Dataset) -> Iterator[tuple[str, str, str, int]]:
    """After each group its own muscles, parts after their whole."""
    rows: list[tuple[str, str, str]] = []
    for group in dataset.groups.values():
        rows.append((group.id, "group", group.name))
        members = (muscle for muscle in dataset.muscles.values() if muscle.group == group.id)
        rows.extend((each.id, "part" if each.part_of else "muscle", each.name) for each in members)
    return ((*row, position) for position, row in enumerate(rows, 1))


def _documents(dataset: Dataset) -> Iterator[tuple[str | None, ...]]:
    """What is searched: names of everything, with what is said of it, and each fact of each muscle in words."""
    for table, kind in (
        ("groups", "group"),
        ("muscles", "muscle"),
        *((term, term.removesuffix("s")) for term in _TERMS),
    ):
        for row in tabular.rows(dataset, table):
            told = row.get("definition") or row.get("characteristics")
            yield kind, row["id"], row["name"], row.get("latin"), row.get("synonyms"), told, row.get("note")
    for row in tabular.rows(dataset, tabular.FACTS):
        yield row["topic"], row["muscle"], row["muscle_name"], None, None, row["text"], row["note"]


def _metadata(dataset: Dataset) -> Iterator[tuple[str, str]]:
    yield "title", "backdata: the muscles of the back"
    yield "version", dataset.version or VERSION
    yield "created", dt.datetime.fromtimestamp(epoch(), dt.UTC).strftime("%Y-%m-%d")
    yield from ((f"licence {name}".removesuffix(" name"), text) for name, text in LICENCE.items())
    yield "credit", f"backdata, the muscles of the back as open data, version {dataset.version or VERSION}, CC BY 4.0"


def _dictionary() -> Iterator[tuple[str, str, str, str, str | None, str | None]]:
    """Each table, under an empty column name, and each of its columns."""
    for table in tabular.tables().values():
        yield table.name, "", "table", table.description, None, None
        for column in table.columns.values():
            homes = ", ".join(column.refers_to) or tabular.BY_NAME.get(column.name)
            kind, example = tabular.type_of(column), column.example or None
            yield table.name, sql.name(column.name), kind, column.description, example, homes


def _labels() -> Iterator[tuple[str, str, str, str]]:
    for table in tabular.tables().values():
        for column in table.columns.values():
            for value, label in zip(column.allowed, column.labels, strict=True):
                stored = tabular.value(column, value)
                yield table.name, column.name, str(int(stored)) if isinstance(stored, bool) else value, label


def _readme() -> str:
    queries = "".join(f"\n{title}\n\n```sql\n{query}\n```\n" for title, query in EXAMPLES.items())
    return f"""# backdata as a SQLite database

Open `backdata.db` with the `sqlite3` command line, DB Browser, Datasette, R, Python or a spreadsheet.

| ask | for |
|---|---|
| `overview` | the table of a textbook, one row per muscle |
| `facts` | every fact of every muscle, with names, source and page |
| `contested` | what we teach beside what another source says instead |
| `coverage` | how much is known of each muscle |
| `fact_sources` | every source of every fact, one per row |
| `search` | words in names, Latin, synonyms, facts and notes; accents do not matter |
| `data_dictionary`, `value_labels` | what tables, columns and values mean |
| `metadata` | version, licence, how to give credit |

The other tables are those of `csv/`. A column that holds several values has a table of its own beside it, one value per
row: `muscles_synonyms`, `muscle_facts_also`. `subjects` lists groups, muscles and parts together.
{queries}"""
