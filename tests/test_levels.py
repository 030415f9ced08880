"""The language of levels: what spreadsheets write is read, what cannot be is told, what we write reads back as itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backdata.anatomy.levels import SCALES, LevelError, Levels, Run, outside, parse

KINDS = sorted(SCALES)


@st.composite
def levels(draw: st.DrawFn, kind: str | None = None) -> Levels:
    """Any levels that can be written: one to five runs, some of them in parentheses."""
    kind = kind or draw(st.sampled_from(KINDS))
    scale = SCALES[kind]

    def run() -> Run:
        first, last = sorted((draw(st.integers(0, len(scale) - 1)), draw(st.integers(0, len(scale) - 1))))
        return Run(scale[first], scale[last], draw(st.booleans()))

    return Levels(kind, tuple(run() for _ in range(draw(st.integers(1, 5)))))


WRITTEN = [
    # as the design writes it
    ("vertebra", "C7", "C7"),
    ("vertebra", "T1–T4", "T1–T4"),
    ("vertebra", "C7, T1–T3", "C7, T1–T3"),
    ("vertebra", "C7–T3 (T4)", "C7–T3 (T4)"),
    ("vertebra", "Occ", "Occ"),
    ("vertebra", "Co1–Co4", "Co1–Co4"),
    ("nerve", "(C4) C5", "(C4) C5"),
    ("nerve", "C8, Co1", "C8, Co1"),
    ("rib", "R9–R12", "R9–R12"),
    # other letters
    ("vertebra", "Th1", "T1"),
    ("vertebra", "TH1–TH4", "T1–T4"),
    ("vertebra", "Th. 5", "T5"),
    ("vertebra", "D12", "T12"),
    ("vertebra", "c7-t3", "C7–T3"),
    ("vertebra", "CO1", "Co1"),
    ("vertebra", "occiput to C2", "Occ–C2"),
    ("vertebra", "Occ.–C2", "Occ–C2"),
    ("vertebra", "C07", "C7"),
    # other spaces and dashes
    ("vertebra", "C 1 – C 4", "C1–C4"),
    ("vertebra", "C\u00a01 – C\u00a04", "C1–C4"),
    ("nerve", "C5-C6", "C5–C6"),
    ("nerve", "C5—C6", "C5–C6"),
    ("nerve", "C5‑C6", "C5–C6"),
    ("nerve", "C5−C6", "C5–C6"),
    ("nerve", "C5--C6", "C5–C6"),
    ("vertebra", "C7–T3(T4)", "C7–T3 (T4)"),
    ("vertebra", "C7–T3,(T4)", "C7–T3 (T4)"),
    ("vertebra", "T4 (T5), T6", "T4 (T5) T6"),
    ("vertebra", "T1,T2 ,T3", "T1, T2, T3"),
    # letters left out
    ("nerve", "C5,6", "C5, C6"),
    ("nerve", "C5-6", "C5–C6"),
    ("nerve", "C5, 6 and 7", "C5, C6, C7"),
    ("vertebra", "T1–4, 6", "T1–T4, T6"),
    ("rib", "9–12", "R9–R12"),
    ("rib", "ribs 9–12", "R9–R12"),
    ("rib", "Ribs 9, 10 and 11", "R9, R10, R11"),
    ("rib", "rib 1", "R1"),
    # words and other marks between levels
    ("vertebra", "C1 to C4", "C1–C4"),
    ("vertebra", "C1 to 4", "C1–C4"),
    ("rib", "ribs 9 to 12", "R9–R12"),
    ("nerve", "C5 and C6", "C5, C6"),
    ("nerve", "C5 & C6", "C5, C6"),
    ("vertebra", "L5/S1", "L5, S1"),
    ("vertebra", "L4; L5", "L4, L5"),
    # the kind told by the letters
    ("vertebra or rib", "ribs 9–12", "R9–R12"),
    ("vertebra or rib", "(R9) R10", "(R9) R10"),
    ("vertebra or rib", "T9–T12", "T9–T12"),
]


@pytest.mark.parametrize(("kind", "typed", "ours"), WRITTEN, ids=[f"{kind}: {typed}" for kind, typed, _ in WRITTEN])
def test_what_spreadsheets_write_is_read_and_written_our_way(kind: str, typed: str, ours: str) -> None:
    assert ours == str(parse(typed, kind))


REFUSED = [
    ("vertebra", "C8", "nonexistent"),
    ("vertebra", "C7–C8", "nonexistent"),
    ("vertebra", "T13", "nonexistent"),
    ("vertebra", "C0", "nonexistent"),
    ("vertebra", "R9", "nonexistent"),
    ("nerve", "Occ", "nonexistent"),
    ("nerve", "Co2", "nonexistent"),
    ("rib", "R13", "nonexistent"),
    ("rib", "T5", "nonexistent"),
    ("vertebra", "T4–T1", "backwards"),
    ("vertebra", "T1–C7", "backwards"),
    ("vertebra", "C2–Occ", "backwards"),
    ("vertebra", "C5–3", "backwards"),
    ("nerve", "C7 (C6–C5)", "backwards"),
    ("rib", "R12–R9", "backwards"),
    ("vertebra", "", "unreadable"),
    ("vertebra", "5", "unreadable"),
    ("vertebra", "C", "unreadable"),
    ("vertebra", "C7–", "unreadable"),
    ("vertebra", "–C7", "unreadable"),
    ("vertebra", "C7,", "unreadable"),
    ("vertebra", "C7,,T1", "unreadable"),
    ("vertebra", "C7 T1", "unreadable"),
    ("vertebra", "C1–C3–C5", "unreadable"),
    ("vertebra", "()", "unreadable"),
    ("vertebra", "(C7", "unreadable"),
    ("vertebra", "C7)", "unreadable"),
    ("vertebra", "C7–(T1)", "unreadable"),
    ("vertebra", "((C7))", "unreadable"),
    ("vertebra", "X3", "unreadable"),
    ("vertebra", "C5?", "unreadable"),
    ("vertebra", "upper four", "unreadable"),
    ("nerve", "C5 bis C6", "unreadable"),
    ("nerve", "2026-05-04", "unreadable"),
]


@pytest.mark.parametrize(("kind", "typed", "fault"), REFUSED, ids=[f"{kind}: {typed}" for kind, typed, _ in REFUSED])
def test_what_cannot_be_is_refused_and_the_kind_of_fault_is_told(kind: str, typed: str, fault: str) -> None:
    with pytest.raises(LevelError) as told:
        parse(typed, kind)
    assert fault == told.value.fault


@pytest.mark.parametrize(
    ("kind", "typed", "sentence"),
    [
        ("vertebra", "C8", "there is no vertebra C8: C8 is a spinal nerve"),
        ("nerve", "Co2", "there is no spinal nerve Co2: Co2 is a vertebra"),
        ("rib", "R13", "there is no rib R13"),
        ("vertebra", "T4–T1", "the range T4–T1 runs backwards: T1 lies above T4"),
        ("vertebra", "C5?", "“C5?” cannot be read as levels"),
    ],
)
def test_a_refusal_says_why_in_the_words_of_the_field(kind: str, typed: str, sentence: str) -> None:
    with pytest.raises(LevelError) as told:
        parse(typed, kind)
    assert sentence == str(told.value)


def test_c8_is_a_nerve_and_never_a_vertebra() -> None:
    assert parse("C8", "nerve").all == ("C8",)
    assert "C8" not in SCALES["vertebra"]
    assert parse("C7–T1", "nerve").all == ("C7", "C8", "T1")
    assert parse("C7–T1", "vertebra").all == ("C7", "T1")


@pytest.mark.parametrize(
    ("kind", "first", "last", "size"),
    [("vertebra", "Occ", "Co4", 34), ("nerve", "C1", "Co1", 31), ("rib", "R1", "R12", 12)],
)
def test_a_scale_has_every_level_once_from_above_downwards(kind: str, first: str, last: str, size: int) -> None:
    scale = SCALES[kind]
    assert (first, last, size, size) == (scale[0], scale[-1], len(scale), len(set(scale)))


def test_parentheses_mean_sometimes() -> None:
    read = parse("C7–T1 (T2)", "vertebra")
    assert read.sure == ("C7", "T1")
    assert read.all == ("C7", "T1", "T2")


def test_levels_that_are_written_out_of_order_are_told_downwards_but_written_as_they_were() -> None:
    read = parse("T3, C7, T1–T3", "vertebra")
    assert read.all == ("C7", "T1", "T2", "T3")
    assert str(read) == "T3, C7, T1–T3"


@given(levels())
def test_what_we_write_reads_back_as_the_same_levels(any_levels: Levels) -> None:
    assert any_levels == parse(str(any_levels), any_levels.kind)


@given(levels(), st.sampled_from(["-", " – ", "—", " to ", "--"]), st.sampled_from([",", "; ", " and ", "/"]))
def test_any_dash_and_any_comma_reads_as_ours(any_levels: Levels, dash: str, comma: str) -> None:
    typed = str(any_levels).replace("–", dash).replace(", ", comma)
    assert any_levels == parse(typed, any_levels.kind)


@given(st.text(alphabet="CTLSRocto0123456789 ,–-()", max_size=15), st.sampled_from(KINDS))
def test_whatever_is_typed_is_read_or_refused_and_nothing_else_happens(typed: str, kind: str) -> None:
    try:
        read = parse(typed, kind)
    except LevelError as error:
        assert error.fault in {"unreadable", "nonexistent", "backwards"}
    else:
        assert read == parse(str(read), kind)
        assert set(read.sure) <= set(read.all) <= set(SCALES[kind])


@pytest.mark.parametrize(
    ("kind", "given_levels", "home", "left"),
    [
        ("vertebra", "T8–T11", "T10–L5", "T8, T9"),
        ("vertebra", "C3, L1", "C1–T12", "L1"),
        ("vertebra", "L1–L5", "(T12) L1–L5", ""),
        ("vertebra", "T11–T12", "(T12) L1–L5", "T11"),
        ("vertebra", "C1 (L5)", "C1–C7", "L5"),
        ("nerve", "C5–C6", "(C4) C5", "C6"),
    ],
)
def test_outside_names_the_levels_that_lie_outside(kind: str, given_levels: str, home: str, left: str) -> None:
    assert left == outside(parse(given_levels, kind), parse(home, kind))


def test_levels_of_another_kind_lie_outside_altogether() -> None:
    assert outside(parse("R9–R12", "rib"), parse("T9–T12", "vertebra")) == "R9–R12"


@given(st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(levels(kind), levels(kind))))
def test_outside_and_home_together_make_the_whole(pair: tuple[Levels, Levels]) -> None:
    some, home = pair
    left = outside(some, home)
    beyond = set(left.split(", ")) - {""}
    assert beyond == set(some.all) - set(home.all)
