"""The same quantity stated differently in two places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planchecker.consistency.counted import counted_differently
from planchecker.consistency.stated import Pair, sentences_differ, tables_differ, text_and_tables_differ
from planchecker.consistency.tables import Table
from planchecker.figures.statement import Statement
from planchecker.scrutiny import Severity, Slip

FIGURES_DIFFER = "figures differ"


def figures_differ(tables: Sequence[Table], statements: Sequence[Statement]) -> Iterator[Slip]:
    """Pairs of places that cannot both be right; both are quoted.

    Args:
        tables: the plan's tables.
        statements: its figures, those of the tables among them.
    """
    yield from map(_slip, counted_differently(statements))
    yield from map(_slip, sentences_differ(statements))
    yield from map(_slip, text_and_tables_differ(tables, statements))
    yield from map(_slip, tables_differ(tables, statements))


def _slip(pair: Pair) -> Slip:
    one, other = pair
    what = one.label or one.quantity.about or one.subject
    year = f" in {one.years[0]}" if len(one.years) == 1 else ""
    message = (
        f"For '{what}'{year} the plan says {one.quantity.text} in one place and {other.quantity.text} in another: "
        "find which is right, or say how they differ."
    )
    return Slip(FIGURES_DIFFER, Severity.HIGH, message, (one.quote, other.quote))
