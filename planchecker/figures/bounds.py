"""What stands around a quantity and bounds it: "at least", "up to", "from ... to", "a rise of"."""

from __future__ import annotations

import re

from planchecker.figures.quantity import Comparator, Role

_LEFT: tuple[tuple[Comparator, str], ...] = (
    (Comparator.AT_LEAST, r"at least|no (?:fewer|less|lower) than|not (?:less|fewer) than|(?:a )?minimum(?: of)?"
                          r"|>=|≥"),
    (Comparator.UP_TO, r"up to|at most|no (?:more|higher) than|not more than|not exceed(?:ing)?"
                       r"|(?:a )?maximum(?: of)?|capped at|limited to|<=|≤"),
    (Comparator.MORE_THAN, r"(?:more|greater|higher) than|(?:just )?over|above|exceed(?:s|ing|ed)?|in excess of|>"),
    (Comparator.LESS_THAN, r"(?:less|fewer|lower) than|(?:just )?under|below|<"),
    (Comparator.ABOUT, r"about|around|approximately|approx\.?|some|roughly|nearly|almost|circa|c\.?|~"
                       r"|an estimated|close to"),
)  # fmt: skip
_KINDS = {kind.name.lower(): kind for kind, _ in _LEFT}
_BEFORE = re.compile(
    rf"(?:(?<=\W)|^)(?:{'|'.join(f'(?P<{kind.name.lower()}>{words})' for kind, words in _LEFT)}) ?$", re.I
)
_AFTER = (
    (Comparator.AT_LEAST, re.compile(
        r"\+(?!\w)| (?:[a-z]+ )?or (?:more|above|over|higher)\b| and (?:over|above)\b", re.I)),
    (Comparator.UP_TO, re.compile(r" (?:[a-z]+ )?or (?:less|fewer|below|lower|under)\b| at (?:the )?most\b", re.I)),
)  # fmt: skip

_MOVED = (
    r"(?:increas|decreas|reduc|improv|rais|rise|rose|risen|rising|fall|fell|cut|grow|grew|lower|drop|declin|"
    r"shrink|shrank|sav|go|went|mov|down|up)\w*"
)
_ROLE = (
    (Role.FROM, re.compile(r"\bfrom (?:the current |a baseline of |the present )?$", re.I)),
    (Role.TO, re.compile(r"\b(?:to|reach(?:es|ing)?|at) (?:a target of )?$", re.I)),
    (Role.BY, re.compile(
        r"\bby (?:a further |another )?$|\b(?:reduction|increase|fall|rise|saving|cut|growth|improvement|"
        r"decrease|uplift|drop)s? of (?:a further |another )?$"
        r"|\b(?:down|up|fallen|risen|fell|rose|increased|decreased) $", re.I)),
)  # fmt: skip
_CHANGE_AFTER = re.compile(
    r" (?:(?!or |and |in |of )\w+ )?(?:reduction|increase|fall|rise|saving|cut|growth|improvement|decrease|uplift|"
    r"lower|higher|fewer|more|less)\b(?! than)",
    re.I,
)
_MOVES = re.compile(rf"\b{_MOVED}\b[^.;]{{0,60}}$", re.I)


def bounds_of(text: str, start: int, end: int) -> tuple[Comparator, Role]:
    """How the words around a span bound the value in it, and whether it is a level or part of a change."""
    comparator, begin = _comparator(text, start, end)
    return comparator, _role(text, begin, end)


def is_from(text: str, start: int) -> bool:
    """Whether a span follows "from", so that "to" ends a change and not a range."""
    return bool(_ROLE[0][1].search(text, max(0, start - 30), _comparator(text, start, start)[1]))


def _comparator(text: str, start: int, end: int) -> tuple[Comparator, int]:
    """The bound, and where its words or the span begin."""
    before = _BEFORE.search(text, max(0, start - 24), start)
    begin = before.start() if before else start
    for kind, pattern in _AFTER:
        if pattern.match(text, end):
            return kind, begin
    kinds = before.groupdict() if before else {}
    return next((_KINDS[name] for name, words in kinds.items() if words), Comparator.EXACTLY), begin


def _role(text: str, start: int, end: int) -> Role:
    for role, pattern in _ROLE:
        if pattern.search(text, max(0, start - 30), start):
            if role is Role.TO and not _MOVES.search(text, max(0, start - 90), start):
                return Role.LEVEL
            return role
    return Role.BY if _CHANGE_AFTER.match(text, end) else Role.LEVEL
