"""Words of a page -> lines of text, as far as a reader's eye would run without a jump."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from planchecker.reading.pdf_words import BREAK_HYPHEN, Box, Word, turned

WIDE_GAP = 1.3  # ems between two words drawn one after the other that still are one line
NARROW_GAP = 0.6  # ems between pieces drawn apart that still are one line
LABEL_GAP = 6.0  # ems between a bullet or number and the words that it labels

BULLETS = "•‣◦▪▫■□●○◆◇➢➤►▶▸➔→✓✔✗✘❖※–—*-o§·"
_UNITS = frozenset(("m", "km", "cm", "mm", "µm", "R", "x", "10"))
_BULLET = re.compile(rf"^(?:[{re.escape(BULLETS)}]|[\uf020-\uf0ff])$")
_NUMBER = re.compile(
    r"^(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[A-Z]|[IVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,2}){1,4}\.?|\([a-z\divx]{1,4}\))$"
)


@dataclass(eq=False)
class Line:
    """Words on one baseline with no wide gap between them, left to right."""

    words: list[Word]
    box: Box = field(default=(0.0, 0.0, 0.0, 0.0))

    def __post_init__(self) -> None:
        words = self.words
        self.box = (
            min(w.x0 for w in words),
            min(w.top for w in words),
            max(w.x1 for w in words),
            max(w.bottom for w in words),
        )

    @property
    def x0(self) -> float:
        """Left side."""
        return self.box[0]

    @property
    def top(self) -> float:
        """Upper side."""
        return self.box[1]

    @property
    def x1(self) -> float:
        """Right side."""
        return self.box[2]

    @property
    def bottom(self) -> float:
        """Lower side."""
        return self.box[3]

    @cached_property
    def text(self) -> str:
        """The words joined by spaces; may end with `BREAK_HYPHEN`."""
        return join_words(self.words)

    @cached_property
    def size(self) -> float:
        """Font size of most of its characters."""
        sizes: dict[float, int] = {}
        for word in self.words:
            sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
        return max(sizes, key=lambda size: sizes[size])

    @cached_property
    def bold(self) -> bool:
        """Whether all its lettered words are bold."""
        lettered = [word for word in self.words if any(ch.isalnum() for ch in word.text)]
        return bool(lettered) and all(word.bold for word in lettered)

    @cached_property
    def base(self) -> float:
        """Place of the baseline, near enough: the bottom of most of its characters."""
        bottoms: dict[float, int] = {}
        for word in self.words:
            bottoms[word.bottom] = bottoms.get(word.bottom, 0) + len(word.text)
        return max(bottoms, key=lambda bottom: bottoms[bottom])


def join_words(words: Sequence[Word]) -> str:
    """Words with single spaces, without one before a glued word."""
    parts: list[str] = []
    for word in words:
        if parts and not word.glued:
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)


def build_lines(words: Iterable[Word]) -> list[Line]:
    """Lines of a page or cell, top to bottom; words turned on their side come last, in their own lines."""
    by_turn: dict[int, list[Word]] = {}
    for word in words:
        by_turn.setdefault(word.turn, []).append(word)
    lines = _merge(_runs(by_turn.pop(0, [])))
    for turn in sorted(by_turn):
        lines += _sideways(by_turn[turn], turn)
    return lines


def is_label(text: str) -> bool:
    """Whether a line's first word is a bullet or a list number."""
    return bool(_BULLET.match(text) or _NUMBER.match(text))


def is_bullet(text: str) -> bool:
    """Whether a word is a bullet and nothing else."""
    return bool(_BULLET.match(text))


def _sideways(words: list[Word], turn: int) -> list[Line]:
    """Lines of words that read up, down or upside down; their boxes stay in the page's frame."""
    back = []
    for word in words:
        box = turned((word.x0, word.top, word.x1, word.bottom), turn)
        back.append(Word(word.text, *box, word.size, word.bold, 0, word.glued))
    origin = {id(copy): word for copy, word in zip(back, words, strict=True)}
    return [Line([origin[id(copy)] for copy in line.words]) for line in _merge(_runs(back))]


def _runs(words: list[Word]) -> list[list[Word]]:
    """Words drawn one after the other on one baseline without a wide gap."""
    runs: list[list[Word]] = []
    last: Word | None = None
    for word in words:
        if last is not None and _follows(last, word):
            if not _doubles(runs[-1], word):
                runs[-1].append(word)
                last = word
            continue
        runs.append([word])
        last = word
    return runs


def _follows(last: Word, word: Word) -> bool:
    if last.text.endswith(BREAK_HYPHEN):
        return False
    gap = word.x0 - last.x1
    em = max(last.size, word.size)
    figures = last.text[-1].isdigit() and word.text[0].isdigit()  # a row of numbers is cells, not words
    if not -0.5 * em < gap < (NARROW_GAP if figures else WIDE_GAP) * em:
        return bool(abs(word.x0 - last.x0) < 1.5 and word.text == last.text and _level(last, word))
    return _level(last, word)


def _doubles(run: list[Word], word: Word) -> bool:
    """Whether a word is drawn a second time over the last one, to look bold."""
    last = run[-1]
    return word.text == last.text and abs(word.x0 - last.x0) < 1.5 and abs(word.top - last.top) < 1.5


def _level(one: Word, other: Word) -> bool:
    """Whether two words stand on one line; a raised figure stands on the line that it belongs to."""
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return overlap > 0.55 * min(one.bottom - one.top, other.bottom - other.top)


def _merge(runs: list[list[Word]]) -> list[Line]:
    """Join runs that lie close together on one baseline; drop runs drawn twice."""
    runs = sorted(runs, key=lambda run: (round(run[0].top / 3), run[0].x0))
    rows: list[list[list[Word]]] = []
    for run in runs:
        for row in rows[-4:]:
            if _level(row[0][0], run[0]):
                row.append(run)
                break
        else:
            rows.append([run])
    lines: list[Line] = []
    for row in rows:
        lines += _row_lines(row)
    return lines


def _row_lines(row: list[list[Word]]) -> list[Line]:
    row.sort(key=lambda run: run[0].x0)
    joined: list[list[Word]] = []
    for run in row:
        if joined and _drawn_twice(joined[-1], run):
            continue
        if joined and _near(joined[-1], run):
            joined[-1].extend(run)
        else:
            joined.append(list(run))
    return [Line(_without_marks(words)) for words in joined]


def _without_marks(words: list[Word]) -> list[Word]:
    """Words without the raised figures that refer to notes; one that opens a note stays, set apart."""
    size = max(word.size for word in words)
    if min(word.size for word in words) > 0.82 * size:
        return words
    kept: list[Word] = []
    base = max((word.bottom - 0.22 * word.size, word.size) for word in words if word.size == size)[0]
    for word in words:
        raised = word.size <= 0.82 * size and word.bottom - 0.22 * word.size < base - 0.1 * size
        if raised and word.text.strip(",").isdigit() and len(word.text) < 8:
            if kept and not (kept[-1].text[-1:].isdigit() or kept[-1].text in _UNITS):
                continue
        elif kept and len(kept) == 1 and kept[0].text.isdigit() and word.glued:
            word.glued = False
        kept.append(word)
    return kept


def _drawn_twice(left: list[Word], right: list[Word]) -> bool:
    return abs(left[0].x0 - right[0].x0) < 1.5 and [w.text for w in left] == [w.text for w in right]


def _near(left: list[Word], right: list[Word]) -> bool:
    gap = right[0].x0 - left[-1].x1
    em = max(left[-1].size, right[0].size)
    if len(left) == 1 and is_label(left[0].text):
        return -0.5 * em < gap < LABEL_GAP * em
    return -0.5 * em < gap < NARROW_GAP * em
