"""The page of a rule: what it finds, why that matters, what to do, an example that is found and one that is not."""

from __future__ import annotations

from collections.abc import Iterable

from backdata.model import Edit, Rule

_SEVERITY = {
    "error": "error: publishing this would teach something wrong or break a consumer",
    "warning": "warning: likely wrong, a person must look",
    "info": "info: worth knowing",
}

_PLACES = {
    "files": "files and sheets",
    "headers": "header rows",
    "odd_cells": "single cells",
    "published": "what was published before",
    "pasted": "rows against what was published before",
    "changes": "cells against what was published before",
    "columns": "columns against what was published before",
    "shrunken": "sheets against what was published before",
}


def page(rule: Rule) -> str:
    """The page as Markdown; it reads well as plain text too."""
    return "\n".join([
        f"# {rule.code} {rule.title}",
        "",
        f"*{_SEVERITY[rule.severity]}; looks at {where(rule)}*",
        "",
        "## Why it matters",
        "",
        rule.reason,
        "",
        "## What to do",
        "",
        open_places(rule.fix),
        "",
        "## Found",
        "",
        *(f"- {sentence}" for sentence in examples(rule.bad)),
        "",
        f"> {open_places(rule.says)}",
        "",
        "## Not found",
        "",
        *(f"- {sentence}" for sentence in examples(rule.good)),
        "",
        "## Source",
        "",
        rule.source + ".",
        "",
    ])  # fmt: skip


def where(rule: Rule) -> str:
    """Where a rule looks, in words."""
    return _PLACES.get(rule.view) or ("every sheet" if rule.view == "*" else f"sheet {rule.view}")


def open_places(sentence: str) -> str:
    """A sentence of a rule with its open places marked: ‹muscle_name›."""
    return sentence.replace("{", "‹").replace("}", "›")


def examples(edits: Iterable[Edit]) -> list[str]:
    """Edits of the mini-atlas in words."""
    return [sentence for edit in edits for sentence in _sentences(edit)]


def _sentences(edit: Edit) -> Iterable[str]:
    """An edit of the mini-atlas in words."""
    sheet = f"sheet *{edit.table}*"
    cells = ", ".join(
        f"`{column}` {'is empty' if value is None else f'is “{_short(value)}”'}"
        for column, value in edit.changes.items()
    )
    if edit.action == "published":
        yield "The data set was published."
    elif edit.action == "file":
        yield f"A file `{edit.table}` lies beside the workbooks: `{_short(edit.changes['content'].decode('cp1252'))}`"
    elif edit.action == "retitle":
        for column, header in edit.changes.items():
            told = (
                f"the column `{column}` is missing"
                if header is None
                else f"“{header}” stands over the column `{column}`"
            )
            yield f"In the {sheet}, {told}."
    elif edit.action == "drop":
        yield f"The {sheet} has no row `{edit.row_id}`." if edit.row_id else f"The {sheet} is missing."
    elif edit.action == "add":
        yield f"In the {sheet}, a second row like `{edit.row_id}` was added" + (
            f", in which {cells}." if cells else "."
        )
    else:
        yield f"In the {sheet}, row `{edit.row_id}`: {cells}."


def _short(value: object) -> str:
    text = str(value).strip().replace("\n", " / ")
    return text if len(text) <= 60 else f"{text[:60]}…"
