"""``backdata export``."""

from __future__ import annotations

import sys
from typing import Any

import click

from backdata.cli.outputs import FAIL_ON, FINDINGS, UNREADABLE, exit_code, write
from backdata.cli.paths import PATHS, given


@click.command("export", epilog="""\b
Examples:
  backdata export
  backdata export --to build --only csv --only anki""")  # fmt: skip
@PATHS
@click.option("--to", type=click.Path(file_okay=False), default="exports", show_default=True, help="Folder to write.")  # fmt: skip
@click.option("--only", multiple=True, metavar="FORMAT", help="Only this format; the others stay as they are. May be given several times.")  # fmt: skip
@click.option("--allow-findings", is_flag=True, help="Write in spite of errors; the manifest records them.")
def command(paths: tuple[str, ...], to: str, only: tuple[str, ...], allow_findings: bool) -> int:
    """Check spreadsheets, then write every export format: all of them, or none.

    PATHS are as for validate; without any, raw/ is published.
    """
    from pathlib import Path

    from backdata import publish, registry, validation

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
            written = publish.publish(checked, sheets, Path(to), only, allow_findings, step)
    except publish.Refused as refused:
        click.echo(f"Not exported: {refused}.", err=True)
        return code or FINDINGS
    click.echo(written.summary())
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
