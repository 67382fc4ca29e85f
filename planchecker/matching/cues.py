"""Cue matching: which terms of a checklist occur in a passage, on stems and in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planchecker.checklist import Checklist, Cue, Part
from planchecker.matching.language import analyse, analyse_term

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_GAP = " ... "
_GAP_WORDS = 6  # punctuation is not counted
_Place = tuple[int, int]  # first token and the one behind the last


class TermMatcher:
    """Finds any of a list of terms; hyphen equals space, a capital asks for the same case.

    Pieces of a term with gaps are found like terms of their own, and then put together.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        from spacy.matcher import PhraseMatcher

        vocab = analyse("").vocab
        self._stems = PhraseMatcher(vocab, attr="NORM")
        self._exact = PhraseMatcher(vocab, attr="LEMMA")
        self._begun_by: dict[str, list[tuple[str, ...]]] = {}  # the terms, in pieces, by their first piece
        for term in dict.fromkeys(terms):
            pieces = tuple(term.split(_GAP))
            self._begun_by.setdefault(pieces[0], []).append(pieces)
        for piece in {piece for begun in self._begun_by.values() for pieces in begun for piece in pieces}:
            (self._exact if _is_exact(piece) else self._stems).add(piece, [analyse_term(piece)])

    def spans(self, doc: Doc) -> Iterator[tuple[str, Span]]:
        """Terms found, each with where it stands; overlaps included."""
        found: dict[str, list[_Place]] = {}
        for matcher in (self._stems, self._exact):
            for key, start, end in matcher(doc) if len(matcher) else ():
                found.setdefault(doc.vocab.strings[key], []).append((start, end))
        for first, places in found.items():
            for pieces in self._begun_by.get(first, ()):
                for start, end in places if len(pieces) == 1 else _joined(pieces, found, doc):
                    yield _GAP.join(pieces), doc[start:end]

    def terms_in(self, doc: Doc) -> set[str]:
        """The terms that occur in the text."""
        return {term for term, _ in self.spans(doc)}


def _joined(pieces: Sequence[str], found: Mapping[str, list[_Place]], doc: Doc) -> list[_Place]:
    """Where all pieces stand in order in one sentence, not too many words apart."""
    joined = found[pieces[0]]
    for piece in pieces[1:]:
        joined = [
            (start, end)
            for start, before in joined
            for behind, end in found.get(piece, ())
            if _near(doc, before, behind)
        ]
    return [(start, end) for start, end in joined if doc[start].sent == doc[end - 1].sent]


def _near(doc: Doc, before: int, behind: int) -> bool:
    between = range(before, behind)
    return before <= behind and sum(not doc[n].is_punct for n in between) <= _GAP_WORDS


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
