"""The command line. Thin: every heavy import waits inside the command that needs it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from backdata.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from backdata.model import Report

FAIL_ON = {"error": 2, "warning": 1, "info": 0, "never": 3}
FINDINGS, UNREADABLE, OUR_FAULT = 1, 3, 4  # exit codes; 0 is clean, 2 wrong usage

_PATHS = click.argument("paths", nargs=-1, type=click.Path(exists=True))


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  backdata validate                          check raw/
  backdata validate ~/Desktop/muscles.xlsx   check one workbook against raw/
  backdata validate -o text -o json=r.json   to the screen and to a file
  backdata coverage                          how much is known about each muscle
  backdata export                            check raw/, then write exports/
  backdata explain BD501                     what a code means""",
)
@click.version_option(VERSION, prog_name="backdata")
@click.option("--debug", is_flag=True, help="Show the technical details when backdata itself fails.")
def cli(debug: bool) -> None:
    """Check the spreadsheets about the muscles of the back, and publish them as CSV, JSON, Anki and Excel."""


@cli.command(
    epilog="""\b
Exit codes: 0 nothing found, 1 findings, 2 wrong usage, 3 a file could not be read, 4 a fault of backdata itself.

\b
Examples:
  backdata validate
  backdata validate raw/muscles.xlsx --fail-on warning
  backdata validate raw --output json=findings.json --output text"""
)
@_PATHS
@click.option("-o", "--output", "outputs", multiple=True, metavar="FORMAT[=FILE]", help="Report format (text, json, coverage), to the screen or to FILE. May be given several times.")  # fmt: skip
@click.option("--fail-on", type=click.Choice(list(FAIL_ON)), default="error", show_default=True, help="Exit with 1 from this severity on.")  # fmt: skip
def validate(paths: tuple[str, ...], outputs: tuple[str, ...], fail_on: str) -> int:
    """Check spreadsheets and say, cell by cell, what is wrong with them.

    PATHS are folders, workbooks (.xlsx) or CSV files; without any, raw/ is checked. A folder is judged as a whole
    data set. Workbooks given one by one are judged together with the sheets of raw/ that they do not hold.
    """
    wanted = _outputs(outputs or ("text",))
    from backdata import validation

    report = validation.validate(_given(paths)).report
    for name, file in wanted:
        _write(report, name, file)
    return _exit_code(report, FAIL_ON[fail_on])


@cli.command(epilog="""\b
Examples:
  backdata export
  backdata export --to build --only csv --only anki""")  # fmt: skip
@_PATHS
@click.option("--to", type=click.Path(file_okay=False), default="exports", show_default=True, help="Folder to write.")  # fmt: skip
@click.option("--only", multiple=True, metavar="FORMAT", help="Only this format; the others stay as they are. May be given several times.")  # fmt: skip
@click.option("--allow-findings", is_flag=True, help="Write in spite of errors; the manifest records them.")
def export(paths: tuple[str, ...], to: str, only: tuple[str, ...], allow_findings: bool) -> int:
    """Check spreadsheets, then write every export format: all of them, or none.

    PATHS are as for validate; without any, raw/ is published.
    """
    from pathlib import Path

    from backdata import publish, registry, validation

    if unknown := [name for name in only if name not in registry.exporters()]:
        raise click.UsageError(f"No format is called {', '.join(unknown)}. Known: {', '.join(registry.exporters())}.")
    given = _given(paths)
    checked = validation.validate(given)
    code = _exit_code(checked.report, FAIL_ON["never" if allow_findings else "error"])
    if code:
        _write(checked.report, "text", None)
    try:
        if code == UNREADABLE:
            raise publish.Refused(f"a file could not be read; nothing was written, and {to} is as it was")
        with _progress(len(only or registry.exporters())) as step:
            written = publish.publish(checked, given, Path(to), only, allow_findings, step)
    except publish.Refused as refused:
        click.echo(f"Not exported: {refused}.", err=True)
        return code or FINDINGS
    click.echo(written.summary())
    return 0


@cli.command(epilog="""\b
Examples:
  backdata coverage
  backdata coverage raw/muscles.xlsx""")  # fmt: skip
@_PATHS
def coverage(paths: tuple[str, ...]) -> int:
    """Show, muscle by muscle, what is known: origin, insertion, action, innervation, blood supply, identifiers, sources.

    PATHS are as for validate; without any, raw/ is shown. Exit code 1 if a muscle lacks an answer
    or an open source, or has a fact that nobody has read yet.
    """
    from backdata import validation

    report = validation.validate(_given(paths)).report
    _write(report, "coverage", None)
    if report.unreadable:
        return UNREADABLE
    return 0 if report.muscles and all(muscle.described for muscle in report.muscles) else FINDINGS


@cli.command()
def rules() -> int:
    """List all rules with their codes and severities."""
    from backdata import registry

    for rule in registry.rules().values():
        click.echo(f"{rule.code}  {rule.severity:7}  {rule.title}")
    return 0


@cli.command(epilog="""\b
Example:
  backdata explain BD501""")  # fmt: skip
@click.argument("code")
def explain(code: str) -> int:
    """Print the page of a rule: what it finds, why that matters, what to do, and examples."""
    from backdata import registry
    from backdata.explain import page

    rule = registry.rules().get(code.upper())
    if rule is None:
        raise click.UsageError(f"No rule has the code {code}. “backdata rules” lists them all.")
    click.echo(page(rule), nl=False)
    return 0


@cli.command(epilog="""\b
Examples:
  backdata template --to new
  backdata template --fill raw --to new      the same rows in fresh workbooks""")  # fmt: skip
@click.option("--to", type=click.Path(file_okay=False), required=True, help="Folder to write the workbooks into.")
@click.option("--fill", type=click.Path(exists=True), help="Fill them with the rows of this folder or workbook.")
def template(to: str, fill: str | None) -> int:
    """Write the workbooks that editors work in, with notes, drop-downs and filters; empty, or filled."""
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
    for path in workbooks.write(Path(to), {name: table.rows for name, table in (read.tables if read else {}).items()}):
        click.echo(path)
    return 0


def _given(paths: tuple[str, ...]) -> list[Path]:
    from pathlib import Path

    if not paths and not Path("raw").is_dir():
        raise click.UsageError("There is no folder raw/ here. Name the folder or the workbooks to check.")
    return [Path(path) for path in paths or ("raw",)]


def _outputs(wanted: tuple[str, ...]) -> list[tuple[str, Path | None]]:
    from pathlib import Path

    from backdata import registry

    found = []
    for text in wanted:
        name, _, file = text.partition("=")
        if name not in registry.reporters():
            known = ", ".join(registry.reporters())
            raise click.UsageError(
                f"“{name}” is no report format. Known: {known}; for example --output json=report.json."
            )
        found.append((name, Path(file) if file else None))
    if sum(file is None for _, file in found) > 1:
        raise click.UsageError("Only one report fits on the screen. Give the others a file: --output json=report.json.")
    return found


def _write(report: Report, name: str, file: Path | None) -> None:
    from backdata import registry

    render = registry.reporters()[name].render
    if file is None:
        click.echo(render(report, colour=sys.stdout.isatty()), nl=False)
        return
    try:
        file.write_text(render(report), "utf-8", newline="\n")
    except OSError as error:
        raise click.UsageError(f"{file} cannot be written: {error.strerror}.") from error


def _exit_code(report: Report, from_rank: int) -> int:
    if report.unreadable:
        return UNREADABLE
    return FINDINGS if report.worst() >= from_rank else 0


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


def main() -> None:
    """The console script: a number that a command returns is its exit code."""
    # pandera loads hypothesis wherever it is installed, to make up data that nobody here asks for: a tenth of a run
    sys.modules.setdefault("hypothesis", None)  # type: ignore[arg-type]
    try:
        code = cli.main([word for word in sys.argv[1:] if word != "--debug"], standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except PermissionError as error:
        click.echo(f"{error.filename} cannot be read or written: {error.strerror}.", err=True)
        code = UNREADABLE
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped; nothing was changed.", err=True)
        code = 130
    except Exception as error:
        if "--debug" in sys.argv:
            raise
        told = f"{type(error).__name__}: {error}"
        click.echo(
            f"backdata itself has failed, not your data ({told}). Your files are untouched. Please report this.",
            err=True,
        )
        code = OUR_FAULT
    sys.exit(code if isinstance(code, int) else 0)
