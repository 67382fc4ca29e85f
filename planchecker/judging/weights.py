"""Fitted weights: small linear models over named signals, one set for each way of working."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planchecker.checklist import Checklist
from planchecker.matching.bank import bank_beside
from planchecker.matching.match import Candidate, Matches
from planchecker.matching.models import encoder

_FILE = Path(__file__).with_name("weights.json")
_Array = NDArray[np.float64]


class Mode(StrEnum):
    """What the judging can lean on."""

    EXEMPLARS = "exemplars"  # the models and a checklist with a file of exemplars
    TEXTS = "texts"  # the models and a checklist of texts alone
    RULES = "rules"  # no models: words, cues and what passages show
    FEW = "few"  # the models and a checklist with a handful of exemplars


FITTED = (Mode.EXEMPLARS, Mode.TEXTS, Mode.RULES)  # the modes with weights of their own


@dataclass(frozen=True, slots=True)
class Weights:
    """A multinomial logistic model: three classes over standardised signals."""

    mean: _Array
    scale: _Array
    coefficients: _Array
    intercepts: _Array

    def chances(self, signals: NDArray[np.float32]) -> tuple[float, float, float]:
        """Probability of each of the three classes."""
        logits = self.coefficients @ ((signals - self.mean) / self.scale) + self.intercepts
        odds = np.exp(logits - logits.max())
        first, second, third = (float(p) for p in odds / odds.sum())
        return first, second, third


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of two models' probabilities."""

    one: Weights
    other: Weights

    def chances(self, signals: NDArray[np.float32]) -> tuple[float, float, float]:
        """Probability of each of the three classes."""
        pairs = zip(self.one.chances(signals), self.other.chances(signals), strict=True)
        first, second, third = ((a + b) / 2 for a, b in pairs)
        return first, second, third


@dataclass(frozen=True, slots=True)
class Judge:
    """The two models of one mode: passages first, then features over the passages found."""

    sighting: Weights | Mean
    verdict: Weights | Mean


def mode_of(checklist: Checklist, matches: Matches) -> Mode:
    """The way of working that a checklist and an installation allow."""
    model = encoder()
    if model is None or any(_is_unread(c) for candidates in matches.values() for c in candidates):
        return Mode.RULES
    if bank_beside(checklist, model) is not None:
        return Mode.EXEMPLARS
    written = any(part.exemplars.met for feature in checklist.features for part in feature.parts)
    return Mode.FEW if written else Mode.TEXTS


def _is_unread(candidate: Candidate) -> bool:
    return candidate.reading is None or candidate.resemblance is None


@cache
def judge_for(mode: Mode) -> Judge:
    """The weights of a mode.

    A handful of exemplars tells less well than hundreds what a passage is otherwise about, so there
    passages are weighed by the mean of two sets of weights, and features over them as for texts alone:
    of the mixtures tried, one that tells plans about the subject from plans about another well
    (docs/accuracy.md).
    """
    if mode is Mode.FEW:
        one, other = judge_for(Mode.EXEMPLARS), judge_for(Mode.TEXTS)
        return Judge(_mean(one.sighting, other.sighting), other.verdict)
    data = json.loads(_FILE.read_text(encoding="utf-8"))["modes"][mode]
    return Judge(_weights(data["sighting"]), _weights(data["verdict"]))


def _mean(one: Weights | Mean, other: Weights | Mean) -> Mean:
    assert isinstance(one, Weights) and isinstance(other, Weights), "both are fitted"
    return Mean(one, other)


def _weights(data: dict[str, Any]) -> Weights:
    names = ("mean", "scale", "coefficients", "intercepts")
    return Weights(*(np.array(data[name], dtype=np.float64) for name in names))
