from __future__ import annotations

from dataclasses import replace

from planchecker.plan import Unread
from planchecker.reports.terminal import CAVEATS, headline, terminal_summary, warnings
from planchecker.scrutiny import Certainty, RuleOutcome, Ruling, Scrutiny, Severity, Slip
from tests.reports.goldens import assert_golden
from tests.reports.sample import FLAWLESS, MET, PARTIAL, RESULT


def test_golden() -> None:
    # what a terminal does with controls and lone surrogates is not for a golden file
    quiet = replace(PARTIAL, evidence=(replace(PARTIAL.evidence[0], text="May be considered."),))
    elements = (RESULT.elements[0], replace(RESULT.elements[1], features=(quiet,)), *RESULT.elements[2:])
    assert_golden("terminal.txt", "\n".join(terminal_summary(replace(RESULT, elements=elements))) + "\n")


def test_headline_counts_every_verdict() -> None:
    assert headline(RESULT) == "1 of 5 features met, 1 partly met, no evidence found for 2, 1 not assessed."
    assert headline(FLAWLESS) == "1 of 1 features met, 0 partly met, no evidence found for 0."


def test_what_was_not_read_is_said_first() -> None:
    lines = list(terminal_summary(RESULT))
    assert lines[2:4] == [f"! {warning}" for warning in warnings(RESULT)]
    assert "page 3 (a picture without a text layer)" in lines[3]


def test_long_lists_of_unread_places_are_cut() -> None:
    plan = replace(RESULT.plan, notices=(), unread=tuple(Unread(f"page {n}", "blank") for n in range(1, 10)))
    (warning,) = warnings(replace(RESULT, plan=plan))
    assert warning.endswith("page 5 (blank) and 4 more.")


def test_no_gap_no_list() -> None:
    lines = list(terminal_summary(FLAWLESS))
    assert not [line for line in lines if line.startswith("Gaps")]
    assert lines[-1] == CAVEATS[0]


def test_long_quotes_are_cut_at_a_word() -> None:
    long = replace(PARTIAL, evidence=(replace(MET.evidence[0], text="word " * 60),))
    elements = (replace(RESULT.elements[1], features=(long,)),)
    quote = next(line for line in terminal_summary(replace(RESULT, elements=elements)) if "“" in line)
    assert "word …” (page 7, 3.2 At scale)" in quote
    assert len(quote) < 200


def test_rules_that_differ_are_named_and_advice_says_so() -> None:
    rule = RuleOutcome(
        "r",
        "Surplus",
        "Plan 1 per cent.",
        "2014/15",
        "guidance",
        Certainty.RECALLED,
        Ruling.DIFFERS,
        "It states 0.5%.",
    )
    agreeing = replace(rule, title="Contingency", ruling=Ruling.AGREES)
    text = "\n".join(terminal_summary(replace(RESULT, scrutiny=Scrutiny((rule, agreeing)))))
    assert "Figures against dated rules and advice: 1 agree, 1 differ, 0 not found, 0 cannot be told." in text
    assert "Surplus: It states 0.5%. (advice: no source confirms the rule)" in text
    assert "Contingency" not in text
    assert "dated rules" not in "\n".join(terminal_summary(replace(RESULT, scrutiny=Scrutiny())))


def test_slips_are_counted_by_kind_and_the_gravest_are_told() -> None:
    slips = tuple(Slip("placeholder left", Severity.HIGH, f"'£{n}Xm' stands there.") for n in range(7))
    quiet = Slip("percentage without people", Severity.LOW, "31%: how many?", quiet=True)
    lines = list(terminal_summary(replace(RESULT, scrutiny=Scrutiny(slips=(*slips, quiet)))))
    at = lines.index(
        "The plan against itself: 7 placeholder left. 1 more that are often false stand in the reports."
    )
    assert lines[at + 1 : at + 7] == [*(f"     {slip.message}" for slip in slips[:5]), ""]
