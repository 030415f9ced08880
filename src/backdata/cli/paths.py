"""What commands are given: folders, workbooks and CSV files, or else ``raw/``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

PATHS = click.argument("paths", nargs=-1, type=click.Path(exists=True))


def given(paths: tuple[str, ...]) -> list[Path]:
    """The paths to read. Raises click.UsageError where none is given and there is no ``raw/``."""
    from pathlib import Path

    if not paths and not Path("raw").is_dir():
        raise click.UsageError("There is no folder raw/ here. Name the folder or the workbooks to check.")
    return [Path(path) for path in paths or ("raw",)]
