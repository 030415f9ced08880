"""``backdata validate``."""

from __future__ import annotations

import click

from backdata.cli.outputs import FAIL_ON, exit_code, formats, write
from backdata.cli.paths import PATHS, given


@click.command(
    "validate",
    epilog="""\b
Exit codes: 0 no error found (or no finding as bad as --fail-on), 1 errors found, 2 wrong usage, 3 a file could not be read, 4 a fault of backdata itself.

\b
Examples:
  backdata validate
  backdata validate raw/muscles.xlsx --fail-on warning
  backdata validate raw --output json=findings.json --output text""",
)
@PATHS
@click.option("-o", "--output", "outputs", multiple=True, metavar="FORMAT[=FILE]", help="Report format, to the screen or to FILE; may be given several times. For people: text, html, workbook, coverage. For pull requests: github, gitlab, code-scanning, markdown. For programs: json, jsonl, sarif, junit.")  # fmt: skip
@click.option("--fail-on", type=click.Choice(list(FAIL_ON)), default="error", show_default=True, help="Exit with 1 from this severity on.")  # fmt: skip
@click.option("--baseline", "before", type=click.Path(exists=True, dir_okay=False), metavar="FILE", help="Tell only what is new since this JSON report, and what of it is mended.")  # fmt: skip
def command(paths: tuple[str, ...], outputs: tuple[str, ...], fail_on: str, before: str | None) -> int:
    """Check spreadsheets and say, cell by cell, what is wrong with them.

    PATHS are folders, workbooks (.xlsx) or CSV files; without any, raw/ is checked. A folder is judged as a whole
    data set. Workbooks given one by one are judged together with the sheets of raw/ that they do not hold.
    """
    wanted = formats(outputs or ("text",))
    from pathlib import Path

    from backdata import baseline, validation

    try:
        known = baseline.read(Path(before)) if before else None
    except baseline.NoBaseline as error:
        raise click.UsageError(str(error)) from error
    report = validation.validate(given(paths)).report
    if known is not None:
        report = baseline.compared(report, known)
    for name, file in wanted:
        write(report, name, file)
    return exit_code(report, FAIL_ON[fail_on])
