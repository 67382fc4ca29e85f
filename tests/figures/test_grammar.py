"""The grammar as a whole: what it keeps true of every text, and the forms that the field uses."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planchecker.figures.grammar import figures_in
from planchecker.figures.period import PeriodKind, Relation, year_label
from planchecker.figures.quantity import Comparator, Role, Unit

_PIECES = st.sampled_from(
    """£ 2.4m 1,200 % per cent half of a fifth one in five 2014/15 14/15 - – to from by March 2016 £000 ( ) ± FY15 Q3
    WTE per head 100,000 twenty-four hundred and three quarters over five years 24/7 3/16 31 people . , ; : / £1.2bn
    2014-19 year two I.II 2.4.1 20 June 1/4/2014 2014-13-40 £( one million point half""".split()  # noqa: SIM905
)
_TEXTS = st.one_of(st.lists(_PIECES, max_size=25).map(" ".join), st.text(max_size=120))


@given(_TEXTS)
@settings(max_examples=300, deadline=None)
def test_figures_lie_inside_the_text_say_its_words_and_never_overlap(text: str) -> None:
    figures = figures_in(text)
    spans = [(q.start, q.end, q.text) for q in figures.quantities]
    spans += [(p.begin, p.finish, p.text) for p in figures.periods]
    assert all(0 <= start < end <= len(text) and text[start:end] == words for start, end, words in spans)
    spans.sort()
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(q.low <= q.high for q in figures.quantities)
    assert all(p.start is None or p.end is None or p.start <= p.end for p in figures.periods)


@given(st.integers(1990, 2060))
def test_a_financial_year_is_the_same_in_every_spelling(first: int) -> None:
    last = first + 1
    spelt = [f"{first}/{last % 100:02d}", f"{first}-{last % 100:02d}", f"{first}–{last}", f"{first}/{last}",
             f"FY{first}/{last % 100:02d}", f"FY {last}", f"the year to March {last}"]  # fmt: skip
    if 2000 <= first < 2040:
        spelt += [f"{first % 100:02d}/{last % 100:02d}", f"FY{last % 100:02d}"]
    for words in spelt:
        (period,) = figures_in(f"planned in {words}, as agreed").periods
        assert period.financial_years == (year_label(first),), words
        assert not figures_in(words).quantities


@given(st.integers(1, 999), st.integers(0, 9), st.sampled_from(["k", "m", "bn", " million", " billion", ""]))
def test_money_comes_back_as_pounds(whole: int, tenth: int, scale: str) -> None:
    factor = {"k": 1e3, "m": 1e6, "bn": 1e9, " million": 1e6, " billion": 1e9, "": 1}[scale]
    (quantity,) = figures_in(f"We invest £{whole}.{tenth}{scale} in it.").quantities
    assert quantity.unit is Unit.POUNDS
    assert quantity.low == quantity.high == pytest.approx((whole + tenth / 10) * factor)


@given(
    st.floats(0, 100).map(lambda value: round(value, 2)),
    st.sampled_from(["%", " %", " per cent", " percent"]),
)
def test_percentages_come_back(value: float, sign: str) -> None:
    (quantity,) = figures_in(f"a rate of {value}{sign} overall").quantities
    assert (quantity.unit, quantity.low) == (Unit.PERCENT, value)


@given(st.integers(1_000, 9_999_999))
def test_thousands_separators_do_not_matter(value: int) -> None:
    for words in (f"{value:,}", str(value)):
        found = [q.low for q in figures_in(f"there are {words} patients").quantities]
        found += [p.start.year for p in figures_in(f"there are {words} patients").periods if p.start]
        assert found == [value]


@pytest.mark.parametrize("words", ["9" * 20_000, "1," * 10_000, "one " * 5_000, "£" * 9_000, "2014/15-" * 2_500,
                                   "twenty hundred thousand and " * 900, "from 1 to " * 2_000])  # fmt: skip
def test_hostile_text_takes_bounded_time(words: str) -> None:
    begun = time.perf_counter()
    figures_in(words)
    assert time.perf_counter() - begun < 4.0


def test_a_change_has_two_ends_that_share_the_unit() -> None:
    start, end = figures_in("Running costs fall from £24.70 to £22.10 a head.").quantities
    assert (start.low, start.per, start.role) == (24.70, "head", Role.FROM)
    assert (end.low, end.per, end.role) == (22.10, "head", Role.TO)


@pytest.mark.parametrize(
    ("text", "low", "high", "comparator"),
    [
        ("15-30 centres", 15, 30, Comparator.EXACTLY),
        ("between 15 and 30 per cent", 15, 30, Comparator.EXACTLY),
        ("at least 95% of patients", 95, 95, Comparator.AT_LEAST),
        ("95 per cent or more", 95, 95, Comparator.AT_LEAST),
        ("no more than 12 cases", 12, 12, Comparator.UP_TO),
        ("up to £2m", 2e6, 2e6, Comparator.UP_TO),
        ("more than 4,000 people", 4000, 4000, Comparator.MORE_THAN),
        ("fewer than ten cases", 10, 10, Comparator.LESS_THAN),
        ("about a fifth of them", 20, 20, Comparator.ABOUT),
        ("half of one per cent", 0.5, 0.5, Comparator.EXACTLY),
        ("two and a half per cent", 2.5, 2.5, Comparator.EXACTLY),
        ("one pound in every hundred", 1, 1, Comparator.EXACTLY),
        ("±2%", -2, 2, Comparator.EXACTLY),
        ("(1.2)", -1.2, -1.2, Comparator.EXACTLY),
    ],
)
def test_ranges_bounds_and_words(text: str, low: float, high: float, comparator: Comparator) -> None:
    (quantity,) = figures_in(text).quantities
    assert (quantity.low, quantity.high, quantity.comparator) == (low, high, comparator)


@pytest.mark.parametrize(
    "text",
    ["NHS 111", "section 75 agreement", "Domain 3", "the over-75s", "24/7 cover", "a third party", "Appendix 2",
     "half a day", "F08", "7.3 Running costs", "one of them"],
)  # fmt: skip
def test_labels_and_figures_of_speech_are_no_quantities(text: str) -> None:
    assert figures_in(text).quantities == ()


def test_relations_and_dates() -> None:
    by, within = figures_in("To be done by the end of March 2016, over the next five years.").periods
    assert (by.kind, by.relation, by.end) == (PeriodKind.MONTH, Relation.BY, date(2016, 3, 31))
    assert (within.kind, within.relation, within.days) == (PeriodKind.SPAN, Relation.WITHIN, 1825)
