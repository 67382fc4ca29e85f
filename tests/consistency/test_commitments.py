from __future__ import annotations

import pytest

from planchecker.consistency.commitments import OUTSIDE, PAST, commitments
from tests.consistency.made import paragraphs

_DRAFT = "Draft of 28 March 2014"


@pytest.mark.parametrize(
    "text",
    [
        "We will open four hubs by March 2013.",
        "The team will be in place by the end of 2012/13.",
        "The pathway is to be redesigned before 1 January 2014.",
        "Practices shall have trained their staff by December 2013.",
    ],
)
def test_what_will_be_done_by_a_day_that_is_past(text: str) -> None:
    (slip,) = commitments(paragraphs(_DRAFT, text))
    assert (slip.kind, slip.quiet) == (PAST, False)
    assert slip.quotes[0].text == text


@pytest.mark.parametrize(
    "text",
    [
        "We will open four hubs by March 2015.",
        "We will build on the review of 2012.",
        "We will publish again what was agreed in 2012.",
        "Waits will be shorter than in 2012.",
        "The hubs opened in 2012 and will stay.",
        "We will use the strategy adopted in 2012.",
        'The old plan said: "The trust will be ready by March 2013."',
        "It was agreed in 2012. We will keep it.",
        "We will be ready by March 2014.",
    ],
)
def test_what_is_past_and_said_to_be_so_is_left_alone(text: str) -> None:
    assert not list(commitments(paragraphs(_DRAFT, text)))


def test_a_commitment_after_the_last_year_is_advice() -> None:
    (slip,) = commitments(paragraphs(_DRAFT, "The gap will be closed by March 2024."))
    assert (slip.kind, slip.quiet) == (OUTSIDE, True)


def test_nothing_is_past_for_a_plan_that_names_no_year() -> None:
    assert not list(commitments(paragraphs("We will open by March 2013.", title="A plan")))
