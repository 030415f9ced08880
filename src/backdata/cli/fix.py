"""``backdata fix``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from backdata.cli.outputs import FINDINGS, UNREADABLE
from backdata.cli.paths import PATHS, given

if TYPE_CHECKING:
    from pathlib import Path

    from backdata.fix import Corrected, Fixes
    from backdata.model import Cell


@click.command("fix", epilog="""\b
Exit codes: 0 done, or nothing to correct; 1 with --diff where there is something to correct; 3 a file could not be read.

\b
Examples:
  backdata fix --diff                        what would be corrected in raw/
  backdata fix raw --to corrected            corrected copies of the workbooks
  backdata fix muscles.xlsx --suggested      the nearest suggestions, too""")  # fmt: skip
@PATHS
@click.option("--diff", is_flag=True, help="Show what would be corrected; write nothing.")
@click.option("--to", type=click.Path(file_okay=False), help="Folder for the corrected copies.  [default: beside the originals]")  # fmt: skip
@click.option("--suggested", is_flag=True, help="Put the nearest suggestion where a word is not known, too. Look at each.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace copies that an earlier run has left.")
def command(paths: tuple[str, ...], diff: bool, to: str | None, suggested: bool, force: bool) -> int:
    """Correct what needs no decision, in copies: NAME.fixed.xlsx. The originals are never touched.

    Spaces, dashes, invisible characters, accents, capitals, names in place of ids, the spelling of levels and missing
    item numbers; never a date, a formula, or the meaning of a cell. PATHS are as for validate.
    """
    from pathlib import Path

    from backdata.fix import fixes

    found = fixes(given(paths), suggested)
    folder = Path(to) if to else None
    for file in found.files:
        click.echo("\n".join(_shown(file, file.target(folder), sys.stdout.isatty())))
    unwritten = False if diff else _write(found.files, folder, force)
    for sentence in _told(found, diff):
        click.echo(sentence, err=True)
    if unwritten or found.report.unreadable:
        return UNREADABLE
    return FINDINGS if diff and found.files else 0


def _write(files: Sequence[Corrected], folder: Path | None, force: bool) -> bool:
    """Write the copies once all of them are made. Returns whether one could not be made."""
    from backdata.workbooks.copy import Uncopyable

    made = {}
    failed = False
    for file in files:
        target = file.target(folder)
        if target.exists() and (not force or target.samefile(file.path)):
            raise click.UsageError(f"{target} is there already, so nothing was written. --force replaces it.")
        try:
            made[target], lost = file.copy()
        except Uncopyable as error:
            failed = True
            click.echo(f"{file.path} cannot be copied, so correct it by hand: {error}.", err=True)
        else:
            for sentence in lost:
                click.echo(f"{target} does not carry over: {sentence}", err=True)
    for target, data in made.items():
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        except OSError as error:
            raise click.UsageError(f"{target} cannot be written: {error.strerror}.") from error
    return failed


def _shown(file: Corrected, target: Path, colour: bool) -> Iterator[str]:
    """What is corrected in a file, one line per cell, sheet by sheet."""
    from backdata.report import visible

    def painted(words: str, red_or_green: str) -> str:
        text = f"“{visible(words)}”" if words else "(blank)"
        return click.style(text, fg=red_or_green) if colour else text

    yield from (f"--- {file.path}", f"+++ {target}")
    for sheet, changes in groupby(file.changes, key=lambda change: change.cell.sheet):
        if sheet:
            yield f"@@ {visible(sheet)} @@"
        for change in changes:
            words = f"{painted(change.before, 'red')} → {painted(change.after, 'green')}"
            yield f"  {change.cell.address}  {words}  {change.why}"
    yield ""


def _told(found: Fixes, diff: bool) -> Iterator[str]:
    """What was done, and what is left to a person."""
    cells = sum(len(file.changes) for file in found.files)
    if not found.files:
        yield "Nothing to correct that needs no decision." if found.report.told else "Nothing to correct."
    elif diff:
        yield f"{_many(cells, 'cell')} would be corrected in {_many(len(found.files), 'file')}; nothing was written."
    else:
        yield (
            f"{_many(cells, 'cell')} corrected in {_many(len(found.files), 'copy', 'copies')}; the originals are untouched. "
            "Look the copies over, then put them in the place of the originals."
        )
    if found.suggested:
        yield f"For {_many(found.suggested, 'more cell')} there is a suggestion; --suggested takes the nearest ones."
    if found.unnumbered:
        yield f"Give the number of the item yourself, for only you know to which item the row belongs: {_cells(found.unnumbered)}."
    if found.granted:
        yield f"Left as typed, for an exception was granted for what stands there: {_cells(found.granted)}."
    for row in found.report.files:
        if row["problem"] == "unreadable":
            yield f"{row['file']} could not be read: {row['detail']}."


def _cells(cells: Sequence[Cell]) -> str:
    from backdata.report import visible

    return ", ".join(visible(str(cell)) for cell in cells)


def _many(number: int, thing: str, things: str = "") -> str:
    return f"{number} {thing if number == 1 else things or thing + 's'}"
