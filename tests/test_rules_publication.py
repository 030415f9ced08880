"""What was published is missed: rows, terms and columns that are gone, cells that changed, columns that changed as a whole."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from backdata import check, intake, registry, schemas
from backdata.model import Finding, Table
from backdata.validation import Validation

TODAY = dt.date(2026, 11, 22)
Grid = list[list[str]]


@pytest.fixture(scope="module")
def before(checked: Validation) -> dict[str, Table]:
    """The whole data set, as if it had been published as it stands."""
    return dict(checked.intake.tables)


@pytest.fixture
def told(before: dict[str, Table], tmp_path: Path) -> Callable[..., list[Finding]]:
    """What is found after a change of one or more sheets: table → a function of its grid, or the grid; None leaves it out."""

    def run(**changes: Callable[[Grid], Grid] | Grid | None) -> list[Finding]:
        for table, sheet in before.items():
            change = changes.get(table, grid_of(sheet))
            grid = change(grid_of(sheet)) if callable(change) else change
            if grid is not None:
                with (tmp_path / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                    csv.writer(file).writerows(grid)
        tables = schemas.tables()
        report = check.check(intake.read([tmp_path], tables), list(registry.rules().values()), tables, TODAY, before)
        return [finding for finding in report.findings if finding.excepted is None and finding.severity != "info"]

    return run


def grid_of(sheet: Table) -> Grid:
    return [list(sheet.columns), *([row.get(column) or "" for column in sheet.columns] for row in sheet.rows)]


def sorted_alone(column: str) -> Callable[[Grid], Grid]:
    def change(grid: Grid) -> Grid:
        place = grid[0].index(column)
        for row, value in zip(grid[1:], sorted(row[place] for row in grid[1:]), strict=True):
            row[place] = value
        return grid

    return change


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


@pytest.mark.parametrize("table", ["vessel_links", "territories"])
def test_a_deleted_link_or_territory_is_told_at_its_vessel(table: str, told: Callable[..., list[Finding]]) -> None:
    findings = told(**{table: lambda grid: grid[:-1]})
    assert "BD701" in codes(findings)
    assert {finding.cell.file for finding in findings if finding.code == "BD701"} == {"vessels.csv"}


@pytest.mark.parametrize(("table", "column"), [("muscles", "fma"), ("muscles", "part_of"), ("groups", "insertion_on")])
def test_a_column_that_may_be_left_out_is_missed(table: str, column: str, told: Callable[..., list[Finding]]) -> None:
    def change(grid: Grid) -> Grid:
        place = grid[0].index(column)
        return [row[:place] + row[place + 1 :] for row in grid]

    (finding,) = told(**{table: change})
    assert (finding.code, finding.column, finding.cell.row) == ("BD708", column, 1)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("attachments", "levels"),
        ("attachments", "muscle"),
        ("vessel_links", "to"),
        ("muscles", "id"),
        ("attachments", "from_origin"),
    ],
)
def test_a_column_sorted_alone_is_one_finding(table: str, column: str, told: Callable[..., list[Finding]]) -> None:
    (finding,) = told(**{table: sorted_alone(column)})
    assert (finding.code, finding.column, finding.cell.row, finding.value) == ("BD709", column, 1, column)


@pytest.mark.parametrize(
    ("table", "one", "other"), [("attachments", "structure", "levels"), ("vessels", "kind", "depth")]
)
def test_exchanged_headers_are_one_finding_that_names_both(
    table: str, one: str, other: str, told: Callable[..., list[Finding]]
) -> None:
    def change(grid: Grid) -> Grid:
        a, b = grid[0].index(one), grid[0].index(other)
        grid[0][a], grid[0][b] = other, one
        return grid

    (finding,) = told(**{table: change})
    assert finding.code == "BD709"
    assert f"“{one}”" in finding.message and f"“{other}”" in finding.message


def test_a_column_that_was_meant_to_change_can_be_excepted(told: Callable[..., list[Finding]]) -> None:
    granted = ["BD709", "attachments.page", "page", "page", "counted anew in the second edition", "gray-1918", "editors",
               "2026-11-22", ""]  # fmt: skip

    def pages(grid: Grid) -> Grid:
        place = grid[0].index("page")
        return [
            grid[0],
            *([*row[:place], f"{row[place]}9" if row[place] else "", *row[place + 1 :]] for row in grid[1:]),
        ]

    assert codes(told(attachments=pages)) == ["BD709"]
    assert codes(told(attachments=pages, exceptions=lambda grid: [*grid, granted])) == []


def test_a_few_cells_of_a_column_are_no_column(told: Callable[..., list[Finding]]) -> None:
    def pages(grid: Grid) -> Grid:
        place = grid[0].index("page")
        for row in grid[1:60]:
            row[place] = row[place] and f"{row[place]}9"
        return grid

    assert told(attachments=pages) == []


def test_two_sheets_with_each_others_names_are_one_finding(
    before: dict[str, Table], told: Callable[..., list[Finding]]
) -> None:
    sources, facts = grid_of(before["sources"]), grid_of(before["attachments"])
    (finding,) = told(attachments=sources, sources=facts)
    assert finding.code == "BD117"


@pytest.mark.parametrize("table", ["attachments", "vessels", "sources", "muscles"])
def test_a_header_among_the_rows_is_one_finding(table: str, told: Callable[..., list[Finding]]) -> None:
    (finding,) = told(**{table: lambda grid: [*grid[:9], grid[0], *grid[9:]]})
    assert (finding.code, finding.cell.row) == ("BD622", 10)


@pytest.mark.parametrize("change", [None, lambda grid: grid[1:]], ids=["deleted", "without its header"])
def test_what_was_excepted_stays_so_while_the_exceptions_cannot_be_read(
    change: Callable[[Grid], Grid] | None, told: Callable[..., list[Finding]]
) -> None:
    (finding,) = told(exceptions=change)
    assert finding.code in ("BD102", "BD105")


def test_a_deleted_term_is_told_once_not_wherever_it_is_named(told: Callable[..., list[Finding]]) -> None:
    (finding,) = told(vessels=lambda grid: [row for row in grid if row[0] != "azygos-vein"])
    assert (finding.code, finding.row_id) == ("BD701", "azygos-vein")
    assert "cells name" in finding.message


@pytest.mark.parametrize("table", ["attachments", "vessels", "territories", "groups"])
def test_a_sheet_without_any_row_is_one_finding(table: str, told: Callable[..., list[Finding]]) -> None:
    (finding,) = told(**{table: lambda grid: grid[:1]})
    assert finding.code in ("BD108", "BD703")
    assert finding.cell.file == f"{table}.csv"
