"""From a plan to verdicts, end to end: taking evidence away never helps."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from planchecker.checklist import Checklist, Element, Feature, Provenance
from planchecker.matching.memory import Floats, Texts
from planchecker.matching.models import OnnxModel
from planchecker.matching.passages import passages_of
from planchecker.pipeline import check, check_all
from planchecker.result import FeatureResult, Verdict
from tests.support import checklist_of, part, prose

BETTER_FIRST = (Verdict.MET, Verdict.PARTIAL, Verdict.MISSING)
FILLER = (
    "The choir met on Tuesday and sang until late.",
    "Parking at the hospital remains difficult.",
    "The town has two rivers and a market square.",
)
EVIDENCE = {
    "F01": "Unplanned admissions will fall by 15% by 2018/19, from 24,000 to 20,400 a year, led by Dr Anne Patel.",
    "F18": "With the council we will pool £6.6m in a section 75 agreement, the Better Care Fund, from April 2015;"
    " the Director of Integration leads it.",
    "F40": "Dr Anne Patel, lead GP for safeguarding, will train all 42 practices in the Mental Capacity Act by"
    " March 2015, audited every year through the contract.",
}


def feature(checklist: Checklist, feature_id: str, *texts: str) -> FeatureResult:
    return next(f for f in check(prose(*texts), checklist).features if f.id == feature_id)


@pytest.mark.parametrize("models", ["with", "without"])
@pytest.mark.parametrize("place", [0, 2, len(FILLER)])
def test_taking_the_only_evidence_away_never_raises_a_verdict(
    place: int, models: str, everyone_counts: Checklist, request: pytest.FixtureRequest
) -> None:
    if models == "without":
        request.getfixturevalue("without_models")
    bare = {f.id: f for f in check(prose(*FILLER), everyone_counts).features}
    for feature_id, text in EVIDENCE.items():
        full = feature(everyone_counts, feature_id, *FILLER[:place], text, *FILLER[place:])
        assert BETTER_FIRST.index(full.verdict) <= BETTER_FIRST.index(bare[feature_id].verdict), feature_id


@pytest.mark.parametrize("feature_id", EVIDENCE)
def test_whatever_else_the_plan_holds(feature_id: str, everyone_counts: Checklist) -> None:
    others = [text for other, text in EVIDENCE.items() if other != feature_id]
    full = feature(everyone_counts, feature_id, *others, EVIDENCE[feature_id])
    without = feature(everyone_counts, feature_id, *others)
    assert BETTER_FIRST.index(full.verdict) <= BETTER_FIRST.index(without.verdict)


def test_a_checklist_of_texts_alone() -> None:
    checklist = checklist_of(part("Staff are trained in the Mental Capacity Act"))
    full = feature(checklist, "F01", *FILLER, EVIDENCE["F40"])
    without = feature(checklist, "F01", *FILLER)
    assert BETTER_FIRST.index(full.verdict) <= BETTER_FIRST.index(without.verdict)


class TestSeveralChecklists:
    """One reading against several lists; a feature that two lists share is judged in one of them."""

    TEXTS = (EVIDENCE["F18"], *FILLER)

    def other(self, same_as: str) -> Checklist:
        shared = Feature(
            "B1", "Pooling", "Say what is pooled.", (part("What is pooled"),), "", Provenance.OWN, (), same_as
        )
        own = Feature("B2", "Choir", "Say when the choir meets.", (part("When the choir meets"),))
        return Checklist("other", "1", "Another list", (Element("B", "All", (shared, own)),))

    def test_a_shared_feature_takes_the_verdict_over_under_its_own_name(
        self, everyone_counts: Checklist
    ) -> None:
        first, second = check_all(
            prose(*self.TEXTS), (everyone_counts, self.other("everyone-counts-2014/F18"))
        )
        judged = next(f for f in first.features if f.id == "F18")
        taken = next(f for f in second.features if f.id == "B1")
        assert (taken.verdict, taken.confidence, taken.evidence) == (
            judged.verdict,
            judged.confidence,
            judged.evidence,
        )
        assert (taken.name, taken.requirement, taken.provenance) == (
            "Pooling",
            "Say what is pooled.",
            Provenance.OWN,
        )
        assert taken.same_as == "everyone-counts-2014/F18" and taken.same_as in taken.reasons[0]
        assert judged.same_as == ""

    def test_the_order_of_the_lists_does_not_matter(self, everyone_counts: Checklist) -> None:
        lists = (everyone_counts, self.other("everyone-counts-2014/F18"))
        plan = prose(*self.TEXTS)
        assert check_all(plan, lists) == tuple(reversed(check_all(plan, tuple(reversed(lists)))))

    def test_alone_it_is_judged_on_its_own(self) -> None:
        (alone,) = check_all(prose(*self.TEXTS), (self.other("everyone-counts-2014/F18"),))
        assert [f.same_as for f in alone.features] == ["", ""]

    def test_each_list_is_judged_as_it_is_alone(self, everyone_counts: Checklist) -> None:
        plan, other = prose(*self.TEXTS), self.other("everyone-counts-2014/F18")
        first, second = check_all(plan, (everyone_counts, other))
        assert first == check(plan, everyone_counts)
        assert second.elements[0].features[1] == check(plan, other).elements[0].features[1]

    def test_the_plan_is_encoded_once(
        self, everyone_counts: Checklist, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        encoded: list[str] = []
        begin = OnnxModel.begin

        def listening(model: OnnxModel, texts: Texts) -> Future[Floats]:
            encoded.extend(text for text in texts if isinstance(text, str))
            return begin(model, texts)

        monkeypatch.setattr(OnnxModel, "begin", listening)
        plan = prose(*self.TEXTS, "A long one. " * 40)
        check_all(plan, (everyone_counts, self.other("everyone-counts-2014/F18")))
        assert sorted(encoded) == sorted({passage.in_context for passage in passages_of(plan)})
