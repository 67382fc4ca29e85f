"""Cue matching: which terms of a checklist occur in a passage, on stems and in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planchecker.checklist import Checklist, Cue, Part
from planchecker.matching.language import analyse, analyse_term

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_GAP = " ... "
_GAP_WORDS = 6
_WORD: dict[str, object] = {"IS_PUNCT": False, "OP": "?"}
_MARKS: dict[str, object] = {"IS_PUNCT": True, "OP": "*"}  # punctuation is not counted


class TermMatcher:
    """Finds any of a list of terms; hyphen equals space, a capital asks for the same case."""

    def __init__(self, terms: Iterable[str]) -> None:
        from spacy.matcher import Matcher, PhraseMatcher

        vocab = analyse("").vocab
        self._terms = list(dict.fromkeys(terms))
        self._stems = PhraseMatcher(vocab, attr="NORM")
        self._exact = PhraseMatcher(vocab, attr="LEMMA")
        self._gapped = Matcher(vocab)
        self._gapped_needs: set[frozenset[str]] = set()  # the words of each term with a gap
        for number, term in enumerate(self._terms):
            self._add(str(number), term)

    def _add(self, key: str, term: str) -> None:
        if _GAP in term:
            self._gapped.add(key, [list(_gap_pattern(term))])
            words = [(analyse_term(part), _is_exact(part)) for part in term.split(_GAP)]
            self._gapped_needs.add(frozenset(t.lemma_ if e else t.norm_ for doc, e in words for t in doc))
        elif _is_exact(term):
            self._exact.add(key, [analyse_term(term)])
        else:
            self._stems.add(key, [analyse_term(term)])

    def spans(self, doc: Doc) -> Iterator[tuple[str, Span]]:
        """Terms found, each with where it stands; overlaps included."""
        for matcher in (self._stems, self._exact, self._gapped):
            if len(matcher) == 0 or (matcher is self._gapped and not self._may_hold_gapped(doc)):
                continue
            for key, start, end in matcher(doc):
                term, span = self._terms[int(doc.vocab.strings[key])], doc[start:end]
                if matcher is not self._gapped or span[0].sent == span[-1].sent:
                    yield term, span

    def _may_hold_gapped(self, doc: Doc) -> bool:
        """Matching with gaps is slow, and most passages lack the words for it."""
        words = {word for token in doc for word in (token.norm_, token.lemma_)}
        return any(need <= words for need in self._gapped_needs)

    def terms_in(self, doc: Doc) -> set[str]:
        """The terms that occur in the text."""
        return {term for term, _ in self.spans(doc)}


def _gap_pattern(term: str) -> Iterator[dict[str, object]]:
    for number, words in enumerate(term.split(_GAP)):
        if number:
            yield from (_MARKS, *(_WORD, _MARKS) * _GAP_WORDS)
        for token in analyse_term(words):
            yield {"LEMMA": token.lemma_} if _is_exact(words) else {"NORM": token.norm_}


def _is_exact(term: str) -> bool:
    return any(character.isupper() for character in term)


@dataclass(frozen=True, slots=True)
class CueHits:
    """What a part's vocabulary finds in one passage.

    Attributes:
        cues: cue terms that count.
        hints: supporting terms.
        killed: cue terms that a counter-cue, or a lacking neighbour, struck out.
    """

    cues: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    killed: tuple[str, ...] = ()


class CueMatcher:
    """All cues of a checklist, found in one pass over each passage."""

    def __init__(self, checklist: Checklist) -> None:
        self._parts = {
            (feature.id, part.id): part for feature in checklist.features for part in feature.parts
        }
        self._terms = TermMatcher(term for part in self._parts.values() for term in _vocabulary(part))
        self._owners: dict[str, list[tuple[str, str]]] = {}  # only these parts can be hit by a term
        for key, part in self._parts.items():
            for term in dict.fromkeys((*(cue.term for cue in part.cues), *part.hints)):
                self._owners.setdefault(term, []).append(key)

    def hits(self, doc: Doc) -> dict[tuple[str, str], CueHits]:
        """Hits by (feature id, part id); parts without any are left out."""
        found: dict[str, list[Span]] = {}
        for term, span in self._terms.spans(doc):
            found.setdefault(term, []).append(span)
        concerned = dict.fromkeys(key for term in found for key in self._owners.get(term, ()))
        return {key: _hits(self._parts[key], found) for key in concerned}


def _vocabulary(part: Part) -> Iterator[str]:
    for cue in part.cues:
        yield cue.term
        yield from cue.near
    yield from part.hints
    yield from part.counter_cues


def _hits(part: Part, found: dict[str, list[Span]]) -> CueHits:
    against = [span for term in part.counter_cues for span in found.get(term, ())]
    cues: list[str] = []
    killed: list[str] = []
    for cue in part.cues:
        spans = found.get(cue.term)
        if spans is None:
            continue
        alive = _has_neighbour(cue, found) and any(
            not any(_overlap(span, other) for other in against) for span in spans
        )
        (cues if alive else killed).append(cue.term)
    hints = tuple(term for term in part.hints if term in found)
    return CueHits(tuple(cues), hints, tuple(killed))


def _has_neighbour(cue: Cue, found: dict[str, list[Span]]) -> bool:
    return not cue.near or any(term in found for term in cue.near)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
