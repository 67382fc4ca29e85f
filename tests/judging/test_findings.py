"""Findings: passages in the order of their worth, and rivals for a passage among the features."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.checklist import Checklist
from planchecker.judging.findings import all_findings, rivals, strongest_rival
from planchecker.matching.cues import CueHits
from planchecker.matching.match import Candidate, Matches, Reading, match
from planchecker.matching.passages import Passage, passages_of
from planchecker.plan import BlockKind
from tests.judging.test_verdict import finding, sighting
from tests.support import prose

PASSAGES = [Passage(text, text, (), 1, n, BlockKind.PARAGRAPH) for n, text in enumerate(("One.", "Two."))]
chances = st.floats(0, 1)


def read_as(passage: Passage, evidence: float) -> Candidate:
    return Candidate(passage, 0.5, 0.5, 0.5, CueHits(), Reading(evidence, 0.0, 1 - evidence))


def test_a_passage_belongs_first_to_the_feature_that_it_suits_best() -> None:
    one, two = PASSAGES
    matches: Matches = {
        ("F01", "a"): (read_as(one, 0.2), read_as(two, 0.9)),
        ("F01", "b"): (read_as(one, 0.3),),
        ("F02", "a"): (read_as(one, 0.8),),
    }
    suits = rivals(matches)
    assert suits == {one: {"F01": 0.3, "F02": 0.8}, two: {"F01": 0.9}}
    assert strongest_rival(read_as(one, 0.2), "F01", suits) == 0.8
    assert strongest_rival(read_as(one, 0.8), "F02", suits) == 0.3
    assert strongest_rival(read_as(two, 0.9), "F01", suits) == 0.0


def test_what_was_not_read_has_no_rivals() -> None:
    unread = Candidate(PASSAGES[0], 0.5, 0.5, 0.5, CueHits())
    suits = rivals({("F01", "a"): (unread,), ("F02", "a"): (unread,)})
    assert strongest_rival(unread, "F01", suits) == 0.0


@given(st.lists(st.tuples(st.sampled_from(["F01", "F02", "F03"]), st.integers(0, 1), chances), max_size=8))
def test_no_feature_is_its_own_rival(listed: list[tuple[str, int, float]]) -> None:
    matches: Matches = {
        (feature, str(n)): (read_as(PASSAGES[which], evidence),)
        for n, (feature, which, evidence) in enumerate(listed)
    }
    suits = rivals(matches)
    for (feature, _), (candidate,) in matches.items():
        others = [e for f, which, e in listed if f != feature and PASSAGES[which] is candidate.passage]
        assert strongest_rival(candidate, feature, suits) == max(others, default=0.0)


def test_a_finding_is_as_good_as_its_best_passage() -> None:
    found = finding(sighting(0.2, 0.7), sighting(0.6, 0.1))
    assert (found.strength, found.relevance) == (pytest.approx(0.6), pytest.approx(0.9))
    assert (finding().strength, finding().relevance) == (0.0, 0.0)


@pytest.mark.parametrize("models", ["with", "without"])
def test_every_part_has_its_finding_and_the_best_stands_first(
    models: str, everyone_counts: Checklist, request: pytest.FixtureRequest
) -> None:
    if models == "without":
        request.getfixturevalue("without_models")
    plan = prose(
        "Dr Anne Patel will train all 42 practices in the Mental Capacity Act by March 2015.",
        "With the council we will pool £6.6m in the Better Care Fund from April 2015.",
        "The choir met on Tuesday.",
    )
    findings = all_findings(everyone_counts, match(passages_of(plan), everyone_counts))
    for feature in everyone_counts.features:
        assert [found.part for found in findings[feature.id]] == list(feature.parts)
        for found in findings[feature.id]:
            worth = [sighting.worth for sighting in found.sightings]
            assert worth == sorted(worth, reverse=True)
            assert all(s.evidence >= 0 and s.weak >= 0 and s.relevance <= 1 + 1e-9 for s in found.sightings)
