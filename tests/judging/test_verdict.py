"""The verdict: probabilities, and evidence that pulls the right way; no tuned number is tested."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import planchecker.judging.verdict as verdict_module
from planchecker.checklist import Specific
from planchecker.judging.findings import Finding, Sighting
from planchecker.judging.modifiers import Modifier
from planchecker.judging.showing import Showing
from planchecker.judging.verdict import SIGNALS, VERDICTS, judge, signals
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
    read: bool = True,
) -> Sighting:
    """A passage as the reader sees it, or by rules alone."""
    passage = Passage("Some words.", "Some words.", (), 1, 0, BlockKind.PARAGRAPH)
    weak = min(weak, 1 - evidence)
    reading = Reading(evidence, weak, 1 - evidence - weak) if read else None
    return Sighting(Candidate(passage, 0.5, 0.5, meaning, CueHits(cues), reading), shown)


def finding(*sightings: Sighting) -> Finding:
    return Finding(part("Who leads it"), sightings)


findings = st.lists(
    st.lists(st.builds(sighting, chances, chances, shows, chances), max_size=4).map(
        lambda listed: finding(*listed)
    ),
    min_size=1,
    max_size=3,
)


@given(findings)
def test_probabilities_add_up_and_the_likeliest_verdict_is_given(found: Sequence[Finding]) -> None:
    judgement = judge(found)
    assert sum(judgement.probabilities) == pytest.approx(1)
    assert all(0 <= chance <= 1 for chance in judgement.probabilities)
    assert judgement.confidence == max(judgement.probabilities)
    assert judgement.verdict is VERDICTS[int(np.argmax(judgement.probabilities))]


@given(findings)
def test_every_signal_is_a_finite_number(found: Sequence[Finding]) -> None:
    values = signals(found)
    assert values.shape == (len(SIGNALS),)
    assert np.isfinite(values).all()


@given(findings)
def test_the_order_of_passages_and_parts_does_not_count(found: Sequence[Finding]) -> None:
    turned = [finding(*reversed(f.sightings)) for f in reversed(found)]
    assert signals(turned)[:9] == pytest.approx(signals(found)[:9], abs=1e-5)


@pytest.mark.parametrize("read", [True, False], ids=["reader", "rules"])
def test_plain_evidence_is_likelier_met_than_none(read: bool) -> None:
    best = sighting(0.98, 0.01, GOOD, meaning=0.85, cues=("lead",), read=read)
    worst = sighting(0.005, 0.005, BARE, meaning=0.05, read=read)
    strong, weak = judge([finding(best, best)]), judge([finding(worst)])
    assert strong.probabilities[0] > weak.probabilities[0]
    assert weak.probabilities[2] > strong.probabilities[2]


def test_nothing_found_is_missing() -> None:
    assert judge([finding()]).verdict is Verdict.MISSING
    assert judge([finding(), finding()]).verdict is Verdict.MISSING


def test_one_part_of_two_is_less_likely_met_than_both() -> None:
    yes = sighting(0.98, 0.01, GOOD, meaning=0.85, cues=("lead",))
    no = sighting(0.005, 0.005, BARE, meaning=0.05)
    both = judge([finding(yes), finding(yes)])
    half = judge([finding(yes), finding(no)])
    assert half.probabilities[0] < both.probabilities[0]


def test_the_shipped_weights_fit_the_signals() -> None:
    shipped = json.loads(verdict_module._WEIGHTS.read_text(encoding="utf-8"))
    assert tuple(shipped["signals"]) == SIGNALS
    for name in ("reader", "rules"):
        weights = shipped[name]
        assert np.array(weights["coefficients"]).shape == (len(VERDICTS), len(SIGNALS))
        assert len(weights["mean"]) == len(weights["scale"]) == len(SIGNALS)
        assert len(weights["intercepts"]) == len(VERDICTS)
        assert all(scale > 0 for scale in weights["scale"])


class TestByRules:
    def test_a_cue_makes_a_passage_topical(self) -> None:
        with_cue = sighting(0, cues=("lead",), meaning=0.0, read=False)
        without = sighting(0, meaning=0.0, read=False)
        assert with_cue.topical > without.topical == 0

    def test_details_and_commitment_make_substance(self) -> None:
        assert sighting(0, shown=GOOD, read=False).substance > sighting(0, shown=BARE, read=False).substance

    def test_a_weakener_takes_from_it(self) -> None:
        denied = Showing(GOOD.details, GOOD.strengths, (Modifier.NEGATED,))
        assert sighting(0, shown=denied, read=False).substance < sighting(0, shown=GOOD, read=False).substance

    @given(chances, shows, st.booleans())
    def test_strength_and_relevance_are_shares(self, meaning: float, shown: Showing, cue: bool) -> None:
        one = sighting(0, shown=shown, meaning=meaning, cues=("lead",) if cue else (), read=False)
        for value in (one.strength, one.relevance, one.topical, one.substance):
            assert 0 <= value <= 1

    def test_the_reader_overrules_the_rules(self) -> None:
        one = sighting(0.9, 0.05, BARE, meaning=0.0)
        assert one.strength == pytest.approx(0.9)
        assert one.relevance == pytest.approx(0.95)


def test_a_finding_is_as_good_as_its_best_passage() -> None:
    found = finding(sighting(0.2, 0.7), sighting(0.6, 0.1))
    assert (found.strength, found.relevance) == (pytest.approx(0.6), pytest.approx(0.9))
    assert (finding().strength, finding().relevance) == (0.0, 0.0)
