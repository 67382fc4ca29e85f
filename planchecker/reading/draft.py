"""What a format module hands over: pieces of text in reading order, not yet a plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from planchecker.errors import NoTextError
from planchecker.plan import Block, BlockKind, Cell, Plan, ReadingConfidence, Unread

# Control characters (escape sequences among them), lone surrogates, marks that turn text around.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """One block before it is numbered and placed under its headings.

    Attributes:
        kind: what the piece is.
        text: its words, once; for a row the cells joined by " | ".
        page: page it begins on, counted from 1, or None.
        level: heading level from 1, or list depth from 0; None otherwise.
        inferred: True for a heading recognised by its look.
        table: number of its table, counted from 0; None outside tables.
        cells: the cells of a row, without empty ones.
        is_table_header: True for the row of column headers.
        paragraphs: positions, among all paragraphs of the file, of those that it was read from;
            empty where the format has none.
        answers: id of the template's question in whose answer box it stands, or "".
    """

    kind: BlockKind
    text: str
    page: int | None = None
    level: int | None = None
    inferred: bool = False
    table: int | None = None
    cells: tuple[Cell, ...] = ()
    is_table_header: bool = False
    paragraphs: tuple[int, ...] = ()
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as its format module read it; fields as in `Plan`.

    Attributes:
        title: the title that the document itself claims, or None.
        pages: number of pages, or None where the file does not say.
    """

    format: str
    title: str | None
    pages: int | None
    pieces: tuple[Piece, ...]
    unread: tuple[Unread, ...] = ()
    notices: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    confidence: ReadingConfidence = ReadingConfidence.NOT_ASSESSED
    author: str = ""
    saved: str = ""


def assemble(path: str | Path, sha256: str, draft: Draft) -> Plan:
    """Number the pieces, put each under its headings, and make a plan of them.

    Args:
        path: the file as the user named it.
        sha256: hex digest of the file's bytes.
        draft: what the format module read.

    Raises:
        NoTextError: no piece holds a letter or a digit.
    """
    blocks = tuple(_blocks(draft.pieces))
    if not any(ch.isalnum() for block in blocks for ch in block.text):
        problem = "the document opened but holds no readable text"
        if draft.furniture:
            problem += " beside its running headers and footers"
        raise NoTextError(path, problem, "check that it is the right file and that its text is not a picture")
    return Plan(
        path=_named(path),
        title=_title(path, draft, blocks),
        sha256=sha256,
        format=draft.format,
        pages=draft.pages,
        blocks=blocks,
        unread=draft.unread,
        notices=draft.notices,
        furniture=draft.furniture,
        comments=draft.comments,
        answers={identifier: printable(text) for identifier, text in draft.answers.items()},
        confidence=draft.confidence,
        author=" ".join(printable(draft.author).split()),
        saved=draft.saved,
    )


def _named(path: str | Path) -> str:
    """The file's name as it can be printed and written; some systems keep any bytes for one."""
    return printable(str(path)).replace("\n", " ").replace("\t", " ")


def printable(text: str) -> str:
    """Without what no reader sees and some terminal or XML file would choke on or obey."""
    return _UNPRINTABLE.sub("", text)


def numbered(pieces: Iterable[Piece]) -> Iterator[tuple[int, Piece]]:
    """The pieces that become blocks, each with the number of its block."""
    return enumerate(piece for piece in pieces if printable(piece.text).strip())


def _blocks(pieces: Iterable[Piece]) -> Iterator[Block]:
    """Make blocks of the pieces that hold text and give each the headings above it."""
    open_headings: list[tuple[int, str]] = []  # (level, text), outermost first
    for number, piece in numbered(pieces):
        text = printable(piece.text).strip()
        level = piece.level
        if piece.kind is BlockKind.HEADING:
            level = max(1, level or 1)
            while open_headings and open_headings[-1][0] >= level:
                open_headings.pop()
        yield Block(
            number=number,
            kind=piece.kind,
            text=text,
            page=piece.page,
            heading=tuple(heading for _, heading in open_headings),
            level=level,
            inferred=piece.inferred,
            table=piece.table,
            cells=tuple(Cell(printable(cell.header), printable(cell.text)) for cell in piece.cells),
            is_table_header=piece.is_table_header,
            answers=piece.answers,
        )
        if piece.kind is BlockKind.HEADING:
            assert level is not None
            open_headings.append((level, text))


def _title(path: str | Path, draft: Draft, blocks: tuple[Block, ...]) -> str:
    """The document's own title, else its first heading, else the name of the file."""
    if draft.title and draft.title.strip():
        return " ".join(printable(draft.title).split())
    headings = (block.text for block in blocks if block.kind is BlockKind.HEADING)
    return next(headings, None) or Path(_named(path)).stem
