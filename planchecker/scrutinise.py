"""What is checked beyond the checklist: dated rules, and the plan against itself."""

from __future__ import annotations

from planchecker.consistency.slips import slips
from planchecker.figures.statements import statements
from planchecker.plan import Plan
from planchecker.rules.rule_file import installed_rules
from planchecker.rules.ruling import rule_outcomes
from planchecker.scrutiny import Scrutiny


def scrutinise(plan: Plan) -> Scrutiny:
    """Hold a plan's figures to the dated rules that are for its years, and the plan to itself.

    Raises:
        RuleFileError: a file of rules that comes with planchecker is wrong.
    """
    figures = statements(plan)
    return Scrutiny(rule_outcomes(plan, installed_rules(), figures), slips(plan, figures))
