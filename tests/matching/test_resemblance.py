"""Resemblance on small made-up vectors: lead, better, half and the rest mean what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from planchecker.checklist import Checklist, Element, Feature
from planchecker.matching.bank import ABSENT, MET, NONE, PARTIAL, Bank
from planchecker.matching.resemblance import Resemblance, Resembler
from tests.support import part

PARTS = (("F01", "a"), ("F01", "b"), ("F02", "a"), ("F03", "a"))
CHECKLIST = Checklist(
    "three",
    "0",
    "Three features",
    (
        Element(
            "E01",
            "All",
            (
                Feature("F01", "One", "One", (part("One"), part("And its half", identifier="b"))),
                Feature("F02", "Two", "Two", (part("Two"),)),
                Feature("F03", "Three", "Three", (part("Three"),)),
            ),
        ),
    ),
)


def bank(*rows: tuple[list[float], dict[int, int]]) -> Bank:
    """A bank of vectors with a label for some parts, by their number."""
    labels = np.full((len(rows), len(PARTS)), ABSENT, dtype=np.int8)
    for n, (_, known) in enumerate(rows):
        for column, label in known.items():
            labels[n, column] = label
    return Bank(np.array([vector for vector, _ in rows], dtype=np.float32), labels)


def resemblance(held: Bank, passage: Sequence[float], number: int = 0) -> Resemblance:
    (one,) = Resembler(CHECKLIST, held, np.array([passage], dtype=np.float32)).of_part(number, [0])
    return one


ONE_EACH = bank(
    ([1, 0, 0, 0], {0: MET, 1: NONE}),
    ([0, 1, 0, 0], {0: NONE, 1: MET}),
    ([0, 0, 1, 0], {2: MET}),
    ([0, 0, 0, 1], {3: PARTIAL}),
)


class TestOneExemplarEach:
    PASSAGE = (0.6, 0.2, 0.5, 0.7)

    def test_a_part_is_as_like_as_its_own_exemplars(self) -> None:
        assert resemblance(ONE_EACH, self.PASSAGE).part == pytest.approx(0.6)
        assert resemblance(ONE_EACH, self.PASSAGE, 1).part == pytest.approx(0.2)

    def test_a_feature_is_as_like_as_the_exemplars_of_all_its_parts(self) -> None:
        assert resemblance(ONE_EACH, self.PASSAGE).feature == pytest.approx(0.4)
        assert resemblance(ONE_EACH, self.PASSAGE, 1).feature == pytest.approx(0.4)

    def test_the_lead_is_over_the_best_other_feature(self) -> None:
        assert resemblance(ONE_EACH, self.PASSAGE).lead == pytest.approx(0.4 - 0.7)
        assert resemblance(ONE_EACH, self.PASSAGE, 2).lead == pytest.approx(0.5 - 0.7)
        assert resemblance(ONE_EACH, self.PASSAGE, 3).lead == pytest.approx(0.7 - 0.5)

    def test_better_counts_the_features_that_are_resembled_more(self) -> None:
        assert [resemblance(ONE_EACH, self.PASSAGE, number).better for number in range(4)] == [2, 2, 1, 0]

    def test_the_half_is_the_part_less_the_other_parts_of_its_feature(self) -> None:
        assert resemblance(ONE_EACH, self.PASSAGE).half == pytest.approx(0.6 - 0.2)
        assert resemblance(ONE_EACH, self.PASSAGE, 1).half == pytest.approx(0.2 - 0.6)
        assert resemblance(ONE_EACH, self.PASSAGE, 2).half == 0

    def test_met_is_over_what_only_touches_it(self) -> None:
        held = bank(([1, 0, 0, 0], {2: MET}), ([0, 1, 0, 0], {2: PARTIAL}))
        assert resemblance(held, self.PASSAGE, 2).met == pytest.approx(0.6 - 0.2)

    def test_sound_is_over_what_misleads(self) -> None:
        held = bank(([1, 0, 0, 0], {2: MET}), ([0, 0, 0, 1], {2: NONE}))
        assert resemblance(held, self.PASSAGE, 2).sound == pytest.approx(0.6 - 0.7)

    def test_what_misleads_about_one_half_and_meets_the_other_does_not_mislead_about_the_feature(
        self,
    ) -> None:
        assert resemblance(ONE_EACH, self.PASSAGE).sound == pytest.approx(0.6)


def test_the_three_nearest_exemplars_count() -> None:
    held = bank(*(([likeness, 0, 0, 0], {2: MET}) for likeness in (0.9, 0.1, 0.6, 0.3)))
    assert resemblance(held, [1, 0, 0, 0], 2).part == pytest.approx(0.6)


def test_a_checklist_of_one_feature_leads_by_all_it_has() -> None:
    alone = Checklist("one", "0", "One", (Element("E01", "All", (next(CHECKLIST.features),)),))
    held = Bank(ONE_EACH.vectors, ONE_EACH.labels[:, :2])
    (one,) = Resembler(alone, held, np.array([[0.6, 0.2, 0, 0]], dtype=np.float32)).of_part(0, [0])
    assert (one.lead, one.better) == (one.feature, 0)


def test_parts_without_exemplars_resemble_nothing() -> None:
    held = bank(([1, 0, 0, 0], {2: MET}))
    one = resemblance(held, [0.5, 0, 0, 0], 3)
    assert astuple(one) == pytest.approx((0, -0.5, 1, 0, 0, 0, 0))


def test_no_passages_are_no_resemblances() -> None:
    assert Resembler(CHECKLIST, ONE_EACH, np.eye(4, dtype=np.float32)).of_part(0, []) == []


@st.composite
def banks(draw: st.DrawFn) -> Bank:
    count = draw(st.integers(1, 8))
    vectors = draw(arrays(np.float32, (count, 4), elements=st.floats(-1, 1, width=16)))
    labels = draw(arrays(np.int8, (count, len(PARTS)), elements=st.integers(MET, ABSENT)))
    return Bank(vectors, labels)


passages = arrays(np.float32, (3, 4), elements=st.floats(-1, 1, width=16))


@given(banks(), passages)
def test_lead_better_and_half_agree_with_each_other(held: Bank, vectors: np.ndarray) -> None:
    resembler = Resembler(CHECKLIST, held, vectors)
    a, b, two, three = (resembler.of_part(number, [0, 1, 2]) for number in range(4))
    for n in range(3):
        assert a[n].feature == b[n].feature
        likeness = {"one": a[n].feature, "two": two[n].feature, "three": three[n].feature}
        for name, one in (("one", a[n]), ("two", two[n]), ("three", three[n])):
            others = [value for other, value in likeness.items() if other != name]
            assert one.lead == pytest.approx(likeness[name] - max(others), abs=1e-6)
            assert one.better == sum(value > likeness[name] for value in others)
        assert two[n].half == three[n].half == 0
        assert all(np.isfinite(astuple(one)).all() for one in (a[n], b[n], two[n], three[n]))


@given(banks(), passages, st.permutations(range(3)))
def test_the_order_of_passages_and_exemplars_does_not_count(
    held: Bank, vectors: np.ndarray, order: list[int]
) -> None:
    turned = Bank(held.vectors[::-1], held.labels[::-1])
    for number in range(len(PARTS)):
        straight = Resembler(CHECKLIST, held, vectors).of_part(number, order)
        for one, n in zip(straight, order, strict=True):
            (other,) = Resembler(CHECKLIST, turned, vectors).of_part(number, [n])
            assert astuple(one) == pytest.approx(astuple(other), abs=1e-5)
