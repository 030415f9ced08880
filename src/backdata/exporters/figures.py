"""``exports/figures``: the spine maps as SVG files, and a page that shows them all."""

from __future__ import annotations

from pathlib import Path

from backdata import figures
from backdata.figures import gallery
from backdata.model import Dataset, exporter


@exporter("figures")
def write_figures(dataset: Dataset, folder: Path, before: Path | None) -> None:
    """Spine maps to look at and to show: one SVG per muscle and per group, and a page (`index.html`) with all of them."""
    pictures = {id: figures.svg(dataset, id) for id in figures.drawn(dataset)}
    for id, svg in pictures.items():
        (folder / f"{id}.svg").write_text(svg, encoding="utf-8", newline="\n")
    (folder / "index.html").write_text(gallery.page(dataset, list(pictures)), encoding="utf-8", newline="\n")
