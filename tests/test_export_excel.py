"""The published workbook holds exactly what the data set holds, explains itself, prints well, and all of it is linked."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from posixpath import join, normpath
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from backdata import figures, schemas
from backdata.anatomy import overview
from backdata.anatomy.overview import OverviewRow
from backdata.anatomy.systems import muscles, systems
from backdata.exporters.excel import FILE, write_excel
from backdata.figures.raster import png
from backdata.model import Dataset, Fact, Group, Muscle
from backdata.workbooks import maps
from backdata.workbooks.places import BACK

TABLES = schemas.tables()


PACKAGE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ID, EMBED = f"{PACKAGE}id", f"{PACKAGE}embed"


def export(dataset: Dataset, folder: Path, before: Path | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    write_excel.write(dataset, folder, before)
    return folder / FILE


@pytest.fixture(scope="session")
def written(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of all data; maps that are published already are not made again, that takes ten seconds."""
    return export(dataset, tmp_path_factory.mktemp("excel"), Path(__file__).parents[1] / "exports" / "excel")


@pytest.fixture(scope="module")
def book(written: Path) -> Any:
    return openpyxl.load_workbook(written)


def column(book: Any, sheet: str, title: str) -> int:
    return next(int(cell.column) for cell in book[sheet][1] if cell.value == title)


def sheet_of(dataset: Dataset, system: str) -> str:
    return system.replace("-", " ").capitalize()


def lines(book: Any, dataset: Dataset) -> Iterator[tuple[Any, int, OverviewRow]]:
    """Each muscle of the overview: its sheet, the row in which it stands, and what it should say."""
    rows = {row.id: row for row in overview.rows(dataset) if row.kind != "group"}
    for system in systems(dataset):
        sheet = book[sheet_of(dataset, system.id)]
        names = {str(sheet.cell(place, 1).value): place for place in range(sheet.max_row, 1, -1)}
        for muscle in muscles(dataset, system):
            row = rows.pop(muscle.id)
            name = "\n".join(filter(None, (capital(row.name), row.latin)))
            yield sheet, names[name], row
    assert not rows


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def test_the_overviews_come_first_and_every_table_has_a_sheet(book: Any, dataset: Dataset) -> None:
    names = [sheet_of(dataset, system.id) for system in systems(dataset)]
    assert names[:3] == ["Superficial", "Intermediate", "Spinotransverse"]
    assert book.sheetnames[: len(names) + 2] == ["Start", *names, "Contested"]
    assert sorted(book.sheetnames[len(names) + 2 :]) == sorted([*TABLES, "Columns"])


def test_tables_come_back_cell_by_cell(book: Any, dataset: Dataset) -> None:
    for name, table in TABLES.items():
        expected = [list(table.columns), *([row[column] for column in table.columns] for row in dataset.tables[name])]
        assert expected == [[cell.value for cell in row] for row in book[name].iter_rows()], name


def test_every_cell_is_text_and_none_a_formula(book: Any) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {("s", "@")} == {(cell.data_type, cell.number_format) for cell in cells}


def test_text_that_looks_like_a_formula_stays_text(mini: Dataset, tmp_path: Path) -> None:
    first, *others = mini.tables["sources"]
    tables = {**mini.tables, "sources": ({**first, "citation": "=1+1"}, *others)}
    book: Any = openpyxl.load_workbook(export(replace(mini, tables=tables), tmp_path))
    cell = book["sources"].cell(2, column(book, "sources", "citation"))
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_every_header_has_a_note_and_stands_still(book: Any, dataset: Dataset) -> None:
    for sheet in book:
        if sheet.title in ("Start", "Columns"):
            continue
        headers = [cell for cell in sheet[1] if cell.value and cell.value != BACK]
        assert all(cell.comment and cell.comment.text for cell in headers), sheet.title
        assert sheet.freeze_panes.endswith("2"), sheet.title
    for name, table in TABLES.items():
        last = book[name].cell(max(len(list(book[name].iter_rows())), 1), len(table.columns)).coordinate
        assert book[name].auto_filter.ref == f"A1:{last}"


def test_pages_print_in_landscape_as_wide_as_the_page(book: Any) -> None:
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"


def test_each_system_has_the_shared_rows_of_its_muscles(book: Any, dataset: Dataset) -> None:
    shown = list(lines(book, dataset))
    assert len(shown) == len(dataset.muscles)
    for sheet, place, row in shown:
        cells = {head.value: cell.value or "" for head, cell in zip(sheet[1], sheet[place], strict=True)}
        assert cells["Origin"] == row.origin
        assert cells["Insertion"] == row.insertion
        assert cells["Function"] == row.function
        assert cells["Innervation"] == row.innervation
        assert cells["Blood supply"] == row.blood_supply
        assert cells["Remarks"] == "\n".join(row.remarks)
        assert (row.kind == "part") == (sheet.cell(place, 1).alignment.indent > 0)


def test_what_sources_disagree_about_is_shaded(book: Any, dataset: Dataset) -> None:
    titles = {"Origin": "origin", "Insertion": "insertion", "Function": "action", "Innervation": "innervation",
              "Blood supply": "blood_supply"}  # fmt: skip
    for sheet, place, row in lines(book, dataset):
        heads = {head.value: cell for head, cell in zip(sheet[1], sheet[place], strict=True)}
        shaded = {topic for title, topic in titles.items() if heads[title].fill.fill_type == "solid"}
        assert shaded == set(row.contested), row.id
    everything = [topic for _, _, row in lines(book, dataset) for topic in row.contested]
    assert len(everything) > 20


def test_all_notes_of_a_system_stand_below_its_table(book: Any, dataset: Dataset) -> None:
    below = {
        sheet.title: [str(cell.value) for row in sheet.iter_rows(min_row=2) for cell in row if cell.value]
        for sheet in book
    }
    for sheet, place, row in lines(book, dataset):
        notes = [note for text in below[sheet.title] for note in text.split("\n")]
        assert set(row.notes) <= set(notes), row.id
        named = [
            number for number in range(place + 1, sheet.max_row + 1) if sheet.cell(number, 1).value == capital(row.name)
        ]
        assert bool(named) == bool(row.notes), row.id


def test_no_row_has_more_text_than_a_row_can_show(book: Any, dataset: Dataset) -> None:
    """Excel cuts rows off at 409 points, and says nothing."""
    for sheet in book:
        heights = [row.height for row in sheet.row_dimensions.values() if row.height]
        if sheet.title not in TABLES:
            assert max(heights) < 409, sheet.title


def test_every_contested_fact_is_listed_with_all_its_readings(book: Any, dataset: Dataset) -> None:
    owners: list[Group | Muscle] = [*dataset.groups.values(), *dataset.muscles.values()]
    facts = [fact for owner in owners for fact in owner.facts]
    contested = {fact.id: fact for fact in facts if fact.contested}
    sheet, number = book["Contested"], column(book, "Contested", "Fact")
    listed = {sheet.cell(place, number).value: place for place in range(2, sheet.max_row + 1)}
    assert set(listed) == set(contested)
    assert len(listed) == sheet.max_row - 1
    for id, place in listed.items():
        taught, *others = dataset.readings(id)
        said = sheet.cell(place, column(book, "Contested", "Others say")).value.split("\n")
        assert taught.text in sheet.cell(place, column(book, "Contested", "We teach")).value
        assert len(said) == len(others) > 0
        assert all(fact.text in line for fact, line in zip(others, said, strict=True))


def test_every_link_leads_to_a_cell_with_something_in_it(book: Any) -> None:
    links = [(cell, cell.hyperlink) for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    inner = [(cell, link.location) for cell, link in links if not link.target]
    assert len(inner) > 2000
    for cell, location in inner:
        table, _, address = location.replace("'", "").partition("!")
        assert book[table][address].value, (cell, location)


def test_links_of_a_muscle_lead_to_its_rows_and_those_of_its_rows_back(book: Any, dataset: Dataset) -> None:
    for sheet, place, row in lines(book, dataset):
        for title in ("muscles or groups", "attachments", "actions", "innervations", "blood_supply"):
            link = sheet.cell(place, column(book, sheet.title, title)).hyperlink
            if link is None:
                continue
            table, _, address = link.location.replace("'", "").partition("!")
            target = book[table][address]
            if title == "muscles or groups":
                assert target.value == row.id
                assert target.hyperlink.location == f"'{sheet.title}'!A{place}"
            else:
                assert target.value in {fact.row["muscle"] for fact in dataset.muscles[row.id].facts}
        assert sheet.cell(place, column(book, sheet.title, "muscles or groups")).hyperlink is not None


def test_the_start_states_version_licence_citation_and_every_sheet(book: Any, dataset: Dataset) -> None:
    rows = [[cell.value for cell in row] for row in book["Start"].iter_rows()]
    about = {row[0]: row[1] for row in rows if row[0]}
    assert dataset.version in about["Version"]
    assert "CC BY 4.0" in about["Licence"]
    assert dataset.version in about["How to cite"]
    counts = {row[0]: row[2] for row in rows if row[0]}
    assert set(book.sheetnames) - {"Start"} <= set(counts)
    assert {name: counts[name] for name in TABLES} == {name: str(len(dataset.tables[name])) for name in TABLES}


def test_every_column_is_explained(book: Any) -> None:
    named = {(row[0].value, row[1].value) for row in book["Columns"].iter_rows()}
    assert {(name, column) for name, table in TABLES.items() for column in table.columns} <= named


# Maps


def pictures(path: Path) -> dict[str, list[Any]]:
    """The anchors of the pictures of each sheet, found as a program finds them: by following the relations."""
    found: dict[str, list[Any]] = {}
    book: Any = openpyxl.load_workbook(path, read_only=True)
    with zipfile.ZipFile(path) as archive:
        for number, name in enumerate(book.sheetnames, 1):
            root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            if (drawing := root.find("{*}drawing")) is None:
                continue
            part = related(archive, f"xl/worksheets/sheet{number}.xml")[drawing.attrib[ID]]
            files = related(archive, part)
            found[name] = [picture(anchor, files, archive) for anchor in ElementTree.fromstring(archive.read(part))]
    return found


def picture(anchor: Any, files: dict[str, str], archive: zipfile.ZipFile) -> dict[str, Any]:
    blip, (vector,) = anchor.find(".//{*}blip"), anchor.iterfind(".//{*}svgBlip")
    corners = {
        corner: {child.tag.split("}")[1]: int(child.text) for child in anchor.find(f"{{*}}{corner}")}
        for corner in ("from", "to")
    }
    return {
        "row": corners["from"]["row"] + 1, "last": corners["to"]["row"] + 1, "down": corners["to"]["rowOff"] / 12_700,
        "says": anchor.find(".//{*}cNvPr").attrib["descr"], "svg": archive.read(files[vector.attrib[EMBED]]).decode(),
        "png": archive.read(files[blip.attrib[EMBED]]),
    }  # fmt: skip


def related(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    folder, _, name = part.rpartition("/")
    root = ElementTree.fromstring(archive.read(f"{folder}/_rels/{name}.rels"))
    return {each.attrib["Id"]: normpath(join("/", folder, each.attrib["Target"])).lstrip("/") for each in root}


def test_each_map_stands_in_the_row_of_its_muscle_the_same_as_everywhere(
    book: Any, written: Path, dataset: Dataset
) -> None:
    shown = pictures(written)
    for sheet, place, row in lines(book, dataset):
        here = [each for each in shown[sheet.title] if each["row"] == place]
        assert [each["svg"] for each in here] == [figures.svg(dataset, row.id)] * figures.drawable(dataset, row.id), (
            row.id
        )
        for each in here:
            assert each["last"] == place
            assert each["down"] < sheet.row_dimensions[place].height
            assert row.name in each["says"]
            assert each["png"].startswith(b"\x89PNG")


def test_the_top_of_a_sheet_shows_its_system_and_the_groups_within(book: Any, written: Path, dataset: Dataset) -> None:
    shown = pictures(written)
    for system in systems(dataset):
        groups = [
            group.id
            for group in dataset.groups.values()
            if system.id in group.path and figures.drawable(dataset, group.id)
        ]
        svgs = [each["svg"] for each in shown[sheet_of(dataset, system.id)]]
        assert svgs[: len(groups)] == [figures.svg(dataset, id) for id in groups], system.id


def test_a_map_that_did_not_change_is_taken_over_from_the_last_workbook(
    mini: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = export(mini, tmp_path / "last")
    drawn: list[str] = []

    def painted(svg: str, width: int) -> bytes:
        drawn.append(svg)
        return png(svg, width)

    monkeypatch.setattr(maps, "png", painted)
    again = export(mini, tmp_path / "again", last.parent)
    assert not drawn
    assert again.read_bytes() == last.read_bytes()
    id, muscle = next((id, muscle) for id, muscle in mini.muscles.items() if figures.drawable(mini, id))
    renamed = replace(mini, muscles={**mini.muscles, id: replace(muscle, name="renamed")})
    changed = export(renamed, tmp_path / "changed", last.parent)
    assert figures.svg(renamed, id) in drawn
    assert len(drawn) <= 1 + len(mini.muscles[id].parts) + len(mini.groups)
    assert changed.read_bytes() != last.read_bytes()


@pytest.mark.parametrize("spoil", [lambda data: data[:-500], lambda data: b"", lambda data: scratched(data)])
def test_a_last_workbook_that_is_damaged_is_passed_over(
    spoil: Callable[[bytes], bytes], mini: Dataset, tmp_path: Path
) -> None:
    last = export(mini, tmp_path / "last")
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / FILE).write_bytes(spoil(last.read_bytes()))
    assert export(mini, tmp_path / "again", tmp_path / "damaged").read_bytes() == last.read_bytes()


def scratched(data: bytes) -> bytes:
    """With the compressed beginning of a picture gone."""
    start = data.index(b".png", data.index(b"xl/media/")) + 4
    return data[:start] + b"\xff" * 200 + data[start + 200 :]


# The file


def test_the_same_data_give_the_same_bytes_and_no_present_time(
    mini: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    first, second = export(mini, tmp_path / "first"), export(mini, tmp_path / "second")
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert b"1970-01-02T00:00:00Z" in archive.read("docProps/core.xml")
        assert all(entry.date_time[0] == 1980 for entry in archive.infolist())


def test_rows_of_tables_grow_when_somebody_types_into_them_and_those_with_maps_do_not(written: Path) -> None:
    book: Any = openpyxl.load_workbook(written, read_only=True)
    with zipfile.ZipFile(written) as archive:
        for number, name in enumerate(book.sheetnames, 1):
            sheet = archive.read(f"xl/worksheets/sheet{number}.xml")
            assert (b"customHeight" in sheet) == (b"<drawing" in sheet), name


# As LibreOffice prints it


@pytest.fixture(scope="module")
def printed(written: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The words of every page of the PDF."""
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        told = "there is no LibreOffice to print with; tests/install-programs.sh installs it"
        pytest.fail(told) if os.environ.get("CI") == "true" else pytest.skip(told)
    folder = tmp_path_factory.mktemp("printed")
    command = ["soffice", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), str(written)], check=True, capture_output=True, timeout=600)
    pdf = folder / written.with_suffix(".pdf").name
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, timeout=60).stdout
    return text.decode().split("\f")[:-1]


def test_each_system_prints_on_pages_of_its_own_with_its_headings(printed: list[str], dataset: Dataset) -> None:
    for system in systems(dataset):
        pages = [page for page in printed if page.lstrip().startswith(capital(system.name) + "\n")]
        assert pages, system.id
        assert all("Innervation" in page and "Blood supply" in page and "CC BY 4.0" in page for page in pages)
        told = " ".join(" ".join(pages).split())
        for muscle in muscles(dataset, system):
            assert capital(muscle.name).split(",")[0].split()[0] in told, muscle.id


def test_two_muscles_with_their_maps_stand_on_a_page(printed: list[str], dataset: Dataset) -> None:
    """Pages of overviews before their notes; half of them must not be left white."""
    titles = tuple(capital(system.name) + "\n" for system in systems(dataset))
    pages = [page for page in printed if page.lstrip().startswith(titles)]
    assert len(pages) < len(dataset.muscles) * 1.2


def test_no_printed_page_is_cut_off_at_the_side(printed: list[str]) -> None:
    """A sheet that is wider than its page goes on on further pages, which then have no muscle in front."""
    assert len(printed) < 160
    assert all(page.strip() for page in printed)


# Rows of the overview, which workbook and cheat sheets share


SOURCES = (
    {"id": "gray", "name": "Gray 1918", "citation": "Henry Gray, Anatomy of the Human Body", "year": "1918"},
    {"id": "wiki", "name": "English Wikipedia", "citation": "English Wikipedia (articles)", "year": None},
)


def fact(topic: str, item: int, text: str, reading: str = "preferred", at: str = "whole", **row: str) -> Fact:
    source = "gray" if reading == "preferred" else "wiki"
    return Fact(f"{at}.{topic}.{item}", topic, item, reading, text, at, source, (), row.get("page"), row)


def told(*facts: Fact, parts: tuple[str, ...] = (), **row: str) -> overview.OverviewRow:
    """The overview row of a muscle with these facts."""
    muscle = Muscle("whole", "whole", "M. totus", "deep", None, parts, None, facts, row)
    group = Group("deep", "deep muscles", None, ("deep",), ("posterior",), {"latin": None, "definition": "posture"})
    dataset = Dataset({"sources": SOURCES}, {"deep": group}, {"whole": muscle})
    band, line = overview.rows(dataset)
    assert (band.kind, band.name, band.innervation, band.notes) == (
        "group",
        "deep muscles",
        "posterior rami",
        ("posture",),
    )
    return line


def test_items_stand_on_lines_of_their_own() -> None:
    assert told(fact("origin", 1, "sacrum"), fact("origin", 2, "iliac crest")).origin == "sacrum\niliac crest"


def test_functions_are_told_by_side_then_by_what_moves() -> None:
    line = told(
        fact("action", 1, "head: rotation to its own side", side="unilateral", of="head"),
        fact("action", 2, "head: extension", side="bilateral", of="head"),
        fact("action", 3, "scapula: elevation", side="any", of="scapula"),
        fact("action", 4, "scapula: retraction", side="any", of="scapula"),
    )
    assert line.function.split("\n") == [
        "Scapula: elevation; retraction.",
        "Both sides: head: extension.",
        "One side: head: rotation to its own side.",
    ]


def test_what_another_source_says_instead_is_a_numbered_note() -> None:
    line = told(
        fact("origin", 1, "sacrum"), fact("origin", 1, "iliac crest", "alternative", page="7", note="one table")
    )
    assert line.origin == "sacrum [1]"
    assert line.notes == ("[1] Origin: iliac crest according to English Wikipedia, p. 7 (one table).",)


def test_many_notes_on_one_fact_are_numbered_as_a_range() -> None:
    others = [fact("origin", 1, f"rib {n}", "alternative") for n in range(1, 5)]
    assert told(fact("origin", 1, "sacrum", note="by a tendon"), *others).origin == "sacrum [1–5]"
    assert told(fact("origin", 1, "sacrum", note="by a tendon"), others[0]).origin == "sacrum [1, 2]"


def test_what_another_source_adds_is_never_among_what_we_teach() -> None:
    line = told(fact("insertion", 1, "sacrum"), fact("insertion", 2, "skull", "addition"))
    assert line.insertion == "sacrum\nother sources: [1]"
    assert line.notes == ("[1] Insertion: also skull according to English Wikipedia.",)


def test_a_whole_leaves_to_its_parts_what_they_state() -> None:
    assert told(fact("origin", 1, "upper part: sacrum", at="upper"), parts=("upper",)).origin == "see its parts"


def test_the_same_remark_is_printed_once_and_remarks_on_the_muscle_come_last() -> None:
    line = told(
        fact("origin", 1, "sacrum", note="by a tendon"),
        fact("origin", 2, "skull", note="by a tendon"),
        constancy="inconstant",
        note="often doubled",
    )
    assert line.origin == "sacrum [1]\nskull [1]"
    assert line.notes == ("[1] Origin: by a tendon.",)
    assert line.remarks == ("Not always present.", "Often doubled.")


def test_sources_are_called_by_their_short_names() -> None:
    assert overview.source_names(Dataset({"sources": SOURCES}, {}, {})) == {
        "gray": "Gray 1918",
        "wiki": "English Wikipedia",
    }
