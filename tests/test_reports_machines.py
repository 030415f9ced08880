"""What programs and code review read after a validation: each format as the tool that takes it reads it, whatever cells hold."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from backdata import baseline, catalogue, examples, registry, resources, validation
from backdata.cli import cli
from backdata.model import Cell, Coverage, Edit, Finding, Report, Rule, Severity, drop, edit, fingerprint
from backdata.report import visible
from backdata.report.github import summary
from backdata.report.json import cause_of
from backdata.report.markdown import LIMIT, code, document, plain

Judge = Callable[[Iterable[Edit]], Report]
RULES = registry.rules()
FORMATS = ("json", "jsonl", "sarif", "code-scanning", "junit", "github", "gitlab", "markdown")
SHEET = "muscles.xlsx", "innervations"
HOSTILE = [
    "<script>alert(1)</script>",
    "::error file=x,line=1::owned",
    "##[error]owned",
    "]]><failure/>",
    "a | b || c",
    "line\nline\r\n# line",
    "nul\x00bell\x07escape\x1b[31m",
    "bone \U0001f9b4 and skull",
    "right\u200fleft\u202egnp",
    "[click](http://evil.example) ![x](y) www.evil.example",
    "@octocat #12 GH-3 a@b.example :bomb: octo/repo#4",
    "`code` ``more`` *b* _i_ ~~s~~ $x$ &lt; <!-- --> \\",
    "{0} {value} %0A%25 100%",
    "- item",
    "1. item",
    "# heading",
    "> quote",
    "===",
    "separator\u2028paragraph\u2029next\x85line",
    "half \ud800 a letter, none \ufffe",
]


def finding(number: int, text: str = "", severity: Severity = Severity.ERROR, **more: Any) -> Finding:
    """One finding about a nerve, with a text that a cell holds in every place where such a text may stand."""
    rule = RULES["BD301"]
    word = text or f"nerve {number}"
    row = f"muscle-{number}.innervation.1"
    told = Finding(
        code=rule.code,
        name=rule.name,
        severity=severity,
        cell=Cell(*SHEET, number + 2, 3),
        row_id=f"{row} {text}".strip(),
        column="nerve",
        value=word,
        message=f"“{word}” is not known in the sheet nerves.",
        fix="Choose a term of that sheet.",
        suggestions=(word,) if text else (),
        proposal=text,
        related=(Cell(SHEET[0], text or "nerves", 1, 1),),
        fingerprint=f"{number:016x}",
    )
    return replace(told, **more)


def report(*findings: Finding, **more: Any) -> Report:
    told = {
        "findings": findings,
        "coverage": (
            Coverage("BD301", "unknown_term", "innervations", rows=60, judged=60, findings=len(findings)),
            Coverage("BD512", "range_that_runs_backwards", "innervations", rows=60, judged=60),
            Coverage("BD514", "segments_outside_the_roots", "innervations", did_not_run="the sheet nerves is missing"),
        ),
        "files": (sheet("muscles.xlsx", "raw/muscles.xlsx"),),
        "changes": (),
        "facts": 60,
        "rules": RULES,
    }
    return Report(**{**told, **more})


def sheet(file: str, path: str, problem: str = "none", detail: str = "") -> dict[str, Any]:
    counts = {"rows": 0, "cells": 0, "used": 0, "headers": 0, "skipped": {}}
    return {"file": file, "path": path, "sheet": "", "table": "", "problem": problem, "detail": detail, **counts}


def rendered(name: str, told: Report) -> str:
    text = registry.reporters()[name].render(told)
    assert isinstance(text, str)
    return text


@pytest.fixture
def mixed() -> Report:
    """Errors, warnings and infos, one of them excepted; three findings share a cause."""
    same: dict[str, Any] = {"message": "“x” is not known in the sheet nerves.", "value": "x"}
    return report(
        finding(1, **same),
        finding(2, **same),
        finding(3, severity=Severity.WARNING),
        finding(4, severity=Severity.INFO),
        finding(5, excepted="TA2 has it so."),
        finding(6, **same),
    )


@pytest.fixture
def many() -> Report:
    """Three thousand findings, each with a cause of its own."""
    return report(*(finding(number, "x" * 60 + f" {number}") for number in range(3_000)))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_found_and_says_what_it_is_for(name: str) -> None:
    assert registry.reporters()[name].about.endswith(".")


@pytest.mark.parametrize("name", FORMATS)
def test_thousands_of_findings_are_rendered(name: str, many: Report) -> None:
    assert rendered(name, many)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", HOSTILE)
def test_every_report_can_be_written_whatever_a_cell_holds(name: str, text: str) -> None:
    told = report(
        finding(1, text), finding(2, text, excepted=text), files=(sheet("a.csv", "a.csv", "unreadable", text),)
    )
    assert "\ud800" not in rendered(name, told).encode("utf-8").decode("utf-8")


# --- JSON -----------------------------------------------------------------------------------------------------------------


def contract(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((resources.CONTRACTS / f"{name}.schema.json").read_bytes()))


@pytest.mark.parametrize("text", HOSTILE)
def test_the_json_report_keeps_its_contract_whatever_a_cell_holds(text: str) -> None:
    document = json.loads(rendered("json", report(finding(1, text), known=(finding(2, text),))))
    contract("report").validate(document)
    assert document["findings"][0]["value"] == text.replace("\ud800", "\ufffd")


def test_findings_with_one_cause_share_its_key(mixed: Report) -> None:
    document = json.loads(rendered("json", mixed))
    first, *rest = document["causes"]
    assert [each["cell"] for each in first["cells"]] == ["C3", "C4", "C8"]
    keys = [each["cause"] for each in document["findings"]]
    assert keys[0] == keys[1] == keys[5] == first["cause"]
    assert len(set(keys)) == 4
    assert document["summary"]["causes"] == 1 + len(rest) == 3
    moved = replace(mixed.findings[0], cell=Cell(*SHEET, 99, 3))
    assert cause_of(moved) == first["cause"], "it does not depend on where the finding stands"


def test_the_json_report_says_what_every_rule_did(mixed: Report) -> None:
    rules = {rule["code"]: rule for rule in json.loads(rendered("json", mixed))["rules"]}
    assert [rules[each]["outcome"] for each in ("BD301", "BD512", "BD514")] == ["found", "passed", "could not run"]
    assert rules["BD514"]["reasons"] == ["the sheet nerves is missing"]
    assert rules["BD301"]["findings"] == 5


def saved(folder: Path, name: str, edits: Iterable[Edit]) -> Path:
    """The mini-atlas with edits, in a folder of its own."""
    (folder / name).mkdir()
    return examples.write(folder / name, edits)


OLD = edit("muscles", "rhomboid-minor", constancy="allways")
NEW = edit("attachments", "rhomboid-minor.origin.1", page="p. 435")


def validated(*arguments: str | Path) -> int:
    done = CliRunner().invoke(cli, ["validate", *map(str, arguments)], standalone_mode=False)
    assert done.exception is None, done.stdout
    assert isinstance(done.return_value, int)
    return done.return_value


def test_a_report_made_with_a_baseline_is_the_next_baseline(tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    validated(saved(tmp_path, "a", [OLD]), "-o", f"json={first}")
    both = saved(tmp_path, "b", [OLD, NEW])
    assert validated(both, "--baseline", first, "-o", f"json={second}") == 1
    document = json.loads(second.read_bytes())
    contract("report").validate(document)
    told = [each["value"] for each in document["findings"] if each["excepted"] is None]
    assert (told, [each["value"] for each in document["known"]], document["fixed"]) == (["p. 435"], ["allways"], [])
    assert validated(both, "--baseline", second, "-o", f"json={first}") == 0
    assert len(json.loads(first.read_bytes())["known"]) == 2
    assert validated(saved(tmp_path, "c", []), "--baseline", second, "-o", f"json={first}") == 0
    document = json.loads(first.read_bytes())
    contract("report").validate(document)
    assert {each["value"] for each in document["fixed"]} == {"allways", "p. 435"}


def test_reports_of_the_first_version_are_baselines_still(tmp_path: Path, judge: Judge) -> None:
    document = json.loads(rendered("json", judge([OLD])))
    document["summary"]["schema"] = "urn:backdata:schema:report:0.1"
    for key in ("rules", "causes", "known", "fixed"):
        del document[key]
    for each in document["findings"]:
        del each["cause"], each["proposal"]
    (tmp_path / "known.json").write_text(json.dumps(document), "utf-8")
    known = baseline.read(tmp_path / "known.json")
    assert [each["value"] for each in known] == ["allways"], "and without those that an exception silences"


@pytest.mark.parametrize("without", ["fingerprint", "code", "message", "cell", "severity"])
def test_a_baseline_with_half_a_finding_is_none(without: str, tmp_path: Path, mixed: Report) -> None:
    document = json.loads(rendered("json", mixed))
    del document["findings"][0][without]
    (tmp_path / "known.json").write_text(json.dumps(document), "utf-8")
    with pytest.raises(baseline.NoBaseline):
        baseline.read(tmp_path / "known.json")


# --- JSON Lines -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_each_line_is_one_finding_as_the_json_report_has_it(text: str) -> None:
    told = report(finding(1, text), finding(2, text, excepted="so it is"))
    lines = rendered("jsonl", told).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(rendered("json", told))["findings"]


def test_no_findings_are_no_lines() -> None:
    assert rendered("jsonl", report()) == ""


# --- SARIF ----------------------------------------------------------------------------------------------------------------


def sarif(told: Report, name: str = "sarif") -> dict[str, Any]:
    """The one run of a log, after what the standard demands of all of its parts has been looked at."""
    log = json.loads(rendered(name, told))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run.keys() == {
        *("tool", "invocations", "originalUriBaseIds", "artifacts", "logicalLocations", "results", "columnKind")
    }
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
        assert all(rule[key]["text"] for key in ("shortDescription", "fullDescription", "help"))
    for result in run["results"]:
        assert result["ruleId"] == rules[result["ruleIndex"]]["id"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        assert isinstance(result["suppressions"], list), "given for all results or for none"
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            assert_is_a_location(location, run)
    for notification in run["invocations"][0]["toolExecutionNotifications"]:
        assert notification["level"] in {"error", "warning", "note"}
    return dict(run)


def assert_is_a_location(location: dict[str, Any], run: dict[str, Any]) -> None:
    artifact = location["physicalLocation"]["artifactLocation"]
    assert re.fullmatch(r"[A-Za-z0-9._~/%:-]+", artifact["uri"])
    relative = not artifact["uri"].startswith("file:///")
    assert ("uriBaseId" in artifact) is relative
    assert artifact.get("uriBaseId", "%SRCROOT%") in run["originalUriBaseIds"]
    region = location["physicalLocation"]["region"]
    assert {"startLine", "startColumn", "endLine", "endColumn"} == region.keys(), "code scanning wants all four"
    assert min(region.values()) >= 1
    assert region["endColumn"] > region["startColumn"]
    for logical in location.get("logicalLocations", ()):
        parent = logical.get("parentIndex", logical.get("index"))
        assert parent is None or run["logicalLocations"][parent]["fullyQualifiedName"] in logical["fullyQualifiedName"]


def test_a_result_says_what_where_and_by_which_rule(judge: Judge) -> None:
    run = sarif(judge([edit("innervations", "rhomboid-minor.innervation.1", nerve="dorsal scapular nerv")]))
    (result,) = (each for each in run["results"] if not each["suppressions"])
    assert (result["ruleId"], result["level"]) == ("BD301", "error")
    assert result["message"]["text"].startswith("“dorsal scapular nerv” is not known in the sheet nerves. Choose")
    (location,) = result["locations"]
    assert location["physicalLocation"]["region"]["startLine"] == 5
    (logical,) = location["logicalLocations"]
    assert logical["fullyQualifiedName"] == "atlas.xlsx › innervations!C5"
    assert run["logicalLocations"][logical["parentIndex"]]["name"] == "innervations"
    assert result["properties"]["proposal"] == "dorsal-scapular-nerve"


def test_the_rules_of_the_log_are_explained_within_the_limits_of_code_scanning() -> None:
    rules = {rule["id"]: rule for rule in sarif(report())["tool"]["driver"]["rules"]}
    assert rules.keys() == RULES.keys()
    for rule in rules.values():
        assert len(rule["shortDescription"]["text"]) <= 1024
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["markdown"].startswith(f"# {rule['id']} ")


def test_what_is_excepted_is_suppressed_with_the_reason(mixed: Report) -> None:
    suppressed = [each["suppressions"] for each in sarif(mixed)["results"]]
    assert suppressed.count([]) == 5
    assert [{"kind": "external", "status": "accepted", "justification": "TA2 has it so."}] in suppressed


def test_after_a_baseline_every_result_has_a_state(mixed: Report) -> None:
    old = json.loads(rendered("json", mixed))["findings"][0]
    run = sarif(replace(mixed, known=(finding(8),), fixed=(old,)))
    assert [each["baselineState"] for each in run["results"]] == [
        *("new", "new", "new", "new", "unchanged", "new"),
        *("unchanged", "absent"),
    ]
    assert run["results"][-1]["locations"][0]["physicalLocation"]["region"]["startLine"] == 3
    assert not [each for each in sarif(mixed)["results"] if "baselineState" in each]


@pytest.mark.parametrize(
    ("place", "region"),
    [
        ({"sheet": "muscles", "cell": "AB12"}, (12, 28)),
        ({"sheet": "muscles", "cell": "row 7"}, (7, 1)),
        ({"sheet": "", "cell": "14:4"}, (14, 4)),
        ({"sheet": "", "cell": ""}, (1, 1)),
    ],
)
def test_a_mended_finding_stands_where_it_stood(place: dict[str, str], region: tuple[int, int], mixed: Report) -> None:
    old = json.loads(rendered("json", mixed))["findings"][0] | place
    found = sarif(replace(mixed, fixed=(old,)))["results"][-1]["locations"][0]["physicalLocation"]["region"]
    assert (found["startLine"], found["startColumn"]) == region


def test_code_scanning_is_told_of_what_is_open_and_of_nothing_else(mixed: Report) -> None:
    old = json.loads(rendered("json", mixed))["findings"][0]
    results = sarif(replace(mixed, known=(finding(8),), fixed=(old,)), "code-scanning")["results"]
    assert len(results) == 6
    assert not [each for each in results if each["suppressions"] or each["baselineState"] == "absent"]


def test_rows_that_say_the_same_have_fingerprints_of_their_own() -> None:
    twins = [replace(finding(number), fingerprint=fingerprint("BD301", "x", "nerve", "y")) for number in (1, 2)]
    prints = [each["partialFingerprints"] for each in sarif(report(*twins))["results"]]
    assert prints[0]["backdata/v1"] == prints[1]["backdata/v1"]
    assert prints[0]["primaryLocationLineHash"] != prints[1]["primaryLocationLineHash"]


def test_a_file_that_could_not_be_read_makes_the_run_a_failure() -> None:
    (run,) = sarif(report(files=(sheet("alt.xlsx", "raw/alt.xlsx", "unreadable", "it is locked"),)))["invocations"]
    assert run["executionSuccessful"] is False
    told = {each["level"]: each for each in run["toolExecutionNotifications"]}
    assert told["error"]["message"]["text"] == "alt.xlsx could not be read: it is locked."
    assert told["warning"]["message"]["text"].endswith("could not run: the sheet nerves is missing.")
    assert told["warning"]["associatedRule"]["id"] == "BD514"


@pytest.mark.parametrize("name", ["Muskeln des Rückens #1.csv", "100% [x].csv", "a:b.csv", "c\\d.csv"])
def test_a_path_is_a_relative_uri_that_leads_back_to_the_file(name: str, tmp_path: Path) -> None:
    told = report(finding(1, cell=Cell(name, "", 14, 4), related=()), files=(sheet(name, f"raw/{name}"),))
    (location,) = sarif(told)["results"][0]["locations"]
    assert unquote(location["physicalLocation"]["artifactLocation"]["uri"]) == f"raw/{name}"
    assert location["logicalLocations"][0]["fullyQualifiedName"] == f"{name}:14:4"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_sarif_message_holds_no_link_and_no_placeholder(text: str) -> None:
    (result,) = sarif(report(finding(1, text)))["results"]
    said = result["message"]["text"]
    assert "](" not in said
    assert not re.search(r"(?<!\{)(\{\{)*\{(?!\{)", said)
    assert said.isprintable()


# --- JUnit ----------------------------------------------------------------------------------------------------------------

ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "testcase": {"name", "classname"},
    "failure": {"type", "message"},
    "skipped": {"message"},
    "system-out": set[str](),
}
INSIDE = {"testsuites": {"testsuite"}, "testsuite": {"testcase"}, "testcase": {"failure", "skipped", "system-out"}}


def junit(told: Report) -> dict[str, ET.Element]:
    """Test cases by the code of their rule, after elements, attributes and counts have been held against the schema of Jenkins."""
    root = ET.fromstring(rendered("junit", told))
    assert root.tag == "testsuites"
    for element in root.iter():
        assert element.keys() == sorted(element.keys()) or set(element.keys()) == ATTRIBUTES[element.tag]
        assert set(element.keys()) == ATTRIBUTES[element.tag]
        assert {child.tag for child in element} <= INSIDE.get(element.tag, set())
    for holder in (root, *root):
        for attribute, tag in {"tests": "testcase", "failures": "failure"}.items():
            assert int(holder.attrib[attribute]) == len(list(holder.iter(tag)))
    return {case.attrib["name"][:5]: case for case in root.iter("testcase")}


def child(case: ET.Element, tag: str) -> ET.Element:
    found = case.find(tag)
    assert found is not None
    return found


def test_every_rule_is_a_test_case_of_its_family(judge: Judge) -> None:
    cases = junit(judge([OLD]))
    assert cases.keys() == RULES.keys()
    assert cases["BD501"].attrib["classname"] == "backdata.anatomy"
    assert [code for code, case in cases.items() if case.find("failure") is not None] == ["BD204"]
    assert "“allways” is not one of the words" in (child(cases["BD204"], "failure").text or "")


def test_a_rule_fails_with_errors_and_warnings_and_only_mentions_the_rest(mixed: Report) -> None:
    case = junit(mixed)["BD301"]
    failure, rest = child(case, "failure"), child(case, "system-out")
    assert failure.attrib["type"] == "error"
    assert len((failure.text or "").splitlines()) == 4
    assert "nerve 4" in (rest.text or "")
    assert "excepted: TA2 has it so." in (rest.text or "")
    assert junit(report(finding(1, severity=Severity.INFO)))["BD301"].find("failure") is None


def test_what_did_not_judge_is_skipped_with_the_reason_and_never_passes() -> None:
    idle = (
        Coverage("BD514", "segments_outside_the_roots", "innervations", did_not_run="the sheet nerves is missing"),
        Coverage("BD512", "range_that_runs_backwards", "innervations", rows=3),
        Coverage("BD511", "level_that_does_not_exist", "innervations", rows=3, judged=3, findings=2),
        Coverage("BD515", "levels_of_a_single_structure", "innervations", rows=3, unjudged=3),
    )
    said = {code: child(case, "skipped").attrib["message"] for code, case in junit(report(coverage=idle)).items()}
    assert said == {
        "BD511": "what it finds follows from other findings",
        "BD512": "nothing to judge",
        "BD514": "the sheet nerves is missing",
        "BD515": "what it asks for is stated nowhere",
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_junit_is_well_formed_and_shows_what_the_cell_holds(text: str) -> None:
    case = junit(report(finding(1, text), finding(2, text, excepted=text)))["BD301"]
    assert visible(text) in (child(case, "failure").text or "")
    assert visible(text) in child(case, "failure").attrib["message"]


# --- GitHub ---------------------------------------------------------------------------------------------------------------


def commands(told: Report) -> Iterator[tuple[str, dict[str, str], str]]:
    """What the runner makes of the log: (command, properties, message) of each line that is one."""
    for line in rendered("github", told).split("\n"):
        assert line.isprintable()
        if line.startswith("::"):
            head, _, message = line[2:].partition("::")
            name, _, rest = head.partition(" ")
            properties = dict(each.split("=", 1) for each in rest.split(","))
            for sign, letter in {"%3A": ":", "%2C": ",", "%0D": "\r", "%0A": "\n", "%25": "%"}.items():
                properties = {key: value.replace(sign, letter) for key, value in properties.items()}
                message = message.replace(sign, letter) if letter not in ":," else message
            yield name, properties, message
        else:
            assert "##[" not in line


def test_a_cause_is_one_mark_at_its_first_cell_with_all_its_cells(mixed: Report) -> None:
    error, warning, notice = commands(mixed)
    assert error[:2] == (
        "error",
        {
            "file": "raw/muscles.xlsx",
            "line": "3",
            "title": "muscles.xlsx › innervations!C3 and 2 more cells: unknown term (BD301)",
        },
    )
    assert error[2].splitlines() == [
        "“x” is not known in the sheet nerves.",
        "To do: Choose a term of that sheet.",
        "Cells: muscles.xlsx › innervations!C3, C4, C8",
    ]
    assert (warning[0], notice[0]) == ("warning", "notice")


def test_nine_marks_of_a_kind_are_written_and_the_rest_is_counted() -> None:
    told = report(*(finding(n + 20 * each.rank, severity=each) for each in Severity for n in range(12)))
    marks = [kind for kind, _, _ in commands(told)]
    assert [marks.count(kind) for kind in ("error", "warning", "notice")] == [9, 9, 9]
    last = rendered("github", told).splitlines()[-1]
    assert last.startswith("backdata: 12 errors, 12 warnings, 12 infos. 60 facts checked by 2 rules; ")
    assert last.endswith("9 more items without a mark: the job summary holds all of them.")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_cannot_write_a_workflow_command(text: str) -> None:
    told = report(finding(1, text, cell=Cell("muscles.xlsx", text, 3, 3)), finding(2, text, excepted=text))
    ((kind, properties, message),) = commands(told)
    assert (kind, properties["line"]) == ("error", "3")
    assert properties.keys() == {"file", "line", "title"}
    assert visible(text) in properties["title"]
    assert message.splitlines()[0] == f"“{visible(text)}” is not known in the sheet nerves."


@pytest.mark.parametrize("letter", ["x", "\U0001f9b4", "\u200b"])
def test_a_mark_is_never_longer_than_the_runner_takes(letter: str) -> None:
    long = letter * 32_767
    ((_, properties, message),) = commands(report(finding(1, long, fix=long, cell=Cell("muscles.xlsx", long, 3, 3))))
    assert len(message.encode("utf-16-le")) <= 2 * 4096
    assert len(properties["title"].encode("utf-16-le")) <= 2 * 255
    assert "To do: " in message


def test_the_job_summary_gets_all_findings_and_the_log_keeps_to_nine(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    edits = [edit("muscles", muscle, constancy=f"word {muscle}") for muscle in mini_muscles()]
    data = str(saved(tmp_path, "data", edits))
    done = CliRunner().invoke(cli, ["validate", data, "-o", "github"], standalone_mode=False)
    assert done.return_value == 1
    assert done.stdout.count("\n::error ") + done.stdout.startswith("::error ") == 9
    whole = (tmp_path / "summary.md").read_text("utf-8")
    assert all(f"word {muscle}" in whole for muscle in mini_muscles())


def mini_muscles() -> list[str]:
    found = [row["id"] for row in examples.mini_atlas()["muscles"][1]]
    assert len(found) > 9
    return found


@pytest.mark.parametrize(
    ("roots", "expected"),
    [
        ({}, "muscles.xlsx"),
        ({"GITHUB_WORKSPACE": "."}, "raw/muscles.xlsx"),
        ({"CI_PROJECT_DIR": "."}, "raw/muscles.xlsx"),
    ],
)
def test_paths_count_from_the_root_of_the_checkout(
    roots: dict[str, str], expected: str, tmp_path: Path, monkeypatch: Any
) -> None:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.setenv(name, str(tmp_path) if name in roots else "")
    (tmp_path / "raw").mkdir()
    monkeypatch.chdir(tmp_path / "raw")
    told = report(finding(1), files=(sheet("muscles.xlsx", "muscles.xlsx"),))
    ((_, properties, _),) = commands(told)
    assert properties["file"] == expected
    assert json.loads(rendered("gitlab", told))[0]["location"]["path"] == expected


def test_what_stands_in_no_file_is_marked_nowhere(judge: Judge) -> None:
    ((_, properties, _),) = commands(judge([drop("withdrawn")]))
    assert properties.keys() == {"title"}


# --- GitLab ---------------------------------------------------------------------------------------------------------------


def test_gitlab_gets_one_entry_per_cause(mixed: Report) -> None:
    entries = json.loads(rendered("gitlab", mixed))
    assert [each["severity"] for each in entries] == ["critical", "major", "info"]
    assert entries[0]["description"] == (
        "BD301 unknown term: “x” is not known in the sheet nerves. Choose a term of that sheet. "
        "(muscles.xlsx › innervations!C3, C4, C8)"
    )
    for each in entries:
        assert each.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert each["location"]["path"] == "raw/muscles.xlsx"
        assert each["location"]["lines"]["begin"] >= 1
    assert len({each["fingerprint"] for each in entries}) == 3


def test_a_cell_that_joins_a_cause_is_news_for_gitlab(mixed: Report) -> None:
    def first(told: Report) -> str:
        return str(json.loads(rendered("gitlab", told))[0]["fingerprint"])

    fewer = replace(mixed, findings=mixed.findings[:-1])
    shuffled = replace(mixed, findings=(mixed.findings[1], mixed.findings[0], *mixed.findings[2:]))
    assert first(fewer) != first(mixed)
    assert first(shuffled) == first(mixed)


@pytest.mark.parametrize("text", HOSTILE)
def test_gitlab_reads_it_whatever_a_cell_holds(text: str) -> None:
    whole = rendered("gitlab", report(finding(1, text)))
    assert not whole.startswith("\ufeff")
    assert visible(text) in json.loads(whole)[0]["description"]


# --- Markdown -------------------------------------------------------------------------------------------------------------

FOLDS = re.compile(r"</?details>|<summary>[A-Za-z0-9, ]+</summary>")
MADE = {"heading", "paragraph", "bullet_list", "list_item", "inline", "html_block"}
MARKED = {"text", "strong", "em", "code_inline", "hardbreak", "softbreak", "html_inline"}


def assert_is_made_by_us(whole: str) -> None:
    """Nothing but headings, lists, bold words, addresses and folds comes out of it, by the word of another reader."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(whole)
    for token in tokens:
        assert re.sub("_(open|close)", "", token.type) in MADE, token
        if token.type == "html_block":
            assert FOLDS.sub("", token.content).strip() == ""
        for inner in token.children or ():
            assert re.sub("_(open|close)", "", inner.type) in MARKED, inner
            if inner.type == "text":
                assert not re.search(r"@\w|://|\bwww\.|#[0-9]|GH-[0-9]|:\w+:|\$.", inner.content), inner.content
            if inner.type == "html_inline":
                assert inner.content in {"<span>", "</span>"}, "around a dollar, as GitHub wants it"
    assert len([token for token in tokens if token.type == "heading_open"]) == 1


def words(whole: str) -> str:
    """What a reader sees."""
    tokens = MarkdownIt("commonmark").parse(whole)
    seen = (
        "".join(inner.content for inner in token.children if inner.type != "html_inline")
        for token in tokens
        if token.children
    )
    return "\n".join(seen).replace("\u200b", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_markup_link_or_mention_comes_out_of_a_cell(text: str) -> None:
    told = report(
        finding(1, text, message=text, fix=text, cell=Cell("muscles.xlsx", text, 3, 3)),
        finding(2, text, excepted=text),
        fixed=(json.loads(rendered("json", report(finding(3, text))))["findings"][0],),
        coverage=(Coverage("BD514", "segments_outside_the_roots", "innervations", did_not_run=text),),
    )
    whole = rendered("markdown", told)
    assert_is_made_by_us(whole)
    assert visible(text.strip()) in words(whole)


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_words_read_as_they_were(text: str) -> None:
    assert words(f"x {plain(text)}") == f"x {visible(text.strip())}"
    assert words(code(text)) == visible(text)


def test_a_comment_says_what_where_and_what_to_do(judge: Judge) -> None:
    told = judge([edit("innervations", "rhomboid-minor.innervation.1", nerve="dorsal scapular nerv")])
    whole = rendered("markdown", told)
    assert_is_made_by_us(whole)
    assert whole.startswith("### backdata: 1 error\n\n")
    assert "- **error** `BD301` unknown term, at `atlas.xlsx › innervations!C5`" in whole
    assert "“dorsal scapular nerv” is not known in the sheet nerves." in whole
    assert "*Nearest:* dorsal scapular nerve" in whole
    assert "docs/rules/BD301.md" in whole
    assert "<summary>Excepted, each with its reason</summary>" in whole


def test_a_clean_data_set_is_told_in_two_lines() -> None:
    clean = report(coverage=report().coverage[:2])
    assert rendered("markdown", clean) == "### backdata: nothing to correct\n\n60 facts checked by 2 rules.\n"
    assert rendered("markdown", replace(clean, facts=0)).startswith("### backdata: no facts were found to check\n")


def test_a_comment_says_what_a_baseline_knows_and_what_is_mended(mixed: Report) -> None:
    old = json.loads(rendered("json", mixed))["findings"][2]
    whole = rendered("markdown", replace(mixed, known=(finding(8), finding(9)), fixed=(old,)))
    assert "2 findings known from the baseline; 1 finding of the baseline mended" in whole
    assert "<summary>Mended since the baseline</summary>" in whole
    assert "nerve 3" in whole


def test_the_worst_come_first_and_more_than_ten_are_folded_away() -> None:
    told = report(*(finding(n, severity=Severity.WARNING) for n in range(12)), finding(20))
    whole = rendered("markdown", told)
    assert_is_made_by_us(whole)
    assert whole.index("nerve 20") < whole.index("nerve 0")
    shown, _, folded = whole.partition("<details>")
    assert shown.count("\n- **") == 10
    assert "<summary>3 more items</summary>" in folded
    assert folded.count("\n- **") == 3


def test_a_comment_is_cut_between_entries_and_says_how_many_are_missing(many: Report) -> None:
    whole = rendered("markdown", many)
    assert LIMIT - 2_000 < len(whole.encode("utf-8")) <= LIMIT < 65_536
    assert_is_made_by_us(whole)
    (left_out,) = re.findall(r"\*Findings: ([0-9,]+) left out here", whole)
    assert whole.count("\n- **error**") + int(left_out.replace(",", "")) == 3_000
    assert "\n- the sheet nerves is missing: " in whole, "there is room for what a reader must know"


@pytest.mark.parametrize("letter", ["ä", "\U0001f9b4"])
def test_the_job_summary_keeps_to_its_bytes(letter: str) -> None:
    told = report(*(finding(n, letter * 90 + f" {n}") for n in range(5_000)))
    whole = summary(told)
    assert 990_000 < len(whole.encode("utf-8")) <= 1_000_000
    (left_out,) = re.findall(r"\*Findings: ([0-9,]+) left out here", whole)
    assert whole.count("\n- **error**") + int(left_out.replace(",", "")) == 5_000


@pytest.mark.parametrize("limit", [1_500, 3_000, 10_000])
def test_every_part_of_a_document_is_cut_when_it_must(limit: int) -> None:
    old = json.loads(rendered("json", report(finding(3))))["findings"][0]
    idle = tuple(Coverage("BD514", "segments", "nerves", did_not_run=f"the reason {n}") for n in range(200))
    excepted = (finding(n, excepted="so it is") for n in range(200))
    told = report(*(finding(n) for n in range(200)), *excepted, fixed=(old,) * 200, coverage=idle)
    whole = document(told, limit)
    assert len(whole.encode("utf-8")) <= limit
    assert_is_made_by_us(whole)
    parts = ("Findings", "Mended since the baseline", "Excepted, each with its reason", "Not run, and why")
    left_out = {part: int(number) for part, number in re.findall(r"\*(.+): ([0-9]+) left out here", whole)}
    assert left_out.keys() >= set(parts[:3])
    assert sum(left_out.values()) + len(re.findall("^- ", whole, re.MULTILINE)) == 800


def test_a_sentence_as_long_as_a_cell_may_be_is_cut() -> None:
    whole = rendered("markdown", report(finding(1, "*" * 32_767)))
    assert len(whole) < 6_000


# --- the catalogue of rules -----------------------------------------------------------------------------------------------


def test_the_catalogue_keeps_its_contract_and_has_every_rule() -> None:
    document = catalogue.document(RULES.values())
    contract("rules").validate(document)
    assert [rule["code"] for rule in document["rules"]] == sorted(RULES)


def test_the_command_prints_the_catalogue_as_it_is_published() -> None:
    done = CliRunner().invoke(cli, ["rules", "--output", "json"])
    assert json.loads(done.stdout) == catalogue.document(RULES.values())


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_every_rule_has_a_page_with_a_reason_a_remedy_examples_and_a_source(rule: Rule) -> None:
    (told,) = catalogue.document([rule])["rules"]
    text = (resources.SCHEMAS.parent / told["page"]).read_text("utf-8")
    sections = dict(re.findall(r"^## (.+)\n\n((?:.+\n|\n(?!## ))+)", text, re.MULTILINE))
    for title in ("Why it matters", "What to do", "Found", "Not found", "Source"):
        assert len(sections[title].split()) >= (1 if title == "Source" else 3), title
    assert len(re.findall("^- ", sections["Found"], re.MULTILINE)) == len(told["found"]) >= 1
    assert len(re.findall("^- ", sections["Not found"], re.MULTILINE)) == len(told["not_found"]) >= 1
    assert sections["Source"].strip() == f"{rule.source}."
    assert re.search(r"[A-Za-z]{2}", rule.source)


def test_the_whole_data_set_is_told_in_every_format(checked: validation.Validation) -> None:
    for name in FORMATS:
        assert rendered(name, checked.report)
    contract("report").validate(json.loads(rendered("json", checked.report)))
    sarif(checked.report)
    junit(checked.report)
    assert_is_made_by_us(rendered("markdown", checked.report))
