"""Which paragraphs are headings, and at which level: outline, numbering, size and weight."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planchecker.reading.facts import states_a_fact
from planchecker.reading.pdf_paragraphs import Paragraph

MAX_WORDS = 22
MAX_LINES = 4
MAX_LEVEL = 6

_NUMBERED = re.compile(
    r"^(?:section |chapter |part |appendix |annex )?(\d{1,2}(?:\.\d{1,2})*)[.:)]?\s+\S",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.,;]$")
_CAPTION = re.compile(r"^\W*(?:table|figure|fig\.?|box|chart|graph|map)\s+[\dA-Z]", re.IGNORECASE)
_NOT_WORDS = re.compile(r"[\W\d_]+")
_QUANTITY = re.compile(r"\d+\s+[a-z]")  # "7 day services": the number counts days, not sections
_FEW_LETTERS = 8  # so few capitals may be an abbreviation and say nothing of the look


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark of the file: its title, level from 1, and page from 1 (None when it points nowhere)."""

    title: str
    level: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Heading:
    """What was decided about a paragraph.

    Attributes:
        level: from 1.
        inferred: recognised by its look alone.
    """

    level: int
    inferred: bool


_Look = tuple[float, bool, bool]


def find_headings(
    paragraphs: Sequence[Paragraph],
    texts: Sequence[str],
    outline: Sequence[OutlineEntry],
    body: float,
) -> dict[int, Heading]:
    """Headings among paragraphs.

    Args:
        paragraphs: all paragraphs of the document in order.
        texts: the text of each.
        outline: the file's bookmarks.
        body: font size of the running text.

    Returns:
        The headings by index of their paragraph.
    """
    known = _by_outline(paragraphs, texts, outline)
    body_bold = _mostly_bold(paragraphs, texts)
    looks: dict[int, _Look] = {}
    for index, (paragraph, text) in enumerate(zip(paragraphs, texts, strict=True)):
        if index in known or _looks_like_heading(paragraph, text, body, body_bold):
            looks[index] = _look(paragraph, text)
    looks = _without_abbreviations(looks, texts)
    if outline and len(known) >= 3:
        looks = _agreeing(looks, known)
    levels = _levels(looks, texts, known)
    return {index: Heading(levels[index], index not in known) for index in sorted(looks)}


def _by_outline(
    paragraphs: Sequence[Paragraph], texts: Sequence[str], outline: Sequence[OutlineEntry]
) -> dict[int, int]:
    """Levels of the paragraphs that the file's own outline names."""
    by_text: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        if len(text) < 300:
            by_text[_plain(text)].append(index)
    by_text.pop("", None)
    found: dict[int, int] = {}
    for entry in outline:
        near = [
            index
            for index in by_text.get(_plain(entry.title), ())
            if index not in found and (entry.page is None or abs(paragraphs[index].page - entry.page) <= 1)
        ]
        if near:  # a contents list repeats headings: prefer the right page, then the larger letters
            best = max(near, key=lambda i: (paragraphs[i].page == entry.page, paragraphs[i].size, i))
            found[best] = min(entry.level, MAX_LEVEL)
    return found


def _plain(text: str) -> str:
    return _NOT_WORDS.sub("", text).casefold()


def _mostly_bold(paragraphs: Sequence[Paragraph], texts: Sequence[str]) -> bool:
    bold = sum(len(text) for p, text in zip(paragraphs, texts, strict=True) if p.bold)
    return bold > 0.5 * sum(len(text) for text in texts)


def _looks_like_heading(paragraph: Paragraph, text: str, body: float, body_bold: bool) -> bool:
    words = text.split()
    if not words or len(words) > MAX_WORDS or len(paragraph.lines) > MAX_LINES or paragraph.note:
        return False
    if sum(ch.isalpha() for ch in text) < 3 or _CAPTION.match(text) or states_a_fact(text):
        return False
    numbered = bool(_NUMBERED.match(text))
    if paragraph.label and not numbered and not paragraph.label[0].isalnum():
        return False
    size = paragraph.display_size
    if _SENTENCE_END.search(text) and size < 1.3 * body:
        return False
    if size >= 1.12 * body and (text[0].isupper() or numbered or not text[0].isalpha()):
        return True
    if size < 0.95 * body:
        return False
    strong = (paragraph.bold and not body_bold) or (text.isupper() and len(words) > 1)
    return strong and not text[0].islower() and not text.endswith(":") and len(words) <= 16


def _look(paragraph: Paragraph, text: str) -> _Look:
    return round(paragraph.display_size * 2) / 2, paragraph.bold, text.isupper()


def _without_abbreviations(looks: dict[int, _Look], texts: Sequence[str]) -> dict[int, _Look]:
    """Headings that are no more than an abbreviation ("QIPP") take the look of those like them in size and weight."""
    counts = Counter(looks.values())

    def settled(index: int, look: _Look) -> _Look:
        plain = (*look[:2], False)
        short = sum(ch.isalpha() for ch in texts[index]) < _FEW_LETTERS
        return plain if look[2] and short and counts[plain] >= counts[look] else look

    return {index: settled(index, look) for index, look in looks.items()}


def _agreeing(looks: dict[int, _Look], known: dict[int, int]) -> dict[int, _Look]:
    """With a full outline, only what stands out as much as its least heading is a heading too."""
    smallest = min(looks[index][0] for index in known)
    styles = {looks[index] for index in known}
    return {
        index: look for index, look in looks.items() if index in known or look in styles or look[0] > smallest
    }


def _levels(looks: dict[int, _Look], texts: Sequence[str], known: dict[int, int]) -> dict[int, int]:
    """A level for each heading: its own where known, else its number's depth, else that of its look."""
    depth = {
        index: match.group(1).rstrip(".").count(".") + 1
        for index in looks
        if index not in known
        and (match := _NUMBERED.match(texts[index]))
        and not _QUANTITY.match(texts[index])
    }
    _demote_items(depth, looks)
    votes: dict[_Look, Counter[int]] = defaultdict(Counter)
    for index, look in looks.items():
        if index in known:
            votes[look][known[index]] += 3
        elif index in depth:
            votes[look][depth[index]] += 1
    counts = Counter(looks.values())
    sure = {look: votes[look] if votes[look].total() >= 0.4 * n else Counter() for look, n in counts.items()}
    seldom = {look for look, n in counts.items() if n < 2} if len(looks) > 12 else set()
    by_look = _by_look(sure, seldom)
    return {
        index: known.get(index) or min(depth.get(index, by_look[look]), MAX_LEVEL)
        for index, look in looks.items()
    }


def _demote_items(depth: dict[int, int], looks: Mapping[int, _Look]) -> None:
    """Numbers of one part ("1.") in smaller letters than "3.2" count items of a section, not chapters."""
    sections = [looks[index][0] for index, deep in depth.items() if deep > 1]
    if len(sections) < 3:
        return
    usual = sorted(sections)[len(sections) // 2]
    for index in [i for i, deep in depth.items() if deep == 1 and looks[i][0] < 0.97 * usual]:
        del depth[index]


def _by_look(votes: Mapping[_Look, Counter[int]], seldom: set[_Look]) -> dict[_Look, int]:
    """A level for each look, the most striking first; looks of nearly one size share a level.

    Looks seldom used (a title page's many sizes) take the level before them and use up none.
    """
    by_look: dict[_Look, int] = {}
    level, last = 0, None
    for look in sorted(votes, key=lambda look: (-look[0], not look[1], not look[2])):
        if look in seldom and not votes[look]:
            by_look[look] = max(level, 1)
            continue
        if votes[look]:
            level = votes[look].most_common(1)[0][0]
        elif last is None or look[0] < 0.93 * last[0] or look[1:] != last[1:]:
            level += 1
        level = by_look[look] = min(max(level, 1), MAX_LEVEL)
        last = look
    return by_look
