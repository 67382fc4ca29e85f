"""Letters that a font draws as one glyph and does not name ("na?onal"), found from the document's words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from planchecker.reading.pdf_words import Word

LIGATURES = (
    "ti",
    "fi",
    "tt",
    "ff",
    "fl",
    "ft",
    "ffi",
    "tti",
    "ffl",
    "fti",
    "fj",
    "th",
    "st",
    "ct",
    "Th",
)
ENOUGH = 2  # distinct known words that a guess must make

_MARK = re.compile(r"[\U000F0000-\U000F001F]")
_STRIP = ".,;:()'\"’”“‘?!"
_COMMON = frozenset(
    """
    action actions additional activities activity national education information population patient
    patients time times option options section sections nutrition conditions condition community
    communities institution organisation institutional constitution first five financial finance
    office officer officers identify specific identified benefit benefits significant staff staffing
    effective effectively different difficult effort efforts offer better attend letter committee
    setting after often left shift draft still until active influence flow flexible reflect the that
    this there which what last best cost costs must
    """.split()  # noqa: SIM905 - reads better than eighty quoted words
)


def mend_ligatures(pages: Iterable[Sequence[Word]]) -> None:
    """Put letters in place of glyphs without a name, wherever the words around tell which they are."""
    vocabulary: set[str] = set(_COMMON)
    marked: list[Word] = []
    for words in pages:
        for word in words:
            if word.text.isascii() or not _MARK.search(word.text):
                vocabulary.add(word.text.strip(_STRIP).casefold())
            else:
                marked.append(word)
    if not marked:
        return
    letters = _letters(marked, vocabulary)
    for word in marked:
        word.text = _mended(word.text, letters, vocabulary)
        if word.text.strip("\ufffd") == "":
            word.text = "•"  # a glyph that stands alone is a bullet or an ornament


def _mended(text: str, letters: dict[str, str], vocabulary: set[str]) -> str:
    """The word with its unnamed glyphs spelt out: as a known word if it can be, else as most words have it."""
    marks = sorted(set(_MARK.findall(text)))
    if len(marks) == 1:
        usual = letters.get(marks[0], "")
        for guess in (usual, *LIGATURES):
            if guess and text.replace(marks[0], guess).strip(_STRIP).casefold() in vocabulary:
                return text.replace(marks[0], guess)
    return _MARK.sub(lambda match: letters.get(match.group(), "\ufffd"), text)


def _letters(marked: Sequence[Word], vocabulary: set[str]) -> dict[str, str]:
    """For each unnamed glyph the letters that make most of its words known ones."""
    forms: dict[str, set[str]] = defaultdict(set)
    for word in marked:
        marks = set(_MARK.findall(word.text))
        if len(marks) == 1:  # words with several unnamed glyphs cannot vote
            forms[marks.pop()].add(word.text.strip(_STRIP).casefold())
    letters: dict[str, str] = {}
    for mark, words in forms.items():
        hits = {
            guess: sum(1 for word in words if len(word) > 1 and word.replace(mark, guess) in vocabulary)
            for guess in LIGATURES
        }
        best = max(LIGATURES, key=lambda guess: hits[guess])
        if hits[best] >= ENOUGH or (hits[best] == 1 and len(words) <= 2):
            letters[mark] = best
    return letters
