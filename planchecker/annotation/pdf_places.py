"""Where on its pages a PDF shows a quoted passage."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from types import TracebackType
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from rapidfuzz import fuzz

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points, as the page counts them."""

_SEAMS = re.compile(r" \| |\n")
_LEAST = 12  # letters of a piece; a shorter one may stand anywhere
_FOOT = 300  # letters that notes and a footer may put below a passage that runs over the page
_NEAR = 88.0  # of 100: reading mends hyphens and ligatures, so words can differ by a letter or two
_ENOUGH = 0.5  # of a passage's letters must be found
_SAME_LINE = 0.6  # of the lower box's height


class PdfPlaces:
    """Finds passages in one PDF; close it after use.

    Args:
        data: the file's bytes.
    """

    def __init__(self, data: bytes) -> None:
        self._document = pypdfium2.PdfDocument(data)
        self._page_text = lru_cache(maxsize=8)(_PageText)

    def __enter__(self) -> PdfPlaces:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._page_text.cache_clear()
        self._document.close()

    def boxes(self, page: int, passage: str) -> list[Box]:
        """One box a line around a passage on a page (from 1); empty where it cannot be located."""
        if not 1 <= page <= len(self._document):
            return []
        text = self._page_text(self._document, page - 1)
        key = squeezed(passage)
        for spans in (text.exact(key), text.pieces(passage), text.near(key), text.beginning(key)):
            boxes = [box for first, last in spans for box in text.rectangles(first, last)]
            if boxes:
                return _lines(boxes)
        return []


class _PageText:
    """The letters and digits of a page, each with its place among all characters."""

    def __init__(self, document: pypdfium2.PdfDocument, index: int) -> None:
        page = document[index]
        self._text = page.get_textpage()
        letters: list[str] = []
        self._at: list[int] = []
        for position in range(self._text.count_chars()):
            found = squeezed(chr(pdfium.FPDFText_GetUnicode(self._text, position)))
            letters += found
            self._at += [position] * len(found)
        self._letters = "".join(letters)

    def exact(self, key: str) -> list[tuple[int, int]]:
        """The place of all of a passage's letters in one run."""
        start = self._letters.find(key) if len(key) >= 4 else -1
        return [] if start < 0 else [(start, start + len(key))]

    def pieces(self, passage: str) -> list[tuple[int, int]]:
        """The places of its cells and lines; the page has other text between them."""
        keys = [squeezed(piece) for piece in _SEAMS.split(passage)]
        spans, start = [], 0
        for key in keys:
            found = self._letters.find(key, start) if len(key) >= _LEAST else -1
            if found >= 0:
                spans.append((found, found + len(key)))
                start = found
        covered = sum(last - first for first, last in spans)
        return spans if covered >= _ENOUGH * sum(map(len, keys)) else []

    def beginning(self, key: str) -> list[tuple[int, int]]:
        """The place of its first letters, where the rest is on the next page."""
        for length in range(len(key), 3 * _LEAST, -_LEAST):
            if key[:length] in self._letters[-length - _FOOT :]:
                return self.exact(key[:length])
        return []

    def near(self, key: str) -> list[tuple[int, int]]:
        """The place of a run of letters that differs in a few only."""
        if len(key) < _LEAST or len(self._letters) < len(key) * _ENOUGH:
            return []
        found = fuzz.partial_ratio_alignment(key, self._letters, score_cutoff=_NEAR)
        return [(found.dest_start, found.dest_end)] if found and found.dest_end > found.dest_start else []

    def rectangles(self, first: int, last: int) -> Iterator[Box]:
        """The boxes around a run of letters."""
        begin, end = self._at[first], self._at[last - 1]
        for number in range(self._text.count_rects(begin, end - begin + 1)):
            left, bottom, right, top = self._text.get_rect(number)
            if right > left and top > bottom:
                yield left, bottom, right, top


def squeezed(text: str) -> str:
    """Letters and digits only, in lower case, ligatures taken apart."""
    return "".join(ch for ch in unicodedata.normalize("NFKC", text).casefold() if ch.isalnum())


def _lines(boxes: list[Box]) -> list[Box]:
    """Boxes that stand side by side on a line as one."""
    lines: list[Any] = []
    for box in boxes:
        last = lines[-1] if lines else None
        if last and _on_one_line(last, box) and box[0] - last[2] < box[3] - box[1]:
            lines[-1] = (
                min(last[0], box[0]),
                min(last[1], box[1]),
                max(last[2], box[2]),
                max(last[3], box[3]),
            )
        else:
            lines.append(box)
    return lines


def _on_one_line(one: Box, other: Box) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return other[0] >= one[0] and shared >= _SAME_LINE * min(one[3] - one[1], other[3] - other[1])
