"""``backdata export``."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING, Any

import click

from backdata.cli.outputs import FAIL_ON, FINDINGS, UNREADABLE, exit_code, write
from backdata.cli.paths import PATHS, given

if TYPE_CHECKING:
    from pathlib import Path


@click.command("export", epilog="""\b
Examples:
  backdata export
  backdata export --to build/decks --only csv --only anki
  backdata export --to build/tables --only parquet
  backdata export --check                  is exports/ what raw/ gives? for CI""")  # fmt: skip
@PATHS
@click.option("--to", type=click.Path(file_okay=False), default="exports", show_default=True, help="Folder to write.")  # fmt: skip
@click.option("--only", multiple=True, metavar="FORMAT", help="Only this format; the others stay as they are. May be given several times.")  # fmt: skip
@click.option("--allow-findings", is_flag=True, help="Write in spite of errors; the manifest records them.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 unless the folder holds exactly what a new build gives.")  # fmt: skip
def command(paths: tuple[str, ...], to: str, only: tuple[str, ...], allow_findings: bool, check: bool) -> int:
    """Check spreadsheets, then write every export format: all of them, or none.

    PATHS are as for validate; without any, raw/ is published. Formats are anki, cheatsheets, csv, excel, figures,
    json and sqlite; parquet is written only when it is asked for.
    """
    from pathlib import Path

    from backdata import fresh, publish, registry, validation

    if check and only:
        raise click.UsageError("--check looks at all formats; leave --only out.")
    again = shlex.join(["export", *paths, *_unusual(to, allow_findings)])
    if check and not Path(to).is_dir():
        raise click.UsageError(f"There is no folder {to} to check. Run backdata {again} first.")
    if unknown := [name for name in only if name not in registry.exporters()]:
        raise click.UsageError(f"No format is called {', '.join(unknown)}. Known: {', '.join(registry.exporters())}.")
    sheets = given(paths)
    checked = validation.validate(sheets)
    code = exit_code(checked.report, FAIL_ON["never" if allow_findings else "error"])
    if code:
        write(checked.report, "text", None)
    try:
        if code == UNREADABLE:
            raise publish.Refused(f"a file could not be read; nothing was written, and {to} is as it was")
        with _progress(len(only or registry.exporters())) as step:
            if check:
                return _told(fresh.stale(checked, sheets, Path(to), allow_findings, step), Path(to), again)
            written = publish.publish(checked, sheets, Path(to), only, allow_findings, step)
    except publish.Refused as refused:
        click.echo(f"Not {'checked' if check else 'exported'}: {refused}.", err=True)
        return code or FINDINGS
    click.echo(written.summary())
    return 0


def _unusual(to: str, allow_findings: bool) -> list[str]:
    """The options that were given and that a run to put things right must be given too."""
    return [*(["--to", to] if to != "exports" else []), *(["--allow-findings"] if allow_findings else [])]


def _told(stale: list[str], to: Path, again: str) -> int:
    """Say whether a folder of exports is as a new build gives it, and which words would make it so."""
    for line in stale:
        click.echo(f"{to}/{line}")
    if stale:
        todo = f"take out what no export writes, run backdata {again}, and commit"
        click.echo(f"{to} is not what a new build gives. To do: {todo}.", err=True)
        return FINDINGS
    click.echo(f"{to} is what a new build gives.")
    return 0


def _progress(steps: int) -> Any:
    """A progress bar on a terminal, nothing elsewhere."""
    from contextlib import contextmanager

    @contextmanager
    def silent() -> Any:
        yield lambda name: None

    @contextmanager
    def bar() -> Any:
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as shown:
            task = shown.add_task("Writing", total=steps)
            yield lambda name: shown.update(task, advance=1, description=f"Writing {name}")

    return bar() if sys.stderr.isatty() else silent()
