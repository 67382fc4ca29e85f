"""Concrete details in a passage: numbers with a unit, dates, money, owners, mechanisms, programmes.

A small grammar of the field's own forms. General parsers misread them: quantulum3 takes "2015/16"
for 125.9 and dateparser takes "may" for a date (both measured; design.md, section 6).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from planchecker.checklist import Specific

_WORD_NUMBER = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?(?: (?:hundred|thousand|million))?"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_YEAR = r"(?:19|20)\d\d"
_NOT_A_NAME = r"(?:The|Our|This|Each|Every|Any|A|No) \w+\b(?! [A-Z])"  # "Our Plan" names nothing
_PREPOSITION = r"(?:(?:by|from|in|since|until|before|during|after|to)(?: the end of)? |end of )"
_ROLE = (
    r"(?:(?:[Cc]hief|[Dd]eputy|[Aa]ssociate|[Aa]ssistant) )?"
    r"(?:[Dd]irectors?\b|[Hh]ead of\b|[Mm]edical [Dd]irector|[Cc]hief (?:[Nn]urse|[Oo]fficer|[Ee]xecutive|"
    r"[Ff]inance [Oo]fficer|[Oo]perating [Oo]fficer|[Pp]harmacist)|[Aa]ccountable [Oo]fficer)"
)

# Earlier patterns own the characters they match: "2015/16" is a date, never a number.
_PATTERNS: tuple[tuple[Specific, re.Pattern[str]], ...] = (
    (
        Specific.DATE,
        re.compile(
            rf"\b{_PREPOSITION}?(?:"
            rf"{_YEAR}\s?[/–-]\s?(?:20)?\d\d\b(?!\d)"  # 2014/15, 2014-2019
            r"|FY\s?\d\d(?:/\d\d)?\b"
            rf"|Q[1-4]\b(?:,? (?:of )?{_YEAR}(?:[/–-]\d\d)?)?"
            rf"|(?:\d{{1,2}}(?:st|nd|rd|th)? )?{_MONTH},? (?:{_YEAR}|'\d\d)\b"
            rf"|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\b"
            r"|\d{1,2}/\d{1,2}/(?:20)?\d\d\b"
            rf"|(?:early|mid|late|spring|summer|autumn|winter)[ -]{_YEAR}"
            rf"|(?<!Act ){_YEAR}\b)"
            rf"|\b{_PREPOSITION}{_MONTH}\b"
            rf"|\b(?:within|over|inside) (?:the next )?(?:\d+|{_WORD_NUMBER}) (?:years?|months?|weeks?|days?)\b"
            r"|\byear (?:one|two|three|four|five|[1-5])\b"
        ),
    ),
    (
        Specific.MONEY,
        re.compile(
            r"£\s?\d[\d,.]*\s?(?:k|m|bn|million|billion|thousand|per head|a head)?\b"
            rf"|\b(?:\d[\d,.]*|{_WORD_NUMBER}) (?:pounds|pence)\b",
            re.I,
        ),
    ),
    (
        Specific.PERCENT,
        re.compile(
            rf"\d[\d.]*(?:\s?[–-]\s?\d[\d.]*)?\s?(?:%|per ?cent\b|percentage points?)|\b{_WORD_NUMBER} per ?cent\b"
            r"|\b(?:a|one|two|three|four)[- ](?:half|third|quarter|fifth|tenth)s?\b|\bhalf of one per cent\b"
            rf"|\b(?:\d+|{_WORD_NUMBER}|nine|four|one) (?:in|out of) (?:\d+|{_WORD_NUMBER}|every \w+)\b",
            re.I,
        ),
    ),
    (
        Specific.OWNER,
        re.compile(
            rf"\b(?:Dr|Mr|Mrs|Ms|Prof(?:essor)?|Sir|Dame)\.? [A-Z][\w'-]*(?: [A-Z][\w'-]+)?"
            rf"|\b{_ROLE}(?: (?:of|for) [A-Za-z]+)?"
            r"|\b(?:[Ll]ed|[Cc]haired|[Oo]wned|[Oo]verseen|[Rr]un) by\b|\b[Ll]ead(?:s|ing)? (?:GP|nurse|officer|"
            r"clinician|commissioner|manager)\b|\b(?:GP|clinical|executive|programme|project|[A-Z]\w+) lead\b"
            r"|\b(?:SRO|[Ss]enior [Rr]esponsible [Oo]fficer)\b|\b(?:[Oo]wner|[Ll]ead): ?(?=\w)"
            r"|\b(?:designated|named|liaison) (?:nurse|doctor|GP|professional|director|clinician)s?\b"
        ),
    ),
    (
        Specific.MECHANISM,
        re.compile(
            r"\b(?:contract(?:s|ual|ually|ed)?|CQUINs?|SDIP|service specifications?|quality schedule|section 75|s75|"
            r"pooled (?:budget|fund)|memorandum|action plan|audit(?:s|ed)?|dashboard|tender(?:ed)?|procure(?:d|ment)|"
            r"local(?:ly)? (?:enhanced|commissioned|incentive)|incentive scheme|business case|training programme|"
            r"steering group|task and finish|programme board|pilot(?:s|ed)?|protocol|pathway|register|"
            r"penalt(?:y|ies)|levers?|agreement|standing item|reported (?:to|quarterly|monthly)|"
            r"monthly|quarterly|weekly|each (?:month|quarter|week)|every (?:month|quarter|week))\b",
            re.I,
        ),
    ),
    (
        Specific.PROGRAMME,
        re.compile(
            r"[‘“\"'][A-Z][^‘’“”\"']{3,40}[’”\"']"
            rf"|\b(?!{_NOT_A_NAME})(?:[A-Z][a-z]+ ){{1,4}}(?:Programme|Project|Scheme|Plan|Strategy|Network|"
            r"Collaborative|Board|Fund|Hub|Team|Service|Federation|Partnership|Alliance|Group)\b"
        ),
    ),
    (
        Specific.NUMBER,
        re.compile(rf"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w%])|\b(?:all|{_WORD_NUMBER}) \w+", re.I),
    ),
)
_WORDY_NUMBER = re.compile(rf"^(?:{_WORD_NUMBER}) ", re.I)
_LABEL = re.compile(r"\b(?:NHS|Act|section|appendix|annex|figure|table|chapter|page|version|draft)\s+$", re.I)


@dataclass(frozen=True, slots=True)
class Detail:
    """One concrete detail: its kind, its words, and where they stand in the passage."""

    kind: Specific
    text: str
    start: int
    end: int


def details(text: str) -> tuple[Detail, ...]:
    """All concrete details of a passage, in order; no two overlap."""
    taken = [False] * len(text)
    found: list[Detail] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]) or not _counts(kind, match):
                continue
            taken[match.start() : match.end()] = [True] * len(match.group())
            found.append(Detail(kind, match.group(), match.start(), match.end()))
    return tuple(sorted(found, key=lambda detail: detail.start))


def kinds_of_detail(text: str) -> frozenset[Specific]:
    """Which kinds of detail a passage holds."""
    return frozenset(detail.kind for detail in details(text))


def _counts(kind: Specific, match: re.Match[str]) -> bool:
    """Leave out numbers that only label something ("section 5") and bare "one thing"."""
    if kind is not Specific.NUMBER:
        return True
    before = match.string[: match.start()]
    if _LABEL.search(before[-12:]):
        return False
    word = match.group().lower()
    if word.startswith(("all ", "one ")):
        return False
    return word[0].isdigit() or bool(_WORDY_NUMBER.match(word))
