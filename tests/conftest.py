"""What every test may ask for: the whole data set, the mini-atlas as files and as a Dataset, and a run of the check."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from backdata import check, engine, examples, resources, validation
from backdata.intake import xlsx
from backdata.intake.cells import Sheet
from backdata.model import Dataset, Edit, Report
from backdata.questions import Question
from backdata.validation import Validation
from backdata.verbs import View

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TODAY = dt.date(2026, 11, 22)
Judge = Callable[[Iterable[Edit]], Report]


@pytest.fixture(scope="session", autouse=True)
def nothing_is_worked_out_twice() -> Iterator[None]:
    """The same bytes are parsed once and the same questions put to the same rows once: most tests change a single sheet."""
    parse, answer = xlsx.read, check.answers
    parsed: dict[bytes, list[Sheet]] = {}
    answered: dict[tuple[object, ...], tuple[Sequence[Question], Any]] = {}

    def read(path: Path, name: str) -> list[Sheet]:
        key = sha256(path.read_bytes()).digest()
        if key not in parsed:
            parsed[key] = parse(path, name)
        return [replace(sheet, file=name) for sheet in parsed[key]]

    def answers(view: View, frame: engine.Frame, asked: Sequence[Question]) -> Any:
        cells = sha256(repr(view.columns).encode()).digest()
        key = (view.name, cells, *(id(question.rule) for question in asked))
        if key not in answered:
            answered[key] = (asked, answer(view, frame, asked))
        return answered[key][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(xlsx, "read", read)
        patch.setattr(check, "answers", answers)
        yield


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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium without a window, one for all tests: a second one beside it is refused. Nothing is ever downloaded."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        told = "there is no chromium to look at pages with; tests/install-programs.sh installs it"
        if os.environ.get("CI") == "true":
            pytest.fail(told)
        pytest.skip(told)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=program)
        yield opened
        opened.close()


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Checks the mini-atlas after some edits, through real files."""
    return lambda edits: validation.validate([examples.write(tmp_path, edits)], TODAY).report
