"""Rulings on the sample plans: breaks planted where a plan states a figure, and every ruling on untouched plans.

    python benchmarks/rules.py [--list] [PLAN ...]

Without PLANs it reads every Word plan under corpus/plans. Breaks are planted in two ways. By hand: the list in
benchmarks/rules.yaml, written by reading the plans, says which words state a rule's figure and what they are changed
to; it does not depend on what planchecker finds. By rule: wherever a figure was held to agree, it is changed in every
place and the plan is ruled on again. --list prints each agreement and difference on the untouched plans, with the
plan's words, so that a reader can judge them.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from planchecker.figures.statement import Statement
from planchecker.plan import Block, Cell, Plan
from planchecker.reading import read
from planchecker.rules.on_figures import considered_figures
from planchecker.rules.rule import Bound, FigureAsked, Rule
from planchecker.rules.rule_file import installed_rules
from planchecker.rules.ruling import draft_for, outcome, rules_for
from planchecker.scrutiny import RuleOutcome, Ruling

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "plans"
PLANTED = Path(__file__).with_name("rules.yaml")


def main(arguments: list[str]) -> None:
    paths = [Path(argument) for argument in arguments if not argument.startswith("-")]
    plans = {path.parent.name: read(path) for path in paths or sorted(CORPUS.glob("*/plan.docx"))}
    untouched(plans, listed="--list" in arguments)
    by_hand(plans)
    by_rule(plans)


def untouched(plans: dict[str, Plan], listed: bool) -> None:
    counts: Counter[Ruling] = Counter()
    for name, plan in plans.items():
        for one in outcomes(plan):
            counts[one.ruling] += 1
            if listed and one.ruling in (Ruling.AGREES, Ruling.DIFFERS):
                print(f"{name}: {one.ruling.words} {one.id}: {one.why}")
                print(*(f"    “{quote.text[:300]}”" for quote in one.quotes), sep="\n")
    print(f"{len(plans)} untouched plans:", ", ".join(f"{ruling.value} {n}" for ruling, n in counts.items()))


def by_hand(plans: dict[str, Plan]) -> None:
    """Breaks from the list, one at a time."""
    rulings: Counter[tuple[Ruling, Ruling]] = Counter()
    missed = []
    for entry in yaml.safe_load(PLANTED.read_text(encoding="utf-8")):
        plan = plans.get(entry["plan"])
        if plan is None:
            continue
        broken = plan
        for change in entry["changes"]:
            broken = changed(broken, change["from"], change["to"])
        before, after = ruling_on(plan, entry["rule"]), ruling_on(broken, entry["rule"])
        rulings[before.ruling, after.ruling] += 1
        if after.ruling is not Ruling.DIFFERS:
            missed.append(
                f"    {entry['plan']} {entry['rule']}: {before.ruling.value}, then {after.ruling.value}: {after.why}"
            )
    report("planted by hand", rulings)
    print(*missed, sep="\n")


def by_rule(plans: dict[str, Plan]) -> None:
    """Every agreeing figure broken in every place."""
    rulings: Counter[tuple[Ruling, Ruling]] = Counter()
    for plan in plans.values():
        rules = rules_for(plan, installed_rules())
        draft = draft_for(plan, rules)
        for rule in (rule for rule in rules if rule.asks_figures):
            if outcome(draft, rule).ruling is not Ruling.AGREES or not asked(rule).value:
                continue
            considered = considered_figures(rule, draft.sightings(rule.measure), draft.years)
            broken = plan
            for one in considered:
                if one.ruling is Ruling.AGREES:
                    broken = without(broken, one.statement, rule)
            rulings[Ruling.AGREES, ruling_on(broken, rule.id).ruling] += 1
    report("planted where a figure agreed", rulings)


def report(what: str, rulings: Counter[tuple[Ruling, Ruling]]) -> None:
    total = sum(rulings.values())
    found = sum(n for (_, after), n in rulings.items() if after is Ruling.DIFFERS)
    still = sum(n for (_, after), n in rulings.items() if after is Ruling.AGREES)
    print(
        f"{what}: {total} breaks, {found} found to differ, {total - found - still} not decided, {still} held to agree"
    )


def outcomes(plan: Plan) -> Iterator[RuleOutcome]:
    rules = rules_for(plan, installed_rules())
    draft = draft_for(plan, rules)
    return (outcome(draft, rule) for rule in rules)


def ruling_on(plan: Plan, rule_id: str) -> RuleOutcome:
    return next(one for one in outcomes(plan) if one.id == rule_id)


def asked(rule: Rule) -> FigureAsked:
    return next(one for one in rule.asked if isinstance(one, FigureAsked))


def without(plan: Plan, statement: Statement, rule: Rule) -> Plan:
    """The plan with one stated figure made plainly wrong."""
    figure, text = statement.quantity, statement.text
    same = [
        one for one in rule.asked if isinstance(one, FigureAsked) and one.unit[0] == figure.unit.value[:1]
    ]
    factor = 1.25 if same and same[0].bound is Bound.UP_TO else 0.6
    number = f"{figure.low * factor:.4g}"
    unit = {"%": f"{number} per cent", "£": f"£{number} a head"}.get(
        figure.unit.value, f"{number} to {number}9"
    )
    broken = text[: figure.start] + unit + text[figure.end :]
    return changed(plan, text, broken)


def changed(plan: Plan, old: str, new: str) -> Plan:
    """The plan with some words changed wherever they stand."""
    return replace(plan, blocks=tuple(_changed(block, old, new) for block in plan.blocks))


def _changed(block: Block, old: str, new: str) -> Block:
    if old not in block.text:
        return block
    cells = tuple(Cell(cell.header, cell.text.replace(old, new)) for cell in block.cells)
    return replace(block, text=block.text.replace(old, new), cells=cells)


if __name__ == "__main__":
    main(sys.argv[1:])
