"""Gold plans: a plan and the verdicts that a careful reader gave it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from planchecker.errors import UsageError
from planchecker.matching.language import fold
from planchecker.result import Verdict

_PLAN_FILES = ("plan.docx", "plan.pdf")
_OVERLAP = 85.0  # partial ratio; a snippet can be broken by a line, a page or a cell in a PDF
_MIN_SHARED_WORDS = 5


@dataclass(frozen=True, slots=True)
class GoldLabel:
    """A careful reader's verdict on one feature, with the passages that show it."""

    status: Verdict
    twist: str = ""
    evidence: tuple[str, ...] = ()
    decoys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldPlan:
    """A plan file with its key."""

    name: str
    file: Path
    features: Mapping[str, GoldLabel]


def gold_plans(folder: Path, suffix: str | None = None) -> Iterator[GoldPlan]:
    """All labelled plans in the folders below `folder`, in order of name.

    Args:
        folder: holds one folder a plan, each with `gold.json` and `plan.docx` or `plan.pdf`.
        suffix: ".docx" or ".pdf" to take only that form; otherwise every form there is.

    Raises:
        UsageError: there is none, or a key is not in the documented form.
    """
    found = False
    for key in sorted(folder.glob("**/gold.json")):
        for name in _PLAN_FILES:
            file = key.parent / name
            if file.is_file() and suffix in (None, file.suffix):
                found = True
                yield _load(key, file)
    if not found:
        raise UsageError(f"{folder}: no folder below it holds a gold.json beside a plan.docx or plan.pdf")


def holds_snippet(text: str, snippet: str) -> bool:
    """True if a quoted passage and a gold snippet share their words, either inside the other."""
    one, other = normalised(text), normalised(snippet)
    if min(len(one.split()), len(other.split())) < _MIN_SHARED_WORDS:
        return one in other or other in one if one and other else False
    return fuzz.partial_ratio(one, other, score_cutoff=_OVERLAP) > 0


def normalised(text: str) -> str:
    """Lower-cased words only."""
    return " ".join(re.findall(r"[a-z0-9£%]+", fold(text).lower()))


def _snippets(label: Mapping[str, object], key: str) -> tuple[str, ...]:
    given = label.get(key, [])
    if not isinstance(given, list) or not all(isinstance(text, str) for text in given):
        raise TypeError(f"{key} is not a list of texts")
    return tuple(given)


def _load(key: Path, file: Path) -> GoldPlan:
    try:
        data = json.loads(key.read_text(encoding="utf-8"))
        features = {
            feature: GoldLabel(
                status=Verdict(label["status"]),
                twist=label.get("twist", ""),
                evidence=_snippets(label, "evidence"),
                decoys=_snippets(label, "decoy"),
            )
            for feature, label in data["features"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f'{key}: not a key; expected {{"name": ..., "features": {{"F01": {{"status": "met", "evidence": [...]}}}}}}'
        ) from error
    return GoldPlan(str(data.get("name", key.parent.name)), file, features)
