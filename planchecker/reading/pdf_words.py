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

UNMAPPED = 0xF0000
"""Base of the code points that stand, inside planchecker, for glyphs whose letters the font does not tell."""

_WORD = re.compile(r"[^\s\x00-\x1f\ufffe]+\ufffe?")
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
    0x00AD: "", 0x200B: "", 0x2060: "", 0xFEFF: "", 0x00A0: " ",
}  # fmt: skip
_BOLD_NAME = re.compile(r"bold|black|heavy|semibd|demi", re.IGNORECASE)
_CONTROL = {code: UNMAPPED + code for code in range(1, 32) if code not in (9, 10, 12, 13)}
_UNMAPPED_SPACE = re.compile(r"[\U000F0000-\U000F001F] (?=\S)")
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


@dataclass(slots=True)
class _Face:
    """How a text object draws its characters; the angle is in degrees anticlockwise."""

    size: float
    bold: bool
    angle: float
    turn: int = 0
    tilted: bool = False

    def __post_init__(self) -> None:
        self.turn = round(self.angle / 90) % 4
        self.tilted = abs((self.angle + 45) % 90 - 45) >= 3


_text_object = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)
"""`FPDFText_GetTextObject` that answers with a plain number: it is asked for every word."""


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
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._faces: dict[int, _Face] = {}
        self._bold_fonts: dict[int, bool] = {}

    def read(self) -> PageText:
        text = self._text()
        found: list[tuple[Word, float]] = []
        for match in _WORD.finditer(text):
            found.extend(self._words(match.group(), match.start()))
        counts = Counter(text)
        visible = sum(n for ch, n in counts.items() if not ch.isspace() and ch != BREAK_HYPHEN)
        return _upright(found, visible, self._garbage(counts, visible, text))

    def _text(self) -> str:
        """The page's text, one character for each of PDFium's indices."""
        count = min(pdfium.FPDFText_CountChars(self._page), MAX_CHARS_PER_PAGE)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self._page, 0, count, buffer)
        units = bytes(buffer)[: 2 * max(written - 1, 0)]
        text = units.decode("utf-16-le", "surrogatepass")
        if len(text) != count:  # characters without a meaning were left out: ask for each
            text = "".join(map(self._character, range(count)))
        text = text.translate(_CONTROL)
        return _UNMAPPED_SPACE.sub(self._closed, text)

    def _character(self, index: int) -> str:
        code = pdfium.FPDFText_GetUnicode(self._page, index)
        if code == 2 and pdfium.FPDFText_HasUnicodeMapError(self._page, index) != 1:
            return BREAK_HYPHEN
        return chr(code) if 0 < code < 0x110000 else "\ufffd"

    def _closed(self, match: re.Match[str]) -> str:
        """An unmapped glyph without the space that PDFium sees after it because it knows no width for it."""
        glyph, space = self._box(match.start()), self._box(match.start() + 1)
        inside = space[0] < glyph[2] - 0.3 * (glyph[2] - glyph[0])
        return match.group()[0] + ("\u2060" if inside else " ")

    def _words(self, text: str, start: int) -> list[tuple[Word, float]]:
        """The word at an index, or the parts of it that PDFium ran together."""
        face = self._face(start)
        first = self._placed(start, face)
        if face.tilted or len(text) == 1:
            return [(_word(text, first, face), face.angle)]
        end = start + len(text) - 1
        if text[-1] == BREAK_HYPHEN:
            end -= 1  # the hyphen itself often has no box
        last = self._placed(end, face)
        if self._face(end).size != face.size or not _one_run(first, last, face, len(text)):
            return self._split(text, start)
        return [(_word(text, _around(first, last), face), face.angle)]

    def _placed(self, index: int, face: _Face) -> Box:
        """A character's box: its advance along the line, and one height for all letters of a size.

        PDFium's own heights follow each glyph in fonts that do not state theirs, so that `g` hangs below `a`.
        """
        x0, top, x1, bottom = self._box(index)
        pdfium.FPDFText_GetCharOrigin(self._page, index, self._x, self._y)
        x, y = self._x.value, -self._y.value
        over, under = 0.78 * face.size, 0.22 * face.size
        turn = face.turn
        if turn == 0:
            return x0, y - over, x1, y + under
        if turn == 1:
            return x - over, top, x + under, bottom
        if turn == 2:
            return x0, y - under, x1, y + over
        return x - under, top, x + over, bottom

    def _split(self, text: str, start: int) -> list[tuple[Word, float]]:
        """Parts of a run that jumps: another line, a wide gap, a raised figure."""
        parts: list[tuple[Word, float]] = []
        for offset, ch in enumerate(text):
            face = self._face(start + offset)
            box = self._placed(start + offset, face)
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
        key = _text_object(self._page, index) or 0
        face = self._faces.get(key)
        if face is None:
            face = self._faces[key] = self._new_face(index)
        return face

    def _new_face(self, index: int) -> _Face:
        obj = pdfium.FPDFText_GetTextObject(self._page, index)
        matrix = pdfium.FS_MATRIX()
        size = pdfium.FPDFText_GetFontSize(self._page, index)
        angle = 0.0
        if pdfium.FPDFText_GetMatrix(self._page, index, matrix):
            size *= math.hypot(matrix.c, matrix.d)
            angle = math.degrees(math.atan2(matrix.b, matrix.a))
        if not (math.isfinite(size) and math.isfinite(angle)):  # a damaged matrix
            size, angle = 0.0, 0.0
        if not obj:
            return _Face(size or 10.0, False, angle)
        font = pdfium.FPDFTextObj_GetFont(obj)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0  # fonts live as long as the page
        if key not in self._bold_fonts:
            self._bold_fonts[key] = _is_bold(font)
        stroked = pdfium.FPDFTextObj_GetTextRenderMode(obj) == 2  # fill and stroke: bold by thickening
        return _Face(size or 10.0, self._bold_fonts[key] or stroked, angle)

    def _garbage(self, counts: Counter[str], visible: int, text: str) -> float:
        """Share of characters that stand for nothing; unmapped ones are judged on a sample."""
        if not visible:
            return 0.0
        bad = sum(n for ch, n in counts.items() if _meaningless(ch)) / visible
        sample = [i for i in range(0, len(text), max(1, len(text) // 100)) if not text[i].isspace()]
        unmapped = sum(1 for i in sample if pdfium.FPDFText_HasUnicodeMapError(self._page, i) == 1)
        return max(bad, unmapped / max(len(sample), 1))


def _meaningless(ch: str) -> bool:
    code = ord(ch)
    if code >= UNMAPPED:
        return code < UNMAPPED + 32
    if code < 0x2000:
        return (code < 0x20 and not ch.isspace()) or 0x7F <= code < 0xA0
    return code == 0xFFFD or (0xE000 <= code <= 0xF8FF and code not in _BULLET_CODES)


def _is_bold(font: Any) -> bool:
    if not font:
        return False
    buffer = ctypes.create_string_buffer(256)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.value.decode("latin-1")
    return bool(_BOLD_NAME.search(name)) or pdfium.FPDFFont_GetWeight(font) >= 600


def _word(text: str, box: Box, face: _Face) -> Word:
    if not text.isascii():
        text = text.translate(_LIGATURES)
    return Word(text, *box, face.size, face.bold)


def _around(one: Box, other: Box) -> Box:
    return (
        one[0] if one[0] < other[0] else other[0],
        one[1] if one[1] < other[1] else other[1],
        one[2] if one[2] > other[2] else other[2],
        one[3] if one[3] > other[3] else other[3],
    )


def _one_run(first: Box, last: Box, face: _Face, length: int) -> bool:
    """Whether the first and last character can be the ends of one unbroken word."""
    along, across = (0, 1) if face.turn % 2 == 0 else (1, 0)
    if abs(first[across] - last[across]) > 0.1 * face.size:
        return False
    span = max(last[along + 2], first[along + 2]) - min(first[along], last[along])
    return span < max(length, 2) * face.size * 1.2


def _goes_on(word: Word, box: Box, face: _Face) -> bool:
    """Whether a character carries on a word: same size, same line, no gap, in reading direction."""
    if abs(word.size - face.size) > 0.15 * word.size:
        return False
    if face.turn:  # parts of turned words only need to touch
        gap = max(box[0] - word.x1, word.x0 - box[2], box[1] - word.bottom, word.top - box[3])
        return gap < 0.3 * face.size
    if abs(box[1] - word.top) > 0.2 * face.size:
        return False
    return -0.9 * face.size < box[0] - word.x1 < 0.25 * face.size


def _upright(found: list[tuple[Word, float]], characters: int, garbage: float) -> PageText:
    """Turn the page so that most of its words stand upright; set slanted ones apart."""
    turns: Counter[int] = Counter()
    words: list[Word] = []
    slanted: list[str] = []
    for word, angle in found:
        turn = round(angle / 90) % 4
        if not word.text:  # nothing but soft hyphens and joiners
            continue
        if abs((angle + 45) % 90 - 45) >= 3:
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
