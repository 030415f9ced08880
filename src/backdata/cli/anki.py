"""``backdata anki``."""

from __future__ import annotations

import click


@click.group("anki")
def command() -> None:
    """Look after Anki packages, without Anki."""


@command.command("check", epilog="""\b
Examples:
  backdata anki check exports/anki/backdata.apkg""")  # fmt: skip
@click.argument("package", type=click.Path(exists=True, dir_okay=False))
def check(package: str) -> int:
    """Say what Anki would take in from an .apkg without a word and then show wrong, or lose.

    Notes with the same identity, missing and unused pictures, empty fronts, notes without a card, unknown fields.
    """
    from pathlib import Path

    from backdata import apkg_check
    from backdata.diff.telling import count

    try:
        found = apkg_check.check(Path(package))
    except apkg_check.NoPackage as error:
        click.echo(f"{package} cannot be read as an Anki package ({error}).", err=True)
        return 3
    for fault in found.faults:
        click.echo(fault)
    faults = count(len(found.faults), "fault")
    click.echo(
        f"{count(found.notes, 'note')}, {count(found.cards, 'card')}, {count(found.media, 'picture')}: {faults}."
    )
    return 1 if found.faults else 0
