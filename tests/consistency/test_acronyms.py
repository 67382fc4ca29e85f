from __future__ import annotations

from planchecker.consistency.acronyms import NOT_EXPANDED, TWO_WAYS, acronyms
from planchecker.plan import Plan
from planchecker.scrutiny import Slip
from tests.consistency.made import paragraphs, plan_with, table


def _found(plan: Plan) -> list[Slip]:
    return list(acronyms(plan))


def test_an_acronym_that_is_never_written_out() -> None:
    (slip,) = _found(paragraphs("The BCF is pooled.", "All is well.", "We signed the BCF."))
    assert slip.kind == NOT_EXPANDED
    assert (
        slip.message
        == "'BCF' stands in 2 places and is never written out: write it out where it first stands."
    )
    assert slip.quotes[0].text == "The BCF is pooled."


def test_written_out_anywhere_and_in_any_form_is_enough() -> None:
    assert not _found(paragraphs("The BCF is pooled.", "The Better Care Fund (BCF) is new."))
    assert not _found(paragraphs("The BCF is pooled.", "The Better Care Fund is new."))
    assert not _found(paragraphs("The better care fund, or BCF, is new."))
    assert not _found(
        plan_with(
            *paragraphs("The BCF is pooled.").blocks,
            *table(("Term", "Meaning"), ("BCF", "Better care money"), first=1),
        )
    )


def test_what_everybody_knows_and_what_is_no_acronym_is_left_alone() -> None:
    plan = paragraphs(
        "The NHS, GPs, the CCG and A&E are known.",
        "WE MUST ALL ACT NOW. THIS IS WHAT WE SAID.",
        "The MRI scanner came in Chapter XIV, which is TBC.",
        "Please DO keep the DRAFT plan, as our draft is good.",
        "OUR VALUES: bold, fair.",
    )
    assert not _found(plan)


def test_the_initials_of_people_stand_in_columns_of_their_own() -> None:
    assert not _found(plan_with(*table(("Action", "Owner"), ("Open the hub", "RJT"))))


def test_many_are_told_in_a_list_after_the_most_used() -> None:
    names = [f"Q{first}{second}" for first in "BCDFG" for second in "HJKL"]
    slips = _found(paragraphs(*(f"The {name} is ready now." for name in names)))
    assert len(slips) == 16
    assert slips[-1].message.startswith("5 more acronyms are never written out: ")
    assert len(slips[-1].quotes) == 5


def test_one_acronym_with_two_meanings() -> None:
    plan = paragraphs(
        "Our Programme Board (PBD) meets.", "The Public Budget Day (PBD) is near.", "The PBD met."
    )
    (slip,) = _found(plan)
    assert slip.kind == TWO_WAYS
    assert [quote.block for quote in slip.quotes] == [0, 1]


def test_a_meaning_in_other_spelling_is_the_same_meaning() -> None:
    plan = paragraphs(
        "The community mental health team (CMHT) is here.", "Community Mental-Health Teams (CMHTs) are there."
    )
    assert not _found(plan)
