from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.checklist import Checklist
from planchecker.judging.reliability import Reliability, steadied

_SOME = Reliability({"F01": 0.9, "F02": 0.7, "F03": 0.5}, intercept=0.2, slope=0.8)
chances = st.floats(0, 1)


@given(chances, st.sampled_from(sorted(_SOME.features)))
def test_it_stays_a_probability(confidence: float, feature: str) -> None:
    assert 0 < _SOME.steadied(confidence, feature) < 1


@given(chances, chances)
def test_the_surer_of_two_verdicts_on_a_feature_stays_so(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert _SOME.steadied(low, "F02") <= _SOME.steadied(high, "F02")


@given(chances)
def test_a_hard_feature_needs_a_clearer_case(confidence: float) -> None:
    easy, middling, hard = (_SOME.steadied(confidence, feature) for feature in sorted(_SOME.features))
    assert easy > middling > hard


@pytest.mark.parametrize("confidence", [0.0, 0.4, 1.0])
def test_a_list_or_feature_that_was_never_measured_changes_nothing(confidence: float) -> None:
    assert steadied(confidence, "F01", "somebody-elses-list") == confidence
    assert steadied(confidence, "F99", "everyone-counts-2014") == confidence


def test_every_feature_of_the_installed_list_was_measured(everyone_counts: Checklist) -> None:
    text = (files("planchecker.judging") / "reliability.json").read_text(encoding="utf-8")
    known = json.loads(text)[everyone_counts.id]
    assert set(known["features"]) == {feature.id for feature in everyone_counts.features}
    assert known["slope"] > 0
