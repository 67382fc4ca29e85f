"""A plan as it was read: blocks in reading order, each with a place a person can find."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block is in the document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE_ROW = "table row"
    NOTE = "note"  # a footnote or endnote, placed after the block that refers to it


class ReadingConfidence(StrEnum):
    """How far the reader vouches for the text; NOT_ASSESSED is not the same as HIGH."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NOT_ASSESSED = "not assessed"


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell of a row, with the header of its column ("" where there is none)."""

    header: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item, table row or note.

    Attributes:
        number: position in reading order, counted from 0.
        kind: what the block is.
        text: its words, once; the cells of a row are joined by " | ".
        page: page it begins on, counted from 1, or None where the file does not say.
        heading: the headings it stands under, outermost first; for a heading, those above it.
        level: heading level (1 is outermost) or list depth (0 is outermost); None otherwise.
        inferred: True for a heading recognised by its look instead of its style.
        table: number of the table a row belongs to, counted from 0; None outside tables.
        cells: the cells of a row, without empty ones.
        is_table_header: True for the row that holds the column headers.
        answers: id of the feature or question in whose answer box it stands, or "" (see `Plan.answers`).
    """

    number: int
    kind: BlockKind
    text: str
    page: int | None = None
    heading: tuple[str, ...] = ()
    level: int | None = None
    inferred: bool = False
    table: int | None = None
    cells: tuple[Cell, ...] = ()
    is_table_header: bool = False
    answers: str = ""

    @property
    def readable(self) -> str:
        """The text as a passage: a row names the column header of each cell."""
        if not self.cells or self.is_table_header:
            return self.text
        return "; ".join(f"{c.header}: {c.text}" if c.header else c.text for c in self.cells)


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of the document that was skipped, and why.

    Attributes:
        where: the place, in words.
        why: what is wrong and what to do about it.
        page: the page, where a whole page was skipped.
        heading: the heading that it stands under, where the file has no pages to say it by.
    """

    where: str
    why: str
    page: int | None = None
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A draft plan as read.

    Attributes:
        path: the file as the user named it.
        title: the document's own title, else its first heading, else the file name.
        sha256: hex digest of the file's bytes.
        format: "docx", "pdf", "txt", "md", "html", or the format it was converted from.
        pages: number of pages, or None where the file does not say.
        blocks: the text, once, in reading order.
        unread: what was skipped.
        notices: sentences a reader of any report should see ("the plan seems to be in French").
        furniture: running headers and footers, kept apart and never matched.
        comments: reviewers' comments, kept apart and never matched.
        answers: for a planchecker template, what stands in each answer box by the id of the feature or
            question; "" for a box left empty. The same text stands in `blocks`.
        confidence: how far the reader vouches for the text.
        author: who wrote it, as the file's properties say: an organisation, a person, a program, or "".
        saved: date it was last saved, as the file's properties say, as YYYY-MM-DD, or "".
    """

    path: str
    title: str
    sha256: str
    format: str
    pages: int | None
    blocks: tuple[Block, ...]
    unread: tuple[Unread, ...] = ()
    notices: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict, hash=False)
    confidence: ReadingConfidence = field(default=ReadingConfidence.NOT_ASSESSED)
    author: str = ""
    saved: str = ""

    @property
    def words(self) -> int:
        """Number of words in all blocks."""
        return sum(len(block.text.split()) for block in self.blocks)
