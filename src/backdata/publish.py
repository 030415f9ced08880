"""Publication: build every format beside the target, re-read all of it, then let it take the target's place as one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backdata import datapackage, manifest, published, registry, resources
from backdata.model import Dataset, Exporter, Severity
from backdata.swap import Refused, replacement
from backdata.validation import Validation
from backdata.version import VERSION

__all__ = ["Publication", "Refused", "publish"]


@dataclass(frozen=True)
class Publication:
    """What was written, and where."""

    folder: Path
    manifest: dict[str, Any]
    formats: tuple[str, ...]  # those that were written; others that lay there stayed as they were
    kept: Path | None = None  # where files are that somebody had edited in the folder

    def summary(self) -> str:
        """A table of what was written, by format, and one line on what was checked."""
        formats: dict[str, list[int]] = {}
        common = 1  # the manifest itself
        for file in self.manifest["files"]:
            name, slash, _rest = file["path"].partition("/")
            if name in self.formats:
                formats.setdefault(name, []).append(file["bytes"])
            common += not slash
        lines = [f"{'format':8} {'files':>5} {'bytes':>9}"]
        lines += [f"{name:8} {len(sizes):5} {sum(sizes):9,}" for name, sizes in formats.items()]
        found = ", ".join(f"{self.manifest['findings'][kind]} {kind}" for kind in ("errors", "warnings", "infos"))
        facts = self.manifest["counts"]["facts"]
        rules = len(self.manifest["rules"]) - len(self.manifest["rules_that_could_not_run"])
        written = common + sum(map(len, formats.values()))
        lines.append(f"{facts} facts checked by {rules} rules: {found}. {written} files written to {self.folder}/.")
        if self.kept:
            lines.append(f"Files there had been edited, which no export keeps; they are now in {self.kept}/.")
        return "\n".join(lines)


def publish(
    validation: Validation,
    paths: Sequence[Path],
    to: Path,
    only: Sequence[str] = (),
    allow_findings: bool = False,
    progress: Callable[[str], None] = lambda name: None,
) -> Publication:
    """Write the data set of ``validation`` into ``to``; with ``only``, other formats stay as they are. Raises Refused."""
    report = validation.report
    if report.worst() >= Severity.ERROR.rank and not allow_findings:
        raise Refused(f"errors were found ({report.count('error')}); nothing was written, and {to} is as it was")
    given, to = to, to.resolve()
    chosen = _chosen(only, to)
    try:
        old = manifest.read(to)
    except manifest.Damaged as damaged:
        raise Refused(str(damaged)) from damaged
    if strangers := manifest.strangers(to):
        foreign = old is None and (to / manifest.NAME).exists()
        why = f" ({manifest.NAME} there is damaged, or of another program)" if foreign else ""
        raise Refused(f"{to} holds {', '.join(strangers)}, which no export has written and this one would delete{why}")
    if only and old and old["inputs"] != manifest.inputs(paths):
        raise Refused(
            f"the workbooks have changed since {to} was written; export all formats, or these into another folder"
        )
    edited = manifest.edited(to, old) if old else []
    if only and (left := [name for name in edited if name.partition("/")[0] in registry.exporters().keys() - {*only}]):
        raise Refused(f"{', '.join(left[:3])} in {to} has been edited since it was exported; export all formats")
    try:
        dataset = validation.dataset()
        with replacement(to) as staging:
            for exporter in registry.exporters().values():
                if exporter in chosen:
                    progress(exporter.name)
                    _build(exporter, dataset, staging / exporter.name, _history(exporter, to, dataset))
                elif (to / exporter.name).is_dir():
                    shutil.copytree(to / exporter.name, staging / exporter.name)
            (staging / "README.md").write_text(_readme(staging), "utf-8", newline="\n")
            if (staging / "csv").is_dir():
                datapackage.write(staging, dataset)
            made = manifest.manifest(dataset, report, paths, staging, allow_findings)
            manifest.write(staging, made)
            _verify(staging, made, "json" in (exporter.name for exporter in chosen))
            kept = _kept(edited, to, staging)
    except Refused:
        raise
    except Exception as error:
        if report.worst() < Severity.ERROR.rank:
            raise
        raise Refused(f"with the errors that were found the data cannot be written ({error})") from error
    return Publication(given, made, tuple(exporter.name for exporter in chosen), kept)


def _kept(edited: Sequence[str], to: Path, staging: Path) -> Path | None:
    """Copies of what would be lost, in a new folder beside the target, with the manifest by which all know it for published."""
    new = manifest.files(staging)
    lost = [name for name in edited if name not in new or new[name].read_bytes() != (to / name).read_bytes()]
    if not lost:
        return None
    number, folder = 1, to.with_name(f"{to.name}.edited")
    while folder.exists():
        number += 1
        folder = to.with_name(f"{to.name}.edited-{number}")
    for name in (*lost, manifest.NAME):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(to / name, folder / name)
    return folder


def _chosen(only: Sequence[str], to: Path) -> list[Exporter]:
    """What is to be written: what is asked for, else all but what nobody has asked for in this folder yet."""
    known = registry.exporters()
    if unknown := [name for name in only if name not in known]:
        raise Refused(f"no format is called {', '.join(unknown)}; known are {', '.join(known)}")
    if only:
        return [exporter for name, exporter in known.items() if name in only]
    return [exporter for name, exporter in known.items() if not exporter.on_demand or (to / name).is_dir()]


def _build(exporter: Exporter, dataset: Dataset, folder: Path, before: Path | None) -> None:
    folder.mkdir()
    try:
        exporter.write(dataset, folder, before)
    except ValueError as error:
        raise Refused(f"{exporter.name} cannot be written: {error}") from error


def _history(exporter: Exporter, to: Path, dataset: Dataset) -> Path | None:
    """What this format was before: at the target, or, for our own data written elsewhere, as it was published."""
    if (to / exporter.name).is_dir():
        return to / exporter.name
    last = resources.PUBLISHED / exporter.name
    if not last.is_dir() or not (resources.PUBLISHED / "json" / "tables.json").is_file():
        return None
    ours = {row["id"] for row in published.tables()["muscles"].rows}
    return last if 2 * len(ours & dataset.muscles.keys()) > len(ours) else None


def _readme(staging: Path) -> str:
    here = [exporter for exporter in registry.exporters().values() if (staging / exporter.name).is_dir()]
    formats = "".join(f"| `{exporter.name}/` | {exporter.about} |\n" for exporter in here)
    package = (
        "`datapackage.json` says what each column of `csv/` is, for programs that read Frictionless Data Packages.\n"
    )
    return f"""# Exports of backdata {VERSION}

Written by `backdata export` from the workbooks in which the editors work (`raw/`). To correct a fact, correct it there: edits
in this folder are set aside by the next export. `manifest.json` lists every file with its SHA-256.
{package if (staging / "csv").is_dir() else ""}The facts are licensed CC BY 4.0; how to credit them stands in [LICENSE-CONTENT.md](../LICENSE-CONTENT.md).

| folder | for |
|---|---|
{formats}"""


def _verify(staging: Path, made: dict[str, Any], has_json: bool) -> None:
    """Read everything again: each file is on disk as the manifest says, and the tables load as a data set."""
    if damaged := manifest.damaged(staging, made):
        raise Refused(f"{', '.join(damaged)} did not reach the disk as written; the old exports are as they were")
    if has_json and len(published.load(staging).muscles) != made["counts"]["muscles"]:
        raise Refused("the written JSON does not read back as the same muscles; the old exports are as they were")
