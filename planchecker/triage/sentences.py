"""The sentences of plans and of the guidance, as text that others may have copied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from planchecker.checklist import Checklist
from planchecker.plan import Block, BlockKind, Plan

LEAST_WORDS = 10  # shorter ones are alike by chance
# Where a sentence ends matters little here, and a plan's are wanted in a moment: no tokeniser for this.
_END = re.compile(r"(?<=[.!?;:])\s+(?=[\w“\"'(£])|\n+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a line of a list or table.

    Attributes:
        owner: name of the plan or of the guidance.
        position: its place among all sentences of its owner, counted from 0.
        block: number of its block.
        page: page of its block, or None.
        heading: the headings it stands under.
        text: its own words.
        words: the same words in small letters, without punctuation.
    """

    owner: str
    position: int
    block: int
    page: int | None
    heading: tuple[str, ...]
    text: str
    words: tuple[str, ...]


def words_of(text: str) -> tuple[str, ...]:
    """The words in small letters, without punctuation."""
    return tuple(_WORD.findall(text.casefold()))


def sentences_of(plan: Plan, owner: str) -> tuple[Sentence, ...]:
    """A plan's sentences of at least LEAST_WORDS words, in reading order."""
    return tuple(
        Sentence(owner, position, block.number, block.page, block.heading, text, words)
        for position, (block, text, words) in enumerate(_pieces(plan))
    )


def asked_sentences(checklist: Checklist, owner: str) -> tuple[Sentence, ...]:
    """The checklist's own wording: what is asked, and the phrases of the guidance that it knows."""
    asked = [
        (f.name, text) for f in checklist.features for text in (f.requirement, *(p.text for p in f.parts))
    ]
    asked += [("national phrase", phrase) for phrase in checklist.national_phrases]
    texts = {
        words_of(text): (name, text) for name, text in asked
    }  # a lone part often repeats the requirement
    return tuple(
        Sentence(owner, position, position, None, (name,), text, words)
        for position, (words, (name, text)) in enumerate(texts.items())
        if len(words) >= LEAST_WORDS
    )


def _pieces(plan: Plan) -> Iterator[tuple[Block, str, tuple[str, ...]]]:
    for block in plan.blocks:
        if block.kind is BlockKind.HEADING or block.is_table_header:
            continue
        for text in [cell.text for cell in block.cells] or [block.text]:
            for piece in _END.split(text):
                if len(words := words_of(piece)) >= LEAST_WORDS:
                    yield block, piece.strip(), words
