"""``backdata watch``."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from backdata.cli.outputs import formats, write
from backdata.cli.paths import PATHS, given

if TYPE_CHECKING:
    from pathlib import Path

    from backdata.model import Finding
    from backdata.watch import Run


@click.command("watch", epilog="""\b
Examples:
  backdata watch
  backdata watch ~/Desktop/muscles.xlsx
  backdata watch raw --output html=report.html""")  # fmt: skip
@PATHS
@click.option("-o", "--output", "outputs", multiple=True, metavar="FORMAT[=FILE]", help="Report format, as for validate. May be given several times.")  # fmt: skip
@click.option("--poll", is_flag=True, help="Look at the files again and again: for network drives that do not tell of changes.")  # fmt: skip
def command(paths: tuple[str, ...], outputs: tuple[str, ...], poll: bool) -> int:
    """Check spreadsheets again whenever one of them is saved, and say first what is new and what is mended.

    PATHS are as for validate. Leave it running beside your spreadsheet program; Ctrl-C ends it.
    """
    wanted = formats(outputs or ("text",))
    places = given(paths)
    if find_spec("watchfiles") is None:
        raise click.UsageError("To watch files, backdata needs its part “app”: pip install 'backdata[app]'.")
    from backdata import watch

    beside = ("text", None) not in wanted  # a report for programs on the screen stays alone there
    names = ", ".join(place.name or str(place) for place in places)
    try:
        for run in watch.runs(places, poll):
            click.echo("\n".join(_told(run, names)), err=beside)
            for name, file in wanted:
                _write(run, name, file)
            click.echo(f"\nWaiting for {names} to be saved. Ctrl-C ends this.", err=True)
    except KeyboardInterrupt:
        click.echo("\nNo longer watching; no file of yours was changed.", err=True)
    return 0


def _write(run: Run, name: str, file: Path | None) -> None:
    """One report; a file that is open elsewhere must not end the watch."""
    try:
        write(run.report, name, file)
    except click.UsageError as error:
        click.echo(error.message, err=True)
    except PermissionError as error:
        click.echo(f"{error.filename} cannot be written: {error.strerror}. Close it in the other program.", err=True)


def _told(run: Run, names: str) -> Iterator[str]:
    """When, after what, and what has changed."""
    time = f"{run.at:%H:%M:%S}"
    if not run.saved:
        yield f"{time}  {names}\n"
        return
    yield f"\n{time}  {', '.join(run.saved)} saved: {len(run.new)} new, {len(run.mended)} mended\n"
    yield from _listed("New", run.new)
    yield from _listed("Mended", run.mended)


def _listed(title: str, findings: tuple[Finding, ...]) -> Iterator[str]:
    from backdata.model import causes
    from backdata.report import visible

    if findings:
        yield title
        for cause in causes(findings):
            first, more = cause.first, len(cause.findings) - 1
            where = visible(str(first.cell)) + (f" and {more} more" if more else "")
            rule = f"{first.name.replace('_', ' ')} ({first.code})"
            yield f"  {where}  {first.severity}  {rule}: {visible(first.message)}"
        yield ""
