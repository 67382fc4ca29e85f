from __future__ import annotations

import pytest

from planchecker.consistency.percentages import percentages
from planchecker.figures.statements import statements
from tests.consistency.made import paragraphs


def test_a_share_of_people_without_their_number_is_advice() -> None:
    (slip,) = percentages(statements(paragraphs("Only 31 per cent of carers had a break.")))
    assert slip.quiet
    assert slip.message.startswith("31 per cent: say how many people")


@pytest.mark.parametrize(
    "text",
    [
        "Only 31 per cent of carers, 1,240 people, had a break.",
        "Of 4,000 carers, 31 per cent had a break.",
        "The surplus is 1 per cent.",
        "All staff, 100 per cent of them, are trained.",
        "The number of patients fell by 12 per cent.",
    ],
)
def test_a_number_beside_it_or_no_people_at_all(text: str) -> None:
    assert not list(percentages(statements(paragraphs(text))))
