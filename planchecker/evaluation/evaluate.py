"""Checks gold plans and scores the verdicts, always beside controls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from planchecker.checklist import Checklist
from planchecker.evaluation.gold import GoldPlan, holds_snippet
from planchecker.evaluation.metrics import Outcome
from planchecker.matching.cues import CueMatcher
from planchecker.matching.language import analyse, content_stems
from planchecker.matching.lexical import BM25
from planchecker.matching.passages import passages_of
from planchecker.pipeline import check
from planchecker.plan import Plan
from planchecker.reading import read
from planchecker.result import FeatureResult, Verdict

CONTROLS = ("always met", "always missing", "keyword", "BM25 threshold")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Outcomes of planchecker and of each control on the same plans."""

    planchecker: tuple[Outcome, ...]
    controls: dict[str, tuple[Outcome, ...]]


def evaluate(plans: Iterable[GoldPlan], checklist: Checklist) -> Evaluation:
    """Check every gold plan and pair the verdicts with the key."""
    ours: list[Outcome] = []
    controls: dict[str, list[Outcome]] = {name: [] for name in CONTROLS[:3]}
    bm25_scores: list[tuple[Outcome, float]] = []
    for gold in plans:
        plan = read(gold.file)
        result = check(plan, checklist)
        ours += [_outcome(gold, feature) for feature in result.features if feature.id in gold.features]
        met = _keyword_verdicts(plan, checklist)
        for feature in checklist.features:
            if feature.id not in gold.features:
                continue
            controls["always met"].append(_fixed(gold, feature.id, Verdict.MET))
            controls["always missing"].append(_fixed(gold, feature.id, Verdict.MISSING))
            keyword = Verdict.MET if feature.id in met else Verdict.MISSING
            controls["keyword"].append(_fixed(gold, feature.id, keyword))
        scores = _bm25_scores(plan, checklist)
        bm25_scores += [(_fixed(gold, f, Verdict.MET), s) for f, s in scores.items() if f in gold.features]
    return Evaluation(
        tuple(ours),
        {name: tuple(outcomes) for name, outcomes in controls.items()}
        | {"BM25 threshold": _best_thresholds(bm25_scores)},
    )


def _outcome(gold: GoldPlan, feature: FeatureResult) -> Outcome:
    label = gold.features[feature.id]
    rank = None
    if label.evidence:
        quoted = [evidence.text for evidence in feature.evidence]
        hits = (n for n, text in enumerate(quoted, 1) if any(holds_snippet(text, s) for s in label.evidence))
        rank = next(hits, 0)
    gap = 1 - feature.confidence if feature.verdict is Verdict.MET else feature.confidence
    return Outcome(
        f"{gold.name}{gold.file.suffix}", feature.id, label.twist, label.status, feature.verdict,
        feature.confidence, gap, rank,
    )  # fmt: skip


def _fixed(gold: GoldPlan, feature_id: str, said: Verdict) -> Outcome:
    """What a control says: without evidence and as if it were certain."""
    label = gold.features[feature_id]
    return Outcome(
        f"{gold.name}{gold.file.suffix}", feature_id, label.twist, label.status, said,
        1.0, float(said is not Verdict.MET), 0 if label.evidence else None,
    )  # fmt: skip


def _keyword_verdicts(plan: Plan, checklist: Checklist) -> set[str]:
    """Features of which any cue occurs anywhere: what a search for keywords would tick."""
    matcher = CueMatcher(checklist)
    return {
        feature_id
        for block in plan.blocks
        for (feature_id, _), hits in matcher.hits(analyse(block.text)).items()
        if hits.cues or hits.killed
    }


def _bm25_scores(plan: Plan, checklist: Checklist) -> dict[str, float]:
    bm25 = BM25([content_stems(analyse(p.in_context)) for p in passages_of(plan)])
    return {
        feature.id: float(bm25.scores(content_stems(analyse(feature.requirement))).max(initial=0))
        for feature in checklist.features
    }


def _best_thresholds(scored: Sequence[tuple[Outcome, float]]) -> tuple[Outcome, ...]:
    """Two thresholds chosen in hindsight for the best accuracy: kinder to BM25 than real use."""
    if not scored:
        return ()
    grid = np.quantile([score for _, score in scored], np.linspace(0, 1, 15))
    candidates = [(low, high) for low in grid for high in grid if low <= high]

    def said(score: float, low: float, high: float) -> Verdict:
        return Verdict.MET if score >= high else Verdict.PARTIAL if score >= low else Verdict.MISSING

    low, high = max(candidates, key=lambda c: sum(said(s, *c) is o.gold for o, s in scored))
    return tuple(
        Outcome(o.plan, o.feature, o.twist, o.gold, said(s, low, high), 1.0,
                float(said(s, low, high) is not Verdict.MET), o.hit_rank)
        for o, s in scored
    )  # fmt: skip
