"""What the words around a subject do to it: commit to it, hedge it, deny it, put it off.

After ConText (Harkema and others 2009; medspaCy): a modifier has a direction and a scope, a
terminator ends the scope, and a pseudo cue looks like a modifier and is none ("not only").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from spacy.tokens import Doc, Span

from planchecker.matching.cues import TermMatcher
from planchecker.matching.language import analyse


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


STRENGTHS = frozenset({Modifier.COMMITMENT, Modifier.DONE})
_SCOPE = 14  # tokens that a modifier reaches on its side, unless a terminator comes first


_TERMS: dict[Modifier, tuple[str, ...]] = {
    Modifier.COMMITMENT: (
        "will", "shall", "has agreed", "have agreed", "we have committed", "is to", "are to", "is commissioning",
        "we commission", "is rolling out", "are rolling out", "is investing", "we are investing", "has been commissioned",
        "have commissioned", "has set aside", "have set aside", "requires providers", "we require", "is required by contract",
        "is due", "are due", "from april", "starts in", "start in", "begins in", "goes live", "to fall to",
        "to rise to", "has adopted", "have adopted", "have jointly adopted", "has signed", "have signed",
        "is a condition of", "are a condition of", "has approved", "have approved", "is being rolled out", "are being introduced",
    ),
    Modifier.DONE: (
        "is in place", "are in place", "has been in place", "in post", "is in use", "was introduced", "were introduced",
        "has introduced", "have introduced", "has been set up", "have set up", "was launched", "now runs", "now meets",
        "has appointed", "have appointed", "is reported", "are reported", "is published", "are published",
        "is reviewed", "are reviewed", "have been reviewed", "has been reviewed", "rose from", "fell from", "led to", "stopped",
    ),
    Modifier.NEGATED: (
        "not", "no", "none", "neither", "nor", "never", "without", "nobody", "has yet to", "have yet to", "are yet to", "is yet to",
        "lack", "lacking", "absence of", "outside the scope", "remains outside", "does not form part",
        "has not been", "have not been", "cannot", "did not", "do not", "does not", "unable to",
    ),
    Modifier.HEDGED: (
        "may", "might", "could", "would like", "should", "ought to", "possibly", "potentially", "in principle",
        "where possible", "as far as possible", "subject to funding", "if resources allow", "if funding allows",
    ),
    Modifier.INTENTION: (
        "hope", "hopes", "aspire", "aspires", "aspiration", "intend to explore", "explore", "consider whether", "will consider",
        "will look at", "will be considered", "we support that direction", "would welcome", "keen to", "we recognise", "recognises that",
        "is important", "are important", "wish to", "ambition to", "in due course", "over time", "when resources allow",
    ),
    Modifier.TO_BE_CONFIRMED: (
        "to be confirmed", "to be agreed", "to be determined", "to be decided", "still to be", "yet to be", "to follow",
        "awaited", "awaiting", "is awaited", "to be inserted", "to be added", "will be added", "to be completed", "under discussion",
        "remain to be", "remains to be", "not yet available", "not yet agreed", "not yet decided",
    ),
    Modifier.NATIONAL: (
        "nationally", "national guidance", "NHS England expects", "NHS England asks", "the guidance", "commissioners should", "commissioners are",
        "CCGs are expected", "CCGs should", "every commissioner", "the government", "across England", "the Department of Health",
        "the mandate", "plans should", "patients should", "everyone should", "people should",
    ),
}  # fmt: skip
_EXACT: dict[Modifier, tuple[str, ...]] = {
    Modifier.PLACEHOLDER: ("TBC", "TBA", "TBD", "XX", "xx%", "XX%", "£xx", "£xxm", "£X", "???", "Lorem"),
}
_PSEUDO = (
    "not only", "no later than", "not just", "no longer", "no fewer than", "no more than", "not less than", "no less than",
    "nurses alone", "without delay", "no one waits", "no decision about me", "there is no doubt", "not for profit",
    "did not attend", "do not attempt", "do not resuscitate", "zero tolerance", "if not before", "may 2014", "may 2015",
    "may 2016", "may 2017", "may 2018", "no health without mental health", "cannot travel", "cannot attend", "not on line",
)  # fmt: skip
_TERMINATORS = ("but", "however", "although", "though", "except", "nevertheless", "yet ", ";", ":", "which will", "and will")
_BRACKETS = ("[insert", "[tbc", "[to ", "[xx", "[add", "[name", "[date", "[figure", "<insert", "[…", "[...")


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
    pseudo = [span for _, span in _pseudo().spans(doc)]
    stops = sorted(span.start for _, span in _terminators().spans(doc))
    found = list(_brackets(text))
    for kind, matcher in _matchers().items():
        for term, span in matcher.spans(doc):
            if not any(span.start < p.end and p.start < span.end for p in pseudo):
                found.append(_scoped(kind, term, span, stops))
    found += [
        Found(Modifier.QUESTION, "?", s.end_char - 1, s.end_char, s.start_char, s.end_char)
        for s in doc.sents
        if s.text.rstrip().endswith("?")
    ]
    return tuple(sorted(found, key=lambda f: (f.start, f.end)))


def _scoped(kind: Modifier, term: str, span: Span, stops: list[int]) -> Found:
    """Forward for all; to the whole sentence for what puts a subject off or repeats the ask."""
    doc, sentence = span.doc, span.sent
    start, end = span.start, min(span.end + _SCOPE, sentence.end)
    if kind in (Modifier.TO_BE_CONFIRMED, Modifier.PLACEHOLDER, Modifier.NATIONAL):
        start, end = sentence.start, sentence.end
    else:
        end = min([stop for stop in stops if stop >= span.end] + [end])
        if kind in (Modifier.NEGATED, Modifier.HEDGED):
            before = [stop for stop in stops if sentence.start <= stop < span.start]
            start = max([sentence.start, *before])
    return Found(
        kind, term, span.start_char, span.end_char, doc[start].idx, _end_char(doc, end - 1)
    )


def _end_char(doc: Doc, number: int) -> int:
    token = doc[number]
    return token.idx + len(token)


def _brackets(text: str) -> Iterator[Found]:
    lowered = text.lower()
    for opening in _BRACKETS:
        at = lowered.find(opening)
        if at >= 0:
            yield Found(Modifier.PLACEHOLDER, opening, at, at + len(opening), 0, len(text))


@cache
def _matchers() -> dict[Modifier, TermMatcher]:
    return {kind: TermMatcher(terms) for kind, terms in (_TERMS | _EXACT).items()}


@cache
def _pseudo() -> TermMatcher:
    return TermMatcher(_PSEUDO)


@cache
def _terminators() -> TermMatcher:
    return TermMatcher(_TERMINATORS)
