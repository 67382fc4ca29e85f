from __future__ import annotations

from datetime import date

import pytest

from planchecker.consistency.plan_years import plan_years
from tests.consistency.made import paragraphs


@pytest.mark.parametrize(
    "title",
    ["Plan 2014/15 to 2018/19", "Our plan for 2014 to 2019", "Five years 2014-2019", "14/15 to 18/19"],
)
def test_the_title_gives_the_years(title: str) -> None:
    years = plan_years(paragraphs("Text.", title=title))
    assert (years.start, years.end) == (date(2014, 4, 1), date(2019, 3, 31))
    assert years.past == date(2013, 4, 1)


def test_the_day_of_the_draft_says_what_is_past() -> None:
    years = plan_years(paragraphs("Draft v0.7, 28 March 2014", "For the governing body on 12 June 2014"))
    assert years.written == years.past == date(2014, 3, 28)


def test_without_years_and_day_nothing_is_known() -> None:
    years = plan_years(paragraphs("Some text", title="A plan"))
    assert years.past is None


def test_a_day_long_before_the_plan_is_not_the_drafts() -> None:
    assert plan_years(paragraphs("Authorised on 1 April 2009")).written is None
