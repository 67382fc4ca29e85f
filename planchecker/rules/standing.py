"""Whose figure a statement is, and of when: the plan's own, a past one, a national one, somebody else's."""

from __future__ import annotations

import re

from planchecker.figures.grammar import fold
from planchecker.figures.quantity import Role
from planchecker.figures.statement import Statement
from planchecker.rules.rule import Measure
from planchecker.rules.terms import terms_of
from planchecker.rules.years import clause, nearby

_PAST = re.compile(
    r"\b(?:was|were|had|stood at|reached|achieved|reported|missed|last year|previous years?|last winter|outturn|actual|"
    r"year to date|so far|to date|baseline|currently|at present|in the year to|histor\w+|a year ago|"
    r"(?:has|have|had) (?:already )?(?!been|to\b|agreed|set|planned)\w+(?:ed|en))\b|\bYTD\b|\bFOT\b",
    re.I,
)
_PAST_HEADER = re.compile(
    r"\b(?:outturn|actual|year to date|baseline|current|now|position|forecast|last year|previous|performance|"
    r"latest|starting|where we (?:are|stand))\b|\bYTD\b|\bFOT\b",
    re.I,
)
_PLANNED = re.compile(r"\b(?:plan|planned|target|aim|trajectory|ambition|will|to be|goal)\b", re.I)
_NATIONAL = re.compile(
    r"\bnational(?:ly)?\b|\bNHS England\b(?! area)|\bacross (?:England|the country)\b"
    r"|\bEngland'?s?\b(?= (?:average|mean|rate|figure))|\bthe (?:planning )?guidance\b|\bEveryone Counts\b"
    r"|\bgovernment\b|\bcommissioners (?:across|are|must|have)\b"
    r"|\b(?:all|every|other) (?:CCGs?|commissioners?)\b|\bCCGs (?:are|must|should|have)\b"
    r"|\b(?:are|is|was|were) (?:expected|asked|required) (?:to|of|by)\b",
    re.I,
)
_EVERYBODY = re.compile(r"\b(?:every|each|all) (?:area|plan|health econom)\w*|\bplans? should\b", re.I)
_ELSEWHERE = re.compile(
    r"\b(?:England|peers?|similar|comparators?|comparable|benchmark|median|mean|best|region\w*|cluster|group|rank)\b",
    re.I,
)
_OTHERS = re.compile(
    r"\b(?:trusts?|hospitals?|council|county|society|company|hospice|providers?|university|infirmary|practices?|"
    r"homes?|neighbour\w*|landlord)\b",
    re.I,
)
_SHARE_OF_IT = re.compile(r"\b(?:of (?:which|this|these|that)|including)\b[^,;.]{0,20}$", re.I)
_DENIED = re.compile(r"\b(?:not|never|neither|nor)\b", re.I)
_UNSURE = re.compile(
    r"\b(?:if|should|would|could|might|were to|unless|scenario|downside|worst case|for (?:example|instance))\b",
    re.I,
)
_PAST_TIME = re.compile(
    r"\b(?:last year|a year ago|last (?:autumn|winter|spring|summer)|previous year)\b", re.I
)
_BREAK = re.compile(r"; |, | and | but | \(")


def why_not_the_plans(statement: Statement, measure: Measure, *, national: bool = False) -> str:
    """Why a statement is not the plan's own word on a measure, as the end of a sentence, or "" where it is.

    Args:
        statement: the statement.
        measure: what it is held to be about.
        national: whether a national statement counts.
    """
    text, start, end = nearby(statement)
    quantity = statement.quantity
    left, right = clause(text, start, end)
    before, near = text[left:start], _near(text, start, end)
    header = fold(statement.header)
    in_brackets = before.rfind("(") > before.rfind(")")
    if quantity.role is Role.FROM or _PAST.search(f"{before} {near}" if in_brackets else near):
        return "is a past or present figure, not a plan"
    if _PAST_TIME.search(text[left:right]) and not _PLANNED.search(text[left:right]):
        return "is a past or present figure, not a plan"
    if _PAST_HEADER.search(header) and not _PLANNED.search(header):
        return "stands in a column of past or present figures"
    if _ELSEWHERE.search(header):
        return "stands in a column of somewhere else's figures"
    if not national and (_NATIONAL.search(before) or _NATIONAL.search(near)):
        return "is said of the country, not of this plan"
    if measure.own and _OTHERS.search(before):
        return "is said of another organisation"
    if _SHARE_OF_IT.search(before):
        return "is a part of it"
    if not national and _UNSURE.search(before):
        return "is said of what might or should happen"
    if _DENIED.search(terms_of(measure.marks).removed_from(before)):
        return "is said not to be so"
    return ""


def is_national(text: str) -> bool:
    """Whether a sentence speaks of the country or of what every plan should do."""
    return bool(_NATIONAL.search(fold(text)) or _EVERYBODY.search(text))


def is_elsewhere(statement: Statement) -> bool:
    """Whether a figure is the country's or a neighbour's: by its column, or by the words just before it."""
    text, start, _ = nearby(statement)
    before = re.split(r"[,;(]", text[max(0, start - 60) : start])[-1]
    return bool(_ELSEWHERE.search(fold(statement.header)) or _ELSEWHERE.search(before))


def _near(text: str, start: int, end: int) -> str:
    """The words around a span up to the next comma, "and" or bracket."""
    left = max((match.end() for match in _BREAK.finditer(text, 0, start)), default=0)
    match = _BREAK.search(text, end)
    return text[left : match.start() if match else len(text)]
