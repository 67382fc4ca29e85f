"""Placeholders that were left: "TBC", "£Xm", "[insert name]", a broken reference of the word processor."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from planchecker.consistency.places import quote, row_quote
from planchecker.consistency.words import pattern, words
from planchecker.plan import Block, Plan
from planchecker.scrutiny import Severity, Slip

PLACEHOLDER = "placeholder left"
DRAFTING_NOTE = "drafting note left"

_CAN_BE = re.compile(
    r"[\[?_]|xx|\bX|£ ?[x?]|tb[acd]|to be|follow|await|error!|lorem|click|text here|dd/mm", re.I
)
_BRACKETS = re.compile(r"\[[^\[\]]{1,400}\]")
_WORD = re.compile(r"[A-Za-z]{2}")
_PROMPT = re.compile(
    r"\[\W*(?:insert|add|enter|name|names|date|tbc|tba|xx?\b|to be|to follow|to come|list|measure|figures?|number|"
    r"text (?:on|to|here|for)|check|blank|still|placeholder|nothing|author to|"
    r"\w+ to (?:supply|insert|add|provide|confirm|update|check))"
    r"|\[[^\]]*\b(?:to be (?:inserted|supplied|added|confirmed|pasted)|"
    r"to (?:supply|insert|follow)|awaited|TB[CA])\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Find:
    start: int
    end: int
    kind: str
    severity: Severity
    advice: str


def placeholders(plan: Plan) -> Iterator[Slip]:
    """One slip for every block that holds placeholders, for the gravest of them; equal notes share one slip."""
    notes: dict[str, list[Slip]] = defaultdict(list)
    for block in plan.blocks:
        if not _CAN_BE.search(block.text) or _explains(block):
            continue
        find = next(_finds(block.text), None)
        if find is None:
            continue
        slip = _slip(block, find)
        if slip.kind == PLACEHOLDER:
            yield slip
        else:
            notes[slip.message].append(slip)
    for equal in notes.values():
        yield replace(equal[0], quotes=tuple(quote for slip in equal for quote in slip.quotes))


def _slip(block: Block, find: _Find) -> Slip:
    said = " ".join(block.text[find.start : find.end].split())
    said = said if len(said) <= 60 else said[:57].rstrip() + "..."
    where = row_quote(block) if block.cells else quote(block, find.start, find.end)
    return Slip(find.kind, find.severity, f"'{said}' {find.advice}", (where,))


def _finds(text: str) -> Iterator[_Find]:
    """What is left open in a text, the gravest first."""
    for match in pattern("placeholders", "broken").finditer(text):
        advice = "was left by the word processor: mend or delete it."
        yield _Find(*match.span(), PLACEHOLDER, Severity.HIGH, advice)
    for match in _BRACKETS.finditer(text):
        if _PROMPT.match(match.group()):
            advice = "is a prompt that nobody has filled in: write what it asks for, or delete it."
            yield _Find(*match.span(), PLACEHOLDER, Severity.HIGH, advice)
    for match in pattern("placeholders", "blanks", cased=True).finditer(text):
        if not _is_numeral(text, match.start()):
            advice = "stands where a figure, name or date is wanted: put it in."
            yield _Find(*match.span(), PLACEHOLDER, Severity.HIGH, advice)
    for match in _BRACKETS.finditer(text):
        if _WORD.search(match.group()) and not pattern("placeholders", "quoting").fullmatch(match.group()):
            advice = "stands in square brackets like a writer's note: act on it and delete it before the plan goes out."
            yield _Find(*match.span(), DRAFTING_NOTE, Severity.MEDIUM, advice)
    for match in pattern("placeholders", "promises").finditer(text):
        advice = "leaves something open: settle it, or say who will settle it and by when."
        yield _Find(*match.span(), PLACEHOLDER, Severity.MEDIUM, advice)


def _is_numeral(text: str, start: int) -> bool:
    """Whether a row of Xs is a Roman numeral, by the word before it."""
    before = text[max(0, start - 12) : start].split()
    return bool(before) and before[-1].lower() in words("placeholders", "numerals")


def _explains(block: Block) -> bool:
    """A glossary row that only says what "TBC" means."""
    cells = [cell.text.strip().lower() for cell in block.cells]
    return len(cells) == 2 and cells[0] in ("tbc", "tba", "tbd") and cells[1].startswith("to be ")
