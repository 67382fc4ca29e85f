"""The confidence in a verdict, set right by how right verdicts were on gold plans: hard features need a clearer case.

Written by `tools/fit_verdicts.py` from plans that the judge had not seen. Features are drawn towards the mean, as few
plans are few witnesses; what is left is set right by logistic regression (Platt 1999). What it does to calibration
stands in docs/accuracy.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from planchecker.judging.sighting import log_odds, probability

_FILE = Path(__file__).with_name("reliability.json")


@dataclass(frozen=True, slots=True)
class Reliability:
    """How right verdicts by one checklist were.

    Attributes:
        features: share of right verdicts by feature id, drawn towards the mean.
        intercept: added to the log odds of a confidence.
        slope: by which they are multiplied first.
    """

    features: Mapping[str, float]
    intercept: float = 0.0
    slope: float = 1.0

    def odds(self, confidence: float, feature_id: str) -> float:
        """Log odds of a confidence, moved by how hard the feature is."""
        mean = sum(self.features.values()) / len(self.features)
        return log_odds(confidence) + log_odds(self.features[feature_id]) - log_odds(mean)

    def steadied(self, confidence: float, feature_id: str) -> float:
        """The probability that a verdict is right, given the judge's own for it."""
        return probability(self.intercept + self.slope * self.odds(confidence, feature_id))


def steadied(confidence: float, feature_id: str, checklist_id: str) -> float:
    """The probability of a verdict, given how right verdicts were.

    Args:
        confidence: probability that the judge gives its verdict, 0 to 1.
        feature_id: the feature it is on.
        checklist_id: the checklist that the feature is on; an unknown one changes nothing.
    """
    known = _reliabilities().get(checklist_id)
    return (
        confidence
        if known is None or feature_id not in known.features
        else known.steadied(confidence, feature_id)
    )


@cache
def _reliabilities() -> Mapping[str, Reliability]:
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    return {checklist_id: Reliability(**fields) for checklist_id, fields in data.items()}
