"""Fits the weights that turn signals into verdicts, on labelled plans; cross-validated by plan.

    python tools/fit_verdicts.py FOLDER [--skip NAME,NAME] [--write]

FOLDER holds labelled plans. Plans named by --skip stay out (they are kept for measuring).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from planchecker.checklist import Checklist
from planchecker.checklist_file import load_checklist
from planchecker.evaluation.gold import GoldPlan, gold_plans
from planchecker.evaluation.metrics import Outcome, calibration_error, gap_f2, gap_precision, macro_f1
from planchecker.judging.findings import all_findings
from planchecker.judging.verdict import SIGNALS, VERDICTS, signals
from planchecker.matching.match import Matches, match, rank
from planchecker.matching.passages import passages_of
from planchecker.reading import read
from planchecker.result import Verdict

_WEIGHTS = Path(__file__).resolve().parent.parent / "planchecker" / "judging" / "weights.json"
_STRENGTHS = (0.003, 0.01, 0.03, 0.1, 0.3)  # inverse of the penalty, chosen by cross-validation


@dataclass(frozen=True)
class Examples:
    plans: np.ndarray
    features: list[str]
    x: np.ndarray
    y: np.ndarray


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--skip", default="")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    skipped = set(filter(None, args.skip.split(",")))
    plans = [g for g in gold_plans(args.folder) if g.file.parent.name not in skipped]
    checklist = load_checklist()
    weights = {}
    for mode in ("reader", "rules"):
        examples = _examples(plans, checklist, find=match if mode == "reader" else rank)
        strength = max(_STRENGTHS, key=lambda c: -_log_loss(examples, c))
        print(mode, "C =", strength, _report(examples, _cross_validated(examples, strength)))
        weights[mode] = _fitted(examples, strength)
    if args.write:
        _WEIGHTS.write_text(json.dumps({"signals": SIGNALS, **weights}, indent=1) + "\n", encoding="utf-8")


def _examples(plans: Sequence[GoldPlan], checklist: Checklist, find: Callable[..., Matches]) -> Examples:
    names, features, x, y = [], [], [], []
    for gold in plans:
        findings = all_findings(checklist, find(passages_of(read(gold.file)), checklist))
        for feature in checklist.features:
            names.append(gold.file.parent.name)
            features.append(feature.id)
            x.append(signals(findings[feature.id]))
            y.append(VERDICTS.index(gold.features[feature.id].status))
    return Examples(np.array(names), features, np.array(x), np.array(y))


def _model(x: np.ndarray, y: np.ndarray, strength: float) -> tuple[StandardScaler, LogisticRegression]:
    scaler = StandardScaler().fit(x)
    return scaler, LogisticRegression(C=strength, max_iter=2000).fit(scaler.transform(x), y)


def _cross_validated(examples: Examples, strength: float) -> np.ndarray:
    """Probabilities for each plan from a model that never saw it (Word and PDF leave together)."""
    out = np.zeros((len(examples.y), 3))
    for plan in set(examples.plans):
        test = examples.plans == plan
        scaler, model = _model(examples.x[~test], examples.y[~test], strength)
        out[test] = model.predict_proba(scaler.transform(examples.x[test]))
    return out


def _log_loss(examples: Examples, strength: float) -> float:
    chances = _cross_validated(examples, strength)
    return float(-np.log(chances[np.arange(len(examples.y)), examples.y].clip(1e-9)).mean())


def _report(examples: Examples, chances: np.ndarray) -> str:
    outcomes = [
        Outcome(plan, feature, "", VERDICTS[gold], VERDICTS[row.argmax()], float(row.max()), 1 - row[0], None)
        for plan, feature, gold, row in zip(
            examples.plans, examples.features, examples.y, chances, strict=True
        )
    ]
    right = np.mean([o.said is o.gold for o in outcomes])
    missing = np.mean([o.said is Verdict.MISSING for o in outcomes])
    return (
        f"accuracy {right:.3f} macro-F1 {macro_f1(outcomes):.3f} gap F2 {gap_f2(outcomes):.3f} "
        f"gap precision {gap_precision(outcomes):.3f} calibration {calibration_error(outcomes):.3f} "
        f"(said missing {missing:.2f})"
    )


def _fitted(examples: Examples, strength: float) -> dict[str, list]:
    scaler, model = _model(examples.x, examples.y, strength)
    return {
        "mean": scaler.mean_.round(4).tolist(),
        "scale": scaler.scale_.round(4).tolist(),
        "coefficients": model.coef_.round(4).tolist(),
        "intercepts": model.intercept_.round(4).tolist(),
    }


if __name__ == "__main__":
    main()
