"""Commitment, hedging, denial: what a modifier reaches, where it ends, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.judging.modifiers import Found, Modifier, modifiers

M = Modifier


def kinds(text: str) -> set[Modifier]:
    return {found.kind for found in modifiers(text)}


def reached(text: str, kind: Modifier, word: str) -> bool:
    """True if a modifier of this kind reaches the word."""
    at = text.index(word)
    return any(found.reaches(at, at + len(word)) for found in modifiers(text) if found.kind is kind)


SENTENCES: list[tuple[str, set[Modifier]]] = [
    ("We will open a clinic.", {M.COMMITMENT}),
    ("The CCG has agreed a budget.", {M.COMMITMENT}),
    ("The two boards have signed it.", {M.COMMITMENT}),
    ("The network is in place.", {M.DONE}),
    ("A lead nurse is in post.", {M.DONE}),
    ("The service was launched.", {M.DONE}),
    ("There is no network.", {M.NEGATED}),
    ("The pathway is not commissioned.", {M.NEGATED}),
    ("We never met.", {M.NEGATED}),
    ("Staff work without a protocol.", {M.NEGATED}),
    ("We might open a clinic.", {M.HEDGED}),
    ("We may open a clinic.", {M.HEDGED}),
    ("Staff should be trained.", {M.HEDGED}),
    ("We hope that things improve.", {M.INTENTION}),
    ("It is our aspiration.", {M.INTENTION}),
    ("The lead is to be confirmed.", {M.COMMITMENT, M.TO_BE_CONFIRMED}),
    ("Figures awaited.", {M.TO_BE_CONFIRMED}),
    ("Lead: TBC", {M.PLACEHOLDER}),
    ("Savings of £xxm.", {M.PLACEHOLDER}),
    ("[insert baseline]", {M.PLACEHOLDER}),
    ("Baseline: [figure from the analyst]", {M.PLACEHOLDER}),
    ("Who leads it?", {M.QUESTION}),
    ("Nationally there are 211 of them.", {M.NATIONAL}),
    ("NHS England expects a network.", {M.NATIONAL}),
    ("The choir sang.", set()),
    ("", set()),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_what_a_sentence_does(text: str, expected: set[Modifier]) -> None:
    assert kinds(text) == expected


PSEUDO = [
    ("We open not only one clinic.", M.NEGATED),
    ("It opens no later than June.", M.NEGATED),
    ("Patients no longer wait.", M.NEGATED),
    ("It holds no fewer than ten beds.", M.NEGATED),
    ("There is no doubt.", M.NEGATED),
    ("Patients are seen without delay.", M.NEGATED),
    ("A not-for-profit provider runs it.", M.NEGATED),
    ("Did Not Attend rates fall.", M.NEGATED),
    ("It opened in May 2014.", M.HEDGED),
    ("It opens in May 2015.", M.HEDGED),
]


@pytest.mark.parametrize(("text", "kind"), PSEUDO)
def test_what_only_looks_like_a_modifier_is_none(text: str, kind: Modifier) -> None:
    assert kind not in kinds(text)


def test_the_slogan_denies_nothing() -> None:
    assert M.NEGATED not in kinds("No decision about me without me")


@pytest.mark.parametrize("text", ["It opens in May 2015 but may close.", "In May 2015 we may decide."])
def test_a_pseudo_cue_excuses_only_itself(text: str) -> None:
    assert M.HEDGED in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "The clinic opens in May.",
        "The clinic opens on 12 May.",
        "By late May the board decides.",
        "It ends in May 2019.",
        "The March, April and May figures.",
        "It opens in\u00a0May.",
    ],
)
def test_the_month_of_may_is_no_hedge(text: str) -> None:
    assert M.HEDGED not in kinds(text)


@pytest.mark.parametrize("text", ["May we open it?", "We may open it.", "The trust MAY open it."])
def test_the_word_may_hedges_still(text: str) -> None:
    assert M.HEDGED in kinds(text)


@pytest.mark.parametrize("text", ["The lead is  to be\nconfirmed.", "The lead is to\u00a0be  confirmed."])
def test_white_space_within_a_modifier_does_not_matter(text: str) -> None:
    assert M.TO_BE_CONFIRMED in kinds(text)


class TestScope:
    def test_a_denial_reaches_the_words_after_it(self) -> None:
        text = "The trust has not commissioned a service for carers."
        assert reached(text, M.NEGATED, "commissioned")
        assert reached(text, M.NEGATED, "carers")

    def test_a_denial_reaches_back_to_the_start_of_its_sentence(self) -> None:
        assert reached("Support for carers has not been commissioned.", M.NEGATED, "carers")

    @pytest.mark.parametrize("stop", ["but", "however", "although", "though", "except that"])
    def test_a_terminator_ends_it(self, stop: str) -> None:
        text = f"The trust has not signed, {stop} Dr Shah will open a clinic."
        assert reached(text, M.NEGATED, "signed")
        assert not reached(text, M.NEGATED, "clinic")
        assert reached(text, M.COMMITMENT, "clinic")

    def test_a_semicolon_ends_it(self) -> None:
        assert not reached("No lead is named; carers receive breaks.", M.NEGATED, "carers")

    def test_it_does_not_reach_back_over_a_terminator(self) -> None:
        text = "Dr Shah will open a clinic, but no budget is set."
        assert not reached(text, M.NEGATED, "clinic")
        assert reached(text, M.NEGATED, "budget")

    @pytest.mark.parametrize("kind", [M.NEGATED, M.HEDGED, M.COMMITMENT, M.TO_BE_CONFIRMED, M.NATIONAL])
    def test_it_never_leaves_its_sentence(self, kind: Modifier) -> None:
        text = (
            "Carers were consulted. Nationally we will not, and we may not, name a lead, who is to be confirmed."
            " Nurses were consulted."
        )
        assert kind in kinds(text)
        assert not reached(text, kind, "Carers")
        assert not reached(text, kind, "Nurses")

    def test_a_commitment_reaches_forward_only(self) -> None:
        text = "After the carers met we will open a clinic."
        assert reached(text, M.COMMITMENT, "clinic")
        assert not reached(text, M.COMMITMENT, "carers")

    def test_what_is_to_be_confirmed_puts_the_whole_sentence_off(self) -> None:
        text = "The carers lead, the budget and the dates are to be confirmed."
        assert reached(text, M.TO_BE_CONFIRMED, "carers")

    def test_a_question_reaches_its_own_sentence_only(self) -> None:
        text = "Who leads it? Dr Shah leads it."
        assert reached(text, M.QUESTION, "Who")
        assert not reached(text, M.QUESTION, "Shah")


@given(
    st.lists(st.sampled_from([text for text, _ in SENTENCES] + [text for text, _ in PSEUDO]), max_size=5).map(
        " ".join
    )
)
def test_modifiers_stand_where_they_say_in_order_within_their_scope(text: str) -> None:
    found = modifiers(text)
    assert [f.start for f in found] == sorted(f.start for f in found)
    for one in found:
        assert 0 <= one.scope_start <= one.start < one.end <= len(text)
        assert one.start < one.scope_end <= len(text)


@given(st.text(max_size=300))
def test_no_text_breaks_it(text: str) -> None:
    assert all(isinstance(found, Found) for found in modifiers(text))
