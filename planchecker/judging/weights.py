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
    FEW = "few"  # the models and a checklist with a handful of exemplars
    TEXTS = "texts"  # the models and a checklist of texts alone
    RULES = "rules"  # no models: words, cues and what passages show


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
class Judge:
    """The two models of one mode: passages first, then features over the passages found."""

    sighting: Weights
    verdict: Weights


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
    """The weights of a mode, as `tools/fit_verdicts.py` fitted them."""
    data = json.loads(_FILE.read_text(encoding="utf-8"))["modes"][mode]
    return Judge(_weights(data["sighting"]), _weights(data["verdict"]))


def _weights(data: dict[str, Any]) -> Weights:
    names = ("mean", "scale", "coefficients", "intercepts")
    return Weights(*(np.array(data[name], dtype=np.float64) for name in names))
