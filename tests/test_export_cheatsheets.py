"""The cheat sheets: one page each, printed by a real browser, with everything that is taught of a system."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from backdata.anatomy.systems import muscles, systems
from backdata.exporters.cheatsheets import write_cheatsheets
from backdata.model import Dataset

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def sheets(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cheatsheets")
    write_cheatsheets.write(dataset, folder, None)
    return folder


def test_the_systems_are_those_that_are_taught(dataset: Dataset, mini: Dataset) -> None:
    assert [system.id for system in systems(dataset)] == [
        "superficial", "intermediate", "spinotransverse", "erector-spinae", "transversospinal", "segmental",
        "suboccipital-posterior", "suboccipital-anterior",
    ]  # fmt: skip
    for each in (dataset, mini):
        found = [muscle.id for system in systems(each) for muscle in muscles(each, system)]
        assert found == list(each.muscles)


def test_every_sheet_prints_as_one_page(sheets: Path, browser: Browser) -> None:
    for sheet in sorted(sheets.glob("*.html")):
        page = browser.new_page()
        page.goto(sheet.as_uri())
        pdf = page.pdf(prefer_css_page_size=True, print_background=True)
        page.close()
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1, sheet.name


def test_nothing_is_cut_off_and_everything_can_be_read(sheets: Path, browser: Browser) -> None:
    for sheet in sorted(sheets.glob("*.html")):
        page = browser.new_page(viewport={"width": 1062, "height": 733})  # A4 without its margins, in CSS pixels
        page.emulate_media(media="print")
        page.goto(sheet.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 1062, sheet.name
        assert float(page.evaluate("parseFloat(getComputedStyle(document.querySelector('td')).fontSize)")) >= 8, (
            sheet.name
        )
        wide = "[...document.querySelectorAll('td, th')].filter(cell => cell.scrollWidth > cell.clientWidth + 1).length"
        assert page.evaluate(wide) == 0, sheet.name
        assert page.evaluate("document.querySelector('figure svg').getBoundingClientRect().height") > 250, sheet.name
        page.close()


def test_a_sheet_holds_all_that_is_taught_of_its_system(dataset: Dataset, sheets: Path) -> None:
    for system in systems(dataset):
        text = (sheets / f"{system.id}.html").read_text("utf-8").replace("\u2060", "")
        for muscle in muscles(dataset, system):
            for topic in ("origin", "insertion", "innervation", "blood_supply"):
                for fact in muscle.about(topic):
                    if fact.reading == "preferred" and fact.stated_at not in (*muscle.parts, muscle.part_of):
                        assert f"<p>{fact.text}" in text, fact.id


def test_a_star_tells_that_sources_differ(sheets: Path) -> None:
    text = (sheets / "superficial.html").read_text("utf-8").replace("\u2060", "")
    assert "<p>spinous processes of T2–T5*</p>" in text  # rhomboid major: T1–T4 in German and Dutch books
    assert "<p>medial border of the scapula, at the level of the spine</p>" in text
    assert "* sources differ" in text
