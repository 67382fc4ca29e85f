"""A PDF file -> what its pages hold: words, rulings, outline. The only module that opens PDFium documents."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from planchecker.errors import DamagedPlanError, EncryptedPlanError
from planchecker.reading.pdf_guard import refuse_bombs, within_time
from planchecker.reading.pdf_headings import OutlineEntry
from planchecker.reading.pdf_rulings import Rulings, page_rulings
from planchecker.reading.pdf_words import Box, PageText, page_text, turned

# pypdfium2 warns of broken bookmarks; a draft's reader can do nothing about them.
logging.getLogger("pypdfium2").addHandler(logging.NullHandler())

MAX_PAGES = 3_000
"""Pages read of one file; a plan has at most a few hundred."""

MAX_SECONDS = 45.0
"""Time after which the pages left are listed as unread instead of read."""

MAX_OUTLINE = 5_000
_PDFIUM = Lock()  # PDFium must not be entered twice: while one reading hangs, others are given up in turn
FAR = 50_000.0  # points: no page is larger
A4 = (0.0, -842.0, 595.0, 0.0)


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page as its file holds it, upright, its top left corner at (0, 0).

    Attributes:
        number: counted from 1.
        width, height: in points.
        text: its words.
        rulings: its lines and fills.
        problem: why it could not be read, or "".
    """

    number: int
    width: float
    height: float
    text: PageText
    rulings: Rulings
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What a whole file holds; the strings as the file's properties have them."""

    title: str
    author: str
    saved: str
    pages: tuple[RawPage, ...]
    outline: tuple[OutlineEntry, ...]
    count: int


def read_source(data: bytes, name: str, password: str | None) -> Source:
    """Open a PDF and collect what its pages hold; each page is closed before the next is opened.

    Raises:
        EncryptedPlanError: it needs a password that was not given or is wrong.
        DamagedPlanError: it cannot be opened or has no pages.
    """
    refuse_bombs(data, name)
    return within_time(lambda: _source(data, name, password), name)


def _source(data: bytes, name: str, password: str | None) -> Source:
    with _PDFIUM, _opened(data, name, password) as document:
        count = len(document)
        if count < 1:
            raise DamagedPlanError(
                name, "the PDF has no pages", "save it again from the program that made it"
            )
        stop = time.monotonic() + MAX_SECONDS
        pages = tuple(_page(document, index, stop) for index in range(min(count, MAX_PAGES)))
        title, author, saved = (_property(document, key) for key in ("Title", "Author", "ModDate"))
        return Source(title, author, saved, pages, tuple(_outline(document)), count)


@contextmanager
def _opened(data: bytes, name: str, password: str | None) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(data, password=password)
    except pypdfium2.PdfiumError as error:
        raise _refusal(error, name, password) from error
    except (ValueError, TypeError, UnicodeError) as error:  # a password that cannot be encoded
        raise EncryptedPlanError(
            name, "the password cannot be used", "give it again with --password"
        ) from error
    try:
        yield document
    finally:
        document.close()


def _refusal(
    error: pypdfium2.PdfiumError, name: str, password: str | None
) -> DamagedPlanError | EncryptedPlanError:
    code = getattr(error, "err_code", None)
    if code == pdfium.FPDF_ERR_PASSWORD:
        if password:
            return EncryptedPlanError(
                name, "the password does not open this PDF", "give the right one with --password"
            )
        return EncryptedPlanError(
            name,
            "the PDF is protected by a password",
            "give it with --password, or save a copy without one",
        )
    if code == pdfium.FPDF_ERR_SECURITY:
        return EncryptedPlanError(
            name,
            "the PDF is protected in a way that planchecker cannot open",
            "save a copy without protection",
        )
    return DamagedPlanError(
        name,
        "the PDF is damaged and cannot be opened",
        "save it again from the program that made it",
    )


def _page(document: pypdfium2.PdfDocument, index: int, stop: float) -> RawPage:
    empty = RawPage(index + 1, 595.0, 842.0, PageText([], (), 0, 0, 0.0), Rulings())
    if time.monotonic() > stop:
        return _with_problem(empty, f"not read: the file took longer than {MAX_SECONDS:.0f} seconds")
    handle = pdfium.FPDF_LoadPage(document.raw, index)
    if not handle:
        return _with_problem(empty, "the page is damaged")
    try:
        return _read_page(handle, index)
    finally:
        pdfium.FPDF_ClosePage(handle)


def _with_problem(page: RawPage, problem: str) -> RawPage:
    return RawPage(page.number, page.width, page.height, page.text, page.rulings, problem)


def _read_page(handle: Any, index: int) -> RawPage:
    text = page_text(handle)
    rulings = page_rulings(handle, text.turn)
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(handle, rect)
    outline = (rect.left, -rect.top, rect.right, -rect.bottom)
    left, top, right, bottom = turned(outline if _is_sound(outline) else A4, text.turn)
    for word in text.words:
        word.x0, word.x1 = word.x0 - left, word.x1 - left
        word.top, word.bottom = word.top - top, word.bottom - top
    for boxes in (rulings.across, rulings.down, rulings.fills):
        boxes[:] = [(b[0] - left, b[1] - top, b[2] - left, b[3] - top) for b in boxes if _is_sound(b)]
    width, height = max(right - left, 1.0), max(bottom - top, 1.0)
    words = [
        w
        for w in text.words
        if 0 < w.x1 < FAR and w.x0 < width and 0 < w.bottom < FAR and w.top < height and 0 < w.size < FAR
    ]
    seen = PageText(words, text.slanted, text.turn, text.characters, text.garbage)
    return RawPage(index + 1, width, height, seen, rulings)


def _is_sound(box: Box) -> bool:
    """Whether a box has a place on some page: damaged files hold endless and impossible numbers."""
    return all(-FAR < side < FAR for side in box)


def _property(document: pypdfium2.PdfDocument, key: str) -> str:
    try:
        return str(document.get_metadata_value(key) or "")
    except (pypdfium2.PdfiumError, UnicodeError):
        return ""


def _outline(document: pypdfium2.PdfDocument) -> Iterator[OutlineEntry]:
    try:
        for seen, mark in enumerate(document.get_toc(max_depth=6)):
            if seen >= MAX_OUTLINE:
                return
            target = mark.get_dest()
            index = target.get_index() if target else None
            yield OutlineEntry(mark.get_title(), mark.level + 1, None if index is None else index + 1)
    except (pypdfium2.PdfiumError, UnicodeError):
        return
