"""``backdata coverage``."""

from __future__ import annotations

import click

from backdata.cli.outputs import FINDINGS, UNREADABLE, write
from backdata.cli.paths import PATHS, given


@click.command("coverage", epilog="""\b
Examples:
  backdata coverage
  backdata coverage raw/muscles.xlsx""")  # fmt: skip
@PATHS
def command(paths: tuple[str, ...]) -> int:
    """Show, muscle by muscle, what is known: origin, insertion, action, innervation, blood supply, identifiers, sources.

    PATHS are as for validate; without any, raw/ is shown. Exit code 1 if a muscle lacks an answer
    or an open source, or has a fact that nobody has read yet.
    """
    from backdata import validation

    report = validation.validate(given(paths)).report
    write(report, "coverage", None)
    if report.unreadable:
        return UNREADABLE
    return 0 if report.muscles and all(muscle.described for muscle in report.muscles) else FINDINGS
