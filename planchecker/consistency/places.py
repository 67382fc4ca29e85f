"""Quotes: the plan's own words around a find, short enough to read in a list."""

from __future__ import annotations

import re

from planchecker.plan import Block
from planchecker.scrutiny import Quote

_LONGEST = 240  # letters; a reader needs the place, not the paragraph
_END = re.compile(r"[.!?;][)\"'’”]* +(?=[A-Z\[(“\"'£\d])")


def quote(block: Block, start: int = 0, end: int | None = None) -> Quote:
    """The sentence of a block in which a find stands, with its place.

    Args:
        block: where it was found.
        start: where the find begins in `block.text`, in characters from 0.
        end: where it ends; None for the whole block.
    """
    span = (0, len(block.text)) if end is None else _sentence(block.text, start, end)
    text = _cut(block.text, *span)
    return Quote(text, block.page, block.heading, block.number)


def row_quote(block: Block) -> Quote:
    """A table row with its column headers, or the words of any other block."""
    text = block.readable
    return Quote(_cut(text, 0, len(text)), block.page, block.heading, block.number)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a find, looked for within twice the longest quote only."""
    floor, ceiling = max(0, start - _LONGEST), min(len(text), end + _LONGEST)
    first = floor
    for boundary in _END.finditer(text, floor, start):
        first = boundary.end()
    after = _END.search(text, end, ceiling)
    return first, after.end() if after else ceiling


def _cut(text: str, start: int, end: int) -> str:
    """A stretch of a text at most as long as a quote may be, with dots where words were left out."""
    stop = min(end, start + 2 * _LONGEST)
    words = " ".join(text[start:stop].split())
    before = "… " if start and not text[start - 1].isspace() else ""
    return before + (words.rsplit(" ", 1)[0] + " …" if stop < end else words)
