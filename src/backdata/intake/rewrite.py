"""A CSV file with other text in some of its cells; every other byte stays: delimiter, quotes, line ends, encoding, byte order mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from backdata.separated import Unseparable, decoded, delimiter

_LINE_END = re.compile(r"\r\n|\r|\n")


def rewritten(data: bytes, cells: Mapping[tuple[int, int], str]) -> bytes:
    """The file with ``cells`` ((line, column) from 1 → text) in it. Raises Unseparable where its encoding lacks a letter."""
    text, encoding, _ = decoded(data)
    mark = delimiter(text)
    pieces, done = [], 0
    for row, (columns, end) in _records(text, mark):
        wanted = {column: after for (line, column), after in cells.items() if line == row}
        for column in sorted(wanted):
            start, stop = columns[column - 1] if column <= len(columns) else (end, end)
            missing = max(0, column - max([len(columns), *(each for each in wanted if each < column)]))
            pieces += [text[done:start], mark * missing, _quoted(wanted[column], text[start:stop], mark)]
            done = stop
    try:
        return _encoded("".join([*pieces, text[done:]]), encoding, data)
    except UnicodeEncodeError as error:
        letter = error.object[error.start]
        raise Unseparable(f"its encoding has no letter “{letter}”. Save it as CSV UTF-8") from error


def _records(text: str, mark: str) -> Iterator[tuple[int, tuple[list[tuple[int, int]], int]]]:
    """The line on which each record starts, the places of its cells in the text, and where it ends; cut as ``csv`` cuts."""
    cell = re.compile(rf'"(?:[^"]|"")*"|[^{re.escape(mark)}\r\n]*')
    columns: list[tuple[int, int]] = []
    place, line = 0, 1
    while place <= len(text):
        found = cell.match(text, place)
        assert found is not None, "the pattern matches the empty cell"
        columns.append(found.span())
        place = found.end()
        if text.startswith(mark, place):
            place += 1
            continue
        end = _LINE_END.match(text, place)
        yield line, (columns, place)
        if end is None:
            return
        line += 1 + sum(len(_LINE_END.findall(text[start:stop])) for start, stop in columns)
        columns, place = [], end.end()


def _quoted(text: str, before: str, mark: str) -> str:
    """Text as it stands in the file: in quotes where there were some, or where it needs them."""
    if before.startswith('"') or any(sign in text for sign in (mark, '"', "\n", "\r")):
        return '"' + text.replace('"', '""') + '"'
    return text


def _encoded(text: str, encoding: str, like: bytes) -> bytes:
    """Text with the byte order mark that the file had."""
    if encoding != "utf-16":
        return text.encode(encoding)
    return like[:2] + text.encode("utf-16-le" if like.startswith(b"\xff\xfe") else "utf-16-be")
