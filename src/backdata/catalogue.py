"""The catalogue of rules, for programs: what every rule finds, where, why and what to do, as ``rules.schema.json`` promises."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from backdata.explain import examples, open_places, where
from backdata.model import Rule
from backdata.version import VERSION

SCHEMA = "urn:backdata:schema:rules:0.1"


def text(rules: Iterable[Rule]) -> str:
    """The catalogue as JSON."""
    return json.dumps(document(rules), ensure_ascii=False, indent=2) + "\n"


def document(rules: Iterable[Rule]) -> dict[str, Any]:
    """The catalogue of rules, by code."""
    by_code = sorted(rules, key=lambda rule: rule.code)
    return {"$schema": SCHEMA, "version": VERSION, "rules": [_rule(rule) for rule in by_code]}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "title": rule.title,
        "family": rule.family,
        "severity": str(rule.severity),
        "view": rule.view,
        "looks_at": where(rule),
        "readings": rule.readings,
        "reason": " ".join(rule.reason.split()),
        "says": open_places(rule.says),
        "fix": open_places(rule.fix),
        "source": rule.source,
        "found": examples(rule.bad),
        "not_found": examples(rule.good),
        "yields_to": list(rule.yields_to),
        "explains": list(rule.explains),
        "within": rule.within if rule.explains else None,
        "waits_for": rule.waits_for,
        "page": f"docs/rules/{rule.code}.md",
    }
