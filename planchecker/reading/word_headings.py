"""Headings that an author made by hand: short, bold or large, alone on their line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from planchecker.plan import BlockKind
from planchecker.reading.draft import Piece
from planchecker.reading.facts import states_a_fact

_MAX_WORDS, _MAX_LETTERS = 14, 110
_MAX_STYLED_WORDS = 40  # a longer "heading" is a paragraph that someone styled by mistake
_LARGER = 1.2  # times the size of the body text
_MAX_LEVEL = 9
_ENDS_LIKE_A_SENTENCE = re.compile(r"[.;,]$")
_CAPTION = re.compile(r"(table|figure|fig|chart|map|diagram|exhibit)\.? ?\d", re.IGNORECASE)
_TYPED_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+\D")


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph looks; `may_head` where its place allows it to be a heading."""

    bold: bool
    half_points: int
    may_head: bool


def infer_headings(items: Sequence[tuple[Piece, Look | None]]) -> tuple[Piece, ...]:
    """Make headings of paragraphs that look like one, and paragraphs of overlong headings."""
    body = _body_size(items)
    pieces: list[Piece] = []
    candidates: dict[int, Look] = {}
    for at, (piece, look) in enumerate(items):
        if piece.kind is BlockKind.HEADING and len(piece.text.split()) > _MAX_STYLED_WORDS:
            piece = replace(piece, kind=BlockKind.PARAGRAPH, level=None)
        elif look and _looks_like_heading(piece, look, body) and _has_text_below(items, at):
            candidates[at] = look
        pieces.append(piece)
    above = _styled_levels(pieces)
    # Sizes are ranked apart before and after the first styled heading: those of a cover page
    # say nothing about the text.
    ranks = {
        under: _ranks(look for at, look in candidates.items() if (above[at] > 0) is under)
        for under in (False, True)
    }
    for at, look in candidates.items():
        level = _level(pieces[at], above[at], ranks[above[at] > 0][look.half_points])
        pieces[at] = replace(pieces[at], kind=BlockKind.HEADING, level=level, inferred=True)
    return tuple(pieces)


def _styled_levels(pieces: Sequence[Piece]) -> list[int]:
    """For every piece, the level of the styled heading that it stands under; 0 for none."""
    levels, level = [], 0
    for piece in pieces:
        if piece.kind is BlockKind.HEADING:
            level = piece.level or 1
        levels.append(level)
    return levels


def _level(piece: Piece, above: int, rank: int) -> int:
    """Below the styled heading above it; else by its typed number; else by its size."""
    typed = _TYPED_NUMBER.match(piece.text)
    if not above and typed:
        return typed.group(1).count(".") + 1
    return min(above + rank, _MAX_LEVEL)


def _ranks(looks: Iterable[Look]) -> dict[int, int]:
    """Font sizes with their rank, the largest first."""
    sizes = sorted({look.half_points for look in looks}, reverse=True)
    return {size: rank for rank, size in enumerate(sizes, start=1)}


def _body_size(items: Sequence[tuple[Piece, Look | None]]) -> int:
    """The size in which most of the text is set."""
    letters: Counter[int] = Counter()
    for piece, look in items:
        if look and piece.kind is not BlockKind.HEADING:
            letters[look.half_points] += len(piece.text)
    return letters.most_common(1)[0][0] if letters else 0


def _looks_like_heading(piece: Piece, look: Look, body: int) -> bool:
    text = piece.text
    typed = _TYPED_NUMBER.match(text)
    return (
        look.may_head
        and piece.kind is BlockKind.PARAGRAPH
        and (look.bold or look.half_points >= body * _LARGER > 0)
        and len(text) <= _MAX_LETTERS
        and "\n" not in text
        and 0 < len(text.split()) <= _MAX_WORDS
        and sum(ch.isalpha() for ch in text) >= 3
        and not _CAPTION.match(text)
        and not states_a_fact(text)
        and (typed is not None or not _ENDS_LIKE_A_SENTENCE.search(text))
    )


def _has_text_below(items: Sequence[tuple[Piece, Look | None]], at: int) -> bool:
    """Whether anything follows that the heading could be the heading of."""
    following = items[at + 1][0] if at + 1 < len(items) else None
    return following is not None and following.kind is not BlockKind.NOTE
