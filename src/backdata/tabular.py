"""The tables as programs get them: each column with a type, each cell in a form that no reader takes for anything else.

Shared by CSV, Data Package, SQLite and Parquet. Beside the tidy tables stand ``muscle_facts``, every fact as it holds for
each muscle, and ``muscles_overview``, the textbook table. Here pages read "p. 402", for a column of bare numbers with a
"402–403" among them is a number to one reader and an error to the next; and what editors type as yes is true.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Literal, TypeAlias

from backdata import schemas
from backdata.anatomy import overview
from backdata.model import FACT_TABLES, TOPICS, Dataset, Fact, Muscle, Row
from backdata.schemas import ColumnSchema, TableSchema

FACTS, OVERVIEW = "muscle_facts", "muscles_overview"
BY_NAME = {"Group": "groups", "Muscle": "muscles"}  # columns of the overview that hold names of these tables, not ids
Type: TypeAlias = Literal["string", "integer", "boolean", "date", "list"]

_NUMBERS = ("item", "order", "year", "ta2")
_YES = ("yes", "no")
_TRUE = {"yes": "true", "no": "false"}
_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_PAGE = "^pp?[.] [0-9]+(?:–[0-9]+)?$"
_FACT_COLUMNS = (
    *("muscle", "muscle_name", "topic", "item", "text"),
    *("structure", "levels", "part", "from_origin"),
    *("side", "movement", "of", "direction", "condition"),
    *("nerve", "segments", "role", "vessel"),
    *("reading", "stated_at", "source", "also", "page", "constancy", "note", "fact_id"),
)


@cache
def tables() -> Mapping[str, TableSchema]:
    """Every published table; ``key`` names the columns that tell its rows apart."""
    tidy = {name: _published(schema) for name, schema in schemas.tables().items()}
    return {**tidy, FACTS: _facts_table(tidy), OVERVIEW: _overview_table()}


def rows(dataset: Dataset, table: str) -> Iterator[Row]:
    """The rows of a table in their order, as texts; None for blank cells."""
    if table == OVERVIEW:
        yield from _overview(dataset)
        return
    columns = tables()[table].columns.values()
    for row in _facts(dataset) if table == FACTS else _tidy(dataset, table):
        yield {column.name: _form(column, row.get(column.name)) for column in columns}


def type_of(column: ColumnSchema) -> Type:
    """What the cells of a published column are."""
    if column.list:
        return "list"
    if column.name in _NUMBERS:
        return "integer"
    if column.allowed == tuple(_TRUE.values()):
        return "boolean"
    return "date" if column.pattern == _DAY else "string"


def value(column: ColumnSchema, text: str | None) -> Any:
    """The value of a published cell; a text that is none of its column's type stays as it stands."""
    if text is None:
        return None
    match type_of(column):
        case "list":
            return list(column.parts(text))
        case "integer" if text.isascii() and text.isdecimal():
            return int(text)
        case "boolean":
            return {"true": True, "false": False}.get(text, text)
        case "date":
            try:
                return dt.date.fromisoformat(text)
            except ValueError:
                return text
    return text


def _form(column: ColumnSchema, text: str | None) -> str | None:
    if not text:
        return None
    if column.pattern == _PAGE:
        return f"pp. {text}" if "–" in text else f"p. {text}"
    return _TRUE.get(text, text) if column.allowed == tuple(_TRUE.values()) else text


def _published(schema: TableSchema) -> TableSchema:
    """A tidy table with what publication adds to it."""
    columns = {name: _column(column) for name, column in schema.columns.items()}
    key = schema.key or (next(name for name, column in columns.items() if column.unique),)
    if schema.name in FACT_TABLES:
        id = "Permanent name of the fact: muscle, topic and item. Readings of one item share it."
        columns = {"id": ColumnSchema("id", id, schema.row_id.format_map(_examples(schema))), **columns}
        key = ("id", "reading", "source")
    if schema.name == "inventory":
        columns["muscle"] = replace(columns["muscle"], refers_to=("muscles",))
    return replace(schema, key=key, columns=columns)


def _examples(schema: TableSchema) -> dict[str, str]:
    return {name: column.example for name, column in schema.columns.items()}


def _column(column: ColumnSchema) -> ColumnSchema:
    """A column as it is published, with a description for those who read and no longer for those who type."""
    told = column.description
    if column.refers_to:
        ids, homes = "ids" if column.list else "an id", " or ".join(column.refers_to)
        told = f"{told} Published as {ids} of {homes}."
    if column.name == "page":
        return replace(column, description=told, pattern=_PAGE, example=f"p. {column.example}")
    if column.allowed == _YES:
        told = f"{told} Published as true for yes, false for no."
        return replace(column, description=told, allowed=("true", "false"), labels=_YES, example=_TRUE[column.example])
    return replace(column, description=told)


def _facts_table(tidy: Mapping[str, TableSchema]) -> TableSchema:
    own = {
        column.name: column
        for column in (
            ColumnSchema("muscle", "The muscle, set or part that the fact holds for.", "trapezius", refers_to=("muscles",)),
            ColumnSchema("muscle_name", "Its English name.", "trapezius"),
            ColumnSchema(
                "topic", "What the fact is about.", "origin", allowed=TOPICS, labels=tuple(overview.TITLES.values())
            ),
            ColumnSchema("text", "The fact in words, as a textbook table has it.", "occipital bone, medial third"),
            ColumnSchema(
                "stated_at", "The muscle, part or group where it is stated; others inherit it from there.",
                "trapezius-descending", refers_to=("muscles", "groups"),
            ),
            ColumnSchema(
                "fact_id", "Permanent name of the fact, as in the table where it is stated.", "trapezius-descending.origin.1"
            ),
        )
    }  # fmt: skip
    columns = {name: own.get(name) or _shared(name, tidy) for name in _FACT_COLUMNS}
    told = "All facts as they hold for each muscle, stated on itself or inherited, one reading of one item per row."
    return TableSchema(FACTS, "Facts by muscle", told, "", "", ("muscle", "fact_id", "reading", "source"), columns)


def _shared(name: str, tidy: Mapping[str, TableSchema]) -> ColumnSchema:
    """A column of the tables of facts; blank where the fact is of another topic."""
    found = [columns[name] for table in FACT_TABLES if name in (columns := tidy[table].columns)]
    return found[0] if len(found) == len(FACT_TABLES) else replace(found[0], nullable=True)


def _overview_table() -> TableSchema:
    columns = [
        ColumnSchema("Group", "English name of the group.", "spinotransverse muscles"),
        ColumnSchema("Muscle", "English name of the muscle, set or part.", "splenius capitis", unique=True),
        ColumnSchema("Latin", "Latin name after Terminologia Anatomica 2.", "M. splenius capitis", nullable=True),
        *(
            ColumnSchema(title, f"{told}, one per line; [1] leads to a note of the same row.", example, nullable=True)
            for title, told, example in (
                ("Origin", "Where it arises", "spinous processes of C7–T3"),
                ("Insertion", "Where it inserts", "mastoid process"),
                ("Function", "What it does, by side and by what moves", "Both sides: head: extension."),
                ("Innervation", "What supplies it, roots in brackets", "accessory nerve (motor)"),
                ("Blood supply", "The arteries that feed it", "occipital artery"),
            )
        ),
        ColumnSchema("Notes", "What other sources say, and remarks, one per line.", "Usually present.", nullable=True),
    ]
    told = "One muscle, set or part per row, in words like the tables of textbooks."
    return TableSchema(OVERVIEW, "Overview", told, "", "", ("Muscle",), {column.name: column for column in columns})


def _tidy(dataset: Dataset, table: str) -> Iterator[Row]:
    schema = schemas.tables()[table]
    for row in dataset.tables[table]:
        yield {"id": schema.row_id.format_map(row), **row} if table in FACT_TABLES else row


def _facts(dataset: Dataset) -> Iterator[Row]:
    """One row per muscle and reading, wherever it is stated."""
    return (_fact(muscle, fact) for muscle in dataset.muscles.values() for fact in muscle.facts)


def _fact(muscle: Muscle, fact: Fact) -> Row:
    told = {"text": fact.text, "topic": fact.topic, "stated_at": fact.stated_at, "fact_id": fact.id}
    return {**fact.row, **told, "muscle": muscle.id, "muscle_name": muscle.name}


def _overview(dataset: Dataset) -> Iterator[Row]:
    """One row per muscle; what belongs together stands on lines of one cell."""
    for row in overview.rows(dataset):
        if row.kind != "group":  # the bands of a printed table: here each line says its group
            cells = (
                *(row.group, row.name, row.latin, row.origin, row.insertion),
                *(row.function, row.innervation, row.blood_supply, "\n".join((*row.notes, *row.remarks))),
            )
            yield {name: cell or None for name, cell in zip(tables()[OVERVIEW].columns, cells, strict=True)}
