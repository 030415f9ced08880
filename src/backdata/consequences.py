"""One fault, one finding: what only repeats another finding, or follows from it, is not told beside it.

A rule says so in one of three ways: it *yields to* others at the same cell; it *explains* others, which then follow from it; or
it *waits for* the parts of what it judges, a muscle for example, to be in order before it speaks of the whole. What is said of a
fact also waits for the muscle and the terms that it names to be in order in their own sheets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from backdata.model import Cell, Coverage, Finding, Rule, Severity

_APART = {
    "page",
    "also",
    "note",
    "source",
    "latin",
    "synonyms",
    "ta2",
    "ta98",
    "fma",
    "uberon",
}  # no other row is judged by these
_Place: TypeAlias = Callable[[Finding], object]
_SCOPES: dict[str, _Place] = {  # from the narrowest to the widest
    "cell": lambda finding: _cell(finding),
    "row": lambda finding: (finding.cell.file, finding.cell.sheet, finding.cell.row),
    "question": lambda finding: finding.row_id.rpartition(".")[0] or finding.row_id,
    "muscle": lambda finding: finding.row_id.partition(".")[0],
    "sheet": lambda finding: (finding.cell.file, finding.cell.sheet),
    "run": lambda finding: None,
}
_OF_TERMS = (
    "cell and column",
    "reference and vocabulary",
    "publication",
)  # what they tell of a term, all who use it suffer from
_WIDTH = {scope: width for width, scope in enumerate(("", *_SCOPES))}


def once(findings: Iterable[Finding]) -> list[Finding]:
    """One finding per code and cell."""
    first: dict[tuple[str, Cell, str, str], Finding] = {}
    for finding in findings:
        first.setdefault((finding.code, finding.cell, finding.row_id, finding.column), finding)
    return list(first.values())


def without(findings: Sequence[Finding], rules: Mapping[str, Rule]) -> list[Finding]:
    """The findings that stand for themselves. Excepted ones stay, and hide at most what yields to them at their own cell."""
    kept = _without_explained(findings, rules)
    for scope in ("row", "question", "muscle"):
        kept = _without_waiting(kept, rules, scope)
    return _without_wrong_terms(kept, rules)


def without_last(
    findings: Iterable[Finding], coverage: Iterable[Coverage], rules: Mapping[str, Rule]
) -> tuple[list[Finding], list[Coverage]]:
    """The same without those of rules that wait for the whole run to be without errors; the coverage says that these did not run."""
    waits = "errors were found, which come first"
    kept = [finding for finding in findings if rules[finding.code].waits_for != "run" or finding.excepted is not None]
    return kept, [
        Coverage(each.code, each.name, each.view, did_not_run=each.did_not_run or waits)
        if rules[each.code].waits_for == "run"
        else each
        for each in coverage
    ]


def _without_explained(findings: Sequence[Finding], rules: Mapping[str, Rule]) -> list[Finding]:
    codes: dict[object, set[str]] = {}
    for finding in findings:
        codes.setdefault(_cell(finding), set()).add(finding.code)
    explained: dict[tuple[str, object], set[str]] = {}  # (scope, its key) → codes that follow there
    for finding in findings:
        rule = rules[finding.code]
        if rule.explains and finding.excepted is None:
            explained.setdefault((rule.within, _SCOPES[rule.within](finding)), set()).update(rule.explains)

    def follows(finding: Finding) -> bool:
        rule = rules[finding.code]
        if codes[_cell(finding)].intersection(rule.yields_to):
            return True
        for scope, key in _SCOPES.items():
            found = explained.get((scope, key(finding)), set())
            if finding.code in found or ("*" in found and (not rule.explains or _WIDTH[rule.within] < _WIDTH[scope])):
                return True
        return False

    return [finding for finding in findings if finding.excepted is not None or not follows(finding)]


def _without_waiting(findings: Sequence[Finding], rules: Mapping[str, Rule], scope: str) -> list[Finding]:
    key, worst = _SCOPES[scope], dict[object, int]()
    for finding in findings:
        narrower = _WIDTH[rules[finding.code].waits_for] < _WIDTH[scope]
        if narrower and finding.excepted is None and (finding.column not in _APART or scope == "row"):
            worst[key(finding)] = max(worst.get(key(finding), 0), finding.severity.rank)
    return [
        finding
        for finding in findings
        if rules[finding.code].waits_for != scope
        or finding.excepted is not None
        or worst.get(key(finding), -1) < finding.severity.rank
    ]


def _without_wrong_terms(findings: Sequence[Finding], rules: Mapping[str, Rule]) -> list[Finding]:
    """The findings whose muscle and terms are in order in their own sheets.

    A nerve whose ramus is wrong makes wrong facts of all that it supplies. It is told once, and as severely as what it hides.
    """
    wrong: dict[str, int] = {}  # id → number of the worst finding in its own row
    for number, finding in enumerate(findings):
        speaks = rules[finding.code].family in _OF_TERMS and finding.column not in _APART and finding.severity.rank
        if speaks and finding.excepted is None:
            other = findings[wrong.setdefault(finding.row_id, number)]
            if other.severity.rank < finding.severity.rank:
                wrong[finding.row_id] = number
    worst: dict[int, Severity] = {}
    kept = []
    for number, finding in enumerate(findings):
        rule = rules[finding.code]
        judges = rule.family in ("completeness", "anatomy") or rule.view == "exceptions"
        causes = [wrong[id] for id in sorted(finding.names & wrong.keys())] if judges and not finding.excepted else []
        if not causes:
            kept.append((number, finding))
        elif finding.severity.rank > worst.get(causes[0], Severity.INFO).rank:
            worst[causes[0]] = finding.severity
    return [
        replace(finding, severity=max(finding.severity, worst.get(number, finding.severity), key=lambda s: s.rank))
        for number, finding in kept
    ]


def _cell(finding: Finding) -> object:
    """The cell; of what has no cell of its own, a missing sheet for example, the row that tells of it."""
    return finding.cell, "" if finding.cell.column else finding.row_id
