"""From passages to candidates: on any checklist, on any plan, with or without the models."""

from __future__ import annotations

import pytest

from planchecker.checklist import Checklist, Cue, Element, Feature
from planchecker.matching.match import Matches, match, rank
from planchecker.matching.models import encoder, reader
from planchecker.matching.passages import passages_of
from planchecker.pipeline import check
from planchecker.plan import Plan
from planchecker.result import Verdict
from tests.support import checklist_of, part, plan_of, prose

PLAN = prose(
    "The choir met on Tuesday and sang until late.",
    "Dr Anne Patel will train all 42 practices in the Mental Capacity Act by March 2015.",
    "With the council we will pool £6.6m in the Better Care Fund from April 2015.",
    "Parking at the hospital remains difficult.",
)
TEXTS = ("Staff are trained in the Mental Capacity Act", "Money is pooled with the council")
TEXTS_ALONE = Checklist(
    "texts",
    "0",
    "Texts alone",
    (Element("E01", "All", tuple(Feature(f"R{n}", t, t, (part(t),)) for n, t in enumerate(TEXTS, start=1))),),
)


def matched(plan: Plan, checklist: Checklist, **options: int) -> Matches:
    return match(passages_of(plan), checklist, **options)


def best(matches: Matches, feature_id: str, part_id: str = "a") -> int:
    """The number of the block that is ranked first."""
    return matches[(feature_id, part_id)][0].passage.block


class TestWithoutModels:
    pytestmark = pytest.mark.usefixtures("without_models")

    def test_texts_alone_are_enough(self) -> None:
        matches = matched(PLAN, TEXTS_ALONE)
        assert (best(matches, "R1"), best(matches, "R2")) == (1, 2)

    def test_a_cue_finds_what_the_texts_do_not(self) -> None:
        checklist = checklist_of(part("Substitute decisions", cues=[Cue("Mental Capacity Act")]))
        matches = matched(PLAN, checklist)
        assert best(matches, "F01") == 1
        assert matches[("F01", "a")][0].hits.cues == ("Mental Capacity Act",)
        assert "cue:Mental Capacity Act" in matches[("F01", "a")][0].matched_by

    def test_nothing_is_said_of_meaning_or_by_the_reader(self) -> None:
        for candidates in matched(PLAN, TEXTS_ALONE).values():
            assert all(c.meaning == 0 and c.reading is None and c.resemblance is None for c in candidates)

    def test_a_whole_check_gives_a_verdict_and_a_reason_for_everything(
        self, everyone_counts: Checklist
    ) -> None:
        result = check(PLAN, everyone_counts)
        assert sum(result.summary.values()) == 47
        assert all(feature.reasons for feature in result.features)


@pytest.mark.skipif(encoder() is None, reason="this installation has no encoder")
class TestWithModels:
    def test_the_same_in_other_words_is_found(self) -> None:
        checklist = checklist_of(part("Song"))
        assert best(matched(PLAN, checklist), "F01") == 0

    def test_texts_alone_are_enough(self) -> None:
        matches = matched(PLAN, TEXTS_ALONE)
        assert (best(matches, "R1"), best(matches, "R2")) == (1, 2)

    def test_the_same_plan_is_ranked_the_same_twice(self) -> None:
        assert matched(PLAN, TEXTS_ALONE) == matched(PLAN, TEXTS_ALONE)

    def test_every_candidate_of_a_match_is_set_beside_the_exemplars(self, everyone_counts: Checklist) -> None:
        for candidates in matched(PLAN, everyone_counts, keep=3).values():
            assert all(candidate.resemblance for candidate in candidates)

    def test_a_ranking_asks_for_no_resemblance(self) -> None:
        for candidates in rank(passages_of(PLAN), TEXTS_ALONE).values():
            assert all(candidate.resemblance is None for candidate in candidates)

    def test_a_passage_resembles_its_own_requirement_most(self) -> None:
        matches = matched(PLAN, TEXTS_ALONE)
        for key, block in ((("R1", "a"), 1), (("R2", "a"), 2)):
            likeness = {c.passage.block: c.resemblance for c in matches[key]}
            own = likeness[block]
            assert own is not None
            assert own.lead > 0
            assert own.better == 0
            assert all(other is not None and other.part <= own.part for other in likeness.values())


@pytest.mark.skipif(reader() is None, reason="this installation has no reader")
class TestTheReader:
    def test_it_reads_every_candidate_of_a_match(self) -> None:
        for candidates in matched(PLAN, TEXTS_ALONE).values():
            for candidate in candidates:
                said = candidate.reading
                assert said is not None
                assert said.evidence + said.weak + said.none == pytest.approx(1, abs=1e-3)

    def test_it_is_not_asked_for_a_ranking(self) -> None:
        for candidates in rank(passages_of(PLAN), TEXTS_ALONE).values():
            assert all(candidate.reading is None for candidate in candidates)

    def test_it_orders_the_candidates_of_a_ranking_and_adds_none(self) -> None:
        ranked, read = rank(passages_of(PLAN), TEXTS_ALONE, keep=3), matched(PLAN, TEXTS_ALONE, keep=3)
        assert set(ranked) == set(read)
        for key, candidates in read.items():
            assert {c.passage for c in candidates} == {c.passage for c in ranked[key]}
            scores = [c.score for c in candidates]
            assert scores == sorted(scores, reverse=True)

    def test_what_surely_belongs_to_another_feature_is_not_read(
        self, everyone_counts: Checklist, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        some = matched(PLAN, everyone_counts)
        monkeypatch.setattr("planchecker.matching.match._PROMISING", -1000.0)
        every = matched(PLAN, everyone_counts)
        assert sum(map(len, some.values())) < sum(map(len, every.values()))
        for key, candidates in every.items():
            assert len(some[key]) >= 2
            assert set(some[key]) <= set(candidates)


def test_without_a_reader_a_match_is_a_ranking(without_models: None) -> None:
    assert matched(PLAN, TEXTS_ALONE) == rank(passages_of(PLAN), TEXTS_ALONE)


def test_a_plan_without_passages_has_no_ranking(everyone_counts: Checklist) -> None:
    assert not any(rank((), everyone_counts).values())


def test_every_part_of_every_feature_has_an_entry(everyone_counts: Checklist, without_models: None) -> None:
    matches = matched(PLAN, everyone_counts)
    assert set(matches) == {(f.id, p.id) for f in everyone_counts.features for p in f.parts}


def test_an_empty_plan_has_no_candidates_and_no_evidence(everyone_counts: Checklist) -> None:
    assert not any(matched(plan_of(), everyone_counts).values())
    result = check(plan_of(), everyone_counts)
    assert all(f.verdict is Verdict.MISSING and f.evidence == () and f.reasons for f in result.features)


@pytest.mark.parametrize("text", ["—", "123", "…", "The the the."])
def test_a_plan_without_a_word_that_matters_is_no_fault(text: str) -> None:
    assert check(prose(text), TEXTS_ALONE).summary[Verdict.MET] == 0


def test_candidates_come_best_first_and_no_more_than_asked(without_models: None) -> None:
    plan = prose(*(f"Practice {n} will be trained in the Mental Capacity Act." for n in range(8)))
    for candidates in matched(plan, TEXTS_ALONE, keep=3).values():
        scores = [c.score for c in candidates]
        assert len(scores) == 3
        assert scores == sorted(scores, reverse=True)


def test_no_passage_is_a_candidate_twice(everyone_counts: Checklist, without_models: None) -> None:
    for candidates in matched(PLAN, everyone_counts).values():
        blocks = [c.passage.block for c in candidates]
        assert len(blocks) == len(set(blocks))


def test_the_heading_counts_as_context(without_models: None) -> None:
    plan = plan_of(
        *prose("We will open it in spring.").blocks,
        *prose("We will open it in spring.", heading=("Mental Capacity Act",)).blocks,
    )
    candidate = matched(plan, TEXTS_ALONE)[("R1", "a")][0]
    assert candidate.passage.heading == ("Mental Capacity Act",)


def test_every_candidate_says_what_speaks_for_it(without_models: None) -> None:
    for candidates in matched(PLAN, TEXTS_ALONE).values():
        assert all(candidate.matched_by for candidate in candidates)


def test_scores_are_between_nought_and_one(everyone_counts: Checklist, without_models: None) -> None:
    for candidates in matched(PLAN, everyone_counts).values():
        assert all(0 <= candidate.score <= 1 for candidate in candidates)
