"""What changed between two states of the data is told in words, whatever its form, and as the step that it is."""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import backdata
from backdata import examples, publish, resources, shape, validation
from backdata.cli import cli
from backdata.diff import Difference, Edition, compare, editions, markdown, text
from backdata.diff import json as as_json
from backdata.diff.steps import CASES, following
from backdata.exporters import anki
from backdata.flashcards.ledger import Ledger
from backdata.model import Edit, add, drop, edit

ROOT = resources.PUBLISHED.parent
LEVELS = edit("attachments", "splenius-capitis.origin.2", levels="C7–T3")
FACTS = ("attachments", "actions", "innervations", "blood_supply")
WITHOUT_RHOMBOID = (
    *(drop(table, "rhomboid-minor") for table in ("muscles", "inventory")),
    *(drop(table, "rhomboid-minor.*") for table in FACTS),
)


def withdrawn(folder: Path, id: str, why: str, replaced_by: str = "") -> None:
    """Write a row into the sheet withdrawn of a folder of CSV files."""
    with (folder / "withdrawn.csv").open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow([id, "2026-11-22", why, replaced_by])


def edition(folder: Path, edits: Iterable[Edit] = ()) -> Edition:
    folder.mkdir(parents=True, exist_ok=True)
    return editions.read(str(examples.write_csv(folder, edits)), Path())


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return edition(tmp_path_factory.mktemp("clean"))


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The mini-atlas, published."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "raw").mkdir()
    raw = examples.write_csv(folder / "raw")
    publish.publish(validation.validate([raw]), [raw], folder / "exports", ("csv", "json", "anki"))
    return folder / "exports"


def after(clean: Edition, folder: Path, *edits: Edit) -> Difference:
    return compare(clean, edition(folder, edits))


def told(difference: Difference) -> list[str]:
    return [change.sentence for change in difference.changes]


# Facts


def test_the_same_facts_in_another_order_are_the_same(clean: Edition, tmp_path: Path) -> None:
    examples.write_csv(tmp_path)
    for file in tmp_path.glob("*.csv"):
        header, *lines = file.read_text("utf-8").splitlines(keepends=True)
        random.Random(7).shuffle(lines)
        file.write_text("".join([header, *lines]), "utf-8")
    difference = compare(clean, editions.read(str(tmp_path), Path()))
    assert not difference
    assert (difference.step, difference.following) == ("none", "")
    assert "say the same" in text.render(difference)


def test_corrected_levels_are_told_as_an_anatomist_would(clean: Edition, tmp_path: Path) -> None:
    difference = after(clean, tmp_path, LEVELS)
    assert told(difference) == ["Splenius capitis, origin 2: spinous processes of C7–T3 (T4) → C7–T3"]
    (change,) = difference.changes
    assert (change.id, change.reading, change.source) == ("splenius-capitis.origin.2", "preferred", "gray-1918")
    assert [(cell.column, cell.old, cell.new) for cell in change.cells] == [("levels", "C7–T3 (T4)", "C7–T3")]


@pytest.mark.parametrize(
    ("corrected", "words"),
    [
        (edit("attachments", "rhomboid-minor.origin.1", part="upper part"), "origin 1: nuchal ligament, lower part → upper part"),
        (edit("attachments", "rhomboid-minor.origin.1", structure="supraspinous-ligament"), "origin 1: nuchal ligament, lower part → supraspinous ligament, lower part"),
        (edit("attachments", "rhomboid-minor.origin.1", reading="addition"), "origin 1 (addition): reading: preferred → addition"),
        (edit("attachments", "rhomboid-minor.origin.1", also="wikipedia; flexikon"), "origin 1: further sources added: Flexikon"),
        (edit("attachments", "rhomboid-minor.origin.1", also=None), "origin 1: further sources taken out: English Wikipedia"),
        (edit("attachments", "rhomboid-minor.origin.1", page="404"), "origin 1: page added: 404"),
        (edit("attachments", "rhomboid-minor.origin.1", source="wikipedia", also=None), "origin 1: source: Gray 1918 → English Wikipedia; further sources taken out: English Wikipedia"),
        (edit("actions", "rhomboid-minor.action.1", side="bilateral"), "action 1: side: any → bilateral"),
        (edit("actions", "rhomboid-minor.action.2", note=None), "action 2: note taken out: turns the socket of the shoulder joint downward"),
        (edit("innervations", "rhomboid-minor.innervation.1", constancy="usual"), "innervation 1: dorsal scapular nerve (C5, sometimes C4) → dorsal scapular nerve (C5, sometimes C4) (usually)"),
    ],
)  # fmt: skip
def test_every_kind_of_correction_has_its_words(corrected: Edit, words: str, clean: Edition, tmp_path: Path) -> None:
    difference = after(clean, tmp_path, corrected)
    assert told(difference) == [f"Rhomboid minor, {words}"]
    assert difference.step == "patch"


def test_a_fact_read_in_a_better_source_is_corrected_and_another_opinion_is_new(clean: Edition, tmp_path: Path) -> None:
    better = edit("attachments", "rhomboid-minor.origin.1", source="flexikon", part=None)
    assert [change.kind for change in after(clean, tmp_path / "better", better).changes] == ["changed"]
    one = add("attachments", "rhomboid-minor.origin.2", reading="alternative", source="stedman", levels="C6–C7")
    other = add(
        "attachments", "rhomboid-minor.origin.2", reading="alternative", source="flexikon", levels="C7", also=None
    )
    difference = compare(edition(tmp_path / "one", [one]), edition(tmp_path / "other", [other]))
    assert [(change.kind, change.case) for change in difference.changes] == [
        ("added", "fact-added"),
        ("withdrawn", "reading-withdrawn"),
    ]


@pytest.mark.parametrize(
    ("corrected", "words"),
    [
        (edit("vessel_links", "deep-cervical-vein.drains to.1", levels="C7"), "Deep cervical vein, drains to 1: vertebral vein → vertebral vein (C7)"),
        (edit("territories", "neck.deep muscles.1", levels="C3–C7"), "Territory of the neck, deep muscles 1: deep cervical vein → deep cervical vein (C3–C7)"),
    ],
)  # fmt: skip
def test_vessels_are_told_like_muscles(corrected: Edit, words: str, clean: Edition, tmp_path: Path) -> None:
    assert told(after(clean, tmp_path, corrected)) == [words]


def test_a_new_fact_names_its_source(clean: Edition, tmp_path: Path) -> None:
    new = add("attachments", "rhomboid-minor.origin.3", item="4", structure="acromion")
    difference = after(clean, tmp_path, new)
    assert told(difference) == ["Rhomboid minor, origin 4 (addition): acromion (English Wikipedia)"]
    assert difference.step == "minor"


def test_a_withdrawn_fact_tells_why_and_what_takes_its_place(clean: Edition, tmp_path: Path) -> None:
    edition(tmp_path, [drop("attachments", "rhomboid-minor.origin.3")])
    withdrawn(tmp_path, "rhomboid-minor.origin.3", "It is a part of the first.", "rhomboid-minor.origin.1")
    difference = compare(clean, editions.read(str(tmp_path), Path()))
    assert told(difference) == [
        (
            "Rhomboid minor, origin 3 (addition): supraspinous ligament (English Wikipedia). Withdrawn on 2026-11-22: "
            "It is a part of the first. In its place: rhomboid minor, origin 1"
        )
    ]
    assert (difference.changes[0].why, difference.changes[0].replaced_by) == (
        "It is a part of the first.",
        "rhomboid-minor.origin.1",
    )
    assert "Nothing to put in order" in text.render(difference)


def test_editors_are_asked_for_the_reason_of_a_silent_withdrawal(clean: Edition, tmp_path: Path) -> None:
    told = text.render(after(clean, tmp_path, drop("attachments", "rhomboid-minor.origin.3")))
    assert "Why is not said in the sheet withdrawn" in told
    assert "Say why in the sheet withdrawn: rhomboid-minor.origin.3." in told


def test_a_reading_that_goes_leaves_its_fact_and_asks_for_no_reason(clean: Edition, tmp_path: Path) -> None:
    edition(tmp_path)
    lines = (tmp_path / "attachments.csv").read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("splenius-capitis,origin,2,spinous-process,T1–T3")]
    assert len(kept) == len(lines) - 1
    (tmp_path / "attachments.csv").write_text("".join(kept), "utf-8")
    difference = compare(clean, editions.read(str(tmp_path), Path()))
    assert [change.case for change in difference.changes] == ["reading-withdrawn"]
    assert "Splenius capitis, origin 2 (alternative): spinous processes of T1–T3" in told(difference)[0]
    assert "Nothing to put in order" in text.render(difference)


def test_a_fact_with_another_number_is_renumbered_not_new(clean: Edition, tmp_path: Path) -> None:
    difference = after(clean, tmp_path, edit("attachments", "rhomboid-minor.origin.3", item="4"))
    assert told(difference) == ["Rhomboid minor, origin 3 (addition) is now origin 4: supraspinous ligament."]
    assert [(change.kind, change.was, change.id) for change in difference.changes] == [
        ("renumbered", "rhomboid-minor.origin.3", "rhomboid-minor.origin.4")
    ]
    assert difference.step == "minor"


def test_a_number_that_another_fact_had_is_a_major_step_and_editors_hear_of_it(clean: Edition, tmp_path: Path) -> None:
    closed_up = (
        drop("attachments", "rhomboid-minor.origin.2"),
        edit("attachments", "rhomboid-minor.origin.3", item="2"),
    )
    difference = after(clean, tmp_path, *closed_up)
    assert {change.kind: change.case for change in difference.changes} == {
        "renumbered": "id-reused",
        "withdrawn": "reading-withdrawn",
    }
    assert difference.step == "major"
    assert "next free numbers, so that no id changes its meaning: rhomboid-minor.origin.2." in text.render(difference)


def test_the_way_back_tells_the_opposite(clean: Edition, tmp_path: Path) -> None:
    for seed in range(5):
        folder = tmp_path / str(seed)
        edition(folder)
        for name in FACTS:
            header, *lines = (folder / f"{name}.csv").read_text("utf-8").splitlines(keepends=True)
            kept = [line for line in lines if random.Random(f"{seed}{line}").random() > 0.2]
            (folder / f"{name}.csv").write_text("".join([header, *kept]), "utf-8")
        less = editions.read(str(folder), Path())
        there, back = compare(clean, less), compare(less, clean)
        rows = sum(len(clean.dataset.tables[name]) - len(less.dataset.tables[name]) for name in FACTS)
        assert len(there.of("withdrawn", "fact")) == len(back.of("added", "fact")) == rows
        assert {c.id for c in there.of("withdrawn")} == {c.id for c in back.of("added")}
        assert (there.cards.new, there.cards.withdrawn) == (back.cards.withdrawn, back.cards.new)


# Muscles, groups and terms


@pytest.mark.parametrize(
    ("changed", "words", "step"),
    [
        (edit("muscles", "rhomboid-minor", name="lesser rhomboid"), "Lesser rhomboid, was called rhomboid minor, is now called lesser rhomboid", "patch"),
        (edit("muscles", "rhomboid-minor", group="intermediate"), "Rhomboid minor, group: superficial muscles of the back → intermediate muscles of the back", "minor"),
        (edit("muscles", "rhomboid-minor", synonyms="lesser rhomboid muscle; small rhomboid"), "Rhomboid minor, synonyms added: small rhomboid; synonyms taken out: rhomboideus minor", "patch"),
        (edit("muscles", "rhomboid-minor", ta2=None), "Rhomboid minor, TA2 taken out: 2233", "patch"),
        (edit("structures", "mastoid-process", plural="mastoids"), "Structures, mastoid process: plural: mastoid processes → mastoids", "patch"),
        (edit("groups", "multifidi", steps="1–4 up"), "Multifidus, steps: 2–4 up → 1–4 up", "patch"),
        (add("sources", "ta2", id="new-book", name="New Book 2026"), "Sources, new source: New Book 2026", "minor"),
        (drop("exceptions", "BD503 *"), "Exceptions, exception taken out: BD503 intertransversarii-anteriores-cervicis development", "patch"),
    ],
)  # fmt: skip
def test_every_kind_of_change_of_a_term_has_its_words(
    changed: Edit, words: str, step: str, clean: Edition, tmp_path: Path
) -> None:
    difference = after(clean, tmp_path, changed)
    assert told(difference) == [words]
    assert difference.step == step


def test_a_new_muscle_is_told_with_its_group_and_its_facts(clean: Edition, tmp_path: Path) -> None:
    difference = compare(edition(tmp_path, WITHOUT_RHOMBOID), clean)
    assert "Rhomboid minor, new muscle, in superficial muscles of the back" in told(difference)
    assert len(difference.of("added", "fact")) == 10
    assert set(difference.cards.new) >= {"rhomboid-minor.origin", "rhomboid-minor.innervation"}


def test_a_withdrawn_muscle_takes_its_facts_along_in_one_line(clean: Edition, tmp_path: Path) -> None:
    edition(tmp_path, WITHOUT_RHOMBOID)
    withdrawn(tmp_path, "rhomboid-minor", "It is no muscle of its own.", "trapezius")
    difference = compare(clean, editions.read(str(tmp_path), Path()))
    assert difference.step == "major"
    lines = text.render(difference).splitlines()
    start = lines.index("Rhomboid minor")
    assert lines[start + 1 : start + 3] == [
        (
            "  - muscle withdrawn. Withdrawn on 2026-11-22: It is no muscle of its own. In its place: trapezius. "
            "With it went 10 facts."
        ),
        "",
    ]


def test_an_id_that_was_withdrawn_once_must_not_come_back(clean: Edition, tmp_path: Path) -> None:
    edition(tmp_path, WITHOUT_RHOMBOID)
    withdrawn(tmp_path, "rhomboid-minor", "It is no muscle of its own.")
    difference = compare(editions.read(str(tmp_path), Path()), clean)
    assert "id-reused" in {change.case for change in difference.of("added", "muscle")}
    assert difference.step == "major"


# What it means for learners


def test_notes_are_counted_by_the_builder_of_the_deck(clean: Edition, tmp_path: Path) -> None:
    new = edition(tmp_path, [LEVELS, drop("blood_supply", "rhomboid-minor.*")])
    cards = compare(clean, new).cards
    _, ledger = anki.build(clean.dataset, Ledger())
    package, after = anki.build(new.dataset, ledger)
    keys = {guid: entry.key for guid, entry in after.notes.items()}
    differing = {keys[guid] for guid, entry in after.notes.items() if ledger.notes[guid].hash != entry.hash}
    assert {*cards.updated, *cards.withdrawn} == differing
    assert "splenius-capitis.origin" in cards.updated
    assert "rhomboid-minor.blood_supply" in cards.withdrawn
    assert len(package.notes) == cards.same + len(cards.updated) + len(cards.withdrawn)


def test_learners_hear_how_many_notes_change(clean: Edition, tmp_path: Path) -> None:
    difference = after(clean, tmp_path, LEVELS)
    said = f"Anki notes: {len(difference.cards.updated)} updated, {difference.cards.same} as before."
    assert said in text.render(difference)
    assert "splenius-capitis.origin" in difference.cards.updated


# Steps

CELLS: dict[str, tuple[Edit, ...]] = {
    "term-withdrawn": WITHOUT_RHOMBOID,
    "id-reused": (drop("attachments", "rhomboid-minor.origin.2"), edit("attachments", "rhomboid-minor.origin.3", item="2")),
    "term-added": (add("sources", "ta2", id="new-book", name="New Book 2026"),),
    "term-moved": (edit("muscles", "rhomboid-minor", group="intermediate"),),
    "fact-added": (add("attachments", "rhomboid-minor.origin.3", item="4", structure="acromion"),),
    "fact-withdrawn": (drop("attachments", "rhomboid-minor.origin.3"),),
    "reading-withdrawn": (drop("attachments", "multifidus-lumborum.origin.1"), add("attachments", "multifidus-lumborum.origin.2", item="1", structure="mammillary-process", levels="L1–L5", source="gray-1918", note=None, also="braus-1921; muscle-list-en; multifidus-sheet; stedman")),
    "fact-renumbered": (edit("attachments", "rhomboid-minor.origin.3", item="4"),),
    "fact-corrected": (LEVELS,),
    "term-corrected": (edit("muscles", "rhomboid-minor", name="lesser rhomboid"),),
    "editorial": (drop("exceptions", "BD503 *"),),
}  # fmt: skip

SHAPE = shape.Shape(
    {"muscles": ("id", "name"), "inventory": ("muscle",)},
    {"attachments.end": ("origin", "insertion")},
    {"tables": "0.1", "backdata": "1.0"},
    {"1": {"name": "Fact", "fields": {"2": "Key", "3": "Answer"}, "templates": {"4": "Question"}}},
)


def note_type(**changes: Any) -> shape.Shape:
    return replace(SHAPE, note_types={"1": {**SHAPE.note_types["1"], **changes}})


SHAPES: dict[str, list[shape.Shape | tuple[str, tuple[str, ...]]]] = {
    "shape-removed": [
        replace(SHAPE, tables={"muscles": ("id", "name")}),
        replace(SHAPE, tables={**SHAPE.tables, "muscles": ("id",)}),
        replace(SHAPE, values={"attachments.end": ("origin",)}),
        ("files", ("csv/muscles.csv", "README.md")),
        ("files", ("json/tables.json", "README.md")),
    ],
    "contract-broken": [
        replace(SHAPE, contracts={"tables": "0.2", "backdata": "1.0"}),
        replace(SHAPE, contracts={"tables": "0.1", "backdata": "2.0"}),
        replace(SHAPE, contracts={"tables": "0.1"}),
    ],
    "note-type-changed": [
        note_type(fields={"2": "Key"}),
        note_type(fields={"3": "Answer", "2": "Key"}),
        note_type(templates={"4": "Question", "5": "Reverse"}),
        replace(SHAPE, note_types={"9": SHAPE.note_types["1"]}),
    ],
    "rule-removed": [("rules", ("BD501",))],
    "shape-added": [
        replace(SHAPE, tables={**SHAPE.tables, "muscles": ("id", "name", "latin")}),
        replace(SHAPE, tables={**SHAPE.tables, "muscles": ("name", "id")}),
        replace(SHAPE, tables={**SHAPE.tables, "nerves": ("id",)}),
        replace(SHAPE, values={"attachments.end": ("origin", "insertion", "both")}),
        ("files", ("csv/muscles.csv", "csv/nerves.csv", "json/tables.json", "README.md")),
        ("files", ("csv/muscles.csv", "json/tables.json", "README.md", "sqlite/backdata.db")),
    ],
    "contract-extended": [
        replace(SHAPE, contracts={"tables": "0.1", "backdata": "1.1"}),
        replace(SHAPE, contracts={**SHAPE.contracts, "report": "0.1"}),
    ],
    "note-type-renamed": [
        note_type(fields={"2": "Key", "3": "Reply"}),
        note_type(name="Statement"),
        replace(SHAPE, note_types={**SHAPE.note_types, "7": SHAPE.note_types["1"]}),
    ],
    "rule-added": [("rules", ("BD501", "BD502", "BD503"))],
}


@pytest.mark.parametrize("case", CELLS)
def test_a_change_of_the_data_is_the_case_that_the_table_of_versions_names(
    case: str, clean: Edition, tmp_path: Path
) -> None:
    difference = after(clean, tmp_path, *CELLS[case])
    assert case in {reason.case for reason in difference.reasons}, told(difference)
    if case not in ("reading-withdrawn", "fact-withdrawn"):
        assert difference.step == CASES[case][0]


@pytest.mark.parametrize(("case", "number"), [(case, n) for case, shapes in SHAPES.items() for n in range(len(shapes))])
def test_a_change_of_the_shape_is_the_case_that_the_table_of_versions_names(
    case: str, number: int, clean: Edition
) -> None:
    files, rules = ("csv/muscles.csv", "json/tables.json", "README.md"), ("BD501", "BD502")
    old = replace(clean, shape=SHAPE, files=files, rules=rules)
    changed = SHAPES[case][number]
    changes: dict[str, Any] = {"shape": changed} if isinstance(changed, shape.Shape) else dict([changed])
    difference = compare(old, replace(old, **changes))
    assert difference.reasons[0].case == case
    assert difference.step == CASES[case][0]
    assert difference.shape[0].says in text.render(difference)


def test_cards_that_are_only_worded_differently_are_a_patch(clean: Edition, tmp_path: Path) -> None:
    difference = after(clean, tmp_path, LEVELS)
    reworded = replace(difference, changes=())
    assert [reason.case for reason in reworded.reasons] == ["card-reworded"]
    assert reworded.step == "patch"


def test_every_case_is_tried_and_stands_in_the_documentation_with_its_step() -> None:
    assert {*CELLS, *SHAPES, "card-reworded"} == {*CASES}
    page = (ROOT / "docs" / "versions.md").read_text("utf-8")
    rows = re.findall(
        r"^\| (.+) \| (major|minor|patch) \|$", page.partition("## What a person must judge")[0], re.MULTILINE
    )
    assert sorted(rows) == sorted((words, step) for step, words in CASES.values())


@pytest.mark.parametrize(
    ("version", "step", "next"),
    [
        ("0.1.4", "major", "0.2.0"),
        ("0.1.4", "minor", "0.1.5"),
        ("0.1.4", "patch", "0.1.5"),
        ("1.1.4", "major", "2.0.0"),
        ("1.1.4", "minor", "1.2.0"),
        ("1.1.4", "patch", "1.1.5"),
        ("1.1.4", "none", "1.1.4"),
    ],
)
def test_the_next_version_follows_the_step(version: str, step: str, next: str) -> None:
    assert following(version, step) == next


# Forms


@pytest.fixture(scope="module")
def rich(clean: Edition, tmp_path_factory: pytest.TempPathFactory) -> Difference:
    """A difference with something of everything."""
    folder = tmp_path_factory.mktemp("rich")
    edits = [LEVELS, *WITHOUT_RHOMBOID, edit("muscles", "splenius-capitis", ta2="1"), *CELLS["term-added"]]
    new = edition(folder, [*edits, add("attachments", "splenius-capitis.origin.3", item="4", structure="acromion")])
    old = replace(clean, shape=SHAPE, files=("csv/a.csv",), rules=("BD501", "BD502"))
    return compare(old, replace(new, shape=note_type(name="Statement"), files=("csv/b.csv",), rules=("BD501",)))


def test_json_keeps_its_contract(rich: Difference, clean: Edition) -> None:
    contract = json.loads((resources.CONTRACTS / "diff.schema.json").read_bytes())
    for difference in (rich, compare(clean, clean)):
        document = json.loads(as_json.render(difference))
        assert [fault.message for fault in Draft202012Validator(contract).iter_errors(document)] == []
    document = json.loads(as_json.render(rich))
    assert document["counts"]["facts"] == {"added": 1, "changed": 1, "renumbered": 0, "withdrawn": 10}
    assert document["step"]["name"] == "major"
    assert {change["sentence"] for change in document["changes"]} == set(told(rich))


def test_every_form_tells_every_change_and_every_audience(rich: Difference) -> None:
    for form in (text, markdown):
        said = form.render(rich).replace("\\", "")
        for audience in ("Learners", "Developers", "Editors"):
            assert audience in said
        for change in rich.changes:
            assert change.says in said or (change.kind == "withdrawn" and change.owner == "rhomboid-minor")
        for each in rich.shape:
            assert each.says in said
        assert "a major step" in said


def test_markdown_is_not_taken_in_by_what_cells_hold(clean: Edition, tmp_path: Path) -> None:
    note = edit("attachments", "rhomboid-minor.origin.1", note="*bold* <b>_x_</b> [link](x)")
    said = markdown.render(after(clean, tmp_path, note))
    assert r"\*bold\* \<b\>\_x\_\</b\> \[link\](x)" in said


# What can be compared


def test_exports_and_their_manifest_and_spreadsheets_are_the_same_edition(clean: Edition, exports: Path) -> None:
    folder, file = (editions.read(str(path), Path()) for path in (exports, exports / "manifest.json"))
    assert not compare(folder, file)
    assert not compare(clean, folder)
    assert folder.shape == shape.of_folder(exports)
    assert folder.shape.contracts["tables"]
    assert folder.shape.note_types


def test_a_shape_survives_its_way_through_the_manifest(exports: Path) -> None:
    found = shape.of_folder(exports)
    assert shape.of_json(json.loads(json.dumps(shape.as_json(found)))) == found


def test_exports_of_an_older_program_are_compared_by_what_they_hold(exports: Path, tmp_path: Path) -> None:
    old = shutil.copytree(exports, tmp_path / "old")
    manifest = json.loads((old / "manifest.json").read_bytes())
    del manifest["shape"]
    (old / "manifest.json").write_text(json.dumps(manifest))
    document = json.loads((old / "json" / "tables.json").read_bytes())
    for row in document["tables"]["muscles"]:
        del row["uberon"]
    (old / "json" / "tables.json").write_text(json.dumps(document))
    difference = compare(*(editions.read(str(path), Path()) for path in (old, exports)))
    assert "New column: muscles.uberon." in [each.says for each in difference.shape]


@pytest.mark.parametrize("damaged", ["", "[]", "{}", "no JSON", '{"$schema": "urn:backdata:schema:manifest:0.1"}', '{"name": "an app"}'])  # fmt: skip
def test_a_damaged_manifest_is_told_and_not_passed_over(damaged: str, exports: Path, tmp_path: Path) -> None:
    old = shutil.copytree(exports, tmp_path / "old")
    (old / "manifest.json").write_text(damaged)
    with pytest.raises(editions.Unreadable, match=r"manifest\.json is damaged"):
        editions.read(str(old), Path())


def test_a_data_set_deep_within_a_folder_is_not_taken_for_that_folder(tmp_path: Path) -> None:
    edition(tmp_path / "project" / "src" / "examples")
    with pytest.raises(editions.Unreadable, match="project holds neither spreadsheets nor exports"):
        editions.read("project", tmp_path)
    (tmp_path / "project" / "requirements.txt").write_text("backdata\n")
    with pytest.raises(editions.Unreadable, match="project holds no muscles"):
        editions.read("project", tmp_path)


def test_rules_of_a_manifest_that_lists_only_those_that_could_run_are_not_known(exports: Path, tmp_path: Path) -> None:
    old = shutil.copytree(exports, tmp_path / "old")
    manifest = json.loads((old / "manifest.json").read_bytes())
    manifest["rules"] = manifest["rules"][:-3]
    (old / "manifest.json").write_text(json.dumps(manifest))
    assert compare(*(editions.read(str(path), Path()) for path in (exports, old))).step == "major"
    del manifest["rules_that_could_not_run"]
    (old / "manifest.json").write_text(json.dumps(manifest))
    assert not compare(*(editions.read(str(path), Path()) for path in (exports, old)))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: folder.mkdir(), "holds neither spreadsheets nor exports"),
        (lambda folder: folder.write_text("x"), "is a file"),
        (lambda folder: None, "is no folder, and there is no git repository here"),
    ],
)
def test_what_cannot_be_compared_is_told(make: Any, says: str, tmp_path: Path) -> None:
    make(tmp_path / "thing")
    with pytest.raises(editions.Unreadable, match=says):
        editions.read("thing", tmp_path)


def test_a_damaged_export_and_a_manifest_alone_are_told(exports: Path, tmp_path: Path) -> None:
    shutil.copy(exports / "manifest.json", tmp_path)
    with pytest.raises(editions.Unreadable, match=r"not json/tables\.json, .* backdata export --to .* --only json"):
        editions.read("manifest.json", tmp_path)
    (tmp_path / "json").mkdir()
    (tmp_path / "json" / "tables.json").write_text('{"tables": {"muscles": 3}, "version": "1"}')
    with pytest.raises(editions.Unreadable, match="is damaged"):
        editions.read(str(tmp_path), Path())


def test_exports_without_json_are_told_and_how_to_complete_them(exports: Path, tmp_path: Path) -> None:
    shutil.copytree(exports, tmp_path / "partial", ignore=shutil.ignore_patterns("json"))
    for name in ("partial", "partial/csv"):
        with pytest.raises(editions.Unreadable, match="holds exports, but not json"):
            editions.read(name, tmp_path)


def test_exported_csv_is_compared_as_the_exports_that_it_belongs_to(clean: Edition, exports: Path) -> None:
    assert not compare(clean, editions.read("csv", exports))


def test_tables_below_a_folder_are_not_taken_for_its_own(tmp_path: Path) -> None:
    (tmp_path / "deep" / "down").mkdir(parents=True)
    examples.write_csv(tmp_path / "deep" / "down")
    with pytest.raises(editions.Unreadable, match="folders within it are not looked into"):
        editions.read("deep", tmp_path)


def test_no_name_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(editions.Unreadable, match="one of the two names is empty"):
        editions.read("", tmp_path)


def test_a_manifest_that_is_damaged_is_told(exports: Path, tmp_path: Path) -> None:
    broken = Path(shutil.copytree(exports, tmp_path / "exports"))
    text = (broken / "manifest.json").read_text("utf-8")
    (broken / "manifest.json").write_text(text.replace('"shape": {', '"shape": [], "more": {'), "utf-8")
    with pytest.raises(editions.Unreadable, match=r"manifest\.json is damaged"):
        editions.read("exports", tmp_path)


def test_loading_what_is_not_there_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"it holds no json/tables\.json; backdata export --to"):
        backdata.load(tmp_path)
    with pytest.raises(FileNotFoundError, match="there is no such folder"):
        backdata.load(tmp_path / "nothing")


# Git


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with a revision without facts, one with them, and one with a correction."""
    folder = tmp_path_factory.mktemp("repository")
    git(folder, "init", "--quiet")
    (folder / "README.md").write_text("nothing yet")
    for name, edits in (("empty", None), ("v1", ()), ("v2", (LEVELS,))):
        if edits is not None:
            edition(folder / "raw", edits)
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "-m", name)
        git(folder, "tag", name)
    return folder


def test_two_revisions_are_compared_without_touching_the_work_tree(repository: Path) -> None:
    edition(repository / "raw", [drop("attachments", "rhomboid-minor.origin.3")])
    try:
        before = git(repository, "status", "--porcelain")
        difference = compare(*(editions.read(name, repository) for name in ("v1", "HEAD")))
        assert told(difference) == ["Splenius capitis, origin 2: spinous processes of C7–T3 (T4) → C7–T3"]
        assert git(repository, "status", "--porcelain") == before != ""
        against_work = compare(*(editions.read(name, repository) for name in ("v1", "raw")))
        assert [change.id for change in against_work.changes] == ["rhomboid-minor.origin.3"]
    finally:
        git(repository, "checkout", "--quiet", "--", "raw")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("v9", "v9 is neither a folder nor a revision of this repository"),
        ("--help", "--help is neither a folder nor a revision"),
        ("empty", "the revision empty has no folder raw/"),
    ],
)
def test_a_revision_that_cannot_be_read_is_told(name: str, says: str, repository: Path) -> None:
    with pytest.raises(editions.Unreadable, match=says):
        editions.read(name, repository)


# The command


def test_the_command_tells_whether_anything_differs(exports: Path, tmp_path: Path) -> None:
    edition(tmp_path / "new", [LEVELS])
    same = CliRunner().invoke(cli, ["diff", str(exports), str(exports), "--exit-code"], standalone_mode=False)
    other = CliRunner().invoke(cli, ["diff", str(exports), str(tmp_path / "new"), "--exit-code"], standalone_mode=False)
    quiet = CliRunner().invoke(cli, ["diff", str(exports), str(tmp_path / "new"), "-o", "json"], standalone_mode=False)
    assert [done.return_value for done in (same, other, quiet)] == [0, 1, 0]
    assert "C7–T3 (T4) → C7–T3" in other.output
    assert json.loads(quiet.output)["step"]["next"] == following(json.loads(quiet.output)["old"]["version"], "patch")


def test_comparing_exports_imports_nothing_heavy(exports: Path) -> None:
    code = (
        "import sys; from backdata.cli import cli\n"
        f"cli.main(['diff', {str(exports)!r}, {str(exports)!r}], standalone_mode=False)\n"
        "print(sorted({'pandas', 'pandera', 'pyarrow', 'openpyxl', 'jsonschema', 'jinja2', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"
