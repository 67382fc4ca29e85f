"""A time as a plan states it: financial years, dates, quarters, spans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PeriodKind(StrEnum):
    """What kind of time is named."""

    FINANCIAL_YEAR = "financial year"  # 2014/15: April 2014 to March 2015
    YEARS = "years"  # several years on end: 2014/15 to 2018/19, 2014-2019
    CALENDAR_YEAR = "calendar year"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    PLAN_YEAR = "plan year"  # "year two"
    SPAN = "span"  # "over five years", "18 weeks"


class Relation(StrEnum):
    """How something stands to the time: the preposition before it, in one of a few meanings."""

    IN = "in"
    BY = "by"  # also before, until, to
    FROM = "from"  # also since, after
    WITHIN = "within"  # also over, during, for: how long something takes


@dataclass(frozen=True, slots=True)
class Period:
    """A time.

    Attributes:
        kind: what is named.
        start: first day, or None where the text does not fix it ("March" without a year, a span).
        end: last day, or None.
        days: length of a span in days (a month counts 30.4, a year 365), else 0.
        month: the month of a day or month, 1 to 12, else 0; known even where the year is not.
        day: the day of the month, else 0.
        number: which year of the plan ("year two" is 2) or which quarter, else 0.
        relation: how something stands to it.
        text: its words in the text, without the preposition.
        begin: where they begin in the text, in characters from 0.
        finish: where they end.
    """

    kind: PeriodKind
    start: date | None = None
    end: date | None = None
    days: float = 0.0
    month: int = 0
    day: int = 0
    number: int = 0
    relation: Relation = Relation.IN
    text: str = ""
    begin: int = 0
    finish: int = 0

    @property
    def financial_years(self) -> tuple[str, ...]:
        """The financial years it touches, written "2014/15"; none for spans and times without a year.

        A calendar year is read as the financial year that begins in it.
        """
        if self.start is None or self.end is None:
            return ()
        if self.kind is PeriodKind.CALENDAR_YEAR:
            return (year_label(self.start.year),)
        return tuple(year_label(first) for first in range(_first(self.start), _first(self.end) + 1))


def year_label(first: int) -> str:
    """The financial year that begins in April of a year: 2014 gives "2014/15"."""
    return f"{first}/{(first + 1) % 100:02d}"


def financial_year(first: int) -> tuple[date, date]:
    """First and last day of the financial year that begins in April of a year."""
    return date(first, 4, 1), date(first + 1, 3, 31)


def _first(day: date) -> int:
    """The calendar year in which the day's financial year begins."""
    return day.year if day.month >= 4 else day.year - 1
