"""Signals of a sighting: each in its own place, finite whatever the passage, and each moved by its own fact."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.checklist import Specific
from planchecker.judging.modifiers import Modifier
from planchecker.judging.showing import Showing
from planchecker.judging.sighting import SIGNALS, Sighting, log_odds, signals
from planchecker.matching.cues import CueHits
from planchecker.matching.match import Candidate, Reading
from planchecker.matching.passages import Passage
from planchecker.matching.resemblance import Resemblance
from planchecker.plan import BlockKind

BARE = Showing(frozenset(), frozenset(), ())
ALIKE = Resemblance(0.5, 0.1, 1.0, 0.1, 0.1, 0.5, 0.0)
PLAIN = Candidate(
    Passage("Some words.", "Some words.", (), 1, 0, BlockKind.PARAGRAPH),
    score=0.4,
    words=0.4,
    meaning=0.4,
    hits=CueHits(),
    reading=Reading(0.4, 0.3, 0.3),
    resemblance=ALIKE,
)
READER = {
    "reader: evidence",
    "reader: evidence or weak",
    "reader prefers another feature by",
    "the same in log odds",
    "reader times fit",
}

shares = st.floats(0, 1)
likenesses = st.floats(-1, 1)
terms = st.lists(st.sampled_from(["lead", "audit", "pool", "train", "board"]), max_size=5).map(tuple)
readings = st.builds(
    lambda evidence, rest: Reading(evidence, (1 - evidence) * rest, (1 - evidence) * (1 - rest)),
    shares,
    shares,
)
shows = st.builds(
    Showing,
    st.frozensets(st.sampled_from(Specific)),
    st.frozensets(st.sampled_from([Modifier.COMMITMENT, Modifier.DONE])),
    st.lists(st.sampled_from(Modifier), max_size=3, unique=True).map(tuple),
)
candidates = st.builds(
    Candidate,
    st.sampled_from(BlockKind).map(lambda kind: replace(PLAIN.passage, kind=kind)),
    shares,
    shares,
    likenesses,
    st.builds(CueHits, terms, terms, terms),
    st.none() | readings,
    st.none() | st.builds(Resemblance, *[likenesses] * len(fields(Resemblance))),
)


def moved(
    candidate: Candidate = PLAIN, shown: Showing = BARE, rival: float = 0.6, several: bool = False
) -> set[str]:
    """Names of the signals that differ from those of the plain candidate."""
    before, after = signals(PLAIN, BARE, 0.6, False), signals(candidate, shown, rival, several)
    return {name for name, x, y in zip(SIGNALS, before, after, strict=True) if x != y}


@given(candidates, shows, shares, st.booleans())
def test_there_is_one_finite_number_for_each_name(
    candidate: Candidate, shown: Showing, rival: float, several: bool
) -> None:
    values = signals(candidate, shown, rival, several)
    assert values.shape == (len(SIGNALS),)
    assert np.isfinite(values).all()


def test_no_two_signals_share_a_name() -> None:
    assert len(set(SIGNALS)) == len(SIGNALS)


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"score": 0.7}, {"fit by words, cues and meaning", "reader times fit"}),
        ({"words": 0.7}, {"words"}),
        ({"meaning": 0.7}, {"meaning"}),
        ({"hits": CueHits(cues=("lead",))}, {"a cue"}),
        ({"hits": CueHits(hints=("lead",))}, {"hints"}),
        ({"hits": CueHits(killed=("lead",))}, {"a cue struck out"}),
        ({"passage": replace(PLAIN.passage, kind=BlockKind.TABLE_ROW)}, {"table row"}),
        ({"reading": Reading(0.5, 0.3, 0.2)}, READER),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_fact_of_the_candidate_moves_its_own_signals(change: dict[str, object], names: set[str]) -> None:
    assert moved(replace(PLAIN, **change)) == names  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [field.name for field in fields(Resemblance)])
def test_each_resemblance_has_its_own_place(name: str) -> None:
    assert moved(replace(PLAIN, resemblance=replace(ALIKE, **{name: -0.7}))) == {f"resemblance: {name}"}


@pytest.mark.parametrize(
    ("shown", "name"),
    [
        (Showing(frozenset(), frozenset({Modifier.COMMITMENT}), ()), "commits"),
        (Showing(frozenset({Specific.DATE}), frozenset(), ()), "kinds of detail"),
        (Showing(frozenset(), frozenset(), (Modifier.NEGATED,)), "put off or denied"),
        (Showing(frozenset(), frozenset(), (Modifier.HEADING_ONLY,)), "put off or denied"),
        (Showing(frozenset(), frozenset(), (Modifier.HEDGED,)), "hedged or only meant"),
        (Showing(frozenset(), frozenset(), (Modifier.NATIONAL,)), "repeats the ask"),
    ],
)
def test_what_a_passage_shows_moves_its_own_signal(shown: Showing, name: str) -> None:
    assert moved(shown=shown) == {name}


def test_a_rival_and_another_part_move_their_own_signals() -> None:
    assert moved(rival=0.9) == {"reader prefers another feature by", "the same in log odds"}
    assert moved(several=True) == {"one of several parts"}


def test_a_weaker_rival_does_not_count() -> None:
    values = dict(zip(SIGNALS, signals(PLAIN, BARE, 0.1, False), strict=True))
    assert values["reader prefers another feature by"] == values["the same in log odds"] == 0


def test_without_the_reader_its_signals_are_even() -> None:
    values = dict(zip(SIGNALS, signals(replace(PLAIN, reading=None), BARE, 0.0, False), strict=True))
    assert all(values[name] == 0 for name in READER)


@given(shares, shares)
def test_log_odds_rise_with_the_chance_and_stay_finite(one: float, other: float) -> None:
    assert (log_odds(one) >= log_odds(other)) or one < other
    assert abs(log_odds(one)) < 10
    assert log_odds(1 - one) == pytest.approx(-log_odds(one), abs=1e-6)


@given(readings)
def test_relevance_and_worth_are_shares(reading: Reading) -> None:
    one = Sighting(PLAIN, BARE, reading.evidence, reading.weak)
    assert 0 <= one.evidence <= one.worth <= one.relevance <= 1 + 1e-9
