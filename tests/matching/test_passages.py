"""Passages: every word of the plan once, in pieces small enough to quote."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.matching.passages import MAX_WORDS, passages_of, whole_passages
from planchecker.plan import Block, BlockKind, Cell, Plan
from tests.support import plan_of, prose, squeezed

WORDS = (
    "carers",
    "will",
    "open",
    "Dr.",
    "£6.6m",
    "e.g.",
    "2015/16",
    "self-care",
    "—",
    "A&E.",
    "(see",
    "9)",
    "why?",
    "done.",
    "No.",
    "|",
)
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=200).map(" ".join)
any_text = st.text(min_size=1, max_size=400).filter(lambda text: text.strip() != "")
texts = st.one_of(sentences, any_text).map(str.strip)
headings = st.lists(st.sampled_from(["1 Outcomes", "2 Money", "Annex A"]), max_size=2).map(tuple)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    """A block as readers make them: text that is not empty, cells whose words are the row's words."""
    kind = draw(st.sampled_from(BlockKind))
    heading = draw(headings)
    if kind is not BlockKind.TABLE_ROW:
        level = draw(st.integers(0, 3)) if kind is BlockKind.LIST_ITEM else None
        inferred = kind is BlockKind.HEADING and draw(st.booleans())
        return Block(0, kind, draw(texts), heading=heading, level=level, inferred=inferred)
    rows = draw(st.lists(texts, min_size=1, max_size=5))
    titles = draw(st.lists(st.sampled_from(["", "Owner", "By when"]), min_size=len(rows), max_size=len(rows)))
    cells = tuple(Cell(title, text) for title, text in zip(titles, rows, strict=True))
    is_header = draw(st.booleans())
    return Block(0, kind, " | ".join(rows), heading=heading, table=0, cells=cells, is_table_header=is_header)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    listed = draw(st.lists(blocks(), max_size=8))
    numbered = (
        Block(
            n,
            b.kind,
            b.text,
            n // 3 + 1,
            b.heading,
            b.level,
            b.inferred,
            table=b.table,
            cells=b.cells,
            is_table_header=b.is_table_header,
        )
        for n, b in enumerate(listed)
    )
    return plan_of(*numbered)


def is_matched(block: Block) -> bool:
    if block.kind is BlockKind.HEADING:  # a line that only looks like a heading may say something
        return block.inferred and len(block.text.split()) >= 4
    return not block.is_table_header


def words_of(block: Block) -> list[str]:
    """The words of a block without the marks between its cells."""
    return " ".join(cell.text for cell in block.cells).split() if block.cells else block.text.split()


@given(plans())
def test_every_word_is_in_exactly_one_passage(plan: Plan) -> None:
    passages = passages_of(plan)
    for block in plan.blocks:
        pieces = [p.text for p in passages if p.block == block.number]
        got = " ".join(pieces).split()
        if not is_matched(block):
            assert got == []
        elif block.cells and len(pieces) == 1 and got == block.text.split():
            continue  # the row as a whole, marks between cells included
        else:
            assert got == words_of(block)


@given(plans())
def test_no_passage_is_longer_than_can_be_quoted(plan: Plan) -> None:
    assert all(len(passage.text.split()) <= MAX_WORDS for passage in passages_of(plan))


@given(plans())
def test_passages_carry_the_place_of_their_block(plan: Plan) -> None:
    for passage in passages_of(plan):
        block = plan.blocks[passage.block]
        assert (passage.heading, passage.page, passage.kind) == (block.heading, block.page, block.kind)


@given(plans())
def test_passages_come_in_reading_order_and_one_of_each_block_is_first(plan: Plan) -> None:
    passages = passages_of(plan)
    assert [p.block for p in passages] == sorted(p.block for p in passages)
    assert [p.block for p in passages] == sorted(p.block for p in passages)


@given(plans())
def test_a_passage_is_quoted_from_its_block(plan: Plan) -> None:
    for passage in passages_of(plan):
        assert squeezed(passage.text) in squeezed(plan.blocks[passage.block].text)


@given(plans())
def test_whole_ones_are_all_that_are_not_cut(plan: Plan) -> None:
    all_of_them, whole = passages_of(plan), whole_passages(plan)
    assert [passage for passage in all_of_them if passage.block in {w.block for w in whole}] == list(whole)
    assert {passage.block for passage in all_of_them} - {w.block for w in whole} == {
        block.number
        for block in plan.blocks
        if block.number in {passage.block for passage in all_of_them}
        and len(block.text.split()) > (MAX_WORDS if block.cells else 60)
    }


def test_an_empty_plan_has_none() -> None:
    assert passages_of(plan_of()) == ()


def test_headings_and_column_headers_are_context_only() -> None:
    header = (Cell("", "Scheme"), Cell("", "Owner"))
    row = (Cell("Scheme", "Hubs"), Cell("Owner", "Dr Shah"))
    plan = plan_of(
        Block(0, BlockKind.HEADING, "Our schemes", level=1),
        Block(
            1,
            BlockKind.TABLE_ROW,
            "Scheme | Owner",
            heading=("Our schemes",),
            cells=header,
            is_table_header=True,
        ),
        Block(2, BlockKind.TABLE_ROW, "Hubs | Dr Shah", heading=("Our schemes",), cells=row),
    )
    (passage,) = passages_of(plan)
    assert passage.text == "Hubs | Dr Shah"
    assert passage.reading == "Scheme: Hubs; Owner: Dr Shah"
    assert passage.in_context == "Our schemes: Scheme: Hubs; Owner: Dr Shah"


@pytest.mark.parametrize(
    ("text", "inferred", "said"),
    [
        ("Dr Shah will lead this", True, ["Dr Shah will lead this"]),
        ("Our four main schemes", False, []),
        ("Our main schemes", True, []),
    ],
)
def test_a_line_that_only_looks_like_a_heading_is_a_passage(
    text: str, inferred: bool, said: list[str]
) -> None:
    plan = plan_of(Block(0, BlockKind.HEADING, text, level=1, inferred=inferred))
    assert [(p.text, p.kind) for p in passages_of(plan)] == [(text, BlockKind.HEADING) for text in said]


def test_a_passage_names_the_plan_it_comes_from() -> None:
    assert {p.plan for p in passages_of(prose("One.", "Two."))} == {"draft.docx"}


def test_a_short_paragraph_is_one_passage() -> None:
    text = "We will open a clinic. It will have six rooms. Dr Shah leads it."
    assert [p.text for p in passages_of(prose(text))] == [text]


def test_a_long_paragraph_is_cut_at_sentence_ends() -> None:
    sentence = "The clinic at Fenwick will open its doors to all carers of the district in the spring."
    passages = passages_of(prose(" ".join([sentence] * 12)))
    assert len(passages) > 1
    assert all(p.text.startswith("The clinic") and p.text.endswith("spring.") for p in passages)


def test_a_sentence_without_end_is_cut_all_the_same() -> None:
    assert [len(p.text.split()) for p in passages_of(prose("word " * 300))] == [120, 120, 60]


def test_a_long_row_is_cut_into_cells_beside_their_label() -> None:
    long = "The hub will open in spring and offer all of its rooms to carers. " * 12
    cells = (Cell("Scheme", "Hubs"), Cell("Action", long.strip()), Cell("Owner", "Dr Shah"))
    row = Block(0, BlockKind.TABLE_ROW, " | ".join(c.text for c in cells), cells=cells)
    passages = passages_of(plan_of(row))
    assert passages[0].text == "Hubs"
    assert passages[-1].reading == "Hubs; Owner: Dr Shah"
    assert all("Hubs; Action: " in p.reading for p in passages[1:-1])


class TestLeadIn:
    LEAD = Block(0, BlockKind.PARAGRAPH, "By March 2016 the CCG will:")

    def readings(self, *blocks: Block) -> list[str]:
        return [p.reading for p in passages_of(plan_of(self.LEAD, *blocks))][1:]

    def item(self, number: int, text: str, level: int = 0) -> Block:
        return Block(number, BlockKind.LIST_ITEM, text, level=level)

    def test_every_item_of_a_list_is_read_with_it(self) -> None:
        items = (self.item(1, "open a hub"), self.item(2, "train staff", 1), self.item(3, "close a ward"))
        assert self.readings(*items) == [
            "By March 2016 the CCG will: open a hub",
            "By March 2016 the CCG will: train staff",
            "By March 2016 the CCG will: close a ward",
        ]

    def test_the_quoted_words_are_the_items_own(self) -> None:
        assert [p.text for p in passages_of(plan_of(self.LEAD, self.item(1, "open a hub")))] == [
            "By March 2016 the CCG will:",
            "open a hub",
        ]

    @pytest.mark.parametrize(
        "between",
        [
            Block(1, BlockKind.PARAGRAPH, "Something else."),
            Block(1, BlockKind.HEADING, "Money", level=1),
            Block(1, BlockKind.TABLE_ROW, "a | b", cells=(Cell("", "a"), Cell("", "b"))),
        ],
    )
    def test_it_ends_with_the_list(self, between: Block) -> None:
        assert self.readings(between, self.item(2, "open a hub"))[-1] == "open a hub"

    def test_a_paragraph_that_ends_otherwise_is_none(self) -> None:
        plan = plan_of(Block(0, BlockKind.PARAGRAPH, "We have plans."), self.item(1, "open a hub"))
        assert passages_of(plan)[-1].reading == "open a hub"

    def test_a_long_one_is_shortened_to_its_end(self) -> None:
        long = Block(0, BlockKind.PARAGRAPH, "word " * 80 + "the CCG will:")
        reading = passages_of(plan_of(long, self.item(1, "open a hub")))[-1].reading
        assert reading.endswith("the CCG will: open a hub")
        assert len(reading.split()) <= 40

    def test_a_footnote_does_not_end_it(self) -> None:
        note = Block(1, BlockKind.NOTE, "As agreed with the council.")
        assert self.readings(note, self.item(2, "open a hub")) == [
            "As agreed with the council.",
            "By March 2016 the CCG will: open a hub",
        ]
        after_an_item = (self.item(1, "train staff"), replace(note, number=2), self.item(3, "open a hub"))
        assert self.readings(*after_an_item)[-1] == "By March 2016 the CCG will: open a hub"
