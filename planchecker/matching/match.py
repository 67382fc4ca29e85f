"""From passages to candidates: for each part of each feature, the passages most likely to answer it.

Four views are fused: words (BM25), cues, meaning (encoder) and, on the best of these, the reader.
Each is left out where it has nothing to say: a checklist without cues, an installation without models.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

import numpy as np

from planchecker.checklist import Checklist
from planchecker.matching.bank import bank_beside, bank_for
from planchecker.matching.cues import CueHits
from planchecker.matching.encoding import Encoding, begin_encoding
from planchecker.matching.memory import Floats
from planchecker.matching.models import encoder, reader
from planchecker.matching.passages import Passage
from planchecker.matching.resemblance import Resemblance, Resembler
from planchecker.matching.views import View, views
from planchecker.matching.words import words_of

PartKey = tuple[str, str]
_CANDIDATES = 6  # passages a part that go to the reader; see docs/accuracy.md

# Candidates below `_PROMISING` are not read: more reading gave no better verdicts (docs/accuracy.md); `_LEAD` is
# from a logistic model over fit and lead of 16,632 candidates in 18 labelled plans.
_PROMISING, _LEAD = -1.2, 29.0
_ALWAYS_READ = 2  # candidates a part, however little they promise

# Weights of the standardised views, from the SDG ranking measure (benchmarks/sdg_ranking.py).
_WORDS, _MEANING, _LIKENESS, _SHARED_WORDS = 0.4, 0.7, 0.7, 0.25
_CUE, _HINT, _MAX_HINTS = 1.0, 0.15, 4
_MIDDLE = 5.0  # total at which a passage is as likely to matter as not


@dataclass(frozen=True, slots=True)
class Reading:
    """The reader's view of a passage for a part: probabilities that add up to 1."""

    evidence: float
    weak: float
    none: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer a part.

    Attributes:
        passage: the passage.
        score: how well words, cues and meaning fit, 0 to 1; for ranking.
        words: BM25 score as a share of the best in this plan for this part.
        meaning: cosine similarity to the part or its nearest exemplar, or 0 without the encoder.
        hits: cues and hints found.
        reading: the reader's view, or None where it was not asked.
        resemblance: how it resembles the part's exemplars, or None without the encoder.
    """

    passage: Passage
    score: float
    words: float
    meaning: float
    hits: CueHits
    reading: Reading | None = None
    resemblance: Resemblance | None = None

    @property
    def matched_by(self) -> tuple[str, ...]:
        """What speaks for the passage, for the report."""
        by = [f"cue:{cue}" for cue in self.hits.cues]
        by += ["words"] if self.words >= 0.5 else []
        by += ["meaning"] if self.meaning >= 0.45 else []
        by += ["reader"] if self.reading and self.reading.none < 0.5 else []
        return tuple(by or ["words"])


Matches = Mapping[PartKey, tuple[Candidate, ...]]
_Numbered = tuple[int, Candidate]  # a candidate behind its passage's number in the plan


def match(
    passages: Sequence[Passage],
    checklist: Checklist,
    keep: int = _CANDIDATES,
    encoding: Encoding | None = None,
) -> Matches:
    """The candidates for every part of every feature with all that is known of them, best first.

    Args:
        passages: the plan's passages.
        checklist: what to look for; texts alone are enough.
        keep: candidates a part.
        encoding: what `begin_encoding` gave for the passages, where they are matched with several lists.
    """
    candidates = candidates_for(passages, checklist, keep, encoding)
    return with_readings(candidates, begin_reading(candidates, checklist))


def candidates_for(
    passages: Sequence[Passage],
    checklist: Checklist,
    keep: int = _CANDIDATES,
    encoding: Encoding | None = None,
) -> Matches:
    """The same before the reader has read any of them."""
    encoding = begin_encoding(passages) if encoding is None else encoding
    found = _ranked(passages, checklist, keep, encoding)
    if encoding is not None:
        found = _promising(_with_resemblance(found, checklist, encoding.result()), checklist)
    return {key: tuple(candidate for _, candidate in numbered) for key, numbered in found.items()}


def begin_reading(candidates: Matches, checklist: Checklist) -> Future[Floats] | None:
    """Let the reader begin to judge every candidate; None without the reader."""
    model = reader()
    if model is None:
        return None
    parts = {(feature.id, part.id): part for feature in checklist.features for part in feature.parts}
    return model.begin(
        [
            (parts[key].text, candidate.passage.in_context)
            for key, of_part in candidates.items()
            for candidate in of_part
        ]
    )


def with_readings(candidates: Matches, reading: Future[Floats] | None) -> Matches:
    """The candidates with what the reader made of them, waited for."""
    if reading is None:
        return candidates
    readings = iter([Reading(*map(float, row)) for row in reading.result()])
    return {
        key: tuple(replace(candidate, reading=next(readings)) for candidate in of_part)
        for key, of_part in candidates.items()
    }


def rank(passages: Sequence[Passage], checklist: Checklist, keep: int = _CANDIDATES) -> Matches:
    """The candidates by words, cues and meaning alone, best first."""
    found = _ranked(passages, checklist, keep, begin_encoding(passages))
    return {key: tuple(candidate for _, candidate in numbered) for key, numbered in found.items()}


def _ranked(
    passages: Sequence[Passage], checklist: Checklist, keep: int, encoding: Encoding | None
) -> dict[PartKey, list[_Numbered]]:
    """The best passages for every part, each behind its number in the plan."""
    keys = [(feature.id, part.id) for feature in checklist.features for part in feature.parts]
    if not passages:
        return {key: [] for key in keys}
    words = words_of([passage.in_context for passage in passages], checklist)
    answers: dict[str, list[int]] = {}
    for n, passage in enumerate(passages):
        if passage.answers:
            answers.setdefault(passage.answers, []).append(n)
    found: dict[PartKey, list[_Numbered]] = {}
    for key, view in zip(keys, views(checklist, [w.stems for w in words], encoding), strict=True):
        of_part = [w.hits.get(key, CueHits()) for w in words]
        fused = _fused(view, of_part)
        share = view.words / max(float(view.words.max()), 1e-6)
        found[key] = [
            (
                n,
                Candidate(
                    passages[n], float(fused[n]), float(share[n]), float(view.closeness[n]), of_part[n]
                ),
            )
            for n in _best(fused, keep, answers.get(key[0], ()))
        ]
    return found


def _best(fused: Floats, keep: int, answers: Sequence[int]) -> list[int]:
    """Numbers of the best passages; what stands in the feature's own answer box always counts."""
    best = [int(n) for n in np.argsort(-fused, kind="stable")[:keep]]
    return best + [n for n in answers if n not in best]


def _with_resemblance(
    found: dict[PartKey, list[_Numbered]], checklist: Checklist, vectors: Floats
) -> dict[PartKey, list[_Numbered]]:
    model = encoder()
    assert model is not None, "vectors come from it"
    resembler = Resembler(checklist, bank_for(checklist, model), vectors)
    return {
        key: [
            (n, replace(candidate, resemblance=resemblance))
            for (n, candidate), resemblance in zip(
                numbered, resembler.of_part(row, [n for n, _ in numbered]), strict=True
            )
        ]
        for row, (key, numbered) in enumerate(found.items())
    }


def _promising(found: dict[PartKey, list[_Numbered]], checklist: Checklist) -> dict[PartKey, list[_Numbered]]:
    """Without the candidates that are not worth the reader's time.

    Only where many exemplars say what belongs to another feature.
    """
    model = encoder()
    if model is None or bank_beside(checklist, model) is None:
        return found
    return {key: _worth_reading(numbered, key[0]) for key, numbered in found.items()}


def _worth_reading(numbered: list[_Numbered], feature_id: str) -> list[_Numbered]:
    promises = [_promise(candidate) for _, candidate in numbered]
    enough = min(_PROMISING, sorted(promises, reverse=True)[:_ALWAYS_READ][-1]) if promises else _PROMISING
    return [
        (n, candidate)
        for (n, candidate), promise in zip(numbered, promises, strict=True)
        if promise >= enough or candidate.passage.answers == feature_id
    ]


def _promise(candidate: Candidate) -> float:
    """How likely a candidate is to be evidence before it was read, in log odds but for a constant."""
    fit = min(max(candidate.score, 1e-6), 1 - 1e-6)
    lead = candidate.resemblance.lead if candidate.resemblance else 0.0
    return math.log(fit / (1 - fit)) + _LEAD * lead


def _fused(view: View, hits: Sequence[CueHits]) -> Floats:
    """One number a passage, 0 to 1: standard scores added up, then squeezed."""
    total = _WORDS * _standard(view.words)
    if view.meaning is not None:
        total += _MEANING * _standard(view.meaning)
    if view.likeness is not None:
        total += _LIKENESS * _standard(view.likeness)
    if view.shared_words is not None:
        total += _SHARED_WORDS * _standard(view.shared_words)
    bonus = [_CUE * bool(hit.cues) + _HINT * min(len(hit.hints), _MAX_HINTS) for hit in hits]
    fused: Floats = 1 / (1 + np.exp(_MIDDLE - total - np.array(bonus, dtype=np.float32)))
    return fused


def _standard(scores: Floats) -> Floats:
    """Standard scores: views of different scale add up fairly."""
    standard: Floats = (scores - scores.mean()) / max(float(scores.std()), 1e-6)
    return standard
