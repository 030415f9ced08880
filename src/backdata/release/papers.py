"""What says the version in words: the program, the package, the licence, the citation, the changelog."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from backdata import citation
from backdata.diff import Difference
from backdata.diff.difference import Change
from backdata.diff.markdown import plain
from backdata.diff.telling import by_heading, count, went_along
from backdata.release.failure import Failed

WRITTEN = ("src/backdata/version.py", "pyproject.toml", "CHANGELOG.md", citation.NAME, "LICENSE-CONTENT.md")
_MOST = 200  # lines of facts in the changelog; a step that is larger is told by backdata diff
_HEADING = re.compile(r"^## .*unreleased.*$", re.IGNORECASE | re.MULTILINE)
_KINDS = ("added", "changed", "renumbered", "withdrawn")


def version(root: Path) -> str:
    """The version that the program says it is. Raises Failed."""
    found = re.search(r'^VERSION = "([^"]+)"', (root / WRITTEN[0]).read_text("utf-8"), re.MULTILINE)
    if not found:
        raise Failed(f"papers: {WRITTEN[0]} says no version")
    return found[1]


def write(root: Path, version: str, today: dt.date, difference: Difference | None, last: str) -> None:
    """Let all of them say the new version and its date. Raises Failed."""
    moment = int(dt.datetime.combine(today, dt.time(), dt.UTC).timestamp())
    program, package, changes, cited, licence = (root / name for name in WRITTEN)
    _replace(program, r'^VERSION = ".*"$', f'VERSION = "{version}"')
    _replace(program, r"^RELEASED = [0-9]+  # [0-9-]+ UTC", f"RELEASED = {moment}  # {today.isoformat()} UTC")
    _replace(package, r'^version = ".*"$', f'version = "{version}"')
    _replace(licence, r"version [0-9]+[.][0-9]+[.][0-9]+, CC BY", f"version {version}, CC BY")
    cited.write_text(citation.text(version, today), "utf-8", newline="\n")
    text = changelog(changes.read_text("utf-8"), version, today, difference, last)
    changes.write_text(text, "utf-8", newline="\n")


def _replace(file: Path, pattern: str, words: str) -> None:
    text, found = re.subn(pattern, words, file.read_text("utf-8"), flags=re.MULTILINE)
    if found != 1:
        raise Failed(f"papers: {file.name} should say once what is replaced by “{words}”, and says it {found} times")
    file.write_text(text, "utf-8", newline="\n")


def changelog(text: str, version: str, today: dt.date, difference: Difference | None, last: str) -> str:
    """The changelog with the section "unreleased" under its version, and the changed facts after what stands there."""
    heading = f"## {version} ({today.isoformat()})"
    if _HEADING.search(text):
        text = _HEADING.sub(heading, text, count=1)
    else:
        start = found.start() if (found := re.search("^## ", text, re.MULTILINE)) else len(text)
        text = f"{text[:start]}{heading}\n\n{text[start:]}"
    lines = facts(difference, last, version) if difference is not None else []
    start = text.index(heading) + len(heading)
    end = start + found.start() if (found := re.search("^## ", text[start:], re.MULTILINE)) else len(text)
    return text[:start] + _with_facts(text[start:end], lines) + text[end:]


def _with_facts(section: str, lines: list[str]) -> str:
    """A section of the changelog with lines added at the end of its part "Facts", which is made where there is none."""
    if not lines:
        return section
    if "\n### Facts\n" not in section:
        section = f"\n\n### Facts\n{section}"
    head, mark, rest = section.partition("\n### Facts\n")
    end = found.start() if (found := re.search("^### ", rest, re.MULTILINE)) else len(rest)
    written, after = rest[:end].strip("\n"), rest[end:]
    told = "\n".join([*([written, ""] if written else []), *lines])
    return f"{head}{mark}\n{told}\n\n{after}"


def facts(difference: Difference, last: str, version: str) -> list[str]:
    """The changes of facts and terms as lines of a list, what was added first."""
    told = [
        (change.kind, f"- {change.kind.capitalize()}: {plain(change.sentence)}{_along(difference, change)}.")
        for changes in by_heading(difference).values()
        for change in changes
    ]
    lines = [line for kind in _KINDS for its, line in told if its == kind]
    if len(lines) > _MOST:
        lines = [*lines[:_MOST], f"- And {len(lines) - _MOST} more: `backdata diff v{last} v{version}`."]
    return lines or ["- No fact has changed."]


def _along(difference: Difference, change: Change) -> str:
    along = went_along(difference, change)
    return f". With it went {count(along, 'fact')}" if along else ""
