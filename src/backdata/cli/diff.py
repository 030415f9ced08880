"""``backdata diff``."""

from __future__ import annotations

import click

FORMS = ("text", "markdown", "json")


@click.command(
    "diff",
    epilog="""\b
Exit codes: 0 compared (with --exit-code: the same), 1 different (with --exit-code only), 2 wrong usage.

\b
Examples:
  backdata diff exports raw                      what is in the spreadsheets and not yet exported
  backdata diff HEAD raw                         what has changed since the last commit
  backdata diff HEAD~3 HEAD --output markdown    what three commits changed, for a pull request
  backdata diff main HEAD --output json
  backdata diff releases/0.1.0 raw               what has changed since a release""",
)
@click.argument("old")
@click.argument("new")
@click.option("-o", "--output", type=click.Choice(FORMS), default="text", show_default=True, help="text for the terminal, markdown for a pull request, json for programs (schemas/json/diff.schema.json).")  # fmt: skip
@click.option("--exit-code", is_flag=True, help="Exit with 1 if anything differs.")
def command(old: str, new: str, output: str, exit_code: bool) -> int:
    """Tell what changed between two states of the data: facts, terms, cards, columns, and which version step that is.

    OLD and NEW are each a folder of spreadsheets, a folder of exports, its manifest.json, or a git revision whose raw/ is
    read. Facts are compared by their ids: how rows are sorted changes nothing.
    """
    from importlib import import_module
    from pathlib import Path

    from backdata.diff import compare, editions

    try:
        difference = compare(*(editions.read(given, Path()) for given in (old, new)))
    except editions.Unreadable as error:
        raise click.UsageError(f"Nothing was compared: {error}.") from error
    click.echo(import_module(f"backdata.diff.{output}").render(difference), nl=False)
    return 1 if exit_code and difference else 0
