"""What a passage shows of its subject, and the echo of the ask."""

from __future__ import annotations

import pytest

from planchecker.checklist import Checklist, Specific
from planchecker.judging.modifiers import Modifier
from planchecker.judging.showing import is_echo, showing

ASK = "Show that people with the most complex needs will have a senior clinician who co-ordinates all their care."


def test_a_commitment_with_details() -> None:
    shown = showing("Dr Shah will open a clinic for £6.6m by March 2015.", ())
    assert shown.committed
    assert shown.details >= {Specific.OWNER, Specific.MONEY, Specific.DATE}
    assert shown.weakeners == ()
    assert shown.words[0] == "commitment"


@pytest.mark.parametrize(
    "text",
    [
        "We will not open a clinic.",
        "The clinic is not in place.",
        "The lead will be named once figures, to be confirmed, arrive.",
        "We will open [insert number] clinics.",
        "The board did not agree that the trust will open a clinic.",
    ],
)
def test_what_is_denied_or_put_off_commits_to_nothing(text: str) -> None:
    shown = showing(text, ())
    assert not shown.committed
    assert shown.weakeners


@pytest.mark.parametrize(
    "text",
    [
        "No lead has been named, but Dr Shah will lead the service from April 2015.",
        "The old ward is not used; we will open a new one.",
        "Who leads it? Dr Shah will.",
        "We will open not only a clinic but a hub.",
    ],
)
def test_a_commitment_beside_a_denial_stands(text: str) -> None:
    assert showing(text, ()).committed


def test_each_weakener_is_named_once() -> None:
    shown = showing("No, we may not, and might never; TBC, TBC.", ())
    assert len(shown.weakeners) == len(set(shown.weakeners))


def test_a_plain_sentence_shows_nothing() -> None:
    shown = showing("The choir sang.", ())
    assert (shown.details, shown.strengths, shown.weakeners, shown.words) == (
        frozenset(),
        frozenset(),
        (),
        (),
    )


class TestEcho:
    def test_the_ask_itself_is_an_echo(self) -> None:
        assert is_echo(ASK, [ASK])
        assert Modifier.NATIONAL in showing(ASK, [ASK]).weakeners

    @pytest.mark.parametrize(
        "text",
        [
            "People with the most complex needs will have a senior clinician who co-ordinates all of their care.",
            "PEOPLE WITH THE MOST COMPLEX NEEDS WILL HAVE A SENIOR CLINICIAN WHO CO–ORDINATES ALL THEIR CARE",
        ],
    )
    def test_nearly_the_same_words_are_one_too(self, text: str) -> None:
        assert is_echo(text, [ASK])

    def test_an_answer_in_other_words_is_none(self) -> None:
        text = (
            "Each of the 1,100 frailest residents is on the list of one named consultant or GP by June 2015."
        )
        assert not is_echo(text, [ASK])

    def test_a_few_words_are_too_few_to_tell(self) -> None:
        assert not is_echo("A senior clinician", [ASK])

    def test_without_an_ask_there_is_no_echo(self) -> None:
        assert not is_echo(ASK, [])

    def test_no_exemplar_that_meets_a_part_is_taken_for_an_echo(self, everyone_counts: Checklist) -> None:
        for feature in everyone_counts.features:
            for part in feature.parts:
                asks = (feature.requirement, part.text, *everyone_counts.national_phrases)
                assert not [sentence for sentence in part.exemplars.met if is_echo(sentence, asks)], (
                    feature.id
                )

    def test_an_answer_that_names_a_short_ask_is_no_echo(self) -> None:
        text = "Dr Patel will train all 42 practices in the Mental Capacity Act by March 2015."
        assert not is_echo(text, ["Mental Capacity Act"])

    OWN = ("otters", "swim", "beneath", "green")

    @pytest.mark.parametrize(("own", "echo"), [(0, True), (3, True), (4, False)])
    def test_seven_words_of_ten_make_one(self, own: int, echo: bool) -> None:
        ask = "carers nurses clinics budgets hospitals pathways surgeons wards midwives practices"
        text = " ".join([*ask.split()[: 10 - own], *self.OWN[:own]])
        assert is_echo(text, [ask]) is echo
        assert is_echo(text, ["Something else.", ask]) is echo

    def test_words_that_carry_no_meaning_and_repetitions_do_not_count(self) -> None:
        ask = "carers nurses clinics budgets hospitals"
        assert is_echo("the carers and the nurses of all clinics, and their budgets for hospitals", [ask])
        assert not is_echo("carers carers carers carers nurses", [ask])

    def test_words_of_several_asks_are_not_added_up(self) -> None:
        asks = ["carers nurses clinics", "budgets hospitals wards"]
        assert not is_echo(" ".join(asks), asks)


def test_a_line_that_only_looks_like_a_heading_is_weakened_by_it() -> None:
    assert showing("Dr Shah will lead it.", (), is_heading=True).weakeners == (Modifier.HEADING_ONLY,)
    assert Modifier.HEADING_ONLY not in showing("Dr Shah will lead it.", ()).weakeners


@pytest.mark.parametrize(
    ("text", "past_only"),
    [
        ("In 2012/13 the trust ran two clinics and saw 400 people.", True),
        ("The service was reviewed last year.", True),
        ("The service was reviewed last year and now runs at weekends.", False),
        ("We spent £3m last year and will spend £4m in 2014/15.", False),
        ("The clinic is open at weekends.", False),
    ],
)
def test_past_only_is_named(text: str, past_only: bool) -> None:
    assert (Modifier.PAST_ONLY in showing(text, ()).weakeners) is past_only


def test_another_organisations_duty_is_named() -> None:
    duty = Modifier.OTHERS_DUTY
    assert duty in showing("Specialised burns care is commissioned by NHS England.", ()).weakeners
    assert duty in showing("School nursing is a matter for the county council.", ()).weakeners
    assert duty not in showing("We commission school nursing with the council.", ()).weakeners
