"""A release: everything is done in a copy of the repository, step by step, and put in place as one at the end.

So a rehearsal is the same as the real thing but for its last step, and a step that fails leaves the repository as it was.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from backdata.diff import Difference, Edition, compare, editions
from backdata.diff.steps import NONE, PATCH, figures, following
from backdata.diff.telling import count, counted
from backdata.fresh import differing
from backdata.release import learner, papers, program, record, tree
from backdata.release.failure import Failed, Misnamed

__all__ = ["Failed", "Misnamed", "Release", "Step", "release"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step and how it went."""

    name: str
    says: str
    ok: bool = True


@dataclass(frozen=True)
class Release:
    """What a release is, or would be."""

    version: str
    steps: tuple[Step, ...]
    changed: tuple[str, ...]  # files that were written, or would be
    difference: Difference | None = None  # from the last release; None for the first
    written: bool = False

    @property
    def ok(self) -> bool:
        """Whether every step went well."""
        return all(step.ok for step in self.steps)


@dataclass
class _Run:
    """A release on its way."""

    root: Path
    copy: Path
    dry_run: bool
    tell: Callable[[Step], None]
    steps: list[Step] = field(default_factory=list)

    def done(self, name: str, says: str) -> None:
        """A step that went well."""
        self._step(Step(name, says))

    def objection(self, name: str, says: str) -> None:
        """A step that stops a release, but not its rehearsal. Raises Failed."""
        if not self.dry_run:
            raise Failed(f"{name}: {says}")
        self._step(Step(name, says, ok=False))

    def _step(self, step: Step) -> None:
        self.steps.append(step)
        self.tell(step)


def release(
    root: Path,
    today: dt.date,
    wanted: str = "",
    dry_run: bool = False,
    tell: Callable[[Step], None] = lambda step: None,
) -> Release:
    """Release what lies in the repository ``root`` as ``wanted``, or as the version that the difference asks for.

    With ``dry_run`` nothing is written. Raises Failed when a step fails; the repository then is as it was. Raises Misnamed
    before anything else where ``wanted`` is older than what is there.
    """
    root = root.resolve()
    tree.refuse_others(root)
    last = record.last(root)
    if wanted:
        _refuse_older(wanted, papers.version(root), last)
    with tempfile.TemporaryDirectory(prefix="backdata-release-") as temporary:
        run = _Run(root, Path(temporary) / "tree", dry_run, tell)
        if dirty := tree.dirty(root):
            run.objection("work tree", f"not committed: {_some(dirty)}; commit or remove")
        else:
            run.done("work tree", "everything is committed")
        tree.copied(root, run.copy)
        edition = _built(run)
        difference = compare(_edition(last, last.name), edition) if last else None
        version = _version(run, difference, wanted)
        _rewritten(run, version, today, difference, last)
        learner.rehearse(run.copy, last, difference, run.done)
        record.write(run.copy, version)
        changed = tree.changed(root, run.copy)
        if not dry_run:
            tree.install(root, run.copy, changed)
        verb = "would be written; nothing was" if dry_run else "written as one"
        run.done("in place", f"{count(len(changed), 'file')} {verb}")
        return Release(version, tuple(run.steps), tuple(changed), difference, not dry_run)


def _refuse_older(wanted: str, present: str, last: Path | None) -> None:
    """Versions only ever go up. Raises Misnamed."""
    try:
        asked = figures(wanted)
    except ValueError as error:
        raise Misnamed(str(error)) from error
    if last and asked <= figures(last.name):
        raise Misnamed(f"{wanted} does not come after {last.name}, the last release")
    if not last and asked < figures(present):
        raise Misnamed(f"{wanted} is older than {present}, which the program says it is (src/backdata/version.py)")


def _built(run: _Run) -> Edition:
    """The exports as they are before the version changes, built afresh: are they those that are committed?"""
    said = program.backdata(run.copy, "export")
    run.done("facts and exports", said.splitlines()[-1])
    if stale := differing(run.root / "exports", run.copy / "exports"):
        run.objection("exports fresh", f"exports/ is not what raw/ gives: {_some(stale)}; run make build and commit")
    else:
        run.done("exports fresh", "exports/ is what raw/ gives")
    return _edition(run.copy / "exports", "exports")


def _edition(folder: Path, name: str) -> Edition:
    """The edition that lies in a folder of exports or in the record of a release. Raises Failed."""
    try:
        return editions.of_exports(folder, name)
    except editions.Unreadable as error:
        raise Failed(f"difference: {error}") from error


def _version(run: _Run, difference: Difference | None, wanted: str) -> str:
    """The version to release. Raises Failed where a smaller step is wanted than the difference asks for."""
    present = papers.version(run.copy)
    if difference is None:
        version = wanted or present
        run.done("difference", "there is no release before this one in releases/")
        run.done("version", f"{version}, the first release")
        return version
    run.done("difference", f"since {difference.old.version}: {counted(difference)}")
    step = PATCH if difference.step == NONE else difference.step
    least = following(difference.old.version, step)
    version = wanted or max(least, present, key=figures)
    why = difference.reasons[0].words if difference.reasons else "no fact has changed"
    why = why[:1].lower() + why[1:]
    if figures(version) < figures(least):
        raise Failed(
            f"version: {version} is too small a step after {difference.old.version}; at least {least}, for {why}"
        )
    run.done("version", f"{version}, a {step} step after {difference.old.version}: {why}")
    return version


def _rewritten(run: _Run, version: str, today: dt.date, difference: Difference | None, last: Path | None) -> None:
    """Version, changelog and citation, then exports and pages under the new version, which a second build must repeat."""
    papers.write(run.copy, version, today, difference, last.name if last else "")
    run.done("papers", f"{', '.join(papers.WRITTEN)} say {version} of {today.isoformat()}")
    program.backdata(run.copy, "export")
    learner.mark(run.copy, version)
    program.backdata(run.copy, "export")
    program.pages(run.copy)
    if not program.succeeds(run.copy, "export", "--check"):  # pages write contracts, which exports are built from
        program.backdata(run.copy, "export")
        program.pages(run.copy)
        program.backdata(run.copy, "export", "--check")
    run.done("build", "exports and generated pages renewed; another build gives the same bytes")


def _some(names: list[str]) -> str:
    """The first few of them, and how many more there are."""
    return f"{', '.join(names[:3])}{f' and {len(names) - 3} more' if len(names) > 3 else ''}"
