"""The proof: kinds of faults change the data, are told where a person looks, and harmless changes are not told at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from backdata import audit, faults, registry, resources, validation
from backdata.cli import cli
from backdata.faults import bench as benches
from backdata.faults import files
from backdata.faults.bench import Bench, good_data, today
from backdata.faults.good import Good
from backdata.faults.kind import Kind, Place, Planted

KINDS = {kind.name: kind for kind in faults.kinds()}
FAULTS = [kind for kind in KINDS.values() if not kind.harmless]
HARMLESS = [kind for kind in KINDS.values() if kind.harmless]
CLASSICS = (  # of these not one may be missed
    "nerve of another development (wrong ramus)",
    "origin and insertion of a muscle swapped",
    "C8 as a vertebra",
    "artery of a muscle replaced by a vein or a lymph node",
    "row shifted to the right by a column",
    "30 % of the rows of a sheet deleted",
    "one column sorted, the others left as they were",
    "required column deleted",
    "names of two sheets swapped",
    "two preferred readings of one item",
    "formula",
    "required cell emptied",
    "look-alike letter of another alphabet",
    "term misspelt: two letters swapped",
    "source deleted that facts cite",
    "id given twice",
)


@pytest.fixture(scope="module")
def good() -> Good:
    return good_data(resources.RAW)


@pytest.fixture(scope="module")
def bench(good: Good, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(good, tmp_path_factory.mktemp("bench"))


def drawn(kind: Kind, good: Good, seed: str = "1") -> Planted:
    planted = kind.draw(good, seed)
    assert planted is not None, f"the data has no place for: {kind.name}"
    return planted


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_kind_really_changes_the_data(kind: Kind, good: Good) -> None:
    planted = drawn(kind, good)
    before = {table: good.grids.get(table) for table in planted.grids}
    in_order = [*planted.grids] == [table for table in good.grids if table in planted.grids]
    assert planted.grids != before or planted.form != "xlsx" or not in_order
    assert planted.did


@pytest.mark.parametrize("kind", FAULTS, ids=[kind.name for kind in FAULTS])
def test_a_fault_has_a_place_where_it_must_be_told_and_says_which(kind: Kind, good: Good) -> None:
    planted = drawn(kind, good)
    assert kind.where.startswith("Told ")
    titles = {grid.title for grid in (*good.grids.values(), *planted.grids.values()) if grid}
    assert planted.told_at
    assert {place.sheet for place in planted.told_at} <= titles


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_seed_decides_what_is_planted(kind: Kind, good: Good) -> None:
    assert drawn(kind, good, "4") == drawn(kind, good, "4")


def test_another_seed_plants_other_faults(good: Good) -> None:
    assert sum(kind.draw(good, "1") != kind.draw(good, "2") for kind in KINDS.values()) > len(KINDS) * 0.9


@pytest.mark.parametrize("kind", HARMLESS, ids=[kind.name for kind in HARMLESS])
def test_a_harmless_change_is_not_told(kind: Kind, bench: Bench, good: Good) -> None:
    assert [f"{finding.code} {finding.cell}" for finding in bench.told(drawn(kind, good))] == []


@pytest.mark.parametrize("name", CLASSICS)
def test_a_classic_fault_is_told_at_its_cell(name: str, bench: Bench, good: Good) -> None:
    planted = drawn(KINDS[name], good)
    trial = bench.trial(KINDS[name], planted)
    told = [f"{finding.code} {finding.cell}" for finding in trial.told]
    assert trial.outcome == "caught", f"{planted.did}: {told} {trial.failed}"


def long_way(good: Good, planted: Planted, folder: Path) -> set[tuple[str, str]]:
    """What an editor gets who spoils the workbooks and runs ``backdata validate raw``."""
    tables = {**good.grids, **planted.grids}
    files.write(folder / "raw", tables)
    files.publish(folder / "exports", good.grids)
    told = validation.validate([folder / "raw"], today()).report.told
    return {(finding.fingerprint, finding.cell.address) for finding in told}


@pytest.fixture(scope="module")
def known(good: Good, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What is told of the good data the long way."""
    return {fingerprint for fingerprint, _ in long_way(good, Planted({}, ""), tmp_path_factory.mktemp("good"))}


@pytest.mark.parametrize("name", ["row of a fact deleted", "sheet deleted", "source deleted that facts cite"])
def test_the_short_way_tells_what_the_long_way_tells(
    name: str, bench: Bench, good: Good, known: set[str], tmp_path: Path
) -> None:
    planted = drawn(KINDS[name], good)
    short = {(finding.fingerprint, finding.cell.address) for finding in bench.told(planted)}
    assert {told for told in long_way(good, planted, tmp_path) if told[0] not in known} == short


def test_a_fault_whose_rules_are_taken_away_is_missed(
    good: Good, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = KINDS["C8 as a vertebra"]
    assert Bench(good, tmp_path / "all", with_publication=False).trial(kind, drawn(kind, good)).outcome == "caught"
    kept = {code: rule for code, rule in registry.rules().items() if not code.startswith(("BD5", "BD2"))}
    monkeypatch.setattr(registry, "rules", lambda: kept)
    assert Bench(good, tmp_path / "some", with_publication=False).trial(kind, drawn(kind, good)).outcome == "missed"


def test_a_finding_in_another_row_is_told_elsewhere(bench: Bench, good: Good) -> None:
    kind = KINDS["range that runs backwards"]
    planted = drawn(kind, good)
    elsewhere = Planted(planted.grids, planted.did, (Place("groups", 2, 1),))
    assert bench.trial(kind, elsewhere).outcome == "elsewhere"


def test_a_fault_at_which_the_program_itself_fails_is_missed_and_says_so(
    bench: Bench, good: Good, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object) -> None:
        raise RuntimeError("out of ink")

    monkeypatch.setattr(benches, "check", fail)
    trial = bench.trial(KINDS["formula"], drawn(KINDS["formula"], good))
    assert (trial.outcome, trial.failed) == ("missed", "RuntimeError: out of ink")


def test_the_publication_shows_what_rules_alone_cannot_see(good: Good, tmp_path: Path) -> None:
    kind = KINDS["row of a fact deleted"]
    planted = next(each for each in candidates(kind, good) if is_last_of_several(each, good))
    assert Bench(good, tmp_path / "with").trial(kind, planted).outcome == "caught"
    assert Bench(good, tmp_path / "without", with_publication=False).trial(kind, planted).outcome == "missed"


def candidates(kind: Kind, good: Good) -> Iterator[Planted]:
    return (drawn(kind, good, str(seed)) for seed in range(100))


def is_last_of_several(planted: Planted, good: Good) -> bool:
    """Whether an alternative reading was deleted: neither numbers nor completeness miss it."""
    ((table, grid),) = planted.grids.items()
    assert grid is not None
    (gone,) = set(good.grids[table].rows) - set(grid.rows)
    return "alternative" in gone


# --- the command ---------------------------------------------------------------------------------------------------------

FEW = ["--seed", "3", "--n", "1", "--only", "wrong ramus", "--only", "order of columns", "--only", "row pasted twice"]


def test_the_same_seed_says_the_same_however_many_work_at_it() -> None:
    alone = CliRunner().invoke(cli, ["audit", *FEW, "--jobs", "1"], standalone_mode=False)
    together = CliRunner().invoke(cli, ["audit", *FEW, "--jobs", "2"], standalone_mode=False)
    assert alone.exception is None
    assert alone.output == together.output
    assert "100.0 % of 2 faults caught at the right cell" in alone.output
    assert "0 false alarms at 1 harmless changes" in alone.output
    assert alone.return_value == 0


def test_the_audit_for_machines_counts_the_same() -> None:
    done = CliRunner().invoke(cli, ["audit", *FEW, "--output", "json", "--jobs", "1"], standalone_mode=False)
    told = json.loads(done.output)
    assert (told["planted"], told["caught"], told["false_alarms"]) == (2, 2, 0)
    assert [(kind["kind"], kind["harmless"], kind["planted"]) for kind in told["kinds"]] == [
        ("row pasted twice", False, 1),
        ("nerve of another development (wrong ramus)", False, 1),
        ("order of columns", True, 1),
    ]
    (ramus,) = told["kinds"][1]["trials"]
    assert "BD501" in {each["code"] for each in ramus["told"]} or "BD502" in {each["code"] for each in ramus["told"]}


def test_less_than_wanted_is_exit_code_1(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {code: rule for code, rule in registry.rules().items() if code[:3] != "BD2"}
    monkeypatch.setattr(registry, "rules", lambda: kept)
    run = ["audit", "--n", "1", "--only", "row pasted twice", "--without-publication", "--jobs", "1"]
    assert CliRunner().invoke(cli, run, standalone_mode=False).return_value == 1
    assert CliRunner().invoke(cli, [*run, "--at-least", "0"], standalone_mode=False).return_value == 0


def test_an_unknown_kind_is_wrong_usage() -> None:
    done = CliRunner().invoke(cli, ["audit", "--only", "tea spilt over the keyboard"])
    assert done.exit_code == 2
    assert "row pasted twice" in done.output


def test_every_rule_is_proved_by_its_own_example() -> None:
    tally = audit.examples_of([rule for code, rule in registry.rules().items() if code in ("BD501", "BD102", "BD211")])
    assert [trial.outcome for trial in tally.trials] == ["caught"] * 3
