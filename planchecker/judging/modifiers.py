"""What the words around a subject do to it: commit to it, hedge it, deny it, put it off.

After ConText (Harkema and others 2009; medspaCy): a modifier has a direction and a scope, a
terminator ends the scope, and a pseudo cue looks like a modifier and is none ("not only").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from planchecker.judging.vocabulary import OPEN_BRACKETS, PAST, PRESENT, PSEUDO, TERMINATORS, TERMS
from planchecker.matching.cues import TermMatcher
from planchecker.matching.language import analyse

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


class Modifier(StrEnum):
    """What a passage does with its subject. The values are the words that reports use."""

    COMMITMENT = "commitment"
    DONE = "already in place"
    NEGATED = "negated"
    HEDGED = "hedged"
    INTENTION = "intention only"
    TO_BE_CONFIRMED = "to be confirmed"
    PLACEHOLDER = "placeholder"
    QUESTION = "question"
    NATIONAL = "national wording"
    OTHERS_DUTY = "another organisation's duty"
    PAST_ONLY = "past only"
    HEADING_ONLY = "heading only"


STRENGTHS = frozenset({Modifier.COMMITMENT, Modifier.DONE})
_WHOLE_SENTENCE = (
    Modifier.TO_BE_CONFIRMED,
    Modifier.PLACEHOLDER,
    Modifier.NATIONAL,
    Modifier.OTHERS_DUTY,
)
_SCOPE = 14  # tokens that a modifier reaches on its side, unless a terminator comes first


@dataclass(frozen=True, slots=True)
class Found:
    """A modifier in a passage, with the words that it reaches (character offsets)."""

    kind: Modifier
    term: str
    start: int
    end: int
    scope_start: int
    scope_end: int

    def reaches(self, start: int, end: int) -> bool:
        """True if the modifier's scope touches these characters."""
        return start < self.scope_end and self.scope_start < end


def modifiers(text: str) -> tuple[Found, ...]:
    """All modifiers of a passage, in order."""
    doc = analyse(text)
    text = doc.text
    pseudo = [span for _, span in _pseudo().spans(doc)]
    stops = sorted(span.start for _, span in _terminators().spans(doc))
    found = list(_brackets(text))
    for kind, matcher in _matchers().items():
        for term, span in matcher.spans(doc):
            if _is_month(span):
                continue
            if not any(span.start < p.end and p.start < span.end for p in pseudo):
                found.append(_scoped(kind, term, span, stops))
    found += [
        Found(Modifier.QUESTION, "?", s.end_char - 1, s.end_char, s.start_char, s.end_char)
        for s in doc.sents
        if s.text.rstrip().endswith("?")
    ]
    return tuple(sorted(found, key=lambda f: (f.start, f.end)))


def is_all_past(text: str) -> bool:
    """True if a passage speaks of the past and of nothing else."""
    doc = analyse(text)
    return any(True for _ in _past().spans(doc)) and not any(True for _ in _present().spans(doc))


def _is_month(span: Span) -> bool:
    """May with a capital is the month, except at the start of a sentence."""
    return span.text == "May" and span.start != span.sent.start


def _scoped(kind: Modifier, term: str, span: Span, stops: list[int]) -> Found:
    """Forward for all; to the whole sentence for what puts a subject off or repeats the ask."""
    doc, sentence = span.doc, span.sent
    start, end = span.start, min(span.end + _SCOPE, sentence.end)
    if kind in _WHOLE_SENTENCE:
        start, end = sentence.start, sentence.end
    else:
        end = min([stop for stop in stops if stop >= span.end] + [end])
        if kind in (Modifier.NEGATED, Modifier.HEDGED):
            before = [stop for stop in stops if sentence.start <= stop < span.start]
            start = max([sentence.start, *before])
    return Found(kind, term, span.start_char, span.end_char, doc[start].idx, _end_char(doc, end - 1))


def _end_char(doc: Doc, number: int) -> int:
    token = doc[number]
    return token.idx + len(token)


def _brackets(text: str) -> Iterator[Found]:
    lowered = text.lower()
    for opening in OPEN_BRACKETS:
        at = lowered.find(opening)
        if at >= 0:
            yield Found(Modifier.PLACEHOLDER, opening, at, at + len(opening), 0, len(text))


@cache
def _matchers() -> dict[Modifier, TermMatcher]:
    return {Modifier[kind]: TermMatcher(terms) for kind, terms in TERMS.items()}


@cache
def _past() -> TermMatcher:
    return TermMatcher(PAST)


@cache
def _present() -> TermMatcher:
    return TermMatcher(PRESENT)


@cache
def _pseudo() -> TermMatcher:
    return TermMatcher(PSEUDO)


@cache
def _terminators() -> TermMatcher:
    return TermMatcher(TERMINATORS)
