"""The command line. Thin: a command is a module of its own, imported when it is called, and so is every heavy library."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

import click

from backdata.version import VERSION

COMMANDS = {  # module → its first sentence, so that the list of commands imports none of them
    "validate": "Check spreadsheets and say, cell by cell, what is wrong with them.",
    "coverage": "Show, muscle by muscle, what is known of it.",
    "rules": "List all rules with their codes and severities.",
    "explain": "Print the page of a rule.",
    "fix": "Correct what can be corrected without a decision, in a copy.",
    "apply": "Carry out what was decided in a reviewed workbook, in a new one.",
    "watch": "Check spreadsheets again whenever one of them is saved.",
    "template": "Write the workbooks that editors work in.",
    "export": "Check spreadsheets, then write every export format: all of them, or none.",
    "diff": "Tell what changed between two states of the data: facts, terms, cards, columns, and which version step that is.",
    "release": "Rehearse a release, or make one: build, compare with the last, try the decks in Anki, name the version.",
    "anki": "Look after Anki packages, without Anki.",
    "demo": "Write practice workbooks with faults to find and correct, and a sheet with the answers.",
    "audit": "Plant realistic faults in good data, and count how many are found at the right cell.",
}


class Commands(click.Group):
    """The commands, each found in the module of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"backdata.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was typed. Raises click.UsageError with the nearest one where there is none of that name."""
        typed = args[0]
        if typed not in COMMANDS and not typed.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(typed, COMMANDS, 1)
            told = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(COMMANDS)}."
            raise click.UsageError(f"There is no command “{typed}”. {told}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List them without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  backdata validate                          check raw/
  backdata validate ~/Desktop/muscles.xlsx   check one workbook against raw/
  backdata validate -o text -o json=r.json   to the screen and to a file
  backdata coverage                          how much is known about each muscle
  backdata export                            check raw/, then write exports/
  backdata diff exports raw                  what has changed since the last export
  backdata explain BD501                     what a code means""",
)
@click.version_option(VERSION, prog_name="backdata")
@click.option("--debug", is_flag=True, help="Show the technical details when backdata itself fails.")
def cli(debug: bool) -> None:
    """Check the spreadsheets about the muscles of the back, and publish them as CSV, JSON, Anki and Excel."""


def main() -> None:
    """The console script: a number that a command returns is its exit code."""
    # pandera loads hypothesis wherever it is installed, to make up data that nobody here asks for: a tenth of a run
    sys.modules.setdefault("hypothesis", None)  # type: ignore[arg-type]
    # a run makes a million small things that live to its end: to look among them for garbage all the time is another tenth
    gc.set_threshold(200_000, 20, 50)
    try:
        code = cli.main([word for word in sys.argv[1:] if word != "--debug"], standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except PermissionError as error:
        click.echo(f"{error.filename} cannot be read or written: {error.strerror}.", err=True)
        code = 3  # a file could not be read
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
        code = 4  # our fault
    sys.exit(code if isinstance(code, int) else 0)
