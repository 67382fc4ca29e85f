"""Acronyms that a plan expands itself, carried to where it uses them bare."""

from __future__ import annotations

import re
from collections.abc import Mapping

from planchecker.matching.expansions import expansions
from planchecker.plan import Plan

_MOST = 3  # expansions a passage: more would drown what it says
_COMMON = 0.05  # an acronym in more than this share of the blocks ("CCG") tells no passage from another
_FEW = 8  # ... unless it stands in fewer blocks than this


def meanings(plan: Plan) -> dict[str, str]:
    """The acronyms that a plan expands, each with its first long form; those on every page are left out."""
    found: dict[str, str] = {}
    for block in plan.blocks:
        for expansion in expansions(block):
            if expansion.exact:
                found.setdefault(expansion.acronym, expansion.meaning)
    limit = max(_FEW, _COMMON * len(plan.blocks))
    return {acronym: meaning for acronym, meaning in found.items() if _uses(acronym, plan) <= limit}


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
