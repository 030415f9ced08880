"""Tidying keeps what an editor meant: never a letter or digit less, twice is as good as once, every change is logged."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backdata import intake, schemas
from backdata.intake import tidy
from backdata.intake.rows import tidied
from backdata.model import Change
from backdata.schemas import ColumnSchema

COLUMNS = [column for schema in schemas.tables().values() for column in schema.columns.values()]
SPACES = "\u00a0\u2002\u2009\u202f\u3000\t"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e"
DASHES = "-‐‑‒–—―−"
TYPED = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from(SPACES + INVISIBLE + DASHES + "\r\n aeé\u0301ox059"),
    max_size=30,
)


def signs(text: str | None) -> str:
    """Letters and digits, composed; characters that nobody sees and the escape of a line end count as nothing."""
    seen = "".join(char for char in text or "" if unicodedata.category(char) != "Cf").replace("_x000D_", "\n")
    return "".join(char for char in unicodedata.normalize("NFC", seen) if char.isalnum())


@given(TYPED)
@example("a\u200d\u0301")  # an accent that composes only once the invisible joiner is gone
@example("_x000D\u200b_")
def test_tidying_twice_changes_nothing_more(raw: str) -> None:
    once = tidy.text(raw)
    assert once == tidy.text(once or "")


@given(TYPED)
def test_no_letter_and_no_digit_is_ever_dropped(raw: str) -> None:
    assert signs(raw) == signs(tidy.text(raw))


@given(st.sampled_from(COLUMNS), TYPED)
@example(next(column for column in COLUMNS if column.name == "page"), "4---5")
def test_a_column_tidies_once_for_all(column: ColumnSchema, raw: str) -> None:
    once = tidied(raw, column)
    assert once == tidied(once or "", column)


@given(st.sampled_from(COLUMNS), TYPED)
def test_no_column_drops_a_letter_or_a_digit(column: ColumnSchema, raw: str) -> None:
    assert signs(raw).casefold() == signs(tidied(raw, column)).casefold()


@pytest.mark.parametrize("space", SPACES, ids=lambda char: f"U+{ord(char):04X}")
def test_every_kind_of_space_is_one_space(space: str) -> None:
    assert tidy.text(f"{space}lower {space}half{space}") == "lower half"


@pytest.mark.parametrize("char", INVISIBLE, ids=lambda char: f"U+{ord(char):04X}")
def test_characters_that_nobody_sees_are_removed(char: str) -> None:
    assert tidy.text(f"{char}spi{char}nous process{char}") == "spinous process"


def test_accents_are_composed() -> None:
    assert tidy.text("e\u0301") == "é"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "_x000D_\n", "\n\n\n"], ids=ascii)
def test_line_ends_are_line_feeds_and_blank_lines_go(end: str) -> None:
    assert tidy.text(f" above {end} below {end}") == "above\nbelow"


@pytest.mark.parametrize("blank", ["", " ", "\u00a0", "\u200b", "-", "–", " — ", "\r\n", "\ufeff \t"], ids=ascii)
def test_a_blank_is_no_value(blank: str) -> None:
    assert tidy.text(blank) is None


@pytest.mark.parametrize("value", ["0", "none", "N/A", "null", "nan", "--x", "?", "−5"])
def test_what_says_something_is_kept(value: str) -> None:
    assert value == tidy.text(value)


def test_dashes_of_prose_are_left_alone() -> None:
    assert tidy.text("lateral part — the upper‑most half") == "lateral part — the upper‑most half"


def column(table: str, name: str) -> ColumnSchema:
    return schemas.tables()[table].columns[name]


@pytest.mark.parametrize("dash", [*DASHES, "--", " – ", " - "])
def test_between_numbers_stands_an_en_dash(dash: str) -> None:
    assert tidied(f"435{dash}436", column("attachments", "page")) == "435–436"
    assert tidied(f"2{dash}4 up", column("attachments", "from_origin")) == "2–4 up"


@pytest.mark.parametrize("dash", [*DASHES, "--"])
def test_in_ids_and_dates_stands_a_hyphen(dash: str) -> None:
    assert tidied(f"splenius{dash}capitis", column("muscles", "id")) == "splenius-capitis"
    assert tidied(f"2026{dash}11{dash}22", column("exceptions", "granted")) == "2026-11-22"


@pytest.mark.parametrize("url", ["https://example.org/a--b", "https://example.org/9–12", "https://example.org/a-b"])
def test_a_link_keeps_its_dashes(url: str) -> None:
    assert url == tidied(url, column("sources", "url"))


def test_words_of_a_closed_list_take_the_case_of_the_list() -> None:
    assert tidied(" Preferred ", column("attachments", "reading")) == "preferred"
    assert tidied("NONE", column("structures", "levels_of")) == "none"
    assert tidied("Posterior;CRANIAL ,", column("developments", "allowed_rami")) == "posterior, cranial"
    assert tidied("Rhomboid", column("muscles", "name")) == "Rhomboid", "prose keeps its case"


def test_a_word_that_is_not_in_the_list_is_kept_to_be_told() -> None:
    assert tidied("prefered", column("attachments", "reading")) == "prefered"


LOGGED = [
    ("name", "lateral\u00a0flexion", "lateral flexion", "spaces"),
    ("name", " flexion ", "flexion", "spaces"),
    ("name", "fle\u0301xion", "fléxion", "accents composed"),
    ("name", "flex\u00adion", "flexion", "invisible characters removed"),
    ("id", "lateral–flexion", "lateral-flexion", "dashes"),
    ("has_direction", "Yes", "yes", "capitals"),
    ("synonyms", "–", "", "blank"),
]


@pytest.mark.parametrize(("name", "before", "after", "why"), LOGGED, ids=[f"{why}: {b!a}" for _, b, _, why in LOGGED])
def test_a_change_is_logged_with_its_cell_and_its_reason(
    tmp_path: Path, name: str, before: str, after: str, why: str
) -> None:
    row = {"id": "flexion", "name": "flexion", "has_direction": "no", "synonyms": "bending"} | {name: before}
    (tmp_path / "movements.csv").write_text(
        f"{','.join(row)}\n{','.join(row.values())}\n", encoding="utf-8", newline=""
    )
    read = intake.read([tmp_path], schemas.tables())
    place = read.tables["movements"].cell(2, name)
    assert [Change(place, before, after, why)] == list(read.changes)
    assert f"2:{[*row].index(name) + 1}" == place.address
    assert (after or None) == read.tables["movements"].rows[0][name]
    assert before == read.seen(place), "the cell is still known as it stands in the file"


def test_line_ends_inside_a_cell_are_logged_as_such(tmp_path: Path) -> None:
    (tmp_path / "movements.csv").write_bytes(b'id,name,has_direction\r\nflexion,"bending\r\nforward",no\r\n')
    read = intake.read([tmp_path], schemas.tables())
    assert [change.why for change in read.changes] == ["line ends"]
    assert read.tables["movements"].rows[0]["name"] == "bending\nforward"


def test_a_tidy_file_leaves_no_log(tmp_path: Path) -> None:
    (tmp_path / "movements.csv").write_text("id,name,has_direction\nflexion,flexion,no\n", encoding="utf-8")
    assert intake.read([tmp_path], schemas.tables()).changes == ()
