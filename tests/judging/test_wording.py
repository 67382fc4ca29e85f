"""Every verdict comes with evidence or a reason, and every reason and gap is a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.checklist import Checklist, Specific
from planchecker.judging.explanation import explanation
from planchecker.judging.modifiers import STRENGTHS, Modifier
from planchecker.judging.showing import Showing
from planchecker.judging.wording import gaps, quotes, reasons
from planchecker.pipeline import check
from planchecker.plan import Plan
from planchecker.reading import read
from planchecker.result import FeatureResult, Result, Verdict
from tests.judging.test_verdict import BARE, GOOD, finding, sighting
from tests.support import plan_of, prose, squeezed

SECOND_LOOK = "may not address it"
JUDGED = (Verdict.MET, Verdict.PARTIAL, Verdict.MISSING)
shares = st.floats(0, 1)

PLANS: dict[str, Plan] = {
    "empty": plan_of(),
    "beside the point": prose("The choir met on Tuesday.", "Parking is difficult."),
    "answers": prose(
        "Dr Anne Patel, lead GP, will train all 42 practices in the Mental Capacity Act by March 2015.",
        "With the council we will pool £6.6m in a section 75 agreement, the Better Care Fund, from April 2015.",
        "Seven-day working: the contract requires ten clinical standards of both trusts by March 2016.",
    ),
    "put off": prose(
        "The Mental Capacity Act lead is to be confirmed.",
        "The Better Care Fund may be pooled with the council.",
        "Seven day services have not been commissioned.",
        "Who co-ordinates the care of people aged 75 and over?",
    ),
}


@pytest.fixture(scope="module", params=PLANS)
def result(request: pytest.FixtureRequest, everyone_counts: Checklist) -> Result:
    return check(PLANS[request.param], everyone_counts)


def is_sentence(text: str) -> bool:
    opening = text.lstrip("“‘\"'(£")[:1]
    return (
        text == squeezed(text)
        and text[-1] in ".?!"
        and (opening.isupper() or opening.isdigit())
        and len(text.split()) >= 3
    )


def test_every_feature_has_a_verdict(result: Result) -> None:
    assert sum(result.summary.values()) == len(list(result.features)) == 47


def test_every_verdict_has_a_reason_and_every_reason_is_a_sentence(result: Result) -> None:
    for feature in result.features:
        assert feature.reasons, feature.id
        assert all(is_sentence(reason) for reason in feature.reasons), (feature.id, feature.reasons)


def test_every_gap_is_a_sentence(result: Result) -> None:
    for feature in result.features:
        assert all(is_sentence(gap) for gap in feature.gaps), (feature.id, feature.gaps)


def test_what_is_not_met_says_what_is_lacking_and_what_is_met_lacks_nothing(result: Result) -> None:
    for feature in result.features:
        assert bool(feature.gaps) == feature.is_gap, feature.id


def test_no_gap_is_told_twice(result: Result) -> None:
    for feature in result.features:
        assert len(feature.gaps) == len(set(feature.gaps)), feature.id


def test_met_and_partly_met_are_quoted_and_missing_only_for_a_second_look(result: Result) -> None:
    for feature in result.features:
        if feature.verdict in (Verdict.MET, Verdict.PARTIAL):
            assert feature.evidence, feature.id
        for evidence in feature.evidence:
            flagged = SECOND_LOOK in evidence.weakened_by
            assert flagged == (feature.verdict is Verdict.MISSING), feature.id


def test_confidence_is_a_probability(result: Result) -> None:
    assert all(0 <= feature.confidence <= 1 for feature in result.features)


@pytest.mark.parametrize("name", PLANS)
def test_evidence_is_the_plans_own_words_and_says_where(name: str, everyone_counts: Checklist) -> None:
    plan = PLANS[name]
    for feature in check(plan, everyone_counts).features:
        for evidence in feature.evidence:
            assert squeezed(evidence.text) in squeezed(plan.blocks[evidence.block].text)
            assert evidence.matched_by
            assert 0 <= evidence.score <= 1
            assert evidence.part in "abcdefgh"
            assert evidence.place


def test_the_gaps_that_matter_come_first(result: Result) -> None:
    order = [feature.verdict for feature in result.gaps]
    assert order == sorted(order, key=lambda verdict: verdict is not Verdict.MISSING)
    assert {f.id for f in result.gaps} == {f.id for f in result.features if f.is_gap}


def test_the_same_plan_gets_the_same_result_twice(everyone_counts: Checklist) -> None:
    assert check(PLANS["answers"], everyone_counts) == check(PLANS["answers"], everyone_counts)


def test_a_plan_that_answers_shows_more_than_one_that_does_not(everyone_counts: Checklist) -> None:
    def shown(name: str, feature_id: str) -> FeatureResult:
        return next(f for f in check(PLANS[name], everyone_counts).features if f.id == feature_id)

    for feature_id in ("F40", "F18"):
        assert shown("beside the point", feature_id).verdict is Verdict.MISSING
        assert shown("answers", feature_id).verdict is not Verdict.MISSING, feature_id


class TestWhatIsLacking:
    def test_a_specific_that_was_asked_for_is_named(self) -> None:
        found = finding(sighting(0.1, 0.8, BARE))
        asking = type(found)(part=_asking(Specific.DATE), sightings=found.sightings)
        assert "no date" in gaps(Verdict.PARTIAL, [asking])[0]

    def test_the_advice_is_passed_on(self) -> None:
        found = type(finding())(part=_asking(Specific.DATE, "Say by when."), sightings=())
        assert "Say by when." in gaps(Verdict.MISSING, [found])

    def test_the_part_that_is_shown_is_not_called_a_gap(self) -> None:
        shown, lacking = finding(sighting(0.95, 0.03, GOOD)), finding(sighting(0.01, 0.01))
        lacking = type(lacking)(
            part=_asking(Specific.OWNER, text="How it is paid for"), sightings=lacking.sightings
        )
        told = gaps(Verdict.PARTIAL, [shown, lacking])
        assert any("how it is paid for" in gap for gap in told)
        assert not any("who leads it" in gap for gap in told)

    def test_a_text_is_quoted_once(self) -> None:
        assert len(quotes([finding(sighting(0.9), sighting(0.8))], Verdict.MET)) == 1

    @pytest.mark.parametrize("kind", sorted(set(Modifier) - STRENGTHS))
    def test_every_weakener_is_told_in_words(self, kind: Modifier) -> None:
        weak = Showing(frozenset(), frozenset(), (kind,))
        (told,) = reasons(Verdict.PARTIAL, [finding(sighting(0.1, 0.8, weak))])
        assert is_sentence(told)
        assert told != reasons(Verdict.PARTIAL, [finding(sighting(0.1, 0.8, BARE))])[0]

    def test_each_part_has_its_reason(self) -> None:
        assert len(reasons(Verdict.PARTIAL, [finding(sighting(0.9)), finding()])) == 2


class TestQuotes:
    def test_a_missing_feature_quotes_only_what_is_worth_a_second_look(self) -> None:
        found = finding(sighting(0.1, 0.2, text="Near it."), sighting(0.01, 0.02, text="Beside it."))
        (quoted,) = quotes([found], Verdict.MISSING)
        assert quoted.text == "Near it."
        assert SECOND_LOOK in quoted.weakened_by

    def test_a_missing_feature_with_nothing_near_quotes_nothing(self) -> None:
        assert quotes([finding(sighting(0.01, 0.02)), finding()], Verdict.MISSING) == ()

    @pytest.mark.parametrize("verdict", [Verdict.MET, Verdict.PARTIAL])
    def test_what_is_not_missing_is_not_flagged_and_quotes_its_best_however_poor(
        self, verdict: Verdict
    ) -> None:
        poor, poorer = sighting(0.02, 0.01, text="Best."), sighting(0.01, 0.01, text="Next.")
        (quoted,) = quotes([finding(poorer, poor)], verdict)
        assert quoted.text == "Best."
        assert SECOND_LOOK not in quoted.weakened_by

    @pytest.mark.parametrize("verdict", [Verdict.MET, Verdict.PARTIAL, Verdict.MISSING])
    def test_its_own_answer_box_stands_first(self, verdict: Verdict) -> None:
        best = sighting(0.9, text="Said elsewhere.")
        answer = sighting(0.01, text="Said in the box.", is_answer=True)
        first, second = quotes([finding(best, answer)], verdict)
        assert (first.text, second.text) == ("Said in the box.", "Said elsewhere.")
        assert first.matched_by[0] == "answer"
        assert "answer" not in second.matched_by

    @given(st.lists(st.tuples(shares, shares, st.booleans()), max_size=9), st.sampled_from(JUDGED))
    def test_whatever_was_found(self, listed: list[tuple[float, float, bool]], verdict: Verdict) -> None:
        found = finding(
            *(
                sighting(evidence, weak, text=f"Text {n}.", is_answer=boxed)
                for n, (evidence, weak, boxed) in enumerate(listed)
            )
        )
        quoted = quotes([found], verdict)
        assert len(quoted) <= 4
        assert len({q.text for q in quoted}) == len(quoted)
        assert bool(quoted) or not listed or verdict is Verdict.MISSING
        assert all((SECOND_LOOK in q.weakened_by) == (verdict is Verdict.MISSING) for q in quoted)
        assert all(0 <= q.score <= 1 and q.matched_by for q in quoted)


@given(
    st.lists(st.lists(st.tuples(shares, shares), max_size=3), min_size=1, max_size=3), st.sampled_from(JUDGED)
)
def test_no_verdict_stands_without_a_reason(
    listed: list[list[tuple[float, float]]], verdict: Verdict
) -> None:
    found = [finding(*(sighting(*chances) for chances in of_part)) for of_part in listed]
    told = reasons(verdict, found)
    assert len(told) == len(found)
    assert all(is_sentence(reason) for reason in told)
    assert bool(gaps(verdict, found)) == (verdict is not Verdict.MET)


def _asking(kind: Specific, advice: str = "", text: str = "Who leads it") -> object:
    from tests.support import part

    return part(text, specifics=[kind], advice=advice)


@pytest.mark.parametrize("name", PLANS)
def test_a_verdict_can_be_followed_from_passage_to_verdict(name: str, everyone_counts: Checklist) -> None:
    feature = everyone_counts.feature("F40")
    assert feature is not None
    told = "\n".join(explanation(PLANS[name], everyone_counts, feature))
    verdict = next(f for f in check(PLANS[name], everyone_counts).features if f.id == "F40").verdict
    assert told.startswith("F40 ")
    assert f"Verdict: {verdict.words}" in told
    assert all(f"Part {part.id}: {part.text}" in told for part in feature.parts)


def test_a_plan_from_a_file_is_checked_whole(plan_file: object, everyone_counts: Checklist) -> None:
    result = check(read(str(plan_file)), everyone_counts)
    assert result.plan.words > 80
    assert result.checklist.id == everyone_counts.id
