"""Lines -> one string: words broken at line ends are whole again, in paragraphs and in narrow table cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from planchecker.reading.pdf_lines import Line, is_bullet, join_words
from planchecker.reading.pdf_words import BREAK_HYPHEN

NARROW = 9.0  # ems: in a cell wider than this no word is too long for its line
PROSE_LINE = 5  # words from which a line is running text, whose words are whole

_STRIP = ".,;:()'\"’”“‘?!"
_NUMBER = re.compile(r"[£+-]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{1,2}%?|(?:19|20)\d\d(?:/\d\d)?)[.,;]?")
_KEPT_HYPHEN = frozenset(
    """
    self non well long short high low co pre post re multi cross inter part full half mid cost
    patient whole evidence community hospital home year risk face on in out follow step one two
    three four five six seven front back
    """.split()  # noqa: SIM905 - reads better than eighty quoted words
)


@dataclass(slots=True)
class Mender:
    """Joins lines to text and decides which breaks at line ends are inside a word.

    Attributes:
        vocabulary: the document's words.
        prose: those of its running text.
        hyphenates: the document breaks words at line ends; if not, a hyphen there is the word's own.
    """

    vocabulary: frozenset[str] = field(default_factory=frozenset)
    prose: frozenset[str] = field(default_factory=frozenset)
    hyphenates: bool = True

    def text(self, lines: Sequence[Line]) -> str:
        """One string without line ends and bullets; words broken by a hyphen are whole again."""
        whole = ""
        for line in lines:
            whole = self._joined(whole, unbulleted(line))
        return _clean(whole)

    def cell_text(self, lines: Sequence[Line], left: float, right: float) -> str:
        """As `text`, for a table cell: in a narrow one, words too long for it were cut without a hyphen."""
        if len(lines) < 2 or right - left > NARROW * lines[0].size:
            return self.text(lines)
        parts = [unbulleted(line) for line in lines]
        whole, at = parts[0], 1
        while at < len(parts):
            last = lines[at - 1]
            full = right - last.x1 < 0.8 * last.size + 8
            count = self._cut_parts(whole, parts[at:]) if full else 0
            if count:
                whole += "".join(parts[at : at + count])
            else:
                whole = self._joined(whole, parts[at])
            at += count or 1
        return _clean(whole)

    def _joined(self, whole: str, text: str) -> str:
        if _is_broken(whole) and text[:1].isalnum():
            return self._mend(whole[:-1], text)
        return f"{whole} {text}" if whole else text

    def _mend(self, before: str, after: str) -> str:
        head, tail = _last_word(before), _first_word(after)
        joined = (head + tail).casefold() in self.vocabulary
        if after[0].islower() and (joined or (self.hyphenates and not self._keeps(head, tail))):
            return before + after
        return f"{before}-{after}"

    def _keeps(self, head: str, tail: str) -> bool:
        """Whether the hyphen is the word's own: it is so on one line elsewhere, or its first part says so."""
        known = f"{head}-{tail}".casefold() in self.vocabulary
        return known or len(head) < 2 or head.casefold() in _KEPT_HYPHEN

    def _cut_parts(self, whole: str, parts: Sequence[str]) -> int:
        """How many of the next lines carry on the word or number that ends the text so far."""
        head = whole.rsplit(None, 1)[-1]
        if head == "(":
            return 1
        for count in (3, 2, 1):
            inner = parts[: count - 1]
            if count > len(parts) or any(" " in part for part in inner):
                continue
            tail = "".join(inner) + parts[count - 1].split(None, 1)[0]
            if self._is_cut(head, tail, single=count == 1):
                return count
        return 0

    def _is_cut(self, head: str, tail: str, single: bool) -> bool:
        """Whether two pieces are one word or number that did not fit its line."""
        if head[-1] in ".,/" or head[-1].isdigit():
            whole = not _NUMBER.fullmatch(head) or tail[0] in "/.,%" or (len(tail) == 1 and "." in head)
            return whole and bool(_NUMBER.fullmatch(head + tail))
        one, other = head.strip(_STRIP).casefold(), tail.strip(_STRIP).casefold()
        if not other:
            return True  # a mark that fell off its word
        if not one or (one in self.prose and other in self.prose):
            return False
        joined = one + other
        if joined in self.prose or joined + "s" in self.prose:
            return True
        unknown = single and one not in self.prose and other not in self.prose
        return unknown and head.isalpha() and tail[0].islower() and min(len(one), len(other)) <= 3


def new_mender(pages: Iterable[Sequence[Line]]) -> Mender:
    """A mender that knows the words of these pages and whether they are hyphenated."""
    lines = [line for page in pages for line in page]
    known = _vocabulary(lines)
    broken = whole = 0
    for line, following in pairwise(lines):
        last = line.words[-1].text
        if _is_broken(last) and following.text[:1].islower():
            broken += 1
            whole += (last[:-1] + _first_word(following.text)).casefold() in known
    often = broken > 0.02 * len(lines) and broken > 4
    prose = _vocabulary(line for line in lines if len(line.words) >= PROSE_LINE)
    return Mender(known, prose, often or whole > 0.5 * max(broken, 1))


def unbulleted(line: Line) -> str:
    """A line's text without the bullet that it may begin with."""
    words = line.words
    if len(words) > 1 and is_bullet(words[0].text) and sets_off(line):
        return join_words(words[1:])
    return line.text


def sets_off(line: Line) -> bool:
    """Whether the first word is a label by its look: a bullet, or a number with a gap or a mark after it."""
    first, second = line.words[0], line.words[1]
    if is_bullet(first.text):
        return first.text not in "o-–—*" or second.x0 - first.x1 > 0.3 * first.size
    return not first.text.isalpha()


def _vocabulary(lines: Iterable[Line]) -> frozenset[str]:
    """All words of lines, without punctuation around them."""
    return frozenset(word.text.strip(_STRIP).casefold() for line in lines for word in line.words)


def _is_broken(text: str) -> bool:
    return len(text) > 1 and text[-1] in (BREAK_HYPHEN, "-", "\u2010") and text[-2].isalnum()


def _clean(text: str) -> str:
    return " ".join(text.replace(BREAK_HYPHEN, "-").split())


def _last_word(text: str) -> str:
    parts = text.rsplit(None, 1)
    return parts[-1].lstrip("([\"'“‘") if parts else ""


def _first_word(text: str) -> str:
    parts = text.split(None, 1)
    return parts[0].rstrip(".,;:)]\"'”’?!") if parts else ""
