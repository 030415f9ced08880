"""Reports on the screen and in files, and the exit code that goes with them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from backdata.model import Report

FAIL_ON = {"error": 2, "warning": 1, "info": 0, "never": 3}
FINDINGS, UNREADABLE = 1, 3  # exit codes; 0 is clean, 2 wrong usage, 4 our own fault


def formats(wanted: Iterable[str]) -> list[tuple[str, Path | None]]:
    """``html=report.html`` → html, its file; None is the screen, or for files beside each other this folder."""
    from backdata import registry

    reporters = registry.reporters()
    found = []
    for text in wanted:
        name, _, file = text.partition("=")
        if name not in reporters:
            known = ", ".join(reporters)
            raise click.UsageError(
                f"“{name}” is no report format. Known: {known}; for example --output json=report.json."
            )
        found.append((name, Path(file) if file else None))
    if sum(file is None and not reporters[name].folder for name, file in found) > 1:
        raise click.UsageError("Only one report fits on the screen. Give the others a file: --output json=report.json.")
    return found


def write(report: Report, name: str, file: Path | None) -> None:
    """Render a report to the screen, to a file, or into a folder, and add what the format adds to other files."""
    from backdata import registry

    reporter = registry.reporters()[name]
    for variable, render in reporter.appends.items():
        if place := os.environ.get(variable):
            with _writable(Path(place)).open("a", encoding="utf-8", newline="\n") as more:
                more.write(render(report))
    if reporter.folder:
        for written, content in reporter.render(report).items():
            target = _unused((file or Path()) / written, content)
            _writable(target).write_bytes(content)
            click.echo(f"{target} written.", err=True)
    elif file is None:
        click.echo(reporter.render(report, colour=sys.stdout.isatty()), nl=False)
    else:
        _writable(file).write_text(reporter.render(report), "utf-8", newline="\n")


def exit_code(report: Report, from_rank: int) -> int:
    """3 where a file could not be read, 1 where something at least as bad as ``from_rank`` was found, else 0."""
    if report.unreadable:
        return UNREADABLE
    return FINDINGS if report.worst() >= from_rank else 0


def _unused(file: Path, content: bytes) -> Path:
    """The file, or ``NAME-2`` and so on where another one lies there: somebody may have written decisions into it."""
    number, free = 1, file
    while free.exists() and free.read_bytes() != content:
        number += 1
        free = file.with_stem(f"{file.stem}-{number}")
    return free


def _writable(file: Path) -> Path:
    """The same file, if it can be written: a report that cannot be kept is told before anything is rendered."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.open("ab").close()
    except OSError as error:
        raise click.UsageError(f"{file} cannot be written: {error.strerror}.") from error
    return file
