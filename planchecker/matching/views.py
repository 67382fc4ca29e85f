"""Views: for each part, how every passage of a plan looks by words, by meaning, and beside exemplars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from planchecker.checklist import Checklist, Feature, Part
from planchecker.matching.bank import vectors_of
from planchecker.matching.encoding import Encoding
from planchecker.matching.language import analyse, content_stems
from planchecker.matching.lexical import BM25
from planchecker.matching.memory import Floats
from planchecker.matching.models import encoder

_NEAREST = 3  # exemplars whose mean likeness counts


@dataclass(frozen=True, slots=True)
class View:
    """One part over all passages; each array has one number a passage.

    Attributes:
        words: BM25 score for the part's own vocabulary.
        meaning: cosine similarity to the part's text, or None without the encoder.
        likeness: mean cosine similarity to the nearest exemplars, or None without any.
        shared_words: mean BM25 score for the exemplars' words, or None without any.
    """

    words: Floats
    meaning: Floats | None
    likeness: Floats | None
    shared_words: Floats | None

    @property
    def closeness(self) -> Floats:
        """Cosine similarity in one number a passage, zero without the encoder."""
        if self.meaning is None:
            return np.zeros_like(self.words)
        if self.likeness is None:
            return self.meaning
        both: Floats = (self.meaning + self.likeness) * np.float32(0.5)
        return both


def views(checklist: Checklist, stems: Sequence[list[str]], encoding: Encoding | None) -> Iterator[View]:
    """The view of every part of every feature, in order.

    Args:
        checklist: what to look for.
        stems: the words of each passage, stemmed.
        encoding: the encoder's vector of each passage, waited for when all else is done; None without
            the encoder.
    """
    parts = [(feature, part) for feature in checklist.features for part in feature.parts]
    exemplars = [(*part.exemplars.met, *part.exemplars.partial) for _, part in parts]
    bm25 = BM25(stems)
    words = [bm25.scores(_vocabulary(feature, part)) for feature, part in parts]
    shared_words = [_shared(bm25, group) if group else None for group in exemplars]
    vectors = None if encoding is None else encoding.result()
    texts = _similarities([part.text for _, part in parts], checklist, vectors)
    likenesses = _similarities([text for group in exemplars for text in group], checklist, vectors)
    start = 0
    for number, group in enumerate(exemplars):
        end = start + len(group)
        yield View(
            words=words[number],
            meaning=None if texts is None else texts[number],
            likeness=None if likenesses is None or not group else _nearest(likenesses[start:end]),
            shared_words=shared_words[number],
        )
        start = end


def _vocabulary(feature: Feature, part: Part) -> list[str]:
    terms = [part.text]
    if len(feature.parts) == 1 and feature.requirement != part.text:
        terms.append(feature.requirement)
    if part.cues:
        terms += [feature.name, *(cue.term.replace("...", " ") for cue in part.cues)]
    return content_stems(analyse(". ".join(terms)))


def _similarities(texts: Sequence[str], checklist: Checklist, vectors: Floats | None) -> Floats | None:
    model = encoder()
    if model is None or vectors is None or not texts:
        return None
    similarities: Floats = vectors_of(texts, checklist, model) @ vectors.T
    return similarities


def _nearest(rows: Floats) -> Floats:
    nearest: Floats = np.sort(rows, axis=0)[-_NEAREST:].mean(axis=0)
    return nearest


def _shared(bm25: BM25, exemplars: Sequence[str]) -> Floats:
    """Long exemplars score higher for their length alone; the root of it evens that out."""
    queries = [content_stems(analyse(text)) for text in exemplars]
    scores = [bm25.scores(query) / (len(set(query)) ** 0.5 + 1) for query in queries]
    mean: Floats = np.mean(scores, axis=0)
    return mean
