"""Percentages of people without the number of people behind them.

A health and wellbeing board that was sent plans of this round asked for numbers of people in place of percentages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from planchecker.consistency.words import one_pattern
from planchecker.figures.quantity import Role, Unit
from planchecker.figures.statement import Statement
from planchecker.scrutiny import Severity, Slip

WITHOUT_PEOPLE = "percentage without people"

_NEAR = 60  # letters around a percentage in which its people are named


def percentages(statements: Sequence[Statement]) -> Iterator[Slip]:
    """Sentences that give a share of people, in blocks that nowhere say how many people: advice, so quiet."""
    by_block: dict[int, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_block[statement.quote.block].append(statement)
    for held in by_block.values():
        shares = [statement for statement in held if _is_share_of_people(statement)]
        if shares and not any(_counts_people(statement) for statement in held):
            message = (
                f"{shares[0].quantity.text}: say how many people that is, so that a reader can picture it."
            )
            yield Slip(WITHOUT_PEOPLE, Severity.LOW, message, (shares[0].quote,), quiet=True)


def _is_share_of_people(statement: Statement) -> bool:
    quantity = statement.quantity
    if (
        statement.in_table
        or quantity.unit is not Unit.PERCENT
        or quantity.role is Role.BY
        or quantity.low >= 100
    ):
        return False
    near = statement.text[max(0, quantity.start - _NEAR) : quantity.end + _NEAR]
    return bool(one_pattern("people", "of").search(near))


def _counts_people(statement: Statement) -> bool:
    """Whether a plain number of some size stands there, or a rate of so many in so many."""
    quantity = statement.quantity
    return quantity.unit is Unit.COUNT and (quantity.low >= 10 or bool(quantity.noun))
