"""Compound requirements: cut in two only where it is plain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.authoring.compound import halves


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("Reduce smoking and increase breastfeeding.", ("Reduce smoking", "Increase breastfeeding")),
        ("To cut waits and to support carers better", ("Cut waits", "Support carers better")),
        (
            "The plan should protect social care and publish its results",
            ("Protect social care", "Publish its results"),
        ),
        (
            "Say how beds and staff will be used and who leads.",
            ("How beds and staff will be used", "Who leads"),
        ),
        (
            "The plan says how loneliness will be reduced, and how that will be measured.",
            ("How loneliness will be reduced", "How that will be measured (how loneliness will be reduced)"),
        ),
    ],
)
def test_two_asks_are_two(text: str, two: tuple[str, str]) -> None:
    assert halves(text) == two


@pytest.mark.parametrize(
    "text",
    [
        "Improve health and wellbeing",
        "Develop and implement a strategy",
        "Improve information and support services",
        "Support carers and young people",
        "Ensure that children are safe and supported",
        "To cut waits and to improve safety and to train staff",
        "Loneliness",
        "",
    ],
)
def test_one_ask_or_an_unplain_one_is_left_whole(text: str) -> None:
    assert halves(text) is None


@given(st.text())
def test_any_text_is_left_whole_or_gives_two_halves_with_words(text: str) -> None:
    found = halves(text)
    assert found is None or all(half.split() for half in found)
