"""Proof: faults are planted in good data, one at a time and through real files, and what is told of each is counted."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from backdata import examples, faults, validation
from backdata.faults.bench import Bench, Trial, items, today
from backdata.faults.good import Good
from backdata.faults.kind import Kind
from backdata.model import Rule

EXAMPLES = "examples of the rules, in the mini-atlas"


@dataclass(frozen=True)
class Tally:
    """All trials of one kind."""

    kind: str
    family: str
    trials: tuple[Trial, ...]
    harmless: bool = False

    def count(self, outcome: str) -> int:
        """How many trials came out so."""
        return sum(trial.outcome == outcome for trial in self.trials)

    @property
    def findings(self) -> float:
        """Findings per fault that was found at all; 1.0 is ideal."""
        return _mean(len(trial.told) for trial in self.trials if trial.told)

    @property
    def items(self) -> float:
        """Items that a report shows, per fault that was found at all."""
        return _mean(trial.items for trial in self.trials if trial.told)


@dataclass(frozen=True)
class Audit:
    """What came of it all."""

    plan: Plan
    tallies: tuple[Tally, ...]

    @property
    def faults(self) -> Tally:
        """All faults together, without the examples of the rules, which are made to be found."""
        chosen = [tally for tally in self.tallies if not tally.harmless and tally.kind != EXAMPLES]
        return Tally("all faults", "", tuple(trial for tally in chosen for trial in tally.trials))

    @property
    def harmless(self) -> Tally:
        """All harmless changes together."""
        chosen = [tally for tally in self.tallies if tally.harmless]
        return Tally("all harmless changes", "", tuple(trial for tally in chosen for trial in tally.trials), True)

    @property
    def caught(self) -> float:
        """Per cent of the faults that were told at their place."""
        planted = len(self.faults.trials)
        return 100 * self.faults.count("caught") / planted if planted else 0.0

    @property
    def false_alarms(self) -> int:
        """Harmless changes of which something was told, or at which backdata itself failed."""
        return sum(bool(trial.told or trial.failed) for trial in self.harmless.trials)

    def reaches(self, at_least: float) -> bool:
        """Whether so many per cent are caught, and nothing harmless is told."""
        return not self.false_alarms and (self.caught >= at_least or not self.faults.trials)


@dataclass(frozen=True)
class Plan:
    """What to audit."""

    seed: int = 1
    count: int = 5  # faults of each kind
    with_publication: bool = True  # whether the last publication lies beside the spoilt data

    def run(self, good: Good, kinds: Iterable[Kind], jobs: int = 1) -> Iterator[Tally]:
        """Plant faults of these kinds, on ``jobs`` processors. Yields the tally of each kind when it is done, in their order."""
        names = [kind.name for kind in kinds]
        with TemporaryDirectory() as folder:
            if jobs == 1 or len(names) < 2:
                bench = Bench(good, Path(folder), self.with_publication)
                yield from (self.tally(bench, name) for name in names)
                return
            given = (self, good, Path(folder))
            with ProcessPoolExecutor(min(jobs, len(names)), initializer=_start, initargs=given) as workers:
                yield from workers.map(_tally, names)

    def tally(self, bench: Bench, name: str) -> Tally:
        """The faults of one kind."""
        kind = next(kind for kind in faults.kinds() if kind.name == name)
        return Tally(name, kind.family, tuple(self._trials(bench, kind)), kind.harmless)

    def _trials(self, bench: Bench, kind: Kind) -> Iterator[Trial]:
        done: set[str] = set()
        for number in range(self.count):
            planted = kind.draw(bench.good, f"{self.seed}/{number}", done)
            if planted is None:
                return
            done.add(planted.did)
            yield bench.trial(kind, planted)


_worker: dict[str, tuple[Plan, Bench]] = {}  # of this process, where the work is shared out


def _start(plan: Plan, good: Good, folder: Path) -> None:
    _worker["mine"] = plan, Bench(good, folder / str(os.getpid()), plan.with_publication)


def _tally(name: str) -> Tally:
    plan, bench = _worker["mine"]
    return plan.tally(bench, name)


def examples_of(rules: Iterable[Rule]) -> Tally:
    """Every rule's own bad example, in the mini-atlas: caught where that very rule tells it."""
    with TemporaryDirectory() as folder:
        return Tally(EXAMPLES, "rules", tuple(_example(rule, Path(folder) / rule.code) for rule in rules))


def _example(rule: Rule, folder: Path) -> Trial:
    folder.mkdir()
    told = validation.validate([examples.write(folder, rule.bad)], today()).report.told
    return Trial(EXAMPLES, f"{rule.code} {rule.title}", told, items(told), any(f.code == rule.code for f in told))


def _mean(numbers: Iterable[int]) -> float:
    given = list(numbers)
    return sum(given) / len(given) if given else 0.0
