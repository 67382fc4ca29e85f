"""How often verdicts on each feature were right on gold plans: hard features need a clearer case.

Written by `tools/fit_verdicts.py` from plans that the judge had not seen, drawn towards the mean as few plans are
few witnesses; what it does to calibration stands in docs/accuracy.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from planchecker.judging.sighting import log_odds, probability

_FILE = Path(__file__).with_name("reliability.json")


def steadied(confidence: float, feature_id: str, checklist_id: str) -> float:
    """The probability of a verdict, given how right verdicts on this feature have been.

    Args:
        confidence: probability that the judge gives its verdict, 0 to 1.
        feature_id: the feature it is on.
        checklist_id: the checklist that the feature is on; an unknown one changes nothing.
    """
    known = _reliabilities().get(checklist_id, {})
    if feature_id not in known:
        return confidence
    mean = sum(known.values()) / len(known)
    return probability(log_odds(confidence) + log_odds(known[feature_id]) - log_odds(mean))


@cache
def _reliabilities() -> Mapping[str, Mapping[str, float]]:
    """By checklist and feature: share of verdicts that were right."""
    data: dict[str, dict[str, float]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return data
