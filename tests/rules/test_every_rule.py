"""Every installed rule with plans that agree, differ, omit, and state it in a table, in words and as a range.

The plans are made from the rule's own data: its first terms and its figure. Awkward plans written by hand are in
test_ruling.py.
"""

from __future__ import annotations

import pytest

from planchecker.plan import Block
from planchecker.rules.rule import Bound, DateAsked, FigureAsked, Rule, StatedAsked, TrajectoryAsked, Way
from planchecker.rules.rule_file import installed_rules
from planchecker.scrutiny import Certainty, Ruling
from tests.rules.plans import outcome_of, row

RULES = [rule for book in installed_rules() for rule in book.rules]
FIGURES = [rule for rule in RULES if rule.asks_figures]
_WORDS = {0: "zero", 0.5: "half of one", 1: "one", 2.5: "two and a half", 15: "fifteen", 20: "twenty", 50: "fifty",
          67: "sixty-seven", 75: "seventy-five", 85: "eighty-five", 90: "ninety", 92: "ninety-two", 93: "ninety-three",
          94: "ninety-four", 95: "ninety-five", 96: "ninety-six", 98: "ninety-eight", 99: "ninety-nine"}  # fmt: skip


def _asked(rule: Rule) -> FigureAsked:
    asked = rule.asked[0]
    assert isinstance(asked, FigureAsked)
    return asked


def _subject(rule: Rule) -> str:
    """The measure in the rule's own words: its first terms of each kind, each said once."""
    measure = rule.measure
    said = [terms[0].replace("*", "") for terms in (measure.marks, measure.context, measure.sure) if terms]
    return " ".join(dict.fromkeys(said))


def _figure(asked: FigureAsked, value: float, words: bool = False) -> str:
    number = _WORDS[value] if words else f"{value:g}"
    if asked.unit == "%":
        return f"{number} per cent" if words else f"{number}%"
    if asked.unit == "£/head":
        return f"£{value:.2f} a head"
    if asked.to != asked.value:
        return f"{value:g} to {asked.to - asked.value + value:g} {asked.nouns[0]}"
    return f"{number} {asked.nouns[0]}"


def _sentence(rule: Rule, figure: str) -> str:
    year = f" in {rule.year}" if rule.year else ""
    if _asked(rule).change:
        return f"We will have {_subject(rule)} improved by {figure}{year}."
    return f"We plan for {_subject(rule)}: {figure}{year}."


def _worse(asked: FigureAsked) -> float:
    """A figure that plainly breaks the rule and is no sister rule's."""
    if asked.to != asked.value:
        return asked.value + 10
    steps = (0.6, 0.7, 0.5) if asked.bound is Bound.AT_LEAST else (1.2, 1.3)
    tried = [round(asked.value * step, 1) for step in steps]
    return next(value for value in tried if value not in asked.neighbours)


def _for_each(rules: list[Rule]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("rule", rules, ids=lambda rule: rule.id)


@_for_each(FIGURES)
def test_a_plan_that_states_the_figure_agrees(rule: Rule) -> None:
    outcome = outcome_of(rule.id, _sentence(rule, _figure(_asked(rule), _asked(rule).value)))
    assert outcome.ruling is Ruling.AGREES, outcome.why
    assert outcome.quotes[0].page == 7


# A count of what happened (MRSA) cannot be told from one that is planned, so it never differs.
@_for_each([rule for rule in FIGURES if _asked(rule).value])
def test_a_plan_that_states_another_figure_differs(rule: Rule) -> None:
    outcome = outcome_of(rule.id, _sentence(rule, _figure(_asked(rule), _worse(_asked(rule)))))
    assert outcome.ruling is Ruling.DIFFERS, outcome.why
    assert rule.year in outcome.why


@_for_each(FIGURES)
def test_a_plan_that_says_nothing_of_it_is_not_found(rule: Rule) -> None:
    assert outcome_of(rule.id, "We will open a garden at 5 per cent of the cost.").ruling is Ruling.NOT_FOUND


@_for_each([rule for rule in FIGURES if not _asked(rule).change and _asked(rule).to == _asked(rule).value])
def test_a_table_with_the_year_above_agrees_and_differs(rule: Rule) -> None:
    asked, year = _asked(rule), rule.year or "2015/16"
    assert outcome_of(rule.id, _table(rule, year, _figure(asked, asked.value))).ruling is Ruling.AGREES
    if asked.value:
        assert outcome_of(rule.id, _table(rule, year, _figure(asked, _worse(asked)))).ruling is Ruling.DIFFERS


@_for_each([rule for rule in FIGURES if not _asked(rule).national])
def test_a_past_years_figure_is_not_the_plans(rule: Rule) -> None:
    outcome = outcome_of(rule.id, _table(rule, "2012/13", _figure(_asked(rule), _asked(rule).value)))
    assert outcome.ruling in (Ruling.CANNOT_TELL, Ruling.NOT_FOUND), outcome.why


@_for_each(
    [rule for rule in FIGURES if _asked(rule).value in _WORDS and _asked(rule).to == _asked(rule).value]
)
def test_words_do_as_well_as_digits(rule: Rule) -> None:
    outcome = outcome_of(rule.id, _sentence(rule, _figure(_asked(rule), _asked(rule).value, words=True)))
    assert outcome.ruling is Ruling.AGREES, outcome.why


@_for_each([r for r in FIGURES if _asked(r).unit == "%" and _asked(r).value <= 80])
def test_a_range_above_the_figure_agrees_and_one_across_it_cannot_be_told(rule: Rule) -> None:
    value = _asked(rule).value
    above = _sentence(rule, f"{value:g} to {value * 1.2:g} per cent")
    across = _sentence(rule, f"{value * 0.5:g} to {value * 1.2:g} per cent")
    assert outcome_of(rule.id, above).ruling is Ruling.AGREES
    assert outcome_of(rule.id, across).ruling is Ruling.CANNOT_TELL


def _table(rule: Rule, year: str, figure: str) -> Block:
    return row({"Line": _subject(rule), year: figure})


@pytest.mark.parametrize(
    "rule", [r for r in RULES if isinstance(r.asked[0], TrajectoryAsked)], ids=lambda r: r.id
)
class TestTrajectories:
    def test_baseline_and_better_target_agree_worse_differs_and_no_target_is_not_found(
        self, rule: Rule
    ) -> None:
        asked = rule.asked[0]
        assert isinstance(asked, TrajectoryAsked)
        start = (asked.low + asked.high) / 2
        better = start * (0.9 if asked.way is Way.DOWN else 1.1)
        for target, ruling in (
            (better, Ruling.AGREES),
            (start, Ruling.DIFFERS),
            (2 * start - better, Ruling.DIFFERS),
        ):
            cells = {
                "Measure": _subject(rule),
                "Baseline 2012/13": f"{start:.2f}",
                "2018/19": f"{target:.2f}",
            }
            assert outcome_of(rule.id, row(cells)).ruling is ruling
        alone = row({"Measure": _subject(rule), "Baseline 2012/13": f"{start:.2f}"})
        assert outcome_of(rule.id, alone).ruling is Ruling.NOT_FOUND

    def test_prose_from_to(self, rule: Rule) -> None:
        asked = rule.asked[0]
        assert isinstance(asked, TrajectoryAsked)
        start = (asked.low + asked.high) / 2
        target = start * (0.9 if asked.way is Way.DOWN else 1.1)
        text = f"Our aim is for {_subject(rule)} to go from {start:.2f} to {target:.2f} by 2018/19."
        assert outcome_of(rule.id, text).ruling is Ruling.AGREES

    def test_somewhere_elses_figures_do_not_count(self, rule: Rule) -> None:
        asked = rule.asked[0]
        assert isinstance(asked, TrajectoryAsked)
        start = (asked.low + asked.high) / 2
        cells = {
            "Measure": _subject(rule),
            "England 2012/13": f"{start:.2f}",
            "Similar CCGs 2018/19": f"{start:.2f}",
        }
        assert outcome_of(rule.id, row(cells)).ruling is Ruling.NOT_FOUND


@_for_each([rule for rule in RULES if isinstance(rule.asked[0], DateAsked)])
def test_dates_on_time_late_and_lacking(rule: Rule) -> None:
    asked = rule.asked[0]
    assert isinstance(asked, DateAsked)
    said = f"The {_subject(rule)} goes to NHS England, submitted on {{}}."
    assert outcome_of(rule.id, said.format(f"{asked.day.day} {asked.day:%B %Y}")).ruling is Ruling.AGREES
    late = asked.day.replace(day=28)
    assert outcome_of(rule.id, said.format(f"{late.day} {late:%B %Y}")).ruling is Ruling.DIFFERS
    assert outcome_of(rule.id, "We met on 3 May 2014.").ruling is Ruling.NOT_FOUND


@pytest.mark.parametrize(
    "rule", [r for r in RULES if isinstance(r.asked[0], StatedAsked)], ids=lambda r: r.id
)
def test_sums_to_be_stated(rule: Rule) -> None:
    assert outcome_of(rule.id, f"The {_subject(rule)} is £14.2m in {rule.year}.").ruling is Ruling.AGREES
    assert outcome_of(rule.id, f"The {_subject(rule)} is to be confirmed.").ruling is Ruling.NOT_FOUND
    assert outcome_of(rule.id, "We have £14.2m for hospitals.").ruling is Ruling.NOT_FOUND


def test_no_figure_is_asked_for_the_fourth_and_seventh_ambition() -> None:
    said = "Reablement places double by 2016. Every one of the avoidable deaths is reviewed."
    for rule_id in ("ambition-4", "ambition-7"):
        assert outcome_of(rule_id, said).ruling is Ruling.AGREES
        assert outcome_of(rule_id, "We will open a garden.").ruling is Ruling.NOT_FOUND


def test_only_sourced_rules_are_no_advice_and_every_rule_names_its_source() -> None:
    assert all(rule.source for rule in RULES)
    for rule in RULES:
        assert rule.certainty is not Certainty.SOURCED or "recollection" not in rule.source, rule.id
