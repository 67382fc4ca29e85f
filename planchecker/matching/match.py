"""From passages to candidates: for each part of each feature, the passages most likely to answer it.

Four views are fused: words (BM25), cues, meaning (encoder) and, on the best of these, the reader.
Each is left out where it has nothing to say: a checklist without cues, an installation without models.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planchecker.checklist import Checklist
from planchecker.matching.cues import CueHits, CueMatcher
from planchecker.matching.language import analyse, content_stems
from planchecker.matching.memory import Floats
from planchecker.matching.models import reader
from planchecker.matching.passages import Passage
from planchecker.matching.views import View, views

PartKey = tuple[str, str]
_CANDIDATES = 10  # passages a part that go to the reader; see docs/accuracy.md

# Weights of the standardised views, from the SDG ranking measure (benchmarks/sdg_ranking.py).
_WORDS, _MEANING, _LIKENESS, _SHARED_WORDS = 0.4, 0.6, 0.7, 0.25
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
        score: how likely it is evidence for the part, 0 to 1; for ranking.
        words: BM25 score as a share of the best in this plan for this part.
        meaning: cosine similarity to the part or its nearest exemplar, or 0 without the encoder.
        hits: cues and hints found.
        reading: the reader's view, or None where it was not asked.
    """

    passage: Passage
    score: float
    words: float
    meaning: float
    hits: CueHits
    reading: Reading | None = None

    @property
    def matched_by(self) -> tuple[str, ...]:
        """What speaks for the passage, for the report."""
        by = [f"cue:{cue}" for cue in self.hits.cues]
        by += ["words"] if self.words >= 0.5 else []
        by += ["meaning"] if self.meaning >= 0.45 else []
        by += ["reader"] if self.reading and self.reading.none < 0.5 else []
        return tuple(by or ["words"])


Matches = Mapping[PartKey, tuple[Candidate, ...]]


def match(passages: Sequence[Passage], checklist: Checklist, keep: int = _CANDIDATES) -> Matches:
    """The best candidates for every part of every feature as the reader sees them, best first.

    Args:
        passages: the plan's passages.
        checklist: what to look for; texts alone are enough.
        keep: candidates a part.
    """
    return _read(rank(passages, checklist, keep), checklist)


def rank(passages: Sequence[Passage], checklist: Checklist, keep: int = _CANDIDATES) -> Matches:
    """The same by words, cues and meaning alone, without the reader."""
    keys = [(feature.id, part.id) for feature in checklist.features for part in feature.parts]
    if not passages:
        return dict.fromkeys(keys, ())
    docs = [analyse(passage.in_context) for passage in passages]
    cue_matcher = CueMatcher(checklist)
    hits = [cue_matcher.hits(doc) for doc in docs]
    matches: dict[PartKey, tuple[Candidate, ...]] = {}
    for key, view in zip(keys, views(checklist, passages, [content_stems(d) for d in docs]), strict=True):
        of_part = [hit.get(key, CueHits()) for hit in hits]
        fused = _fused(view, of_part)
        share = view.words / max(float(view.words.max()), 1e-6)
        matches[key] = tuple(
            Candidate(passages[n], float(fused[n]), float(share[n]), float(view.closeness[n]), of_part[n])
            for n in np.argsort(-fused, kind="stable")[:keep]
        )
    return matches


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


def _read(matches: Matches, checklist: Checklist) -> Matches:
    """Let the reader judge every candidate, and rank by what it says."""
    model = reader()
    if model is None:
        return matches
    parts = {(feature.id, part.id): part for feature in checklist.features for part in feature.parts}
    pairs = [
        (parts[key].text, candidate.passage.in_context)
        for key, candidates in matches.items()
        for candidate in candidates
    ]
    readings = iter([Reading(*map(float, row)) for row in model.run(pairs)])
    return {
        key: tuple(
            sorted(
                (_with_reading(candidate, next(readings)) for candidate in candidates),
                key=lambda candidate: -candidate.score,
            )
        )
        for key, candidates in matches.items()
    }


def _with_reading(candidate: Candidate, reading: Reading) -> Candidate:
    score = 0.9 * (reading.evidence + 0.5 * reading.weak) + 0.1 * min(candidate.score, 1.0)
    return replace(candidate, reading=reading, score=score)
