"""What people and programs read after a validation: the text to its last letter, the JSON by its contract."""

from __future__ import annotations

import copy
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

import backdata
from backdata import resources
from backdata.model import Cell, Change, Coverage, Finding, Report, Severity, fingerprint
from backdata.report.json import cause_of, render_json
from backdata.report.text import render, text

SHEET = "muscles.xlsx", "innervations"
WRONG_RAMUS = Finding(
    code="BD501",
    name="nerve_from_the_wrong_ramus",
    severity=Severity.ERROR,
    cell=Cell(*SHEET, 14, 3),
    row_id="multifidus-lumborum.innervation.1",
    column="nerve",
    value="accessory nerve",
    message="The multifidus lumborum belongs to the multifidi, which take posterior rami, but the accessory"
    " nerve is cranial.",
    fix="Choose a nerve with that ramus, or grant an exception with its source.",
    related=(Cell(*SHEET, 15, 3), Cell("vocabulary.xlsx", "nerves", 2, 1)),
    fingerprint=fingerprint("BD501", "multifidus-lumborum.innervation.1", "nerve", "accessory nerve"),
)
UNKNOWN_NERVE = Finding(
    code="BD301",
    name="unknown_reference",
    severity=Severity.WARNING,
    cell=Cell(*SHEET, 20, 3),
    row_id="obliquus-capitis-superior.innervation.1",
    column="nerve",
    value="suboccipital nerv",
    message="“suboccipital nerv” stands nowhere in the sheet nerves.",
    fix="Correct the name, or add the nerve to the sheet nerves.",
    suggestions=("suboccipital nerve", "subcostal nerve"),
    fingerprint=fingerprint("BD301", "obliquus-capitis-superior.innervation.1", "nerve", "suboccipital nerv"),
)
EXCEPTED = Finding(
    code="BD503",
    name="intrinsic_muscle_of_other_development",
    severity=Severity.ERROR,
    cell=Cell("muscles.xlsx", "muscles", 31, 9),
    row_id="intertransversarii-anteriores-cervicis",
    column="development",
    value="hypaxial",
    message="The anterior cervical intertransversarii are intrinsic, but hypaxial.",
    fix="Correct the development, or grant an exception with its source.",
    excepted="TA2 lists them as hypaxial.",
    fingerprint=fingerprint("BD503", "intertransversarii-anteriores-cervicis", "development", "hypaxial"),
)


def sheet(file: str, name: str, table: str, problem: str = "none", detail: str = "", **counts: Any) -> dict[str, Any]:
    counted = {"rows": 0, "cells": 0, "used": 0, "headers": 0, "skipped": {}, **counts}
    return {"file": file, "sheet": name, "table": table, "problem": problem, "detail": detail, **counted}


READ: dict[str, Any] = {
    "rows": 60,
    "cells": 500,
    "used": 480,
    "headers": 13,
    "skipped": {"blank": 3, "in a column without a known header": 4},
}
REPORT = Report(
    findings=(WRONG_RAMUS, UNKNOWN_NERVE, EXCEPTED),
    coverage=(
        Coverage("BD301", "unknown_reference", "innervations", rows=60, judged=60, findings=1),
        Coverage("BD501", "nerve_from_the_wrong_ramus", "innervations", rows=60, judged=57, unjudged=2, findings=1),
        Coverage("BD503", "intrinsic_muscle_of_other_development", "muscles", rows=44, judged=44, findings=1),
        Coverage("BD520", "artery_is_no_artery", "blood_supply", did_not_run="the sheet vessels is missing"),
    ),
    files=(
        sheet("muscles.xlsx", "innervations", "innervations", **READ),
        sheet("muscles.xlsx", "lists", "", skipped={"helper sheet": 80}, cells=80),
        sheet("old.xlsx", "", "", "unreadable", "it is protected by a password"),
    ),
    changes=(Change(Cell(*SHEET, 3, 4), "C3-C4", "C3–C4", "levels in our spelling"),),
    facts=60,
    context={"nerves": "raw/vocabulary.xlsx", "groups": "raw/vocabulary.xlsx"},
)

GOLDEN = """\
muscles.xlsx › innervations

  C14  error  nerve from the wrong ramus (BD501)
      The multifidus lumborum belongs to the multifidi, which take posterior rami, but the accessory nerve is cranial.
      Value:    accessory nerve
      To do:    Choose a nerve with that ramus, or grant an exception with its source.
      See also: C15, vocabulary.xlsx › nerves!A2
      Row id:   multifidus-lumborum.innervation.1, column nerve

  C20  warning  unknown reference (BD301)
      “suboccipital nerv” stands nowhere in the sheet nerves.
      Value:    suboccipital nerv
      To do:    Correct the name, or add the nerve to the sheet nerves.
      Nearest:  suboccipital nerve; subcostal nerve
      Row id:   obliquus-capitis-superior.innervation.1, column nerve

Excepted, each with its reason
  muscles.xlsx › muscles!I31  intrinsic muscle of other development (BD503): TA2 lists them as hypaxial.

Not run, and why
  the sheet vessels is missing: artery is no artery (BD520)

Left out
  in a column without a known header: muscles.xlsx › innervations (4 cells)
  helper sheet: muscles.xlsx › lists (80 cells)
  unreadable: old.xlsx (it is protected by a password)

Taken from elsewhere
  raw/vocabulary.xlsx: nerves, groups

60 facts checked by 3 rules: 1 error, 1 warning.
1 finding excepted, 1 cell tidied on reading, 2 checks could not be decided because cells they need are blank.
2 rules found something, 1 rule passed, 1 rule could not run.
"""
CLEAN = replace(
    REPORT, findings=(), coverage=(replace(REPORT.coverage[0], findings=0),), files=(), changes=(), context={}
)


# Text


def test_the_text_reads_from_the_first_cell_to_the_summary() -> None:
    assert render(REPORT) == GOLDEN
    assert text.render(REPORT) == GOLDEN
    assert text.name == "text"


def test_colours_change_no_word() -> None:
    coloured = render(REPORT, colour=True)
    assert "\x1b[1;31merror\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == GOLDEN
    assert "\x1b" not in GOLDEN


def test_a_clean_report_is_two_lines() -> None:
    assert render(CLEAN) == "60 facts checked by 1 rule: nothing to correct.\n1 rule passed.\n"


def test_no_facts_is_never_told_as_success() -> None:
    told = render(replace(CLEAN, facts=0))
    assert told == "No facts were found to check.\n1 rule passed.\n"


def test_findings_beside_no_facts_are_still_counted() -> None:
    told = render(replace(CLEAN, facts=0, findings=(WRONG_RAMUS,)))
    assert "\n\nNo facts were found to check: 1 error.\n" in told


def test_letters_that_no_screen_shows_are_shown() -> None:
    hidden = replace(WRONG_RAMUS, value="accessory\u200b nerve\x1b[31m\n")
    told = render(replace(CLEAN, findings=(hidden,)))
    assert "accessory⟨U+200B⟩ nerve⟨U+001B⟩[31m⟨U+000A⟩" in told


def test_a_long_value_is_cut_and_a_blank_one_told() -> None:
    long, blank = replace(WRONG_RAMUS, value="n" * 400), replace(UNKNOWN_NERVE, value=None)
    told = render(replace(CLEAN, findings=(long, blank)))
    assert "n" * 160 + "…\n" in told
    assert "Value:    (blank)" in told


@pytest.mark.parametrize(
    ("cell", "head"),
    [
        (Cell("muscles.xlsx", "muscles", 14, 0), "  row 14  error"),
        (Cell("muscles.xlsx", "muscles"), "  whole sheet  error"),
        (Cell("old.xlsx"), "  whole file  error"),
        (Cell("muscles.csv", "", 14, 4), "  14:4  error"),
    ],
)
def test_a_finding_says_where_it_stands(cell: Cell, head: str) -> None:
    told = render(replace(CLEAN, findings=(replace(WRONG_RAMUS, cell=cell),)))
    assert told.splitlines()[2].startswith(head)


def test_rules_that_did_not_run_for_one_reason_stand_together() -> None:
    idle = tuple(
        Coverage(f"BD52{n}", f"rule_{n}", "vessels", did_not_run="the sheet vessels is missing") for n in (1, 2)
    )
    assert "  the sheet vessels is missing: rule 1 (BD521), rule 2 (BD522)\n" in render(replace(CLEAN, coverage=idle))


def test_a_rule_about_many_columns_counts_and_is_named_once() -> None:
    ran = tuple(Coverage("BD201", "blank_cell", table, rows=9, judged=9) for table in ("muscles", "nerves"))
    idle = tuple(
        Coverage("BD201", "blank_cell", "vessels", did_not_run="the sheet vessels is missing") for _ in range(2)
    )
    report = replace(CLEAN, coverage=ran + idle)
    told = render(report)
    assert "  the sheet vessels is missing: blank cell (BD201)\n" in told
    assert told.endswith("60 facts checked by 1 rule: nothing to correct.\n1 rule passed.\n")
    summary = json.loads(render_json.render(report))["summary"]
    assert (summary["rules_run"], summary["rules_not_run"]) == (1, 0)


# JSON


def contract(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((resources.CONTRACTS / f"{name}.schema.json").read_text("utf-8"))
    return found


def valid(name: str, document: Any) -> None:
    Draft202012Validator(contract(name)).validate(document)


def test_the_json_report_keeps_its_contract() -> None:
    for report in (REPORT, CLEAN):
        valid("report", json.loads(render_json.render(report)))
    assert render_json.name == "json"


def test_the_json_report_has_the_keys_that_programs_rely_on() -> None:
    document = json.loads(render_json.render(REPORT))
    assert list(document) == [*("summary", "rules", "coverage", "muscles", "causes", "findings", "known", "fixed")]
    expected = [
        *("code", "name", "severity", "file", "sheet", "cell", "row_id", "column", "value", "message", "fix"),
        *("suggestions", "proposal", "related", "excepted", "cause", "fingerprint"),
    ]
    assert [expected] * 3 == [list(finding) for finding in document["findings"]]


def test_the_json_report_tells_a_finding_as_it_is() -> None:
    first, _, excepted = json.loads(render_json.render(REPORT))["findings"]
    assert first == {
        "code": "BD501",
        "name": "nerve_from_the_wrong_ramus",
        "severity": "error",
        "file": "muscles.xlsx",
        "sheet": "innervations",
        "cell": "C14",
        "row_id": "multifidus-lumborum.innervation.1",
        "column": "nerve",
        "value": "accessory nerve",
        "message": WRONG_RAMUS.message,
        "fix": WRONG_RAMUS.fix,
        "suggestions": [],
        "proposal": None,
        "related": [
            {"file": "muscles.xlsx", "sheet": "innervations", "cell": "C15"},
            {"file": "vocabulary.xlsx", "sheet": "nerves", "cell": "A2"},
        ],
        "excepted": None,
        "cause": cause_of(WRONG_RAMUS),
        "fingerprint": WRONG_RAMUS.fingerprint,
    }
    assert excepted["excepted"] == "TA2 lists them as hypaxial."


def test_the_summary_counts() -> None:
    summary = json.loads(render_json.render(REPORT))["summary"]
    files = summary.pop("files")
    assert summary == {
        "schema": "urn:backdata:schema:report:0.2",
        "version": backdata.__version__,
        "facts": 60,
        "rules_run": 3,
        "rules_not_run": 1,
        "unjudged": 2,
        "errors": 1,
        "warnings": 1,
        "infos": 0,
        "causes": 2,
        "excepted": 1,
        "consequences": 0,
        "known": 0,
        "fixed": 0,
        "changes": 1,
        "context": {"nerves": "raw/vocabulary.xlsx", "groups": "raw/vocabulary.xlsx"},
    }
    assert [(file["file"], file["problem"]) for file in files] == [
        ("muscles.xlsx", None),
        ("muscles.xlsx", None),
        ("old.xlsx", "unreadable"),
    ]


def test_coverage_says_why_a_rule_did_not_run() -> None:
    coverage = json.loads(render_json.render(REPORT))["coverage"]
    assert [rule["did_not_run"] for rule in coverage] == [None, None, None, "the sheet vessels is missing"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("surprise",), 1),
        (("findings", 0, "surprise"), 1),
        (("findings", 0, "severity"), "fatal"),
        (("findings", 0, "code"), "E501"),
        (("findings", 0, "cell"), "14D"),
        (("findings", 0, "related"), ["C15"]),
        (("summary", "errors"), "1"),
        (("summary", "files", 0, "skipped"), 3),
        (("coverage", 0, "judged"), -1),
        (("findings", 0, "fix"), ...),
        (("summary", "facts"), ...),
        (("coverage",), ...),
    ],
)
def test_the_report_contract_refuses(path: tuple[str | int, ...], value: Any) -> None:
    with pytest.raises(ValidationError):
        valid("report", planted(json.loads(render_json.render(REPORT)), path, value))


# Manifest

MANIFEST = {
    "$schema": "urn:backdata:schema:manifest:0.1",
    "version": "0.1.0",
    "counts": {"facts": 600, "muscles": 51, "groups": 18, "sources": 30},
    "files": [{"path": "csv/muscles.csv", "bytes": 5120, "sha256": "0" * 64}],
    "inputs": [{"path": "muscles.xlsx", "sha256": "f" * 64}],
    "rule_set": "a" * 64,
    "rules": ["BD301", "BD501"],
    "rules_that_could_not_run": [],
    "exceptions": [
        {
            "rule": "BD503",
            "row_id": "intertransversarii-anteriores-cervicis",
            "column": "development",
            "reason": "TA2 lists them as hypaxial.",
        }
    ],
    "ledger": [
        {
            "file": "muscles.xlsx",
            "sheet": "innervations",
            "cells": 500,
            "published": 480,
            "skipped": {"header": 13, "in a column without a known header": 7},
            "findings": 0,
        }
    ],
    "findings": {"errors": 0, "warnings": 0, "infos": 2, "excepted": 1, "allowed": False},
    "shape": {
        "tables": {"inventory": ["muscle", "required_by"]},
        "values": {"attachments.end": ["origin", "insertion"]},
        "contracts": {"tables": "0.1"},
        "note_types": {"1": {"name": "Fact", "fields": {"2": "Key"}, "templates": {"3": "Question"}}},
    },
}


def test_the_manifest_contract_accepts_a_manifest() -> None:
    valid("manifest", MANIFEST)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("surprise",), 1),
        (("ledger", 0, "surprise"), 1),
        (("files", 0, "sha256"), "0" * 63),
        (("files", 0, "path"), "/csv/muscles.csv"),
        (("counts", "facts"), "600"),
        (("ledger", 0, "skipped"), 20),
        (("rules",), ["BD301", "BD301"]),
        (("rules_that_could_not_run",), ["BD301", "BD301"]),
        (("inputs",), ...),
        (("exceptions", 0, "reason"), ...),
        (("findings", "errors"), ...),
        (("findings", "allowed"), ...),
        (("rule_set",), "BD"),
        (("shape", "tables", "inventory"), "muscle"),
        (("shape", "note_types", "1", "fields"), ...),
    ],
)
def test_the_manifest_contract_refuses(path: tuple[str | int, ...], value: Any) -> None:
    with pytest.raises(ValidationError):
        valid("manifest", planted(copy.deepcopy(MANIFEST), path, value))


def planted(document: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """The document with one value put in its place; ``...`` takes the key away."""
    inner = document
    for step in path[:-1]:
        inner = inner[step]
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return document
