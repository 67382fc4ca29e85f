"""The body of a Word document, walked once from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import shorten

from planchecker.plan import BlockKind, Unread
from planchecker.reading.draft import Piece
from planchecker.reading.word_controls import answer_of
from planchecker.reading.word_drawings import Drawings
from planchecker.reading.word_headings import Look
from planchecker.reading.word_paragraphs import Paragraph, ParagraphReader
from planchecker.reading.word_tables import (
    CellText,
    GridCell,
    RowText,
    is_box,
    is_hidden_row,
    mark_headers,
    row_pieces,
    shown_cells,
)
from planchecker.reading.word_xml import ROW, TBL, Element, P, value, w

Item = tuple[Piece, Look | None]
Notes = dict[tuple[str, str], str]  # (kind of reference, id) -> text
_MAX_WHERE = 80  # letters of a heading that names a place


class Story:
    """Reads the blocks below an element, in order.

    Args:
        reader: reads single paragraphs.
        notes: texts of foot- and endnotes; each is given out once, at its first reference.
        drawings: reads what drawings hold and says what it cannot read.
        has_pages: whether page numbers can be believed.
    """

    def __init__(self, reader: ParagraphReader, notes: Notes, drawings: Drawings, has_pages: bool) -> None:
        self._reader, self._drawings, self._has_pages = reader, drawings, has_pages
        self._notes = dict(notes)
        self._tables = 0
        self._heading = ""
        self.titles: list[str] = []
        self.unread: list[Unread] = []

    def blocks(self, container: Element, in_box: bool = False) -> Iterator[Item]:
        """The pieces below an element, each with its look where it is a paragraph."""
        for child in container:
            if child.tag == P:
                yield from self._paragraph(child, in_box)
            elif child.tag == TBL:
                yield from self._table(child)
            elif child.tag == w("altChunk"):
                self._skip(self._where(), "a whole file inserted here")
            elif len(child):
                yield from self.blocks(child, in_box)  # a wrapper that no one has met yet

    def _paragraph(self, element: Element, in_box: bool) -> Iterator[Item]:
        paragraph = self._reader.read(element)
        if paragraph is None:
            return
        if paragraph.level is not None and paragraph.text:
            self._heading = paragraph.full
        if paragraph.is_title and paragraph.text and len(self.titles) < 3:
            self.titles.append(paragraph.text)
        piece = Piece(
            kind=_kind(paragraph),
            text=paragraph.full,
            page=self._page(paragraph.page),
            level=_level(paragraph),
            paragraphs=paragraph.places,
            answers=answer_of(element),
        )
        may_head = not (in_box or paragraph.boxed or piece.answers)
        yield piece, Look(paragraph.bold, paragraph.half_points, may_head)
        yield from self._following(paragraph.notes, piece.page, paragraph.places)
        for text in self._drawn(paragraph):
            yield Piece(BlockKind.PARAGRAPH, text, piece.page, paragraphs=paragraph.places), None

    def _drawn(self, paragraph: Paragraph) -> list[str]:
        """Texts inside a paragraph's drawings; what cannot be read is put on record."""
        texts: list[str] = []
        for drawing in paragraph.drawings:
            found, problem = self._drawings.read(drawing)
            texts += found
            if problem:
                self._skip(self._where(paragraph.page), problem)
        return texts

    def _following(
        self, references: list[tuple[str, str]], page: int | None, places: Sequence[int]
    ) -> Iterator[Item]:
        """The notes that a block refers to; their place is that of the block."""
        for reference in references:
            text = self._notes.pop(reference, "")
            if text:
                yield Piece(BlockKind.NOTE, text, page, paragraphs=tuple(places)), None

    def _table(self, table: Element) -> Iterator[Item]:
        if is_box(table, self._is_heading):
            for element in table.iterchildren(ROW):
                if not is_hidden_row(element):
                    for cell in shown_cells(element):
                        yield from self.blocks(cell.element, in_box=True)
            return
        rows = [self._row(row) for row in table.iterchildren(ROW) if not is_hidden_row(row)]
        style = value(table.find(w("tblPr")), "tblStyle")
        chain = self._reader.styles.chain(style)
        mark_headers(table, rows, any(link.marks_first_row for link in chain))
        number, self._tables = self._tables, self._tables + 1
        for row, piece in zip(rows, row_pieces(rows, number), strict=True):
            yield piece, None
            yield from self._following(row.notes, row.page, row.places)
            for nested in row.after:
                yield from self._table(nested)

    def _is_heading(self, paragraph: Element) -> bool:
        return self._reader.styles.heading_level(paragraph) is not None

    def _row(self, row: Element) -> RowText:
        """Read one row; its cells stand side by side, so each starts on the row's page."""
        pages = self._reader.pages
        begin = end = pages.page
        result = RowText(None, [], answers=answer_of(row))
        first: int | None = None
        for cell in shown_cells(row):
            pages.page = begin
            text, page = self._cell(cell, result)
            result.cells.append(text)
            end = max(end, pages.page)
            if first is None and text.text:
                first = page
        pages.page = end
        result.page = self._page(begin if first is None else first)
        return result

    def _cell(self, cell: GridCell, row: RowText) -> tuple[CellText, int]:
        """Read a cell's paragraphs; hand its notes and nested tables to the row."""
        lines: list[str] = []
        bold = True
        page = self._reader.pages.page
        for element in _cell_blocks(cell.element):
            if element.tag == TBL:
                row.after.append(element)
                continue
            paragraph = self._reader.read(element)
            if paragraph is None:
                continue
            if paragraph.text and not lines:
                page = paragraph.page
            bold = bold and (paragraph.bold or not paragraph.text)
            lines += [line for line in (paragraph.full, *self._drawn(paragraph)) if line]
            row.notes += paragraph.notes
            row.places += paragraph.places
        text = "\n".join(lines)
        return CellText(cell.column, cell.span, text, bold and bool(text)), page

    def _page(self, page: int) -> int | None:
        return page if self._has_pages else None

    def _where(self, page: int | None = None) -> str:
        """Words for the place that reading has reached."""
        number = self._page(page or self._reader.pages.page)
        at = f"page {number}" if number else "the text"
        heading = shorten(self._heading, _MAX_WHERE, placeholder=" \u2026")
        return f"{at}, under \u201c{heading}\u201d" if heading else at

    def _skip(self, where: str, why: str) -> None:
        self.unread.append(Unread(where, why, heading=self._heading))


def _cell_blocks(cell: Element) -> Iterator[Element]:
    """Paragraphs and tables of a cell, in order, whatever they are wrapped in."""
    for child in cell:
        if child.tag in (P, TBL):
            yield child
        elif len(child):
            yield from _cell_blocks(child)


def _kind(paragraph: Paragraph) -> BlockKind:
    if paragraph.level is not None or paragraph.is_title:
        return BlockKind.HEADING
    return BlockKind.PARAGRAPH if paragraph.list_level is None else BlockKind.LIST_ITEM


def _level(paragraph: Paragraph) -> int | None:
    if paragraph.level is not None:
        return paragraph.level
    return 1 if paragraph.is_title else paragraph.list_level
