"""A small result with every verdict, made by hand, and text that tries to break out of a report."""

from __future__ import annotations

from planchecker.checklist import Provenance
from planchecker.plan import Unread
from planchecker.result import (
    ChecklistFacts,
    ElementResult,
    Evidence,
    FeatureResult,
    PlanFacts,
    Result,
    Verdict,
)

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
