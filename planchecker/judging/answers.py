"""What a report says about a feature's answer box in a filled template, beside what it says of any plan."""

from __future__ import annotations

from collections.abc import Sequence

from planchecker.judging.findings import Finding
from planchecker.judging.wording import SHOWN
from planchecker.result import Verdict

_EMPTY = "The answer box for this feature is empty."


def answer_reasons(answer: str | None, verdict: Verdict, findings: Sequence[Finding]) -> tuple[str, ...]:
    """Sentences on the answer box, to stand before the other reasons.

    Args:
        answer: what stands in the box, "" for an empty one, None where the plan has none.
        verdict: the verdict on the feature.
        findings: what was found for each of its parts.
    """
    if answer is None:
        return ()
    if not answer:
        return (_EMPTY,)
    if verdict is Verdict.MISSING:
        return ("What stands in its answer box does not address it.",)
    own = max((s.evidence for f in findings for s in f.sightings if s.is_answer), default=0.0)
    if own < SHOWN <= max(finding.strength for finding in findings):
        return ("Its own answer box shows less of it than other answers do.",)
    return ()


def answer_gaps(answer: str | None, verdict: Verdict) -> tuple[str, ...]:
    """What to do about an empty box of a feature that is not met."""
    return (_EMPTY,) if answer == "" and verdict is not Verdict.MET else ()
