"""PDF -> draft: every page through PDFium, tables from rules and aligned columns, text in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planchecker.errors import NoTextError
from planchecker.plan import BlockKind, ReadingConfidence, Unread
from planchecker.reading import pdf_tables
from planchecker.reading.contents import without_typed_contents
from planchecker.reading.draft import Draft, Piece
from planchecker.reading.pdf_furniture import find_furniture
from planchecker.reading.pdf_grids import find_grids
from planchecker.reading.pdf_headings import Heading, find_headings
from planchecker.reading.pdf_ligatures import mend_ligatures
from planchecker.reading.pdf_lines import Line, build_lines
from planchecker.reading.pdf_mend import Mender, new_mender
from planchecker.reading.pdf_page import Norms, PageItem, lay_out
from planchecker.reading.pdf_paragraphs import (
    Paragraph,
    drop_contents,
    rejoin,
    usual_pitch,
)
from planchecker.reading.pdf_source import RawPage, Source, read_source
from planchecker.reading.pdf_tables import Table
from planchecker.reading.pdf_unread import unread_pages

INDENT_STEP = 7.0  # points by which a list item must stand further in to be one level deeper

_DAY = re.compile(r"(?:D:)?((?:19|20)\d\d)([01]\d)([0-3]\d)")
_JUNK_TITLE = re.compile(r"^(?:microsoft (?:word|powerpoint|excel)\b.*|untitled.*|.*\.[a-z]{2,5})$", re.I)

_Item = Paragraph | Table


def read_pdf(data: bytes, name: str, password: str | None = None) -> Draft:
    """Read a PDF.

    Args:
        data: the file's bytes.
        name: its name, for messages.
        password: opens a protected file.

    Raises:
        EncryptedPlanError: it needs a password that was not given or is wrong.
        DamagedPlanError: it cannot be parsed.
        NoTextError: no page holds readable text.
    """
    source = read_source(data, name, password)
    unread, skipped = unread_pages(source)
    if len(skipped) == len(source.pages):
        raise NoTextError(
            name,
            "no page holds readable text (scanned pictures, or fonts that hide their letters)",
            "add a text layer first: ocrmypdf --skip-text in.pdf out.pdf (--force-ocr for garbled text)",
        )
    pages = [page for page in source.pages if page.number not in skipped]
    items, furniture = _items(pages)
    pieces = _pieces(items, source)
    return Draft(
        format="pdf",
        title=_title(source, items),
        pages=source.count,
        pieces=without_typed_contents(pieces),
        unread=unread,
        furniture=furniture,
        confidence=_confidence(source, unread),
        author=source.author,
        saved="-".join(day.groups()) if (day := _DAY.match(source.saved)) else "",
    )


@dataclass(slots=True)
class _Text:
    """Paragraphs and tables of the document in order, with what mends their text."""

    items: list[_Item]
    mender: Mender


def _items(pages: Sequence[RawPage]) -> tuple[_Text, tuple[str, ...]]:
    """Paragraphs and tables of all pages, whole again over page breaks, and the furniture."""
    mend_ligatures(page.text.words for page in pages)
    lines = [build_lines(page.text.words) for page in pages]
    mender = new_mender(lines)
    grids = [find_grids(page.rulings) for page in pages]
    dropped, furniture = find_furniture(lines, [page.height for page in pages], grids)
    norms = Norms(usual_pitch(lines), _body_size(line for page_lines in lines for line in page_lines))
    items: list[_Item] = []
    for page, page_lines, page_grids, drop in zip(pages, lines, grids, dropped, strict=True):
        drop |= drop_contents(page_lines)
        kept = [line for line in page_lines if id(line) not in drop]
        _extend(items, lay_out(page, kept, page_grids, norms), page.number, mender)
    slanted = {" ".join(page.text.slanted): None for page in pages if page.text.slanted}
    return _Text(items, mender), furniture + tuple(slanted)


def _extend(items: list[_Item], found: Iterable[PageItem], page: int, mender: Mender) -> None:
    """Add a page's items; a table that carries on the last one joins it."""
    for item in found:
        if isinstance(item, Paragraph):
            items.append(item)
            continue
        table = pdf_tables.read_table(item, page, mender)
        if not table.rows:
            continue
        last = items[-1] if items else None
        if isinstance(last, Table) and pdf_tables.carries_on(last, table):
            pdf_tables.append(last, table)
        else:
            items.append(table)


def _pieces(text: _Text, source: Source) -> list[Piece]:
    items = rejoin(text.items)
    paragraphs = [item for item in items if isinstance(item, Paragraph)]
    texts = [text.mender.text(paragraph.lines) for paragraph in paragraphs]
    headings = find_headings(paragraphs, texts, source.outline, _body_size(_lines(paragraphs)))
    pieces: list[Piece] = []
    indents: list[float] = []  # of the list items that are open
    seen = tables = 0
    for item in items:
        if isinstance(item, Table):
            pieces += pdf_tables.pieces(item, tables)
            tables += 1
        else:
            pieces.append(_piece(item, texts[seen], headings.get(seen), indents))
            seen += 1
    return [piece for piece in pieces if any(ch.isalnum() for ch in piece.text)]


def _lines(paragraphs: Iterable[Paragraph]) -> Iterable[Line]:
    return (line for paragraph in paragraphs for line in paragraph.lines)


def _piece(paragraph: Paragraph, text: str, heading: Heading | None, indents: list[float]) -> Piece:
    page = paragraph.page
    if heading is None and not paragraph.note and paragraph.label:
        return Piece(BlockKind.LIST_ITEM, text, page, _depth(paragraph.indent, indents))
    indents.clear()
    if heading is not None:
        return Piece(BlockKind.HEADING, text, page, heading.level, heading.inferred)
    if paragraph.note:
        return Piece(BlockKind.NOTE, text, page)
    return Piece(BlockKind.PARAGRAPH, text, page)


def _depth(indent: float, indents: list[float]) -> int:
    """Depth of a list item among the open ones, by its indent."""
    while indents and indent < indents[-1] - INDENT_STEP:
        indents.pop()
    if not indents or indent > indents[-1] + INDENT_STEP:
        indents.append(indent)
    return len(indents) - 1


def _body_size(lines: Iterable[Line]) -> float:
    """Font size of most of the text."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 11.0


def _title(source: Source, text: _Text) -> str | None:
    """The file's own title, unless it is a program's or a file's name; else the largest words of page 1."""
    own = " ".join(source.title.split())
    if own and not _JUNK_TITLE.match(own):
        return own
    first = [item for item in text.items if isinstance(item, Paragraph) and item.page == 1]
    first = [paragraph for paragraph in first if _is_upright_text(paragraph)]
    if not first:
        return None
    largest = max(first, key=lambda paragraph: paragraph.size)
    return text.mender.text(largest.lines)[:200] or None


def _is_upright_text(paragraph: Paragraph) -> bool:
    words = paragraph.lines[0].words
    return words[0].turn == 0 and any(ch.isalpha() for word in words for ch in word.text)


def _confidence(source: Source, unread: Sequence[Unread]) -> ReadingConfidence:
    """High when nothing was skipped and the characters are sound; low when much is missing."""
    if len(unread) > 0.25 * source.count:
        return ReadingConfidence.LOW
    doubtful = any(page.text.garbage > 0.03 for page in source.pages)
    return ReadingConfidence.MEDIUM if unread or doubtful else ReadingConfidence.HIGH
