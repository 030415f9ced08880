"""A difference as JSON, as ``diff.schema.json`` promises."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from backdata.diff.difference import KINDS, Change, Difference
from backdata.diff.telling import meaning

SCHEMA = "urn:backdata:schema:diff:0.1"


def render(difference: Difference) -> str:
    """The difference as a JSON document."""
    return json.dumps(document(difference), ensure_ascii=False, indent=2) + "\n"


def document(difference: Difference) -> dict[str, Any]:
    """The difference as plain values."""
    kinds = {kind: len(difference.of(kind, "fact")) for kind in KINDS}
    terms = {kind: len(difference.of(kind)) - kinds[kind] for kind in KINDS if kind != "renumbered"}
    cards = {name: list(getattr(difference.cards, name)) for name in ("new", "updated", "withdrawn")}
    return {
        "$schema": SCHEMA,
        "old": asdict(difference.old),
        "new": asdict(difference.new),
        "same": not difference,
        "counts": {"facts": kinds, "terms": terms},
        "changes": [_change(change) for change in difference.changes],
        "shape": [asdict(each) for each in difference.shape],
        "notes": {**cards, "same": difference.cards.same},
        "means": {audience.lower(): sentences for audience, sentences in meaning(difference).items()},
        "step": {
            "name": difference.step,
            "next": difference.following or None,
            "reasons": [{**asdict(reason), "says": reason.words} for reason in difference.reasons],
        },
    }


def _change(change: Change) -> dict[str, Any]:
    return {**asdict(change), "cells": [asdict(cell) for cell in change.cells], "sentence": change.sentence}
