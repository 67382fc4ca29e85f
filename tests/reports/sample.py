"""A small result with every verdict, made by hand, and text that tries to break out of a report."""

from __future__ import annotations

from dataclasses import replace

from planchecker.checklist import Provenance
from planchecker.plan import Block, BlockKind, Cell, Plan, Unread
from planchecker.result import (
    Acceptance,
    ChecklistFacts,
    Decision,
    ElementResult,
    Evidence,
    FeatureResult,
    PlanFacts,
    Result,
    Verdict,
)
from planchecker.scrutiny import Certainty, Quote, RuleOutcome, Ruling, Scrutiny, Severity, Slip

HOSTILE = "</blockquote><script>alert('x')</script> & \"quoted\" \x00\x08\x0b\ud800\ufffe end"

MET = FeatureResult(
    id="F14",
    name="Primary care at scale",
    requirement="Explain how primary care, provided at scale, will be delivered locally.",
    provenance=Provenance.QUOTED,
    verdict=Verdict.MET,
    confidence=0.912,
    reasons=(
        "On part a (scale): shown, with date and owner.",
        "on part b (integration): shown, with number.",
    ),
    evidence=(
        Evidence(
            text="From April 2015 four federations will run extended hours for 212,000 patients.",
            page=7,
            heading=("3 Primary care", "3.2 At scale"),
            block=112,
            score=0.91,
            matched_by=("cue:federations", "cue:at scale", "words", "meaning"),
            shows=("commitment", "date", "number"),
        ),
        Evidence(
            text="Dr A. Bell leads the community teams that each federation shares.",
            page=None,
            heading=(),
            block=140,
            score=0.7,
            part="b",
            matched_by=("reader",),
            shows=("owner",),
        ),
    ),
)

PARTIAL = FeatureResult(
    id="F40",
    name="Mental Capacity Act",
    requirement="Build the Mental Capacity Act's requirements into all commissioning.",
    provenance=Provenance.RECALLED,
    verdict=Verdict.PARTIAL,
    confidence=0.48,
    sure=False,
    reasons=("raised on page 21, but the passage is hedged.",),
    gaps=(
        "The passage on page 21 names no owner and gives no date.",
        "Say who leads on the Act and by when staff are trained.",
    ),
    evidence=(
        Evidence(
            text=HOSTILE,
            page=21,
            heading=("9 Quality <b>",),
            block=300,
            score=0.5,
            matched_by=("cue:Mental Capacity Act",),
            weakened_by=("hedged",),
        ),
    ),
)

MISSING = FeatureResult(
    id="17.3 goal",  # an id that makes no plain link
    name="Prevent",
    requirement="Meet the standards of the Prevent agenda.",
    provenance=Provenance.RECONSTRUCTED,
    verdict=Verdict.MISSING,
    confidence=0.83,
    reasons=("No passage addresses this.",),
    gaps=("Not found: a Prevent lead.",),
)

UNASSESSED = FeatureResult(
    id="F45",
    name="Financial business rules",
    requirement="Keep the financial business rules.",
    provenance=Provenance.OWN,
    verdict=Verdict.NOT_ASSESSED,
    confidence=0.0,
    reasons=("The finance pages could not be read.",),
)

RESULT = Result(
    plan=PlanFacts(
        path="C:\\Users\\planner\\Draft <five> year plan.docx",
        title="Draft <five> year plan",
        sha256="0123456789abcdef" * 4,
        pages=41,
        words=15203,
        unread=(
            Unread("page 3", "a picture without a text layer", 3),
            Unread("page 4", "a picture without a text layer", 4),
            Unread("page 9", "a picture without a text layer", 9),
            Unread("an embedded spreadsheet", "planchecker does not read these"),
        ),
        notices=("The draft holds tracked changes, read as if accepted.",),
        reading_confidence="medium",
    ),
    checklist=ChecklistFacts("small", "1.0", "A small checklist", "Written for the tests."),
    elements=(
        ElementResult("E06", "Wider primary care, at scale", "Services", (MET,)),
        ElementResult("E19", "Safeguarding", "Quality", (PARTIAL, MISSING)),
        ElementResult(
            "E20",
            "Prevention of harm",
            "Quality",
            (
                FeatureResult(
                    "F99", "Harm", "Say how harm is measured.", Provenance.UNSTATED, Verdict.MISSING, 0.9
                ),
            ),
        ),
        ElementResult("E21", "Financial resilience", "Value", (UNASSESSED,)),
    ),
)

FLAWLESS = Result(
    plan=PlanFacts("plan.pdf", " ", "0" * 64, None, 900),
    checklist=ChecklistFacts("small", "1.0", "A small checklist"),
    elements=(ElementResult("E06", "Wider primary care", "", (MET,)),),
)

# The plan that RESULT judged, with its evidence in a paragraph, a table and a note.
PLAN = Plan(
    path=RESULT.plan.path,
    title=RESULT.plan.title,
    sha256=RESULT.plan.sha256,
    format="pdf",
    pages=41,
    blocks=(
        Block(1, BlockKind.HEADING, "3 Primary care", page=6, level=1),
        Block(2, BlockKind.HEADING, "3.2 At scale", page=7, heading=("3 Primary care",), level=4),
        Block(
            112,
            BlockKind.PARAGRAPH,
            f"In brief. {MET.evidence[0].text} More follows.",
            page=7,
            heading=("3 Primary care", "3.2 At scale"),
        ),
        Block(113, BlockKind.LIST_ITEM, "first <point>", page=7, level=0),
        Block(114, BlockKind.LIST_ITEM, "deeper", page=7, level=1),
        Block(
            130,
            BlockKind.TABLE_ROW,
            "Scheme | Saving",
            page=8,
            table=0,
            cells=(Cell("", "Scheme"), Cell("", "Saving")),
            is_table_header=True,
        ),
        Block(
            131,
            BlockKind.TABLE_ROW,
            "£1.2m",
            page=9,
            table=0,
            cells=(Cell("Saving", "£1.2m"),),
        ),
        Block(140, BlockKind.NOTE, MET.evidence[1].text, page=9),
        Block(300, BlockKind.PARAGRAPH, HOSTILE, page=21, heading=("9 Quality <b>",)),
    ),
)

_QUOTE = Quote("£1.2m", 9, (), 131)

# RESULT with everything that is often absent: scrutiny, an accepted gap, decisions, a stale acceptance.
FULL = replace(
    RESULT,
    elements=(
        replace(
            RESULT.elements[0],
            features=(replace(MET, decisions=(Decision(Verdict.PARTIAL, "CD", f"Too thin. {HOSTILE}", True),)),),
        ),
        replace(
            RESULT.elements[1],
            features=(
                replace(PARTIAL, accepted=Acceptance("F40", f"Led elsewhere. {HOSTILE}", "A. Bell", "2014-02-11")),
                replace(MISSING, same_as="other-list/R3"),
            ),
        ),
        *RESULT.elements[2:],
    ),
    scrutiny=Scrutiny(
        rules=(
            RuleOutcome("contingency", "Contingency", "Half a per cent is held.", "", "recollection",
                        Certainty.RECALLED, Ruling.NOT_FOUND, "No figure was found."),
            RuleOutcome("surplus", f"Surplus {HOSTILE}", "One per cent is left over.", "2014/15", "Planning guidance",
                        Certainty.SOURCED, Ruling.DIFFERS, "The plan gives half a per cent.", (_QUOTE,)),
        ),
        slips=(
            Slip("acronym not expanded", Severity.LOW, "HWB is never written out.", (_QUOTE,), quiet=True),
            Slip("figures differ", Severity.HIGH, f"Make them agree. {HOSTILE}", (_QUOTE,)),
        ),
    ),
    stale_acceptances=(Acceptance("F77", "No longer on the list.", "A. Bell", "2013-12-01"),),
)  # fmt: skip
