"""Dates that cannot be, and ranges that run backwards."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from planchecker.consistency.places import quote
from planchecker.figures.find_periods import find_periods
from planchecker.figures.grammar import fold
from planchecker.figures.numbers import value_of
from planchecker.plan import Plan
from planchecker.scrutiny import Severity, Slip

IMPOSSIBLE = "date that cannot be"
BACKWARDS = "range runs backwards"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_LEAP = 2016  # 29 February may stand without a year
_CAN_BE = re.compile(
    r"\d ?(?:%|k|m|bn|million|per cent)? ?(?:-|/|to|and|until|st|nd|rd|th)|\d (?:of )?[JFMASOND][a-z]"
)

# One look at each date; a day number over 31 is read up to 39 only, as "60 May" is no date but a count.
_DATE = re.compile(
    rf"(?:\b(?P<weekday>{'|'.join(_DAYS)}),? (?:the )?)?(?<![\d/.,£:-])\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)? "
    rf"(?:of )?(?i:{_MONTH})(?:,? (?P<year>20\d\d)\b)?",
    re.I,
)
_SLASHED = re.compile(r"(?<![\d/.])(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:20)?\d\d)(?![\d/])")
_YEAR_PAIR = re.compile(r"(?<![\d/-])20(?P<first>\d\d)/(?:20)?(?P<second>\d\d)(?![\d/-])")
_TIME = rf"(?:{_MONTH.replace('?P<month>', '?:')} )?20\d\d(?:/\d\d)?(?![\d/]|,\d|\.\d)"
_TIMES = re.compile(
    rf"(?:\b(?P<how>between|from) )?\b(?P<first>{_TIME})(?P<join> ?- ?| to | until | and )(?P<second>{_TIME})(?!-)"
)
_AMOUNTS = re.compile(
    r"\b(?:between (?P<a>£?\d[\d,.]*) ?(?P<unit1>%|per cent|k|m|bn|million)? and "
    r"(?P<b>£?\d[\d,.]*) ?(?P<unit2>%|per cent|k|m|bn|million)?)(?![\w/:])"
)
_MOVES = re.compile(
    r"(?:rose|rise|risen|fell|fall|fallen|reduc|increas|grew|cut|down|up|gone|went|moved)\w*(?: \w+)? $", re.I
)


def dates(plan: Plan) -> Iterator[Slip]:
    """Days and years that do not exist, weekdays that do not fit their date, ranges that run backwards."""
    for block in plan.blocks:
        if not _CAN_BE.search(block.text):
            continue
        text = fold(block.text)
        for kind, match, problem in (*_impossible(text), *_backwards(text)):
            said = " ".join(match.group().split())
            message = f"'{said}' {problem}: put it right."
            yield Slip(kind, Severity.HIGH, message, (quote(block, *match.span()),))


def _impossible(text: str) -> Iterator[tuple[str, re.Match[str], str]]:
    for match in _DATE.finditer(text):
        problem = _day_problem(match)
        if problem:
            yield IMPOSSIBLE, match, problem
    for match in _SLASHED.finditer(text):
        day, month = int(match["day"]), int(match["month"])
        if month > 12 or not 1 <= day <= monthrange(_full(match["year"]), max(month, 1))[1] or not month:
            yield IMPOSSIBLE, match, "is not a date as day/month/year"
    for match in _YEAR_PAIR.finditer(text):
        first, second = int(match["first"]), int(match["second"])
        if 12 < second <= first:  # up to 12 it may be a month
            yield IMPOSSIBLE, match, "is not a financial year"


def _day_problem(match: re.Match[str]) -> str:
    day, month = int(match["day"]), 1 + _MONTHS.index(match["month"][:3].lower())
    if match["month"][0].islower():
        return ""  # "30 may need": a verb
    year = int(match["year"]) if match["year"] else _LEAP
    length = monthrange(year, month)[1]
    if not 1 <= day <= length:
        return f"does not exist ({match['month']} has {length} days{_in_year(match)})" if day else ""
    if match["weekday"] and match["year"]:
        weekday = _DAYS[date(year, month, day).weekday()]
        if weekday != match["weekday"].lower():
            return f"does not fit: that day is a {weekday.capitalize()}"
    return ""


def _in_year(match: re.Match[str]) -> str:
    return f" in {match['year']}" if match["year"] else ""


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _backwards(text: str) -> Iterator[tuple[str, re.Match[str], str]]:
    for match in _TIMES.finditer(text):
        if "and" in match["join"] and match["how"] != "between":
            continue
        first, second = find_periods(match["first"]), find_periods(match["second"])
        if len(first) != 1 or len(second) != 1 or first[0].kind is not second[0].kind:
            continue
        moved = match["how"] != "between" and _MOVES.search(text, max(0, match.start() - 30), match.start())
        if first[0].start and second[0].start and first[0].start > second[0].start and not moved:
            yield BACKWARDS, match, "ends before it begins"
    for match in _AMOUNTS.finditer(text):
        units = {match["unit1"] or match["unit2"], match["unit2"] or match["unit1"]}
        one_unit = len(units) == 1 and (None not in units or "£" in match["a"] + match["b"])
        if one_unit and _value(match["a"]) > _value(match["b"]):
            yield BACKWARDS, match, "begins with its higher end"


def _value(words: str) -> float:
    return value_of(words.lstrip("£").rstrip(".,"))
