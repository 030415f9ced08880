"""The spine maps, read as a person reads them: which sign stands at which level, full, hollow or hatched, and in what words."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, fromstring

import pytest

from backdata import figures
from backdata.anatomy import atlas
from backdata.anatomy.levels import parse
from backdata.exporters.figures import write_figures
from backdata.figures import places
from backdata.figures.raster import png
from backdata.model import Dataset, Fact, Row

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SVG = "{http://www.w3.org/2000/svg}"
SMALLEST = 11.0


@pytest.fixture(scope="module")
def maps(dataset: Dataset) -> dict[str, str]:
    """Every picture by the id of its muscle or group."""
    return {id: figures.svg(dataset, id) for id in figures.drawn(dataset)}


@pytest.fixture(scope="module")
def trees(maps: Mapping[str, str]) -> dict[str, Element]:
    return {id: fromstring(svg) for id, svg in maps.items()}


def classed(tree: Element, name: str) -> list[Element]:
    return [each for each in tree.iter() if each.get("class") == name]


def middle(mark: Element) -> tuple[float, float]:
    """Where a sign stands: its last shape is the sign itself."""
    shape = [each for each in mark.iter() if each.tag not in (f"{SVG}title", f"{SVG}text")][-1]
    if shape.tag == f"{SVG}circle":
        return float(shape.get("cx", "")), float(shape.get("cy", ""))
    if shape.tag == f"{SVG}rect":
        half = float(shape.get("width", "")) / 2
        return float(shape.get("x", "")) + half, float(shape.get("y", "")) + half
    corners = [float(n) for n in re.findall(r"-?[\d.]+", shape.get("d", ""))]
    return sum(corners[0::2]) / 4, sum(corners[1::2]) / 4


def fill(mark: Element) -> str:
    return str([each for each in mark.iter() if each.get("fill")][-1].get("fill"))


def cells(tree: Element) -> dict[str, tuple[float, float]]:
    """Level → upper and lower edge of its cell on the scale, found by the word that is written in it."""
    boxes = [(float(e.get("x", 0)), float(e.get("y", 0)), float(e.get("height", 0))) for e in tree.iter(f"{SVG}rect")]
    found = {}
    for text in tree.iter(f"{SVG}text"):
        if re.fullmatch(r"Occ|[CTLS]\d+", text.text or ""):
            x, y = float(text.get("x", 0)), float(text.get("y", 0)) - 4
            edges = [
                (top, top + tall)
                for left, top, tall in boxes
                if left < x < left + 26 and top <= y <= top + tall and tall < 200
            ]
            found[str(text.text)] = edges[0]
    return found


def words(tree: Element) -> str:
    return " ".join(each.text or "" for each in tree.iter(f"{SVG}text"))


def taught(dataset: Dataset, id: str) -> list[Fact]:
    """The preferred origins and insertions with levels."""
    facts = [f for f in dataset.muscles[id].facts if f.topic in ("origin", "insertion")]
    return [f for f in facts if f.reading == "preferred" and f.levels]


def redrawn(dataset: Dataset, id: str, table: str, row: str, **changed: str | None) -> Element:
    """The picture after some cells of the preferred row of an item were changed."""
    muscle, end, item = row.split(".")

    def edited(each: Row) -> Row:
        topic = each.get("end") or "innervation"
        here = (each.get("muscle"), topic, each.get("item"), each.get("reading")) == (muscle, end, item, "preferred")
        return {**each, **changed} if here else each

    tables = {**dataset.tables, table: tuple(edited(each) for each in dataset.tables[table])}
    return fromstring(figures.svg(atlas.build(tables), id))


# Levels


def test_every_preferred_level_is_marked_once_at_its_height(dataset: Dataset, trees: Mapping[str, Element]) -> None:
    for id in dataset.muscles:
        marks, scale = classed(trees[id], "mark"), cells(trees[id])
        for fact in taught(dataset, id):
            for level in fact.levels.all if fact.levels else ():
                here = [
                    m
                    for m in marks
                    if (m.get("data-end"), m.get("data-structure"), m.get("data-level"))
                    == (fact.topic, fact.structure, level)
                ]
                assert len(here) == 1, (id, fact.text, level)
                if not level.startswith("R"):
                    top, bottom = scale[level]
                    assert top - 0.7 <= middle(here[0])[1] <= bottom + 0.7, (id, fact.text, level)


def test_no_level_is_marked_twice(dataset: Dataset, trees: Mapping[str, Element]) -> None:
    for id in dataset.muscles:
        marks = [m for m in classed(trees[id], "mark") if m.get("data-level")]
        counted = Counter((m.get("data-end"), m.get("data-structure"), m.get("data-level")) for m in marks)
        assert set(counted.values()) <= {1}, id


def test_a_rib_is_marked_on_the_rib_and_numbered(trees: Mapping[str, Element]) -> None:
    tree = trees["serratus-posterior-inferior"]
    numbers = {
        e.text: (float(e.get("x", 0)), float(e.get("y", 0)) - 3.5) for g in classed(tree, "rib-numbers") for e in g
    }
    for mark in classed(tree, "mark"):
        if (mark.get("data-level") or "").startswith("R") and mark.get("data-state") != "others contested":
            x, y = middle(mark)
            beside = numbers[str(mark.get("data-level"))[1:]]
            assert 4 < beside[0] - x < 14
            assert abs(beside[1] - y) < 4


def test_no_sign_lies_under_the_number_of_a_rib(trees: Mapping[str, Element]) -> None:
    for id in ("serratus-posterior-inferior", "longissimus-thoracis", "iliocostalis-lumborum", "latissimus-dorsi"):
        signs = [middle(m) for m in classed(trees[id], "mark") if (m.get("data-level") or "").startswith("R")]
        for text in (e for g in classed(trees[id], "rib-numbers") for e in g):
            x, y = float(text.get("x", 0)), float(text.get("y", 0)) - 4
            wide = 6.5 * len(text.text or "")
            assert not [s for s in signs if x - 2 < s[0] < x + wide + 2 and abs(s[1] - y) < 7.5], (id, text.text)


@pytest.mark.parametrize("end", ["origin", "insertion"])
def test_bars_beside_the_scale_stand_at_the_same_levels(
    end: str, dataset: Dataset, trees: Mapping[str, Element]
) -> None:
    for id in dataset.muscles:
        scale = cells(trees[id])
        levels = {
            level.replace("R", "T")
            for f in taught(dataset, id)
            if f.topic == end
            for level in (f.levels.all if f.levels else ())
        }
        bars = {b.get("data-level"): b for b in classed(trees[id], "bar") if b.get("data-end") == end}
        assert levels <= bars.keys(), id
        for level, bar in bars.items():
            top = float(bar.get("y", 0))
            assert scale[str(level)][0] - 1 < top < scale[str(level)][0] + 2


def test_levels_found_sometimes_are_hollow_and_contested_ones_hatched(trees: Mapping[str, Element]) -> None:
    marks = {
        str(m.get("data-level")): m
        for m in classed(trees["splenius-capitis"], "mark")
        if m.get("data-structure") == "spinous-process"
    }
    assert fill(marks["T2"]) == "#c8461a"  # all sources agree
    assert fill(marks["T4"]) == "#fffdf8"  # in parentheses
    assert fill(marks["C7"]).startswith("url(#")  # one source begins at T1
    assert fill(marks["C5"]).startswith("url(#")  # other sources only
    assert fill(marks["C5"]) != fill(marks["C7"])
    assert marks["C5"].get("data-state") == "others contested"
    assert "C8" not in marks


def test_what_no_source_doubts_is_not_hatched(dataset: Dataset, trees: Mapping[str, Element]) -> None:
    for id, muscle in dataset.muscles.items():
        if all(fact.reading == "preferred" for fact in muscle.facts if fact.topic != "blood_supply"):
            assert "url(#" not in "".join(str(fill(m)) for m in classed(trees[id], "mark")), id
            assert "contested" not in words(trees[id])
    assert "contested: stated by some sources only" in words(trees["splenius-capitis"])


def test_a_moved_level_moves_its_mark(dataset: Dataset, trees: Mapping[str, Element]) -> None:
    def lowest(tree: Element) -> tuple[str, float]:
        marks = [
            m
            for m in classed(tree, "mark")
            if m.get("data-end") == "origin" and m.get("data-state") != "others contested"
        ]
        last = max((m for m in marks if m.get("data-level")), key=lambda m: middle(m)[1])
        return str(last.get("data-level")), middle(last)[1]

    moved = redrawn(dataset, "rhomboid-major", "attachments", "rhomboid-major.origin.1", levels="T2–T8")
    assert lowest(trees["rhomboid-major"])[0] == "T5"
    level, y = lowest(moved)
    assert level == "T8"
    assert cells(moved)["T8"][0] < y < cells(moved)["T8"][1]
    assert "T2–T8" in words(moved)


def test_one_process_that_is_origin_and_insertion_shows_both(trees: Mapping[str, Element]) -> None:
    marks = [m for m in classed(trees["interspinales-cervicis"], "mark") if m.get("data-level") == "C5"]
    origin, insertion = sorted(marks, key=lambda m: m.get("data-end") == "insertion")
    assert middle(insertion)[1] - middle(origin)[1] > 5  # fibres come to the lower border, and leave from the upper


# Fibres


def ends(tree: Element) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    found = []
    for group in classed(tree, "fibres"):
        for course in group:
            for strand in re.findall(r"M(\S+) (\S+)q\S+ \S+ (\S+) ([^\sM]+)", course.get("d", "")):
                x, y, wide, tall = map(float, strand)
                found.append(((x, y), (x + wide, y + tall)))
    return found


@pytest.mark.parametrize(
    "id",
    [
        "multifidus-thoracis",
        "rotatores-thoracis",
        "levatores-costarum-breves",
        "splenius-cervicis",
        "longissimus-cervicis",
    ],
)
def test_fibres_run_between_marked_places_only(id: str, trees: Mapping[str, Element]) -> None:
    marks = {
        end: [middle(m) for m in classed(trees[id], "mark") if m.get("data-end") == end]
        for end in ("origin", "insertion")
    }
    strands = ends(trees[id])
    assert strands
    for start, end in strands:
        assert any(abs(start[0] - x) < 0.3 and abs(start[1] - y) < 0.3 for x, y in marks["origin"])
        assert any(abs(end[0] - x) < 0.3 and abs(end[1] - y) < 0.3 for x, y in marks["insertion"])


def test_segmental_muscles_take_their_steps(trees: Mapping[str, Element]) -> None:
    tree = trees["multifidus-thoracis"]
    scale = {level: sum(edges) / 2 for level, edges in cells(tree).items()}
    order = [level for level in scale if level[0] in "CTL"]

    def level(y: float) -> int:
        return min(range(len(order)), key=lambda n: abs(scale[order[n]] - y))

    steps = Counter(level(start[1]) - level(end[1]) for start, end in ends(tree))
    assert set(steps) == {2, 3, 4}


@pytest.mark.parametrize(
    ("id", "outward", "down"),
    [
        ("splenius-capitis", True, False), ("splenius-cervicis", True, False), ("semispinalis-capitis", False, False),
        ("multifidus-lumborum", False, False), ("rotatores-thoracis", False, False), ("rotatores-cervicis", False, False),
        ("serratus-posterior-superior", True, True), ("serratus-posterior-inferior", True, False),
        ("levatores-costarum-breves", True, True), ("levatores-costarum-longi", True, True), ("rhomboid-major", True, True),
        ("trapezius-ascending", True, False), ("latissimus-dorsi", True, False), ("levator-scapulae", True, True),
        ("obliquus-capitis-inferior", True, False), ("rectus-capitis-anterior", False, False),
    ],
)  # fmt: skip
def test_fibres_run_as_anatomists_know_them(id: str, outward: bool, down: bool, trees: Mapping[str, Element]) -> None:
    strands = ends(trees[id])
    assert strands
    sideways = sum(end[0] - start[0] for start, end in strands)
    downwards = sum(end[1] - start[1] for start, end in strands)
    assert (sideways > 0, downwards > 0) == (outward, down)


def starts(tree: Element, name: str) -> list[tuple[float, float]]:
    """Where the courses in groups of a class begin."""
    courses = [course.get("d", "") for group in classed(tree, name) for course in group.iter(f"{SVG}path")]
    return [(float(x), float(y)) for data in courses for x, y in re.findall(r"M(\S+) (\S+)q", data)]


@pytest.mark.parametrize("id", ["multifidus-thoracis", "multifidus-cervicis", "rotatores-thoracis"])
def test_no_level_of_a_segmental_muscle_is_without_fibres(id: str, trees: Mapping[str, Element]) -> None:
    tree = trees[id]
    reached = [point for strand in ends(tree) for point in strand] + starts(tree, "running-out")
    for mark in classed(tree, "mark"):
        if mark.get("data-level") and mark.get("data-state") != "others contested":
            x, y = middle(mark)
            assert any(abs(x - to_x) < 0.3 and abs(y - to_y) < 0.3 for to_x, to_y in reached), mark[0].text


def test_bundles_that_end_on_the_neighbouring_part_run_out_of_the_picture_and_through_the_group(
    trees: Mapping[str, Element],
) -> None:
    scale = cells(trees["multifidus-thoracis"])
    stubs = starts(trees["multifidus-thoracis"], "running-out")
    for level in ("T1", "T2", "T11", "T12"):
        assert any(scale[level][0] < y < scale[level][1] for _, y in stubs), level
    assert "runs on to the neighbouring part" in words(trees["multifidus-thoracis"])
    assert not classed(trees["interspinales-thoracis"], "running-out")
    scale = cells(trees["multifidi"])
    strands = ends(trees["multifidi"])
    assert [end for start, end in strands if scale["T1"][0] < start[1] < scale["T1"][1] if end[1] < scale["C6"][1]]
    assert [end for start, end in strands if scale["L2"][0] < start[1] < scale["L2"][1] if end[1] < scale["T12"][1]]


@pytest.mark.parametrize("id", ["latissimus-dorsi", "superficial"])
def test_the_tendon_of_latissimus_is_twisted(id: str, trees: Mapping[str, Element]) -> None:
    """The fibres from the uppermost spines end lowest in the groove, those from the iliac crest highest."""
    scale = cells(trees[id])
    strands = [
        (start, end) for start, end in ends(trees[id]) if end[0] > 440 and scale["T4"][0] < end[1] < scale["T6"][1]
    ]
    upper = [end[1] for start, end in strands if start[0] < 308 and start[1] < scale["T8"][1]]
    iliac = [end[1] for start, end in strands if start[0] > 350 and start[1] > scale["L3"][1]]
    assert upper and iliac
    assert min(upper) > max(iliac) + 4


def test_rhomboid_minor_lies_above_major(trees: Mapping[str, Element]) -> None:
    def lowest_insertion(id: str) -> float:
        """In parts of the way from T1 to T7, as the two pictures have their own scales."""
        scale = cells(trees[id])
        return (max(end[1] for _, end in ends(trees[id])) - scale["T1"][0]) / (scale["T4"][1] - scale["T1"][0])

    assert lowest_insertion("rhomboid-minor") < lowest_insertion("rhomboid-major")


def test_the_lumbar_part_of_longissimus_runs_upwards_behind_its_fascia(trees: Mapping[str, Element]) -> None:
    tree = trees["longissimus-thoracis-lumborum"]
    assert all(end[1] < start[1] for start, end in ends(tree))
    fascia = next(m for m in classed(tree, "mark") if m.get("data-structure") == "thoracolumbar-fascia")
    tips = [m for m in classed(tree, "mark") if m.get("data-structure") == "costal-process"]
    x, y = middle(fascia)
    assert x > max(
        middle(tip)[0] for tip in tips if middle(tip)[1] > y - 40 and middle(tip)[1] < y + 20
    )  # hung on their tips
    assert cells(tree)["L4"][0] < y < cells(tree)["L4"][1]
    reached = [end for _, end in ends(tree)]
    for mark in classed(tree, "mark"):
        if mark.get("data-end") == "insertion" and mark.get("data-level"):
            assert any(abs(middle(mark)[0] - x) + abs(middle(mark)[1] - y) < 1 for x, y in reached), mark[0].text


def test_an_origin_along_processes_that_are_insertions_too_is_not_hidden(trees: Mapping[str, Element]) -> None:
    marks = classed(trees["longissimus-thoracis"], "mark")
    line = next(m for m in marks if m.get("data-structure") == "transverse-process" and not m.get("data-level"))
    squares = [m for m in marks if m.get("data-end") == "insertion" and m.get("data-structure") == "transverse-process"]
    assert all(
        abs(middle(line)[0] - middle(square)[0]) > 4 for square in squares if middle(square)[1] > middle(line)[1] - 30
    )


# Nerves


def test_nerve_roots_leave_above_their_vertebra_in_the_neck_and_below_it_elsewhere(
    trees: Mapping[str, Element],
) -> None:
    for id in ("iliocostalis-cervicis", "multifidus-thoracis", "multifidus-lumborum", "trapezius"):
        scale = cells(trees[id])
        for root in classed(trees[id], "root"):
            level, y = root.get("data-level"), middle(root)[1]
            if level is None:
                assert "accessory nerve" in "".join(root.itertext()).lower()
                assert y < scale["C1"][0]
            elif level == "C8":
                assert abs(y - scale["C7"][1]) < 1.2
            elif level in scale:
                assert abs(y - scale[level][0 if level[0] == "C" else 1]) < 1.2, (id, level)


def test_a_cranial_nerve_is_no_spinal_root_but_stands_by_its_number(trees: Mapping[str, Element]) -> None:
    for id in ("trapezius", "trapezius-ascending"):
        cranial = [r for r in classed(trees[id], "root") if r.get("data-level") is None]
        assert [words(r) for r in cranial] == ["XI"]
        assert not list(cranial[0].iter(f"{SVG}path"))  # the diamond is the sign of spinal nerves
        assert "accessory nerve, a cranial nerve" in words(trees[id])
    spinal = [r for r in classed(trees["trapezius"], "root") if r.get("data-level")]
    assert spinal and not [r for r in spinal if words(r)]
    assert "a cranial nerve" not in words(trees["rhomboid-major"])


def leaders(tree: Element) -> list[tuple[str | None, float, float, float]]:
    """The thin lines of the labels: colour, height, and from where to where they run level."""
    found = []
    for path in tree.iter(f"{SVG}path"):
        if line := re.fullmatch(r"M\S+ \S+L(\S+) (\S+)H(\S+)", path.get("d", "")):
            found.append((path.get("stroke"), float(line[2]), float(line[1]), float(line[3])))
    return found


def test_the_line_of_a_nerve_ends_at_a_root_and_no_other_line_runs_through_one(
    dataset: Dataset, trees: Mapping[str, Element]
) -> None:
    for id in dataset.muscles:
        roots = [middle(root) for root in classed(trees[id], "root")]
        for colour, height, first, last in leaders(trees[id]):
            near = [y for x, y in roots if first - 8 < x < last + 12 and abs(y - height) < 4.5]
            assert bool(near) is (colour == "#8a6a00"), (id, colour, height)


def test_the_line_of_a_label_ends_at_a_level_of_which_it_speaks(trees: Mapping[str, Element]) -> None:
    """T1–T3 and T11–T12, but not half way between."""
    tree = trees["interspinales-thoracis"]
    scale = cells(tree)
    for _, height, *_ in leaders(tree):
        assert scale["T1"][0] < height < scale["T3"][1] + 1 or scale["T11"][0] < height < scale["T12"][1] + 1


def test_roots_are_those_of_the_data(trees: Mapping[str, Element]) -> None:
    states = {str(r.get("data-level")): str(r.get("data-state")) for r in classed(trees["rhomboid-major"], "root")}
    assert states == {"C4": "sure contested", "C5": "sure", "C6": "others contested"}
    assert "dorsal scapular nerve (C4–C5)" in words(trees["rhomboid-major"])


# Groups


def test_a_group_names_all_its_muscles_and_draws_them(dataset: Dataset, trees: Mapping[str, Element]) -> None:
    for id in dataset.groups:
        said = words(trees[id])
        members = [m for m in dataset.muscles.values() if not m.part_of and id in dataset.groups[m.group].path]
        assert members
        assert [m.name for m in members if m.name not in said] == []
        drawn = ["".join(g[0].itertext()) for g in classed(trees[id], "member")]
        assert sorted(drawn) == sorted(m.name for m in members)


def test_muscles_of_a_small_group_have_colours_of_their_own(trees: Mapping[str, Element]) -> None:
    colours = [g.get("stroke") for g in classed(trees["superficial"], "fibres")]
    assert len(colours) == len(set(colours)) == 5


def test_what_lies_on_the_front_is_ringed_in_groups_too(trees: Mapping[str, Element]) -> None:
    for id in ("suboccipital-anterior", "superficial", "intertransversarii"):
        assert classed(trees[id], "front"), id
        assert "seen through the bone" in words(trees[id])
    assert not classed(trees["suboccipital-posterior"], "front")
    assert "seen through" not in words(trees["suboccipital-posterior"])


def dots(member: Element) -> set[tuple[int, int]]:
    courses = [path.get("d", "") for path in member.iter(f"{SVG}path") if path.get("class") != "band"]
    return {(int(x), int(y)) for data in courses for x, y in re.findall(r"M(-?\d+) (-?\d+)h", data)}


def test_no_muscle_of_a_small_group_hides_the_marks_of_another(trees: Mapping[str, Element]) -> None:
    for id in (
        "superficial",
        "suboccipital-posterior",
        "spinotransverse",
        "multifidi",
        "longissimus",
        "levatores-costarum",
    ):
        members = [dots(member) for member in classed(trees[id], "member")]
        for n, own in enumerate(members):
            assert not [
                d for other in members[n + 1 :] for d in other if {d, (d[0] + 1, d[1]), (d[0] - 1, d[1])} & own
            ], id


def test_lines_of_attachment_are_drawn_in_groups(trees: Mapping[str, Element]) -> None:
    """No fibre of the latissimus begins in the air: the thoracolumbar fascia is a band in the muscle's colour."""
    bands = {band.get("stroke") for band in classed(trees["superficial"], "band")}
    assert bands == {group.get("stroke") for group in classed(trees["superficial"], "fibres")}


def test_very_many_muscles_are_sheets_and_no_tangle(trees: Mapping[str, Element]) -> None:
    assert not classed(trees["deep"], "fibres")
    assert len(classed(trees["deep"], "sheet")) == 11
    assert "Each set of muscles as one sheet" in words(trees["deep"])
    assert classed(trees["erector-spinae"], "fibres") and not classed(trees["erector-spinae"], "sheet")


# Words


def test_everything_is_said_in_words(dataset: Dataset, trees: Mapping[str, Element]) -> None:
    for id, muscle in dataset.muscles.items():
        title, description = trees[id][0], trees[id][1]
        assert trees[id].get("role") == "img"
        assert trees[id].get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        assert muscle.name.lower() in (title.text or "").lower()
        for fact in muscle.facts:
            if fact.topic in figures.DRAWN:
                assert fact.text in (description.text or ""), (id, fact.text)


def test_marks_say_what_they_are(trees: Mapping[str, Element]) -> None:
    said = {m[0].text for m in classed(trees["splenius-capitis"], "mark")}
    assert {
        "Origin: spinous process of T2",
        "Insertion: mastoid process",
        "Origin: spinous process of T4, sometimes",
    } <= said


def test_names_are_escaped(dataset: Dataset) -> None:
    muscle = replace(dataset.muscles["rhomboid-major"], name='<b>"rhomboid" & major', latin="M. <x>")
    tree = fromstring(figures.svg(replace(dataset, muscles={**dataset.muscles, muscle.id: muscle}), muscle.id))
    assert '<b>"rhomboid" & major' in words(tree)


def test_a_small_data_set_is_drawn_too(mini: Dataset) -> None:
    drawn = figures.drawn(mini)
    assert drawn
    for id in (*mini.muscles, *mini.groups):
        assert fromstring(figures.svg(mini, id)).get("role") == "img"
    bare = atlas.build({**mini.tables, "attachments": (), "innervations": ()})
    assert figures.drawn(bare) == []
    assert all(fromstring(figures.svg(bare, id)).get("role") == "img" for id in (*bare.muscles, *bare.groups))


def test_an_unknown_id_is_refused(dataset: Dataset) -> None:
    with pytest.raises(KeyError):
        figures.svg(dataset, "no-such-muscle")


# Structures that an editor adds


def with_structure(dataset: Dataset, **cells: str | None) -> Element:
    row = {**dict.fromkeys(dataset.tables["structures"][0]), "id": "new-thing", "name": "new thing", **cells}
    tables = {**dataset.tables, "structures": (*dataset.tables["structures"], row)}
    changed = replace(dataset, tables=tables)
    levels = "T2–T5" if cells["levels_of"] != "none" else None
    return redrawn(
        changed, "rhomboid-major", "attachments", "rhomboid-major.origin.1", structure="new-thing", levels=levels
    )


def test_a_new_structure_with_levels_is_drawn_by_its_kind(dataset: Dataset) -> None:
    tree = with_structure(dataset, kind="lamina", levels_of="vertebra")
    assert [m.get("data-level") for m in classed(tree, "mark") if m.get("data-structure") == "new-thing"] == [
        "T2",
        "T3",
        "T4",
        "T5",
    ]


def test_a_new_structure_without_levels_is_drawn_where_it_is_found(dataset: Dataset) -> None:
    tree = with_structure(dataset, kind="ligament", levels_of="none", found_at="T1–T6")
    assert len([m for m in classed(tree, "mark") if m.get("data-structure") == "new-thing"]) == 1


def test_a_structure_without_a_place_is_named_and_not_dropped(dataset: Dataset) -> None:
    tree = with_structure(dataset, kind="upper limb", levels_of="none")
    assert not [m for m in classed(tree, "mark") if m.get("data-structure") == "new-thing"]
    assert re.search(r"Not drawn.*new thing", words(tree))


def test_levels_that_cannot_be_read_are_named_and_not_guessed(dataset: Dataset) -> None:
    tree = redrawn(dataset, "rhomboid-major", "attachments", "rhomboid-major.origin.1", levels="T2–C5")
    spines = [m for m in classed(tree, "mark") if m.get("data-structure") == "spinous-process"]
    assert [m for m in spines if m.get("data-state") != "others contested"] == []
    assert re.search(r"Not drawn.*spinous process", words(tree))


def test_every_structure_in_use_has_a_place(dataset: Dataset, trees: Mapping[str, Element]) -> None:
    assert [id for id in dataset.muscles if "Not drawn" in words(trees[id])] == []
    known = {row["id"]: row for row in dataset.tables["structures"]}
    assert {*places._LINES, *places.SEEN_THROUGH} <= known.keys()
    assert [id for id, row in known.items() if row["levels_of"] == "none" and not places.without_level(row)] == []
    levelled = [
        (row, parse(row["found_at"], row["levels_of"]).all) for row in known.values() if row["levels_of"] != "none"
    ]
    assert [(row["id"], level) for row, home in levelled for level in home if not places.at_level(row, level)] == []


# The page


def test_every_picture_says_that_it_is_seen_from_behind(trees: Mapping[str, Element]) -> None:
    from backdata.figures import lettering

    for id, tree in trees.items():
        said = [t for t in tree.iter(f"{SVG}text") if t.text == "seen from behind"]
        assert len(said) == 1, id
        left = 466 - lettering.width("seen from behind", 11)
        beside = [t for t in tree.iter(f"{SVG}text") if t.get("y") == said[0].get("y") and t is not said[0]]
        for text in beside:
            bold = text.get("font-weight") == "bold"
            assert 14 + lettering.width(text.text or "", float(text.get("font-size", 12)), bold) < left, id


def test_what_only_others_state_widens_no_picture_in_which_it_has_room(trees: Mapping[str, Element]) -> None:
    tree = trees["rotatores-cervicis"]  # others count the nerves of the whole spine
    assert "C1" in cells(tree)
    assert "T9" not in cells(tree)
    assert [r for r in classed(tree, "root") if r.get("data-state") == "others contested"]
    assert "nerve roots beyond this picture" in words(tree)
    assert "T7" in cells(trees["spinalis-capitis"])  # of marks none is left out
    assert "beyond this picture" not in words(trees["trapezius"])


def test_the_small_skeleton_covers_no_mark(dataset: Dataset, trees: Mapping[str, Element]) -> None:
    for id in dataset.muscles:
        frames = [r for r in trees[id].iter(f"{SVG}rect") if (r.get("width"), r.get("height")) == ("52", "94")]
        for frame in frames:
            x, y = float(frame.get("x", 0)), float(frame.get("y", 0))
            marks = [middle(m) for m in classed(trees[id], "mark")]
            assert not [m for m in marks if x - 4 < m[0] < x + 56 and y - 4 < m[1] < y + 98], id


def test_words_do_not_run_over_the_skull(trees: Mapping[str, Element]) -> None:
    from backdata.figures import lettering

    for id in ("suboccipital-anterior", "suboccipital-posterior"):
        skull = next(e for e in trees[id].iter(f"{SVG}g") if (e.get("transform") or "").startswith("translate"))
        found = re.findall(r"[\d.]+", skull.get("transform", ""))
        edge = float(found[0]) - 60 * float(found[2])
        lines = [t for t in trees[id].iter(f"{SVG}text") if t.get("x") == "14" and 66 < float(t.get("y", 0)) < 250]
        assert lines
        assert all(14 + lettering.width(t.text or "", 12) < edge for t in lines), id


def test_ribs_of_other_sources_lie_where_the_muscle_is_on_the_rib(trees: Mapping[str, Element]) -> None:
    """Iliocostalis goes to the angles; a source that only says "rib" means no place at the side of the chest."""
    marks = classed(trees["iliocostalis-lumborum"], "mark")
    ribs = {m.get("data-level"): middle(m)[0] for m in marks if (m.get("data-level") or "").startswith("R")}
    assert abs(ribs["R5"] - ribs["R6"]) < 15


def test_strands_along_the_midline_show_beside_the_spines(trees: Mapping[str, Element]) -> None:
    for id in ("spinalis-thoracis", "interspinales-cervicis"):
        courses = [p.get("d", "") for g in classed(trees[id], "fibres") for p in g]
        bows = [float(x) for data in courses for x in re.findall(r"q(\S+)", data)]
        assert bows
        assert min(bows) > 10


# The files


def test_files_are_standalone_small_and_legible(maps: Mapping[str, str], trees: Mapping[str, Element]) -> None:
    for id, svg in maps.items():
        assert svg.endswith("</svg>\n")
        assert len(svg.encode()) < 60_000, id
        tree, ids = trees[id], re.findall(r'\sid="([^"]*)"', svg)
        assert len(ids) == len(set(ids))
        assert all(re.fullmatch(r"[a-z][a-z0-9-]*", each) for each in ids)
        assert {*re.findall(r"url\(#([^)]*)\)", svg), *re.findall(r'href="#([^"]*)"', svg)} <= set(ids)
        assert not re.search(r"<(script|style|foreignObject|image)|currentColor|https?://(?!www\.w3\.org)", svg)
        width, height = float(tree.get("width", 0)), float(tree.get("height", 0))
        assert tree.get("viewBox") == f"0 0 {width:g} {height:g}"
        assert 420 <= width <= 520
        assert height <= 900
        sizes = [float(e.get("font-size", 99)) for e in tree.iter()]
        assert min(sizes) >= SMALLEST


def test_the_same_data_give_the_same_bytes_in_any_process(maps: Mapping[str, str]) -> None:
    code = (
        "import backdata, hashlib; from backdata import figures; d = backdata.load();"
        "print(hashlib.sha256(''.join(figures.svg(d, i) for i in figures.drawn(d)).encode()).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_a_picture_of_one_topic_knows_nothing_of_the_others(dataset: Dataset) -> None:
    origin = figures.svg(dataset, "rhomboid-major", ("origin",))
    moved = replace(dataset, muscles=atlas.build({**dataset.tables, "innervations": ()}).muscles)
    assert figures.svg(moved, "rhomboid-major", ("origin",)) == origin
    assert "nerve" not in words(fromstring(origin))
    assert "spinous processes of T2–T5" in words(fromstring(origin))


# As pixels


def test_a_picture_as_pixels_has_its_letters_and_is_always_the_same(maps: Mapping[str, str]) -> None:
    svg = maps["rhomboid-major"]
    drawn = png(svg, 300)
    assert drawn.startswith(b"\x89PNG")
    assert int.from_bytes(drawn[16:20], "big") == 300
    assert drawn == png(svg, 300)
    assert drawn != png(re.sub(r"<text.*?</text>", "", svg), 300)


def test_no_letters_of_the_system_are_used(
    maps: Mapping[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from backdata.figures import raster

    svg = maps["rhomboid-major"]
    monkeypatch.setattr(raster, "_LETTERS", tmp_path)
    assert png(svg, 300) == png(re.sub(r"<text.*?</text>", "", svg), 300)


def test_the_letters_know_every_sign_that_is_written(trees: Mapping[str, Element]) -> None:
    from backdata.figures import lettering, raster

    assert sum(file.stat().st_size for file in raster._LETTERS.glob("*.ttf")) < 60_000
    written = {letter for tree in trees.values() for letter in words(tree)}
    plain = {letter for letter in written if letter.isascii() or letter in "–’“”…·äöü"}
    assert written == plain
    assert lettering.width("m", 10) > lettering.width("i", 10)


# With a browser


BOXES = """() => [...document.querySelectorAll('text')].map(t => {
  const box = t.getBoundingClientRect();
  return [t.textContent, box.left, box.top, box.right, box.bottom];
})"""


def overlapping(boxes: list[tuple[str, float, float, float, float]]) -> list[tuple[str, str]]:
    found = []
    for place, (text, left, top, right, bottom) in enumerate(boxes):
        for other, o_left, o_top, o_right, o_bottom in boxes[place + 1 :]:
            wide, tall = min(right, o_right) - max(left, o_left), min(bottom, o_bottom) - max(top, o_top)
            if wide > 1 and tall > 3.5:
                found.append((text, other))
    return found


def test_labels_do_not_run_into_each_other_or_out_of_the_picture(
    browser: Browser, maps: Mapping[str, str], tmp_path: Path
) -> None:
    page = browser.new_page(viewport={"width": 480, "height": 900})
    for id in ("trapezius", "latissimus-dorsi", "iliocostalis-lumborum", "longissimus-thoracis", "multifidus-lumborum", "deep",
               "rotatores-thoracis", "obliquus-capitis-superior", "intertransversarii-anteriores-cervicis", "erector-spinae"):  # fmt: skip
        (tmp_path / "map.svg").write_text(maps[id], "utf-8")
        page.goto((tmp_path / "map.svg").as_uri())
        boxes: Any = page.evaluate(BOXES)
        assert overlapping([b for b in boxes if not re.fullmatch(r"\d+", b[0])]) == [], id
        assert all(left >= 8 and right <= 474 for _, left, _, right, _ in boxes), id
    page.close()


def test_the_gallery_shows_every_picture_and_finds_them(browser: Browser, dataset: Dataset, tmp_path: Path) -> None:
    write_figures.write(dataset, tmp_path, None)
    files = {file.stem for file in tmp_path.glob("*.svg")}
    assert files == {*dataset.muscles, *dataset.groups}
    asked: list[str] = []
    complaints: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto((tmp_path / "index.html").as_uri())
    assert {Path(str(img.get_attribute("src"))).stem for img in page.query_selector_all("img")} == files
    assert all(img.get_attribute("alt") for img in page.query_selector_all("img"))
    assert all(url.startswith(("file:", "data:")) for url in asked)
    page.fill("#words", "rhomboid maj")
    assert [f.get_attribute("src") for f in page.query_selector_all("figure:not([hidden]) img") if f.is_visible()] == [
        "rhomboid-major.svg"
    ]
    assert page.text_content("#count") == "1 map"
    assert complaints == []
    page.close()
