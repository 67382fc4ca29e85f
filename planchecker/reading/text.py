"""Plain text, Markdown and HTML -> drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planchecker.plan import BlockKind, ReadingConfidence
from planchecker.reading.draft import Draft, Piece
from planchecker.reading.html_tree import read_html
from planchecker.reading.sniff import Kind, decode

_UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,})\s*$")
_BULLET = re.compile(r"(\s*)(?:[-*\u2022\u25aa\u25cf\u25e6\u00b7\u2013]|o(?=\t))\s+(?=\S)")
_NUMBERED = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)])\s+\S")
_TYPED_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+[^\W\d]")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_SENTENCE_END = (".", ";", ",", ":")
_MAX_HEADING_WORDS = 12
_WRAPPED_WIDTH = 100  # no line longer, and blank lines between: an editor broke the lines


def read_text(data: bytes, name: str, kind: Kind) -> Draft:
    """Read plain text, Markdown or HTML.

    Args:
        data: the file's bytes.
        name: the file as the user named it, for messages.
        kind: which of the three it is.
    """
    if kind is Kind.HTML:
        return read_html(data, name)
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if kind is Kind.MARKDOWN:
        return _read_markdown(text, name)
    sheets = text.split("\f")
    pieces = tuple(
        piece
        for page, sheet in enumerate(sheets, start=1)
        for piece in _pieces(sheet, page if len(sheets) > 1 else None)
    )
    return Draft(
        format="txt",
        title=None,
        pages=len(sheets) if len(sheets) > 1 else None,
        pieces=pieces,
        confidence=ReadingConfidence.HIGH,
    )


def _read_markdown(text: str, name: str) -> Draft:
    """Markdown is HTML written shorter: render it and read that."""
    from dataclasses import replace

    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    html = parser.render(_FRONT_MATTER.sub("", text))
    return replace(read_html(html.encode(), name), format="md", title=None)


def _pieces(text: str, page: int | None) -> Iterator[Piece]:
    """The paragraphs, list items and headings of plain text."""
    lines = [line.rstrip() for line in text.expandtabs(4).split("\n")]
    wrapped = "" in lines and max(map(len, lines)) <= _WRAPPED_WIDTH
    block: list[str] = []
    for at, line in enumerate([*lines, ""]):
        underline = len(block) == 1 and line and _UNDERLINE.match(line)
        if underline:
            level = 1 if line.strip().startswith("=") else 2
            yield Piece(BlockKind.HEADING, block.pop().strip(), page, level)
            continue
        begins = not line or not wrapped or _BULLET.match(line) or _NUMBERED.match(line)
        below = lines[at + 1] if at + 1 < len(lines) else ""
        if block and (begins or _UNDERLINE.match(below or "x")):
            yield _piece(block, page)
            block = []
        if line and not _UNDERLINE.match(line):
            block.append(line)


def _piece(block: list[str], page: int | None) -> Piece:
    """One block of lines as what it looks like."""
    first = block[0]
    text = " ".join(" ".join(block).split())
    level = _heading_level(text) if len(block) == 1 else None
    if level is not None:
        return Piece(BlockKind.HEADING, text, page, level, inferred=True)
    bullet = _BULLET.match(first)
    if bullet:
        depth = min(len(bullet.group(1)) // 2, 8)
        marker = len(bullet.group().split()[0])
        return Piece(BlockKind.LIST_ITEM, text[marker:].strip(), page, depth)
    if _NUMBERED.match(first):
        return Piece(BlockKind.LIST_ITEM, text, page, 0)
    return Piece(BlockKind.PARAGRAPH, text, page)


def _heading_level(text: str) -> int | None:
    """Level of a line that stands alone and reads as a heading: numbered, or all capitals."""
    if len(text.split()) > _MAX_HEADING_WORDS or text.endswith(_SENTENCE_END):
        return None
    typed = _TYPED_NUMBER.match(text)
    if typed:
        return typed.group(1).count(".") + 1
    return 1 if text.isupper() and sum(ch.isalpha() for ch in text) >= 4 else None
