"""The SQLite file holds the data set with its keys, answers what people ask, and is the same to the byte everywhere."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from backdata import database, resources, sql, tabular
from backdata.anatomy import overview
from backdata.exporters import sqlite
from backdata.exporters.sqlite import write_sqlite
from backdata.model import TOPICS, Dataset
from backdata.version import VERSION


@pytest.fixture(scope="module")
def folder(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("sqlite")
    write_sqlite.write(dataset, made, None)
    return made


@pytest.fixture
def db(folder: Path) -> Iterator[sqlite3.Connection]:
    """The published file, opened as Datasette opens it: read only."""
    address = f"{(folder / 'backdata.db').as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        yield connection


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A copy to write into, with foreign keys enforced."""
    shutil.copy(folder / "backdata.db", tmp_path)
    with closing(sqlite3.connect(tmp_path / "backdata.db")) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def ask(db: sqlite3.Connection, query: str, *values: Any) -> list[tuple[Any, ...]]:
    return db.execute(query, values).fetchall()


# --- the tables ----------------------------------------------------------------------------------------------------------


def test_the_file_is_sound_and_every_key_leads_somewhere(db: sqlite3.Connection) -> None:
    assert ask(db, "PRAGMA integrity_check") == [("ok",)]
    assert ask(db, "PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("name", tabular.tables())
def test_a_table_holds_what_the_data_set_holds_in_its_order(
    db: sqlite3.Connection, dataset: Dataset, name: str
) -> None:
    columns = tabular.tables()[name].columns
    expected = [
        tuple(sql.stored(column, row[column.name]) for column in columns.values())
        for row in tabular.rows(dataset, name)
    ]
    assert ask(db, f'SELECT * FROM "{name}"') == expected


def test_lists_have_one_value_per_row_in_a_table_of_their_own(db: sqlite3.Connection, dataset: Dataset) -> None:
    for table in tabular.tables().values():
        for column in table.columns.values():
            if column.list:
                cells = (column.parts(row[column.name]) for row in tabular.rows(dataset, table.name))
                expected = sorted((place, value) for parts in cells for place, value in enumerate(parts, 1))
                listed = f'SELECT position, value FROM "{table.name}_{column.name}"'
                assert expected == sorted(ask(db, listed)), (table.name, column.name)


def test_numbers_are_numbers_and_truth_is_one_or_zero(db: sqlite3.Connection) -> None:
    assert {type(value) for (value,) in ask(db, "SELECT year FROM sources WHERE year IS NOT NULL")} == {int}
    assert {value for (value,) in ask(db, "SELECT open FROM sources")} == {0, 1}
    assert ask(db, "SELECT max(item) FROM muscle_facts WHERE typeof(item) <> 'integer'") == [(None,)]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE innervations SET nerve = 'optic-nerve'", "FOREIGN KEY"),
        ("UPDATE muscles SET part_of = 'deltoid'", "FOREIGN KEY"),
        ("UPDATE attachments SET muscle = 'deltoid'", "FOREIGN KEY"),
        ("UPDATE muscle_facts SET stated_at = 'deltoid'", "FOREIGN KEY"),
        ("UPDATE muscles_also SET value = 'hearsay'", "FOREIGN KEY"),
        ("DELETE FROM sources WHERE id = 'gray-1918'", "FOREIGN KEY"),
        ("UPDATE attachments SET reading = 'perhaps'", "CHECK"),
        ("UPDATE sources SET open = 2", "CHECK"),
        ("UPDATE withdrawn SET \"on\" = 'yesterday'", "CHECK"),
        ("UPDATE groups_moves SET value = 'elbow'", "CHECK"),
        ("UPDATE muscles SET name = NULL", "NOT NULL"),
        ("UPDATE muscles SET name = 'trapezius'", "UNIQUE"),
        ("UPDATE attachments SET item = 'one'", "cannot store TEXT"),
        ("INSERT INTO inventory SELECT * FROM inventory", "UNIQUE"),
    ],
)
def test_what_cannot_be_right_cannot_be_written(copy: sqlite3.Connection, change: str, why: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=why):
        copy.execute(change)
        copy.commit()


def test_every_column_of_every_table_is_explained(db: sqlite3.Connection) -> None:
    told = {(table, column) for table, column in ask(db, "SELECT table_name, column_name FROM data_dictionary")}
    for name in tabular.tables():
        assert (name, "") in told
        for _, column, *_ in ask(db, f'PRAGMA table_info("{name}")'):
            assert (name, column) in told
    assert ask(db, "SELECT count(*) FROM data_dictionary WHERE description = ''") == [(0,)]


def test_the_words_of_closed_lists_are_explained_as_they_are_stored(db: sqlite3.Connection) -> None:
    for table, column in ask(db, "SELECT DISTINCT table_name, column_name FROM value_labels"):
        told = {
            value
            for (value,) in ask(
                db, "SELECT value FROM value_labels WHERE (table_name, column_name) = (?, ?)", table, column
            )
        }
        used = ask(db, f'SELECT DISTINCT CAST("{column}" AS TEXT) FROM "{table}" WHERE "{column}" IS NOT NULL')
        assert {value for (value,) in used} <= told, (table, column)
    assert ask(db, "SELECT label FROM value_labels WHERE table_name = 'attachments' AND value = 'preferred'") == [
        ("what we teach",)
    ]


def test_it_says_which_release_it_is_and_how_it_may_be_used(db: sqlite3.Connection) -> None:
    told = dict(ask(db, "SELECT key, value FROM metadata"))
    assert told["version"] == VERSION and told["licence id"] == "CC-BY-4.0" and VERSION in told["credit"]
    major, minor, patch = map(int, VERSION.split("."))
    assert ask(db, "PRAGMA user_version") == [(major * 10000 + minor * 100 + patch,)]
    assert ask(db, "PRAGMA application_id") == [(int.from_bytes(b"BACK"),)]


# --- what people ask -----------------------------------------------------------------------------------------------------


def queries(folder: Path) -> list[str]:
    """Those of the readme beside the file, and those of the page for who builds on the data."""
    page = resources.PUBLISHED.parent / "docs" / "using.md"
    shown = "".join(file.read_text("utf-8") for file in (folder / "README.md", page))
    blocks = re.findall(r"```sql\n(.+?)```", shown, re.DOTALL)
    return [query for block in blocks for query in block.split(";") if query.strip()]


def test_the_queries_we_show_give_answers(folder: Path, db: sqlite3.Connection) -> None:
    assert len(queries(folder)) > len(sqlite.EXAMPLES) >= 3
    for query in queries(folder):
        assert ask(db, query), query


@pytest.mark.skipif(not shutil.which("sqlite3"), reason="the sqlite3 command line is not installed")
def test_the_command_line_of_sqlite_answers_them_too(folder: Path) -> None:
    for query in queries(folder):
        done = subprocess.run(
            ["sqlite3", "-readonly", folder / "backdata.db"],
            input=f"{query};", capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "") and done.stdout


def test_its_readme_names_everything_to_ask(folder: Path, db: sqlite3.Connection) -> None:
    text = (folder / "README.md").read_text("utf-8")
    for (view,) in ask(db, "SELECT name FROM sqlite_master WHERE type = 'view'"):
        assert f"| `{view}` |" in text


def test_the_overview_is_that_of_the_textbook_table(db: sqlite3.Connection, dataset: Dataset) -> None:
    expected = [(row.id, row.kind, row.name, row.origin) for row in overview.rows(dataset) if row.kind != "group"]
    assert expected == ask(db, "SELECT id, kind, name, coalesce(origin, '') FROM overview")


def test_facts_come_with_names_and_their_source(db: sqlite3.Connection, dataset: Dataset) -> None:
    facts = [(muscle, fact) for muscle in dataset.muscles.values() for fact in muscle.facts]
    expected = [
        (muscle.name, fact.topic, fact.text, dataset.name("sources", fact.source), fact.stated_at != muscle.id)
        for muscle, fact in facts
    ]
    found = ask(db, "SELECT muscle_name, topic, text, source_name, inherited FROM facts")
    assert sorted(expected) == sorted(found)
    named = "SELECT count(*) FROM facts WHERE coalesce(structure_name, movement_name, nerve_name, vessel_name) IS NULL"
    assert ask(db, named) == [(0,)]


def test_every_other_reading_stands_beside_what_we_teach(db: sqlite3.Connection, dataset: Dataset) -> None:
    others = [fact for muscle in dataset.muscles.values() for fact in muscle.facts if fact.reading == "alternative"]
    found = ask(db, "SELECT topic, another_source_says, what_we_teach FROM contested")
    assert sorted((topic, other) for topic, other, _ in found) == sorted((fact.topic, fact.text) for fact in others)
    assert all(taught and taught != other for _, other, taught in found)
    marked = [
        (muscle.id, fact.id, fact.text, fact.contested) for muscle in dataset.muscles.values() for fact in muscle.facts
    ]
    assert sorted(marked) == sorted(ask(db, "SELECT muscle, fact_id, text, contested FROM facts"))


def test_coverage_counts_what_is_known_of_each_muscle(db: sqlite3.Connection, dataset: Dataset) -> None:
    expected = [
        (muscle.id, *(sum(fact.reading == "preferred" for fact in muscle.about(topic)) for topic in TOPICS))
        for muscle in dataset.muscles.values()
    ]
    assert expected == ask(db, "SELECT id, origins, insertions, actions, innervations, blood_supply FROM coverage")


def test_every_source_of_a_fact_has_its_row(db: sqlite3.Connection, dataset: Dataset) -> None:
    expected = sum(1 + len(fact.also) for muscle in dataset.muscles.values() for fact in muscle.facts)
    assert ask(db, "SELECT count(*) FROM fact_sources") == [(expected,)]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("cucullaris", "trapezius"),  # a synonym
        ("trapezii", "trapezius, descending part"),  # Latin
        ("nuch*", "superior nuchal line"),
        ('text : "mastoid process"', "splenius capitis"),  # a fact
        ("MUSCULUS OR trapezius", "trapezius"),  # capitals do not matter
    ],
)
def test_search_finds_names_latin_synonyms_and_facts(db: sqlite3.Connection, words: str, name: str) -> None:
    assert (name,) in ask(db, "SELECT name FROM search(?) ORDER BY rank", words)


def test_search_reads_accents_as_plain_letters(mini: Dataset) -> None:
    rows = tuple({**row, "synonyms": "músculo trapecio"} for row in mini.tables["muscles"] if row["id"] == "trapezius")
    others = tuple(row for row in mini.tables["muscles"] if row["id"] != "trapezius")
    memory = sqlite3.connect(":memory:")
    memory.deserialize(sqlite.database(replace(mini, tables={**mini.tables, "muscles": (*rows, *others)})))
    with closing(memory):
        assert ask(memory, "SELECT name FROM search('musculo')") == [("trapezius",)]


def test_search_finds_a_note(db: sqlite3.Connection) -> None:
    ((note, muscle),) = ask(db, "SELECT note, muscle_name FROM facts WHERE length(note) > 20 ORDER BY fact_id LIMIT 1")
    words = " ".join(re.findall(r"\b[a-z]{4,}\b", note)[:4])
    assert (muscle,) in ask(db, "SELECT name FROM search(?)", f"note : ({words})")


# --- the file ------------------------------------------------------------------------------------------------------------


def test_the_same_data_give_the_same_bytes(folder: Path, dataset: Dataset) -> None:
    assert (folder / "backdata.db").read_bytes() == sqlite.database(dataset)


def test_no_stamp_of_the_program_that_wrote_it_is_left(folder: Path) -> None:
    header = (folder / "backdata.db").read_bytes()[:100]
    assert header[:16] == b"SQLite format 3\0"
    assert header[24:28] == header[92:96] == header[96:100] == bytes(4)


def test_nothing_that_was_deleted_is_left_in_a_database(tmp_path: Path) -> None:
    memory = database.empty()
    memory.execute("CREATE TABLE words (word TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")
    memory.executemany("INSERT INTO words VALUES (?)", [(f"secret {number:05}" * 9,) for number in range(2000)])
    memory.execute("DELETE FROM words WHERE word > 'secret 00100'")
    memory.commit()
    content = database.serialized(memory)
    assert b"secret 00099" in content and b"secret 01500" not in content
    (tmp_path / "words.db").write_bytes(content)
    with closing(sqlite3.connect(tmp_path / "words.db")) as db:
        assert ask(db, "PRAGMA integrity_check") == [("ok",)]
        assert ask(db, "SELECT count(*) FROM words") == ask(memory, "SELECT count(*) FROM words")


def test_the_gaps_of_its_pages_are_clear(folder: Path) -> None:
    content = (folder / "backdata.db").read_bytes()
    gaps = 0
    for page in range(4096, len(content), 4096):
        if header := {2: 12, 5: 12, 10: 8, 13: 8}.get(content[page]):
            cells, first = (int.from_bytes(content[page + at : page + at + 2]) for at in (3, 5))
            gap = content[page + header + 2 * cells : page + first]
            gaps += len(gap)
            assert not any(gap)
    assert gaps


def test_a_data_set_without_rows_in_a_table_is_written_too(mini: Dataset) -> None:
    memory = sqlite3.connect(":memory:")
    memory.deserialize(sqlite.database(replace(mini, tables={**mini.tables, "withdrawn": ()})))
    with closing(memory):
        assert ask(memory, "SELECT count(*) FROM withdrawn") == [(0,)]
