from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from planchecker.plan import Block, BlockKind, Cell, Unread
from planchecker.reports.plan_text import Shown, pieces, shown_text
from planchecker.reports.quotes import Quotes, quotes_in
from planchecker.result import Evidence, Result
from tests.reports.sample import MET, PARTIAL, RESULT
from tests.support import plan_of


def _cited(*quoted: tuple[int, str]) -> Result:
    """A result whose features F1, F2 ... quote one passage each: number of its block, and words."""
    features = tuple(
        replace((MET, PARTIAL)[n % 2], id=f"F{n + 1}", evidence=(Evidence(text, None, (), block, 0.5),))
        for n, (block, text) in enumerate(quoted)
    )
    return replace(RESULT, elements=(replace(RESULT.elements[0], features=features),))


def _quotes(blocks: tuple[Block, ...], *quoted: tuple[int, str]) -> Quotes:
    result = _cited(*quoted)
    return quotes_in(plan_of(*blocks), result, {f.id: f.id for f in result.features})


def _paragraph(text: str, number: int = 0) -> Block:
    return Block(number, BlockKind.PARAGRAPH, text)


def test_quoted_words_are_cut_out_and_name_those_who_quote_them() -> None:
    block = _paragraph("Before. The words. After.")
    cut = pieces(block, _quotes((block,), (0, "The words."), (0, "The words.")))
    assert [(p.text, p.kind, [c.label for c in p.cited]) for p in cut] == [
        ("Before. ", "", []),
        ("The words.", "met", ["F1", "F2"]),
        (" After.", "", []),
    ]


def test_overlapping_quotes_share_their_middle() -> None:
    block = _paragraph("one two three")
    cut = pieces(block, _quotes((block,), (0, "one two"), (0, "two three")))
    assert [(p.text, p.within) for p in cut] == [
        ("one ", ("passage-1",)),
        ("two", ("passage-1", "passage-2")),
        (" three", ("passage-2",)),
    ]
    assert [[c.label for c in p.cited] for p in cut] == [[], ["F1"], ["F2"]]


def test_words_that_stand_there_in_other_spacing_are_found_and_others_mark_the_whole_block() -> None:
    block = _paragraph("We  will\nact (soon).")
    assert [p.text for p in pieces(block, _quotes((block,), (0, "will act (soon)")))][1] == "will\nact (soon)"
    assert [p.text for p in pieces(block, _quotes((block,), (0, "put together")))] == [block.text]


def test_a_quote_from_a_block_that_is_not_there_leads_nowhere() -> None:
    result = _cited((7, "elsewhere"))
    quotes = _quotes((_paragraph("here"),), (7, "elsewhere"))
    assert quotes.anchor(result.elements[0].features[0].evidence[0]) == ""


_TEXTS = st.text(alphabet="ab .|\n", min_size=1, max_size=30)
_SPANS = st.lists(st.tuples(st.integers(0, 29), st.integers(1, 30)), max_size=6)


@given(_TEXTS, _SPANS)
def test_no_word_is_lost_and_every_passage_begins_once(text: str, spans: list[tuple[int, int]]) -> None:
    block = _paragraph(text)
    quoted = [(0, text[start : start + length]) for start, length in spans if text[start : start + length]]
    quotes = _quotes((block,), *quoted)
    cut = pieces(block, quotes)
    assert "".join(piece.text for piece in cut) == text
    begun = [anchor for piece in cut for anchor in piece.begins]
    assert sorted(begun) == sorted(q.anchor for q in quotes.blocks.get(0, ()))
    assert {c.label for p in cut for c in p.cited} == {f"F{n + 1}" for n in range(len(quoted))}


def _row(number: int, *cells: tuple[str, str], header: bool = False, page: int | None = None) -> Block:
    made = tuple(Cell(*cell) for cell in cells)
    text = " | ".join(cell.text for cell in made)
    return Block(number, BlockKind.TABLE_ROW, text, page, table=0, cells=made, is_table_header=header)


def _grid(*rows: Block, quotes: Quotes | None = None) -> list[list[str]]:
    (table,) = [part for part in shown_text(plan_of(*rows), quotes or Quotes()) if part.kind == "table"]
    return [["".join(piece.text for piece in cell) for cell in row.columns] for row in table.rows]


def test_cells_stand_under_their_headers_where_others_are_empty() -> None:
    rows = (
        _row(0, ("", "Scheme"), ("", "Saving"), ("", "Owner"), header=True),
        _row(1, ("Scheme", "Care homes"), ("Owner", "Dr Bell")),
        _row(2, ("Saving", "£2m"), ("Owner", "Dr Hill")),
    )
    assert _grid(*rows) == [
        ["Scheme", "Saving", "Owner"],
        ["Care homes", "", "Dr Bell"],
        ["", "£2m", "Dr Hill"],
    ]


def test_a_nameless_first_column_gets_its_place() -> None:
    rows = (
        _row(0, ("", "2014/15"), ("", "2015/16"), header=True),
        _row(1, ("", "Surplus"), ("2014/15", "1%"), ("2015/16", "1%")),
    )
    assert _grid(*rows) == [["", "2014/15", "2015/16"], ["Surplus", "1%", "1%"]]


def test_a_table_without_headers_and_one_with_doubled_headers_keep_all_cells() -> None:
    assert _grid(_row(0, ("", "a"), ("", "b"), ("", "c")), _row(1, ("", "d"))) == [
        ["a", "b", "c"],
        ["d", "", ""],
    ]
    doubled = (
        _row(0, ("", "x"), ("", "x"), header=True),
        _row(1, ("x", "1"), ("x", "2")),
    )
    assert _grid(*doubled) == [["x", "x"], ["1", "2"]]


_CELLS = st.lists(
    st.tuples(st.sampled_from(["", "x", "y"]), st.sampled_from(["1", "2", "x"])), min_size=1, max_size=4
)


@given(st.lists(_CELLS, min_size=1, max_size=4), st.booleans())
def test_no_cell_is_lost_whatever_the_headers(table: list[list[tuple[str, str]]], titled: bool) -> None:
    rows = [_row(n, *cells, header=titled and n == 0) for n, cells in enumerate(table)]
    shown = [[text for text in row if text] for row in _grid(*rows)]
    assert shown == [[cell.text for cell in row.cells] for row in rows]


def test_a_quote_across_cells_is_marked_in_each() -> None:
    row = _row(0, ("", "Care homes"), ("", "£2m"))
    (table,) = shown_text(plan_of(row), _quotes((row,), (0, row.text)))
    assert [[piece.kind for piece in cell] for cell in table.rows[0].columns] == [["met"], ["met"]]
    assert table.rows[0].columns[1][0].cited[0].label == "F1"


def test_pages_begin_once_also_within_a_table_and_lists_break_with_them() -> None:
    blocks = (
        replace(_paragraph("one"), page=1),
        Block(1, BlockKind.LIST_ITEM, "a", 1),
        Block(2, BlockKind.LIST_ITEM, "b", 2),
        _row(3, ("", "x"), page=2),
        _row(4, ("", "y"), page=3),
        replace(_paragraph("last", 5), page=3),
    )
    parts = list(shown_text(plan_of(*blocks), Quotes()))
    assert [(part.kind, part.page) for part in parts] == [
        ("page", 1), ("paragraph", 0), ("list", 0), ("page", 2), ("list", 0), ("table", 0), ("paragraph", 0),
    ]  # fmt: skip
    assert [row.page for row in parts[5].rows] == [None, 3]


def test_headings_never_go_more_than_one_level_deeper() -> None:
    levels = (3, 1, 4, 2, 9, 9)
    blocks = (Block(n, BlockKind.HEADING, "h", level=level) for n, level in enumerate(levels))
    parts: list[Shown] = list(shown_text(plan_of(*blocks), Quotes()))
    assert [part.level for part in parts] == [1, 1, 2, 2, 3, 4]


def test_pages_that_were_not_read_stand_where_they_would_be() -> None:
    blocks = (replace(_paragraph("one"), page=2), replace(_paragraph("two", 1), page=5))
    unread = (
        Unread("page 6", "a picture", 6),
        Unread("page 1", "a picture", 1),
        Unread("a chart", "skipped"),
    )
    plan = replace(plan_of(*blocks), unread=unread)
    parts = [(part.kind, part.page, part.why) for part in shown_text(plan, Quotes()) if part.page]
    assert parts == [("unread", 1, "a picture"), ("page", 2, ""), ("page", 5, ""), ("unread", 6, "a picture")]
