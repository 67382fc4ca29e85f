"""Fits the weights that turn signals into verdicts, on labelled plans; cross-validated by plan.

    python tools/fit_verdicts.py FOLDER --plans NAME,NAME,... [--write]

Two models for each mode: passages (is this evidence?) and, over what they say, features (met, partial, missing).
The second is fitted on what the first says of plans that it did not see. Word and PDF forms of a plan leave
together. Plans that trained the reader must not be named here: it is too sure of them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from planchecker.checklist import Checklist, Exemplars, Feature
from planchecker.checklist_file import load_checklist
from planchecker.evaluation.gold import GoldLabel, GoldPlan, gold_plans, holds_snippet
from planchecker.evaluation.metrics import Outcome, calibration_error, gap_f2, gap_precision, macro_f1
from planchecker.judging import sighting, verdict
from planchecker.judging.findings import Finding, rivals, shown_by, strongest_rival
from planchecker.judging.reliability import Reliability
from planchecker.judging.showing import Showing
from planchecker.judging.sighting import Sighting
from planchecker.judging.weights import Mode
from planchecker.matching import match as matching
from planchecker.matching.match import Candidate, Matches
from planchecker.matching.passages import Passage, passages_of
from planchecker.reading import read

_JUDGING = Path(__file__).resolve().parent.parent / "planchecker" / "judging"
_SHRINK = 12  # verdicts at the mean rate that each feature's few real ones are drawn towards
_UNQUOTED = 0.2  # weight of a passage that the key does not quote for a feature that it quotes others for
_OTHER_PART = 0.5  # weight of a quoted passage for a part that it does not answer best
_SIGHTING_STRENGTH = 0.3  # inverse of the penalty
_VERDICT_STRENGTHS = (0.03, 0.1, 0.3)


@dataclass(frozen=True)
class Seen:
    """A candidate with its signals and what the key makes of it (0 evidence, 1 weak, 2 none)."""

    plan: str
    form: str
    feature: str
    part: str
    candidate: Candidate
    showing: Showing
    signals: np.ndarray
    label: int
    weight: float


@dataclass(frozen=True)
class Fitted:
    scaler: StandardScaler
    model: LogisticRegression

    def chances(self, x: np.ndarray) -> np.ndarray:
        return self.model.predict_proba(self.scaler.transform(x))

    def weights(self) -> dict[str, list]:
        return {
            "mean": self.scaler.mean_.round(5).tolist(),
            "scale": self.scaler.scale_.round(5).tolist(),
            "coefficients": self.model.coef_.round(5).tolist(),
            "intercepts": self.model.intercept_.round(5).tolist(),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plans", required=True)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    names = set(args.plans.split(","))
    plans = [gold for gold in gold_plans(args.folder) if gold.file.parent.name in names]
    fitted = {mode.value: _fit_mode(mode, plans) for mode in Mode}
    modes = {name: weights for name, (weights, _) in fitted.items()}
    if args.write:
        data = {"sighting_signals": sighting.SIGNALS, "verdict_signals": verdict.SIGNALS, "modes": modes}
        (_JUDGING / "weights.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
        reliable = {load_checklist().id: asdict(_reliability(fitted[Mode.EXEMPLARS.value][1]))}
        (_JUDGING / "reliability.json").write_text(json.dumps(reliable, indent=1) + "\n", encoding="utf-8")


def _fit_mode(mode: Mode, plans: Sequence[GoldPlan]) -> tuple[dict[str, dict[str, list]], list[Outcome]]:
    """The weights of one way of working, and what it said of each plan without having seen it."""
    checklist = _checklist(mode)
    absent = dict.fromkeys(("begin_encoding", "encoder", "reader"), lambda *_: None)
    with patch.multiple(matching, **absent) if mode is Mode.RULES else nullcontext():
        seen = [one for gold in plans for one in _seen(gold, checklist)]
    gold = {(g.file.parent.name, f): label.status for g in plans for f, label in g.features.items()}
    chances = _out_of_fold(seen)
    keys, x, y = _feature_examples(seen, chances, checklist, gold)
    strength = max(_VERDICT_STRENGTHS, key=lambda c: _likelihood(keys, x, y, c))
    outcomes = _outcomes(keys, y, _cross_validated(keys, x, y, strength))
    print(mode, "C =", strength, _report(outcomes), flush=True)
    print("  confidence set right:", _report(_steadied(outcomes)), flush=True)
    weights = {"sighting": _fit_sightings(seen).weights(), "verdict": _fit(x, y, strength).weights()}
    return weights, outcomes


def _checklist(mode: Mode) -> Checklist:
    checklist = load_checklist()
    if mode is Mode.FEW:
        return replace(checklist, exemplar_file=None)
    if mode is not Mode.TEXTS:
        return checklist
    return replace(
        checklist,
        exemplar_file=None,
        elements=tuple(
            replace(
                element,
                features=tuple(
                    replace(
                        feature,
                        parts=tuple(
                            replace(part, cues=(), hints=(), counter_cues=(), exemplars=Exemplars())
                            for part in feature.parts
                        ),
                    )
                    for feature in element.features
                ),
            )
            for element in checklist.elements
        ),
    )


def _seen(gold: GoldPlan, checklist: Checklist) -> Iterator[Seen]:
    matches = matching.match(passages_of(read(gold.file)), checklist)
    suits = rivals(matches)
    for feature in checklist.features:
        key = gold.features[feature.id]
        best_part = _best_parts(feature, matches)
        for part in feature.parts:
            for candidate in matches[feature.id, part.id]:
                quoted = any(holds_snippet(candidate.passage.text, s) for s in key.evidence)
                label, weight = _label(key, quoted, best_part[candidate.passage] == part.id)
                showing = shown_by(candidate, feature, part, checklist)
                rival = strongest_rival(candidate, feature.id, suits)
                yield Seen(
                    plan=gold.file.parent.name,
                    form=gold.file.suffix,
                    feature=feature.id,
                    part=part.id,
                    candidate=candidate,
                    showing=showing,
                    signals=sighting.signals(candidate, showing, rival, len(feature.parts) > 1),
                    label=label,
                    weight=weight,
                )


def _best_parts(feature: Feature, matches: Matches) -> dict[Passage, str]:
    """The part that each passage answers best; the key names features, not parts."""
    best: dict[Passage, tuple[float, str]] = {}
    for part in feature.parts:
        for candidate in matches[feature.id, part.id]:
            chance = candidate.reading.evidence if candidate.reading else candidate.score
            best[candidate.passage] = max(best.get(candidate.passage, (-1.0, "")), (chance, part.id))
    return {passage: part_id for passage, (_, part_id) in best.items()}


def _label(key: GoldLabel, quoted: bool, is_best_part: bool) -> tuple[int, float]:
    """What the key makes of a candidate (0 evidence, 1 weak, 2 none), and how surely."""
    if not quoted:
        return 2, 1.0 if key.status == "missing" else _UNQUOTED
    if key.twist == "half":  # quoted for the part that is there, so no evidence for the one that is not
        return (0, 1.0) if is_best_part else (2, _OTHER_PART)
    return 0 if key.status == "met" else 1, 1.0 if is_best_part else _OTHER_PART


def _fit(x: np.ndarray, y: np.ndarray, strength: float, weights: np.ndarray | None = None) -> Fitted:
    scaler = StandardScaler().fit(x)
    scaler.scale_ = np.where(scaler.scale_ < 1e-6, 1.0, scaler.scale_)
    model = LogisticRegression(C=strength, max_iter=3000).fit(scaler.transform(x), y, sample_weight=weights)
    return Fitted(scaler, model)


def _fit_sightings(seen: Sequence[Seen]) -> Fitted:
    x = np.array([one.signals for one in seen])
    y = np.array([one.label for one in seen])
    return _fit(x, y, _SIGHTING_STRENGTH, np.array([one.weight for one in seen]))


def _out_of_fold(seen: Sequence[Seen]) -> np.ndarray:
    chances = np.zeros((len(seen), 3))
    for plan in {one.plan for one in seen}:
        fitted = _fit_sightings([one for one in seen if one.plan != plan])
        mine = [n for n, one in enumerate(seen) if one.plan == plan]
        chances[mine] = fitted.chances(np.array([seen[n].signals for n in mine]))
    return chances


def _feature_examples(
    seen: Sequence[Seen], chances: np.ndarray, checklist: Checklist, gold: dict[tuple[str, str], str]
) -> tuple[list[tuple[str, str, str]], np.ndarray, np.ndarray]:
    grouped: dict[tuple[str, str, str], dict[str, list[Sighting]]] = {}
    for one, (evidence, weak, _) in zip(seen, chances, strict=True):
        found = Sighting(one.candidate, one.showing, float(evidence), float(weak))
        parts = grouped.setdefault((one.plan, one.form, one.feature), {})
        parts.setdefault(one.part, []).append(found)
    rows = []
    for (_, _, feature_id), parts in grouped.items():
        feature = checklist.feature(feature_id)
        assert feature is not None
        rows.append(verdict.signals([Finding(p, tuple(parts.get(p.id, ()))) for p in feature.parts]))
    labels = [verdict.VERDICTS.index(gold[plan, feature]) for plan, _, feature in grouped]
    return list(grouped), np.array(rows), np.array(labels)


def _cross_validated(
    keys: Sequence[tuple[str, str, str]], x: np.ndarray, y: np.ndarray, strength: float
) -> np.ndarray:
    names = np.array([plan for plan, _, _ in keys])
    chances = np.zeros((len(y), 3))
    for plan in set(names):
        mine = names == plan
        chances[mine] = _fit(x[~mine], y[~mine], strength).chances(x[mine])
    return chances


def _likelihood(keys: Sequence[tuple[str, str, str]], x: np.ndarray, y: np.ndarray, strength: float) -> float:
    chances = _cross_validated(keys, x, y, strength)
    return float(np.log(chances[np.arange(len(y)), y].clip(1e-9)).mean())


def _outcomes(keys: Sequence[tuple[str, str, str]], y: np.ndarray, chances: np.ndarray) -> list[Outcome]:
    outcomes = []
    for (plan, _, feature), gold, row in zip(keys, y, chances, strict=True):
        said = verdict.decide(*map(float, row))
        confidence = float(row[verdict.VERDICTS.index(said)])
        outcomes.append(
            Outcome(plan, feature, "", verdict.VERDICTS[gold], said, confidence, 1 - float(row[0]), None)
        )
    return outcomes


def _reliability(outcomes: Sequence[Outcome]) -> Reliability:
    """How right the verdicts were: feature by feature, and then all of them by their confidence."""
    plans = {o.plan for o in outcomes}
    apart = {plan: Reliability(_shares([o for o in outcomes if o.plan != plan])) for plan in plans}
    odds = np.array([[apart[o.plan].odds(o.confidence, o.feature)] for o in outcomes])
    model = LogisticRegression(C=100).fit(odds, [o.said is o.gold for o in outcomes])
    return Reliability(
        _shares(outcomes), round(float(model.intercept_[0]), 4), round(float(model.coef_[0, 0]), 4)
    )


def _shares(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Share of right verdicts by feature, drawn towards the mean."""
    mean = float(np.mean([o.said is o.gold for o in outcomes]))
    right: dict[str, list[bool]] = {}
    for o in outcomes:
        right.setdefault(o.feature, []).append(o.said is o.gold)
    return {
        feature: round((sum(hits) + _SHRINK * mean) / (len(hits) + _SHRINK), 4)
        for feature, hits in sorted(right.items())
    }


def _steadied(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes with each plan's confidence set right by the verdicts on the other plans."""
    changed = []
    for plan in {o.plan for o in outcomes}:
        known = _reliability([o for o in outcomes if o.plan != plan])
        changed += [
            replace(o, confidence=known.steadied(o.confidence, o.feature)) for o in outcomes if o.plan == plan
        ]
    return changed


def _report(outcomes: Sequence[Outcome]) -> str:
    right = np.mean([o.said is o.gold for o in outcomes])
    return (
        f"accuracy {right:.3f} macro-F1 {macro_f1(outcomes):.3f} gap F2 {gap_f2(outcomes):.3f} "
        f"gap precision {gap_precision(outcomes):.3f} calibration {calibration_error(outcomes):.3f}"
    )


if __name__ == "__main__":
    main()
