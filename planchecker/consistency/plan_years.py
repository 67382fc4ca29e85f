"""The years a plan is for and the day it was written, from its title and front matter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from planchecker.figures.find_periods import find_periods
from planchecker.figures.grammar import fold
from planchecker.figures.period import Period, PeriodKind
from planchecker.plan import Plan

_FRONT_BLOCKS = 15
_MOST_LETTERS = 300  # of a line of front matter; a longer block is text
_LONGEST = 31  # years that one plan may be for


@dataclass(frozen=True, slots=True)
class PlanYears:
    """What is known of a plan's time; None where its front does not say.

    Attributes:
        start: first day of the first year.
        end: last day of the last year.
        written: the first full date in the front matter that could be the draft's: later ones may be deadlines.
    """

    start: date | None
    end: date | None
    written: date | None

    @property
    def past(self) -> date | None:
        """Everything that ends before this day is past for the plan: plans are drafted in the year before."""
        if self.written is not None:
            return self.written
        return date(self.start.year - 1, self.start.month, self.start.day) if self.start else None


def plan_years(plan: Plan) -> PlanYears:
    """The years of a plan: the first span of years in its title, running headers or first lines."""
    periods = [period for line in _front(plan) for period in _periods(line)]
    span = next((p for p in periods if p.kind is PeriodKind.YEARS and p.start and p.end), None)
    start, end = (span.start, span.end) if span else (None, None)
    days = [p.start for p in periods if p.kind is PeriodKind.DAY and p.start is not None]
    written = next((day for day in days if _could_be_written(day, start, end)), None)
    return PlanYears(start, end, written)


def _could_be_written(day: date, start: date | None, end: date | None) -> bool:
    """Plans are written in the year or two before they begin, or brought up to date while they run."""
    return start is None or end is None or start.year - 2 <= day.year <= end.year


def _front(plan: Plan) -> Iterator[str]:
    yield plan.title
    yield from plan.furniture
    yield from (block.text for block in plan.blocks[:_FRONT_BLOCKS])


def _periods(line: str) -> Iterator[Period]:
    """The times of a line of front matter, "2014 to 2019" as one."""
    if len(line) > _MOST_LETTERS:
        return
    folded = fold(line)
    found = find_periods(folded)
    for first, second in pairwise(found):
        both = first.kind is second.kind is PeriodKind.CALENDAR_YEAR
        joined = both and folded[first.finish : second.begin].strip() in ("to", "-")
        if joined and first.start and second.end and 0 < second.end.year - first.start.year < _LONGEST:
            days = date(first.start.year, 4, 1), date(second.end.year, 3, 31)
            yield Period(PeriodKind.YEARS, *days, text=line[first.begin : second.finish])
    yield from found
