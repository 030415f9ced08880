"""The flash cards: what stands on them, and what the real Anki makes of the package, first and at an update."""

from __future__ import annotations

import json
import os
import pickle
import re
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from backdata import apkg, apkg_check, bundle, figures
from backdata.anatomy.systems import muscles, systems
from backdata.cli import cli
from backdata.exporters import anki as deck
from backdata.flashcards import citing, diagrams, notes, pictures, subjects, wording
from backdata.flashcards.deck import DECKS
from backdata.flashcards.ledger import Ledger
from backdata.flashcards.note_type import FACT
from backdata.model import Dataset, Fact, Group, Muscle, Source

LATER = "2000000000"  # the date of some release after this one
BUILT: dict[int, tuple[Dataset, apkg.Package]] = {}  # decks of data sets that several tests look at
SNAPSHOT = (
    "select n.guid, c.ord, c.type, c.queue, c.due, c.ivl, c.factor, c.reps, c.data "
    "from cards c join notes n on n.id = c.nid order by 1, 2"
)


# A data set small enough to read here


def fact(id: str, text: str, reading: str = "preferred", **more: Any) -> Fact:
    """One reading; ``id`` is that of the statement."""
    owner, topic, item = id.split(".")
    given = {"stated_at": owner, "source": "gray-1918", "also": (), "page": None, "row": {}} | more
    return Fact(id, topic, int(item), reading, text, **given)


def muscle(id: str, *facts: Fact, **more: Any) -> Muscle:
    """A muscle of the deep group that answers with ``facts``."""
    given: dict[str, Any] = {
        "name": id.replace("-", " "),
        "latin": None,
        "group": "erector-spinae",
        "part_of": None,
        "parts": (),
        "row": {},
    }
    return Muscle(id=id, development=None, facts=facts, **(given | more))


def atlas(*muscles: Muscle, **tables: Any) -> Dataset:
    """A data set of ``muscles`` with two sources."""
    gray = Source(
        "gray-1918", "Gray 1918", "Gray H. Anatomy, 1918.", 1918, "public domain", True, "https://example.org/gray"
    )
    flexikon = Source("flexikon", "Flexikon", "Flexikon", None, "licence not read", False, None)
    group = Group("erector-spinae", "erector spinae", None, ("erector-spinae",), ("posterior",), {"layer": "deep"})
    return Dataset(
        {"withdrawn": (), **tables},
        {group.id: group},
        {each.id: each for each in muscles},
        "1.0",
        {each.id: each for each in (gray, flexikon)},
    )


def fields(dataset: Dataset, key: str) -> dict[str, str]:
    """The fields of one note by name."""
    known, package = BUILT.get(id(dataset), (None, None))
    if package is None or known is not dataset:
        package, _ = deck.build(dataset, Ledger())
        BUILT[id(dataset)] = dataset, package
    note = next(note for note in package.notes if note.guid == deck.EDITION + key)
    return dict(zip((field.name for field in FACT.fields), note.fields, strict=True))


def restated(dataset: Dataset, key: str, **changes: Any) -> Dataset:
    """The data set with the first fact of a question changed."""
    id, topic = key.split(".")
    old = dataset.muscles[id]
    first = old.about(topic)[0]
    facts = tuple(replace(each, **changes) if each is first else each for each in old.facts)
    return replace(dataset, muscles={**dataset.muscles, id: replace(old, facts=facts)})


def without(dataset: Dataset, id: str, **tables: Any) -> Dataset:
    """The data set without a muscle."""
    left = {key: value for key, value in dataset.muscles.items() if key != id}
    groups = {
        key: replace(group, muscles=tuple(each for each in group.muscles if each != id))
        for key, group in dataset.groups.items()
    }
    return replace(dataset, muscles=left, groups=groups, tables={**dataset.tables, **tables})


def some_key(dataset: Dataset) -> str:
    """A question that one muscle answers for itself, and that no other card shows but folded."""
    plain = (each for each in dataset.muscles.values() if not each.parts and not each.part_of)
    return next(
        f"{each.id}.{each.facts[0].topic}" for each in plain if each.facts and each.facts[0].stated_at == each.id
    )


@pytest.fixture
def publish(tmp_path: Path) -> Callable[..., Path]:
    """Publish a data set as the next version: the ledger of the version before is taken from its folder."""
    folders: list[Path] = []

    def write(dataset: Dataset) -> Path:
        folder = tmp_path / f"version-{len(folders) + 1}"
        folder.mkdir()
        deck.write_anki.write(dataset, folder, folders[-1] if folders else None)
        folders.append(folder)
        return folder

    return write


# What stands on a card


@pytest.mark.parametrize(
    ("id", "latin", "topic", "expected"),
    [
        ("splenius-capitis", "M. splenius capitis", "insertion", "Where does the splenius capitis insert?"),
        ("levator-scapulae", "M. levator scapulae", "action", "What does the levator scapulae do?"),
        (
            "interspinales-thoracis",
            "Mm. interspinales thoracis",
            "origin",
            "Where do the interspinales thoracis arise?",
        ),
        ("rotatores-longi", "Rotatores longi", "action", "What do the rotatores longi do?"),
        ("multifidus", "M. multifidus", "innervation", "What is the nerve supply of the multifidus?"),
        ("multifidus", None, "blood_supply", "What is the blood supply of the multifidus?"),
    ],
)
def test_a_question_is_asked_in_good_english(id: str, latin: str | None, topic: str, expected: str) -> None:
    asked = muscle(id, latin=latin)
    assert expected == wording.question(atlas(asked), asked, topic)


def test_a_part_is_named_with_its_whole() -> None:
    whole = muscle("trapezius")
    part = muscle(
        "trapezius-descending", name="trapezius, descending part", part_of="trapezius", latin="Pars descendens"
    )
    set_ = muscle("rotatores")
    named = muscle("rotatores-longi", part_of="rotatores", latin="Rotatores longi")
    dataset = atlas(whole, part, set_, named)
    assert wording.question(dataset, part, "origin") == "Where does the descending part of the trapezius arise?"
    assert wording.question(dataset, named, "origin") == "Where do the rotatores longi arise?"


def test_what_we_teach_is_set_apart_from_what_others_say() -> None:
    dataset = atlas(muscle(
        "splenius-capitis",
        fact("splenius-capitis.origin.1", "nuchal ligament", page="397"),
        fact("splenius-capitis.origin.2", "spinous processes of C7–T3"),
        fact("splenius-capitis.origin.2", "spinous processes of C4–T3", "alternative", source="flexikon"),
        fact("splenius-capitis.origin.3", "supraspinous ligament", "addition", source="flexikon"),
    ))  # fmt: skip
    note = fields(dataset, "splenius-capitis.origin")
    ours, others = note["Answer"].split('<div class="others">')
    assert ours == "<ul><li>nuchal ligament</li><li>spinous processes of C7–T3</li></ul>"
    assert others.startswith(
        "<p>Other sources say</p><p>instead of <i>spinous processes of C7–T3</i>:</p>"
        "<ul><li>spinous processes of C4–T3 – Flexikon</li></ul><p>also:</p><ul><li>supraspinous ligament – Flexikon</li></ul>"
    )
    assert note["Status"].startswith("Contested")
    assert (
        '<a href="https://example.org/gray">Gray H. Anatomy, 1918</a>, p. 397 (licence: public domain)'
        in note["Source"]
    )
    assert "<li>Flexikon</li>" in note["Source"]  # nobody has read under which licence it stands


def test_a_licence_is_told_of_a_source_that_everybody_may_quote_and_of_no_other(dataset: Dataset) -> None:
    package, _ = deck.build(dataset, Ledger())
    place = [field.name for field in FACT.fields].index("Source")
    cards = "".join(note.fields[place] for note in package.notes if note.type == FACT.id)
    (listed,) = (each.description.partition("Sources:")[2] for each in package.decks if each.description)
    for source in dataset.sources.values():
        cited = citing.text(source.citation.rstrip(". "))
        for line in (*re.findall("<li>(.*?)</li>", cards), *listed.splitlines()):
            if re.sub("<[^>]*>", "", line).removeprefix("- ").startswith(cited + " ("):
                assert line.endswith(f"(licence: {source.licence})"), line
                assert source.open
    assert "not read" not in cards + listed
    assert "(licence: CC BY-SA)" in cards and "(licence: CC BY-SA)" in listed


def test_actions_stand_by_side() -> None:
    dataset = atlas(muscle(
        "splenius-capitis",
        fact("splenius-capitis.action.1", "head: extension", row={"side": "bilateral"}),
        fact("splenius-capitis.action.2", "head: rotation to its own side", row={"side": "unilateral"}),
        fact("splenius-capitis.action.3", "neck: stabilisation", row={"side": "any"}),
    ))  # fmt: skip
    answer = fields(dataset, "splenius-capitis.action")["Answer"]
    order = ["One side:", "rotation", "Both sides:", "extension", "One side or both:", "stabilisation"]
    assert [answer.index(word) for word in order] == sorted(answer.index(word) for word in order)


def test_a_fact_is_asked_for_once_where_it_is_stated() -> None:
    rami = fact("erector-spinae.innervation.1", "posterior rami")
    nerve = fact("trapezius.innervation.1", "accessory nerve")
    part = muscle("trapezius-descending", nerve, fact("trapezius-descending.origin.1", "nuchal ligament"),
                  name="trapezius, descending part", part_of="trapezius")  # fmt: skip
    spinalis = muscle("spinalis-capitis", rami, fact("spinalis-capitis.origin.1", "spinous process of C7"))
    dataset = atlas(spinalis, muscle("trapezius", nerve, parts=(part.id,)), part)
    group = replace(dataset.groups["erector-spinae"], facts=(rami,))
    dataset = replace(dataset, groups={group.id: group})
    keys = [note.fields[0] for note in deck.build(dataset, Ledger())[0].notes]
    assert keys == ["erector-spinae.members", "erector-spinae.innervation", "spinalis-capitis.origin",
                    "trapezius.innervation", "trapezius-descending.origin"]  # fmt: skip
    assert (
        fields(dataset, "erector-spinae.innervation")["Question"] == "What is the nerve supply of the erector spinae?"
    )
    assert "This holds for all of the erector spinae." in fields(dataset, "spinalis-capitis.origin")["Extra"]
    assert "This holds for the whole trapezius." in fields(dataset, "trapezius-descending.origin")["Extra"]


def test_a_group_is_asked_for_its_members() -> None:
    dataset = atlas(muscle("spinalis-capitis", latin="M. spinalis capitis"), muscle("spinalis-colli"))
    note = fields(dataset, "erector-spinae.members")
    assert note["Question"] == "Which two muscles make up the erector spinae?"
    assert note["Answer"] == "<ul><li>spinalis capitis – <i>M. spinalis capitis</i></li><li>spinalis colli</li></ul>"


def test_the_front_says_on_what_sources_differ_and_not_how() -> None:
    ours = fact("splenius.insertion.1", "ribs 2–5", row={"structure": "rib", "levels": "R2–R5"})
    row = {"structure": "rib", "levels": "R2–R4", "part": "upper border"}
    other = fact("splenius.insertion.1", "ribs 2–4, upper border", "alternative", row=row)
    added = fact("splenius.insertion.2", "sacrum", "addition", row={"structure": "sacrum"})
    assert wording.dispute([ours, added]) == ""
    assert wording.dispute([ours, other, added]) == "Sources differ on the levels and the exact place."
    elsewhere = replace(other, row={"structure": "lamina"})
    assert wording.dispute([ours, elsewhere]) == "Sources differ on the structure."


def test_levels_are_asked_for_with_gaps(dataset: Dataset) -> None:
    gap = '<span class="gap">[…]</span>'
    assert fields(dataset, "rhomboid-minor.origin")["Levels"] == (
        f"<ul><li>nuchal ligament, lower part</li><li>spinous processes of {gap}</li></ul>"
    )
    assert fields(dataset, "rhomboid-major.innervation")["Levels"] == f"<ul><li>dorsal scapular nerve ({gap})</li></ul>"
    assert f"<li>ribs {gap}, upper border" in fields(dataset, "serratus-posterior-superior.insertion")["Levels"]
    assert fields(dataset, "rectus-capitis-lateralis.insertion")["Levels"] == ""  # no levels to ask for
    assert fields(dataset, "trapezius-descending.action")["Levels"] == ""


def test_a_muscle_is_asked_for_only_where_no_other_would_do(dataset: Dataset) -> None:
    asked = fields(dataset, "rhomboid-minor.insertion")["Reverse"]
    assert asked == "Which muscle of the back inserts on the medial border of the scapula, at the level of the spine?"
    assert fields(dataset, "rhomboid-minor.innervation")["Reverse"] == ""  # the rhomboid major has the same nerve
    assert fields(dataset, "rhomboid-minor.origin")["Reverse"] == ""  # by some sources, splenius and others too
    restated_ = restated(dataset, "rhomboid-major.insertion", row={"structure": "scapula-medial-border"})
    assert fields(restated_, "rhomboid-minor.insertion")["Reverse"] == ""  # now its part is not stated


def test_parts_that_answer_for_their_whole_are_named_once() -> None:
    upper = fact("trapezius-descending.origin.1", "nuchal ligament")
    lower = fact("trapezius-ascending.origin.1", "spinous processes of T4–T12", row={"levels": "T4–T12"})
    parts = (
        muscle("trapezius-descending", upper, name="trapezius, descending part", part_of="trapezius"),
        muscle("trapezius-ascending", lower, name="trapezius, ascending part", part_of="trapezius"),
    )
    told = (replace(upper, text=f"descending part: {upper.text}"), replace(lower, text=f"ascending part: {lower.text}"))
    dataset = atlas(muscle("trapezius", *told, parts=tuple(part.id for part in parts)), *parts)
    answer = fields(dataset, "trapezius.origin")["Answer"]
    assert "<h5>Descending part</h5><ul><li>nuchal ligament</li></ul><h5>Ascending part</h5>" in answer
    assert "This is what holds for its parts." in answer


def test_the_other_facts_of_the_muscle_are_folded_on_the_back() -> None:
    dataset = atlas(muscle(
        "multifidus",
        fact("multifidus.origin.1", "sacrum"),
        fact("multifidus.insertion.1", "spinous processes"),
        fact("multifidus.insertion.1", "laminae", "alternative", source="flexikon"),
        row={"constancy": "inconstant"},
    ))  # fmt: skip
    extra = fields(dataset, "multifidus.origin")["Extra"]
    assert extra.startswith("<h4>Insertion (contested)</h4><ul><li>spinous processes</li></ul>")
    assert "sacrum" not in extra
    assert extra.endswith("<p>It is not always present.</p>")
    assert "<details>" in FACT.templates[0].back


def test_what_only_a_dissenter_adds_is_no_question() -> None:
    dataset = atlas(
        muscle("multifidus", fact("multifidus.blood_supply.1", "lumbar arteries", "addition", source="flexikon"))
    )
    assert deck.build(dataset, Ledger())[0].notes == ()


def test_all_text_is_escaped() -> None:
    spiky = 'sacrum <b>& "ilium"</b>\n{{Answer}}'
    facts = (fact("m.origin.1", spiky, row={"note": "a<b"}), fact("m.origin.1", "<i>", "alternative", source="<x>"))
    dataset = atlas(muscle("m", *facts, name="m & <n>", latin="M. <m>"))
    package, _ = deck.build(dataset, Ledger())
    whole = "\n".join(package.notes[0].fields)
    assert 'sacrum &lt;b&gt;&amp; "ilium"&lt;/b&gt; {{Answer}} <small>(a&lt;b)</small>' in whole
    for raw in ("<b>&", "<i>", "<x>", "<n>", "<m>", "a<b"):
        assert raw not in whole


def test_tags_and_decks_come_from_group_and_topic() -> None:
    facts = (fact("multifidus.blood_supply.1", "lumbar arteries"), fact("multifidus.blood_supply.2", "x", "addition"))
    note = deck.build(atlas(muscle("multifidus", *facts)), Ledger())[0].notes[0]
    assert note.deck == "Backdata – Muscles of the back::3 Deep"
    assert note.tags == (
        "backdata::fact::blood-supply", "backdata::layer::deep", "backdata::system::erector-spinae",
        "backdata::contested",
    )  # fmt: skip


# What must never change


def test_the_schema_is_frozen() -> None:
    """Every learner's import conflicts when one of these changes: it takes a new major version."""
    assert (FACT.id, FACT.name, FACT.sort_field) == (1795305600001, "Backdata Fact", 1)
    names = ("Key", "Muscle", "Latin", "Question", "Answer", "Extra", "Picture", "PictureCredit", "Source", "SourceURL",
             "Status", "Version", "Reverse", "Levels", "Dispute", "MyNotes", "Spare1", "Spare2", "Spare3",
             "Spare4")  # fmt: skip
    assert list(zip(range(1795305601001, 1795305601021), names, strict=True)) == [(f.id, f.name) for f in FACT.fields]
    templates = ("Question", "Reverse", "Levels", "Spare")
    assert list(enumerate(templates, 1795305602001)) == [(each.id, each.name) for each in FACT.templates]
    assert deck.EDITION == "backdata:back:en:"
    assert {(each.id - 1795305603000, each.name.partition("::")[2]) for each in DECKS.values()} == {
        (0, ""), (1, "1 Superficial"), (2, "2 Intermediate"), (3, "3 Deep"), (4, "4 Suboccipital"), (9, "9 Withdrawn"),
    }  # fmt: skip


def test_night_and_phones_have_a_style() -> None:
    assert all(word in FACT.css for word in (".nightMode", ".night_mode", ".mobile"))


# The same input gives the same bytes


def test_two_builds_are_equal_to_the_byte(mini: Dataset, tmp_path: Path) -> None:
    script = (
        "import pickle, sys; from pathlib import Path; from backdata.exporters.anki import write_anki\n"
        "write_anki.write(pickle.loads(Path(sys.argv[1]).read_bytes()), Path(sys.argv[2]), None)"
    )
    (tmp_path / "mini.pickle").write_bytes(pickle.dumps(mini))
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", script, str(tmp_path / "mini.pickle"), str(tmp_path / seed)]
        subprocess.run(command, check=True, env=environment)
    names = ["backdata.apkg", "backdata.txt", "ledger.json"]
    assert names == sorted(path.name for path in (tmp_path / "1").iterdir())
    for name in names:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name


def test_a_rebuild_over_the_last_ledger_changes_nothing(mini: Dataset, publish: Callable[..., Path]) -> None:
    first, second = publish(mini), publish(mini)
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()


def test_a_zip_depends_on_its_members_only(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    bundle.write_zip(path, {"b": b"2", "a": b"1"})
    assert path.read_bytes() == bundle.zipped({"a": b"1", "b": b"2"})
    with zipfile.ZipFile(path) as bundled:
        assert [(entry.filename, entry.date_time) for entry in bundled.infolist()] == [
            ("a", (1980, 1, 1, 0, 0, 0)),
            ("b", (1980, 1, 1, 0, 0, 0)),
        ]


def test_the_package_carries_the_preset_that_older_clients_look_for(
    mini: Dataset, publish: Callable[..., Path]
) -> None:
    with zipfile.ZipFile(publish(mini) / "backdata.apkg") as package, closing(sqlite3.connect(":memory:")) as inside:
        assert [name for name in package.namelist() if not name.isdigit()] == ["collection.anki2", "media"]
        inside.deserialize(package.read("collection.anki2"))
        version, presets = inside.execute("select ver, dconf from col").fetchone()
    assert (version, list(json.loads(presets))) == (11, ["1"])


def test_the_date_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", LATER)
    assert bundle.epoch() == int(LATER)


@pytest.mark.parametrize(
    "broken",
    [
        {"guid": "twice"}, {"fields": ("a",)}, {"fields": ("", "b")}, {"fields": ("a\x1f", "b")}, {"cards": ()},
        {"cards": (1,)}, {"deck": "elsewhere"}, {"tags": ("two words",)},
    ],
    ids=str,
)  # fmt: skip
def test_the_writer_refuses_what_anki_would_take_in_and_show_wrong(broken: dict[str, Any]) -> None:
    kind = apkg.NoteType(
        1, "K", (apkg.Field(1, "F"), apkg.Field(2, "G")), (apkg.Template(1, "T", "{{F}}", "{{G}}"),), ""
    )
    note = apkg.Note("one", 1, "D", ("a", "b"), (), 1)
    notes = (replace(note, guid="twice"), replace(note, **broken))
    with pytest.raises(ValueError):
        apkg.packed(apkg.Package((kind,), (apkg.Deck(2, "D"),), notes, 1))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("update notes set guid = 'same' where rowid in (select rowid from notes limit 2)", "have the guid same"),
        ("update notes set flds = 'a' || char(31) || 'b' where id = (select min(id) from notes)", "has 2 fields, but"),
        ("delete from cards where nid = (select min(id) from notes)", "makes no card"),
        ("update cards set ord = 9 where id = (select min(id) from cards)", "a card without a template"),
        ("update cards set ord = 3 where id = (select min(id) from cards)", "card Spare: the front is empty"),
        ("update cards set did = 7 where id = (select min(id) from cards)", "deck (7) that is not in the package"),
        (
            "update notes set tags = 'loose' where id = (select min(id) from notes)",
            "tags that Anki would read otherwise",
        ),
        ("update notes set mid = 5 where id = (select min(id) from notes)", "a note type that is not in the package"),
        ("update col set models = replace(models, '{{Status}}', '{{Staus}}')", "shows a field Staus"),
    ],
)
def test_a_package_can_be_checked_without_anki(
    mini: Dataset, publish: Callable[..., Path], tmp_path: Path, statement: str, said: str
) -> None:
    sound = publish(mini) / "backdata.apkg"
    assert apkg_check.check(sound).faults == ()
    with zipfile.ZipFile(sound) as package, closing(sqlite3.connect(":memory:")) as inside:
        inside.deserialize(package.read("collection.anki2"))
        inside.execute(statement)
        inside.commit()
        members = {name: package.read(name) for name in package.namelist()}
        bundle.write_zip(tmp_path / "broken.apkg", members | {"collection.anki2": inside.serialize()})
    faults = apkg_check.check(tmp_path / "broken.apkg").faults
    assert any(said in fault for fault in faults)


def test_pictures_that_are_missing_or_idle_are_told(mini: Dataset, tmp_path: Path) -> None:
    package, _ = deck.build(mini, Ledger())
    shown = replace(
        package.notes[0], fields=(*package.notes[0].fields[:6], '<img src="bd-a.svg">', *package.notes[0].fields[7:])
    )
    for media, said in (
        ({}, "bd-a.svg is shown on a card, but"),
        ({"bd-b.svg": b"<svg/>"}, "bd-b.svg is shown on no card"),
    ):
        (tmp_path / "a.apkg").write_bytes(apkg.packed(replace(package, notes=(shown, *package.notes[1:]), media=media)))
        assert any(said in fault for fault in apkg_check.check(tmp_path / "a.apkg").faults)


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + b"\0" * 18, b"no zip at all"])
def test_what_is_no_package_is_said_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.apkg").write_bytes(content)
    run = CliRunner().invoke(cli, ["anki", "check", str(tmp_path / "a.apkg")], standalone_mode=False)
    assert (run.return_value, run.stdout) == (3, "")
    assert "cannot be read as an Anki package" in run.stderr


# What changed since the last version


def test_only_what_changed_gets_a_new_date(
    mini: Dataset, publish: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    key = some_key(mini)
    before = Ledger.read(publish(mini) / deck.LEDGER)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", LATER)
    after = Ledger.read(publish(restated(mini, key, text="elsewhere")) / deck.LEDGER)
    assert {guid for guid in after.notes if after.notes[guid].mod != before.notes[guid].mod} == {deck.EDITION + key}
    assert after.notes[deck.EDITION + key].mod == int(LATER)
    assert after.note_types == before.note_types


def test_every_fact_belongs_to_one_note(mini: Dataset) -> None:
    """Whatever is corrected, one note gets a new date: where parts answer for their whole, that of the whole too."""
    _, before = deck.build(mini, Ledger())
    for id, muscle_ in mini.muscles.items():
        for topic in {each.topic for each in muscle_.facts if each.stated_at == id and each.reading == "preferred"}:
            corrected = restated(mini, f"{id}.{topic}", text="elsewhere")
            _, after = deck.build(corrected, before)
            changed = {guid for guid, entry in after.notes.items() if entry.mod != before.notes[guid].mod}
            whole = {each.id for each in mini.muscles.values() if any(it.stated_at == id for it in each.about(topic))}
            asked = {f"{deck.EDITION}{each}.{topic}" for each in ({id, *whole} if muscle_.part_of else {id})}
            assert changed == asked & before.notes.keys()


def test_a_change_without_a_new_release_date_is_still_later(mini: Dataset, publish: Callable[..., Path]) -> None:
    guid = deck.EDITION + some_key(mini)
    before = Ledger.read(publish(mini) / deck.LEDGER)
    after = Ledger.read(publish(restated(mini, some_key(mini), text="elsewhere")) / deck.LEDGER)
    assert after.notes[guid].mod == before.notes[guid].mod + 1


def test_a_tombstone_says_why_and_stays(mini: Dataset, publish: Callable[..., Path]) -> None:
    key = some_key(mini)
    id = key.partition(".")[0]
    reason = {"id": id, "on": "2027-01-31", "why": "It is a part of another <muscle>.", "replaced_by": None}
    publish(mini)
    for _ in range(2):
        folder = publish(without(mini, id, withdrawn=(reason,)))
        rows = [
            line.split("\t") for line in (folder / "backdata.txt").read_text("utf-8").splitlines() if "retired" in line
        ]
        rows = [row for row in rows if row[3].startswith(id)]
        assert {f"{id}.{topic}" for topic in ("origin", "insertion")} <= {row[3] for row in rows}
        assert all("Withdrawn on 2027-01-31: It is a part of another &lt;muscle&gt;." in row[7] for row in rows)
        assert all(row[6].startswith('"<span class=""withdrawn"">Withdrawn:</span> W') for row in rows)
    back = Ledger.read(publish(mini) / deck.LEDGER)
    assert back.notes[deck.EDITION + key].hash == deck.build(mini, Ledger())[1].notes[deck.EDITION + key].hash


def test_a_withdrawn_fact_explains_the_question_that_it_answered() -> None:
    rami = fact("spinalis-capitis.innervation.1", "posterior rami")
    _, ledger = deck.build(atlas(muscle("spinalis-capitis", rami)), Ledger())
    reason = {
        "id": rami.id,
        "on": "2027-01-31",
        "why": "No source read states it.",
        "replaced_by": "spinalis-capitis.origin.1",
    }
    package, _ = deck.build(atlas(muscle("spinalis-capitis"), withdrawn=(reason,)), ledger)
    answer = package.notes[0].fields[4]
    assert "No source read states it." in answer
    assert "In its place: spinalis capitis, origin." in answer
    assert "taken out" not in answer


def test_after_a_release_dates_count_from_it_and_not_from_the_last_build(
    mini: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = some_key(mini)
    guid = deck.EDITION + key
    _, first = deck.build(mini, Ledger())
    released = first.marked("1.0.0")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", LATER)
    _, tried = deck.build(restated(mini, key, text="elsewhere"), released)
    assert (tried.release, tried.notes[guid].mod) == ("1.0.0", int(LATER))
    _, again = deck.build(restated(mini, key, text="somewhere else"), tried)
    assert again.notes[guid].mod == int(LATER)  # no learner has seen the first attempt
    _, back = deck.build(mini, again)
    assert back == released
    next_release = again.marked("1.1.0")
    assert next_release.notes[guid].released is None
    assert deck.build(restated(mini, key, text="somewhere else"), next_release)[1] == next_release


def test_what_no_release_had_leaves_no_tombstone(mini: Dataset) -> None:
    key = some_key(mini)
    left = without(mini, key.partition(".")[0])
    released = deck.build(left, Ledger())[1].marked("1.0.0")
    _, tried = deck.build(mini, released)
    assert tried.notes[deck.EDITION + key].new
    assert deck.build(left, tried)[1] == released


def test_a_card_that_is_not_asked_any_more_says_so(mini: Dataset) -> None:
    _, ledger = deck.build(mini, Ledger())
    key = next(entry.key for entry in ledger.notes.values() if 2 in entry.cards and len(entry.facts) == 1)
    plain = restated(mini, key, row={}, text="sacrum")
    for _ in range(2):
        package, ledger = deck.build(plain, ledger)
        note = next(note for note in package.notes if note.fields[0] == key)
        assert note.cards == ledger.notes[note.guid].cards
        assert "not asked any more" in note.fields[[field.name for field in FACT.fields].index("Levels")]


# The real Anki


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Any]:
    """A learner's empty collection."""
    anki = pytest.importorskip("anki.collection")
    opened = anki.Collection(str(tmp_path / "learner.anki2"))
    yield opened
    opened.close()


def take_in(collection: Any, folder: Path, **options: Any) -> dict[str, int]:
    """Import a package; how many notes were new, updated, the same, in conflict."""
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest

    path = str(folder / "backdata.apkg")
    request = ImportAnkiPackageRequest(package_path=path, options=ImportAnkiPackageOptions(**options))
    log = collection.import_anki_package(request).log
    collection.models._clear_cache()
    return logged(log)


def take_in_text(collection: Any, folder: Path) -> dict[str, int]:
    """Import the text companion."""
    from anki.collection import ImportCsvRequest

    path = str(folder / "backdata.txt")
    request = ImportCsvRequest(path=path, metadata=collection.get_csv_metadata(path, None))
    return logged(collection.import_csv(request).log)


def logged(log: Any) -> dict[str, int]:
    """What an import did, without what it did not do."""
    counts = {name: len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting")}
    return {name: count for name, count in counts.items() if count}


def study(collection: Any, *keys: str) -> None:
    """Answer the cards of some notes for the first time."""
    from anki.scheduler.v3 import CardAnswer

    for key in keys:
        card = note_of(collection, key).cards()[0]
        card.start_timer()
        states = collection._backend.get_scheduling_states(card.id)
        collection.sched.answer_card(collection.sched.build_answer(card=card, states=states, rating=CardAnswer.EASY))


def as_its_part_says(dataset: Dataset, whole: str, stated: Fact) -> str:
    """The words of a fact without the name of the part, where a part answers for the whole."""
    if whole in dataset.groups or stated.stated_at not in dataset.muscles[whole].parts:
        return stated.text
    part = dataset.muscles[stated.stated_at]
    return next(each.text for each in part.about(stated.topic) if each.row == stated.row)


def note_of(collection: Any, key: str) -> Any:
    """A note of the collection by its key."""
    return collection.get_note(collection.find_notes(f"Key:{key}")[0])


def test_a_first_import_gives_what_was_predicted(
    collection: Any, dataset: Dataset, publish: Callable[..., Path]
) -> None:
    package, _ = deck.build(dataset, Ledger())
    notes, cards = package.count()
    assert take_in(collection, publish(dataset)) == {"new": notes}
    assert collection.db.list("select id from notes where id not in (select nid from cards)") == []
    assert (notes, cards) == (collection.note_count(), collection.card_count())
    assert collection.fix_integrity()[1]
    assert list(collection.get_empty_cards().notes) == []
    check = collection.media.check()
    assert (list(check.missing), list(check.unused)) == ([], [])
    for note in package.notes[:: max(1, notes // 20)]:
        card = note_of(collection, note.fields[0]).cards()[0]
        assert collection.decks.name(card.did) == note.deck


def test_every_card_asks_and_answers(collection: Any, dataset: Dataset, publish: Callable[..., Path]) -> None:
    take_in(collection, publish(dataset))
    citations = {row["id"]: citing.text(str(row["citation"]).rstrip(". ")) for row in dataset.tables["sources"]}
    for id in collection.find_cards(""):
        card = collection.get_card(id)
        note = card.note()
        key = note["Key"]
        rendered = card.render_output()
        front, back = rendered.question_text, rendered.answer_text
        assert "has a problem" not in front + back
        assert "{{" not in front + back
        assert re.sub("<[^>]*>", "", front).strip(), key
        owner, topic = key.split(".")
        template = card.template()["name"]
        if template == "Reverse":
            assert note["Muscle"].lower() not in front.lower(), key
            assert note["Muscle"] in back.partition("<hr")[2], key
            continue
        if topic in ("members", "diagram"):
            continue
        subject = dataset.muscles.get(owner) or dataset.groups[owner]
        for stated in subjects.preferred(subject.about(topic)):
            words = citing.text(as_its_part_says(dataset, owner, stated))
            asked = words if template == "Question" else stated.row.get("levels") or stated.row.get("segments")
            if template == "Question" or f"{asked}</li>" in back:
                assert not asked or asked.lower() not in re.sub("<[^>]*>", "", front).lower(), key
            assert words in back.partition("<details>")[0], key
            assert citations[stated.source] in back, key


def test_members_of_a_group_are_not_given_away(dataset: Dataset) -> None:
    for note in deck.build(dataset, Ledger())[0].notes:
        owner, topic = note.fields[0].split(".")
        if topic == "members":
            subject = dataset.muscles.get(owner) or dataset.groups[owner]
            inner = subjects.members(dataset, subject)
            assert len(inner) > 1
            for each in inner:
                assert subjects.part_name(subject, each) in note.fields[4]
                assert each.name not in note.fields[3]


def test_a_second_import_changes_nothing(collection: Any, mini: Dataset, publish: Callable[..., Path]) -> None:
    folder = publish(mini)
    new = take_in(collection, folder)["new"]
    assert take_in(collection, folder) == {"duplicate": new}
    maps = len(collection.find_notes("note:*Diagram"))
    assert maps > 0
    assert take_in_text(collection, folder) == {"duplicate": new - maps}  # text carries no pictures


def test_new_cards_come_in_anatomical_order(collection: Any, mini: Dataset, publish: Callable[..., Path]) -> None:
    take_in(collection, publish(mini))
    learnt = collection.db.list("select n.guid from cards c join notes n on n.id=c.nid where c.ord=0 order by c.due")
    assert [note.guid for note in deck.build(mini, Ledger())[0].notes] == learnt


def test_one_changed_fact_updates_one_note_and_keeps_what_was_learnt(
    collection: Any, mini: Dataset, publish: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    new = take_in(collection, publish(mini))["new"]
    key = some_key(mini)
    other = next(note for note in map(collection.get_note, collection.find_notes("")) if note["Key"] != key)
    other.tags.append("mine")
    collection.update_note(other)
    study(collection, key, other["Key"])
    before, log = collection.db.all(SNAPSHOT), collection.db.scalar("select count() from revlog")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", LATER)
    assert take_in(collection, publish(restated(mini, key, text="elsewhere"))) == {"updated": 1, "duplicate": new - 1}
    assert "elsewhere" in note_of(collection, key)["Answer"]
    assert before == collection.db.all(SNAPSHOT)
    assert log == collection.db.scalar("select count() from revlog") == 2
    assert "mine" in collection.get_note(other.id).tags


@pytest.mark.parametrize("touch", ["edit", "tag"])
def test_a_note_that_was_touched_after_the_release_gets_its_correction_with_always_only(
    touch: str, collection: Any, mini: Dataset, publish: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")  # before today, when the learner does this
    new = take_in(collection, publish(mini))["new"]
    key = some_key(mini)
    note = note_of(collection, key)
    if touch == "edit":
        note["MyNotes"] = "my own words"
    note.tags.append("mine")
    collection.update_note(note)
    study(collection, key)
    flagged = note.cards()[0].id
    collection.set_user_flag_for_cards(3, [flagged])
    before = collection.db.all(SNAPSHOT)
    folder = publish(restated(mini, key, text="elsewhere"))
    assert take_in(collection, folder) == {"duplicate": new}  # without a word
    assert "elsewhere" not in note_of(collection, key)["Answer"]
    assert take_in(collection, folder, update_notes=1) == {"updated": 1, "duplicate": new - 1}
    corrected = note_of(collection, key)
    assert "elsewhere" in corrected["Answer"]
    assert (corrected["MyNotes"], "mine" in corrected.tags) == ("", False)
    assert (collection.get_card(flagged).user_flag(), before) == (3, collection.db.all(SNAPSHOT))


def test_a_rehearsal_tells_what_becomes_of_a_note_that_the_learner_edited(
    mini: Dataset, publish: Callable[..., Path]
) -> None:
    pytest.importorskip("anki")
    old, new = publish(mini), publish(restated(mini, some_key(mini), text="elsewhere"))
    script = Path(__file__).parent.parent / "tools" / "anki_rehearsal.py"
    for packages in ((new, old), (new,)):
        run: list[str | Path] = [sys.executable, script, *(folder / "backdata.apkg" for folder in packages)]
        went = json.loads(subprocess.run(run, capture_output=True, encoding="utf-8", check=True).stdout)
        assert went["then"]["updated"] == len(packages) - 1
        assert went["edited"] == {"kept_by_default": True, "corrected_by_always": True, "learnt": True}


def test_a_note_that_was_touched_before_the_release_gets_its_correction_by_default(
    collection: Any, mini: Dataset, publish: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    new = take_in(collection, publish(mini))["new"]
    key = some_key(mini)
    note = note_of(collection, key)
    note.tags.append("mine")
    collection.update_note(note)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", LATER)
    assert take_in(collection, publish(restated(mini, key, text="elsewhere"))) == {"updated": 1, "duplicate": new - 1}
    assert "mine" not in note_of(collection, key).tags


def test_the_deck_and_the_docs_call_the_choices_of_an_import_as_anki_does(collection: Any, mini: Dataset) -> None:
    said = collection.tr
    choices = {
        said.importing_update_notes(), said.importing_update_notetypes(), said.importing_update_always(),
        said.importing_update_if_newer(), said.importing_merge_notetypes(),
    }  # fmt: skip
    docs = (Path(__file__).parent.parent / "docs" / "using.md").read_text("utf-8").partition("## Anki")[2]
    for words in (deck.build(mini, Ledger())[0].decks[0].description, docs):
        named = {part for each in re.findall(r"(?<!\*)\*([A-Z][^*]+)\*(?!\*)", words) for part in each.split(": ")}
        assert named == choices


def test_the_text_refreshes_the_folded_facts_of_the_other_cards(
    collection: Any, mini: Dataset, publish: Callable[..., Path]
) -> None:
    take_in(collection, publish(mini))
    key = some_key(mini)
    study(collection, key)
    before = collection.db.all(SNAPSHOT)
    id, topic = key.split(".")
    sister = next(f"{id}.{each.topic}" for each in mini.muscles[id].facts if each.topic != topic)
    folder = publish(restated(mini, key, text="elsewhere"))
    assert take_in(collection, folder)["updated"] == 1
    assert "elsewhere" not in note_of(collection, sister)["Extra"]
    take_in_text(collection, folder)
    assert "elsewhere" in note_of(collection, sister)["Extra"]
    assert before == collection.db.all(SNAPSHOT)


def test_a_withdrawn_card_is_told_to_those_who_have_it(
    collection: Any, mini: Dataset, publish: Callable[..., Path]
) -> None:
    new = take_in(collection, publish(mini))["new"]
    study(collection, some_key(mini))
    id = some_key(mini).partition(".")[0]
    gone = sum(note.fields[0].partition(".")[0] == id for note in deck.build(mini, Ledger())[0].notes)
    said = gone + 2  # its group is too small now to be asked for its members, and for names on its map
    assert take_in(collection, publish(without(mini, id))) == {"updated": said, "duplicate": new - said}
    retired = collection.find_notes("tag:backdata::retired")
    assert len(retired) == said
    for card in (card for note in retired for card in collection.get_note(note).cards()):
        rendered = card.render_output()
        assert "Withdrawn:" in rendered.question_text
        assert "This question is no longer asked." in rendered.answer_text
        assert not collection.decks.name(card.did).endswith("Withdrawn")  # what a learner has stays where it is


def test_a_new_learner_finds_withdrawn_cards_in_a_deck_of_their_own(
    collection: Any, mini: Dataset, publish: Callable[..., Path]
) -> None:
    publish(mini)
    take_in(collection, publish(without(mini, some_key(mini).partition(".")[0])))
    withdrawn = set(collection.find_notes("deck:*::9*"))
    assert withdrawn and withdrawn == set(collection.find_notes("tag:backdata::retired"))


def test_cards_are_there_when_they_are_asked_for(
    collection: Any, dataset: Dataset, publish: Callable[..., Path]
) -> None:
    take_in(collection, publish(dataset))
    cards = {
        card.template()["name"]: card.render_output()
        for card in note_of(collection, "latissimus-dorsi.innervation").cards()
    }
    assert list(cards) == ["Question", "Reverse", "Levels"]
    assert "Which muscle of the back is supplied by the thoracodorsal nerve" in cards["Reverse"].question_text
    assert '<p class="name">latissimus dorsi</p>' in cards["Reverse"].answer_text
    assert "C6–C8" not in cards["Levels"].question_text
    assert "C6–C8" in cards["Levels"].answer_text
    assert [card.template()["name"] for card in note_of(collection, "latissimus-dorsi.action").cards()] == ["Question"]


def test_the_deck_says_version_licence_sources_and_how_to_update(
    collection: Any, mini: Dataset, publish: Callable[..., Path]
) -> None:
    take_in(collection, publish(mini))
    root = collection.decks.by_name("Backdata – Muscles of the back")
    assert root["md"]
    for words in ("Version ", "CC BY 4.0", "Sources:", "*Update notes: Always*", "tag:backdata::retired"):
        assert words in root["desc"]
    assert collection.decks.all_config() == [collection.decks.get_config(1)]  # no settings are imposed


def test_pictures_arrive(collection: Any, mini: Dataset, publish: Callable[..., Path]) -> None:
    take_in(collection, publish(mini))
    media = deck.build(mini, Ledger())[0].media
    assert {path.name: path.read_bytes() for path in Path(collection.media.dir()).iterdir()} == media
    assert list(collection.media.check().missing) == list(collection.media.check().unused) == []
    for note in map(collection.get_note, collection.find_notes("note:*Fact")):
        owner, topic = note["Key"].split(".")
        of_topic = f'<img src="bd-{owner}-{topic}-'
        asked = topic in figures.DRAWN and owner in mini.muscles
        drawn = asked and figures.drawable(mini, owner, [topic])
        assert note["Picture"].startswith(of_topic) is drawn, note["Key"]
        assert of_topic not in note["Extra"]
        assert f'<img src="bd-{owner}-' in note["Extra"]


def test_anki_reads_the_names_that_a_map_hides(collection: Any, dataset: Dataset, publish: Callable[..., Path]) -> None:
    take_in(collection, publish(dataset))
    found = collection.find_notes("note:*Diagram")
    assert len(found) == len(systems(dataset))
    for id in found:
        note = collection.get_note(id)
        parsed = collection.get_image_occlusion_note(id).note
        owner, _ = note["Key"].split(".")
        assert parsed.image_file_name == re.findall('src="([^"]+)"', note["Image"])[0]
        assert "which muscle is drawn in this colour?" in parsed.header
        shapes = [shape for each in parsed.occlusions for shape in each.shapes]
        whole = [each for each in muscles(dataset, dataset.groups[owner]) if not each.part_of]
        assert len(shapes) == len(note.cards()) == len(whole), owner
        for shape in shapes:
            place = {each.name: float(each.value) for each in shape.properties if each.name in ("left", "top", "width")}
            assert 0 < place["left"] < place["left"] + place["width"] < 0.6, owner
            assert 0.05 < place["top"] < 0.95


def test_what_is_hidden_on_a_map_is_the_name_of_the_muscle(dataset: Dataset) -> None:
    """Judged by the picture itself: the letters under each region are those of the name."""
    for system, picture, boxes in diagrams.diagrams(dataset):
        svg = picture.svg.decode()
        _, _, wide, high = map(float, re.findall('viewBox="([^"]+)"', svg)[0].split())
        for id, (left, top, width, height) in boxes.items():
            under = [
                words
                for x, y, words in re.findall(r'<text x="([0-9.]+)" y="([0-9.]+)"[^>]*>([^<]+)</text>', svg)
                if left * wide <= float(x) <= (left + width) * wide and top * high <= float(y) <= (top + height) * high
            ]
            assert " ".join(under) == dataset.muscles[id].name, system.id


def test_a_hidden_name_keeps_its_number_when_another_joins(dataset: Dataset) -> None:
    before = {draft.key: draft.entry for draft in notes.maps(without(dataset, "rhomboid-major"), {})}
    after = {draft.key: draft for draft in notes.maps(dataset, before)}
    assert after["superficial.diagram"].facts == (*before["superficial.diagram"].facts, "rhomboid-major")
    assert after["superficial.diagram"].cards == (0, 1, 2, 3, 4)
    gone = {draft.key: draft for draft in notes.maps(without(dataset, "latissimus-dorsi"), before)}
    assert gone["superficial.diagram"].cards == (0, 2, 3, 4)  # its number is nobody else's


def test_a_picture_shows_the_topic_of_its_card_only(mini: Dataset) -> None:
    picture = pictures.of(mini, mini.muscles["rhomboid-minor"], "origin")
    moved = restated(mini, "rhomboid-minor.insertion", row={"structure": "rib", "levels": "R2"})
    assert picture is not None
    assert pictures.of(moved, moved.muscles["rhomboid-minor"], "origin") == picture
    assert re.fullmatch(r"bd-rhomboid-minor-origin-[0-9a-f]{8}\.svg", picture.name)
    assert pictures.of(mini, mini.muscles["rhomboid-minor"], "action") is None


def test_the_ledger_can_be_read_line_by_line(mini: Dataset, publish: Callable[..., Path]) -> None:
    path = publish(mini) / deck.LEDGER
    raw = json.loads(path.read_bytes())
    assert {"hash", "mod", "key", "muscle", "question", "facts"} == set(
        raw["notes"]["backdata:back:en:trapezius.action"]
    )
    assert len(path.read_text("utf-8").splitlines()) == len(raw["notes"]) + len(raw["note_types"]) + 7
