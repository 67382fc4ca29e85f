"""The same things counted differently in two places: "our 46 practices" and "all 47 practices"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from planchecker.consistency.rounding import differ
from planchecker.consistency.words import words
from planchecker.figures.quantity import Comparator, Role, Unit
from planchecker.figures.statement import Statement
from planchecker.matching.language import stem

# Before a number that counts all of something of the plan's own: "our 46 practices", "we have four localities".
_OURS = re.compile(r"\b(?:our|we have|we are made up of|all of our|all our|each of our|one of our) $", re.I)
_EVERY = re.compile(r"\b(?:all|all of the|all the|each of the) $", re.I)
# The same for what a plan has one number of, where these words cannot mean some of them.
_ALL = re.compile(
    r"(?:\b(?:our|all|the|all of the|all the|each of the|one of the|across|CCG(?:'s|’s)?|has|have|of|is|are|up of|"
    r"comprising|comprises|covers|covering|serving|serves?|with|and|list of|for|total(?:ling)?|were) |^|[,;(:] )$",
    re.I,
)
# After it: words that pick some of them out, and verbs, after which "has 12 practices" may have been any twelve.
_SOME_AFTER = re.compile(
    r"\s*(?:in|at|of|that|who|which|whose|with|from|using|to|on|for|where|within|under|over|aged|by|out)\b",
    re.I,
)
_VERB_AFTER = re.compile(
    r"\s*(?:are|is|will|have|has|had|take|took|did|do|were|was|each|already|now|a|signed|live)\b", re.I
)
_SOME_BEFORE = re.compile(
    r"\b(?:other|more|first|last|next|another|further|these|those|remaining|some|only|about|extra|new|pilot)\b",
    re.I,
)
_FACTOR = 1.3  # two counts of the same large number are seldom further apart


def counted_differently(statements: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Pairs of places that count all of the same things and do not agree: the first and each that differs."""
    by_phrase: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        phrase = _phrase(statement)
        if phrase:
            by_phrase[phrase].append(statement)
    for group in by_phrase.values():
        first, seen = group[0], {group[0].quantity.low}
        for other in group[1:]:
            if other.quantity.low in seen or other.quote.block == first.quote.block:
                continue
            seen.add(other.quantity.low)
            if differ(first.quantity, other.quantity) and _near(first, other) and _of_one_time(first, other):
                yield first, other


def _phrase(statement: Statement) -> str:
    """What a statement counts all of, in stems, or "" where it may count only some."""
    quantity = statement.quantity
    if (
        quantity.unit is not Unit.COUNT
        or not quantity.noun
        or quantity.per
        or quantity.is_range
        or statement.in_table
    ):
        return ""
    if quantity.role is not Role.LEVEL or quantity.comparator is not Comparator.EXACTLY:
        return ""
    before = statement.text[max(0, quantity.start - 40) : quantity.start]
    after = statement.text[quantity.end :]
    at = after.lower().find(quantity.noun)
    phrase = after[:at].lower() + quantity.noun
    if at < 0 or _SOME_BEFORE.search(before[-16:]) or _SOME_BEFORE.search(phrase):
        return ""
    stems = " ".join(stem(word) for word in phrase.replace("-", " ").split())
    rest = after[at + len(quantity.noun) :]
    if stems in _wholes():
        sure = _OURS.search(before) or _EVERY.search(before) or not _VERB_AFTER.match(rest)
        known = quantity.low >= _LEAST and _ALL.search(before) and sure and not _SOME_AFTER.match(rest)
        return _wholes()[stems] if known else ""
    return stems if _OURS.search(before) and not _SOME_AFTER.match(rest) else ""


_LEAST = 10  # "has three practices" may be a village's


@cache
def _wholes() -> dict[str, str]:
    """Phrases in stems, with the name under which they are one: "member practices" are "practices"."""
    return {
        " ".join(stem(word) for word in phrase.split()): str(line[0])
        for line in words("figures", "whole")
        for phrase in line
    }


def _near(one: Statement, other: Statement) -> bool:
    low, high = sorted((one.quantity.low, other.quantity.low))
    return low > 0 and high <= max(_FACTOR * low, low + 2)


def _of_one_time(one: Statement, other: Statement) -> bool:
    return not one.years or not other.years or one.years == other.years
