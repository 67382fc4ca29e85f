"""From findings to a verdict and its probability: a small calibrated model over stated signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planchecker.judging.findings import Finding
from planchecker.judging.modifiers import Modifier
from planchecker.judging.sighting import Sighting, log_odds
from planchecker.judging.weights import Mode, judge_for
from planchecker.matching.memory import Floats
from planchecker.result import Verdict

VERDICTS = (Verdict.MET, Verdict.PARTIAL, Verdict.MISSING)
# A missed gap costs more than a false one; docs/accuracy.md says what other values give.
_MET_FROM = 0.6
_MISSING_FROM = 0.4  # this likely, it is never called partly met only because met is likelier still
_PLAIN = 0.9  # a passage this surely evidence is never called nothing, however alone it stands

SIGNALS = (
    "evidence for the weakest part",
    "evidence for the strongest part",
    "mean evidence",
    "relevance of the weakest part",
    "relevance of the strongest part",
    "mean relevance",
    "second best evidence",
    "share of parts with a cue",
    "meaning of the nearest passage",
    "best passage commits",
    "kinds of detail in the best passage",
    "best passage is put off or denied",
    "best passage is hedged or only meant",
    "best passage repeats the ask",
    "several parts",
    "evidence for the weakest of several parts",
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the probability of each of the three."""

    verdict: Verdict
    probabilities: tuple[float, float, float]

    @property
    def confidence(self) -> float:
        """Probability of the verdict given."""
        return self.probabilities[VERDICTS.index(self.verdict)]


def judge(findings: Sequence[Finding], mode: Mode) -> Judgement:
    """Weigh the findings of all parts of a feature."""
    chances = judge_for(mode).verdict.chances(signals(findings))
    verdict = decide(*chances)
    if verdict is Verdict.MISSING and any(finding.strength >= _PLAIN for finding in findings):
        verdict = Verdict.PARTIAL
    return Judgement(verdict, chances)


def decide(met: float, partial: float, missing: float) -> Verdict:
    """The verdict that the probabilities call for; what is likeliest met but not surely enough is partly met."""
    if met >= _MET_FROM:
        return Verdict.MET
    likely_missing = missing > met or missing > _MISSING_FROM
    return Verdict.MISSING if missing > partial and likely_missing else Verdict.PARTIAL


def signals(findings: Sequence[Finding]) -> Floats:
    """The numbers that the verdict is weighed from, in the order of SIGNALS."""
    strengths = [log_odds(finding.strength) for finding in findings]
    relevances = [log_odds(finding.relevance) for finding in findings]
    sightings = [s for finding in findings for s in finding.sightings]
    ranked = sorted((s.evidence for s in sightings), reverse=True)
    cued = [any(s.candidate.hits.cues for s in finding.sightings) for finding in findings]
    several = len(findings) > 1
    values = (
        min(strengths),
        max(strengths),
        sum(strengths) / len(strengths),
        min(relevances),
        max(relevances),
        sum(relevances) / len(relevances),
        log_odds(ranked[1] if len(ranked) > 1 else 0.0),
        sum(cued) / len(cued),
        max((s.candidate.meaning for s in sightings), default=0.0),
        *_of_best(max(sightings, key=lambda s: 2 * s.evidence + s.relevance, default=None)),
        several,
        min(strengths) if several else 0.0,
    )
    return np.array(values, dtype=np.float32)


def _of_best(best: Sighting | None) -> tuple[float, float, float, float, float]:
    if best is None:
        return 0.0, 0.0, 0.0, 0.0, 0.0
    weak = set(best.showing.weakeners)
    return (
        float(best.showing.committed),
        float(min(len(best.showing.details), 4)),
        float(bool(weak & {Modifier.NEGATED, Modifier.TO_BE_CONFIRMED, Modifier.PLACEHOLDER})),
        float(bool(weak & {Modifier.HEDGED, Modifier.INTENTION, Modifier.QUESTION})),
        float(Modifier.NATIONAL in weak),
    )
