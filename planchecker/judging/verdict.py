"""From findings to a verdict and its probability: a small calibrated model over stated signals."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from planchecker.judging.findings import Finding, Sighting
from planchecker.judging.modifiers import Modifier
from planchecker.matching.memory import Floats
from planchecker.result import Verdict

VERDICTS = (Verdict.MET, Verdict.PARTIAL, Verdict.MISSING)
_WEIGHTS = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the probability of each of the three."""

    verdict: Verdict
    probabilities: tuple[float, float, float]

    @property
    def confidence(self) -> float:
        """Probability of the verdict given."""
        return self.probabilities[VERDICTS.index(self.verdict)]


def judge(findings: Sequence[Finding]) -> Judgement:
    """Weigh the findings of all parts of a feature."""
    weights = _weights()["reader" if _has_readings(findings) else "rules"]
    scaled = (signals(findings) - np.array(weights["mean"])) / np.array(weights["scale"])
    logits = np.array(weights["coefficients"]) @ scaled + np.array(weights["intercepts"])
    odds = np.exp(logits - logits.max())
    met, partial, missing = (float(p) for p in odds / odds.sum())
    best = max(zip((met, partial, missing), VERDICTS, strict=True), key=lambda pair: pair[0])
    return Judgement(best[1], (met, partial, missing))


SIGNALS = (
    "strength of the weakest part",
    "strength of the strongest part",
    "mean strength",
    "relevance of the weakest part",
    "relevance of the strongest part",
    "mean relevance",
    "second best strength",
    "share of parts with a cue",
    "meaning of the nearest passage",
    "best passage commits",
    "kinds of detail in the best passage",
    "best passage is put off or denied",
    "best passage is hedged or only intends",
    "best passage repeats the ask",
    "best passage answers another feature better by",
    "several parts",
)


def signals(findings: Sequence[Finding]) -> Floats:
    """The numbers that the verdict is weighed from, in the order of SIGNALS."""
    strengths = [_logit(finding.strength) for finding in findings]
    relevances = [_logit(finding.relevance) for finding in findings]
    sightings = [s for finding in findings for s in finding.sightings]
    ranked = sorted((s.strength for s in sightings), reverse=True)
    best = max(sightings, key=lambda s: s.strength + s.relevance, default=None)
    cued = [any(s.candidate.hits.cues for s in finding.sightings) for finding in findings]
    return np.array(
        [
            min(strengths),
            max(strengths),
            sum(strengths) / len(strengths),
            min(relevances),
            max(relevances),
            sum(relevances) / len(relevances),
            _logit(ranked[1] if len(ranked) > 1 else 0.0),
            sum(cued) / len(cued),
            max((s.candidate.meaning for s in sightings), default=0.0),
            *_of_best(best),
            float(len(findings) > 1),
        ],
        dtype=np.float32,
    )


def _of_best(best: Sighting | None) -> tuple[float, float, float, float, float, float]:
    if best is None:
        return 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    weak = set(best.showing.weakeners)
    return (
        float(best.showing.committed),
        float(min(len(best.showing.details), 4)),
        float(bool(weak & {Modifier.NEGATED, Modifier.TO_BE_CONFIRMED, Modifier.PLACEHOLDER})),
        float(bool(weak & {Modifier.HEDGED, Modifier.INTENTION, Modifier.QUESTION})),
        float(Modifier.NATIONAL in weak),
        max(0.0, best.rival - best.strength),
    )


def _logit(probability: float) -> float:
    clipped = min(max(probability, 0.005), 0.995)
    return float(np.log(clipped / (1 - clipped)))


def _has_readings(findings: Sequence[Finding]) -> bool:
    return any(s.candidate.reading for finding in findings for s in finding.sightings)


@cache
def _weights() -> dict[str, dict[str, list[float]]]:
    weights: dict[str, dict[str, list[float]]] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return weights
