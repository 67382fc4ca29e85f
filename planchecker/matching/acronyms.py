"""Acronyms that a plan expands itself, carried to where it uses them bare.

A definition is a long form with its acronym in brackets, either way round, or a glossary row. The letters must
come from the long form in order, after Schwartz and Hearst (2003), "A simple algorithm for identifying
abbreviation definitions in biomedical text".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from planchecker.plan import Block, Plan

_ACRONYM = r"[A-Z][A-Za-z&/]{0,6}[A-Z]s?|[A-Z]{2,8}[0-9]?"
_BRACKETED = re.compile(rf"\(\s*[‘“\"']?({_ACRONYM})[’”\"']?\s*\)")
_SPELT_OUT = re.compile(rf"(?<![\w-])({_ACRONYM})\s+\(([A-Za-z][^()]{{5,90}})\)")
_WHOLE = re.compile(rf"(?:{_ACRONYM})")
_WORD = re.compile(r"[A-Za-z][\w’'-]*")
_MOST = 3  # expansions a passage: more would drown what it says
_COMMON = 0.05  # an acronym in more than this share of the blocks ("CCG") tells no passage from another
_FEW = 8  # ... unless it stands in fewer blocks than this
_LONGEST = 12  # words of a long form


def meanings(plan: Plan) -> dict[str, str]:
    """The acronyms that a plan expands, each with its first long form; those on every page are left out."""
    found: dict[str, str] = {}
    for block in plan.blocks:
        for acronym, meaning in _definitions(block):
            found.setdefault(acronym, meaning)
    used = {acronym: _uses(acronym, plan) for acronym in found}
    limit = max(_FEW, _COMMON * len(plan.blocks))
    return {acronym: meaning for acronym, meaning in found.items() if used[acronym] <= limit}


def spelt_out(text: str, known: Mapping[str, str]) -> str:
    """The text with the meaning behind the first use of each acronym that it does not explain itself."""
    lowered, added = text.lower(), 0
    for acronym, meaning in known.items():
        if added == _MOST:
            break
        if acronym not in text or meaning.lower() in lowered:
            continue
        expanded = _pattern(acronym).sub(lambda use, m=meaning: f"{use.group()} ({m})", text, count=1)  # type: ignore[misc]
        added += expanded != text
        text = expanded
    return text


def _definitions(block: Block) -> Iterator[tuple[str, str]]:
    yield from _in_brackets(block.text)
    if len(block.cells) == 2:
        acronym, meaning = (cell.text.strip() for cell in block.cells)
        if (
            _WHOLE.fullmatch(acronym)
            and len(meaning.split()) <= _LONGEST
            and _long_form(acronym, meaning) == meaning
        ):
            yield acronym, meaning


def _in_brackets(text: str) -> Iterator[tuple[str, str]]:
    for match in _BRACKETED.finditer(text):
        before = re.split(r"[.;:()|]", text[: match.start()])[-1]
        meaning = _long_form(match[1], before.strip())
        if meaning:
            yield match[1], meaning
    for match in _SPELT_OUT.finditer(text):
        if _long_form(match[1], match[2]) == match[2]:
            yield match[1], match[2]


def _long_form(acronym: str, text: str) -> str:
    """The end of the text that the acronym stands for, or "": its first letter begins a word there."""
    letters = [letter.lower() for letter in acronym.removesuffix("s") if letter.isalnum()]
    at, lowered = len(text), text.lower()
    for position in range(len(letters) - 1, -1, -1):
        at = lowered.rfind(letters[position], 0, at)
        while at >= 0 and position == 0 and at > 0 and lowered[at - 1].isalnum():
            at = lowered.rfind(letters[0], 0, at)
        if at < 0:
            return ""
    meaning = text[at:].strip()
    words = _WORD.findall(meaning)
    enough = 2 <= len(words) <= min(_LONGEST, 2 * len(letters) + 1)
    return meaning if enough and acronym not in words else ""


def _uses(acronym: str, plan: Plan) -> int:
    pattern = _pattern(acronym)
    return sum(acronym in block.text and bool(pattern.search(block.text)) for block in plan.blocks)


def _pattern(acronym: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(acronym)}(?![\w-])")
