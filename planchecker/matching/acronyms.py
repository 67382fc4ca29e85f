"""Acronyms that a plan expands itself, carried to where it uses them bare."""

from __future__ import annotations

import re
from collections.abc import Mapping

from planchecker.matching.expansions import expansions
from planchecker.plan import Plan

_MOST = 2  # expansions a passage: more would drown what it says
_RARE = 4  # blocks that an acronym may stand in: one on every page ("CCG") tells no passage from another


def meanings(plan: Plan) -> dict[str, str]:
    """The acronyms that a plan expands, each with its first long form; only rare ones (docs/accuracy.md)."""
    found: dict[str, str] = {}
    for block in plan.blocks:
        for expansion in expansions(block):
            if expansion.exact:
                found.setdefault(expansion.acronym, expansion.meaning)
    return {acronym: meaning for acronym, meaning in found.items() if _uses(acronym, plan) <= _RARE}


def spelt_out(text: str, known: Mapping[str, str]) -> str:
    """The text with the meaning behind the first use of each acronym that it does not explain itself."""
    lowered, added = text.lower(), 0
    for acronym, meaning in known.items():
        if added == _MOST:
            break
        if acronym not in text or meaning.lower() in lowered:
            continue
        use = _pattern(acronym).search(text)
        if use is not None:
            text = f"{text[: use.end()]} ({meaning}){text[use.end() :]}"
            added += 1
    return text


def _uses(acronym: str, plan: Plan) -> int:
    pattern = _pattern(acronym)
    return sum(acronym in block.text and bool(pattern.search(block.text)) for block in plan.blocks)


def _pattern(acronym: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(acronym)}(?![\w-])")
