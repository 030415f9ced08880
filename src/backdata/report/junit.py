"""The run as JUnit XML, for the test view of any CI system: one test case per rule, one suite per family of rules.

A rule fails with its errors and warnings; what is worth knowing and what is excepted is its output. A rule that could not run, that had
nothing to judge, or whose findings all follow from others, is skipped with the reason: silence is never a pass.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from backdata.model import FAMILIES, Finding, Report, RuleRecord, Severity, reporter
from backdata.report import visible

_SKIPPED = {
    "could not run": "it could not run",
    "nothing to judge": "nothing to judge",
    "follows from others": "what it finds follows from other findings",
}


@reporter("junit")
def render_junit(report: Report, colour: bool = False) -> str:
    """JUnit XML, for the test view of CI systems."""
    found: dict[str, list[Finding]] = {}
    for finding in report.findings:
        found.setdefault(finding.code, []).append(finding)
    root = ET.Element("testsuites", name="backdata")
    for digit, records in groupby(_records(report, found), lambda record: record.code[2]):
        suite = ET.SubElement(root, "testsuite", name=f"backdata: {FAMILIES[digit]}")
        for record in records:
            suite.append(_case(record, found.get(record.code, [])))
        _count(suite, "tests", "failures", "errors", "skipped")
    _count(root, "tests", "failures", "errors")
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def _records(report: Report, found: Mapping[str, Sequence[Finding]]) -> list[RuleRecord]:
    """What every rule did; a finding is told even if nothing is recorded of its rule."""
    records = {record.code: record for record in report.records}
    others = {code: RuleRecord(code, findings[0].name, "found", 0, 0, 0, ()) for code, findings in found.items()}
    return [record for _, record in sorted({**others, **records}.items())]


def _case(record: RuleRecord, findings: Sequence[Finding]) -> ET.Element:
    name = f"{record.code} {record.name.replace('_', ' ')}"
    case = ET.Element("testcase", name=name, classname=f"backdata.{FAMILIES[record.code[2]]}")
    told = [finding for finding in findings if finding.excepted is None]
    if failed := [finding for finding in told if finding.severity != Severity.INFO]:
        worst = max(failed, key=lambda finding: finding.severity.rank).severity
        message = f"{len(failed)} × {name}" if len(failed) > 1 else _line(failed[0])
        ET.SubElement(case, "failure", type=str(worst), message=message).text = "\n".join(map(_line, failed))
    elif not told and record.outcome in _SKIPPED:
        reasons = "; ".join(map(visible, record.reasons)) or _SKIPPED[record.outcome]
        ET.SubElement(case, "skipped", message=reasons)
    rest = [_line(finding) for finding in told if finding.severity == Severity.INFO]
    rest += [f"excepted: {visible(each.excepted)} ({_line(each)})" for each in findings if each.excepted is not None]
    rest += [f"not everywhere: {visible(reason)}" for reason in record.reasons if record.outcome != "could not run"]
    if rest:
        ET.SubElement(case, "system-out").text = "\n".join(rest)
    return case


def _line(finding: Finding) -> str:
    """A finding on one line, with only such characters as XML may hold."""
    nearest = f" Nearest: {'; '.join(finding.suggestions)}." if finding.suggestions else ""
    return visible(f"{finding.cell}: {finding.message} To do: {finding.fix}{nearest}")


def _count(element: ET.Element, *kinds: str) -> None:
    tags = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    for kind in kinds:
        element.set(kind, str(sum(1 for _ in element.iter(tags[kind]))))
