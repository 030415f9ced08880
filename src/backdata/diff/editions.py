"""Editions are read from what a person names: a folder of spreadsheets or exports, a manifest, or a git revision.

The work tree is never touched: of a revision, the spreadsheets and what tells their shape go into a temporary folder.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from backdata import manifest, published, schemas, shape
from backdata.diff.difference import Edition, Label

_ONLY_PUBLISHED = "muscle_facts.csv"
_OF_A_REVISION = ("raw", "schemas/tables", "exports/manifest.json")


class Unreadable(Exception):
    """What was named cannot be compared. The message says why, and what can be."""


def read(given: str, home: Path) -> Edition:
    """The edition of that name; relative paths and revisions are those of the folder ``home``. Raises Unreadable."""
    if not given.strip():
        raise Unreadable("one of the two names is empty")
    path = home / given
    if path.is_file() and path.name == "manifest.json":
        return of_exports(path.parent, given)
    if path.is_file():
        raise Unreadable(f"{given} is a file. Name its folder, a folder of exports, a manifest.json or a git revision")
    if not path.is_dir():
        return _of_revision(given, home)
    if (path / _ONLY_PUBLISHED).is_file():  # what CSV files hold is written otherwise than in spreadsheets
        path = path.parent
    is_ours = _tables_of(path) or (path / manifest.NAME).is_file() or (path / "csv" / _ONLY_PUBLISHED).is_file()
    return of_exports(path, given) if is_ours else _of_spreadsheets(path, Label(given, ""))


def of_exports(folder: Path, name: str) -> Edition:
    """The edition that lies in a folder of exports, or in the record of a release. Raises Unreadable."""
    file = _tables_of(folder)
    if file is None:
        raise Unreadable(
            f"{name} holds exports, but not json/tables.json, from which facts are read; write it with backdata export "
            f"--to {folder} --only json"
        )
    try:
        document = _json(file)
        dataset = published.dataset(document["tables"], document["version"])
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Unreadable(f"{name} is damaged: {file.name} does not read as exported tables ({error})") from error
    found = _manifest(folder)
    known = shape.of_json(found.get("shape", {}))
    if not known.tables:  # an older manifest: the columns at least are those of the rows
        known = shape.Shape({table: tuple(rows[0]) for table, rows in document["tables"].items() if rows})
    return Edition(Label(name, document["version"]), dataset, known, *_listed(found))


def _tables_of(folder: Path) -> Path | None:
    places = (folder / "json" / "tables.json", folder / "tables.json")
    return next((place for place in places if place.is_file()), None)


def _of_spreadsheets(folder: Path, label: Label, known: shape.Shape | None = None) -> Edition:
    from backdata import intake

    if not intake.found([path for path in folder.iterdir() if path.is_file() and intake.is_table(path)]):
        raise Unreadable(f"{label.name} holds neither spreadsheets nor exports (folders within it are not looked into)")
    tables = intake.read([folder], schemas.tables()).tables
    try:
        dataset = published.dataset({name: table.rows for name, table in tables.items()}, label.version)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Unreadable(
            f"the sheets of {label.name} are not in order ({error}); backdata validate tells what"
        ) from error
    named = tables["muscles"].rows if "muscles" in tables else ()
    if all("/" in row["_source"] for row in named):  # a data set deep within is somebody else's
        raise Unreadable(
            f"{label.name} holds no muscles: no sheet muscles was found there (name the folder itself that holds it)"
        )
    return Edition(label, dataset, shape.of_schemas(schemas.tables()) if known is None else known)


def _of_revision(given: str, home: Path) -> Edition:
    """The spreadsheets of a revision of the repository that ``home`` lies in."""
    if _git(home, "rev-parse", "--show-toplevel") is None:
        raise Unreadable(f"{given} is no folder, and there is no git repository here that could know it as a revision")
    if _git(home, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{given}^{{commit}}") is None:
        raise Unreadable(f"{given} is neither a folder nor a revision of this repository; git log lists them")
    there = [path for path in _OF_A_REVISION if _git(home, "ls-tree", "--name-only", given, "--", path)]
    if "raw" not in there:
        raise Unreadable(f"the revision {given} has no folder raw/ here")
    archive = _git(home, "archive", "--format=tar", given, "--", *there)
    with tempfile.TemporaryDirectory(prefix="backdata-") as temporary:
        with tarfile.open(fileobj=io.BytesIO(archive or b"")) as tar:
            tar.extractall(temporary, filter="data")
        folder = Path(temporary)
        try:
            found = _manifest(folder / "exports")
        except Unreadable as error:
            raise Unreadable(str(error).replace(f"{folder}/", f"{given}:")) from error
        label = Label(given, str(found.get("version", "")))
        recorded = shape.of_json(found.get("shape", {}))
        known = recorded if recorded.tables else _shape_of_schemas(folder)
        files, rules = _listed(found)
        return replace(_of_spreadsheets(folder / "raw", label, known), files=files, rules=rules)


def _manifest(folder: Path) -> dict[str, Any]:
    """The manifest that lies there; nothing where there is none. Raises Unreadable."""
    try:
        found = manifest.read(folder)
    except manifest.Damaged as damaged:
        raise Unreadable(str(damaged)) from damaged
    if found is None and (folder / manifest.NAME).exists():
        raise Unreadable(
            f"{folder / manifest.NAME} is damaged, or of another program; put back what backdata wrote there"
        )
    return found or {}


def _listed(found: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files and the codes of rules that a manifest lists; older ones listed only the rules that could run there."""
    rules = found["rules"] if "rules_that_could_not_run" in found else ()
    return tuple(file["path"] for file in found.get("files", ())), tuple(rules)


def _shape_of_schemas(folder: Path) -> shape.Shape:
    """The shape that the table schemas of a revision give; not known where this program cannot read them."""
    try:
        return shape.of_schemas(schemas.tables(folder / "schemas" / "tables"))
    except (schemas.SchemaError, OSError, ValueError, LookupError, TypeError):
        return shape.Shape()


def _json(file: Path) -> dict[str, Any]:
    import json

    try:
        found: dict[str, Any] = json.loads(file.read_bytes())
    except ValueError as error:
        raise Unreadable(f"{file} is damaged ({error})") from error
    return found


def _git(home: Path, *words: str) -> bytes | None:
    """What git prints; None where it fails, or is not there at all."""
    try:
        done = subprocess.run(["git", *words], cwd=home, capture_output=True, check=False)  # noqa: S603, S607
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None
