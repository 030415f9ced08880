"""``backdata demo``."""

from __future__ import annotations

import click


@click.command("demo", epilog="""\b
Examples:
  backdata demo                                 clean workbooks to look at
  backdata demo --break 10                      with ten faults to find
  backdata demo --break 10 --seed 7 --to week2  other faults, in another folder""")  # fmt: skip
@click.option("--break", "count", type=click.IntRange(0), default=0, metavar="N", help="Plant so many faults; without it the workbooks are clean.")  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True, help="Another number plants other faults; the same plants the same.")  # fmt: skip
@click.option("--to", type=click.Path(file_okay=False), default="practice", show_default=True, help="Folder to write into.")  # fmt: skip
def command(count: int, seed: int, to: str) -> int:
    """Write practice workbooks with faults to find and correct, and a sheet with the answers.

    They are made of raw/ here or in the checkout, or of the published data. No two faults stand in one row,
    and each is told whatever the others are.
    """
    from pathlib import Path

    from backdata import demo
    from backdata.faults.bench import good_data

    folder = Path(to)
    if folder.is_dir() and any(folder.iterdir()):
        raise click.UsageError(f"The folder {to} is not empty. Choose another, so that nothing is overwritten.")
    good = good_data()
    try:
        practice = demo.broken(good, count, seed)
    except demo.NotGood as error:
        raise click.UsageError(f"Practice workbooks are made of good data, but {error}: backdata validate.") from error
    for path in demo.write(folder, good, practice):
        click.echo(path)
    click.echo(_how_to_go_on(folder / "raw", len(practice.answers)))
    if len(practice.answers) < count:
        click.echo(f"There was room for {len(practice.answers)} faults that are independent of each other.", err=True)
    return 0


def _how_to_go_on(raw: object, count: int) -> str:
    if not count:
        return f"\nThe workbooks are clean. Check them: backdata validate {raw}\nThen spoil something yourself, save, and check again."
    faults = "One fault is" if count == 1 else f"{count} faults are"
    return (
        f"\n{faults} hidden in the workbooks. Go on like this:\n"
        f"  1. backdata validate {raw}    says what is wrong, cell by cell\n"
        f"  2. correct these cells in Excel or LibreOffice, and save\n"
        f"  3. backdata validate {raw}    until nothing is left to correct\n"
        f"What was planted, and which code tells it, stands in answers.txt: look there last."
    )
