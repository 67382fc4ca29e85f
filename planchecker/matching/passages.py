"""Passages: the units that are matched, a sentence or a few, each with its context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from planchecker.matching.acronyms import meanings, spelt_out
from planchecker.matching.language import sentence_ends
from planchecker.plan import Block, BlockKind, Plan

MAX_WORDS = 120  # design.md, section 2
_TARGET_WORDS = 60  # long paragraphs are cut here: one thought, small enough to quote
_LEAD_WORDS = 30
_SAYS_SOMETHING = 4  # words; a shorter line is a mere heading


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotable piece of a plan.

    Attributes:
        text: the plan's own words.
        reading: the same with what a reader would carry along: column headers, a list's lead-in, the
            meaning of the plan's own acronyms.
        heading: headings it stands under, outermost first.
        page: page it begins on, or None.
        block: number of its block.
        kind: kind of its block.
        plan: path of the plan it comes from.
        answers: id of the feature in whose answer box of a template it stands, or "".
    """

    text: str
    reading: str
    heading: tuple[str, ...]
    page: int | None
    block: int
    kind: BlockKind
    plan: str = ""
    answers: str = ""

    @property
    def in_context(self) -> str:
        """The nearest heading and the passage, as the models read it."""
        return f"{self.heading[-1]}: {self.reading}" if self.heading else self.reading


def passages_of(plan: Plan) -> tuple[Passage, ...]:
    """All passages of a plan in reading order.

    Headings are context, not passages; but a line that only looks like one may say something.
    """
    return _spelt_out(plan, _with_leads(plan))


def whole_passages(plan: Plan) -> tuple[Passage, ...]:
    """Those that are whole blocks: cutting the others needs spaCy, which takes a while to import."""
    return _spelt_out(plan, ((block, lead) for block, lead in _with_leads(plan) if _is_whole(block)))


def _spelt_out(plan: Plan, blocks: Iterable[tuple[Block, str]]) -> tuple[Passage, ...]:
    """The passages of blocks, with the meaning of the plan's own acronyms."""
    known = meanings(plan)
    return tuple(
        replace(passage, reading=spelt_out(passage.reading, known))
        for block, lead in blocks
        for passage in _passages_of_block(plan, block, lead)
    )


def _with_leads(plan: Plan) -> Iterator[tuple[Block, str]]:
    """The blocks that say something, each with the lead-in of the list that it stands in."""
    lead = ""
    for block in plan.blocks:
        if block.kind is BlockKind.HEADING:
            lead = ""
            if block.inferred and len(block.text.split()) >= _SAYS_SOMETHING:
                yield block, ""
            continue
        if block.is_table_header:
            continue
        if block.kind not in (BlockKind.LIST_ITEM, BlockKind.NOTE):
            lead = ""
        yield block, "" if block.kind is BlockKind.NOTE else lead
        if block.kind is BlockKind.PARAGRAPH and block.text.rstrip().endswith(":"):
            lead = " ".join(block.text.split()[-_LEAD_WORDS:])


def _is_whole(block: Block) -> bool:
    return len(block.text.split()) <= (MAX_WORDS if block.cells else _TARGET_WORDS)


def _passages_of_block(plan: Plan, block: Block, lead: str) -> Iterator[Passage]:
    pieces = list(_row_pieces(block)) if block.cells else [(p, p) for p in _pieces(block.text)]
    for text, reading in pieces:
        yield Passage(
            text=text,
            reading=f"{lead} {reading}" if lead else reading,
            heading=block.heading,
            page=block.page,
            block=block.number,
            kind=block.kind,
            plan=plan.path,
            answers=block.answers,
        )


def _row_pieces(block: Block) -> Iterator[tuple[str, str]]:
    """A table row whole or, where it is long, its cells one by one beside the row's label."""
    if _is_whole(block):
        yield block.text, block.readable
        return
    label = block.cells[0].text if len(block.cells[0].text.split()) <= _LEAD_WORDS else ""
    for cell in block.cells:
        for piece in _pieces(cell.text):
            named = f"{cell.header}: {piece}" if cell.header else piece
            yield piece, f"{label}; {named}" if label and piece != label else named


def _pieces(text: str) -> list[str]:
    """The text cut at sentence ends into pieces of about the target length."""
    if len(text.split()) <= _TARGET_WORDS:
        return [text]
    pieces: list[str] = []
    start = end = words = 0
    for first, last in sentence_ends(text):
        length = len(text[first:last].split())
        if words and words + length > _TARGET_WORDS:
            pieces.append(text[start:end].strip())
            start, words = first, 0
        end, words = last, words + length
    pieces.append(text[start:].strip())
    return [chunk for piece in pieces if piece for chunk in _hard_cut(piece)]


def _hard_cut(piece: str) -> list[str]:
    """A 'sentence' without an end (a list run together) in chunks of at most MAX_WORDS."""
    words = piece.split()
    if len(words) <= MAX_WORDS:
        return [piece]
    return [" ".join(words[n : n + MAX_WORDS]) for n in range(0, len(words), MAX_WORDS)]
