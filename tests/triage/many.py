"""Batches made in a line or two, for tests of everything that looks at many plans together."""

from __future__ import annotations

from collections.abc import Iterable

from planchecker.checklist import Checklist, Element, Feature, Part, Provenance
from planchecker.plan import Block, BlockKind, Plan
from planchecker.result import (
    ChecklistFacts,
    ElementResult,
    Evidence,
    FeatureResult,
    PlanFacts,
    Result,
    Verdict,
)
from planchecker.triage.batch import Batch, Entry, LeftOut, Metadata
from planchecker.triage.packing import packed_plan

M, P, N, X = Verdict.MET, Verdict.PARTIAL, Verdict.MISSING, Verdict.NOT_ASSESSED
FACTS = ChecklistFacts("two", "1", "Two elements <of> a list")
CHECKLIST = Checklist(
    "two", "1", "Two elements",
    (
        Element("E01", "Leadership & care", (Feature("F01", "Leads", "Say who leads.", (Part("a", "Who leads."),)),
                                             Feature("F02", "Money", "Say what it costs.", (Part("a", "Cost."),)))),
        Element("E02", "Safety", (Feature("F03", "Harm", "Say how harm is measured.", (Part("a", "Harm."),)),)),
    ),
)  # fmt: skip

COPIED = (
    "The three practices of the valley will share one community nursing team from April 2015, and the joint "
    "board reviews its caseload every quarter."
)


def own(name: str, number: int = 0) -> str:
    """A sentence that no other plan has."""
    letters = "".join(chr(97 + (ord(ch) * 7 + number * 11) % 26) for ch in name)
    return " ".join(f"{letters}{n}{number}" for n in range(14)) + "."


def entry(
    name: str,
    verdicts: Iterable[Verdict] = (M, P, N),
    texts: Iterable[str] = (),
    organisation: str = "",
    unit: str = "",
    date: str = "",
    sha256: str = "",
) -> Entry:
    """A checked plan; each text is a paragraph, and the evidence for the feature of the same number."""
    blocks = tuple(
        Block(n, BlockKind.PARAGRAPH, text, page=n + 1, heading=("Chapter",))
        for n, text in enumerate(texts or (own(name, 1), own(name, 2), own(name, 3)))
    )
    sha = sha256 or name.encode().hex().ljust(64, "0")[:64]
    plan = Plan(name, f"Title of {name}", sha, "docx", None, blocks)
    features = [
        FeatureResult(
            feature.id, feature.name, feature.requirement, Provenance.OWN, verdict, 0.9,
            gaps=() if verdict is M else ("Name an owner.",),
            evidence=() if verdict in (N, X) or n >= len(blocks) else (
                Evidence(blocks[n].text, n + 1, ("Chapter",), n, 0.9),
            ),
        )
        for n, (feature, verdict) in enumerate(zip(CHECKLIST.features, verdicts, strict=True))
    ]  # fmt: skip
    elements = (
        ElementResult("E01", "Leadership & care", "", tuple(features[:2])),
        ElementResult("E02", "Safety", "", tuple(features[2:])),
    )
    result = Result(PlanFacts(name, plan.title, sha, None, plan.words), FACTS, elements)
    return Entry(name, sha, Metadata(organisation, unit, date), result, text=packed_plan(plan))


def batch(*entries: Entry, left_out: tuple[LeftOut, ...] = ()) -> Batch:
    """A batch of these plans, in the order of names."""
    return Batch(FACTS, tuple(sorted(entries, key=lambda one: one.name)), left_out)
