"""Small plans for the tests of rules: paragraphs and table rows under a title that names the plan's years."""

from __future__ import annotations

from planchecker.figures.statements import statements
from planchecker.plan import Block, BlockKind, Cell, Plan
from planchecker.rules.rule_file import installed_rules
from planchecker.rules.ruling import draft_for, outcome, rules_for
from planchecker.scrutiny import RuleOutcome

TITLE = "Five Year Strategic Plan 2014/15 to 2018/19"


def paragraph(text: str, heading: str = "Our plan") -> Block:
    return Block(0, BlockKind.PARAGRAPH, text, 7, (heading,))


def row(cells: dict[str, str], heading: str = "Our plan") -> Block:
    made = tuple(Cell(header, text) for header, text in cells.items())
    text = " | ".join(cell.text for cell in made)
    return Block(0, BlockKind.TABLE_ROW, text, 7, (heading,), table=0, cells=made)


def plan_of(*blocks: Block, title: str = TITLE) -> Plan:
    front = Block(0, BlockKind.PARAGRAPH, "NHS Wennick Vale CCG")
    numbered = tuple(
        Block(number, b.kind, b.text, b.page, b.heading, table=b.table, cells=b.cells)
        for number, b in enumerate((front, *blocks))
    )
    return Plan("plan.docx", title, "0" * 64, "docx", None, numbered)


def outcome_of(rule_id: str, *blocks: Block | str) -> RuleOutcome:
    """The ruling on one installed rule, all measures competing; a text stands for a paragraph."""
    plan = plan_of(*(paragraph(block) if isinstance(block, str) else block for block in blocks))
    rules = rules_for(plan, installed_rules())
    return outcome(
        draft_for(plan, rules, statements(plan)), next(rule for rule in rules if rule.id == rule_id)
    )
