"""The sample result with a scrutiny, accepted gaps, decisions and stale acceptances as well."""

from __future__ import annotations

from dataclasses import replace

from planchecker.result import Acceptance, Decision, Result, Verdict
from planchecker.scrutiny import Certainty, Quote, RuleOutcome, Ruling, Scrutiny, Severity, Slip
from tests.reports.sample import HOSTILE, RESULT

QUOTE = Quote("We plan a surplus of 0.5 per cent.", 12, ("8 Money", "8.2 Surplus"), 210)
RULE = RuleOutcome(
    id="surplus-2014-15",
    title="Surplus",
    rule="A surplus of 1 per cent.",
    year="2014/15",
    source="a paper",
    certainty=Certainty.SOURCED,
    ruling=Ruling.DIFFERS,
    why="The plan states 0.5 per cent.",
    quotes=(QUOTE,),
)
ADVICE = replace(RULE, id="trolley-waits", certainty=Certainty.RECALLED, ruling=Ruling.NOT_FOUND, quotes=())
SLIP = Slip("placeholder", Severity.HIGH, f"A placeholder was left {HOSTILE}; fill it in.", (QUOTE,))
QUIET = replace(SLIP, kind="percent without people", severity=Severity.LOW, quiet=True)
ACCEPTED = Acceptance("F40", f"agreed by the board {HOSTILE}", "A.B.", "2014-03-01")
STALE = replace(ACCEPTED, feature="F14")


def everything() -> Result:
    element = RESULT.elements[1]
    partial = replace(
        element.features[0],
        accepted=ACCEPTED,
        decisions=(Decision(Verdict.MET, "C.D.", f"page 9 {HOSTILE}", changed=True),),
    )
    changed = replace(element, features=(partial, *element.features[1:]))
    return replace(
        RESULT,
        elements=(RESULT.elements[0], changed, *RESULT.elements[2:]),
        scrutiny=Scrutiny((RULE, ADVICE), (SLIP, QUIET)),
        stale_acceptances=(STALE,),
    )
