"""Commitments whose date is past already, or lies after the plan's years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from planchecker.consistency.places import quote
from planchecker.consistency.plan_years import PlanYears, plan_years
from planchecker.figures.find_periods import find_periods
from planchecker.figures.grammar import fold
from planchecker.figures.period import Period
from planchecker.plan import Block, BlockKind, Plan
from planchecker.scrutiny import Severity, Slip

PAST = "past date spoken of as future"
OUTSIDE = "date outside the plan's years"

_YEAR = re.compile(r"(?<![\d,.£/-])(?:19|20)\d\d(?!\d|,\d|\.\d)")
_REACH = 160  # letters before a date in which its verb is looked for
_END = re.compile(r"[.!?;:()\[\]|]")
_FUTURE = re.compile(
    r"\b(?:will|shall|(?:is|are) to|(?:aim|plan|intend|expect|propose)s? to)\b(?P<between>[^.;:!?()|]{0,120}?)"
    r"\b(?P<how>by|before|in|on|from|during|no later than)(?: the)?(?: (?:end|start|beginning|middle|close) of)?"
    r"(?: the)? ?(?:(?:early|mid|late|spring|summer|autumn|winter)[ -])?$",
    re.I,
)
# Words that turn what stands before the date into something that has happened, or compare with it.
_PAST_WORDS = re.compile(
    r"\b(?:was|were|had|did|that|which|who|whose|since|than|as|like|compared|following|after|from the|baseline|"
    r"still|already|again|building|build)\b",
    re.I,
)
_PARTICIPLE = re.compile(r"\b(?:\w+ed|set|made|held|written|begun|built)(?: \w+)? $", re.I)
_PASSIVE = re.compile(r"\b(?:be|been|being|have|get)\b", re.I)


def commitments(plan: Plan) -> Iterator[Slip]:
    """Sentences that say what will be done by a date before the plan was written, or after its last year."""
    years = plan_years(plan)
    if years.past is None:
        return
    for block in plan.blocks:
        if block.kind is not BlockKind.HEADING and _YEAR.search(block.text):
            yield from _of_block(block, years, years.past)


def _of_block(block: Block, years: PlanYears, past: date) -> Iterator[Slip]:
    text = fold(block.text)
    for match in _YEAR.finditer(text):
        year = int(match.group())
        if not (year <= past.year or (years.end and year >= years.end.year)):
            continue
        found = _promised(text, match)
        if found is None or found[0].start is None or found[0].end is None:
            continue
        period, start, end = found
        where = (quote(block, start, end),)
        if found[0].end < past:
            message = f"'{period.text}' was past when the plan was written: correct the date, or say that it was done."
            yield Slip(PAST, Severity.HIGH, message, where)
        elif years.end and found[0].start > years.end:
            message = f"'{period.text}' lies after the plan's last year: check it, or say what is done within the plan."
            yield Slip(OUTSIDE, Severity.LOW, message, where, quiet=True)


def _promised(text: str, year: re.Match[str]) -> tuple[Period, int, int] | None:
    """The time that a year belongs to, where a verb before it promises something for then."""
    floor = max(0, year.start() - _REACH)
    for boundary in _END.finditer(text, floor, year.start()):
        floor = boundary.end()
    window = text[floor : year.end() + 4]
    periods = [p for p in find_periods(window) if p.begin <= year.start() - floor < p.finish]
    if not periods:
        return None
    before = window[: periods[0].begin]
    verb = _FUTURE.search(before)
    if verb is None or _PAST_WORDS.search(verb["between"]) or _is_quoted(text[: floor + verb.start()]):
        return None
    if _PARTICIPLE.search(verb["between"]) and not _PASSIVE.search(verb["between"]):
        return None
    return periods[0], floor + verb.start(), floor + periods[0].finish


def _is_quoted(before: str) -> bool:
    """Whether a quotation is open: an older paper may well speak of what is past now."""
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")
