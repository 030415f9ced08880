"""The report as one web page that needs nothing else: no network, no other file, and a script only to search and filter.

The page is ``page.html`` with one part per section beside it, its looks are ``page.css``, its search is ``page.js``. All that is
told stands in the HTML, so that the page can be read, and printed, without its script. Whatever comes from a cell is made
visible and escaped on its way into the page, without exception; and the page forbids every script and style but its own.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from backdata.model import Report, Severity, reporter
from backdata.report import visible
from backdata.report.html import findings, muscles, reading, rules
from backdata.version import VERSION

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent


@reporter("html")
def render_html(report: Report, colour: bool = False) -> str:
    """One web page to search, filter, print and send: every finding in its row, completeness, and what every rule did."""
    style, script = ((_HERE / name).read_text("utf-8") for name in ("page.css", "page.js"))
    told = findings.told(report)
    page = _environment().get_template("page.html")
    return page.render(
        report=report,
        counts=[(str(severity), report.count(severity)) for severity in Severity],
        sheets=findings.by_sheet(told),
        found_in=findings.found_in(told),
        found_by=findings.found_by(told),
        excepted=findings.excepted(report),
        heat=muscles.heat(report, told),
        outcomes=rules.outcomes(report),
        pages=rules.pages(report),
        left_out=reading.left_out(report),
        tidied=reading.tidied(report),
        version=VERSION,
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def shown(value: object) -> object:
        """What fills an open place of the page: letters that no screen shows are named; then it is escaped."""
        return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        loader=FileSystemLoader(_HERE, encoding="utf-8"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=shown,
    )
    environment.filters["many"] = _many
    return environment


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _hash(source: str) -> str:
    """As a Content-Security-Policy names what may run."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
