"""Scores of verdicts against a careful reader's, in the terms of the field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from planchecker.result import Verdict

_CLASSES = (Verdict.MET, Verdict.PARTIAL, Verdict.MISSING)
_BINS = 10
_RESAMPLES = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """One feature of one plan: what the key says, what was said, and how surely.

    Attributes:
        hit_rank: rank from 1 of the first quoted passage that overlaps a gold snippet; 0 if none
            does; None where the key quotes nothing.
        gap_probability: probability that the feature is not met.
    """

    plan: str
    feature: str
    twist: str
    gold: Verdict
    said: Verdict
    confidence: float
    gap_probability: float
    hit_rank: int | None


Score = Callable[[Sequence[Outcome]], float]


def accuracy(outcomes: Sequence[Outcome]) -> float:
    """Share of verdicts equal to the key's."""
    return _mean([o.said is o.gold for o in outcomes])


def macro_f1(outcomes: Sequence[Outcome]) -> float:
    """Unweighted mean of the F1 of met, partial and missing."""
    return float(np.mean([_f(*_counts(outcomes, {c}, {c}), beta=1.0) for c in _CLASSES]))


def kappa(outcomes: Sequence[Outcome]) -> float:
    """Cohen's kappa: agreement beyond chance (1960)."""
    chance = sum(
        _mean([o.said is c for o in outcomes]) * _mean([o.gold is c for o in outcomes]) for c in _CLASSES
    )
    return (accuracy(outcomes) - chance) / (1 - chance) if chance < 1 else 1.0


_GAPS = {Verdict.PARTIAL, Verdict.MISSING}


def gap_precision(outcomes: Sequence[Outcome]) -> float:
    """Share of reported gaps that are gaps; 1 where none was reported."""
    hits, false, _ = _counts(outcomes, _GAPS, _GAPS)
    return hits / (hits + false) if hits + false else 1.0


def gap_recall(outcomes: Sequence[Outcome]) -> float:
    """Share of gaps that were reported; 1 where there is none."""
    hits, _, missed = _counts(outcomes, _GAPS, _GAPS)
    return hits / (hits + missed) if hits + missed else 1.0


def gap_f2(outcomes: Sequence[Outcome]) -> float:
    """F2 of gaps: a missed gap costs more than a false one (Azeem and Abualhaija 2024)."""
    return _f(*_counts(outcomes, _GAPS, _GAPS), beta=2.0)


def gap_precision_at_80_recall(outcomes: Sequence[Outcome]) -> float:
    """Best precision of gaps at a recall of at least 0.8, ranked by probability (CUAD's measure)."""
    total = sum(o.gold in _GAPS for o in outcomes)
    best = 0.0
    for threshold in {o.gap_probability for o in outcomes}:  # equals stand or fall together
        reported = [o.gold in _GAPS for o in outcomes if o.gap_probability >= threshold]
        if total and sum(reported) / total >= 0.8:
            best = max(best, sum(reported) / len(reported))
    return best


def evidence_hit(outcomes: Sequence[Outcome], within: int) -> float:
    """Share of features with gold evidence where one of the first quotes overlaps it."""
    ranks = [o.hit_rank for o in outcomes if o.hit_rank is not None]
    return _mean([0 < rank <= within for rank in ranks])


def calibration_error(outcomes: Sequence[Outcome]) -> float:
    """Expected calibration error over ten equal bins (Naeini and others 2015)."""
    if not outcomes:
        return 0.0
    confidence = np.array([o.confidence for o in outcomes])
    right = np.array([o.said is o.gold for o in outcomes], dtype=float)
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    return float(
        sum(
            abs(right[bins == b].mean() - confidence[bins == b].mean()) * (bins == b).mean()
            for b in set(bins.tolist())
        )
    )


SCORES: dict[str, Score] = {
    "accuracy": accuracy,
    "macro-F1": macro_f1,
    "kappa": kappa,
    "gap precision": gap_precision,
    "gap recall": gap_recall,
    "gap F2": gap_f2,
    "gap precision at 80 % recall": gap_precision_at_80_recall,
    "evidence hit at 1": lambda outcomes: evidence_hit(outcomes, 1),
    "evidence hit at 3": lambda outcomes: evidence_hit(outcomes, 3),
    "calibration error": calibration_error,
}


def interval(outcomes: Sequence[Outcome], score: Score, seed: int = 0) -> tuple[float, float]:
    """95 % interval by bootstrap over plans, as features of one plan are not independent."""
    by_plan: dict[str, list[Outcome]] = {}  # the Word and PDF forms of a plan are one plan
    for outcome in outcomes:
        by_plan.setdefault(outcome.plan.rpartition(".")[0] or outcome.plan, []).append(outcome)
    names = sorted(by_plan)
    rng = np.random.default_rng(seed)
    values = [
        score([o for n in rng.integers(len(names), size=len(names)) for o in by_plan[names[n]]])
        for _ in range(_RESAMPLES)
    ]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def _counts(outcomes: Sequence[Outcome], said: set[Verdict], gold: set[Verdict]) -> tuple[int, int, int]:
    hits = sum(o.said in said and o.gold in gold for o in outcomes)
    false = sum(o.said in said and o.gold not in gold for o in outcomes)
    missed = sum(o.said not in said and o.gold in gold for o in outcomes)
    return hits, false, missed


def _f(hits: int, false: int, missed: int, beta: float) -> float:
    weighted = (1 + beta**2) * hits
    total = weighted + beta**2 * missed + false
    return weighted / total if total else 0.0


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
