"""Acronyms that are never written out, or in two ways."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from rapidfuzz.fuzz import token_sort_ratio

from planchecker.consistency.places import quote, row_quote
from planchecker.consistency.words import words
from planchecker.matching.expansions import ACRONYM, Expansion, expansions
from planchecker.plan import Block, BlockKind, Plan
from planchecker.scrutiny import Quote, Severity, Slip

NOT_EXPANDED = "acronym not written out"
TWO_WAYS = "acronym written out in two ways"

_USE = re.compile(rf"(?<![\w&.'’-])(?P<acronym>{ACRONYM})(?:s|’s|'s)?(?![\w&-])")
_WORD = re.compile(r"[A-Za-z]+")
_JOINERS = frozenset({"of", "and", "the", "for", "in", "to", "on", "at", "with", "a", "an", "by", "or"})
_RUN = re.compile(r"(?:\b[A-Z][\w’'-]*(?:[ -](?:(?:of|and|the|for|in|to|on|with|&) ){0,2})?){2,12}")
_ALIKE = 82  # per cent; "team" and "teams", "health-care" and "health care" are one way
_ONE_BY_ONE = (
    15  # acronyms that get a slip each, the most used first; a list of the rest is easier to work from
)
_ROMAN = re.compile(r"[IVXLC]+")
_SHOUTED = re.compile(r"(?=.{6})[A-Z]*[AEIOU][A-Z]*[AEIOU][A-Z]*")  # a word in capitals: "VALUES"


def acronyms(plan: Plan) -> Iterator[Slip]:
    """A slip for each acronym that the plan never writes out, and for each that it writes out in two ways."""
    found: dict[str, list[Expansion]] = defaultdict(list)
    for block in plan.blocks:
        for expansion in expansions(block):
            found[expansion.acronym].append(expansion)
    yield from _two_ways(plan, found)
    yield from _not_expanded(plan, found)


def _two_ways(plan: Plan, found: Mapping[str, Sequence[Expansion]]) -> Iterator[Slip]:
    for acronym, every in found.items():
        ways = [way for way in every if way.exact]
        if not ways:
            continue
        first = ways[0]
        other = next((way for way in ways[1:] if not _alike(first.meaning, way.meaning)), None)
        if other is None:
            continue
        message = (
            f"'{acronym}' stands for '{first.meaning}' and for '{other.meaning}': use one, or two acronyms."
        )
        quotes = tuple(_where(plan.blocks[way.block], way.start, acronym) for way in (first, other))
        yield Slip(TWO_WAYS, Severity.MEDIUM, message, quotes)


def _where(block: Block, start: int, acronym: str) -> Quote:
    return row_quote(block) if block.cells else quote(block, start, start + len(acronym))


def _alike(one: str, other: str) -> bool:
    plain, further = _plain(one), _plain(other)
    return plain in further or further in plain or token_sort_ratio(plain, further) >= _ALIKE


def _plain(meaning: str) -> str:
    """A long form without case, joiners and plural endings."""
    named = (word.lower().removesuffix("s") for word in _WORD.findall(meaning))
    return " ".join(word for word in named if word not in _JOINERS)


def _not_expanded(plan: Plan, found: Mapping[str, Sequence[Expansion]]) -> Iterator[Slip]:
    uses = _uses(plan)
    unknown = [acronym for acronym in uses if acronym not in found]
    if not unknown:
        return
    lowered = frozenset(word for block in plan.blocks for word in _WORD.findall(block.text) if word.islower())
    initials = _initials(plan)
    left = {
        acronym: uses[acronym]
        for acronym in sorted(unknown, key=lambda one: -len(uses[one]))
        if acronym.lower() not in lowered
        and not _spelt(acronym, initials)
        and not _nearby(acronym, uses[acronym])
    }
    alone = _ONE_BY_ONE if len(left) > _ONE_BY_ONE + 1 else len(left)
    for acronym in list(left)[:alone]:
        yield _never_written(acronym, left[acronym])
    rest = list(left)[alone:]
    if rest:
        names = ", ".join(rest)
        message = (
            f"{len(rest)} more acronyms are never written out: {names}. Write each out where it first stands."
        )
        quotes = tuple(_first_use(acronym, left[acronym]) for acronym in rest)
        yield Slip(NOT_EXPANDED, Severity.LOW, message, quotes)


def _never_written(acronym: str, places: Sequence[Block]) -> Slip:
    times = "once" if len(places) == 1 else f"in {len(places)} places"
    message = f"'{acronym}' stands {times} and is never written out: write it out where it first stands."
    return Slip(NOT_EXPANDED, Severity.LOW, message, (_first_use(acronym, places),))


def _first_use(acronym: str, places: Sequence[Block]) -> Quote:
    return _where(places[0], places[0].text.find(acronym), acronym)


def _uses(plan: Plan) -> dict[str, list[Block]]:
    """The blocks in which each acronym is used, other than the widely known and what is merely in capitals."""
    known = _known()
    found: dict[str, list[Block]] = defaultdict(list)
    for block in plan.blocks:
        if block.kind is BlockKind.HEADING or _shouts(block.text):
            continue
        for text in _texts(block):
            for acronym in dict.fromkeys(match["acronym"] for match in _USE.finditer(text)):
                no_acronym = acronym in known or _ROMAN.fullmatch(acronym) or _SHOUTED.fullmatch(acronym)
                if not no_acronym and not _shouts(text):
                    found[acronym].append(block)
    return found


def _texts(block: Block) -> Iterator[str]:
    """The words of a block; cells of columns that hold people's initials are left out."""
    if not block.cells:
        yield block.text
    for cell in block.cells:
        if not any(word in _people() for word in cell.header.lower().split()):
            yield cell.text


@cache
def _known() -> frozenset[str]:
    return frozenset(words("acronyms", "known"))


@cache
def _people() -> frozenset[str]:
    return frozenset(words("acronyms", "people"))


def _shouts(text: str) -> bool:
    """Whether most words of a text are in capitals, so that its capitals mean nothing."""
    named = _WORD.findall(text[:400])
    return len(named) > 2 and 2 * sum(word.isupper() for word in named) > len(named)


def _initials(plan: Plan) -> tuple[str, str]:
    """First letters of the plan's words: of runs of capitalised words, and of all words, joiners left out."""
    runs: list[str] = []
    every: list[str] = []
    for block in plan.blocks:
        for run in _RUN.findall(block.text):
            named = _WORD.findall(run)
            runs.append("".join(word[0] for word in named).upper())
            runs.append("".join(word[0] for word in named if word.lower() not in _JOINERS).upper())
        every.append(
            "".join(word[0] for word in _WORD.findall(block.text) if word.lower() not in _JOINERS).upper()
        )
    return " ".join(runs), " ".join(every)


def _spelt(acronym: str, initials: tuple[str, str]) -> bool:
    """Whether words with these first letters stand anywhere: in capitals, or, for four letters or more, in any."""
    letters = "".join(letter for letter in acronym.upper() if letter.isalpha())
    runs, every = initials
    return letters in runs or (len(letters) > 3 and letters in every)


def _nearby(acronym: str, places: Sequence[Block]) -> bool:
    """Whether such words stand in a block that uses the acronym."""
    letters = "".join(letter for letter in acronym.upper() if letter.isalpha())
    return any(
        letters
        in "".join(word[0] for word in _WORD.findall(block.text) if word.lower() not in _JOINERS).upper()
        for block in places
    )
