"""Writes the documentation that follows from code and data; ``make docs`` runs it, and a test fails when it is stale.

The data dictionary (schemas/README.md), the contract of tables.json, the rule pages and their catalogue, the command line's help, the contested facts
and the counts of the re-reading in docs/content.md, and the numbers in README.md.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

import backdata
from backdata import catalogue, registry, resources, schemas
from backdata.anatomy.overview import source_names
from backdata.cli import cli
from backdata.explain import page
from backdata.model import FACT_TABLES, UNSOURCED, Dataset, Group, Muscle, Row, cited
from backdata.publish import Publication

ROOT = Path(__file__).resolve().parent.parent
CONTENT, RE_READING = ROOT / "docs" / "content.md", ROOT / "docs" / "re-reading.csv"
VERDICTS = {
    "agrees": "agreed with what stands here",
    "resolved": "differed, and the fact was corrected or completed",
    "recorded": "differ, and stand here as a reading, an addition, a constancy or a note",
    "set aside": "were set aside, each with its reason",
}


def pages() -> Iterator[tuple[Path, str]]:
    """Every generated page: where it lies and what it says."""
    yield resources.SCHEMAS / "README.md", dictionary()
    contract = json.dumps(tables_contract(), ensure_ascii=False, indent=2)
    yield resources.CONTRACTS / "tables.schema.json", f"{contract}\n"
    yield ROOT / "docs" / "cli.md", command_line()
    yield ROOT / "docs" / "rules" / "README.md", rule_list()
    yield resources.CONTRACTS / "rules.json", catalogue.text(registry.rules().values())
    for rule in registry.rules().values():
        yield ROOT / "docs" / "rules" / f"{rule.code}.md", page(rule)
    yield CONTENT, with_disputes(CONTENT.read_text("utf-8"))
    yield ROOT / "README.md", with_numbers((ROOT / "README.md").read_text("utf-8"))


def dictionary() -> str:
    """The data dictionary: what goes into each column of each sheet."""
    parts = [
        "# Data dictionary\n\nGenerated from `schemas/tables` by `make docs`. A column marked * must be filled; one in *italics* may be left out.\n"
    ]
    for workbook in dict.fromkeys(table.workbook for table in schemas.tables().values()):
        parts.append(f"## {workbook}\n")
        for table in schemas.tables().values():
            if table.workbook == workbook:
                key = f" No two rows share {', '.join(table.key)}." if table.key else ""
                rows = "\n".join(_dictionary_row(column) for column in table.columns.values())
                head = "| column | what goes here | taken from | example |\n|---|---|---|---|"
                parts.append(f"### {table.name}\n\n{table.description}{key}\n\n{head}\n{rows}\n")
    return "\n".join(parts)


def _dictionary_row(column: schemas.ColumnSchema) -> str:
    name = f"`{column.name}`" + ("" if column.nullable else " *")
    form = ", ".join(column.allowed or column.each)
    if column.refers_to:
        form = f"a row of {' or '.join(column.refers_to)}"
    elif column.levels:
        form = "levels"
    return f"| {name if column.required else f'*{name}*'} | {column.description} | {form} | {column.example} |"


def tables_contract() -> dict[str, Any]:
    """The JSON Schema of ``tables.json``, its tables derived from ``schemas/tables``."""
    head: dict[str, Any] = json.loads((resources.CONTRACTS / "tables.schema.json").read_text("utf-8"))
    tables = schemas.tables()
    listed = {
        name: {"description": table.description, "type": "array", "items": {"$ref": f"#/$defs/{name}"}}
        for name, table in tables.items()
    }
    head["properties"]["tables"] |= {"properties": listed, "required": list(tables)}
    return {**head, "$defs": {name: _row_contract(table) for name, table in tables.items()}}


def _row_contract(table: schemas.TableSchema) -> dict[str, Any]:
    return {
        "title": table.title,
        "description": table.description,
        "type": "object",
        "properties": {name: _cell_contract(column) for name, column in table.columns.items()},
        "required": list(table.columns),
        "additionalProperties": False,
    }


def _cell_contract(column: schemas.ColumnSchema) -> dict[str, Any]:
    may_be_null = [None] if column.nullable else []
    limits = {
        "enum": [*column.allowed, *may_be_null] if column.allowed else None,
        "pattern": column.pattern,
        "maxLength": column.max_length,
        "examples": [column.example] if column.example else None,
    }
    kind = ["string", "null"] if column.nullable else "string"
    return {"description": column.description, "type": kind, **{key: value for key, value in limits.items() if value}}


def command_line() -> str:
    """The help of every command."""
    top = click.Context(cli, info_name="backdata", terminal_width=100, **cli.context_settings)
    parts = ["# Command line\n\nGenerated by `make docs`.\n", f"```\n{cli.get_help(top)}\n```\n"]
    for name in cli.list_commands(top):
        command = cli.get_command(top, name)
        assert command is not None
        told = command.get_help(click.Context(command, parent=top, info_name=name))
        parts.append(f"## backdata {name}\n\n```\n{told}\n```\n")
    return "\n".join(parts)


def rule_list() -> str:
    """The index of the rule pages."""
    rows = "\n".join(
        f"| [{rule.code}]({rule.code}.md) | {rule.title} | {rule.severity} | {rule.reason.splitlines()[0]} |"
        for rule in registry.rules().values()
    )
    return f"# Rules\n\nGenerated by `make docs`; `backdata explain CODE` prints the same pages.\n\n| code | rule | severity | why |\n|---|---|---|---|\n{rows}\n"


def with_disputes(text: str) -> str:
    """docs/content.md with today's contested facts and the counts of the re-reading between its markers."""
    dataset = backdata.load()
    return _between(_between(text, "contested", contested(dataset)), "re-reading", re_reading())


def contested(dataset: Dataset) -> str:
    """Every item on which sources differ, with all its readings."""
    names = source_names(dataset)
    items: dict[str, dict[tuple[str, str], str]] = {}  # item → (reading, source) → in words
    for id, reading, source, at, also, words in _readings(dataset):
        more = f" and {len(also)} more" if also else ""
        told = f"{words} ({names[source]}{f', p. {at}' if at else ''}{more})"
        items.setdefault(id, {}).setdefault((reading, source), told.replace("|", "\\|"))
    disputed = {id: readings for id, readings in items.items() if _only(readings, "alternative")}
    rows = [
        f"| `{id}` | {'; '.join(_only(readings, 'preferred'))} | {'; '.join(_only(readings, 'alternative'))} |"
        for id, readings in disputed.items()
    ]
    on_vessels = sum(_on_vessels(dataset, id) for id in disputed)
    counted = f"{len(rows) - on_vessels} items about muscles and {on_vessels} about vessels are contested.\n"
    return "\n".join([counted, "| fact | preferred | other readings |", "|---|---|---|", *rows])


def _on_vessels(dataset: Dataset, id: str) -> bool:
    return id.partition(".")[0] not in dataset.muscles.keys() | dataset.groups.keys()


def _only(readings: dict[tuple[str, str], str], wanted: str) -> list[str]:
    return [words for (reading, _), words in readings.items() if reading == wanted]


def _readings(dataset: Dataset) -> Iterator[tuple[str, str, str, str | None, tuple[str, ...], str]]:
    """(item, reading, source, page, also, words) of every fact on muscles and vessels."""
    owners: tuple[Group | Muscle, ...] = (*dataset.groups.values(), *dataset.muscles.values())
    for owner in owners:
        for fact in owner.facts:
            by_part = isinstance(owner, Muscle) and fact.stated_at in owner.parts
            words = fact.text.partition(": ")[2] if by_part else fact.text
            yield fact.id, fact.reading, fact.source, fact.page, fact.also, words
    for table in ("vessel_links", "territories"):
        for row in dataset.tables[table]:
            id = schemas.tables()[table].row_id.format_map(row)
            yield id, row["reading"], row["source"], row["page"], cited(row)[1:], _vessel(dataset, row)


def _vessel(dataset: Dataset, row: Row) -> str:
    levels = f" at {row['levels']}" if row["levels"] else ""
    if "to" not in row:
        return f"{dataset.name('vessels', row['vessel'])}{levels}"
    side = f" on the {row['side']}" if row["side"] else ""
    return f"{row['relation']} the {dataset.name('vessels', row['to'])}{levels}{side}"


def re_reading() -> str:
    """How many readings of other sources were held against the facts, and what came of it."""
    with RE_READING.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    counted = Counter(row["verdict"] for row in rows)
    sources = len({row["source"] for row in rows})
    facts = len({row["fact"] for row in rows})
    lines = [f"- {counted[verdict]} {meaning}" for verdict, meaning in VERDICTS.items()]
    head = f"{facts} facts and questions were compared with {len(rows)} readings from {sources} sources; of these\n"
    return "\n".join([head, *lines])


def _between(text: str, marker: str, words: str) -> str:
    pattern = rf"(?<=<!-- {marker} -->\n).*?(?=\n<!-- /{marker} -->)"
    return re.sub(pattern, lambda _: words, text, flags=re.DOTALL)


def with_numbers(readme: str) -> str:
    """README.md with today's numbers between its markers, and with what make build prints on its first screen."""
    manifest = json.loads((resources.PUBLISHED / "manifest.json").read_bytes())
    printed = Publication(resources.PUBLISHED, manifest).summary()
    readme = re.sub(r"(?<=\$ make build\n).*?(?=\n\n)", printed, readme, count=1, flags=re.DOTALL)
    dataset = backdata.load()
    stated = sum(len(dataset.tables[name]) for name in FACT_TABLES)
    readings = [(id, reading) for id, reading, *_ in _readings(dataset) if not _on_vessels(dataset, id)]
    items, contested = {id for id, _ in readings}, {id for id, reading in readings if reading == "alternative"}
    wholes = sum(muscle.part_of is None for muscle in dataset.muscles.values())
    read = sum(row["id"] != UNSOURCED for row in dataset.tables["sources"])
    numbers = (
        f"{wholes} muscles and sets with {len(dataset.muscles) - wholes} named parts · {stated} stated facts on "
        f"{len(items)} items from {read} sources · {len(contested)} items contested, with every reading · "
        f"{len(registry.rules())} rules"
    )
    return _between(readme, "numbers", numbers)


def main() -> None:
    """Write all pages, and remove pages of rules that are gone."""
    written = dict(pages())
    for stale in set((ROOT / "docs" / "rules").glob("BD*.md")) - written.keys():
        stale.unlink()
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    sys.stdout.write(f"{len(written)} pages written\n")


if __name__ == "__main__":
    main()
