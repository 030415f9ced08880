"""SQLite databases whose bytes depend on nothing but what is put into them.

A database in memory carries no stamp of the SQLite version; but where nothing is stored SQLite leaves what stood there
before, and which bytes that are depends on its version and on how it was compiled. So what is deleted is overwritten, and
the gap of each page, between the list of its cells and the cells, is cleared.
"""

from __future__ import annotations

import sqlite3

_HEADER = 100  # bytes of the file, at the start of the first page
_INNER, _LEAF = {2: 12, 5: 12}, {10: 8, 13: 8}  # kinds of pages of a tree → bytes of their own header


def empty() -> sqlite3.Connection:
    """A database in memory, to be filled."""
    memory = sqlite3.connect(":memory:")
    memory.executescript("PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA secure_delete = ON;")
    return memory


def serialized(memory: sqlite3.Connection) -> bytes:
    """The bytes of a database that was made by ``empty()``, as a file has them."""
    content = bytearray(memory.serialize())
    size = int.from_bytes(content[16:18]) if content else 0
    for page in range(0, len(content), size or 1):
        start = page + (_HEADER if page == 0 else 0)
        if header := (_INNER | _LEAF).get(content[start]):
            cells, first = (int.from_bytes(content[start + at : start + at + 2]) for at in (3, 5))
            begin, end = start + header + 2 * cells, page + first
            content[begin:end] = bytes(end - begin)
    return bytes(content)
