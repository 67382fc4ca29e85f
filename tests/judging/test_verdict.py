"""The verdict: probabilities, and evidence that pulls the right way; no tuned number is tested."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.checklist import Specific
from planchecker.judging.findings import Finding
from planchecker.judging.modifiers import Modifier
from planchecker.judging.showing import Showing
from planchecker.judging.sighting import Sighting
from planchecker.judging.verdict import SIGNALS, decide, judge, signals
from planchecker.judging.weights import Mode
from planchecker.matching.cues import CueHits
from planchecker.matching.match import Candidate, Reading
from planchecker.matching.passages import Passage
from planchecker.plan import BlockKind
from planchecker.result import Verdict
from tests.support import part

GOOD = Showing(
    frozenset({Specific.DATE, Specific.OWNER, Specific.NUMBER}), frozenset({Modifier.COMMITMENT}), ()
)
BARE = Showing(frozenset(), frozenset(), ())
shows = st.builds(
    Showing,
    st.frozensets(st.sampled_from(Specific)),
    st.frozensets(st.sampled_from([Modifier.COMMITMENT, Modifier.DONE])),
    st.lists(st.sampled_from(Modifier), max_size=3, unique=True).map(tuple),
)
chances = st.floats(0, 1)


def sighting(
    evidence: float,
    weak: float = 0.0,
    shown: Showing = BARE,
    meaning: float = 0.5,
    cues: tuple[str, ...] = (),
    text: str = "Some words.",
    is_answer: bool = False,
) -> Sighting:
    """A passage that is this surely evidence or weak evidence."""
    passage = Passage(text, text, (), 1, 0, BlockKind.PARAGRAPH)
    weak = min(weak, 1 - evidence)
    reading = Reading(evidence, weak, 1 - evidence - weak)
    candidate = Candidate(passage, 0.5, 0.5, meaning, CueHits(cues), reading)
    return Sighting(candidate, shown, evidence, weak, is_answer)


def finding(*sightings: Sighting) -> Finding:
    return Finding(part("Who leads it"), sightings)


findings = st.lists(
    st.lists(st.builds(sighting, chances, chances, shows, chances), max_size=4).map(
        lambda listed: finding(*listed)
    ),
    min_size=1,
    max_size=3,
)


@pytest.mark.parametrize("mode", Mode)
@given(findings)
def test_probabilities_add_up_and_the_verdict_follows_from_them(mode: Mode, found: Sequence[Finding]) -> None:
    judgement = judge(found, mode)
    assert sum(judgement.probabilities) == pytest.approx(1)
    assert all(0 <= chance <= 1 for chance in judgement.probabilities)
    if max(f.strength for f in found) < 0.5:
        assert judgement.verdict is decide(*judgement.probabilities)
    assert judgement.confidence in judgement.probabilities


@given(chances, chances)
def test_met_asks_for_more_than_the_rest_together(met: float, share: float) -> None:
    partial = (1 - met) * share
    missing = 1 - met - partial
    verdict = decide(met, partial, missing)
    if verdict is Verdict.MET:
        assert met >= 0.5
    else:
        assert met < 1
    if met < 0.5:
        gone = missing > partial and (missing > met or missing > 0.4)
        assert verdict is (Verdict.MISSING if gone else Verdict.PARTIAL)


def test_what_is_likeliest_met_but_not_surely_is_partly_met() -> None:
    assert decide(0.58, 0.04, 0.38) is Verdict.PARTIAL
    assert decide(0.52, 0.03, 0.45) is Verdict.MISSING


def test_plain_evidence_is_never_called_missing() -> None:
    plain = finding(sighting(0.97, 0.01, meaning=0.0))
    for mode in Mode:
        assert judge([plain, finding(), finding()], mode).verdict is not Verdict.MISSING


@given(findings)
def test_every_signal_is_a_finite_number(found: Sequence[Finding]) -> None:
    values = signals(found)
    assert values.shape == (len(SIGNALS),)
    assert np.isfinite(values).all()


@given(findings)
def test_the_order_of_passages_and_parts_does_not_count(found: Sequence[Finding]) -> None:
    turned = [finding(*reversed(f.sightings)) for f in reversed(found)]
    assert signals(turned)[:9] == pytest.approx(signals(found)[:9], abs=1e-5)


@pytest.mark.parametrize("mode", Mode)
class TestInEveryMode:
    def test_plain_evidence_is_likelier_met_than_none(self, mode: Mode) -> None:
        best = sighting(0.98, 0.01, GOOD, meaning=0.85, cues=("lead",))
        worst = sighting(0.005, 0.005, BARE, meaning=0.05)
        strong, weak = judge([finding(best, best)], mode), judge([finding(worst)], mode)
        assert strong.verdict is Verdict.MET
        assert weak.verdict is Verdict.MISSING
        assert strong.probabilities[0] > weak.probabilities[0]
        assert weak.probabilities[2] > strong.probabilities[2]

    def test_nothing_found_is_missing(self, mode: Mode) -> None:
        assert judge([finding()], mode).verdict is Verdict.MISSING
        assert judge([finding(), finding()], mode).verdict is Verdict.MISSING

    def test_one_part_of_two_is_less_likely_met_than_both(self, mode: Mode) -> None:
        yes = sighting(0.98, 0.01, GOOD, meaning=0.85, cues=("lead",))
        no = sighting(0.005, 0.005, BARE, meaning=0.05)
        both, half = judge([finding(yes), finding(yes)], mode), judge([finding(yes), finding(no)], mode)
        assert half.probabilities[0] < both.probabilities[0]

    def test_surer_evidence_makes_met_likelier(self, mode: Mode) -> None:
        met = [judge([finding(sighting(p, (1 - p) / 2))], mode).probabilities[0] for p in (0.1, 0.5, 0.9)]
        assert met == sorted(met)
