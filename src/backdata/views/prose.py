"""Prose that hides what has a column of its own: levels, how regularly a thing is found, who says so."""

from __future__ import annotations

import re

from backdata.verbs import View

_REGION = r"cervical|thoracic|dorsal|lumbar|sacral|coccygeal"
_COUNTED = (
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[1-9][0-9]?(?:st|nd|rd|th)"
)
_NUMBERS = r"[1-9][0-9]?(?:\s*(?:[-–]|to|and|,)\s*[1-9][0-9]?)*"
_LEVELS = re.compile(
    rf"\b(?:(?:C|Th|T|D|L|S|Co|R)\s?[1-9][0-2]?(?:\s*[-–]\s*(?:(?:C|Th|T|D|L|S|Co|R)\s?)?[1-9][0-2]?)?"
    rf"|(?:{_COUNTED})(?:\s+(?:to|and)\s+(?:the\s+)?(?:{_COUNTED}))?\s+(?:(?:{_REGION})\s+)?(?:vertebrae?|ribs?|spines?|nerves?)"
    rf"|(?:{_REGION})\s+vertebrae?\s+{_NUMBERS}|ribs?\s+{_NUMBERS})\b"
)
_OFTEN = r"usually|sometimes|often|occasionally|frequently|rarely|seldom|commonly|inconstant(?:ly)?|not always|as a rule|in most people|variabl[ey]"
_ANYWHERE = re.compile(rf"\b(?:{_OFTEN})\b", re.IGNORECASE)
_NOTHING_ELSE = re.compile(
    rf"\(?(?:(?:is|it is|are)\s+)?(?:{_OFTEN})(?:\s+(?:present|there|found|absent|missing))?\)?\.?", re.IGNORECASE
)
_SAYS = re.compile(
    r"\b(?:according to|(?:after|in|see|per) [A-Z][a-z]+|(?<!most )(?<!more )or|[A-Z][a-z]+ (?:says|gives|has)|others?)\b"
)
_OFTEN_BELONGS = "how regularly it is found belongs into the column “constancy”, or into parentheses round its level"
_LEVEL_COLUMN = {"attachments": "levels", "actions": "of"}


def of(view: View) -> View:
    """A view of facts with ``x_hidden`` (the words) and ``x_belongs`` (where they belong) of its columns of prose."""
    names = sorted(str(row["name"]) for row in view.sources["sources"].rows if row.get("name"))
    sources = re.compile(rf"\b(?:{'|'.join(map(re.escape, names)) or '(?!)'})\b")

    def read(text: str | None) -> tuple[str | None, str | None]:
        if text is None:
            return None, None
        where = _LEVEL_COLUMN.get(view.name, "levels")
        for pattern, place in (
            (_LEVELS, f"levels belong into the column “{where}”"),
            (_ANYWHERE, _OFTEN_BELONGS),
            (sources, "what a source says is a row of its own, with its reading and its source"),
            (_SAYS, "what somebody else says is a row of its own, with its reading and its source"),
        ):
            if found := pattern.search(text):
                return found[0], place
        return None, None

    def read_note(text: str | None, constancy: str | None) -> tuple[str | None, str | None]:
        only = text is not None and constancy is None and _NOTHING_ELSE.fullmatch(text)
        return (text, _OFTEN_BELONGS) if only else (None, None)

    if "constancy" in view.columns and "note" in view.columns:
        view = view.parsed(("note_hidden", "note_belongs"), ("note", "constancy"), read_note)
    for column in ("part", "condition"):
        if column in view.columns:
            view = view.parsed((f"{column}_hidden", f"{column}_belongs"), (column,), read)
    return view
