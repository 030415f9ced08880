"""The spine maps of the workbook, each drawn once: the same picture as on cards and web pages."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from backdata import figures
from backdata.figures.raster import png
from backdata.figures.wording import short
from backdata.model import Dataset
from backdata.workbooks.paper import pixels
from backdata.workbooks.pictures import MEDIA, Picture

WIDTH, _HIGHEST = pixels(47), 218.0  # pixels and points: two of the highest stand on one page
_FINE = 300  # pixels of the PNG: some 165 to the inch on paper
_POINTS = 0.75  # of a pixel


@dataclass(frozen=True, slots=True)
class Map:
    """One picture and its size on the sheet: pixels wide, points high."""

    name: str  # of its files: its id, and what changes with its content
    svg: str
    png: bytes
    says: str
    width: int
    height: float

    def at(self, row: int, left: int, top: float) -> Picture:
        """The picture at its place: pixels from the left border of the sheet, points below the top of a row."""
        return Picture(self.name, self.svg, self.png, self.says, row, left, top, self.width, self.height)


def drawn(dataset: Dataset, ids: Iterable[str], before: Path | None) -> Mapping[str, Map]:
    """The maps of all that have something to draw; those that ``before``, the last workbook, holds are not made again.

    Turning drawings into PNG takes longer than all the rest of the workbook.
    """
    known = _media(before)
    pictures = {id: figures.svg(dataset, id) for id in ids if figures.drawable(dataset, id)}
    return {id: _map(id, svg, short(dataset, id), known) for id, svg in pictures.items()}


def _media(workbook: Path | None) -> Mapping[str, bytes]:
    """The pictures of a workbook by the names of their files; none where there is no workbook that can be read."""
    try:
        with ZipFile(workbook or "") as archive:
            names = (name for name in archive.namelist() if name.startswith(MEDIA))
            return {name.removeprefix(MEDIA): archive.read(name) for name in names if name.endswith(".png")}
    except (OSError, EOFError, RuntimeError, BadZipFile, zlib.error):  # whichever way it is damaged
        return {}


def _map(id: str, svg: str, says: str, known: Mapping[str, bytes]) -> Map:
    """As wide as the column, unless that makes it too high for its row."""
    size = re.search(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', svg)
    assert size is not None, "every figure states its size"
    ratio = float(size[2]) / float(size[1])
    width = min(WIDTH, int(_HIGHEST / _POINTS / ratio))
    name = f"{id}-{sha256(f'{_painter()} {_FINE} {svg}'.encode()).hexdigest()[:12]}"
    return Map(name, svg, known.get(f"{name}.png") or png(svg, _FINE), says, width, round(width * ratio * _POINTS, 2))


@cache
def _painter() -> str:
    """The version of what makes the PNG; another one may set a pixel otherwise."""
    return version("resvg_py")
