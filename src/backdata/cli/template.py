"""``backdata template``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from backdata.intake import Intake


@click.command("template", epilog="""\b
Examples:
  backdata template --to new
  backdata template --fill raw --to new      the same rows in fresh workbooks""")  # fmt: skip
@click.option("--to", type=click.Path(file_okay=False), required=True, help="Folder to write the workbooks into.")
@click.option("--fill", type=click.Path(exists=True), help="Fill them with the rows of this folder or workbook.")
def command(to: str, fill: str | None) -> int:
    """Write the workbooks that editors work in, with notes, drop-downs, filters and warning colours; empty, or filled."""
    from pathlib import Path

    from backdata import intake, schemas
    from backdata import template as workbooks

    read = intake.read([Path(fill)], schemas.tables()) if fill else None
    if read and (lost := read.left_out()):
        raise click.UsageError(
            f"Not everything in {fill} can be carried over, so nothing was written: {'; '.join(lost[:3])}."
        )
    if Path(to).is_dir() and any(Path(to).iterdir()):
        raise click.UsageError(f"The folder {to} is not empty. Choose another, so that nothing is overwritten.")
    for sentence in _helpers(read) if read else ():
        click.echo(sentence, err=True)
    for path in workbooks.write(Path(to), {name: table.rows for name, table in (read.tables if read else {}).items()}):
        click.echo(path)
    return 0


def _helpers(read: Intake) -> Iterator[str]:
    """What holds no facts and is therefore not carried over: helper sheets of the editors, titles and hints."""
    from backdata.intake.headers import folded
    from backdata.model import Cell
    from backdata.template import LISTS

    for row in read.files:
        for reason, cells in row["skipped"].items():
            if folded(row["sheet"]) != LISTS and reason != "blank":
                yield f"Not carried over: {Cell(row['file'], row['sheet'])} ({reason}, {cells} cell{'' if cells == 1 else 's'})."
