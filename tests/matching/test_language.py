"""Words as the matcher sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.matching.language import analyse, content_stems, fold, sentence_ends, stem

DASHES = "-‐‑‒–—"


@given(st.text())
def test_fold_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_fold_is_done_after_one_time(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_fold_leaves_no_dash(text: str) -> None:
    assert not set(fold(text)) & set(DASHES)


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd"])))
def test_fold_leaves_letters_and_digits_alone(text: str) -> None:
    assert fold(text) == text


@given(st.text(max_size=300))
def test_no_word_is_lost_or_moved(text: str) -> None:
    doc = analyse(text)
    assert doc.text.replace(" ", "") == "".join(fold(text).split())
    for token in doc:
        assert doc.text[token.idx : token.idx + len(token)] == token.text


@given(st.text(max_size=300))
def test_white_space_is_evened_out(text: str) -> None:
    evened = analyse(text).text
    assert evened == " ".join(evened.split())
    assert analyse(evened).text == evened


@given(st.text(max_size=300))
def test_the_lemma_is_the_word_as_written_without_its_full_stop(text: str) -> None:
    for token in analyse(text):
        assert token.lemma_ == (token.text.rstrip(".") or token.text)


@pytest.mark.parametrize(
    ("written", "evened"),
    [
        ("two  spaces\n and\ta tab", "two spaces and a tab"),
        ("decision – making", "decision making"),
        ("co-ordinated co–operation", "coordinated cooperation"),
        ("Co-ordinators, CO-ORDINATED", "Coordinators, COORDINATED"),
        ("co-commissioning co-opted", "co commissioning coopted"),
        ("RTT/18 weeks in 2014/15, 24/7", "RTT 18 weeks in 2014/15, 24/7"),
    ],
)
def test_what_is_evened_out(written: str, evened: str) -> None:
    assert analyse(written).text == evened


@given(st.text(max_size=300))
def test_sentences_cover_the_text(text: str) -> None:
    doc = analyse(text)
    assert "".join(sentence.text_with_ws for sentence in doc.sents) == doc.text


@given(st.text(max_size=300))
def test_sentence_ends_are_offsets_in_the_plans_own_words(text: str) -> None:
    at = 0
    for start, end in sentence_ends(text):
        assert at <= start < end <= len(text)
        assert text[at:start].strip() == ""
        at = end
    assert text[at:].strip() == ""


def test_sentence_ends_by_hand() -> None:
    text = "We  co-ordinate care.\nWho pays? The CCG – from April."
    assert [text[start:end] for start, end in sentence_ends(text)] == [
        "We  co-ordinate care.",
        "Who pays?",
        "The CCG – from April.",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("plan", "plans"),
        ("commission", "commissioning"),
        ("provider", "providers"),
        ("programme", "program"),
        ("programmes", "programme"),
        ("organise", "organize"),
        ("organisation", "organizations"),
        ("PLANS", "plan"),
        ("Winterbourne", "Winterborne"),
        ("judgement", "judgment"),
    ],
)
def test_forms_and_spellings_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("patient", "plan"), ("care", "carer"), ("nurse", "nursery")])
def test_other_words_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("specialised", "specialized"),
        ("analysing", "analyzing"),
        ("centre", "center"),
        ("behaviour", "behavior"),
        ("behaviours", "behaviors"),
        ("behavioural", "behavioral"),
    ],
)
def test_british_and_american_spellings_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    "written", ["care-plan", "care plan", "care–plan", "CARE PLAN", "Care\u00a0Plans", "care\nplan"]
)
def test_a_term_has_the_same_norms_however_written(written: str) -> None:
    assert [token.norm_ for token in analyse(written)] == ["care", "plan"]


def test_terms_and_texts_are_cut_alike() -> None:
    for text in ("seven-day services", "GP's", "£5 per head", "A&E", "24/7", "per 100,000", "C. difficile"):
        alone, within = ([t.text for t in analyse(said)] for said in (text, f"We have {text} here"))
        assert within == ["We", "have", *alone, "here"]


def test_content_words_leave_function_words_and_marks_out() -> None:
    assert content_stems(analyse("The carers, and the nurses, will be in the hospital.")) == [
        "carer",
        "nurs",
        "hospit",
    ]


def test_nothing_comes_of_nothing() -> None:
    assert content_stems(analyse("")) == []
    assert content_stems(analyse(" \n ,.;")) == []
