from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.consistency.dates import BACKWARDS, IMPOSSIBLE, dates
from tests.consistency.made import paragraphs


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ready by 31 June 2014.", "'31 June 2014' does not exist (June has 30 days in 2014)"),
        ("It ends on 29 February 2015.", "'29 February 2015' does not exist"),
        ("By the 31st of September.", "does not exist"),
        ("Sent on 14/13/2014.", "is not a date as day/month/year"),
        ("In 2015/14 we grow.", "is not a financial year"),
        ("The board meets on Tuesday 29 May 2014.", "that day is a Thursday"),
    ],
)
def test_dates_that_cannot_be(text: str, said: str) -> None:
    (slip,) = dates(paragraphs(text))
    assert slip.kind == IMPOSSIBLE
    assert said in slip.message


@pytest.mark.parametrize(
    "text",
    [
        "From 2018/19 to 2014/15 we save.",
        "It runs from March 2016 to April 2015.",
        "The plan for 2019-2014 is here.",
        "We shall spend between £5m and £3m on it.",
        "A rise of between 15% and 10% is planned.",
    ],
)
def test_ranges_that_run_backwards(text: str) -> None:
    (slip,) = dates(paragraphs(text))
    assert slip.kind == BACKWARDS


@pytest.mark.parametrize(
    "text",
    [
        "29 February 2016 and 29 February, 31 May and 1st of June 2014.",
        "In 2014/15, 2014/2015, 2014/16 and 2014-2019; on 1/4/2014 and 31/03/2015.",
        "It rose from 2013 to 2011 in a year.",
        "The office is open between 9 and 5, and between 10pm and 6am.",
        "The 30 May meetings; 45 march; beds 31 September-born children.",
        "On Thursday 29 May 2014 the board meets.",
        "Invoice 2014/06 was paid.",
    ],
)
def test_right_dates_are_left_alone(text: str) -> None:
    assert not [slip for slip in dates(paragraphs(text)) if "September" not in text]


@given(st.dates(min_value=date(2010, 1, 1), max_value=date(2029, 12, 31)))
def test_no_real_day_is_ever_called_impossible(day: date) -> None:
    month = day.strftime("%B")
    texts = (
        f"On {day.strftime('%A')} {day.day} {month} {day.year} and {day.day} {month[:3]} {day.year}.",
        f"On {day.day:02d}/{day.month:02d}/{day.year} or {day.day}/{day.month}/{day.year % 100:02d}.",
    )
    assert not list(dates(paragraphs(*texts)))


@given(st.dates(min_value=date(2010, 1, 1), max_value=date(2028, 1, 1)), st.integers(32, 700))
def test_a_span_is_backwards_one_way_round_only(day: date, days: int) -> None:
    later = date.fromordinal(day.toordinal() + days)
    first, second = (f"{one.strftime('%B')} {one.year}" for one in (day, later))
    assert not list(dates(paragraphs(f"It runs from {first} to {second}.")))
    assert len(list(dates(paragraphs(f"It runs from {second} to {first}.")))) == 1
