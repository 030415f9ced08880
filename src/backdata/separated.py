"""Tables kept as text (CSV, TSV): encoding by byte order mark, delimiter by the regularity it brings, strict quotes."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

_LOOKED_AT = 100_000  # characters, fewer than the longest cell that csv takes
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Unseparable(ValueError):
    """Text that cannot be read as a table. The message is a sentence that names the cause and the remedy."""


def records(text: str) -> Iterator[tuple[int, list[str]]]:
    """The records with the lines on which they begin. Raises Unseparable."""
    if "\0" in text:
        raise Unseparable("it holds NUL characters. Save it anew as CSV UTF-8")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    line = 1
    try:
        for record in reader:
            yield line, record
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unseparable(f"line {line} cannot be read ({error}). Look for a quote that is not closed") from None


def decoded(data: bytes) -> tuple[str, str, str]:
    """The text of a file, its encoding, and what had to be guessed. Raises Unseparable."""
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), encoding, ""
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
    try:
        return data.decode("cp1252"), "cp1252", f"it is not UTF-8 (line {line}) and was read as Windows-1252"
    except UnicodeDecodeError:
        raise Unseparable(f"its text is in no encoding we know (line {line}). Save it as CSV UTF-8") from None


def delimiter(text: str) -> str:
    """The mark that cuts most lines into equally many cells; commas in a title or in prose do not mislead it."""
    lines = text[:_LOOKED_AT].splitlines()

    def regularity(mark: str) -> tuple[int, int]:
        widths = Counter(len(record) for record in csv.reader(lines, delimiter=mark))
        return max(((often, width) for width, often in widths.items() if width > 1), default=(0, 0))

    return max(",;\t", key=regularity)
