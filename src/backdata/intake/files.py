"""Which files are read, by which reader, and what they are called in reports."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from backdata.intake import delimited, xlsx

READERS = {suffix: reader for reader in (xlsx, delimited) for suffix in reader.SUFFIXES}
_OTHERS = (".xls", ".xlsb", ".ods", ".numbers")  # may hold facts, so they must not be passed over in silence
_COPY = re.compile(
    r"[.](?:fixed|reviewed|applied)(?:-[0-9]+)?$"
)  # what we add to the names of copies that we make of editors' files


def found(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """The files to read with the names they get in reports; lock files of open workbooks are no files."""
    files: list[tuple[Path, str]] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file() and is_table(p))
            files += [(p, p.relative_to(path).as_posix()) for p in inside if _is_ours(p, path)]
        else:
            alone = sum(other.name == path.name for other in paths) == 1
            files.append((path, path.name if alone else path.as_posix()))
    return files


def is_table(file: Path) -> bool:
    """Whether the name of a file is that of a spreadsheet, be it one that can be read or not."""
    return file.suffix.lower() in {*READERS, *_OTHERS}


def _is_ours(file: Path, root: Path) -> bool:
    """No lock file of an open workbook, nothing hidden, no copy of ours beside its original, and nothing that backdata itself
    published below ``root``.
    """
    inside = file.relative_to(root)
    if any(part.startswith((".", "~$")) for part in inside.parts):
        return False
    if uncopied(file.stem) != file.stem and file.with_name(uncopied(file.stem) + file.suffix).is_file():
        return False
    return not any(_is_published(root / folder / "manifest.json") for folder in inside.parents)


def uncopied(stem: str) -> str:
    """The name that a file had before we made a corrected or a reviewed copy of it."""
    return _COPY.sub("", stem)


def _is_published(manifest: Path) -> bool:
    return manifest.is_file() and b"urn:backdata:schema:manifest" in manifest.read_bytes()[:200]
