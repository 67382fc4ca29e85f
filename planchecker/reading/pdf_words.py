"""Characters of one PDF page -> words with their place, size and weight, upright whatever the page's turn.

PDFium is asked for the page's text once and then for the boxes of the first and last character of each word
only: asking for every character costs three times as much as all the rest of the reading.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

MAX_CHARS_PER_PAGE = 200_000
"""A page with more characters is not one that people read: its text is left out and said to be unread."""

BREAK_HYPHEN = "\ufffe"
"""What PDFium puts for a hyphen at the end of a line whose word goes on."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points, y growing downwards."""

_WORD = re.compile(r"[^\s\x00-\x1f\ufffe]+\ufffe?")
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
    0x00AD: "", 0x200B: "", 0x2060: "", 0xFEFF: "", 0x00A0: " ",
}  # fmt: skip
_BOLD_NAME = re.compile(r"bold|black|heavy|semibd|demi", re.IGNORECASE)
_BULLET_CODES = range(0xF020, 0xF100)  # Symbol and Wingdings glyphs: bullets and ticks, not garbage


@dataclass(slots=True)
class Word:
    """A run of characters without white space.

    Attributes:
        text: its characters; ends with `BREAK_HYPHEN` when the line's end splits it.
        x0, top, x1, bottom: its box, in the frame in which most of the page's text is upright.
        size: font size in points as drawn.
        bold: drawn in a bold face, or filled and stroked to look so.
        turn: quarter turns anticlockwise against the frame (0: upright).
        glued: follows its predecessor with no space between.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False
    turn: int = 0
    glued: bool = False


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of a page and what is known about their quality.

    Attributes:
        words: in the order in which the page draws them.
        slanted: words that stand askew (watermarks), apart.
        turn: quarter turns anticlockwise of the frame against the file's own axes.
        characters: how many characters that are not white space PDFium found.
        garbage: share of them without a meaning (replacement, private use, control, unmapped).
    """

    words: list[Word]
    slanted: tuple[str, ...]
    turn: int
    characters: int
    garbage: float


@dataclass(frozen=True, slots=True)
class _Face:
    """How a text object draws its characters."""

    size: float
    bold: bool
    angle: float  # degrees anticlockwise


def turned(box: Box, turn: int) -> Box:
    """A box (y down) seen from a frame turned anticlockwise by quarter turns."""
    x0, top, x1, bottom = box
    if turn == 0:
        return box
    if turn == 1:
        return -bottom, x0, -top, x1
    if turn == 2:
        return -x1, -bottom, -x0, -top
    return top, -x1, bottom, -x0


def page_text(page: Any) -> PageText:
    """Read the words of an open PDFium page (raw handle)."""
    textpage = pdfium.FPDFText_LoadPage(page)
    if not textpage:
        return PageText([], (), 0, 0, 0.0)
    try:
        return _Reader(textpage).read()
    finally:
        pdfium.FPDFText_ClosePage(textpage)


class _Reader:
    """Reads one text page; holds the buffers and the faces already met."""

    def __init__(self, textpage: Any) -> None:
        self._page = textpage
        self._rect = pdfium.FS_RECTF()
        self._ref = ctypes.byref(self._rect)
        self._faces: dict[int, _Face] = {}
        self._bold_fonts: dict[int, bool] = {}

    def read(self) -> PageText:
        text = self._text()
        found: list[tuple[Word, float]] = []
        for match in _WORD.finditer(text):
            found.extend(self._words(match.group(), match.start()))
        visible = [ch for ch in text if not ch.isspace() and ch != BREAK_HYPHEN]
        return _upright(found, len(visible), self._garbage(visible, text))

    def _text(self) -> str:
        """The page's text, one character for each of PDFium's indices."""
        count = min(pdfium.FPDFText_CountChars(self._page), MAX_CHARS_PER_PAGE)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self._page, 0, count, buffer)
        units = bytes(buffer)[: 2 * max(written - 1, 0)]
        text = units.decode("utf-16-le", "surrogatepass")
        if len(text) == count:
            return text
        codes = (pdfium.FPDFText_GetUnicode(self._page, i) for i in range(count))
        return "".join(chr(c) if 0 < c < 0x110000 else "\ufffd" for c in codes)

    def _words(self, text: str, start: int) -> list[tuple[Word, float]]:
        """The word at an index, or the parts of it that PDFium ran together."""
        end = start + len(text) - 1
        if text[-1] == BREAK_HYPHEN and end > start:
            end -= 1  # the hyphen itself often has no box
        face = self._face(start)
        first = self._box(start)
        last = self._box(end) if end > start else first
        level = face.angle % 90 in (0.0,) or abs((face.angle + 45) % 90 - 45) < 3
        if level and _one_run(first, last, face, len(text)):
            box = min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3])
            return [(_word(text, box, face), face.angle)]
        if not level:
            return [(_word(text, first, face), face.angle)]
        return self._split(text, start)

    def _split(self, text: str, start: int) -> list[tuple[Word, float]]:
        """Parts of a run that jumps: another line, a wide gap, a raised figure."""
        parts: list[tuple[Word, float]] = []
        for offset, ch in enumerate(text):
            face, box = self._face(start + offset), self._box(start + offset)
            if ch == BREAK_HYPHEN and parts:
                parts[-1][0].text += ch
                continue
            if parts and _goes_on(parts[-1][0], box, face):
                word = parts[-1][0]
                word.text += ch
                word.x0, word.top = min(word.x0, box[0]), min(word.top, box[1])
                word.x1, word.bottom = max(word.x1, box[2]), max(word.bottom, box[3])
                continue
            near = bool(parts) and abs(box[0] - parts[-1][0].x1) < 0.2 * face.size
            word = _word(ch, box, face)
            word.glued = near
            parts.append((word, face.angle))
        return parts

    def _box(self, index: int) -> Box:
        pdfium.FPDFText_GetLooseCharBox(self._page, index, self._ref)
        rect = self._rect
        return rect.left, -rect.top, rect.right, -rect.bottom

    def _face(self, index: int) -> _Face:
        obj = pdfium.FPDFText_GetTextObject(self._page, index)
        key = ctypes.cast(obj, ctypes.c_void_p).value or 0
        face = self._faces.get(key)
        if face is None:
            face = self._faces[key] = self._new_face(obj, index)
        return face

    def _new_face(self, obj: Any, index: int) -> _Face:
        matrix = pdfium.FS_MATRIX()
        size = pdfium.FPDFText_GetFontSize(self._page, index)
        angle = 0.0
        if pdfium.FPDFText_GetMatrix(self._page, index, matrix):
            size *= math.hypot(matrix.c, matrix.d)
            angle = math.degrees(math.atan2(matrix.b, matrix.a))
        if not obj:
            return _Face(size or 10.0, False, angle)
        font = pdfium.FPDFTextObj_GetFont(obj)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._bold_fonts:
            self._bold_fonts[key] = _is_bold(font)
        stroked = pdfium.FPDFTextObj_GetTextRenderMode(obj) == 2  # fill and stroke: bold by thickening
        return _Face(size or 10.0, self._bold_fonts[key] or stroked, angle)

    def _garbage(self, visible: list[str], text: str) -> float:
        """Share of characters that stand for nothing; unmapped ones are judged on a sample."""
        if not visible:
            return 0.0
        bad = sum(1 for ch in visible if _meaningless(ch)) / len(visible)
        step = max(1, len(text) // 200)
        sample = [i for i in range(0, len(text), step) if not text[i].isspace()]
        unmapped = sum(1 for i in sample if pdfium.FPDFText_HasUnicodeMapError(self._page, i) == 1)
        return max(bad, unmapped / max(len(sample), 1))


def _meaningless(ch: str) -> bool:
    code = ord(ch)
    if code < 0x2000:
        return code < 0x20 or 0x7F <= code < 0xA0
    return code == 0xFFFD or (0xE000 <= code <= 0xF8FF and code not in _BULLET_CODES)


def _is_bold(font: Any) -> bool:
    if not font:
        return False
    buffer = ctypes.create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.value.decode("latin-1")
    return bool(_BOLD_NAME.search(name)) or pdfium.FPDFFont_GetWeight(font) >= 600


def _word(text: str, box: Box, face: _Face) -> Word:
    return Word(text.translate(_LIGATURES), *box, size=face.size, bold=face.bold)


def _one_run(first: Box, last: Box, face: _Face, length: int) -> bool:
    """Whether the first and last character can be the ends of one unbroken word."""
    if first is last:
        return True
    upright = abs(face.angle) % 180 < 45 or abs(face.angle) % 180 > 135
    lo, hi = (1, 3) if upright else (0, 2)
    height = abs(first[hi] - first[lo]) or 1.0
    aligned = abs((first[lo] + first[hi]) - (last[lo] + last[hi])) < 0.3 * height
    same_height = abs(abs(last[hi] - last[lo]) - height) < 0.15 * height
    along = 0 if upright else 1
    span = max(last[along + 2], first[along + 2]) - min(first[along], last[along])
    return aligned and same_height and span < max(length, 2) * face.size * 1.2


def _goes_on(word: Word, box: Box, face: _Face) -> bool:
    """Whether a character carries on a word: same size, same line, no gap, in reading direction."""
    if abs(word.size - face.size) > 0.15 * word.size:
        return False
    if abs(face.angle) > 3:  # parts of turned words only need to touch
        gap = max(box[0] - word.x1, word.x0 - box[2], box[1] - word.bottom, word.top - box[3])
        return gap < 0.3 * face.size
    if abs((box[1] + box[3]) - (word.top + word.bottom)) > 0.4 * face.size:
        return False
    return -0.5 * face.size < box[0] - word.x1 < 0.25 * face.size


def _upright(found: list[tuple[Word, float]], characters: int, garbage: float) -> PageText:
    """Turn the page so that most of its words stand upright; set slanted ones apart."""
    turns: Counter[int] = Counter()
    words: list[Word] = []
    slanted: list[str] = []
    for word, angle in found:
        turn = round(angle / 90) % 4
        if abs((angle + 45) % 90 - 45) > 3:
            slanted.append(word.text)
            continue
        word.turn = turn
        turns[turn] += len(word.text)
        words.append(word)
    frame = turns.most_common(1)[0][0] if turns else 0
    if frame:
        for word in words:
            word.turn = (word.turn - frame) % 4
            word.x0, word.top, word.x1, word.bottom = turned((word.x0, word.top, word.x1, word.bottom), frame)
    return PageText(words, tuple(slanted), frame, characters, garbage)
