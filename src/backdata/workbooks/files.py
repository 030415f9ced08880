"""Workbooks as files: bytes that depend on the content alone, and pages that print well."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from backdata.bundle import epoch, zipped

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


def saved(workbook: Workbook, title: str, properties: Mapping[str, str] | None = None) -> bytes:
    """The bytes of the file, without the present time, and under our own name.

    openpyxl stamps files with the time, signs them as Microsoft Excel, and fixes every height of a row that is given;
    without ``customHeight`` a row still grows when somebody types into it.
    """
    from openpyxl.packaging.core import DocumentProperties
    from openpyxl.writer.excel import ExcelWriter

    date = released().replace(tzinfo=None)
    workbook.properties = DocumentProperties(
        creator="backdata", title=title, created=date, modified=date, **(properties or {})
    )
    buffer = BytesIO()
    ExcelWriter(workbook, ZipFile(buffer, "w")).save()
    with ZipFile(buffer) as archive:
        parts = {name: archive.read(name).replace(b' customHeight="1"', b"") for name in archive.namelist()}
    return zipped({**parts, "docProps/app.xml": _SIGNED})


def released() -> datetime:
    """The date that goes into files: that of the release, unless SOURCE_DATE_EPOCH says otherwise."""
    return datetime.fromtimestamp(epoch(), UTC)


def prepare_print(sheet: Worksheet, title: str) -> None:
    """Landscape, as wide as the page, the header on every page."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart(f"{title} – backdata"), right=_HeaderFooterPart("&P / &N")
    )
