"""``backdata apply``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    "apply",
    epilog="""\b
Exit codes: 0 all decisions carried out, 1 some were not, 2 wrong usage.

\b
Examples:
  backdata validate muscles.xlsx --output workbook    writes muscles.reviewed.xlsx; decide on its first sheet
  backdata apply muscles.reviewed.xlsx                writes muscles.applied.xlsx""",
)
@click.argument("reviewed", type=click.Path(exists=True, dir_okay=False))
@click.option("--to", type=click.Path(dir_okay=False), metavar="FILE", help="The new workbook; else NAME.applied.xlsx beside the reviewed one.")  # fmt: skip
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
def command(reviewed: str, to: str | None, force: bool) -> int:
    """Carry out what was decided in a reviewed workbook, in a new one.

    Accepted suggestions go into their cells if these still hold what was reviewed; granted exceptions go into the sheet
    exceptions. Colours, notes and the sheet Findings are left out. The reviewed workbook itself stays as it is.
    """
    from pathlib import Path

    from backdata import apply as decisions

    given = Path(reviewed)
    target = Path(to) if to else decisions.target(given)
    beside = target.with_name(f"{target.stem}.exceptions.xlsx")
    _check(given, target, beside, force)
    try:
        applied = decisions.apply(given)
    except decisions.NotReviewed as error:
        raise click.UsageError(str(error)) from error
    for step in applied.steps:
        click.echo(f"{'Done' if step.done else 'NOT done'}  {step.where} (row {step.row} of Findings): {step.says}")
    done = sum(step.done for step in applied.steps)
    refused = len(applied.steps) - done
    if applied.steps:
        click.echo("")
    click.echo(f"{done} decision{'s' * (done != 1)} carried out, {refused} not.")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(applied.data)
    click.echo(f"{target} written.", err=True)
    if applied.beside:
        beside.write_bytes(applied.beside)
        click.echo(f"{beside} written: move its rows into the sheet exceptions of your workbooks.", err=True)
    for lost in applied.lost:
        click.echo(f"Not carried over: {lost}", err=True)
    return 1 if refused else 0


def _check(given: Path, target: Path, beside: Path, force: bool) -> None:
    """Nothing is overwritten by accident, the reviewed workbook never, and macros stay in a file that may hold them."""
    if target.exists() and target.samefile(given):
        raise click.UsageError("The reviewed workbook is not written over. Give --to another file.")
    if target.suffix.lower() != given.suffix.lower():
        raise click.UsageError(f"The new workbook must end in {given.suffix} as {given.name} does.")
    if not force:
        for file in (target, beside):
            if file.exists():
                raise click.UsageError(f"{file} is there already. Give --to another file, or --force to write over it.")
