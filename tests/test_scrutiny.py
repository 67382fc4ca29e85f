"""Scrutiny, acceptances and decisions survive being written and read, and follow the published schema."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema

from planchecker.reports.machine import as_json, result_schema
from planchecker.result import Acceptance, Decision, Result, Verdict
from planchecker.scrutiny import Certainty, Quote, RuleOutcome, Ruling, Scrutiny, Severity, Slip
from tests.reports.sample import RESULT

QUOTE = Quote("We plan a surplus of 0.5 per cent.", 12, ("8 Money", "8.2 Surplus"), 210)
RULE = RuleOutcome(
    "surplus-2014-15",
    "Surplus",
    "A surplus of 1 per cent.",
    "2014/15",
    "a paper",
    Certainty.SOURCED,
    Ruling.DIFFERS,
    "The plan states 0.5 per cent.",
    (QUOTE,),
)
SLIP = Slip("placeholder", Severity.HIGH, "A placeholder was left; fill it in.", (QUOTE,), quiet=True)


def with_everything() -> Result:
    accepted = Acceptance("F14", "agreed by the board", "A.B.", "2014-03-01")
    element = RESULT.elements[0]
    first = replace(
        element.features[0],
        accepted=accepted,
        decisions=(Decision(Verdict.PARTIAL, "C.D.", "no date", changed=True),),
        same_as="other-list/R1",
    )
    changed = replace(element, features=(first, *element.features[1:]))
    return replace(
        RESULT,
        elements=(changed, *RESULT.elements[1:]),
        scrutiny=Scrutiny((RULE,), (SLIP,)),
        stale_acceptances=(accepted,),
    )


def test_all_of_it_survives_being_written_and_read() -> None:
    result = with_everything()
    data = json.loads(as_json(result))
    jsonschema.validate(data, result_schema())
    assert Result.from_dict(data).to_dict() == result.to_dict()


def test_a_result_without_scrutiny_says_nothing_of_it() -> None:
    assert "scrutiny" not in RESULT.to_dict()
    assert Result.from_dict(json.loads(as_json(RESULT))).scrutiny is None


def test_quiet_slips_are_not_loud() -> None:
    assert Scrutiny((), (SLIP, replace(SLIP, quiet=False))).loud == (replace(SLIP, quiet=False),)


def test_only_sourced_rules_are_more_than_advice() -> None:
    assert not RULE.is_advice
    assert replace(RULE, certainty=Certainty.RECALLED).is_advice
