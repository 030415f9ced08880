"""Workbooks as files: bytes that depend on the content alone, and pages that print well."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from backdata.bundle import epoch
from backdata.workbooks.package import Package

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_SIGNED = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/extended-properties"><Application>backdata</Application></Properties>'
)


def blank_workbook() -> Workbook:
    """A workbook without sheets."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    return workbook


def saved(
    workbook: Workbook,
    title: str,
    properties: Mapping[str, str] | None = None,
    fixed: Collection[str] = (),
    add: Callable[[Package], None] = lambda package: None,
) -> bytes:
    """The bytes of the file, without the present time, and under our own name; ``add`` puts in what openpyxl cannot write.

    openpyxl stamps files with the time, signs them as Microsoft Excel, and fixes every height of a row that is given;
    without ``customHeight`` a row still grows when somebody types into it. Sheets that are ``fixed`` keep their heights.
    """
    from openpyxl.packaging.core import DocumentProperties
    from openpyxl.writer.excel import ExcelWriter

    date = released().replace(tzinfo=None)
    workbook.properties = DocumentProperties(
        creator="backdata", title=title, created=date, modified=date, **(properties or {})
    )
    buffer = BytesIO()
    ExcelWriter(workbook, ZipFile(buffer, "w")).save()
    package = Package(buffer.getvalue())
    kept = {part_of(workbook, name) for name in fixed}
    for name in package.parts.keys() - kept:
        package.parts[name] = package.parts[name].replace(b' customHeight="1"', b"")
    package.parts["docProps/app.xml"] = _SIGNED
    add(package)
    return package.data()


def part_of(workbook: Workbook, sheet: str) -> str:
    """The part of the file that openpyxl writes a sheet into."""
    return f"xl/worksheets/sheet{workbook.sheetnames.index(sheet) + 1}.xml"


def released() -> datetime:
    """The date that goes into files: that of the release, unless SOURCE_DATE_EPOCH says otherwise."""
    return datetime.fromtimestamp(epoch(), UTC)


def prepare_print(sheet: Worksheet, title: str, footer: str = "") -> None:
    """A4, landscape, as wide as the page, the header on every page; the title on top, or in the footer where that is blank."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = 0.7 if footer else 0.6
    sheet.page_margins.bottom = 0.6
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    if footer:
        sheet.HeaderFooter.oddHeader = HeaderFooterItem(left=_HeaderFooterPart(title, font="Calibri,Bold", size=14))
    left = _HeaderFooterPart(footer or f"{title} – backdata", font="Calibri,Regular", size=9)
    right = _HeaderFooterPart("Page &P of &N", font="Calibri,Regular", size=9)
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(left=left, right=right)
