"""From a plan to verdicts, end to end: taking evidence away never helps."""

from __future__ import annotations

import pytest

from planchecker.checklist import Checklist
from planchecker.pipeline import check
from planchecker.result import FeatureResult, Verdict
from tests.support import checklist_of, part, prose

BETTER_FIRST = (Verdict.MET, Verdict.PARTIAL, Verdict.MISSING)
FILLER = (
    "The choir met on Tuesday and sang until late.",
    "Parking at the hospital remains difficult.",
    "The town has two rivers and a market square.",
)
EVIDENCE = {
    "F01": "Unplanned admissions will fall by 15% by 2018/19, from 24,000 to 20,400 a year, led by Dr Anne Patel.",
    "F18": "With the council we will pool £6.6m in a section 75 agreement, the Better Care Fund, from April 2015;"
    " the Director of Integration leads it.",
    "F40": "Dr Anne Patel, lead GP for safeguarding, will train all 42 practices in the Mental Capacity Act by"
    " March 2015, audited every year through the contract.",
}


def feature(checklist: Checklist, feature_id: str, *texts: str) -> FeatureResult:
    return next(f for f in check(prose(*texts), checklist).features if f.id == feature_id)


@pytest.mark.parametrize("models", ["with", "without"])
@pytest.mark.parametrize("place", [0, 2, len(FILLER)])
def test_taking_the_only_evidence_away_never_raises_a_verdict(
    place: int, models: str, everyone_counts: Checklist, request: pytest.FixtureRequest
) -> None:
    if models == "without":
        request.getfixturevalue("without_models")
    bare = {f.id: f for f in check(prose(*FILLER), everyone_counts).features}
    for feature_id, text in EVIDENCE.items():
        full = feature(everyone_counts, feature_id, *FILLER[:place], text, *FILLER[place:])
        assert BETTER_FIRST.index(full.verdict) <= BETTER_FIRST.index(bare[feature_id].verdict), feature_id


@pytest.mark.parametrize("feature_id", EVIDENCE)
def test_whatever_else_the_plan_holds(feature_id: str, everyone_counts: Checklist) -> None:
    others = [text for other, text in EVIDENCE.items() if other != feature_id]
    full = feature(everyone_counts, feature_id, *others, EVIDENCE[feature_id])
    without = feature(everyone_counts, feature_id, *others)
    assert BETTER_FIRST.index(full.verdict) <= BETTER_FIRST.index(without.verdict)


def test_a_checklist_of_texts_alone() -> None:
    checklist = checklist_of(part("Staff are trained in the Mental Capacity Act"))
    full = feature(checklist, "F01", *FILLER, EVIDENCE["F40"])
    without = feature(checklist, "F01", *FILLER)
    assert BETTER_FIRST.index(full.verdict) <= BETTER_FIRST.index(without.verdict)
