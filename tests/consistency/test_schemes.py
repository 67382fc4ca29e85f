from __future__ import annotations

from planchecker.consistency.schemes import NO_ACTION, NO_INTERVENTION, NO_MONEY, NOWHERE_ELSE, schemes
from planchecker.consistency.tables import tables
from planchecker.figures.statements import statements
from planchecker.plan import Block, BlockKind, Plan
from tests.consistency.made import plan_with, table

_ROWS = (("Clinics", "£1.2m"), ("Care homes", "£2.3m"), ("Medicines", "£0.5m"))


def _kinds(plan: Plan) -> list[tuple[str, str]]:
    return [(slip.kind, slip.quotes[0].text) for slip in schemes(plan, tables(plan, statements(plan)))]


def test_a_scheme_without_money_and_money_without_a_scheme() -> None:
    plan = plan_with(*table(("Scheme", "Saving"), *_ROWS, ("Theatres", ""), ("", "£4.0m"), ("Total", "")))
    assert _kinds(plan) == [(NO_MONEY, "Scheme: Theatres"), (NO_INTERVENTION, "Saving: £4.0m")]


def test_a_column_that_is_seldom_filled_is_no_slip() -> None:
    plan = plan_with(
        *table(("Scheme", "Saving"), *_ROWS[:2], ("Theatres", ""), ("Hubs", ""), ("Dementia", ""))
    )
    assert not _kinds(plan)


def test_an_objective_that_nothing_serves() -> None:
    rows = (
        ("Longer lives", "Checks"),
        ("Better care", "Hubs"),
        ("Safer care", "Audit"),
        ("Less waiting", ""),
    )
    plan = plan_with(*table(("Objective", "Intervention"), *rows))
    assert _kinds(plan) == [(NO_ACTION, "Objective: Less waiting")]


def test_an_intervention_that_stands_on_the_plan_on_a_page_only() -> None:
    page = table(("Vision", "Interventions"), ("Good care", "Harbour clinics"), ("Good lives", "Moorland telehealth"),
                 heading=("Plan on a page",))  # fmt: skip
    text = Block(3, BlockKind.PARAGRAPH, "The harbour has clinics at last.", heading=("2 Care",))
    assert _kinds(plan_with(*page, text)) == [
        (NOWHERE_ELSE, "Vision: Good lives; Interventions: Moorland telehealth")
    ]
