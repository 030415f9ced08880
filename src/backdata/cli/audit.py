"""``backdata audit``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from backdata.cli.outputs import FINDINGS

if TYPE_CHECKING:
    from backdata.audit import Audit, Tally
    from backdata.faults.bench import Trial


@click.command("audit", epilog="""\b
Exit codes: 0 as many faults caught as --at-least asks, and no false alarm; 1 less, or a false alarm; 2 wrong usage.

\b
Examples:
  backdata audit
  backdata audit --seed 7 --n 20 --list
  backdata audit --only nerve --only "row shifted" --without-publication
  backdata audit --output json > audit.json""")  # fmt: skip
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False))
@click.option("--seed", type=int, default=1, show_default=True, help="Another number plants other faults; the same plants the same.")  # fmt: skip
@click.option("--n", "count", type=click.IntRange(1), default=5, show_default=True, help="Faults of each kind.")
@click.option("--only", multiple=True, metavar="WORDS", help="Only kinds with these words in their name. May be given several times.")  # fmt: skip
@click.option("--without-publication", is_flag=True, help="Leave out the last publication, to see what the rules catch without it.")  # fmt: skip
@click.option("--at-least", type=click.FloatRange(0, 100), default=98, show_default=True, metavar="PERCENT", help="Exit with 1 if fewer faults are caught at the right cell.")  # fmt: skip
@click.option("--list", "listed", is_flag=True, help="List what was not caught at the right cell, or gave more than one finding.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(1), default=None, help="How many faults to try at a time; by default one per processor.")  # fmt: skip
@click.option("-o", "--output", type=click.Choice(["text", "json"]), default="text", show_default=True, help="For people, or for programs.")  # fmt: skip
def command(
    folder: str | None, seed: int, count: int, only: tuple[str, ...], without_publication: bool,
    at_least: float, listed: bool, jobs: int | None, output: str,
) -> int:  # fmt: skip
    """Plant realistic faults in good data, and count how many are found at the right cell.

    Each fault stands alone in a fresh copy of the workbooks of FOLDER; without any, of raw/ here or in the checkout,
    or of the published data. Harmless changes (order, styles, spelling of dashes …) must give no finding.
    """
    import os
    from pathlib import Path

    from backdata import audit, faults, registry
    from backdata.faults.bench import good_data

    chosen = [kind for kind in faults.kinds() if not only or any(words in kind.name for words in only)]
    if not chosen:
        raise click.UsageError(
            f"No kind of fault is called so. Known are: {'; '.join(k.name for k in faults.kinds())}."
        )
    plan = audit.Plan(seed, count, not without_publication)
    good = good_data(Path(folder) if folder else None)
    tallies = _watched(plan.run(good, chosen, jobs or os.cpu_count() or 1), len(chosen))
    if not only:
        tallies = [audit.examples_of(registry.rules().values()), *tallies]
    result = audit.Audit(plan, tuple(tallies))
    click.echo(_json(result) if output == "json" else _text(result, at_least, listed))
    return 0 if result.reaches(at_least) else FINDINGS


def _watched(tallies: Iterator[Tally], size: int) -> list[Tally]:
    """All of them, with a progress bar on a terminal."""
    progress = sys.stderr
    with click.progressbar(tallies, size, "Planting", file=progress, hidden=not progress.isatty()) as bar:
        return [*bar]


def _text(result: Audit, at_least: float, listed: bool) -> str:
    plan, every = result.plan, result.faults
    kinds = [tally for tally in result.tallies if not tally.harmless and tally.trials]
    harmless = [tally for tally in result.tallies if tally.harmless and tally.trials]
    width = max(len(tally.kind) for tally in (*kinds, *harmless, every)) + 2
    beside = "with" if plan.with_publication else "without"
    lines = [
        f"Good data with one fault at a time, {beside} the last publication beside it (seed {plan.seed}, {plan.count} of each kind)"
    ]
    if kinds:
        lines += ["", f"{'faults':{width}}  planted  caught  elsewhere  missed  findings  items"]
    for family in dict.fromkeys(tally.family for tally in kinds):
        for tally in (tally for tally in kinds if tally.family == family):
            lines += [_row(tally, width), *_told(tally, listed)]
        lines += [""]
    if harmless:
        lines += [f"{'harmless changes':{width}}    tried  false alarms"]
    for tally in harmless:
        alarms = sum(bool(trial.told or trial.failed) for trial in tally.trials)
        lines += [f"  {tally.kind:{width - 2}}{len(tally.trials):9}{alarms:14}", *_told(tally, listed)]
    lines += ["", _row(every, width)[2:], ""] if kinds else [""]
    return "\n".join([*lines, _total(result, at_least)])


def _row(tally: Tally, width: int) -> str:
    counts = (len(tally.trials), tally.count("caught"), tally.count("elsewhere"), tally.count("missed"))
    numbers = "".join(f"{number:{room}}" for number, room in zip(counts, (9, 8, 11, 8), strict=True))
    return f"  {tally.kind:{width - 2}}{numbers}{tally.findings:10.1f}{tally.items:7.1f}"


def _told(tally: Tally, listed: bool) -> Iterator[str]:
    """What a person must look at, if it is wanted."""
    for trial in tally.trials if listed else ():
        if trial.told or trial.failed if tally.harmless else trial.outcome != "caught" or trial.items > 1:
            yield f"      {'false alarm' if tally.harmless else trial.outcome}: {trial.did}"
            yield from (f"        {finding.code} {finding.cell}: {finding.message}" for finding in trial.told[:5])
            yield from [f"        backdata itself failed: {trial.failed}"] if trial.failed else []


def _total(result: Audit, at_least: float) -> str:
    every = result.faults
    reached = "reached" if result.reaches(at_least) else "not reached"
    return (
        f"{result.caught:.1f} % of {len(every.trials)} faults caught at the right cell, {every.count('elsewhere')} elsewhere, "
        f"{every.count('missed')} missed; {result.false_alarms} false alarms at {len(result.harmless.trials)} harmless changes. "
        f"Wanted: {at_least:g} % and no false alarm: {reached}."
    )


def _json(result: Audit) -> str:
    import json

    def trial(each: Trial) -> dict[str, object]:
        told = [{"code": f.code, "cell": str(f.cell), "message": f.message} for f in each.told]
        return {"did": each.did, "outcome": each.outcome, "told": told, "failed": each.failed}

    kinds = [
        {
            "kind": tally.kind, "family": tally.family, "harmless": tally.harmless, "planted": len(tally.trials),
            **{outcome: tally.count(outcome) for outcome in ("caught", "elsewhere", "missed")},
            "findings": round(tally.findings, 3), "items": round(tally.items, 3), "trials": [trial(each) for each in tally.trials],
        }
        for tally in result.tallies
    ]  # fmt: skip
    whole = {
        "seed": result.plan.seed, "n": result.plan.count, "with_publication": result.plan.with_publication,
        "planted": len(result.faults.trials), "caught": result.faults.count("caught"), "caught_percent": round(result.caught, 3),
        "false_alarms": result.false_alarms, "kinds": kinds,
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=2)
