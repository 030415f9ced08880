"""The nouns of backdata: cells, findings, rules, facts, formats. Frozen values, standard library only."""

from __future__ import annotations

from backdata.model.cells import Cell, Row, Table, column_letters
from backdata.model.facts import FACT_TABLES, TABLE_OF, TOPICS, UNSOURCED, Fact, Source, cited, topic_of
from backdata.model.findings import (
    Answer,
    Change,
    Coverage,
    Finding,
    MuscleCoverage,
    Severity,
    fingerprint,
)
from backdata.model.formats import Exporter, Reporter, Write, exporter, reporter
from backdata.model.levels import SCALES, Levels, Run
from backdata.model.muscles import Dataset, Group, Identifiers, Muscle
from backdata.model.named import Named, Unknown
from backdata.model.report import OUTCOMES, Cause, Excerpt, Report, RuleRecord, causes
from backdata.model.rules import FAMILIES, Edit, Rule, add, drop, edit, published, retitle, rule, stray_file
from backdata.model.words import capital

__all__ = [
    "FACT_TABLES",
    "FAMILIES",
    "OUTCOMES",
    "SCALES",
    "TABLE_OF",
    "TOPICS",
    "UNSOURCED",
    "Answer",
    "Cause",
    "Cell",
    "Change",
    "Coverage",
    "Dataset",
    "Edit",
    "Excerpt",
    "Exporter",
    "Fact",
    "Finding",
    "Group",
    "Identifiers",
    "Levels",
    "Muscle",
    "MuscleCoverage",
    "Named",
    "Report",
    "Reporter",
    "Row",
    "Rule",
    "RuleRecord",
    "Run",
    "Severity",
    "Source",
    "Table",
    "Unknown",
    "Write",
    "add",
    "capital",
    "causes",
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
