"""Tables of contents that an author typed: they repeat headings and must not count as text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planchecker.plan import BlockKind
from planchecker.reading.draft import Piece

_NAMES = {"contents", "table of contents", "contents page", "list of contents"}
_TRAIL = re.compile(r"[\s.\u2026_|]*\b(?:page )?\d{1,3}$", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:(?:section|chapter|part|appendix) )?(?:\d{1,2}(?:\.\d{1,2})*|[a-z])[.):]? +")
_ENOUGH = 0.6  # of the lines must name a heading; authors abridge some
_LEAST_LINES = 3
_MAX_LINE = 200  # letters that are looked at; a longer line names no heading


def without_typed_contents(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Drop a typed table of contents and its heading, if most of its lines name headings."""
    start = next((at for at, piece in enumerate(pieces) if _bare(piece.text) in _NAMES), None)
    if start is None:
        return tuple(pieces)
    end = start + 1
    while end < len(pieces) and pieces[end].kind is not BlockKind.HEADING:
        end += 1
    headings = {_bare(p.text) for p in pieces[end:] if p.kind is BlockKind.HEADING}
    lines = [_bare(piece.text) for piece in pieces[start + 1 : end]]
    named = sum(1 for line in lines if line in headings)
    # With no lines at all the table was generated, and reading has left its lines out already.
    if lines and (len(lines) < _LEAST_LINES or named < len(lines) * _ENOUGH):
        return tuple(pieces)
    return (*pieces[:start], *pieces[end:])


def _bare(text: str) -> str:
    """A line without its number, its leader and its page."""
    text = " ".join(text[:_MAX_LINE].replace("|", " ").lower().split())
    return _NUMBER.sub("", _TRAIL.sub("", text)).strip(" .:")
