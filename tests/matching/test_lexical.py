"""BM25 behaves as BM25."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.matching.lexical import BM25

documents = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=12), max_size=10)
queries = st.lists(st.sampled_from("abcdefghz"), max_size=6)


@given(documents, queries)
def test_scores_are_finite_not_negative_and_one_a_document(texts: list[list[str]], query: list[str]) -> None:
    scores = BM25(texts).scores(query)
    assert scores.shape == (len(texts),)
    assert np.isfinite(scores).all() and (scores >= 0).all()


@given(documents, queries)
def test_a_document_scores_if_and_only_if_it_shares_a_word(texts: list[list[str]], query: list[str]) -> None:
    scores = BM25(texts).scores(query)
    assert [score > 0 for score in scores] == [bool(set(text) & set(query)) for text in texts]


@given(documents, queries)
def test_a_repeated_query_word_counts_once_and_order_does_not_count(
    texts: list[list[str]], query: list[str]
) -> None:
    bm25 = BM25(texts)
    assert bm25.scores(query + query) == pytest.approx(bm25.scores(query[::-1]))


def test_one_score_by_hand() -> None:
    # idf = ln(1 + (2 - 1 + .5) / (1 + .5)) = ln 2; both documents are of average length, so the norm is k1
    scores = BM25([["care", "plan"], ["bus", "stop"]], k1=1.2, b=0.75).scores(["care"])
    assert scores == pytest.approx([math.log(2) * 2.2 / 2.2, 0.0])


def test_a_rare_word_outweighs_a_common_one() -> None:
    texts = [["care", "x"], ["care", "y"], ["care", "z"], ["dementia", "w"]]
    scores = BM25(texts).scores(["care", "dementia"])
    assert scores.argmax() == 3


def test_more_of_a_word_adds_less_and_less() -> None:
    texts = [["care"] * n + ["x"] * (6 - n) for n in (1, 2, 3)]
    one, two, three = BM25(texts).scores(["care"])
    assert one < two < three
    assert two - one > three - two


def test_a_long_document_is_marked_down() -> None:
    short, long = BM25([["care", "x"], ["care", *"x" * 30]]).scores(["care"])
    assert short > long


@pytest.mark.parametrize("texts", [[], [[]], [[], []]])
def test_nothing_to_search_is_no_fault(texts: list[list[str]]) -> None:
    assert BM25(texts).scores(["care"]).tolist() == [0.0] * len(texts)
