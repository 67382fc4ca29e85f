"""For which financial years of a plan a stated figure holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from planchecker.figures.grammar import Figures, figures_in, fold
from planchecker.figures.period import Period, PeriodKind, Relation, year_label
from planchecker.figures.quantity import Quantity, Role
from planchecker.figures.statement import Statement
from planchecker.plan import Plan

_USUAL = tuple(year_label(first) for first in range(2014, 2019))  # the plans of 2014
_TITLE_BLOCKS = 30
_AROUND = 600  # characters on each side
_BEFORE, _PARTED = 6, 30  # in characters; see _distance
_ALL = re.compile(
    r"\b(?:each|every|all|any|in all|throughout|over the (?:life|period) of|for the (?:life|length|period) of)"
    r"(?: (?:of|the|these|our|one|and|single))*(?: (?:five|5|next|plan|later|remaining))* ?(?:years?|period|plan)\b"
    r"|\b(?:annually|per annum|a year|throughout)\b",
    re.I,
)
_LATER = re.compile(
    r"\b(?:each|every|in|the)? ?(?:later|subsequent|following|other|remaining) years?\b"
    r"|\bthereafter\b|\bafterwards\b|\byears? (?:after|thereafter)\b"
    r"|\b(?:four|three|two) years (?:after|following)\b|\bthen\b(?= (?:at |to )?(?:£?\d|half|one|two|an? ))",
    re.I,
)
_NEXT = re.compile(r"\b(?:next|following) year\b|\bin the next\b|\bthe year after\b|\byear (?:two|2)\b", re.I)
_FIRST = re.compile(r"\bthis year\b|\b(?:the|in the) first(?: year)?\b|\byear (?:one|1)\b", re.I)
_ASIDE = re.compile(r"\b(?:than(?: it was)? in|compared (?:with|to)|against|relative to|than) $", re.I)
_FINANCIAL_YEAR = re.compile(r"(?<!\d)(?:20)?(\d\d) ?[/–-] ?(?:20)?(\d\d)(?!\d)")
_CLAUSE = re.compile(r";|(?<=\w)\. ")


@dataclass(frozen=True, slots=True)
class When:
    """The plan years that a figure holds for.

    Attributes:
        years: such as {"2014/15"}; those before the plan's first year, too.
        named: 2 where a year is named, 1 where all or later years are meant in words, 0 where nothing says when.
    """

    years: frozenset[str]
    named: int

    def holds_for(self, year: str) -> bool:
        """Whether it holds for a financial year; a figure without any time holds for all."""
        return not year or self.named == 0 or year in self.years


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    years: frozenset[str]
    named: int


def years_of_plan(plan: Plan) -> tuple[str, ...]:
    """The years that a plan is for, as its title or first pages say; else those of the plans of 2014."""
    return stated_years(plan) or _USUAL


def stated_years(plan: Plan) -> tuple[str, ...]:
    """The years that a plan's title or first pages name it for, or () where they name none."""
    front = [plan.title] + [block.text for block in plan.blocks[:_TITLE_BLOCKS]]
    for text in front:
        for period in figures_in(text).periods:
            if period.kind is PeriodKind.YEARS and 3 <= len(period.financial_years) <= 11:
                return period.financial_years
    return ()


def speaks_of_years(plan: Plan, first: str, last: str) -> bool:
    """Whether a plan names a financial year between two, such as "2014/15" or "14/15"."""
    named = (match for block in plan.blocks for match in _FINANCIAL_YEAR.finditer(block.readable))
    return any(
        int(match[2]) == int(match[1]) + 1 and first <= year_label(2000 + int(match[1])) <= last
        for match in named
    )


def when(statement: Statement, plan_years: Sequence[str]) -> When:
    """For which years a statement holds.

    In a table those of its cell, else of its column, else of its row; in prose those named nearest in the clause,
    on the side where the nearest stands, up to another figure of the same unit.
    """
    if statement.text == statement.label:  # a figure in a row's label: its periods are those of the columns
        years = frozenset(year for period in statement.periods for year in _years(period, plan_years))
        return When(years, 2 if years else 0)
    for place in (statement.text, statement.header, statement.label):
        if place is statement.text:
            found = _in_prose(statement, plan_years)
        else:
            mentions = list(_mentions(place, figures_in(place).periods, plan_years))
            found = _joined(mentions)
        if found.named:
            return found
    heading = statement.quote.heading[-1] if statement.quote.heading else ""
    in_heading = [
        period for period in figures_in(heading).periods if period.kind is PeriodKind.FINANCIAL_YEAR
    ]
    return _joined(list(_mentions(heading, tuple(in_heading), plan_years)))


@lru_cache(maxsize=2000)
def _figures(text: str) -> Figures:
    """The figures of a text: the rules of one measure ask for the same again and again."""
    return figures_in(text)


def _in_prose(statement: Statement, plan_years: Sequence[str]) -> When:
    quantity = statement.quantity
    text, start, end = nearby(statement)
    figures = _figures(text)
    left, right = clause(text, start, end)
    mentions = [
        one for one in _mentions(text, figures.periods, plan_years) if left <= one.start and one.end <= right
    ]
    others = [q for q in figures.quantities if q.start != start]
    rivals = [
        q
        for q in others
        if q.unit is quantity.unit and not (quantity.role is Role.TO and q.role is Role.FROM)
    ]
    mentions = [one for one in mentions if one.end <= start or one.start >= end]
    if not mentions:
        return When(frozenset(), 0)
    nearest = min(mentions, key=lambda one: _distance(text, one, start, end))
    before = nearest.end <= start
    side = [one for one in mentions if (one.end <= start) is before]
    gap = (nearest.start, start) if before else (end, nearest.end)
    if any(gap[0] <= rival.start < gap[1] for rival in rivals) or _taken(text, end, nearest, others):
        return When(frozenset(), 0)  # the time is another figure's
    reach = [
        one
        for one in side
        if one is nearest or not any(_between(other.start, one, nearest) for other in others)
    ]
    return _joined(reach)


def _taken(text: str, end: int, mention: _Mention, others: Sequence[Quantity]) -> bool:
    """Whether a figure of another unit, set apart by "and", stands between a figure and the time behind it."""
    between = [other for other in others if end <= other.start < mention.start]
    return any(re.search(r" (?:and|but) ", text[end : other.start]) for other in between)


def _between(place: int, one: _Mention, other: _Mention) -> bool:
    low, high = sorted((one.start, other.start))
    return low < place < high


def _distance(text: str, mention: _Mention, start: int, end: int) -> int:
    """How far a time is from a figure; one behind it is a little nearer than one before it."""
    before = mention.end <= start
    gap = text[mention.end : start] if before else text[end : mention.start]
    return len(gap) + _BEFORE * before + _PARTED * bool(re.search(r" and |, | but ", gap))


def nearby(statement: Statement) -> tuple[str, int, int]:
    """The folded words around a figure, with its place in them: bounded, as a cell can hold a whole book."""
    quantity = statement.quantity
    left = max(0, quantity.start - _AROUND)
    text = fold(statement.text[left : quantity.end + _AROUND])
    return text, quantity.start - left, quantity.end - left


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Ends of the clause around a span: between semicolons."""
    left = max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0)
    match = _CLAUSE.search(text, end)
    return left, match.start() if match else len(text)


def _joined(mentions: Sequence[_Mention]) -> When:
    years = frozenset(year for one in mentions for year in one.years)
    return When(years, max((one.named for one in mentions), default=0))


def _mentions(text: str, periods: Sequence[Period], plan_years: Sequence[str]) -> Iterator[_Mention]:
    """Every time that a text names, as plan years."""
    anchor = plan_years[0]
    for period in periods:
        years = _years(period, plan_years)
        if years and not _ASIDE.search(text, max(0, period.begin - 24), period.begin):
            if text.startswith(" prices", period.finish):
                continue
            anchor = min(years)
            yield _Mention(period.begin, period.finish, years, 2)
    taken = [(period.begin, period.finish) for period in periods if period.financial_years]
    after = frozenset(year for year in plan_years if year > anchor)
    meanings = (
        (_LATER, after),
        (_NEXT, frozenset(sorted(after)[:1])),
        (_FIRST, frozenset(plan_years[:1])),
        (_ALL, frozenset(plan_years)),
    )
    for pattern, years in meanings:
        for match in pattern.finditer(text):
            if not any(match.start() < last and first < match.end() for first, last in taken):
                taken.append(match.span())
                yield _Mention(*match.span(), years, 1)


def _years(period: Period, plan_years: Sequence[str]) -> frozenset[str]:
    if period.kind is PeriodKind.PLAN_YEAR and 0 < period.number <= len(plan_years):
        return frozenset({plan_years[period.number - 1]})
    named = period.financial_years
    if period.relation is Relation.FROM and named:
        return frozenset({named[-1], *(year for year in plan_years if year >= named[0])})
    return frozenset(named)
