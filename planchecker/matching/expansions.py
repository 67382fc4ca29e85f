"""What a plan says its acronyms stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from planchecker.plan import Block

ACRONYM = r"[A-Z](?:[A-Z]|[a-z](?=[A-Z]))(?:[A-Z&]|[a-z](?=[A-Z])){1,6}"  # three letters or more: CfV, IM&T
_BRACKETED = re.compile(rf"\(\s*(?:or |the |\"|“|‘|')?(?P<acronym>{ACRONYM})s?(?:\"|”|’|')?\s*\)")
_SPELT_OUT = re.compile(rf"(?<![\w-])(?P<acronym>{ACRONYM})s? \((?P<meaning>[A-Za-z][^()]{{5,120}})\)")
_LEADING = re.compile(
    rf"\W*(?P<acronym>{ACRONYM})s?\s*(?:[:=]| - | – |\t)\s*(?P<meaning>[A-Za-z][^.;:]{{4,120}})"
)
_STANDS = re.compile(
    rf"\b(?P<acronym>{ACRONYM})s?,? (?:stands for|means|is short for|that is,|i\.e\.) (?P<meaning>[^.;]{{5,120}})"
)
_WORD = re.compile(r"[A-Za-z][\w’'-]*")
_LONGEST = 12  # words of a long form
_BEFORE = 160  # letters before a bracket that are looked at


@dataclass(frozen=True, slots=True)
class Expansion:
    """One place where a plan writes an acronym out.

    Attributes:
        acronym: its letters.
        meaning: the words it stands for.
        block: number of the block.
        start: where the acronym or its row begins in the block's text.
        exact: whether the letters of the acronym are those of the words, so that they surely are its meaning.
    """

    acronym: str
    meaning: str
    block: int
    start: int
    exact: bool


def expansions(block: Block) -> Iterator[Expansion]:
    """The acronyms that a block writes out: in brackets either way round, in a glossary row, or in so many words."""
    text = block.text
    for match in _BRACKETED.finditer(text):
        before = re.split(r"[.;:()|]", text[max(0, match.start() - _BEFORE) : match.start()])[-1]
        yield from _made(match, long_form(match["acronym"], before), block)
    for pattern in (_SPELT_OUT, _STANDS):
        for match in pattern.finditer(text):
            yield from _made(match, _if_fits(match), block)
    leading = _LEADING.match(text)
    if leading is not None and leading["meaning"][0].upper() == leading["acronym"][0]:
        yield from _made(leading, _if_fits(leading), block)
    yield from _glossary(block)


def _glossary(block: Block) -> Iterator[Expansion]:
    if not 2 <= len(block.cells) <= 3:
        return
    for cell, other in zip(block.cells, block.cells[1:], strict=False):
        acronym, meaning = cell.text.strip(), other.text.strip()
        if re.fullmatch(ACRONYM, acronym) and len(_WORD.findall(meaning)) >= 2:
            meaning = re.split(r"[.;:(]", meaning)[0]
            if _begins_with(acronym, meaning):
                yield Expansion(
                    acronym, meaning, block.number, 0, long_form(acronym, meaning) == meaning.strip()
                )


def _made(match: re.Match[str], meaning: str, block: Block) -> Iterator[Expansion]:
    if meaning:
        exact = long_form(match["acronym"], meaning) == meaning
        yield Expansion(match["acronym"], meaning, block.number, match.start(), exact)


def _if_fits(match: re.Match[str]) -> str:
    meaning = match["meaning"].strip()
    return meaning if len(_WORD.findall(meaning)) >= 2 and _begins_with(match["acronym"], meaning) else ""


def _begins_with(acronym: str, meaning: str) -> bool:
    """Whether one of the first words begins as the acronym does: enough, as "QIPP" has been written out freely."""
    return any(word[0].lower() == acronym[0].lower() for word in _WORD.findall(meaning)[:3])


def long_form(acronym: str, text: str) -> str:
    """The end of a text that an acronym stands for, or "": its letters in order, the first at the start of a word.

    After Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation definitions in biomedical text".
    """
    letters = [letter for letter in acronym.lower() if letter.isalpha()]
    last = list(_WORD.finditer(text))[-len(letters) :]
    if [word.group()[0].lower() for word in last] == letters:
        return text[last[0].start() :].strip()
    lowered, at = text.lower(), len(text)
    for position in range(len(letters) - 1, -1, -1):
        at = lowered.rfind(letters[position], 0, at)
        while at > 0 and position == 0 and lowered[at - 1].isalnum():
            at = lowered.rfind(letters[0], 0, at)
        if at < 0:
            return ""
    meaning = text[at:].strip()
    return meaning if 2 <= len(_WORD.findall(meaning)) <= min(_LONGEST, 2 * len(letters) + 1) else ""
