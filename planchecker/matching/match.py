"""From passages to candidates: for each part of each feature, the passages most likely to answer it.

Four views are fused: words (BM25), cues, meaning (encoder) and, on the best of these, the reader.
Each is left out where it has nothing to say: a checklist without cues, an installation without models.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planchecker.checklist import Checklist, Feature, Part
from planchecker.matching.cues import CueHits, CueMatcher
from planchecker.matching.language import analyse, content_stems
from planchecker.matching.lexical import BM25
from planchecker.matching.memory import Floats
from planchecker.matching.models import encoder, reader
from planchecker.matching.passages import Passage

PartKey = tuple[str, str]
_CANDIDATES = 10  # passages a part that go to the reader; see docs/accuracy.md
_MEANING_WEIGHT = 0.6  # of the fused score; words take the rest
_CUE_BONUS = 0.15
_HINT_BONUS = 0.02
_MAX_HINTS = 4


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
    parts = [(feature, part) for feature in checklist.features for part in feature.parts]
    if not passages:
        return {(feature.id, part.id): () for feature, part in parts}
    docs = [analyse(passage.in_context) for passage in passages]
    bm25 = BM25([content_stems(doc) for doc in docs])
    cue_matcher = CueMatcher(checklist)
    hits = [cue_matcher.hits(doc) for doc in docs]
    meaning = _meaning(parts, passages)
    matches: dict[PartKey, tuple[Candidate, ...]] = {}
    for row, (feature, part) in enumerate(parts):
        key = (feature.id, part.id)
        words = bm25.scores(_query_stems(feature, part))
        words = words / max(float(words.max()), 1e-6)
        of_part = [hit.get(key, CueHits()) for hit in hits]
        fused = _fuse(words, meaning[row], of_part)
        best = np.argsort(-fused, kind="stable")[:keep]
        matches[key] = tuple(
            Candidate(passages[n], float(fused[n]), float(words[n]), float(meaning[row][n]), of_part[n])
            for n in best
        )
    return matches


def _query_stems(feature: Feature, part: Part) -> list[str]:
    terms = [part.text, feature.requirement if len(feature.parts) == 1 else "", feature.name]
    terms += [cue.term.replace("...", " ") for cue in part.cues]
    return content_stems(analyse(". ".join(terms)))


def _meaning(parts: Sequence[tuple[Feature, Part]], passages: Sequence[Passage]) -> Floats:
    """Similarity of each part (its text, or its nearest exemplar) to each passage."""
    model = encoder()
    if model is None:
        return np.zeros((len(parts), len(passages)), dtype=np.float32)
    queries: list[str] = []
    spans: list[tuple[int, int]] = []
    for _, part in parts:
        start = len(queries)
        queries += [part.text, *part.exemplars.met, *part.exemplars.partial]
        spans.append((start, len(queries)))
    vectors = model.run([passage.in_context for passage in passages])
    similarity = model.run(queries) @ vectors.T
    return np.stack([_text_and_exemplars(similarity[start:end]) for start, end in spans])


def _text_and_exemplars(rows: Floats) -> Floats:
    """Half the text's similarity, half the mean of the two nearest exemplars'."""
    if len(rows) < 3:
        text: Floats = rows[0]
        return text
    nearest = np.sort(rows[1:], axis=0)[-2:].mean(axis=0)
    combined: Floats = (rows[0] + nearest) / 2
    return combined


def _fuse(words: Floats, meaning: Floats, hits: Sequence[CueHits]) -> Floats:
    bonus = np.array(
        [_CUE_BONUS * bool(hit.cues) + _HINT_BONUS * min(len(hit.hints), _MAX_HINTS) for hit in hits],
        dtype=np.float32,
    )
    if not meaning.any():
        return words + bonus
    fused: Floats = _MEANING_WEIGHT * meaning + (1 - _MEANING_WEIGHT) * words + bonus
    return fused


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
