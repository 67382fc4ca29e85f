from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.consistency.placeholders import DRAFTING_NOTE, PLACEHOLDER, placeholders
from planchecker.plan import Block, BlockKind, Cell
from planchecker.scrutiny import Severity
from tests.consistency.made import HEAD, paragraphs, plan_with


@pytest.mark.parametrize(
    ("text", "said", "severity"),
    [
        ("The surplus is £Xm in 2014/15.", "£Xm", Severity.HIGH),
        ("We will spend £xx.xm on it.", "£xx", Severity.HIGH),
        ("Some XX% of people wait.", "XX", Severity.HIGH),
        ("Read by [insert name of chair] in March.", "[insert name of chair]", Severity.HIGH),
        ("The lead is [name].", "[name]", Severity.HIGH),
        ("Lorem ipsum dolor sit amet.", "Lorem ipsum", Severity.HIGH),
        ("See Error! Reference source not found.", "Error! Reference source not found", Severity.HIGH),
        ("Click here to enter text.", "Click here to enter text", Severity.HIGH),
        ("Signed by ________ on the day.", "________", Severity.HIGH),
        ("The start date is TBC.", "TBC", Severity.MEDIUM),
        ("The lead is to be confirmed.", "to be confirmed", Severity.MEDIUM),
        ("Providers' own plans: to follow.", "to follow", Severity.MEDIUM),
    ],
)
def test_what_is_left_open_is_found_and_said(text: str, said: str, severity: Severity) -> None:
    (slip,) = placeholders(paragraphs(text))
    assert slip.kind == PLACEHOLDER
    assert slip.severity is severity
    assert slip.message.startswith(f"'{said}' ")
    assert slip.quotes[0].text == text
    assert (slip.quotes[0].page, slip.quotes[0].heading) == (2, HEAD)


@pytest.mark.parametrize(
    "text",
    [
        "The works are to be completed within 18 weeks.",
        "The board set out five steps to follow in every case.",
        "Factor XX deficiency is rare, and chapter XX of the report says so.",
        "The report says that this was found [sic] in 2012 [3].",
        "As others have shown [ref 12], it works [1, 2].",
        "X-ray services are open; Generation X and brand X are not our concern.",
        "Hours to be added each week are in the table.",
        "Malcolm X and Madam X came.",
    ],
)
def test_words_that_only_look_like_placeholders_are_left_alone(text: str) -> None:
    assert not list(placeholders(paragraphs(text)))


def test_a_note_in_square_brackets_is_the_writers_own_and_equal_ones_share_a_slip() -> None:
    plan = paragraphs("We have 24 practices. [RT: 26 in mine.]", "One [OLD] line.", "Another [OLD] line.")
    first, second = placeholders(plan)
    assert (first.kind, second.kind) == (DRAFTING_NOTE, DRAFTING_NOTE)
    assert len(second.quotes) == 2


def test_one_slip_a_block_names_the_gravest() -> None:
    (slip,) = placeholders(paragraphs("The date is TBC and the cost is £Xm."))
    assert "£Xm" in slip.message


def test_a_row_is_quoted_with_its_headers_and_a_glossary_row_is_not_a_placeholder() -> None:
    row = Block(
        0,
        BlockKind.TABLE_ROW,
        "Theatres | TBC",
        table=0,
        cells=(Cell("Scheme", "Theatres"), Cell("Cost", "TBC")),
    )
    glossary = Block(1, BlockKind.TABLE_ROW, "TBC | To be confirmed", table=1,
                     cells=(Cell("Term", "TBC"), Cell("Meaning", "To be confirmed")))  # fmt: skip
    (slip,) = placeholders(plan_with(row, glossary))
    assert slip.quotes[0].text == "Scheme: Theatres; Cost: TBC"


@given(st.text(alphabet="[]xX£?_ .TBCtofllw", max_size=80))
def test_every_find_stands_in_the_text(text: str) -> None:
    for slip in placeholders(paragraphs(text)):
        said = slip.message[1 : slip.message.rindex("' ")]
        assert said.removesuffix("...").strip() in " ".join(text.split())
