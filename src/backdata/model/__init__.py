"""The nouns of backdata: cells, findings, rules, facts, formats. Frozen values, standard library only."""

from __future__ import annotations

from backdata.model.cells import Cell, Row, Table, column_letters
from backdata.model.facts import (
    FACT_TABLES,
    TABLE_OF,
    TOPICS,
    UNSOURCED,
    Dataset,
    Fact,
    Group,
    Muscle,
    cited,
    topic_of,
)
from backdata.model.findings import (
    Answer,
    Change,
    Coverage,
    Finding,
    MuscleCoverage,
    Report,
    Severity,
    fingerprint,
)
from backdata.model.formats import Exporter, Reporter, Write, exporter, reporter
from backdata.model.rules import Edit, Rule, add, drop, edit, published, retitle, rule, stray_file

__all__ = [
    "FACT_TABLES",
    "TABLE_OF",
    "TOPICS",
    "UNSOURCED",
    "Answer",
    "Cell",
    "Change",
    "Coverage",
    "Dataset",
    "Edit",
    "Exporter",
    "Fact",
    "Finding",
    "Group",
    "Muscle",
    "MuscleCoverage",
    "Report",
    "Reporter",
    "Row",
    "Rule",
    "Severity",
    "Table",
    "Write",
    "add",
    "cited",
    "column_letters",
    "drop",
    "edit",
    "exporter",
    "fingerprint",
    "published",
    "reporter",
    "retitle",
    "rule",
    "stray_file",
    "topic_of",
]
