from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planchecker.matching.acronyms import meanings, spelt_out
from planchecker.matching.passages import passages_of
from tests.support import prose

_BCF = {"BCF": "Better Care Fund"}


def test_a_plans_own_meaning_is_carried_to_later_uses() -> None:
    plan = prose("We will pool £9m in the Better Care Fund (BCF).", "The BCF board meets each month.")
    assert meanings(plan) == _BCF
    first, second = passages_of(plan)
    assert first.reading == first.text
    assert second.text == "The BCF board meets each month."
    assert second.reading == "The BCF (Better Care Fund) board meets each month."


def test_letters_that_do_not_come_from_the_words_are_no_definition() -> None:
    assert meanings(prose("Every practice was visited (NHS).", "The NHS is busy.")) == {}


def test_an_acronym_on_every_page_tells_nothing() -> None:
    plan = prose("The clinical commissioning group (CCG) met.", *["The CCG will act."] * 5)
    assert meanings(plan) == {}


def test_only_whole_words_and_only_once() -> None:
    assert spelt_out("XBCF and BCF, then BCF", _BCF) == "XBCF and BCF (Better Care Fund), then BCF"


def test_what_explains_itself_is_left_alone() -> None:
    text = "The better care fund, or BCF, is pooled."
    assert spelt_out(text, _BCF) == text


@given(
    st.text(max_size=60),
    st.dictionaries(st.from_regex(r"[A-Z]{3,5}", fullmatch=True), st.text(min_size=1, max_size=9)),
)
def test_nothing_is_lost(text: str, known: dict[str, str]) -> None:
    expanded = spelt_out(text, known)
    letters = iter(expanded)
    assert all(letter in letters for letter in text)
