"""The plan against itself: every kind of slip, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from planchecker.consistency.acronyms import acronyms
from planchecker.consistency.commitments import commitments
from planchecker.consistency.dates import dates
from planchecker.consistency.empty_headings import empty_headings
from planchecker.consistency.figures_differ import figures_differ
from planchecker.consistency.percentages import percentages
from planchecker.consistency.placeholders import placeholders
from planchecker.consistency.references import references
from planchecker.consistency.schemes import schemes
from planchecker.consistency.tables import tables
from planchecker.consistency.totals import totals
from planchecker.figures.statement import Statement
from planchecker.plan import Plan
from planchecker.scrutiny import Severity, Slip

_ORDER = tuple(Severity)
_MOST = 30  # slips of one kind that are told one by one
_MOST_QUOTES = 200


def slips(plan: Plan, statements: Sequence[Statement]) -> tuple[Slip, ...]:
    """Where a plan does not agree with itself or leaves something loose.

    Args:
        plan: the plan as read.
        statements: its figures, as `figures.statements` finds them.

    Returns:
        The slips, the gravest first, those of one severity by kind and in reading order.
    """
    found = sorted(
        _all(plan, statements), key=lambda slip: (slip.quiet, _ORDER.index(slip.severity), slip.kind)
    )
    return tuple(one for _, group in groupby(found, key=_sort) for one in _at_most(tuple(group)))


def _sort(slip: Slip) -> tuple[bool, str, str]:
    return slip.quiet, slip.severity.value, slip.kind


def _at_most(group: Sequence[Slip]) -> Iterator[Slip]:
    """The slips of one kind, those beyond a readable number as one that quotes them."""
    if len(group) <= _MOST + 1:
        yield from group
        return
    yield from group[:_MOST]
    rest = group[_MOST:]
    quotes = tuple(quote for slip in rest for quote in slip.quotes)[:_MOST_QUOTES]
    message = f"{len(rest)} more of this kind stand in the places quoted: deal with them in the same way."
    yield replace(rest[0], message=message, quotes=quotes)


def _all(plan: Plan, statements: Sequence[Statement]) -> Iterator[Slip]:
    in_tables = tables(plan, statements)
    yield from figures_differ(in_tables, statements)
    yield from totals(in_tables)
    yield from dates(plan)
    yield from commitments(plan)
    yield from placeholders(plan)
    yield from references(plan)
    yield from empty_headings(plan)
    yield from schemes(plan, in_tables)
    yield from acronyms(plan)
    yield from percentages(statements)
