"""Whose plan it is, for which unit of planning, and of what date: from the plan's first lines and properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from planchecker.plan import BlockKind, Plan
from planchecker.triage.batch import Metadata

_FIRST_LINES = 25  # blocks: a title page, its version table, the first paragraph
_TITLE_PAGE = 6  # blocks: any date there is the draft's, whatever stands around it
_NAME = r"[A-Z][\w'’-]*(?: (?:and|of|on|the|in|upon|&|[A-Z][\w'’-]*)){0,8}?"
_ORGANISATION = re.compile(rf"\bNHS {_NAME} (?:CCG|Clinical Commissioning Group)\b")
_UNIT = re.compile(
    rf"\b[Uu]nit of [Pp]lanning ?[:=|] ?(?P<after>[A-Z][^.;|()]{{2,60}})"
    rf"|\b(?P<before>{_NAME}) [Uu]nit of [Pp]lanning\b"
)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{'|'.join(_MONTHS)}),? (?P<year>20\d\d)\b"
    r"|\b(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>20\d\d)\b"
    r"|\b(?P<iso>20\d\d-\d\d-\d\d)\b",
    re.IGNORECASE,
)
_OF_A_DRAFT = re.compile(
    r"\b(?:draft|version|v ?\d|issued?|copy|submi(?:tted|ssion)|final)\b|\bv\d", re.IGNORECASE
)


def metadata_of(plan: Plan) -> Metadata:
    """What a plan says of itself on its first lines and in its properties; "" for what it does not say."""
    blocks = list(islice(plan.blocks, _FIRST_LINES))
    lines = [plan.title, *(block.text for block in blocks), *plan.furniture]
    front = [block.text for block in blocks[:_TITLE_PAGE] if block.kind is not BlockKind.LIST_ITEM]
    return Metadata(
        organisation=_organisation([*lines, plan.author]),
        unit_of_planning=_unit(lines),
        draft_date=_draft_date(lines, front),
        saved=plan.saved,
    )


def dates_in(line: str) -> Iterator[str]:
    """The dates that a line gives, day before month, as YYYY-MM-DD or, without a day, YYYY-MM."""
    for match in _DATE.finditer(line):
        year, month, day = match["year"] or match["y"], match["m"], match["day"] or match["d"]
        if match["iso"]:
            year, month, day = match["iso"].split("-")
        elif match["month"]:
            month = str(_MONTHS.index(match["month"].lower()) + 1)
        try:
            found = date(int(year), int(month), int(day or 1))
        except ValueError:  # 31 June, or a version number that looks like a date
            continue
        yield found.isoformat() if day else found.isoformat()[:7]


def _organisation(lines: Iterable[str]) -> str:
    """The organisations of the first line that names any."""
    for line in lines:
        named = [
            match.group().replace("Clinical Commissioning Group", "CCG")
            for match in _ORGANISATION.finditer(line)
        ]
        if named:
            return "; ".join(dict.fromkeys(named))
    return ""


def _unit(lines: Iterable[str]) -> str:
    found = (match for line in lines for match in _UNIT.finditer(line))
    return next(((match["after"] or match["before"]).strip() for match in found), "")


def _draft_date(lines: Iterable[str], front: Iterable[str]) -> str:
    """The date on the first line that speaks of a draft or version, else the first on the title page."""
    spoken = (line for line in lines if _OF_A_DRAFT.search(line))
    return next((day for line in (*spoken, *front) for day in dates_in(line)), "")
