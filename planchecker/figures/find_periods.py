"""Times in a text: financial years in every spelling, dates, quarters, spans."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import cache

from planchecker.figures.numbers import NUMBER, value_of
from planchecker.figures.period import Period, PeriodKind, Relation, financial_year

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?![a-z])\.?)"
)
_YEAR = r"(?:19|20)\d\d"
_FY = rf"(?:(?:FY ?)?{_YEAR} ?[/-] ?(?:{_YEAR}|\d\d)|(?:FY ?)?\d\d/\d\d|FY ?(?:{_YEAR}|\d\d))(?![\d/])"
_START = r"(?<![\w./£,:-])"  # a number that is not the rest of another one
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?)"
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4, "one": 1, "two": 2,
        "three": 3, "four": 4, "five": 5}  # fmt: skip
_UNIT_DAYS = {"year": 365.0, "month": 365.0 / 12, "week": 7.0, "fortnight": 14.0, "day": 1.0,
              "hour": 1 / 24, "minute": 1 / 1440}  # fmt: skip
_DECIMAL = re.compile(r"^[.,]\d")

_RELATIONS = re.compile(
    r"\b(?:(?P<by>by|before|until|to|no later than|not later than|up to|at|ending)"
    r"|(?P<from>from|since|after|starting(?: in)?|beginning(?: in)?)"
    r"|(?P<within>within|over|inside|during|throughout|for|across)"
    r"|(?P<in>in|on|of|early in|late in))"
    r"(?: (?:the )?(?:end|start|beginning|middle|close) of)?(?: (?:the|a|an|each of the|all))?"
    r"(?: (?:next|coming|first|last|past|following|financial years?|years?))*\s*$",
    re.I,
)
_LABELLED = re.compile(r"\b(?:Act(?: of)?|Regulations|Order|Measure|page|room|No\.?|chapter)\s+$")
_ALONE_NEEDS = re.compile(
    r"\b(?:by|from|in|since|until|before|during|after|to|and|end of|of|for|mid|early|late|next|last|each|every)[ -]$",
    re.I,
)


def _period(
    match: re.Match[str],
    kind: PeriodKind,
    days: tuple[date, date] | None = None,
    *,
    length: float = 0.0,
    month: int = 0,
    day: int = 0,
    number: int = 0,
) -> Period:
    start, end = days or (None, None)
    return Period(
        kind=kind,
        start=start,
        end=end,
        days=length,
        month=month,
        day=day,
        number=number,
        relation=_relation(match),
        text=match.group(),
        begin=match.start(),
        finish=match.end(),
    )


def _relation(match: re.Match[str]) -> Relation:
    """The preposition before the time."""
    found = _RELATIONS.search(match.string, max(0, match.start() - 40), match.start())
    if found is None:
        return Relation.IN
    return next(Relation(name) for name, words in found.groupdict().items() if words)


def _year_pair(words: str) -> tuple[int, int] | None:
    """First and last calendar year of "2014/15", "14/15", "2014-2019", "FY15"; None for what is no year."""
    bare = words.upper().replace("FY", "").replace(" ", "")
    parts = re.split("[/-]", bare)
    first = int(parts[0]) if len(parts[0]) == 4 else 2000 + int(parts[0])
    if len(parts) == 1:
        return first - 1, first  # FY15 ends in March 2015
    last = int(parts[1]) if len(parts[1]) == 4 else first // 100 * 100 + int(parts[1])
    if last < first and len(parts[1]) == 2:
        last += 100
    return (first, last) if first < last <= first + 30 else None


def _of_years(match: re.Match[str]) -> Period | None:
    first, last = _year_pair(match["y1"]), _year_pair(match["y2"])
    if first is None or last is None or last[0] < first[0]:
        return None
    return _period(match, PeriodKind.YEARS, (date(first[0], 4, 1), date(last[1], 3, 31)))


def _of_financial_year(match: re.Match[str]) -> Period | None:
    pair = _year_pair(match["fy"])
    if pair is None or _DECIMAL.match(match.string[match.end() :]):
        return None
    if len(match["fy"]) == 5 and not 0 <= pair[0] - 2000 <= 40:
        return None
    kind = PeriodKind.FINANCIAL_YEAR if pair[1] == pair[0] + 1 else PeriodKind.YEARS
    if kind is PeriodKind.YEARS and len(match["fy"]) == 5:
        return None  # 26/02 or a fraction
    return _period(match, kind, (date(pair[0], 4, 1), date(pair[1], 3, 31)))


def _of_iso(match: re.Match[str]) -> Period | None:
    try:
        day = date.fromisoformat(match["iso"])
    except ValueError:
        return None
    return _period(match, PeriodKind.DAY, (day, day), month=day.month, day=day.day)


def _of_slashed(match: re.Match[str]) -> Period | None:
    year = int(match["dy"] or match["dy2"])
    return _of_day_in(
        match, int(match["d"]), int(match["m"] or match["m2"]), year + (2000 if year < 100 else 0)
    )


def _of_slash_alone(match: re.Match[str]) -> Period | None:
    """26/2 is a day and, after a preposition, 3/16 a month, where neither can be a fraction or "24/7"."""
    first, second = (int(part) for part in match["dm"].split("/"))
    if 1 <= first <= 12 and 13 <= second <= 30:
        if not _ALONE_NEEDS.search(match.string, max(0, match.start() - 10), match.start()):
            return None
        return _of_whole_month(match, first, 2000 + second)
    if not (12 < first <= 31 and 1 <= second <= 12) or match["dm"] == "24/7":
        return None
    return _period(match, PeriodKind.DAY, month=second, day=first)


def _of_day(match: re.Match[str]) -> Period | None:
    day, month = int(re.sub(r"\D", "", match["day"])), _month(match["month"])
    if not 1 <= day <= 31:
        return None
    if match["year"] is None:
        return _period(match, PeriodKind.DAY, month=month, day=day)
    return _of_day_in(match, day, month, _full_year(match["year"]))


def _of_american(match: re.Match[str]) -> Period | None:
    day = int(re.sub(r"\D", "", match["aday"]))
    return _of_day_in(match, day, _month(match["amonth"]), int(match["ayear"]))


def _of_day_in(match: re.Match[str], day: int, month: int, year: int) -> Period | None:
    try:
        when = date(year, month, day)
    except ValueError:
        return None
    return _period(match, PeriodKind.DAY, (when, when), month=month, day=day)


def _of_quarter(match: re.Match[str]) -> Period | None:
    number = _NTH.get(match["q"]) or int(match["q"])
    return _period(match, PeriodKind.QUARTER, _quarter_days(number, match["qy"]), number=number)


def _of_nth_quarter(match: re.Match[str]) -> Period | None:
    number = _NTH[match["nth"]]
    return _period(match, PeriodKind.QUARTER, _quarter_days(number, match["ny"]), number=number)


def _quarter_days(number: int, year: str | None) -> tuple[date, date] | None:
    """A quarter of a financial year counts from April, one of a calendar year from January."""
    if year is None:
        return None
    calendar = bool(re.fullmatch(_YEAR, year))
    pair = (int(year), int(year) + 1) if calendar else _year_pair(year)
    if pair is None:
        return None
    month = 3 * number - 2 if calendar else (3 * number) % 12 + 1
    first = pair[0] if calendar or number < 4 else pair[0] + 1
    return date(first, month, 1), date(first, month + 2, monthrange(first, month + 2)[1])


def _of_year_to(match: re.Match[str]) -> Period | None:
    return _period(match, PeriodKind.FINANCIAL_YEAR, financial_year(int(match["ending"]) - 1))


def _of_month_year(match: re.Match[str]) -> Period | None:
    return _of_whole_month(match, _month(match["month2"]), _full_year(match["year2"]))


def _of_whole_month(match: re.Match[str], month: int, year: int) -> Period:
    last = monthrange(year, month)[1]
    return _period(match, PeriodKind.MONTH, (date(year, month, 1), date(year, month, last)), month=month)


def _of_month(match: re.Match[str]) -> Period | None:
    """A month alone, only where a preposition makes it one: "May" and "March" are words, too."""
    if not _ALONE_NEEDS.search(match.string, max(0, match.start() - 10), match.start()):
        return None
    return _period(match, PeriodKind.MONTH, month=_month(match["month3"]))


def _of_season(match: re.Match[str]) -> Period | None:
    return _of_whole_year(match, int(match["season"]))


def _of_calendar(match: re.Match[str]) -> Period | None:
    return _of_whole_year(match, int(match["cal"]))


def _of_whole_year(match: re.Match[str], year: int) -> Period:
    return _period(match, PeriodKind.CALENDAR_YEAR, (date(year, 1, 1), date(year, 12, 31)))


def _of_plan_year(match: re.Match[str]) -> Period | None:
    return _period(match, PeriodKind.PLAN_YEAR, number=_NTH.get(match["py"]) or int(match["py"]))


def _of_span(match: re.Match[str]) -> Period | None:
    number = value_of(match["n2"] or match["n"])
    return _period(match, PeriodKind.SPAN, length=number * _UNIT_DAYS[match["unit"]])


def _month(name: str) -> int:
    return next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(name.rstrip(".")[:3]))


def _full_year(words: str) -> int:
    return 2000 + int(words[1:]) if words.startswith("'") else int(words)


_Reader = Callable[[re.Match[str]], Period | None]

# In order: where two begin at the same place, the earlier is tried first. Each begins with a look at one
# character, so that most places in the text cost nothing.
_SPELLED: tuple[tuple[str, _Reader], ...] = (
    (rf"(?=[F\d]){_START}(?P<y1>{_FY}) ?(?:-|to|until|through to|and on to) ?(?P<y2>{_FY})", _of_years),
    (r"(?=\d)(?<![\d/-])(?P<iso>\d{4}-\d\d-\d\d)(?![\d-])", _of_iso),
    (r"(?=\d)(?<![\d/.])(?P<d>\d{1,2})(?:/(?P<m>\d{1,2})/(?P<dy>(?:20)?\d\d)|\.(?P<m2>\d{1,2})\.(?P<dy2>20\d\d))(?![\d/])",
     _of_slashed),
    (rf"(?=[Qq])\b(?:Q ?|[Qq]uarter )(?P<q>[1-4]|one|two|three|four)\b"
     rf"(?:,? (?:of |in )?(?P<qy>{_FY}|{_YEAR}\b))?", _of_quarter),
    (rf"(?=[A-Za-z])\b(?P<nth>first|second|third|fourth|last|final) quarter of (?P<ny>{_FY}|{_YEAR}\b)",
     _of_nth_quarter),
    (rf"(?=[F\d]){_START}(?P<fy>{_FY})(?!-\d)", _of_financial_year),
    (rf"(?=\d){_START}(?P<dm>\d{{1,2}}/\d{{1,2}})(?![\d/%])", _of_slash_alone),
    (rf"(?=\d)(?<![\d/.,£:])(?P<day>{_DAY})(?: of)? (?P<month>{_MONTH})"
     rf"(?:,? (?P<year>{_YEAR}|'\d\d)\b)?(?!\w)", _of_day),
    (rf"(?=[A-Z])\b(?P<amonth>{_MONTH}) (?P<aday>{_DAY}),? (?P<ayear>{_YEAR})\b", _of_american),
    (rf"(?=[Yy])\b[Yy]ear (?:ending|ended|to)(?: in)? (?:31(?:st)? )?March (?P<ending>{_YEAR})\b", _of_year_to),
    (rf"(?=[A-Z])\b(?P<month2>{_MONTH}),? (?P<year2>{_YEAR}\b|'\d\d\b)", _of_month_year),
    (rf"(?=[a-zA-Z])\b(?:[Ee]arly|[Mm]id|[Ll]ate|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)[ -]"
     rf"(?P<season>{_YEAR})\b(?!/)", _of_season),
    (r"(?=[Yy])\b[Yy]ears? (?P<py>one|two|three|four|five|[1-5])\b(?! (?:years|of age|pupils))", _of_plan_year),
    (rf"(?=[\d½nzotfseaNZOTFSEA]){_START}(?P<n>(?i:{NUMBER}))(?:(?: to |-| or )(?P<n2>(?i:{NUMBER})))?[ -]?"
     r"(?:calendar |working |financial )?(?P<unit>year|month|week|fortnight|day|hour|minute)s?\b"
     r"(?!-old| old|s? of age)", _of_span),
    (rf"(?=[12]){_START}\b(?P<cal>{_YEAR})(?![\w%/-]|[.,:]\d| (?:people|patients|per|beds|staff))", _of_calendar),
    (rf"(?=[A-Z])\b(?P<month3>{_MONTH})(?!\w)", _of_month),
)  # fmt: skip


def find_periods(text: str) -> tuple[Period, ...]:
    """All times of a text whose dashes and spaces are folded (see grammar.fold), in order, no two overlapping."""
    found: list[Period] = []
    at = 0
    while (match := _any_period().search(text, at)) is not None:
        period = _at(text, match.start())
        if period is not None:
            found.append(period)
        at = period.finish if period is not None else match.start() + 1
    return tuple(found)


def _at(text: str, position: int) -> Period | None:
    """The time that begins at a position; a year that only names a law or a page is none."""
    if _LABELLED.search(text, max(0, position - 16), position):
        return None
    for pattern, reader in _readers():
        match = pattern.match(text, position)
        if match is not None and (period := reader(match)) is not None:
            return period
    return None


@cache
def _any_period() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern, _ in _SPELLED))


@cache
def _readers() -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    return tuple((re.compile(pattern), reader) for pattern, reader in _SPELLED)
