"""How far each muscle is described: what it says itself, what it inherits, what is missing, and what nobody knows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from backdata import examples, validation
from backdata.cli import cli
from backdata.model import Answer, Edit, MuscleCoverage, Report, add, drop, edit, retitle
from backdata.report import coverage, text
from backdata.report import json as json_report
from backdata.validation import Validation

Judge = Callable[[Iterable[Edit]], Report]
UNKNOWN = add("exceptions", "BD503 *", rule="BD406", row_id="rhomboid-minor", column="id", value="rhomboid-minor",
              reason="No source read names an artery.", source="gray-1918")  # fmt: skip


def of(report: Report, id: str) -> MuscleCoverage:
    return next(muscle for muscle in report.muscles if muscle.id == id)


def line(printed: str, name: str) -> list[str]:
    """The cells of one muscle's line."""
    found = next(line for line in printed.splitlines() if line.strip().startswith(f"{name} "))
    return re.split(r" {2,}", found.strip())


def test_a_muscle_shows_its_own_items(judge: Judge) -> None:
    muscle = of(judge(()), "rhomboid-minor")
    assert muscle.answers["origin"] == Answer(items=3)
    assert muscle.described
    assert not muscle.is_part


def test_what_holds_for_the_group_or_the_whole_is_shown_as_theirs(judge: Judge) -> None:
    report = judge(())
    assert of(report, "multifidus-lumborum").answers["action"].inherited
    assert of(report, "trapezius-ascending").answers["innervation"] == Answer(items=3, inherited=True)
    assert of(report, "trapezius").answers["origin"].by_parts


def test_alternatives_are_no_items_of_their_own(judge: Judge) -> None:
    before = of(judge(()), "rhomboid-minor").answers["insertion"]
    after = add("attachments", "rhomboid-minor.insertion.1", reading="alternative", source="braus-1921", part="lip")
    assert of(judge([after]), "rhomboid-minor").answers["insertion"] == before


def test_what_is_missing_is_a_gap_in_the_table_and_in_the_percentage(judge: Judge) -> None:
    report = judge([drop("blood_supply", "rhomboid-minor.*")])
    assert of(report, "rhomboid-minor").answers["blood_supply"] == Answer(items=0)
    printed = coverage.render(report)
    assert line(printed, "rhomboid minor")[5] == "–"
    assert line(printed, f"complete, of {len(report.muscles)}")[4:6] == ["100 %", "90 %"]


def test_what_nobody_knows_says_why_and_counts_as_answered(judge: Judge) -> None:
    report = judge([drop("blood_supply", "rhomboid-minor.*"), UNKNOWN])
    assert of(report, "rhomboid-minor").answers["blood_supply"].unknown == "No source read names an artery."
    printed = coverage.render(report)
    assert line(printed, "rhomboid minor")[5] == "?"
    assert "? rhomboid minor, blood supply: No source read names an artery." in printed
    assert line(printed, f"complete, of {len(report.muscles)}")[5] == "100 %"


def test_open_sources_are_counted_and_a_muscle_without_one_is_not_complete(judge: Judge) -> None:
    closed = of(judge([edit("sources", "*", open="no")]), "rhomboid-minor")
    assert (closed.open_sources, closed.sourced) == (0, False)
    assert closed.sources == of(judge(()), "rhomboid-minor").sources > 1


def test_a_fact_from_memory_is_counted_and_is_no_source(judge: Judge) -> None:
    edits = [edit("attachments", "rhomboid-minor.origin.1", source="unsourced", page=None, also=None)]
    report = judge(edits)
    muscle = of(report, "rhomboid-minor")
    assert (muscle.unsourced, muscle.described) == (1, False)
    assert "1 unsourced" in coverage.render(report)
    assert report.count("warning") == 1


def test_what_nobody_knows_of_a_whole_nobody_knows_of_its_parts(judge: Judge) -> None:
    unknown = add("exceptions", "BD503 *", rule="BD406", row_id="trapezius", column="id", value="trapezius",
                  reason="Not known.", source="gray-1918")  # fmt: skip
    report = judge([drop("blood_supply", "trapezius*"), unknown])
    assert of(report, "trapezius-ascending").answers["blood_supply"].unknown == "Not known."
    assert all(muscle.described for muscle in report.muscles)


def test_no_muscle_is_left_out_whatever_it_is_a_part_of(judge: Judge) -> None:
    everybody = {muscle.id for muscle in judge(()).muscles}
    circle = judge([edit("muscles", "trapezius", part_of="trapezius-ascending", group=None)])
    assert {muscle.id for muscle in circle.muscles} == everybody
    deeper = judge([edit("muscles", "trapezius-ascending", part_of="trapezius-transverse")])
    assert {muscle.id for muscle in deeper.muscles} == everybody


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        ((drop("blood_supply"),), "the sheet blood_supply is missing"),
        ((retitle("blood_supply", muscle="muskel"),), "the column muscle is missing in the sheet blood_supply"),
    ],
)
def test_what_could_not_be_read_is_not_called_missing(edits: tuple[Edit, ...], reason: str, judge: Judge) -> None:
    report = judge(edits)
    assert of(report, "rhomboid-minor").answers["blood_supply"] == Answer(0, not_read=reason)
    printed = coverage.render(report)
    assert line(printed, "rhomboid minor")[5] == "?"
    assert f"? blood supply: {reason}" in printed


def test_a_fact_from_memory_on_the_group_counts_for_its_muscles(judge: Judge) -> None:
    report = judge([edit("actions", "multifidi.action.1", source="unsourced", also=None, page=None)])
    assert of(report, "multifidus-lumborum").unsourced == 1


def test_validate_prints_the_lines_that_are_not_complete_and_the_percentages(judge: Judge) -> None:
    report = judge([drop("blood_supply", "rhomboid-minor.*")])
    printed = text.render(report)
    assert line(printed, "rhomboid minor")[5] == "–"
    assert "splenius capitis" not in printed
    assert line(printed, f"complete, of {len(report.muscles)}")[1] == "100 %"


def test_the_json_report_tells_the_same(judge: Judge) -> None:
    report = judge([drop("blood_supply", "rhomboid-minor.*"), UNKNOWN])
    muscles = {muscle["id"]: muscle for muscle in json.loads(json_report.render_json.render(report))["muscles"]}
    assert list(muscles) == [muscle.id for muscle in report.muscles]
    assert muscles["trapezius"]["origin"]["by_parts"] is True
    assert muscles["rhomboid-minor"]["blood_supply"] == {
        "items": 0, "inherited": False, "by_parts": False, "unknown": "No source read names an artery.",
        "not_read": None,
    }  # fmt: skip


def test_without_muscles_there_is_nothing_to_cover(judge: Judge) -> None:
    report = judge([drop("muscles")])
    assert report.muscles == ()
    assert coverage.render(report) == "No muscles were found, or none that belong to a group.\n"
    assert "Coverage" not in text.render(report)


@pytest.mark.parametrize(("edits", "code"), [((), 0), ((drop("blood_supply", "rhomboid-minor.*"),), 1)])
def test_the_command_prints_every_muscle_and_ends_with_1_where_one_lacks_an_answer(
    edits: tuple[Edit, ...], code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = examples.write(tmp_path, edits)
    assert cli.main(["coverage", str(folder)], standalone_mode=False) == code
    printed = capsys.readouterr().out
    for muscle in validation.validate([folder]).report.muscles:
        assert muscle.name in printed


def test_the_whole_data_set_answers_every_question(checked: Validation) -> None:
    assert len(checked.report.muscles) == 52
    assert [muscle.id for muscle in checked.report.muscles if not muscle.described] == []
