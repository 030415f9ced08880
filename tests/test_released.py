"""What was released once is kept: ids, note types, and the decks that learners have, which today's deck must not come across."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from backdata.release import record

ROOT = Path(__file__).resolve().parent.parent
RELEASES = record.releases(ROOT)
PACKAGE = ROOT / "exports" / "anki" / record.PACKAGE

each_release = pytest.mark.parametrize("released", RELEASES, ids=lambda path: str(path.name))


def note_types(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())["shape"]["note_types"]
    return found


def test_the_first_release_is_kept() -> None:
    assert RELEASES
    assert RELEASES[0].name == "0.1.0"


@each_release
def test_todays_deck_goes_into_a_collection_that_has_the_released_one(released: Path) -> None:
    """With Anki's default options: nothing is in conflict, no released note is doubled, and what was learnt is kept."""
    old = json.loads((released / "tables.json").read_bytes())["tables"]["muscles"]
    assert old
    words = [sys.executable, "tools/anki_rehearsal.py", str(PACKAGE), str(released / record.PACKAGE)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    went = json.loads(done.stdout)
    assert went["then"]["conflicting"] == 0
    assert went["then"]["updated"] + went["then"]["duplicate"] == went["first"]["new"] > 200
    assert went["kept"]
    assert went["sound"]
    assert went["studied"] > 0
    assert (went["missing_media"], went["empty_cards"]) == (0, 0)


@each_release
def test_note_types_keep_their_ids_fields_and_templates(released: Path) -> None:
    """Anki takes a change of any of them for another note type, and then no learner gets corrections any more."""
    assert note_types(ROOT / "exports") == note_types(released)
    assert note_types(released)


@each_release
def test_an_id_that_was_released_still_stands_or_was_withdrawn(released: Path) -> None:
    then, now = (
        json.loads(path.read_bytes())["tables"]
        for path in (released / "tables.json", ROOT / "exports/json/tables.json")
    )
    withdrawn = {row["id"] for row in now["withdrawn"]}
    for table in ("muscles", "groups", "structures", "nerves", "vessels", "sources"):
        gone = {row["id"] for row in then[table]} - {row["id"] for row in now[table]} - withdrawn
        assert not gone, table
