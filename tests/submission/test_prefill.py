"""Prefilled answers: the draft's own words, shortened at sentence ends, with their place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.checklist import Checklist
from planchecker.reading import read
from planchecker.submission.kinds import load_kind
from planchecker.submission.prefill import CUT, prefill, questions_as_checklist, shortened
from tests.support import ROOT

DRAFT = ROOT / "corpus" / "plans" / "lindenmere" / "plan.docx"


@given(st.text(max_size=300), st.integers(5, 40))
def test_a_shortened_text_is_a_beginning_within_its_limit(text: str, words: int) -> None:
    short = shortened(text, words)
    kept = short.removesuffix(" […]").removesuffix(CUT)
    assert len(kept.split()) <= words
    assert " ".join(text.split()).startswith(kept)


def test_text_is_shortened_at_the_end_of_a_sentence() -> None:
    text = "We will open two clinics. They cost £2m a year. A third follows when money allows it."
    assert shortened(text, 12) == "We will open two clinics. They cost £2m a year. […]"
    assert shortened(text, 100) == text
    assert shortened(text, 4) == "We will open two …"


def test_questions_become_requirements_of_their_own() -> None:
    asked = questions_as_checklist(load_kind("plan-on-a-page"))
    assert next(feature.id for feature in asked.features) == "plan-on-a-page:vision"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["plan-on-a-page", "features"])
def test_a_corpus_plan_fills_answers_with_its_own_words(kind: str, everyone_counts: Checklist) -> None:
    plan = read(DRAFT)
    whole = " ".join(" ".join(block.text.split()) for block in plan.blocks)
    fillings = prefill(plan, load_kind(kind), everyone_counts)
    assert len(fillings) >= 5
    for filling in fillings.values():
        for quote in filling.quotes:
            assert quote.text.removesuffix(" […]").removesuffix(CUT) in whole
            assert quote.place


@pytest.mark.slow
def test_the_vision_is_taken_from_the_section_of_that_name(everyone_counts: Checklist) -> None:
    fillings = prefill(read(DRAFT), load_kind("plan-on-a-page"), everyone_counts)
    assert "7.1 Vision" in fillings["plan-on-a-page:vision"].quotes[0].place
