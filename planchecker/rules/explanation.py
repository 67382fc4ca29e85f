"""How a ruling came about: every place where the plan speaks of the measure, and why a figure counts or not."""

from __future__ import annotations

from collections.abc import Iterator

from planchecker.figures.statements import statements
from planchecker.plan import Plan
from planchecker.rules.on_figures import considered_figures
from planchecker.rules.rule import Rule, RuleBook
from planchecker.rules.ruling import draft_for, outcome, rules_for
from planchecker.scrutiny import Quote, Ruling

_SHOWN = 25  # places; more would not be read
_WORDS = 30


def find_rule(books: tuple[RuleBook, ...], rule_id: str) -> Rule | None:
    """The rule of this id in any case, or None."""
    wanted = rule_id.lower()
    return next((rule for book in books for rule in book.rules if rule.id == wanted), None)


def rule_explanation(plan: Plan, books: tuple[RuleBook, ...], rule: Rule) -> Iterator[str]:
    """The ruling on one rule with what was considered, line by line."""
    rules = rules_for(plan, books)
    draft = draft_for(plan, rules or (rule,), statements(plan))
    found = outcome(draft, rule)
    advice = (
        ""
        if not found.is_advice
        else f" ({found.certainty.value}: advice, not a rule that a source confirms)"
    )
    yield f"{rule.id} {rule.title}"
    yield f"{rule.text}{advice}"
    yield f"Source: {rule.source}"
    yield f"{found.ruling.words}: {found.why}"
    if rule not in rules:
        yield "The plan is for other years than this rule, so a check leaves it out."
    sightings = draft.sightings(rule.measure)
    yield ""
    yield f"{len(sightings)} {'place speaks' if len(sightings) == 1 else 'places speak'} of the {rule.measure.name}:"
    for sighting in sightings[:_SHOWN]:
        yield f"- “{_clipped(sighting.quote)}” ({_place(sighting.quote)})"
        if rule.asks_figures:
            for one in considered_figures(rule, (sighting,), draft.years):
                why = one.why_not or {Ruling.AGREES: "agrees", Ruling.DIFFERS: "differs"}[one.ruling]
                yield f"    {one.statement.quantity.text}: {why}"
    if len(sightings) > _SHOWN:
        yield f"- and {len(sightings) - _SHOWN} more"


def _clipped(quote: Quote) -> str:
    words = quote.text.split()
    return " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")


def _place(quote: Quote) -> str:
    page = f"page {quote.page}" if quote.page else ""
    heading = quote.heading[-1] if quote.heading else ""
    return ", ".join(part for part in (page, heading) if part) or "no page or heading known"
