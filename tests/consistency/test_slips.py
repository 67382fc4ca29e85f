"""All kinds together: order, bounds on what is told, and time on hostile input."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planchecker.consistency.slips import slips
from planchecker.figures.statements import statements
from planchecker.plan import Block, BlockKind, Plan
from planchecker.scrutinise import scrutinise
from planchecker.scrutiny import Severity
from tests.consistency.made import paragraphs, plan_with, table

_PIECES = st.sampled_from(
    ["[", "]", "TBC", "£X", "XX", "section 9", "Table 4", "Appendix B", "31 June 2014", "will", "by March 2013",
     "(BCF)", "BCF", "better care fund", "our 46 practices", "20 %", "of patients", "2014/15", "surplus", "1%", ".",
     ";", "–", "\u00a0"]
)  # fmt: skip


def test_the_gravest_come_first_and_the_quiet_last() -> None:
    plan = paragraphs("The BCF is TBC.", "Ready by 31 June 2014.", "Only 31 per cent of carers had a break.")
    found = scrutinise(plan).slips
    assert [slip.severity for slip in found] == [Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.LOW]
    assert [slip.quiet for slip in found] == [False, False, False, True]


def test_very_many_slips_of_a_kind_are_told_as_one_with_their_places() -> None:
    found = scrutinise(paragraphs(*(f"The cost of scheme {n} is £Xm." for n in range(90)))).slips
    assert len(found) == 31
    assert found[-1].message.startswith("60 more of this kind")
    assert len(found[-1].quotes) == 60


@given(st.lists(st.lists(_PIECES, max_size=12).map(" ".join), max_size=6))
@settings(max_examples=100, deadline=None)
def test_every_quote_is_of_its_block(texts: list[str]) -> None:
    plan = paragraphs(*texts)
    for slip in slips(plan, statements(plan)):
        assert slip.quotes
        for quote in slip.quotes:
            block = " ".join(plan.blocks[quote.block].text.split())
            assert quote.text.removeprefix("… ").removesuffix(" …").strip() in block


def _long_table() -> Plan:
    rows = ((f"Scheme {n}", f"{n},000", "TBC", "£4m") for n in range(10_000))
    return plan_with(*table(("Scheme", "People", "Start", "Saving"), *rows, ("Total", "7", "", "")))


def _plan(text: str) -> Plan:
    return plan_with(Block(0, BlockKind.PARAGRAPH, text))


@pytest.mark.parametrize(
    "plan",
    [
        _long_table(),
        _plan("[" * 300_000),
        _plan("(ABC " * 200_000),
        _plan("X" * 1_000_000),
        _plan("will we be " * 90_000 + "by March 2013"),
        _plan("by March 2013, " * 60_000),
        _plan("section 9, 9, 9 and 9 " * 40_000),
        _plan("Better Care Fund " * 60_000),
        _plan("A" * 500_000 + "&" * 500_000),
        _plan("from 2018/19 to " * 60_000),
        _plan("_ ? £ x " * 120_000),
        plan_with(*(Block(n, BlockKind.HEADING, "Heading", level=1) for n in range(30_000))),
    ],
    ids=lambda plan: repr(plan.blocks[-1].text[:20]),
)
def test_hostile_input_takes_no_more_than_seconds(plan: Plan) -> None:
    # The grammar of figures has a test of its own: here it is only what stands upon it.
    found = statements(plan) if len(plan.blocks) > 1 else ()
    started = time.process_time()
    slips(plan, found)
    assert time.process_time() - started < 6
