"""A plan held against every dated rule."""

from __future__ import annotations

from collections.abc import Sequence

from planchecker.figures.statement import Statement
from planchecker.plan import Plan
from planchecker.rules.on_dates import rule_on_date
from planchecker.rules.on_figures import Found, rule_on_any_figure, rule_on_figures
from planchecker.rules.on_trajectories import rule_on_trajectory
from planchecker.rules.rule import DateAsked, Rule, RuleBook, StatedAsked, TrajectoryAsked
from planchecker.rules.sightings import Draft, Sighting
from planchecker.rules.standing import is_national
from planchecker.rules.terms import terms_of
from planchecker.rules.years import speaks_of_years, stated_years
from planchecker.scrutiny import RuleOutcome, Ruling


def rule_outcomes(
    plan: Plan, books: tuple[RuleBook, ...], statements: Sequence[Statement]
) -> tuple[RuleOutcome, ...]:
    """How a plan stands to the rules of all books that are for its years, in their order.

    Args:
        plan: the plan as read.
        books: the rules.
        statements: the plan's figures, as `figures.statements` finds them.
    """
    rules = rules_for(plan, books)
    draft = draft_for(plan, rules, statements)
    return tuple(outcome(draft, rule) for rule in rules)


def draft_for(plan: Plan, rules: tuple[Rule, ...], statements: Sequence[Statement]) -> Draft:
    """The plan with its figures made ready for the measures of some rules."""
    return Draft(plan, tuple(dict.fromkeys(rule.measure for rule in rules)), statements)


def rules_for(plan: Plan, books: tuple[RuleBook, ...]) -> tuple[Rule, ...]:
    """The rules of the books that are for such a plan."""
    return tuple(rule for book in books if _is_for(book, plan) for rule in book.rules)


def outcome(draft: Draft, rule: Rule) -> RuleOutcome:
    """How a plan stands to one rule."""
    found = _found(draft, rule, draft.sightings(rule.measure))
    return RuleOutcome(
        id=rule.id,
        title=rule.title,
        rule=rule.text,
        year=rule.year,
        source=rule.source,
        certainty=rule.certainty,
        ruling=found.ruling,
        why=found.why,
        quotes=found.quotes,
    )


def _found(draft: Draft, rule: Rule, sightings: tuple[Sighting, ...]) -> Found:
    asked = rule.asked[0]
    if isinstance(asked, TrajectoryAsked):
        return rule_on_trajectory(rule, asked, sightings, draft.years)
    if isinstance(asked, DateAsked):
        return rule_on_date(rule, asked, sightings)
    if isinstance(asked, StatedAsked):
        return rule_on_any_figure(rule, asked, sightings, draft.years)
    if rule.asks_figures:
        return rule_on_figures(rule, sightings, draft.years)
    return _on_subject(rule, sightings)


def _on_subject(rule: Rule, sightings: tuple[Sighting, ...]) -> Found:
    """No figure is asked, only that the plan raises the subject."""
    spoken = [
        sighting.quote
        for sighting in sightings
        if not (sighting.by_heading or sighting.is_open or is_national(sighting.quote.text))
    ]
    if spoken:
        return Found(
            Ruling.AGREES,
            f"The plan speaks of the {rule.measure.name}; no figure is asked.",
            tuple(spoken[:2]),
        )
    return Found(Ruling.NOT_FOUND, f"No passage of the plan speaks of the {rule.measure.name}.")


def _is_for(book: RuleBook, plan: Plan) -> bool:
    """Whether the rules are for such a plan: its organisations and its years, or the years it speaks of."""
    whose = terms_of(book.organisations)
    if book.organisations and not any(whose.within(block.text) for block in plan.blocks):
        return False
    if not book.years:
        return True
    first, last = book.years
    if years := stated_years(plan):
        return first in years[:2]
    return speaks_of_years(plan, first, last)
