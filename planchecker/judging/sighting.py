"""A sighting: a candidate passage, what it shows, and how surely it is evidence or weak evidence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

import numpy as np

from planchecker.judging.modifiers import Modifier
from planchecker.judging.showing import Showing
from planchecker.matching.match import Candidate
from planchecker.matching.memory import Floats
from planchecker.matching.resemblance import Resemblance
from planchecker.plan import BlockKind

_PUT_OFF = {Modifier.NEGATED, Modifier.TO_BE_CONFIRMED, Modifier.PLACEHOLDER, Modifier.HEADING_ONLY}
_ONLY_MEANT = {Modifier.HEDGED, Modifier.INTENTION, Modifier.QUESTION}
_NOWHERE = Resemblance(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
_SURE = 0.997  # probabilities are clipped here before they become log odds

SIGNALS = (
    "reader: evidence",
    "reader: evidence or weak",
    "fit by words, cues and meaning",
    "meaning",
    "words",
    "a cue",
    "hints",
    "a cue struck out",
    "reader prefers another feature by",
    "the same in log odds",
    "reader times fit",
    "commits",
    "kinds of detail",
    "put off or denied",
    "hedged or only meant",
    "repeats the ask",
    "past only",
    "another organisation's duty",
    "table row",
    "one of several parts",
    *(f"resemblance: {field.name}" for field in fields(Resemblance)),
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A candidate passage, judged for one part.

    Attributes:
        candidate: the passage and how it was matched.
        showing: what it shows and what weakens it.
        evidence: probability that a careful reader would quote it as evidence.
        weak: probability that he would quote it as weak evidence.
        is_answer: True for what stands in the feature's own answer box of a template.
    """

    candidate: Candidate
    showing: Showing
    evidence: float
    weak: float
    is_answer: bool = False

    @property
    def relevance(self) -> float:
        """How surely it addresses the part at all, 0 to 1."""
        return self.evidence + self.weak

    @property
    def worth(self) -> float:
        """For ranking: evidence counts whole, weak evidence half."""
        return self.evidence + 0.5 * self.weak


def signals(candidate: Candidate, showing: Showing, rival: float, several_parts: bool) -> Floats:
    """The numbers that a sighting is weighed from, in the order of SIGNALS."""
    reading, weakeners = candidate.reading, set(showing.weakeners)
    evidence = reading.evidence if reading else 0.5
    odds, fit = log_odds(evidence), log_odds(candidate.score)
    values: Sequence[float] = (
        odds,
        log_odds(1 - reading.none if reading else 0.5),
        fit,
        candidate.meaning,
        candidate.words,
        bool(candidate.hits.cues),
        min(len(candidate.hits.hints), 4),
        bool(candidate.hits.killed),
        max(0.0, rival - evidence),
        max(0.0, log_odds(rival) - odds) / 4,
        odds * fit / 8,
        showing.committed,
        min(len(showing.details), 4),
        bool(weakeners & _PUT_OFF),
        bool(weakeners & _ONLY_MEANT),
        Modifier.NATIONAL in weakeners,
        Modifier.PAST_ONLY in weakeners,
        Modifier.OTHERS_DUTY in weakeners,
        candidate.passage.kind is BlockKind.TABLE_ROW,
        several_parts,
        *astuple(candidate.resemblance or _NOWHERE),
    )
    return np.array(values, dtype=np.float32)


def log_odds(probability: float) -> float:
    """Log odds, clipped so that certainty stays finite."""
    clipped = min(max(probability, 1 - _SURE), _SURE)
    return math.log(clipped / (1 - clipped))


def probability(odds: float) -> float:
    """The probability that has these log odds."""
    return 1 / (1 + math.exp(-odds))
