"""Whose plan it is, for which unit of planning, and of what date: from the plan's first lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from planchecker.plan import Plan
from planchecker.triage.batch import Metadata

_FIRST_LINES = 25  # blocks; a title page, its version table, the first paragraph
_NAME = r"[A-Z][\w'’-]*(?: (?:and|of|on|the|in|upon|&|[A-Z][\w'’-]*))*?"
_ORGANISATION = re.compile(rf"\bNHS {_NAME} (?:CCG|Clinical Commissioning Group)\b")
_UNIT = re.compile(
    rf"\b[Uu]nit of [Pp]lanning ?[:=] ?(?P<after>[A-Z][^.;|()]{{2,60}})|(?P<before>{_NAME}) [Uu]nit of [Pp]lanning\b"
)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{'|'.join(_MONTHS)}) (?P<year>20\d\d)\b",
    re.IGNORECASE,
)
_OF_A_DRAFT = re.compile(r"\b(?:draft|version|v\d|master|submitted|submission|final)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Given:
    """What a `plans.csv` says about plans, by name."""

    rows: Mapping[str, Metadata]

    def about(self, name: str, found: Metadata) -> Metadata:
        """What is known about a plan: what was given stands before what was found in the document."""
        given = self.rows.get(name)
        if given is None:
            return found
        told = {field: getattr(given, field) for field in given.given}
        return replace(found, **told, given=given.given)


def metadata_of(plan: Plan) -> Metadata:
    """What a plan says of itself on its first lines; "" for what it does not say there."""
    lines = [block.text for block in islice(plan.blocks, _FIRST_LINES)]
    return Metadata(
        organisation=_organisation([plan.title, *lines, *plan.furniture]),
        unit_of_planning=_unit([plan.title, *lines, *plan.furniture]),
        draft_date=_draft_date(lines),
    )


def _organisation(lines: Iterable[str]) -> str:
    """The organisations of the first line that names any."""
    for line in lines:
        named = [_short(match.group()) for match in _ORGANISATION.finditer(line)]
        if named:
            return "; ".join(dict.fromkeys(named))
    return ""


def _short(name: str) -> str:
    return name.replace("Clinical Commissioning Group", "CCG")


def _unit(lines: Iterable[str]) -> str:
    found = (match for line in lines for match in _UNIT.finditer(line))
    return next(((match["after"] or match["before"]).strip() for match in found), "")


def _draft_date(lines: list[str]) -> str:
    """The date on the first line that speaks of a draft or version."""
    spoken = (line for line in lines if _OF_A_DRAFT.search(line))
    return next((date for line in spoken for date in _dates(line)), "")


def _dates(line: str) -> Iterator[str]:
    for match in _DATE.finditer(line):
        month = f"{match['year']}-{_MONTHS.index(match['month'].lower()) + 1:02}"
        yield f"{month}-{int(match['day']):02}" if match["day"] else month
