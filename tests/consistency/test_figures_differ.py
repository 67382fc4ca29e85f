from __future__ import annotations

import pytest

from planchecker.consistency.figures_differ import FIGURES_DIFFER, figures_differ
from planchecker.consistency.tables import tables
from planchecker.figures.statements import statements
from planchecker.plan import Plan
from planchecker.scrutiny import Slip
from tests.consistency.made import paragraphs, plan_with, table


def _found(plan: Plan) -> list[Slip]:
    found = statements(plan)
    return list(figures_differ(tables(plan, found), found))


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("Our 46 practices work together.", "All 47 practices have agreed.", ("46", "47")),
        (
            "The CCG has 284,600 registered patients.",
            "We serve 291,300 registered patients.",
            ("284,600", "291,300"),
        ),
        ("We have four localities.", "Our five localities meet monthly.", ("four", "five")),
        ("We plan a surplus of 1% in 2014/15.", "A surplus of 0.5% is planned for 2014/15.", ("1%", "0.5%")),
        ("QIPP requirement 2014/15: £9.8m.", "The QIPP requirement is £9.1m in 2014/15.", ("£9.8m", "£9.1m")),
    ],
)
def test_two_sentences_that_cannot_both_be_right(one: str, other: str, said: tuple[str, str]) -> None:
    (slip,) = _found(paragraphs(one, "Something else.", other))
    assert slip.kind == FIGURES_DIFFER
    assert f"{said[0]} in one place and {said[1]} in another" in slip.message
    assert [quote.text for quote in slip.quotes] == [one, other]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Our 46 practices work together.", "All 46 practices have agreed."),
        ("Our 46 practices work together.", "In 44 of our 46 practices it runs."),
        ("Our 46 practices work together.", "The 12 practices in Ropery wait."),
        ("Our 46 practices work together.", "The first 44 practices have joined."),
        ("We plan a surplus of 1% in 2014/15.", "We plan a surplus of 2% in 2015/16."),
        ("We plan a surplus of 1% in 2014/15.", "The Royal hospital plans a surplus of 3% in 2014/15."),
        ("We plan a surplus of £2.9m in 2014/15.", "A surplus of £2.87m in 2014/15 is planned."),
        ("We plan a surplus of 1% in 2014/15.", "A surplus of at least 0.5% is asked in 2014/15."),
        ("Allocation 2014/15: £241.0m.", "2.5% of the allocation, £6.0m, is non-recurrent in 2014/15."),
        ("We have 104 general practitioners.", "The 22 general practitioners of Marle met."),
    ],
)
def test_two_sentences_that_can_both_be_right(one: str, other: str) -> None:
    assert not _found(paragraphs(one, other))


def test_a_sentence_and_a_table() -> None:
    rows = table(("£m", "2014/15", "2015/16"), ("Allocation", "214.6", "218.3"), ("Surplus", "2.1", "2.2"))
    wrong = paragraphs("x", "x", "x", "Our allocation for 2014/15 is £241.6m.").blocks[3]
    right = paragraphs("x", "x", "x", "x", "The surplus in 2015/16 is £2.2m.").blocks[4]
    (slip,) = _found(plan_with(*rows, wrong, right))
    assert "£241.6m in one place and 214.6 in another" in slip.message
    assert [quote.block for quote in slip.quotes] == [3, 1]


def _pair(*second: str) -> Plan:
    header = ("£m", "2014/15", "2015/16", "2016/17")
    return plan_with(
        *table(header, ("Allocation", "301.2", "306.3", "311.5")),
        *table(header, ("Allocation", *second), first=2, number=1, heading=("2 Later",)),
    )


def test_two_tables_that_agree_but_for_a_cell() -> None:
    (slip,) = _found(_pair("301.2", "306.8", "311.5"))
    assert "306.3 in one place and 306.8 in another" in slip.message
    assert not _found(_pair("301.2", "306.3", "311.5"))


def test_two_tables_that_agree_nowhere_are_of_two_places() -> None:
    assert not _found(_pair("101.2", "106.8", "111.5"))
