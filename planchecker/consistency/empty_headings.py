"""Headings with nothing under them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from planchecker.consistency.places import quote
from planchecker.plan import Block, BlockKind, Plan
from planchecker.scrutiny import Severity, Slip

EMPTY_HEADING = "heading with nothing under it"

# Headings that only part a document, or name what reading leaves out.
_DIVIDER = re.compile(
    r"(?:appendices|annex(?:e?s)|attachments|contents|table of contents|end(?: of (?:document|plan|paper))?|"
    r"list of (?:figures|tables|appendices|annexes)|notes|endnotes|(?:part|section) (?:[A-Z]|\d+|one|two|three))\W*",
    re.I,
)
_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.)]? *[A-Za-z]")


def empty_headings(plan: Plan) -> Iterator[Slip]:
    """Headings followed at once by one of the same level or above, or by the end.

    A line that only looks like a heading is often a name or a title: it counts where it is numbered, and quietly.
    """
    for heading, after in zip_longest(plan.blocks, plan.blocks[1:]):
        if heading.kind is not BlockKind.HEADING or heading.number == plan.blocks[0].number:
            continue
        if heading.inferred and not _NUMBERED.match(heading.text):
            continue
        if not _is_empty(heading, after) or _DIVIDER.fullmatch(heading.text.strip()):
            continue
        message = (
            f"Nothing stands under '{heading.text[:80]}': write the section, or delete its heading (a picture or "
            "chart alone is not read)."
        )
        yield Slip(EMPTY_HEADING, Severity.MEDIUM, message, (quote(heading),), quiet=heading.inferred)


def _is_empty(heading: Block, after: Block | None) -> bool:
    if after is None:
        return True
    if after.kind is not BlockKind.HEADING:
        return False
    return (after.level or 1) <= (heading.level or 1)
