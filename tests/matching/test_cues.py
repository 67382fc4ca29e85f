"""Cues: any text that holds a term matches, no text without it does, and a counter-cue wins."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planchecker.checklist import Checklist, Cue
from planchecker.matching.cues import CueHits, CueMatcher, TermMatcher
from planchecker.matching.language import analyse, stem
from tests.support import checklist_of, part

# Words that share no stem with each other, with a filler or with a term below.
TERM_WORDS = (
    "safeguarding",
    "dementia",
    "carers",
    "pooled",
    "budget",
    "interpreter",
    "ambulance",
    "maternity",
)
FILLERS = ("otters", "swim", "quietly", "beneath", "green", "bridges", "every", "morning", "while", "clouds")

terms = st.lists(st.sampled_from(TERM_WORDS), min_size=1, max_size=3, unique=True)
fillers = st.lists(st.sampled_from(FILLERS), max_size=12)
joints = st.sampled_from([" ", "-", "‑", "–", "\u00a0", "\n"])
openings = st.sampled_from(["", "(", "“", "‘", '"', "pre-", "– "])
closings = st.sampled_from(["", ".", ",", ";", ":", "?", ")", "”", "’s", "-led", "/clouds", "…", " –"])


def cased(words: list[str], style: int) -> list[str]:
    return [(str.lower, str.upper, str.capitalize)[style](word) for word in words]


def found(term: str, text: str) -> bool:
    return term in TermMatcher([term]).terms_in(analyse(text))


def hits_of(checklist: Checklist, text: str) -> CueHits:
    return CueMatcher(checklist).hits(analyse(text)).get(("F01", "a"), CueHits())


class TestTerms:
    @given(terms, joints, st.integers(0, 2), fillers, fillers, openings, closings)
    def test_any_text_that_holds_a_term_matches(
        self,
        words: list[str],
        joint: str,
        style: int,
        before: list[str],
        after: list[str],
        opening: str,
        closing: str,
    ) -> None:
        held = opening + joint.join(cased(words, style)) + closing
        assert found(" ".join(words), " ".join([*before, held, *after]))

    @given(terms, joints)
    def test_a_term_written_with_a_hyphen_is_the_same_term(self, words: list[str], joint: str) -> None:
        assert found(joint.join(words), "we have " + " ".join(words) + " here")

    @given(terms, fillers)
    def test_no_term_no_hit(self, words: list[str], others: list[str]) -> None:
        assert not found(" ".join(words), " ".join(others))

    @given(terms, fillers)
    def test_words_in_another_order_are_no_hit(self, words: list[str], others: list[str]) -> None:
        assume(len(words) > 1)
        assert not found(" ".join(words), " ".join([*others, *reversed(words), *others]))

    @given(terms, st.sampled_from(FILLERS))
    def test_words_with_another_between_are_no_hit(self, words: list[str], between: str) -> None:
        assume(len(words) > 1)
        assert not found(" ".join(words), f" {between} ".join(words))

    @given(st.lists(terms.map(" ".join), max_size=6, unique=True), st.text(max_size=200))
    def test_what_is_found_stands_where_it_is_said_to(self, listed: list[str], text: str) -> None:
        doc = analyse(f"{text} carers {text} pooled budget")
        for term, span in TermMatcher(listed).spans(doc):
            assert [token.norm_ for token in span] == [stem(word) for word in term.split()]

    @given(st.text(max_size=40), st.text(max_size=200))
    def test_no_text_and_no_term_breaks_it(self, term: str, text: str) -> None:
        TermMatcher([term, "care plan"] if term.strip() else ["care plan"]).terms_in(analyse(text))

    def test_no_terms_find_nothing(self) -> None:
        assert TermMatcher([]).terms_in(analyse("Carers and a pooled budget.")) == set()

    @pytest.mark.parametrize(
        "text", ["We have a care plan.", "CARE PLANNING", "care-planned", "Each patient’s care plan’s"]
    )
    def test_endings_of_a_word_do_not_matter(self, text: str) -> None:
        assert found("care plan", text)

    @pytest.mark.parametrize("text", ["scare plan", "care planet", "care. Plan", "plan of care"])
    def test_other_words_do_not_match(self, text: str) -> None:
        assert not found("care plan", text)

    def test_careful_planning_is_no_care_plan(self) -> None:
        assert not found("care plan", "This needs careful planning.")

    @pytest.mark.parametrize(
        "text", ["The BCF is pooled", "(BCF)", "BCF-funded", "BCF/CQUIN", "our BCF.", "BCF’s"]
    )
    def test_a_capital_term_is_found_in_its_own_case(self, text: str) -> None:
        assert found("BCF", text)

    @pytest.mark.parametrize(
        ("term", "text"),
        [
            ("BCF", "the bcf is pooled"),
            ("WHO", "those who need it"),
            ("MECC", "Mecc"),
            ("Any Town", "in any town"),
            ("Care Plan", "a care plan"),
        ],
    )
    def test_a_capital_term_is_not_found_in_another_case(self, term: str, text: str) -> None:
        assert not found(term, text)

    @given(terms, st.lists(st.sampled_from(FILLERS), max_size=12))
    def test_a_gap_holds_at_most_six_words_in_order(self, words: list[str], between: list[str]) -> None:
        assume(len(words) > 1)
        first, *rest = words
        term = f"{first} ... {' '.join(rest)}"
        assert found(term, " ".join([first, *between, *rest])) == (len(between) <= 6)
        assert not found(term, " ".join([*rest, *between, first]))

    def test_a_gap_does_not_run_across_two_sentences_words(self) -> None:
        assert not found(
            "share ... decisions", "Staff share rooms on the ward. Patients like it. The decisions are made."
        )

    def test_two_gaps(self) -> None:
        assert found(
            "clinician ... responsible ... care",
            "A senior clinician is made responsible for all of their care.",
        )
        assert not found("clinician ... responsible ... care", "A clinician is responsible.")

    def test_a_capital_in_a_gapped_term_asks_for_the_same_case(self) -> None:
        assert found("NHS ... plan", "the NHS draft plan")
        assert not found("NHS ... plan", "the nhs draft plan")

    def test_punctuation_in_a_gap_is_no_word(self) -> None:
        assert found("share ... decisions", "share, with all of their families, decisions")
        assert found("share ... decisions", "share, as all of us must, decisions")
        assert found("share ... decisions", "share, a, b, (c), d, e; f, decisions")
        assert not found("share ... decisions", "share, a, b, (c), d, e; f, g, decisions")

    def test_six_words_hold_for_each_gap_alone(self) -> None:
        first, second = "very " * 6, "quite " * 6
        assert found("clinician ... responsible ... care", f"clinician {first}responsible {second}care")
        assert not found("clinician ... responsible ... care", f"clinician {first}very responsible care")
        assert not found("clinician ... responsible ... care", f"clinician responsible {second}quite care")

    def test_a_gap_ends_with_its_sentence(self) -> None:
        assert not found("share ... decisions", "This is a cost that we share. Decisions are made elsewhere.")
        assert found("share ... decisions", "It was late. We share many decisions. It was early.")

    @pytest.mark.parametrize("term", ["A&E", "GP in A&E", "EQ-5D", "section 14Y"])
    def test_a_term_that_ends_in_a_single_capital_is_found_at_the_end_of_a_sentence(self, term: str) -> None:
        assert found(term, f"It is about {term}.")

    @pytest.mark.parametrize(
        "text", ["shared decision – making", "shared  decision making", "shared decision- making"]
    )
    def test_more_than_one_space_inside_a_term_is_one(self, text: str) -> None:
        assert found("shared decision making", text)

    @pytest.mark.parametrize(
        ("term", "text"),
        [
            ("care coordinator", "care co-ordinator"),
            ("co-ordination", "coordination"),
            ("co-ordination", "CO-ORDINATION OF CARE"),
            ("cooperation", "Co-operation"),
        ],
    )
    def test_coordination_has_two_spellings(self, term: str, text: str) -> None:
        assert found(term, text)

    @pytest.mark.parametrize(
        ("term", "text"), [("18 weeks", "RTT/18 weeks"), ("£5 per head", "or/£5 per head")]
    )
    def test_a_slash_before_a_number_parts_words(self, term: str, text: str) -> None:
        assert found(term, text)


class TestHits:
    LIST = checklist_of(
        part(
            "Carers",
            cues=["carers", Cue("BCF", ("pooled", "fund")), "respite ... break"],
            hints=["baseline"],
            counter_cues=["carers week", "care home carers"],
        )
    )

    def test_a_cue_counts(self) -> None:
        assert hits_of(self.LIST, "We support carers.") == CueHits(cues=("carers",))

    def test_a_passage_without_any_is_left_out(self) -> None:
        assert CueMatcher(self.LIST).hits(analyse("The ward is open.")) == {}

    def test_a_hint_alone_is_no_cue(self) -> None:
        assert hits_of(self.LIST, "The baseline is known.") == CueHits(hints=("baseline",))

    def test_a_counter_cue_kills_the_cue_that_it_holds(self) -> None:
        assert hits_of(self.LIST, "Carers Week was a success.") == CueHits(killed=("carers",))

    def test_a_cue_elsewhere_in_the_passage_lives(self) -> None:
        hits = hits_of(self.LIST, "Carers Week was a success, and we assess all carers.")
        assert hits == CueHits(cues=("carers",))

    def test_a_counter_cue_elsewhere_kills_nothing(self) -> None:
        checklist = checklist_of(part("Carers", cues=["carers"], counter_cues=["school week"]))
        assert hits_of(checklist, "In school week we assess carers.").cues == ("carers",)

    def test_a_cue_with_neighbours_needs_one(self) -> None:
        assert hits_of(self.LIST, "The BCF was discussed.") == CueHits(killed=("BCF",))
        assert hits_of(self.LIST, "The BCF was discussed; it is pooled.").cues == ("BCF",)
        assert hits_of(self.LIST, "It is pooled. The BCF was discussed.").cues == ("BCF",)

    def test_a_neighbour_alone_is_no_cue(self) -> None:
        assert hits_of(self.LIST, "The fund is pooled.") == CueHits()

    @given(fillers, fillers, st.sampled_from(["carers week", "CARERS WEEK", "Carers-Week"]))
    def test_a_counter_cue_kills_wherever_it_stands(
        self, before: list[str], after: list[str], held: str
    ) -> None:
        hits = hits_of(self.LIST, " ".join([*before, held, *after]))
        assert hits.cues == ()
        assert hits.killed == ("carers",)

    @given(fillers, fillers)
    def test_cues_are_the_same_in_any_company(self, before: list[str], after: list[str]) -> None:
        assert hits_of(self.LIST, " ".join([*before, "carers", *after])).cues == ("carers",)

    def test_parts_do_not_share_their_counter_cues(self) -> None:
        checklist = checklist_of(
            part("Carers", cues=["carers"], counter_cues=["carers week"]),
            part("Events", cues=["carers"], identifier="b"),
        )
        hits = CueMatcher(checklist).hits(analyse("Carers Week was a success."))
        assert hits[("F01", "a")].killed == ("carers",)
        assert hits[("F01", "b")].cues == ("carers",)

    def test_a_checklist_without_cues_finds_nothing(self) -> None:
        assert (
            CueMatcher(checklist_of(part("Carers are supported"))).hits(analyse("Carers are supported."))
            == {}
        )


@pytest.fixture(scope="module")
def installed_matcher(everyone_counts: Checklist) -> CueMatcher:
    return CueMatcher(everyone_counts)


def own_cue_counts(matcher: CueMatcher, key: tuple[str, str], cue: Cue) -> bool:
    neighbour = f"; {cue.near[0]}" if cue.near else ""
    text = f"We have {cue.term.replace(' ... ', ' very ')} here{neighbour}"
    return cue.term in matcher.hits(analyse(text)).get(key, CueHits()).cues


def test_no_counter_cue_breaks_a_cue_of_its_own_part(
    everyone_counts: Checklist, installed_matcher: CueMatcher
) -> None:
    dead = [
        (feature.id, part.id, cue.term)
        for feature in everyone_counts.features
        for part in feature.parts
        for cue in part.cues
        if not own_cue_counts(installed_matcher, (feature.id, part.id), cue)
    ]
    assert dead == []


def test_what_a_plan_would_say_raises_the_right_features(installed_matcher: CueMatcher) -> None:
    for text, feature in (
        ("Staff are trained in the Mental Capacity Act.", "F40"),
        ("The Better Care Fund is pooled with the council.", "F18"),
    ):
        raised = {key[0] for key, hits in installed_matcher.hits(analyse(text)).items() if hits.cues}
        assert feature in raised, (text, raised)
