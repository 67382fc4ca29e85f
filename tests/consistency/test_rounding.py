from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.consistency.rounding import differ, last_place
from planchecker.figures.grammar import figures_in
from planchecker.figures.quantity import Quantity


def _one(text: str) -> Quantity:
    return figures_in(text).quantities[0]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("£3.0m", 100_000),
        ("230,000 people", 10_000),
        ("7.45%", 0.01),
        ("212 people", 1),
        ("£24.73", 0.01),
        ("a fifth of them", 0),
    ],
)
def test_the_worth_of_the_last_digit(text: str, place: float) -> None:
    assert last_place(_one(text)) == pytest.approx(place)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("£3.0m", "£3,012,000", False),
        ("230,000 people", "230,400 people", False),
        ("212,000 people", "214,500 people", True),
        ("1%", "0.5%", True),
        ("46 practices", "47 practices", True),
        ("£9.8m", "£9.4m", True),
        ("a fifth of them", "20% of them", False),
    ],
)
def test_roundings_of_one_value_do_not_differ(one: str, other: str, apart: bool) -> None:
    assert differ(_one(one), _one(other)) is apart
    assert differ(_one(other), _one(one)) is apart


@given(st.integers(1_000_000, 9_999_999), st.sampled_from([1, 2, 3]))
def test_a_value_never_differs_from_its_own_rounding(pounds: int, decimals: int) -> None:
    assert not differ(_one(f"£{pounds:,}"), _one(f"£{pounds / 1e6:.{decimals}f}m"))
