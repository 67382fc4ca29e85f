"""Rulings on plans that state things awkwardly, and on plans that only seem to state them."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from planchecker.figures.statements import statements
from planchecker.plan import Block, Plan
from planchecker.rules.explanation import find_rule, rule_explanation
from planchecker.rules.rule_file import installed_rules
from planchecker.rules.ruling import rule_outcomes
from planchecker.scrutiny import RuleOutcome, Ruling
from tests.rules.plans import outcome_of, paragraph, plan_of, row

LONG = (
    "We plan a surplus of £2.15m, one per cent, in each of the five years; we hold a contingency of £1.07m, a quarter "
    "of one per cent, uncommitted; and £5.37m, two and a half per cent, is spent in 2014/15 on things that do not "
    "recur, falling to half of one per cent from 2015/16."
)


def outcomes(plan: Plan) -> tuple[RuleOutcome, ...]:
    return rule_outcomes(plan, installed_rules(), statements(plan))


def test_half_a_per_cent_where_one_is_asked_is_told() -> None:
    outcome = outcome_of("surplus-2014-15", "We plan a surplus of 0.5% (£1.2m) in 2014/15.")
    assert outcome.ruling is Ruling.DIFFERS
    assert outcome.why == "The plan states 0.5% for 2014/15, where at least 1 per cent is asked."
    assert outcome.quotes[0].text == "We plan a surplus of 0.5% (£1.2m) in 2014/15."


@pytest.mark.parametrize(
    ("rule_id", "ruling"),
    [
        ("surplus-2014-15", Ruling.AGREES),
        ("surplus-2018-19", Ruling.AGREES),
        ("contingency-2014-15", Ruling.DIFFERS),
        ("non-recurrent-2014-15", Ruling.AGREES),
        ("non-recurrent-2015-16", Ruling.DIFFERS),
    ],
)
def test_each_figure_of_a_long_sentence_goes_to_its_own_measure_and_year(
    rule_id: str, ruling: Ruling
) -> None:
    assert outcome_of(rule_id, LONG).ruling is ruling


@pytest.mark.parametrize(
    ("rule_id", "text"),
    [
        ("surplus-2014-15", "A surplus of one pound in every hundred is carried forward in 2014/15."),
        ("surplus-2015-16", "A surplus of one per cent (£5.4m) is planned in 2014/15 and in each later year."),
        ("contingency-2014-15", "We hold half of one per cent, £0.99m, as a contingency for the chair to release."),
        ("non-recurrent-2015-16", "Non-recurrent share: 2.5% in 2014/15, then 1.0%, spent on one-off uses."),
        ("running-costs-2015-16", "Running costs are £24.73 a head this year and fall by a tenth next year."),
        ("running-costs-2014-15", "Running costs are £24.73 a head this year and fall by a tenth next year."),
        ("elective-productivity", "The same 24,600 planned operations are done in 2018/19 with a fifth less resource."),
        ("specialised-centres", "Specialised services belong in between fifteen and thirty centres."),
        ("dementia-diagnosis", "Dementia diagnosis goes from 51% in 2012/13 to 67% by March 2015."),
        ("rtt-admitted", "We bought enough to treat nine in ten admitted patients within eighteen weeks in 2014/15."),
        ("rtt-incomplete", "The standards for 18 weeks (90 / 95 / 92 per cent) will be kept."),
        ("waits-52-weeks", "There will be zero waits of 52 weeks."),
        ("final-plan-due", "The final version goes to NHS England on 20 June."),
    ],
)  # fmt: skip
def test_awkward_forms_that_agree(rule_id: str, text: str) -> None:
    outcome = outcome_of(rule_id, text)
    assert outcome.ruling is Ruling.AGREES, outcome.why


@pytest.mark.parametrize(
    ("rule_id", "block"),
    [
        ("surplus-2014-15", row({"£m": "Surplus %", "2013/14": "1.0", "2014/15": "0.4", "2015/16": "1.0"})),
        ("surplus-2014-15", row({"£m": "Planned surplus (0.6%)", "2014/15": "1.5", "2015/16": "1.6"})),
        ("surplus-2015-16", row({"Year": "2015/16", "Surplus, % of allocation": "0.25"})),
        ("contingency-2015-16", row({"Rule": "Contingency", "2014/15": "0.5%", "Later years": "0.25% held"})),
        ("running-costs-2014-15", row({"Heading": "Running costs", "£m": "7.2", "Comment": "£26.10 a head"})),
        ("a-and-e", row({"Standard": "A&E within 4 hours", "2013/14 outturn": "96.1%", "2014/15 plan": "93.0%"})),
        ("dementia-diagnosis", paragraph("By March 2015 we will see 60 per cent of people with dementia diagnosed.")),
        ("elective-productivity", paragraph("Elective care: productivity improves by 8 to 10 per cent by 2018/19.")),
    ],
)  # fmt: skip
def test_awkward_forms_that_differ(rule_id: str, block: Block) -> None:
    outcome = outcome_of(rule_id, block)
    assert outcome.ruling is Ruling.DIFFERS, outcome.why


@pytest.mark.parametrize(
    ("rule_id", "text"),
    [
        ("surplus-2014-15", "The surplus of 210 ward lockers is offered to schools at 0.5% of their price."),
        ("surplus-2014-15", "Thornwater NHS Foundation Trust reported a surplus of 0.3 per cent last year."),
        ("surplus-2014-15", "The council plans a surplus of 0.3 per cent in 2014/15."),
        ("surplus-2014-15", "If admissions rise the surplus would be 0.2 per cent in 2014/15."),
        ("surplus-2014-15", "Nationally commissioners are asked to plan a surplus of 1 per cent."),
        ("surplus-2014-15", "We carry forward a surplus of £2.9m in 2014/15."),
        ("surplus-2014-15", "The surplus grows by 0.5% in 2014/15."),
        ("surplus-2014-15", "The surplus is settled with the area team, of which 0.4 per cent in 2014/15 is new."),
        ("contingency-2014-15", "The winter contingency for gritting covers 0.1 per cent of our lanes."),
        ("running-costs-2014-15", "Running costs are £10.3m in 2014/15."),
        ("a-and-e", "In 2013/14 A&E treated 93 per cent of patients within four hours."),
        ("a-and-e", "29% of those who came to A&E needed nothing."),
        ("cancer-62", "The 62-day cancer standard was missed (84.1 per cent in January)."),
        ("rtt-admitted", "The works end 18 weeks after referral to the planning officer, 80 per cent done."),
        ("elective-productivity", "We have not considered doing planned operations with a fifth less resource."),
        ("specialised-centres", "The company wants between 10 and 20 centres of excellence for its theatre lights."),
        ("mrsa", "There were three cases of MRSA last year."),
        ("final-plan-due", "The final version of the estates guide came out on 1 August 2014."),
    ],
)  # fmt: skip
def test_what_is_not_the_plans_own_word_is_not_compared(rule_id: str, text: str) -> None:
    assert outcome_of(rule_id, text).ruling in (Ruling.CANNOT_TELL, Ruling.NOT_FOUND)


def test_two_figures_for_one_thing_are_not_decided() -> None:
    outcome = outcome_of(
        "surplus-2014-15", "We plan a surplus of 1% in 2014/15.", "In 2014/15 the planned surplus is 0.5%."
    )
    assert outcome.ruling is Ruling.CANNOT_TELL
    assert "both 1% and 0.5%" in outcome.why
    assert len(outcome.quotes) == 2


def test_a_placeholder_is_not_found_and_quoted() -> None:
    outcome = outcome_of("contingency-2014-15", row({"£m": "Contingency", "2014/15": "TBC"}))
    assert outcome.ruling is Ruling.NOT_FOUND
    assert outcome.quotes
    assert "to be confirmed" in outcome.why


def test_a_figure_without_a_year_never_differs_for_later_years() -> None:
    text = "The running cost allowance is £24.73 a head."
    assert outcome_of("running-costs-2014-15", text).ruling is Ruling.AGREES
    assert outcome_of("running-costs-2015-16", text).ruling is Ruling.CANNOT_TELL


def test_a_plan_for_other_years_is_not_held_to_these_rules() -> None:
    plan = plan_of(paragraph("We plan a surplus of 0.5%."), title="Joint forward plan 2023/24 to 2027/28")
    assert outcomes(plan) == ()


def test_a_plan_that_is_not_the_nhss_is_not_held_to_these_rules() -> None:
    plan = plan_of(paragraph("We plan a surplus of 0.5%."))
    assert outcomes(replace(plan, blocks=plan.blocks[1:])) == ()


def test_the_explanation_shows_every_place_and_why_it_does_not_count() -> None:
    plan = plan_of(paragraph("The trust had a surplus of 0.3 per cent. We plan a surplus of 1% in 2014/15."))
    books = installed_rules()
    rule = find_rule(books, "SURPLUS-2014-15")
    assert rule is not None
    lines = "\n".join(rule_explanation(plan, books, rule))
    assert "Agrees: The plan states 1% for 2014/15; at least 1 per cent is asked." in lines
    assert "0.3 per cent: is a past or present figure, not a plan" in lines
    assert "1%: agrees" in lines


@pytest.mark.slow
def test_a_book_in_one_cell_takes_bounded_time() -> None:
    plan = plan_of(row({"Rule": "Surplus", "2014/15": "surplus 1% in 2014/15, " * 300}))
    begun = time.perf_counter()
    assert outcomes(plan)
    assert time.perf_counter() - begun < 30
