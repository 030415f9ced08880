"""Pictures in a workbook, as SVG for the programs that can show it and as PNG for the others.

openpyxl writes neither SVG nor words for those who cannot see a picture, so the parts of the drawings are written here: the
``blip`` names the PNG, and its extension, which older programs pass over, the SVG.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from backdata.workbooks.package import RELATIONS, Package, append, children

MEDIA = "xl/media/"
_POINT, _PIXEL = 12_700, 9_525  # in the units of drawings
_DRAWING = "application/vnd.openxmlformats-officedocument.drawing+xml"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_SVG, _SVG_EXTENSION = (
    "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "{96DAC541-7B7A-43D3-8B79-37D633B846F1}",
)
_DRAWINGS_STAND_BEFORE = {
    "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture on a sheet, within one row of it."""

    name: str  # of its files
    svg: str
    png: bytes
    says: str  # for those who cannot see it
    row: int  # from 1
    left: int  # pixels from the left border of the sheet
    top: float  # points below the top of the row
    width: int  # pixels
    height: float  # points


def put_pictures(package: Package, sheet: str, pictures: Sequence[Picture], columns: Sequence[int]) -> None:
    """Put pictures onto a sheet that has none; ``sheet`` is its part, ``columns`` are the widths of its columns in pixels."""
    if not pictures:
        return
    package.default_type("png", "image/png")
    package.default_type("svg", "image/svg+xml")
    drawing = package.free("xl/drawings/drawing{}.xml")
    anchors = [
        _anchor(number, picture, columns, _media(package, drawing, picture))
        for number, picture in enumerate(pictures, 2)
    ]
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    text = f'{head}<xdr:wsDr xmlns:xdr="{_SHEET}" xmlns:a="{_MAIN}">{"".join(anchors)}</xdr:wsDr>'
    package.put(drawing, text.encode(), _DRAWING)
    root = package.tree(sheet)
    before = next((each for each in children(root) if each.localName in _DRAWINGS_STAND_BEFORE), None)
    listed = append(root, "drawing", before)
    listed.setAttribute("xmlns:r", RELATIONS)
    listed.setAttributeNS(RELATIONS, "r:id", package.relate(sheet, "drawing", drawing))


def _media(package: Package, drawing: str, picture: Picture) -> Mapping[str, str]:
    """The files of a picture, once in the workbook, and the ids under which the drawing refers to them."""
    ids = {}
    for ending, content in (("png", picture.png), ("svg", picture.svg.encode())):
        name = f"{MEDIA}{picture.name}.{ending}"
        package.parts[name] = content
        ids[ending] = package.relate(drawing, "image", name)
    return ids


def _anchor(number: int, picture: Picture, columns: Sequence[int], media: Mapping[str, str]) -> str:
    """Where it stands and what it shows, as Excel writes it."""
    top, bottom = round(picture.top * _POINT), round((picture.top + picture.height) * _POINT)
    size = f'<a:ext cx="{picture.width * _PIXEL}" cy="{bottom - top}"/>'
    name, says = escape(f"Map {number - 1}"), escape(picture.says)
    return (
        '<xdr:twoCellAnchor editAs="oneCell">'
        f"<xdr:from>{_corner(picture.left, columns, picture.row, top)}</xdr:from>"
        f"<xdr:to>{_corner(picture.left + picture.width, columns, picture.row, bottom)}</xdr:to>"
        f'<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{number}" name="{name}" descr="{says}"/>'
        '<xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr>'
        f'<xdr:blipFill><a:blip xmlns:r="{RELATIONS}" r:embed="{media["png"]}"><a:extLst><a:ext uri="{_SVG_EXTENSION}">'
        f'<asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="{media["svg"]}"/></a:ext></a:extLst></a:blip>'
        "<a:stretch><a:fillRect/></a:stretch></xdr:blipFill>"
        f'<xdr:spPr><a:xfrm><a:off x="{picture.left * _PIXEL}" y="0"/>{size}</a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:twoCellAnchor>'
    )


def _corner(across: int, columns: Sequence[int], row: int, down: int) -> str:
    column = 0
    while column < len(columns) - 1 and across > columns[column]:
        across -= columns[column]
        column += 1
    return (
        f"<xdr:col>{column}</xdr:col><xdr:colOff>{across * _PIXEL}</xdr:colOff>"
        f"<xdr:row>{row - 1}</xdr:row><xdr:rowOff>{down}</xdr:rowOff>"
    )
