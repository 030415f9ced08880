"""``backdata release``."""

from __future__ import annotations

import click

_MANY = 12  # more files of a folder than this are counted and not named


@click.command(
    "release",
    epilog="""\b
Exit codes: 0 released (or the rehearsal went well), 1 a step failed and nothing was written, 2 wrong usage.

\b
Examples:
  backdata release --dry-run            what would be released and written, and as which version; also before the first release
  backdata release                      release it as the version that the changes ask for
  backdata release --version 1.0.0      release it as a later one""",
)
@click.option("--dry-run", is_flag=True, help="Rehearse all steps in a copy, and write nothing.")
@click.option("--version", "wanted", metavar="X.Y.Z", default="", help="The version to release, if it is not the smallest that the changes ask for.")  # fmt: skip
def command(dry_run: bool, wanted: str) -> int:
    """Rehearse a release, or make one: build, compare with the last, try the decks in Anki, name the version.

    At the top of a repository laid out as backdata's own. The last release is the newest folder of releases/; where there
    is none, it is the first release, of the version that the program says it is. Version,
    changelog, citation, exports, pages and the record of the release are written as one, or not at all; committing and
    tagging is left to you. What is a major, minor or patch step stands in docs/versions.md.
    """
    import datetime as dt
    from pathlib import Path

    from backdata.diff.steps import figures
    from backdata.release import Failed, Misnamed, Step, release

    try:
        figures(wanted or "0.0.0")
    except ValueError as error:
        raise click.UsageError(f"--version: {error}.") from error

    def tell(step: Step) -> None:
        click.echo(f"{'ok    ' if step.ok else 'FAILED'}  {step.name:18} {step.says}")

    try:
        done = release(Path(), dt.datetime.now(dt.UTC).date(), wanted, dry_run, tell)
    except Misnamed as misnamed:
        raise click.UsageError(f"--version: {misnamed}.") from misnamed
    except Failed as failed:
        step, colon, why = str(failed).partition(": ")
        click.echo(
            f"FAILED  {f'{step:18} {why}' if colon else step}\n\nNothing was released; the repository is as it was.",
            err=True,
        )
        return 1
    if done.difference:
        from backdata.diff import telling

        for audience, sentences in telling.meaning(done.difference).items():
            click.echo(f"\n{audience}: {' '.join(sentences)}")
    if dry_run:
        click.echo("\nWould be written, or taken away:")
        for line in _by_folder(done.changed):
            click.echo(f"  {line}")
        verdict = "can be released" if done.ok else "cannot be released yet: see what failed above"
        click.echo(f"\n{done.version} {verdict}. Nothing was written.")
        return 0 if done.ok else 1
    click.echo(f"\n{done.version} is written. Look at git diff, then:\n")
    click.echo(f'  git add --all\n  git commit -m "Release {done.version}"\n  git tag -a v{done.version} -m "backdata {done.version}"')  # fmt: skip
    click.echo("  git push --follow-tags")
    return 0


def _by_folder(files: tuple[str, ...]) -> list[str]:
    """Files by their folders, one line each; of a folder with many only how many they are."""
    folders: dict[str, list[str]] = {}
    for file in files:
        folder, slash, name = file.rpartition("/")
        folders.setdefault(f"{folder}{slash}", []).append(name)
    return [
        f"{folder} ({len(names)} files)" if len(names) > _MANY else f"{folder}{', '.join(names)}"
        for folder, names in folders.items()
    ]
