"""CSV and TSV files: encoding by byte order mark, delimiter by the regularity it brings, strict quotes."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from backdata.intake.cells import RawCell, Sheet, Unreadable

SUFFIXES = (".csv", ".tsv", ".txt")
_LOOKED_AT = 100_000  # characters, fewer than the longest cell that csv takes
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read(path: Path, name: str) -> list[Sheet]:
    """The file as one sheet without a name. Raises Unreadable."""
    text, remark = _decoded(path.read_bytes())
    if "\0" in text:
        raise Unreadable("it holds NUL characters. Save it anew as CSV UTF-8")
    return [Sheet(name, "", dict(_cells(text, _delimiter(text))), remark=remark)]


def _delimiter(text: str) -> str:
    """The mark that cuts most lines into equally many cells; commas in a title or in prose do not mislead it."""
    lines = text[:_LOOKED_AT].splitlines()

    def regularity(mark: str) -> tuple[int, int]:
        widths = Counter(len(record) for record in csv.reader(lines, delimiter=mark))
        return max(((often, width) for width, often in widths.items() if width > 1), default=(0, 0))

    return max(",;\t", key=regularity)


def _decoded(data: bytes) -> tuple[str, str]:
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), ""
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
    try:
        return data.decode("cp1252"), f"it is not UTF-8 (line {line}) and was read as Windows-1252"
    except UnicodeDecodeError:
        raise Unreadable(f"its text is in no encoding we know (line {line}). Save it as CSV UTF-8") from None


def _cells(text: str, delimiter: str) -> Iterable[tuple[tuple[int, int], RawCell]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for record in reader:
            for column, value in enumerate(record, 1):
                if value:
                    yield (line, column), RawCell(value)
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unreadable(f"line {line} cannot be read ({error}). Look for a quote that is not closed") from None
