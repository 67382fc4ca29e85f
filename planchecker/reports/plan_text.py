"""The plan's own text as the HTML report shows it: what stands where, and which words are quoted."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from planchecker.plan import Block, BlockKind, Plan
from planchecker.reports.quotes import Citation, Quoted, Quotes

_DEEPEST = 4  # heading levels of the plan's text; the report's own headings stand above them


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one look.

    Attributes:
        text: the words.
        kind: what quotes them (see `Quoted.kind`); "" for words that nothing quotes.
        within: anchors of the quoted passages they belong to.
        begins: anchors of those that begin with them.
        cited: those who quote a passage that ends with them.
    """

    text: str
    kind: str = ""
    within: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    cited: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: a list of pieces a column. `page` is set where a page begins with it."""

    columns: tuple[tuple[Piece, ...], ...]
    is_header: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing to show: words, the beginning of a page, or a page that could not be read.

    Attributes:
        kind: "page", "unread", "heading", "paragraph", "note", "list" or "table".
        pieces: the words of a heading, paragraph or note.
        level: of a heading, counted from 1, never more than one deeper than the one before.
        page: the page that begins, or was not read.
        why: why it was not read.
        items: of a list: depth and words.
        rows: of a table.
    """

    kind: str
    pieces: tuple[Piece, ...] = ()
    level: int = 0
    page: int = 0
    why: str = ""
    items: tuple[tuple[int, tuple[Piece, ...]], ...] = ()
    rows: tuple[Row, ...] = ()


def shown_text(plan: Plan, quotes: Quotes) -> Iterator[Shown]:
    """The plan's text in reading order, with the quoted words marked."""
    page = level = 0
    unread = deque(sorted((skipped.page, skipped.why) for skipped in plan.unread if skipped.page))
    for (kind, _), group in groupby(plan.blocks, key=_belongs):
        blocks = list(group)
        first = blocks[0]
        if first.page and first.page != page:
            page = first.page
            yield from _unread_before(page, unread)
            yield Shown("page", page=page)
        if kind == "table":
            yield Shown("table", rows=tuple(_rows(blocks, page, quotes)))
        elif kind == "list":
            yield Shown("list", items=tuple((min(b.level or 0, 4), pieces(b, quotes)) for b in blocks))
        elif first.kind is BlockKind.HEADING:
            level = min(first.level or 1, level + 1, _DEEPEST)
            yield Shown("heading", pieces(first, quotes), level)
        else:
            yield Shown("note" if first.kind is BlockKind.NOTE else "paragraph", pieces(first, quotes))
        page = blocks[-1].page or page
    yield from _unread_before(None, unread)


def _unread_before(page: int | None, unread: deque[tuple[int, str]]) -> Iterator[Shown]:
    """The pages that were not read before this page begins, or to the end; they are taken off the list."""
    while unread and (page is None or unread[0][0] <= page):
        skipped, why = unread.popleft()
        yield Shown("unread", page=skipped, why=why)


def _belongs(block: Block) -> tuple[str, object]:
    """What a block is shown together with: the rows of a table, the items of a list on one page."""
    if block.kind is BlockKind.TABLE_ROW:
        return "table", block.table
    if block.kind is BlockKind.LIST_ITEM:
        return "list", block.page
    return "alone", block.number


def pieces(block: Block, quotes: Quotes) -> tuple[Piece, ...]:
    """A block's words, cut where quoted passages begin and end."""
    return _cut(block.text, 0, quotes.blocks.get(block.number, ()))


def _cut(text: str, offset: int, quoted: Sequence[Quoted]) -> tuple[Piece, ...]:
    """Cut a text that stands at this offset of its block."""
    end = offset + len(text)
    edges = {edge for q in quoted for edge in (q.start, q.end) if offset < edge < end}
    seams = sorted({offset, end} | edges)
    return tuple(
        _piece(text[first - offset : last - offset], first, last, quoted) for first, last in pairwise(seams)
    )


def _piece(text: str, first: int, last: int, quoted: Sequence[Quoted]) -> Piece:
    around = [q for q in quoted if q.start < last and q.end > first]
    if not around:
        return Piece(text)
    closes = [q for q in around if q.end == last]
    return Piece(
        text=text,
        kind=around[0].kind,
        within=tuple(q.anchor for q in around),
        begins=tuple(q.anchor for q in around if q.start == first),
        cited=tuple(dict.fromkeys(citation for q in closes for citation in q.cited)),
    )


def _rows(blocks: Sequence[Block], page: int, quotes: Quotes) -> Iterator[Row]:
    """The rows of one table, each cell in the column that its header names."""
    columns = _columns(blocks)
    width = max([len(columns), *(len(block.cells) for block in blocks)])
    for block in blocks:
        begins = block.page if block.page and block.page != page else None
        page = block.page or page
        cells: list[tuple[Piece, ...]] = [()] * width
        for column, cell in zip(_places(block, columns), _cell_pieces(block, quotes), strict=True):
            cells[column] = cell
        yield Row(tuple(cells), block.is_table_header, begins)


def _columns(blocks: Sequence[Block]) -> list[str]:
    """The column headers of a table; a nameless first column where the header row lacks its cell."""
    titles = [cell.text for cell in blocks[0].cells] if blocks[0].is_table_header else []
    named = [cell.header for block in blocks for cell in block.cells if cell.header]
    titles += [header for header in dict.fromkeys(named) if header not in titles]
    body = [block for block in blocks if block.cells and not block.is_table_header]
    if titles and any(not block.cells[0].header for block in body):
        titles.insert(0, "")
    return titles


def _places(block: Block, columns: Sequence[str]) -> Iterator[int]:
    """The column of each cell: where its header stands, else the next one; never going back."""
    free = 0
    for left, cell in zip(range(len(block.cells), 0, -1), block.cells, strict=True):
        name = cell.text if block.is_table_header else cell.header
        last = max(len(columns), len(block.cells)) - left
        place = columns.index(name, free) if name and name in columns[free : last + 1] else min(free, last)
        yield place
        free = place + 1


def _cell_pieces(block: Block, quotes: Quotes) -> Iterator[tuple[Piece, ...]]:
    """The words of each cell; a passage that is quoted across cells is marked in each."""
    quoted, offset = quotes.blocks.get(block.number, ()), 0
    for cell in block.cells:
        offset = max(block.text.find(cell.text, offset), 0)
        yield _cut(cell.text, offset, quoted)
        offset += len(cell.text)
