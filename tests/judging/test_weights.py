"""Fitted weights: every mode has them, they fit the signals, and what comes out is a probability."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import planchecker.judging.weights as weights_module
from planchecker.checklist import Checklist, Exemplars
from planchecker.judging import sighting, verdict
from planchecker.judging.weights import Mode, judge_for, mode_of
from planchecker.matching.match import match, rank
from planchecker.matching.models import encoder, reader
from planchecker.matching.passages import passages_of
from tests.support import checklist_of, part, prose

PASSAGES = passages_of(
    prose("Dr Anne Patel will train all 42 practices by March 2015.", "Parking is difficult.")
)
TEXTS_ALONE = checklist_of(part("Staff are trained in the Mental Capacity Act"))
needs_models = pytest.mark.skipif(
    encoder() is None or reader() is None, reason="this installation lacks a model"
)


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(weights_module._FILE.read_text(encoding="utf-8"))
    return data


def test_the_weights_were_fitted_on_these_signals(shipped: dict[str, Any]) -> None:
    assert tuple(shipped["sighting_signals"]) == sighting.SIGNALS
    assert tuple(shipped["verdict_signals"]) == verdict.SIGNALS


def test_every_fitted_mode_has_weights_and_no_other(shipped: dict[str, Any]) -> None:
    assert set(shipped["modes"]) == set(Mode)


@pytest.mark.parametrize("mode", Mode)
def test_the_weights_have_the_shape_of_the_signals(mode: Mode) -> None:
    judge = judge_for(mode)
    for model, names in ((judge.sighting, sighting.SIGNALS), (judge.verdict, verdict.SIGNALS)):
        assert model.coefficients.shape == (3, len(names))
        assert model.mean.shape == model.scale.shape == (len(names),)
        assert model.intercepts.shape == (3,)
        assert (model.scale > 0).all()
        for numbers in (model.mean, model.scale, model.coefficients, model.intercepts):
            assert np.isfinite(numbers).all()


@pytest.mark.parametrize("mode", Mode)
@given(data=st.data())
def test_chances_are_probabilities_that_add_up(mode: Mode, data: st.DataObject) -> None:
    judge = judge_for(mode)
    for model, names in ((judge.sighting, sighting.SIGNALS), (judge.verdict, verdict.SIGNALS)):
        values = data.draw(arrays(np.float32, (len(names),), elements=st.floats(-100, 100, width=32)))
        chances = model.chances(values)
        assert sum(chances) == pytest.approx(1)
        assert all(0 <= chance <= 1 for chance in chances)


class TestTheWayOfWorking:
    @needs_models
    def test_a_checklist_with_exemplars(self, everyone_counts: Checklist) -> None:
        assert mode_of(everyone_counts, match(PASSAGES, everyone_counts, keep=1)) is Mode.EXEMPLARS

    @needs_models
    def test_a_checklist_of_texts_alone(self) -> None:
        assert mode_of(TEXTS_ALONE, match(PASSAGES, TEXTS_ALONE)) is Mode.TEXTS

    @needs_models
    def test_a_checklist_with_a_handful_of_exemplars(self) -> None:
        few = checklist_of(replace(part("Who leads it"), exemplars=Exemplars(met=("Dr A leads it.",))))
        assert mode_of(few, match(PASSAGES, few)) is Mode.FEW

    @needs_models
    def test_a_file_of_exemplars_that_cannot_be_used_does_not_count(self, tmp_path: Any) -> None:
        file = tmp_path / "one.exemplars.npz"
        file.write_bytes(b"not a bank")
        checklist = replace(TEXTS_ALONE, exemplar_file=file)
        assert mode_of(checklist, match(PASSAGES, checklist)) is Mode.TEXTS

    def test_what_was_not_read_is_judged_by_rules(self, everyone_counts: Checklist) -> None:
        assert mode_of(TEXTS_ALONE, rank(PASSAGES, TEXTS_ALONE)) is Mode.RULES

    def test_without_models(self, without_models: None, everyone_counts: Checklist) -> None:
        assert mode_of(everyone_counts, match(PASSAGES, everyone_counts)) is Mode.RULES
        assert mode_of(everyone_counts, match((), everyone_counts)) is Mode.RULES
