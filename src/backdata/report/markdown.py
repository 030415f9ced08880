"""The report as Markdown, for a comment on a pull request: causes with their cells and what to do, the worst first.

Words from cells are escaped so that nothing of them becomes markup, a link, a mention or an issue. Beyond ten causes the rest is
folded away; what a comment cannot hold is left out in whole entries, and counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from backdata.model import Cause, Cell, Report, Severity, reporter
from backdata.report import visible
from backdata.report.places import addresses

LIMIT = 65_000  # bytes; GitHub takes 65,536 characters in a comment, and whoever posts it may add a line of their own
_OPEN = 10
_MOST_CELLS = 12
_LONGEST = 600  # characters of a sentence: a cell can hold 32,767 of them
_SPACE = "&#8203;"  # of no width; breaks what would be a link, a mention or an emoji even after entities are read
_MARKS = re.compile(r"[\\`*_\[\]<>&|~$#]")
_INSTEAD = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "$": "<span>$</span>"}  # a dollar alone would begin mathematics
_AT_START = re.compile(r"^(?:[-+=]|[0-9]{1,9}(?=[.)]))")
_LINKS = re.compile(r"@|:(?=//|[\w+-])|(?<=#)(?=[0-9])|(?<=\bwww)(?=\.)|(?<=\bGH-)(?=[0-9])", re.IGNORECASE)


@reporter("markdown")
def render_markdown(report: Report, colour: bool = False) -> str:
    """Markdown, for a comment on a pull request."""
    return document(report, LIMIT)


def document(report: Report, limit: int) -> str:
    """The report in Markdown, in at most ``limit`` bytes of UTF-8."""
    parts = [_findings(report), _mended(report), _excepted(report), _not_run(report)]
    frame = [f"### backdata: {verdict(report)}", headline(report), _hint(report)]
    left = limit - sum(_size(words) + 2 for words in frame) - sum(_size(part.frame()) for part in parts)
    told: dict[str, str] = {}
    for part in sorted(parts, key=lambda part: part.importance):
        kept: list[str] = []
        for entry in part.entries():
            if _size(entry) + 1 > left:
                break
            kept.append(entry)
            left -= _size(entry) + 1
        told[part.title] = part.text(kept)
    return "\n\n".join(filter(None, [*frame[:2], *(told[part.title] for part in parts), frame[2]])) + "\n"


def verdict(report: Report) -> str:
    """What came of it, in a few words."""
    counts = [many(number, each) for each in Severity if (number := report.count(each))]
    new = "new " if report.known or report.fixed else ""
    nothing = f"nothing {new}to correct" if report.facts else "no facts were found to check"
    return ", ".join(counts) or nothing


def headline(report: Report) -> str:
    """What was checked, and what is not told as a finding."""
    idle = sum(record.outcome == "could not run" for record in report.records)
    checked = f"{many(report.facts, 'fact')} checked by {many(len(report.records) - idle, 'rule')}"
    more = (
        f"{many(idle, 'rule')} could not run" if idle else "",
        f"{many(len(report.known), 'finding')} known from the baseline" if report.known else "",
        f"{many(len(report.fixed), 'finding')} of the baseline mended" if report.fixed else "",
        f"{many(len(report.excepted), 'finding')} excepted" if report.excepted else "",
        f"{many(report.consequences, 'finding')} not told, following from others" if report.consequences else "",
    )
    return "; ".join(filter(None, (checked, *more))) + "."


def many(number: int, thing: str) -> str:
    """A number of things: 1 rule, 2 rules."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def plain(words: str) -> str:
    """Words from a cell as words: no markup, no HTML, no link, no mention, whatever they hold."""
    text = _seen(words.strip())
    breaks = [0, *(found.end() for found in _LINKS.finditer(text)), len(text)]
    pieces = (_MARKS.sub(_escaped, text[start:end]) for start, end in pairwise(breaks))
    return _AT_START.sub(_at_start, _SPACE.join(pieces))


def code(words: str) -> str:
    """Words from a cell as code, whatever backticks they hold."""
    text = _seen(words)
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


@dataclass(frozen=True)
class _Part:
    """A list of entries below a title, folded away from the entry ``opened`` on."""

    title: str
    count: int
    entries: Callable[[], Iterator[str]]
    importance: int  # the first is given room first
    opened: int = 0

    def frame(self) -> str:
        """What stands around the entries, at its longest."""
        around = self.text([""] * min(self.count, self.opened + 1))
        return f"\n\n{around}\n\n{self._left_out(0)} {self.count:,}" if self.count else ""

    def text(self, kept: Sequence[str]) -> str:
        if not self.count:
            return ""
        left_out = self._left_out(len(kept)) if len(kept) < self.count else ""
        shown, folded = kept[: self.opened], kept[self.opened :]
        title = self.title if not self.opened else f"{many(len(folded), 'more item')}"
        fold = f"<details>\n<summary>{title}</summary>\n\n" + "\n".join(folded) + "\n\n</details>" if folded else ""
        return "\n\n".join(filter(None, ["\n".join(shown), fold, left_out]))

    def _left_out(self, kept: int) -> str:
        return f"*{self.title}: {self.count - kept:,} left out here, for there is no room for more.*"


def _findings(report: Report) -> _Part:
    causes = sorted(report.causes, key=lambda cause: -cause.first.severity.rank)
    return _Part("Findings", len(causes), lambda: map(_cause, causes), 2, _OPEN)


def _cause(cause: Cause) -> str:
    first = cause.first
    lines = [
        f"- **{first.severity}** `{first.code}` {first.name.replace('_', ' ')}, at {_cells(cause.cells)}",
        plain(first.message),
        f"*To do:* {plain(first.fix)}",
        f"*Nearest:* {plain('; '.join(first.suggestions))}" if first.suggestions else "",
        f"*See also:* {_cells(first.related)}" if first.related else "",
    ]
    return "  \n  ".join(filter(None, lines))


def _cells(cells: Sequence[Cell]) -> str:
    said = addresses(cells, _MOST_CELLS)
    return ", ".join([*map(code, said[:_MOST_CELLS]), *said[_MOST_CELLS:]])


def _mended(report: Report) -> _Part:
    def entries() -> Iterator[str]:
        for old in report.fixed:
            place = Cell(old["file"], old["sheet"])
            where = f"{place}!{old['cell']}" if old["sheet"] else ":".join(filter(None, (old["file"], old["cell"])))
            yield f"- {code(old['code'])} {plain(old['name'].replace('_', ' '))}, at {code(where)}: {plain(old['message'])}"

    return _Part("Mended since the baseline", len(report.fixed), entries, 3)


def _excepted(report: Report) -> _Part:
    def entries() -> Iterator[str]:
        for each in report.excepted:
            named = f"`{each.code}` {each.name.replace('_', ' ')}"
            yield f"- {named}, at {code(str(each.cell))}: {plain(each.excepted or '')}"

    return _Part("Excepted, each with its reason", len(report.excepted), entries, 4)


def _not_run(report: Report) -> _Part:
    by_reason: dict[str, dict[str, None]] = {}  # a rule about many columns is named once
    for rule in report.coverage:
        if rule.did_not_run:
            by_reason.setdefault(rule.did_not_run, {})[f"{rule.name.replace('_', ' ')} (`{rule.code}`)"] = None

    def entries() -> Iterator[str]:
        for reason, rules in by_reason.items():
            yield f"- {plain(reason)}: {', '.join(rules)}"

    return _Part("Not run, and why", len(by_reason), entries, 1)


def _hint(report: Report) -> str:
    """Where to read more; there is no public address, so the page is named and not linked."""
    if not (report.told or report.excepted):
        return ""
    first = (report.told or report.excepted)[0].code
    return f"`backdata explain {first}` says more about a rule, as does its page `docs/rules/{first}.md`."


def _size(words: str) -> int:
    return len(words.encode())


def _seen(words: str) -> str:
    shown = visible(words)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def _escaped(mark: re.Match[str]) -> str:
    return _INSTEAD.get(mark[0], f"\\{mark[0]}")


def _at_start(found: re.Match[str]) -> str:
    """A list, a heading or a rule is not begun by words from a cell."""
    return f"{found[0]}{_SPACE}" if found[0].isdigit() else f"\\{found[0]}"
