"""What is kept comes back as it was, under whatever name the file has then."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from planchecker.pipeline import check
from planchecker.plan import Block, BlockKind, Cell, Plan, ReadingConfidence, Unread
from planchecker.reading import read
from planchecker.triage.packing import packed_plan, packed_result, unpacked_plan, unpacked_result
from tests.support import checklist_of, part

_words = st.text(max_size=12)
_blocks = st.builds(
    Block,
    number=st.integers(0, 99),
    kind=st.sampled_from(BlockKind),
    text=_words,
    page=st.none() | st.integers(1, 9),
    heading=st.lists(_words, max_size=2).map(tuple),
    level=st.none() | st.integers(0, 4),
    table=st.none() | st.integers(0, 4),
    cells=st.lists(st.builds(Cell, _words, _words), max_size=2).map(tuple),
)
_plans = st.builds(
    Plan,
    path=st.just("north/plan.docx"),
    title=st.sampled_from(["plan", "Five years", "plan.docx"]),
    sha256=st.just("0" * 64),
    format=st.just("docx"),
    pages=st.none() | st.integers(1, 9),
    blocks=st.lists(_blocks, max_size=3).map(tuple),
    unread=st.lists(st.builds(Unread, _words, _words, st.none() | st.integers(1, 9)), max_size=2).map(tuple),
    notices=st.lists(_words, max_size=2).map(tuple),
    answers=st.dictionaries(_words, _words, max_size=2),
    confidence=st.sampled_from(ReadingConfidence),
    author=_words,
)


@given(_plans)
def test_a_plan_comes_back_as_it_was(plan: Plan) -> None:
    assert unpacked_plan(packed_plan(plan), plan.path) == plan


def test_a_result_comes_back_as_it_was_and_takes_another_name(plan_file: Path) -> None:
    result = check(read(plan_file), checklist_of(part("The plan says who leads the work.")))
    packed = packed_result(result)
    assert unpacked_result(packed, result.plan.path) == result
    moved = unpacked_result(packed, "south/other.docx")
    assert moved == replace(result, plan=replace(result.plan, path="south/other.docx"))


def test_a_title_that_was_only_the_name_follows_the_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Some words about nothing.")
    packed = packed_plan(read(tmp_path / "a.txt"))
    assert unpacked_plan(packed, "north/b.txt").title == "b"
    assert b"a.txt" not in packed
