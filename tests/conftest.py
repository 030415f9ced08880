"""What every test may ask for: the whole data set, the mini-atlas as files and as a Dataset, and a run of the check."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from backdata import examples, resources, validation
from backdata.model import Dataset, Edit, Report
from backdata.validation import Validation

TODAY = dt.date(2026, 11, 22)
Judge = Callable[[Iterable[Edit]], Report]


@pytest.fixture(scope="session")
def checked() -> Validation:
    """The repository's own workbooks, read and checked."""
    return validation.validate([resources.RAW], TODAY)


@pytest.fixture(scope="session")
def dataset(checked: Validation) -> Dataset:
    """The whole data set."""
    return checked.dataset()


@pytest.fixture(scope="session")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The mini-atlas as a Dataset."""
    return validation.validate([examples.write(tmp_path_factory.mktemp("mini"))], TODAY).dataset()


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Checks the mini-atlas after some edits, through real files."""
    return lambda edits: validation.validate([examples.write(tmp_path, edits)], TODAY).report
