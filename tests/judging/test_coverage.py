"""What was not read is not called missing: those features, and no others, are left open."""

from __future__ import annotations

from dataclasses import replace

import pytest

import planchecker.pipeline as pipeline
from planchecker.checklist import Checklist, Element, Feature
from planchecker.judging.coverage import unassessable
from planchecker.judging.verdict import VERDICTS, Judgement
from planchecker.judging.weights import Mode
from planchecker.pipeline import check, judged
from planchecker.plan import Block, BlockKind, Plan, Unread
from planchecker.result import Verdict
from tests.judging.test_verdict import finding, sighting
from tests.support import part, plan_of

CARERS = Feature(
    "F01",
    "Carers",
    "Carers are supported.",
    (part("Carers are supported", cues=["carers"], hints=["respite"], counter_cues=["carers week"]),),
)
MONEY = Feature("F02", "Money", "Money is pooled.", (part("Money is pooled", cues=["pooled budget"]),))
CHECKLIST = Checklist("two", "0", "Two", (Element("E01", "All", (CARERS, MONEY)),))


def heading(text: str, page: int | None, above: tuple[str, ...] = ()) -> Block:
    return Block(0, BlockKind.HEADING, text, page, above, level=len(above) + 1)


def plan(*headings: Block, unread: tuple[int | None, ...] = (), pages: int | None = 20) -> Plan:
    """A plan of headings, with these pages (or, for None, something that is no page) skipped."""
    blocks = [replace(block, number=n) for n, block in enumerate(headings)]
    skipped = tuple(Unread(f"page {n}" if n else "a chart", "a picture without text", n) for n in unread)
    return replace(plan_of(*blocks), pages=pages, unread=skipped)


def left_open(*headings: Block, unread: tuple[int | None, ...], pages: int | None = 20) -> set[str]:
    return set(unassessable(plan(*headings, unread=unread, pages=pages), CHECKLIST))


class TestUnderAHeading:
    def test_a_plan_read_whole_leaves_nothing_open(self) -> None:
        assert left_open(heading("Carers", 3), unread=()) == set()

    def test_a_page_under_the_features_own_words_leaves_it_open(self) -> None:
        found = unassessable(plan(heading("Support for carers", 3), unread=(4,)), CHECKLIST)
        assert found == {
            "F01": "Not assessed: page 4 could not be read, and it stands under “Support for carers”."
        }

    def test_a_supporting_term_will_do(self) -> None:
        assert left_open(heading("Respite", 3), unread=(3,)) == {"F01"}

    def test_a_counter_cue_does_not(self) -> None:
        assert left_open(heading("Carers Week", 3), unread=(3,)) == set()

    def test_a_heading_further_out_counts(self) -> None:
        inner = heading("What we will do", 4, ("Carers",))
        assert left_open(heading("Carers", 3), inner, unread=(5,)) == {"F01"}

    def test_only_the_nearest_heading_above_counts(self) -> None:
        others = (heading("Carers", 2), heading("Transport", 4), heading("Pooled budget", 9))
        assert left_open(*others, unread=(5,)) == set()
        assert left_open(*others, unread=(3,)) == {"F01"}
        assert left_open(*others, unread=(12,)) == {"F02"}
        assert left_open(*others, unread=(1,)) == set()

    def test_each_page_leaves_its_own_open_and_the_first_is_named(self) -> None:
        blocks = (heading("Carers", 2), heading("Pooled budget", 9))
        found = unassessable(plan(*blocks, unread=(3, 4, 10)), CHECKLIST)
        assert set(found) == {"F01", "F02"}
        assert "page 3" in found["F01"]
        assert "page 10" in found["F02"]

    def test_what_is_no_whole_page_leaves_nothing_open(self) -> None:
        assert left_open(heading("Carers", 3), unread=(None,)) == set()

    @pytest.mark.parametrize(("words", "is_open"), [(0, True), (20, True), (21, False)])
    def test_a_picture_that_is_all_there_is_under_a_heading(self, words: int, is_open: bool) -> None:
        text = Block(1, BlockKind.PARAGRAPH, " ".join(["word"] * words))
        chart = Unread("the text, under “Carers”", "a chart", heading="Carers")
        drawn = replace(plan(heading("Carers", None), text, heading("Money", None)), unread=(chart,))
        assert set(unassessable(drawn, CHECKLIST)) == ({"F01"} if is_open else set())

    def test_headings_without_a_page_leave_nothing_open(self) -> None:
        assert left_open(heading("Carers", None), unread=(3,)) == set()

    def test_a_plan_without_headings_leaves_nothing_open(self) -> None:
        assert left_open(unread=(3,)) == set()


class TestMostOfThePlan:
    @pytest.mark.parametrize(("pages", "is_open"), [(3, True), (4, True), (5, False), (None, False)])
    def test_half_of_the_pages_is_enough(self, pages: int | None, is_open: bool) -> None:
        assert left_open(unread=(1, 2), pages=pages) == ({"F01", "F02"} if is_open else set())

    def test_a_page_counts_once_and_what_is_no_page_does_not(self) -> None:
        assert left_open(unread=(2, 2, None, None), pages=4) == set()

    def test_the_reason_says_how_many(self) -> None:
        found = unassessable(plan(unread=(1, 2, 3), pages=4), CHECKLIST)
        assert set(found.values()) == {"Not assessed: 3 of 4 pages could not be read."}


class TestTheVerdict:
    WHY = "Not assessed: page 4 could not be read."

    @pytest.fixture(params=VERDICTS)
    def given(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Verdict:
        """The verdict that the findings alone would give."""
        verdict: Verdict = request.param
        chances = tuple(0.8 if one is verdict else 0.1 for one in VERDICTS)
        monkeypatch.setattr(pipeline, "judge", lambda findings, mode: Judgement(verdict, chances))
        return verdict

    def test_only_missing_is_left_open(self, given: Verdict) -> None:
        result = judged(CARERS, [finding(sighting(0.5, 0.3))], Mode.RULES, self.WHY)
        assert result.verdict is (Verdict.NOT_ASSESSED if given is Verdict.MISSING else given)

    def test_without_a_reason_nothing_is_left_open(self, given: Verdict) -> None:
        assert judged(CARERS, [finding(sighting(0.5, 0.3))], Mode.RULES).verdict is given

    @pytest.mark.parametrize("given", [Verdict.MISSING], indirect=True)
    def test_what_is_left_open_says_why_and_is_no_gap(self, given: Verdict) -> None:
        result = judged(CARERS, [finding(sighting(0.5, 0.3))], Mode.RULES, self.WHY)
        assert (result.id, result.name, result.requirement) == ("F01", "Carers", "Carers are supported.")
        assert result.reasons == (self.WHY,)
        assert (result.gaps, result.evidence, result.confidence) == ((), (), 0.0)
        assert not result.sure
        assert not result.is_gap


def test_a_whole_check_leaves_open_what_was_not_read_and_nothing_else(without_models: None) -> None:
    result = check(plan(heading("Carers", 3), unread=(4,)), CHECKLIST)
    assert [feature.verdict for feature in result.features] == [Verdict.NOT_ASSESSED, Verdict.MISSING]
    assert result.summary[Verdict.NOT_ASSESSED] == 1
    assert [feature.id for feature in result.gaps] == ["F02"]
