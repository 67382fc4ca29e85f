"""Evidence that assessors have confirmed, as exemplars: one line of JSON each (docs/triage.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from planchecker.errors import UsageError
from planchecker.files import whole
from planchecker.result import Evidence, FeatureResult, Verdict
from planchecker.triage.batch import Batch
from planchecker.triage.echo import ECHO
from planchecker.triage.judgement import confirmed

_LABELS = {Verdict.MET: "met", Verdict.PARTIAL: "partial", Verdict.MISSING: "none"}


def write_exemplars(batch: Batch, path: Path) -> int:
    """Write the confirmed evidence of a batch; the number of exemplars.

    Raises:
        UsageError: the file cannot be written.
    """
    lines = [json.dumps(one, ensure_ascii=False) for one in exemplars(batch)]
    try:
        with whole(path) as fresh:
            fresh.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    except OSError as error:
        problem = f"{path}: the exemplars cannot be written ({error.strerror or error})"
        raise UsageError(f"{problem}; name another file.") from error
    return len(lines)


def exemplars(batch: Batch) -> Iterator[dict[str, Any]]:
    """The exemplars, each passage once.

    A passage is taken where all assessors who judged the feature agree, the evidence is what they saw, and
    the same words do not stand elsewhere.
    """
    seen: set[tuple[str, str]] = set()
    for entry, feature in confirmed(batch):
        for evidence in _telling(feature):
            if (feature.id, evidence.text) not in seen:
                seen.add((feature.id, evidence.text))
                label = _LABELS[feature.standing]
                yield {
                    "feature": feature.id,
                    "label": label,
                    "parts": {evidence.part: label},
                    "kind": "confirmed",
                    "heading": evidence.heading[-1] if evidence.heading else "",
                    "text": evidence.text,
                    "plan": entry.name,
                    "by": [decision.by for decision in feature.decisions],
                }


def _telling(feature: FeatureResult) -> Iterator[Evidence]:
    """The passages of which the verdict on the whole feature says how to read them.

    An assessor who finds more than planchecker may have found it elsewhere, so the passages quoted say nothing;
    one who finds nothing has seen that they mislead. Of a compound feature that is partly met nobody said
    which part is; of one that is met each part is, and its best passage shows it.
    """
    parts = {evidence.part for evidence in feature.evidence}
    if feature.standing not in (feature.verdict, Verdict.MISSING) or feature.standing not in _LABELS:
        return
    if feature.standing is Verdict.PARTIAL and len(parts) > 1:
        return
    done: set[str] = set()
    for evidence in feature.evidence:
        if evidence.part not in done and not any(weak.startswith(ECHO) for weak in evidence.weakened_by):
            done.add(evidence.part)
            yield evidence
