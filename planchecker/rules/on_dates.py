"""How a plan stands to a rule that names the day something is due."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from planchecker.figures.grammar import figures_in
from planchecker.figures.period import Period, PeriodKind
from planchecker.rules.on_figures import Found
from planchecker.rules.rule import DateAsked, Rule
from planchecker.rules.sightings import Sighting
from planchecker.scrutiny import Ruling

_SLASHED = re.compile(
    r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/])"
)  # 4/4: a day where a day is due
_NEAR = 200  # days: a date farther off is of another round


def rule_on_date(rule: Rule, asked: DateAsked, sightings: Sequence[Sighting]) -> Found:
    """Whether the day that the plan names is the one asked, or before it."""
    spoken = [sighting for sighting in sightings if not sighting.by_heading]
    days = [
        (day, words, sighting.quote)
        for sighting in spoken
        for day, words in _days(sighting.quote.text, asked.day)
        if sighting.sure or day == asked.day
    ]
    due = f"{asked.day.day} {asked.day:%B %Y}"
    if not days and spoken:
        why = f"The plan speaks of the {rule.measure.name} but names no day for it."
        return Found(Ruling.CANNOT_TELL, why, (spoken[0].quote,))
    if not days:
        return Found(Ruling.NOT_FOUND, f"No passage of the plan speaks of the {rule.measure.name}.")
    on_time = [one for one in days if one[0] <= asked.day]
    if on_time:
        exact = [one for one in on_time if one[0] == asked.day] or on_time
        why = f"The plan names {exact[0][1]}; {due} is the day it was due."
        return Found(Ruling.AGREES, why, (exact[0][2],))
    why = f"The plan names {days[0][1]}, which is after {due}, the day it was due."
    return Found(Ruling.DIFFERS, why, (days[0][2],))


def _days(text: str, asked: date) -> Iterator[tuple[date, str]]:
    """The days of a text near the one asked; a day without a year is taken in the same year."""
    found = [
        (day, period.text)
        for period in figures_in(text).periods
        if period.kind is PeriodKind.DAY and (day := _day(period, asked))
    ]
    if not found:
        found = [
            (day, match.group())
            for match in _SLASHED.finditer(text)
            if (day := _in_year(asked.year, int(match["month"]), int(match["day"])))
        ]
    yield from ((day, words) for day, words in found if abs((day - asked).days) <= _NEAR)


def _day(period: Period, asked: date) -> date | None:
    if period.start is not None:
        return period.start
    return _in_year(asked.year, period.month, period.day)


def _in_year(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
