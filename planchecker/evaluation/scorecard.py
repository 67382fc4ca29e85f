"""An evaluation as text, JSON or a Markdown table: planchecker's scores beside the controls'."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from planchecker.evaluation.evaluate import Evaluation
from planchecker.evaluation.metrics import SCORES, Outcome, accuracy, interval


def as_text(evaluation: Evaluation) -> str:
    """The scores for a terminal."""
    return "\n".join(_text_lines(evaluation))


def as_markdown(evaluation: Evaluation) -> str:
    """The scores as a Markdown table, for docs/accuracy.md."""
    columns = ["planchecker", "95 % interval", *evaluation.controls]
    lines = ["| score | " + " | ".join(columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for name, ours, low, high, others in _rows(evaluation):
        cells = [f"{ours:.3f}", f"{low:.2f} to {high:.2f}", *(f"{other:.3f}" for other in others)]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def as_json(evaluation: Evaluation) -> str:
    """The scores and every outcome, as JSON."""
    data: dict[str, Any] = {
        "scores": {
            name: {"planchecker": ours, "interval": [low, high], **dict(zip(evaluation.controls, others, strict=True))}
            for name, ours, low, high, others in _rows(evaluation)
        },
        "by_feature": _grouped(evaluation.planchecker, lambda o: o.feature),
        "by_twist": _grouped(evaluation.planchecker, lambda o: o.twist),
        "outcomes": [
            {"plan": o.plan, "feature": o.feature, "twist": o.twist, "gold": o.gold, "said": o.said,
             "confidence": o.confidence, "hit_rank": o.hit_rank}
            for o in evaluation.planchecker
        ],
    }  # fmt: skip
    return json.dumps(data, indent=1)


def _text_lines(evaluation: Evaluation) -> Iterator[str]:
    plans = sorted({o.plan for o in evaluation.planchecker})
    yield f"{len(plans)} plans, {len(evaluation.planchecker)} verdicts: {', '.join(plans)}"
    yield ""
    yield f"{'':28} {'planchecker':>12} {'(95 %)':>14}" + "".join(f"{n:>16}" for n in evaluation.controls)
    for name, ours, low, high, others in _rows(evaluation):
        spread = f"({low:.2f}-{high:.2f})"
        yield f"{name:28} {ours:12.3f} {spread:>14}" + "".join(f"{other:16.3f}" for other in others)
    for title, key in (("kind of trap", _twist), ("feature", _feature)):
        yield f"\nAccuracy by {title}:"
        grouped = _grouped(evaluation.planchecker, key)
        yield "  " + "  ".join(f"{name} {share:.2f} (n={n})" for name, (share, n) in grouped.items())


def _rows(evaluation: Evaluation) -> Iterator[tuple[str, float, float, float, list[float]]]:
    for name, score in SCORES.items():
        low, high = interval(evaluation.planchecker, score)
        others = [score(outcomes) for outcomes in evaluation.controls.values()]
        yield name, score(evaluation.planchecker), low, high, others


def _grouped(outcomes: Sequence[Outcome], key: Callable[[Outcome], str]) -> dict[str, tuple[float, int]]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(key(outcome) or "unstated", []).append(outcome)
    return {name: (accuracy(group), len(group)) for name, group in sorted(groups.items())}


def _twist(outcome: Outcome) -> str:
    return outcome.twist


def _feature(outcome: Outcome) -> str:
    return outcome.feature
