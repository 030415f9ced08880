"""``exports/cheatsheets``: one page per system to print and pin up: all its muscles in a table, beside the map of the system.

HTML with its style and picture inside, laid out as one page of A4, landscape: a browser's "Print" makes the PDF.
"""

from __future__ import annotations

import base64
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from backdata import figures
from backdata.anatomy.systems import muscles, systems
from backdata.exporters.cheatsheets.cells import line
from backdata.exporters.cheatsheets.layout import fitted
from backdata.model import Dataset, exporter
from backdata.version import VERSION

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
_JOINER = "\u2060"  # keeps T1–T12 on one line
_LETTERS = Path(figures.__file__).parent / "font"


@exporter("cheatsheets")
def write_cheatsheets(dataset: Dataset, folder: Path, before: Path | None) -> None:
    """Cheat sheets to print: one page per system, its muscles in a table beside the map of the system."""
    page = _environment().get_template("sheet.html")
    style = (_HERE / "sheet.css").read_text("utf-8")
    for system in systems(dataset):
        lines = [line(dataset, muscle, system) for muscle in muscles(dataset, system)]
        map = figures.svg(dataset, system.id)
        text = page.render(
            system=system,
            lines=lines,
            layout=fitted(lines, _shape(map)),
            map=map,
            style=style,
            letters=_letters(),
            version=dataset.version or VERSION,
        )
        (folder / f"{system.id}.html").write_bytes(text.encode())


def _shape(map: str) -> float:
    """How high a picture is for its width."""
    _, _, width, height = map.partition('viewBox="')[2].partition('"')[0].split()
    return float(height) / float(width)


@cache
def _letters() -> dict[int, str]:
    """Weight → the letters of the figures, to stand inside a page: with others a sheet might need a second page."""
    faces = {400: "Regular", 700: "Bold"}
    return {
        weight: base64.b64encode((_LETTERS / f"BackdataSans-{name}.ttf").read_bytes()).decode()
        for weight, name in faces.items()
    }


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_HERE, encoding="utf-8"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["unbroken"] = lambda text: text.replace("–", f"{_JOINER}–{_JOINER}")
    return environment
