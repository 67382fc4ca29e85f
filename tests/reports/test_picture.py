from __future__ import annotations

from dataclasses import replace

from planchecker.reports.picture import strips
from planchecker.result import Verdict
from tests.reports.sample import FLAWLESS, PLAN, RESULT
from tests.support import prose


def test_a_passage_stands_as_far_in_as_the_words_before_it() -> None:
    plan = prose("one two three", "four")
    evidence = replace(RESULT.elements[0].features[0].evidence[0], block=1)
    feature = replace(RESULT.elements[0].features[0], evidence=(evidence,))
    result = replace(RESULT, elements=(replace(RESULT.elements[0], features=(feature,)),))
    (strip,) = strips(result, plan).values()
    assert [(point.at, point.verdict) for point in strip.points] == [(75.0, Verdict.MET)]


def test_without_the_plan_pages_say_where() -> None:
    found = strips(RESULT, None)
    assert [point.at for point in found["E06"].points] == [15.9]
    assert found["E06"].words == "Evidence on page 7"


def test_nothing_is_drawn_where_nothing_says_how_far_in_a_passage_stands() -> None:
    assert strips(FLAWLESS, None) == {}


def test_passages_near_a_missing_feature_are_no_evidence() -> None:
    missing = replace(RESULT.elements[1].features[0], verdict=Verdict.MISSING)
    result = replace(RESULT, elements=(replace(RESULT.elements[1], features=(missing,)),))
    (strip,) = strips(result, PLAN).values()
    assert strip.points == ()
    assert strip.words == "No evidence"
