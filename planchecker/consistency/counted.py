"""The same things counted differently in two places: "our 46 practices" and "all 47 practices"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from planchecker.consistency.rounding import differ
from planchecker.consistency.words import words
from planchecker.figures.quantity import Comparator, Role, Unit
from planchecker.figures.statement import Statement
from planchecker.matching.language import stem

_ALL = re.compile(
    r"\b(?:our|all|all of our|all (?:of )?the|all our|each of our|(?:across|of|in) (?:all|our)|the CCG(?:'s|’s)|"
    r"(?:CCG|group) (?:has|is made up of|comprises|covers)|we have|we are made up of|made up of|comprising) $",
    re.I,
)
_SOME = re.compile(r"\s*(?:in|at|of|that|who|which|whose|with|from|using|to|on|for|where|within|under|over|and over|aged|are|will|have)\b", re.I)
_FACTOR = 2.0  # two counts of the same things are seldom further apart


def counted_differently(statements: Sequence[Statement]) -> Iterator[tuple[Statement, Statement]]:
    """Pairs of places that count all of the same things and do not agree; the first and each that differs."""
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
            if differ(first.quantity, other.quantity) and _near(first, other):
                yield first, other


def _phrase(statement: Statement) -> str:
    """What a statement counts all of, in stems, or "" where it may count only some."""
    quantity = statement.quantity
    if quantity.unit is not Unit.COUNT or not quantity.noun or quantity.per or quantity.is_range:
        return ""
    if quantity.role is not Role.LEVEL or quantity.comparator is not Comparator.EXACTLY:
        return ""
    before = statement.text[max(0, quantity.start - 40) : quantity.start]
    after = statement.text[quantity.end :]
    at = after.lower().find(quantity.noun)
    if at < 0 or not _ALL.search(before) or _SOME.match(after[at + len(quantity.noun) :]):
        return ""
    phrase = quantity.about if quantity.about else quantity.noun
    if not before.lower().rstrip().endswith(("our", "we have")) and phrase not in words("figures", "whole"):
        return ""  # "all three reports": of those just named
    return " ".join(stem(word) for word in phrase.split())


def _near(one: Statement, other: Statement) -> bool:
    low, high = sorted((one.quantity.low, other.quantity.low))
    return low > 0 and high <= max(_FACTOR * low, low + 2)
