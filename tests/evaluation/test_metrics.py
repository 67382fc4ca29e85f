"""Scores against figures worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.evaluation import metrics
from planchecker.evaluation.metrics import SCORES, Outcome
from planchecker.result import Verdict

MET, PARTIAL, MISSING = Verdict.MET, Verdict.PARTIAL, Verdict.MISSING
CLASSES = [MET, PARTIAL, MISSING]


def outcome(
    gold: Verdict,
    said: Verdict,
    confidence: float = 1.0,
    gap: float = 0.5,
    hit: int | None = None,
    plan: str = "A",
) -> Outcome:
    return Outcome(plan, "F01", "", gold, said, confidence, gap, hit)


def pairs(*listed: tuple[Verdict, Verdict, int]) -> list[Outcome]:
    """Outcomes of (key, said, how often)."""
    return [outcome(gold, said) for gold, said, times in listed for _ in range(times)]


# 20 verdicts, rows are the key:      met  partial  missing
#                             met      6      1        1
#                             partial  2      3        1
#                             missing  0      1        5
TABLE = pairs(
    (MET, MET, 6), (MET, PARTIAL, 1), (MET, MISSING, 1),
    (PARTIAL, MET, 2), (PARTIAL, PARTIAL, 3), (PARTIAL, MISSING, 1),
    (MISSING, PARTIAL, 1), (MISSING, MISSING, 5),
)  # fmt: skip

outcomes = st.lists(
    st.builds(
        outcome,
        st.sampled_from(CLASSES),
        st.sampled_from(CLASSES),
        st.floats(0, 1),
        st.floats(0, 1),
        st.none() | st.integers(0, 4),
        st.sampled_from("ABC"),
    ),
    max_size=30,
)


def test_accuracy_by_hand() -> None:
    assert metrics.accuracy(TABLE) == pytest.approx(14 / 20)


def test_macro_f1_by_hand() -> None:
    met = 2 * 6 / (2 * 6 + 2 + 2)
    partial = 2 * 3 / (2 * 3 + 2 + 3)
    missing = 2 * 5 / (2 * 5 + 2 + 1)
    assert metrics.macro_f1(TABLE) == pytest.approx((met + partial + missing) / 3)


def test_kappa_by_hand() -> None:
    # by chance: 8/20 x 8/20 (met), 5/20 x 6/20 (partial), 7/20 x 6/20 (missing)
    chance = (8 * 8 + 5 * 6 + 7 * 6) / 400
    assert metrics.kappa(TABLE) == pytest.approx((0.7 - chance) / (1 - chance))


def test_kappa_of_cohens_own_kind() -> None:
    # two raters, 50 cases: both yes 20, both no 15, yes/no 5, no/yes 10: observed .7, by chance .5, kappa .4
    table = pairs((MET, MET, 20), (MET, MISSING, 5), (MISSING, MET, 10), (MISSING, MISSING, 15))
    assert metrics.kappa(table) == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("listed", "kappa"),
    [
        (pairs((MET, MET, 3), (MISSING, MISSING, 3)), 1.0),
        (pairs((MET, MISSING, 3), (MISSING, MET, 3)), -1.0),
        (pairs((MET, MET, 5), (MISSING, MET, 5)), 0.0),
        (pairs((MET, MET, 5)), 1.0),
    ],
)
def test_kappa_at_its_ends(listed: list[Outcome], kappa: float) -> None:
    assert metrics.kappa(listed) == pytest.approx(kappa)


def test_gaps_by_hand() -> None:
    # said partial or missing: 12, of which 10 are; there are 12, so 2 were missed
    precision, recall = 10 / 12, 10 / 12
    assert metrics.gap_precision(TABLE) == pytest.approx(precision)
    assert metrics.gap_recall(TABLE) == pytest.approx(recall)
    assert metrics.gap_f2(TABLE) == pytest.approx(5 * precision * recall / (4 * precision + recall))


def test_f2_counts_a_missed_gap_for_more_than_a_false_one() -> None:
    missed = pairs((MISSING, MISSING, 8), (MISSING, MET, 2))
    false = pairs((MISSING, MISSING, 8), (MET, MISSING, 2))
    assert metrics.gap_f2(missed) == pytest.approx(40 / 48)  # P 1, R .8
    assert metrics.gap_f2(false) == pytest.approx(40 / 42)  # P .8, R 1


def test_a_gap_of_another_kind_is_found_all_the_same() -> None:
    assert metrics.gap_f2(pairs((PARTIAL, MISSING, 2), (MISSING, PARTIAL, 2))) == 1.0


@pytest.mark.parametrize(
    ("said", "precision", "recall", "f2"),
    [(MET, 1.0, 0.0, 0.0), (MISSING, 0.6, 1.0, 5 * 0.6 / (4 * 0.6 + 1))],
)
def test_saying_always_the_same(said: Verdict, precision: float, recall: float, f2: float) -> None:
    listed = pairs((MET, said, 4), (MISSING, said, 6))
    assert metrics.gap_precision(listed) == pytest.approx(precision)
    assert metrics.gap_recall(listed) == pytest.approx(recall)
    assert metrics.gap_f2(listed) == pytest.approx(f2)


def test_precision_at_80_recall_by_hand() -> None:
    # ranked: gap, gap, met, gap, gap, met, gap; four of five gaps are found with the fifth: 4 of 5 right
    ranked = [MISSING, PARTIAL, MET, MISSING, MISSING, MET, PARTIAL]
    listed = [outcome(gold, MET, gap=1 - n / 10) for n, gold in enumerate(ranked)]
    assert metrics.gap_precision_at_80_recall(listed) == pytest.approx(4 / 5)
    assert metrics.gap_precision_at_80_recall(listed[::-1]) == pytest.approx(4 / 5)


def test_precision_at_80_recall_without_gaps_is_nought() -> None:
    assert metrics.gap_precision_at_80_recall([outcome(MET, MET)]) == 0.0


def test_precision_at_80_recall_does_not_depend_on_the_order_of_ties() -> None:
    gaps_first = [outcome(MISSING, MISSING, gap=1.0)] * 5 + [outcome(MET, MISSING, gap=1.0)] * 5
    one, other = (metrics.gap_precision_at_80_recall(listed) for listed in (gaps_first, gaps_first[::-1]))
    assert one == other == pytest.approx(0.5)


def test_evidence_hit_by_hand() -> None:
    listed = [outcome(MET, MET, hit=hit) for hit in (1, 2, 0, 3, 4, None, None)]
    assert metrics.evidence_hit(listed, 1) == pytest.approx(1 / 5)
    assert metrics.evidence_hit(listed, 3) == pytest.approx(3 / 5)


def test_calibration_error_by_hand() -> None:
    # bin .9: four at .95, three right: |.75 - .95| x 4/6; bin .5: two at .55, one right: |.5 - .55| x 2/6
    sure = [outcome(MET, said, confidence=0.95) for said in (MET, MET, MET, MISSING)]
    unsure = [outcome(MET, said, confidence=0.55) for said in (MET, MISSING)]
    assert metrics.calibration_error(sure + unsure) == pytest.approx(0.2 * 4 / 6 + 0.05 * 2 / 6)


@pytest.mark.parametrize(
    ("confidence", "said", "error"), [(1.0, MET, 0.0), (1.0, MISSING, 1.0), (0.0, MISSING, 0.0)]
)
def test_calibration_error_at_its_ends(confidence: float, said: Verdict, error: float) -> None:
    assert metrics.calibration_error([outcome(MET, said, confidence)] * 3) == pytest.approx(error)


@given(outcomes)
def test_every_score_of_any_outcomes_is_in_its_range(listed: list[Outcome]) -> None:
    for name, score in SCORES.items():
        assert (-1 if name == "kappa" else 0) <= score(listed) <= 1 + 1e-9, name


@given(outcomes.filter(bool))
def test_a_perfect_reader_scores_full(listed: list[Outcome]) -> None:
    perfect = [outcome(o.gold, o.gold) for o in listed]
    assert metrics.accuracy(perfect) == metrics.kappa(perfect) == 1
    assert metrics.gap_precision(perfect) == metrics.gap_recall(perfect) == 1


@pytest.mark.parametrize("score", SCORES)
def test_no_outcomes_are_no_fault(score: str) -> None:
    assert 0 <= SCORES[score]([]) <= 1


class TestInterval:
    LISTED = tuple(
        outcome(MET, said, plan=plan)
        for plan, said in zip("AABBCCDD", [MET, MET, MET, MISSING] * 2, strict=True)
    )

    def test_it_holds_the_score(self) -> None:
        low, high = metrics.interval(self.LISTED, metrics.accuracy)
        assert 0.5 <= low <= metrics.accuracy(self.LISTED) <= high <= 1

    def test_it_is_the_same_each_time(self) -> None:
        assert metrics.interval(self.LISTED, metrics.accuracy) == metrics.interval(
            self.LISTED, metrics.accuracy
        )

    def test_the_forms_of_a_plan_are_one_plan(self) -> None:
        forms = [outcome(MET, said, plan=f"A.{form}") for form, said in (("docx", MET), ("pdf", MISSING))]
        assert metrics.interval(forms, metrics.accuracy) == (0.5, 0.5)
        others = [outcome(MET, said, plan=f"{name}.pdf") for name, said in (("A", MET), ("B", MISSING))]
        assert metrics.interval(others, metrics.accuracy) == (0.0, 1.0)

    def test_plans_are_drawn_whole(self) -> None:
        one_plan = [outcome(MET, said) for said in (MET, MISSING)]
        assert metrics.interval(one_plan, metrics.accuracy) == (0.5, 0.5)
