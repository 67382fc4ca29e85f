"""Results made by hand for any plan: features whose evidence stands at blocks of our choice."""

from __future__ import annotations

from collections.abc import Sequence

from planchecker.checklist import Provenance
from planchecker.plan import Block, Plan
from planchecker.result import (
    ChecklistFacts,
    ElementResult,
    Evidence,
    FeatureResult,
    PlanFacts,
    Result,
    Verdict,
)


def evidence_in(block: Block, text: str = "", part: str = "a") -> Evidence:
    return Evidence(text or block.text, block.page, block.heading, block.number, 0.7, part)


def feature(
    identifier: str, verdict: Verdict, *evidence: Evidence, gaps: Sequence[str] = ("Gives no date.",)
) -> FeatureResult:
    return FeatureResult(
        identifier,
        f"Name of {identifier}",
        f"Say what {identifier} is.",
        Provenance.OWN,
        verdict,
        0.8,
        ("Shown, with date.",),
        () if verdict is Verdict.MET else tuple(gaps),
        evidence,
    )


def result_of(plan: Plan, *features: FeatureResult) -> Result:
    facts = PlanFacts(plan.path, plan.title, plan.sha256, plan.pages, plan.words)
    return Result(
        facts, ChecklistFacts("own", "1", "Own list"), (ElementResult("E1", "Element", "", features),)
    )


def spread(plan: Plan, most: int = 12) -> list[Block]:
    """Blocks from all over a plan, one of each kind among them."""
    step = max(1, len(plan.blocks) // most)
    kinds = {block.kind: block for block in plan.blocks}
    chosen = {block.number: block for block in (*plan.blocks[::step], *kinds.values())}
    return [chosen[number] for number in sorted(chosen)]


def result_over(plan: Plan, blocks: Sequence[Block]) -> Result:
    """One partly met feature a block, and one that is missing."""
    partial = [feature(f"P{b.number}", Verdict.PARTIAL, evidence_in(b)) for b in blocks]
    return result_of(plan, *partial, feature("M1", Verdict.MISSING))


def letters(text: str) -> str:
    return "".join(ch for ch in text.casefold() if ch.isalnum())
