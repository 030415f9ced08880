"""The editors' own workbooks back: guilty cells coloured, with notes, and a first sheet on which they decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from backdata.model import Cell, Finding, Report, causes, reporter
from backdata.report import visible
from backdata.workbooks import findings as sheet
from backdata.workbooks.convert import from_text, without_sheets
from backdata.workbooks.copy import Copy, Uncopyable
from backdata.workbooks.graft import put_first, take_out
from backdata.workbooks.marks import Marks, take_away

_MARK = ".reviewed"


def render(report: Report, colour: bool = False) -> Mapping[str, bytes]:
    """Each workbook that has findings once more, as NAME.reviewed.xlsx: with colours, notes and a sheet to decide on."""
    paths = {row["file"]: row["path"] for row in report.files if row["path"]}
    own: dict[str, list[Finding]] = {file: [] for file in paths}
    common = [finding for finding in report.told if finding.cell.file not in paths]
    for finding in report.told:
        if finding.cell.file in paths:
            own[finding.cell.file].append(finding)
    guilty = [file for file, found in own.items() if found] or (list(paths)[:1] or ["backdata.xlsx"] if common else [])
    written: dict[str, bytes] = {}
    for file in guilty:
        excepted = [finding for finding in report.excepted if finding.cell.file == file]
        review = _Review(file, paths.get(file, ""))
        written[_free(file, review.ending, written)] = review.of([*common, *own.get(file, ()), *excepted])
    return written


workbook = reporter("workbook", folder=True)(render)


class _Review:
    """One workbook under review."""

    def __init__(self, file: str, path: str) -> None:
        self._file = file
        self._remarks: list[str] = []
        self._old: Mapping[str, sheet.Line] = {}
        self._alone = ""  # the only sheet of what was made of a CSV file
        self._copy = self._opened(Path(path) if path else None)
        self.ending = ".xlsm" if path.lower().endswith(".xlsm") and self._copy.sheets else ".xlsx"
        taken = {name.casefold() for name, _, _ in self._copy.tabs()}
        names = (sheet.NAME + "_" * more for more in range(len(taken) + 1))
        self._name = next(name for name in names if name.casefold() not in taken)

    def of(self, findings: Sequence[Finding]) -> bytes:
        """The bytes of the reviewed workbook."""
        order = {name: place for place, name in enumerate(self._copy.sheets)}
        findings = sorted(
            findings,
            key=lambda each: (
                each.excepted is not None,
                order.get(self._sheet(each.cell), -1),
                each.cell.row,
                each.cell.column,
                each.order,
            ),
        )
        numbers = _numbered(findings)
        lines = [self._line(finding, numbers.get(finding, "")) for finding in findings]
        marks = Marks(self._copy, self._name)
        at: dict[tuple[str, int, int], list[int]] = {}
        links: dict[int, str] = {}
        for number, finding in enumerate(findings):
            if (name := self._sheet(finding.cell)) in self._copy.sheets:
                place = marks.place(name, finding.cell.row or 1, finding.cell.column)
                links[number] = f"'{name.replace(chr(39), chr(39) * 2)}'!{Cell('', name, *place).address}"
                if finding.cell.row and finding.excepted is None:
                    at.setdefault((name, *place), []).append(number)
        self._mark(marks, findings, at)
        remarks = [*self._copy.lost, *self._remarks]
        for (name, row, column), told in at.items():
            marks.link(name, row, column, sheet.first_row(remarks) + told[0], f"To “{self._name}”: what is wrong here")
        title = f"What backdata found in {visible(self._file)}: {_counted(findings)}"
        made = sheet.sheet(title, remarks, lines, links, marks.before, self._name)
        put_first(self._copy, made, self._name)
        for position, heading in enumerate(sheet.COLUMNS, 1):
            marks.note(self._name, sheet.first_row(remarks) - 1, position, heading.metadata["about"])
        return self._copy.data()

    def _opened(self, path: Path | None) -> Copy:
        """A copy of the file without what an earlier review has left; without any sheet where none can be made."""
        try:
            if path is None:
                return without_sheets()
            data = path.read_bytes()
            if path.suffix.lower() not in (".xlsx", ".xlsm"):
                self._alone, table, told = from_text(data, PurePosixPath(self._file).stem)
                self._remarks += told
                return Copy(table)
            copy = Copy(data)
            if found := sheet.read(data):
                take_out(copy, found.name)
                take_away(copy, found.name, found.before)
                self._old = {line.fingerprint: line for line in found.lines}
            return copy
        except (Uncopyable, OSError) as error:
            self._remarks.append(f"This file could not be copied, so its cells are not shown here: {error}.")
            return without_sheets()

    def _mark(self, marks: Marks, findings: Sequence[Finding], at: Mapping[tuple[str, int, int], list[int]]) -> None:
        silent = []
        for (name, row, column), told in at.items():
            here = [findings[number] for number in told]
            worst = max(here, key=lambda finding: finding.severity.rank)
            marks.colour(name, row, column, worst.severity)
            if not marks.note(name, row, column, "\n\n".join(map(_note, here))):
                silent.append(Cell("", name, row, column).address)
        if silent:
            self._remarks.append(
                f"Cells that people talk about (threads of comments) got no note: {', '.join(silent)}."
            )

    def _sheet(self, cell: Cell) -> str:
        if cell.file != self._file:
            return ""
        return cell.sheet or (self._alone if cell.row else "")

    def _line(self, finding: Finding, cause: str) -> sheet.Line:
        """The row of a finding; what was decided about it in an earlier review stays."""
        name, old = self._sheet(finding.cell), self._old.get(finding.fingerprint, sheet.Line())
        where = finding.cell.address if finding.cell.sheet or not finding.cell.row else ""
        address = where or (Cell("", name, finding.cell.row, finding.cell.column).address if finding.cell.row else "")
        excepted = finding.excepted is not None
        return sheet.Line(
            decision=old.decision,
            severity="excepted" if excepted else str(finding.severity),
            sheet=name or finding.cell.sheet,
            address=address or ("whole sheet" if finding.cell.sheet else "no cell"),
            value=visible(finding.value or ""),
            message=visible(finding.message),
            fix=visible(finding.fix),
            suggestion=old.suggestion or _suggested(finding),
            reason=visible(finding.excepted or "") if excepted else old.reason,
            source=old.source,
            by=old.by,
            cause=cause,
            code=finding.code,
            row_id=finding.row_id,
            column=finding.column,
            fingerprint=finding.fingerprint,
        )


def _numbered(findings: Iterable[Finding]) -> dict[Finding, str]:
    """A number for each cause that shows in several cells."""
    several = [each for each in causes(each for each in findings if each.excepted is None) if len(each.findings) > 1]
    return {
        finding: f"{number} ({len(cause.findings)} cells)"
        for number, cause in enumerate(several, 1)
        for finding in cause.findings
    }


def _suggested(finding: Finding) -> str:
    """The whole cell as it could stand. What cannot be seen could not be judged either, so it is not suggested."""
    return finding.proposal if visible(finding.proposal) == finding.proposal else ""


def _note(finding: Finding) -> str:
    lines = [f"{finding.severity.capitalize()}: {finding.message}", f"To do: {finding.fix}"]
    if finding.proposal:
        lines.append(f"Suggestion: {finding.proposal}")
    return "\n".join(map(visible, [*lines, f"{finding.code} {finding.name.replace('_', ' ')}"]))


def _counted(findings: Sequence[Finding]) -> str:
    told = [str(finding.severity) for finding in findings if finding.excepted is None]
    counts = ((told.count(severity), severity) for severity in ("error", "warning", "info"))
    return ", ".join(f"{count} {word}{'s' if count > 1 and word != 'info' else ''}" for count, word in counts if count)


def _free(file: str, ending: str, taken: Iterable[str]) -> str:
    """NAME.reviewed.xlsx; NAME.reviewed-2.xlsx for what is a reviewed workbook already, so that nothing is overwritten."""
    inside = PurePosixPath(file.replace("\\", "/"))
    if inside.is_absolute() or ".." in inside.parts or ":" in inside.parts[0]:
        inside = PurePosixPath(inside.name)
    return next(
        str(inside.with_name(name)) for name in _names(inside, ending) if str(inside.with_name(name)) not in taken
    )


def _names(file: PurePosixPath, ending: str) -> Iterator[str]:
    stem, mark, number = file.stem.rpartition(_MARK)
    if mark and (not number or number[1:].isdigit()):
        again = int(number[1:] or 1) + 1
    else:
        stem, again = file.stem, 1
    while True:
        yield f"{stem}{_MARK}{f'-{again}' if again > 1 else ''}{ending}"
        again += 1
