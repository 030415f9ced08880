"""One fault is one finding: consequences are not told, what has one cause is one item, and every rule says what it did."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner

from backdata import baseline, consequences, examples, registry, schemas, validation
from backdata.cli import cli
from backdata.model import OUTCOMES, Cell, Edit, Finding, Report, Severity, add, drop, edit, published, retitle
from backdata.report.text import render

TODAY = dt.date(2026, 11, 22)
Judge = Callable[[Iterable[Edit]], Report]


def codes(report: Report) -> list[str]:
    return [finding.code for finding in report.told]


# --- one cause, one item ------------------------------------------------------------------------------------------------


def test_a_deleted_source_is_one_item_with_all_the_cells_that_cite_it(judge: Judge) -> None:
    report = judge([drop("sources", "braus-1921")])
    (cause,) = report.causes
    assert cause.first.code == "BD301"
    assert len(cause.findings) == len(set(cause.cells)) > 3
    shown = render(report)
    assert shown.count("“braus-1921” is not known in the sheet sources.") == 1
    assert f"and {len(cause.cells) - 1} more cells" in shown
    assert all(cell.address in shown for cell in cause.cells[:20])


def test_different_faults_of_one_rule_stay_items_of_their_own(judge: Judge) -> None:
    report = judge(
        [
            edit("muscles", "rhomboid-minor", constancy="allways"),
            edit("muscles", "splenius-capitis", constancy="mostly"),
        ]
    )
    assert [cause.first.value for cause in report.causes] == ["allways", "mostly"]


# --- consequences -------------------------------------------------------------------------------------------------------

ONE_CAUSE = {
    "a development typed wrongly, and the nerve that does not fit it": (
        [edit("muscles", "multifidus-lumborum", development="hypaxial")],
        ["BD503"],
    ),
    "a group deleted, to which an exception refers": ([drop("groups", "intertransversarii")], ["BD301"]),
    "one development entered twice": (
        [add("developments", "epaxial", name="second", allowed_rami="cranial")],
        ["BD202"],
    ),
    "the same exception twice": (
        [add("exceptions", "BD503 intertransversarii-anteriores-cervicis development")],
        ["BD203"],
    ),
    "the nerve of all muscles of a group": (
        [drop("innervations", "trapezius*"), drop("innervations", "rhomboid-minor.*")],
        ["BD405"],
    ),
    "the kind of a vessel misspelt, and all that it feeds": (
        [edit("vessels", "dorsal-scapular-artery", kind="aretry")],
        ["BD204"],
    ),
    "the ramus of a nerve changed, and all that it supplies": (
        [published(), edit("nerves", "posterior-rami", ramus="anterior")],
        ["BD704"],
    ),
    "a muscle put into another group, and all that its facts are judged by": (
        [published(), edit("muscles", "splenius-capitis", group="superficial")],
        ["BD704"],
    ),
    "the column that tells readings apart": ([retitle("actions", reading=None)], ["BD111"]),
    "origin and insertion exchanged since they were published": (
        [published(), edit("attachments", "serratus-posterior-inferior.insertion.1", end="other"),
         edit("attachments", "serratus-posterior-inferior.origin.*", end="insertion"),
         edit("attachments", "serratus-posterior-inferior.other.1", end="origin")],
        ["BD524"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edits", "expected"), ONE_CAUSE.values(), ids=ONE_CAUSE)
def test_what_follows_from_a_fault_is_not_told(edits: list[Edit], expected: list[str], judge: Judge) -> None:
    report = judge(edits)
    assert expected == [cause.first.code for cause in report.causes], [f.message for f in report.told]


def test_what_no_muscle_of_a_group_has_is_told_at_the_group(judge: Judge) -> None:
    report = judge([drop("innervations", "trapezius*"), drop("innervations", "rhomboid-minor.*")])
    (finding,) = report.told
    assert (finding.cell.sheet, finding.row_id) == ("groups", "superficial")
    assert "neither the group nor any muscle of it" in finding.message


def finding(code: str, row: int, column: int = 3, excepted: str | None = None) -> Finding:
    cell = Cell("a.xlsx", "muscles", row, column)
    return Finding(code, "x", Severity.ERROR, cell, f"id{row}", "c", "v", "M.", "F.", excepted=excepted)


def test_a_cause_hides_what_follows_in_its_row_and_nowhere_else() -> None:
    rules = registry.rules()
    slipped = next(rule.code for rule in rules.values() if rule.explains == ("*",) and rule.within == "row")
    told = consequences.without([finding(slipped, 4), finding("BD204", 4), finding("BD204", 5)], rules)
    assert [(each.code, each.cell.row) for each in told] == [(slipped, 4), ("BD204", 5)]


def test_an_excepted_finding_neither_hides_others_in_its_row_nor_is_hidden() -> None:
    rules = registry.rules()
    slipped = next(rule.code for rule in rules.values() if rule.explains == ("*",) and rule.within == "row")
    granted = [finding(slipped, 4, excepted="it is so"), finding("BD204", 4)]
    assert consequences.without(granted, rules) == granted
    granted = [finding(slipped, 4), finding("BD204", 4, excepted="it is so")]
    assert consequences.without(granted, rules) == granted


def test_the_report_says_how_many_findings_follow_from_others(judge: Judge) -> None:
    report = judge([edit("muscles", "multifidus-lumborum", development="hypaxial")])
    assert report.consequences
    assert "follow" in render(report)


# --- what every rule did ------------------------------------------------------------------------------------------------


def test_every_rule_says_what_it_did(judge: Judge) -> None:
    report = judge([retitle("innervations", role=None), edit("muscles", "rhomboid-minor", constancy="allways")])
    records = {record.code: record for record in report.records}
    assert records.keys() == registry.rules().keys()
    assert {record.outcome for record in records.values()} <= set(OUTCOMES)
    assert records["BD204"].outcome == "found"
    assert records["BD204"].findings == 1
    assert records["BD501"].outcome == "could not run"
    assert "role" in " ".join(records["BD501"].reasons)
    assert records["BD202"].outcome == "passed"
    assert records["BD202"].judged > 50


def test_a_rule_whose_findings_all_follow_from_others_has_not_passed(judge: Judge) -> None:
    records = {r.code: r for r in judge([edit("muscles", "multifidus-lumborum", development="hypaxial")]).records}
    assert records["BD501"].outcome == "follows from others"


def test_the_text_counts_what_the_rules_did(judge: Judge) -> None:
    shown = render(judge([edit("muscles", "rhomboid-minor", constancy="allways")]))
    assert "1 rule found something" in shown
    assert " rules passed" in shown


def test_a_cause_is_as_severe_as_what_it_hides(judge: Judge) -> None:
    changed = [published(), edit("nerves", "posterior-rami", ramus="anterior")]
    (finding,) = judge(changed).told
    assert (finding.severity, registry.rules()[finding.code].severity) == (Severity.ERROR, Severity.WARNING)


def test_a_change_that_is_excused_hides_nothing(judge: Judge) -> None:
    ramus = edit("nerves", "posterior-rami", ramus="anterior")
    (finding,) = judge([published(), ramus]).told
    excused = add("exceptions", "BD503 intertransversarii-anteriores-cervicis development", rule=finding.code,
                  row_id=finding.row_id, column=finding.column, value=finding.value)  # fmt: skip
    assert {cause.first.code for cause in judge([ramus, excused]).causes} == {"BD501"}


def test_a_fault_of_a_source_hides_no_fact_that_cites_it(judge: Judge) -> None:
    wrong = [
        edit("sources", "gray-1918", open="perhaps"),
        edit("innervations", "rhomboid-minor.innervation.1", nerve="posterior-rami"),
    ]
    assert codes(judge(wrong)) == ["BD502", "BD204"]


NEEDED = [
    (name, column.name)
    for name, table in schemas.tables().items()
    if {"id", "name"} <= table.columns.keys()
    for column in table.columns.values()
    if column.required
]


@pytest.mark.parametrize(("table", "column"), NEEDED, ids=".".join)
def test_a_missing_column_is_one_finding(table: str, column: str, tmp_path: Path) -> None:
    report = validation.validate([examples.write_csv(tmp_path, [retitle(table, **{column: None})])], TODAY).report
    assert [(cause.first.code, cause.first.cell.file) for cause in report.causes] == [("BD111", f"{table}.csv")]


# --- suggestions --------------------------------------------------------------------------------------------------------


def test_a_proposal_is_the_whole_cell_with_the_nearest_term(judge: Judge) -> None:
    (one,) = judge([edit("attachments", "rhomboid-minor.origin.2", also="wikipedia; brainscap")]).told
    assert one.proposal == "wikipedia; brainscape"
    (one,) = judge([edit("muscles", "rhomboid-minor", constancy="constannt")]).told
    assert one.proposal == "constant"
    (one,) = judge([edit("groups", "deep", moves="head, nek, spine")]).told
    assert one.proposal == "head, neck, spine"


@pytest.mark.parametrize("typed", ["spinous process; rib", "process", "transverse spinous process"])
def test_what_may_mean_several_terms_is_not_decided_for_the_editor(typed: str, judge: Judge) -> None:
    (finding,) = judge([edit("attachments", "rhomboid-minor.origin.2", structure=typed)]).told
    assert (finding.code, finding.proposal) == ("BD301", "")


def test_where_nothing_is_near_nothing_is_proposed(judge: Judge) -> None:
    (one,) = judge([edit("innervations", "rhomboid-minor.innervation.1", nerve="xqzw")]).told
    assert (one.suggestions, one.proposal) == ((), "")


# --- baseline -----------------------------------------------------------------------------------------------------------


def faulty(folder: Path, *edits: Edit) -> Path:
    folder.mkdir()
    return examples.write(folder, edits)


def test_a_baseline_leaves_what_is_new_and_says_what_was_mended(tmp_path: Path) -> None:
    old = edit("muscles", "rhomboid-minor", constancy="allways")
    mended = edit("muscles", "splenius-capitis", constancy="mostly")
    new = edit("attachments", "rhomboid-minor.origin.1", page="p. 435")
    before, known = faulty(tmp_path / "before", old, mended), tmp_path / "known.json"
    now = faulty(tmp_path / "now", old, new)
    run = CliRunner()
    assert run.invoke(cli, ["validate", str(before), "-o", f"json={known}"], standalone_mode=False).return_value == 1
    done = run.invoke(cli, ["validate", str(now), "--baseline", str(known)], standalone_mode=False)
    assert done.return_value == 1
    assert "“p. 435” is not in the form" in done.stdout
    findings, _, rest = done.stdout.partition("Mended since the baseline")
    assert "allways" not in done.stdout
    assert "mostly" not in findings
    assert "“mostly” is not one of the words" in rest
    assert "1 finding known from the baseline, 1 finding of it mended" in rest


def test_only_known_findings_leave_the_exit_code_at_zero(tmp_path: Path) -> None:
    data, known = faulty(tmp_path / "data", edit("muscles", "rhomboid-minor", constancy="allways")), tmp_path / "k.json"
    run = CliRunner()
    run.invoke(cli, ["validate", str(data), "-o", f"json={known}"])
    done = run.invoke(cli, ["validate", str(data), "--baseline", str(known)], standalone_mode=False)
    assert done.return_value == 0
    assert "nothing new to correct" in done.stdout


def test_sorting_a_sheet_makes_nothing_new(judge: Judge, tmp_path: Path) -> None:
    report = judge([edit("muscles", "rhomboid-minor", constancy="allways")])
    (tmp_path / "known.json").write_text(registry.reporters()["json"].render(report), "utf-8")
    moved = judge([drop("muscles", "trapezius-transverse"), drop("attachments", "trapezius-transverse.*"),
                   drop("actions", "trapezius-transverse.*"), edit("muscles", "rhomboid-minor", constancy="allways")])  # fmt: skip
    known = baseline.compared(moved, baseline.read(tmp_path / "known.json")).known
    assert [each.value for each in known] == ["allways"]


@pytest.mark.parametrize("content", ["", "no json", "[]", "{}", json.dumps({"findings": [{}]})])
def test_a_baseline_that_is_no_report_is_told_in_one_sentence(content: str, tmp_path: Path) -> None:
    data, known = faulty(tmp_path / "data"), tmp_path / "k.json"
    known.write_text(content)
    done = CliRunner().invoke(cli, ["validate", str(data), "--baseline", str(known)])
    assert done.exit_code == 2
    assert "is no report of backdata" in done.stderr
    assert "--output json=" in done.stderr
