"""Resemblance: which part's exemplars a passage is most like, and which kind of exemplar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planchecker.checklist import Checklist
from planchecker.matching.bank import MET, NONE, PARTIAL, Bank
from planchecker.matching.memory import Floats

_NEAREST, _NEAREST_MISLEADING = 3, 2


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How a passage resembles the exemplars of one part; cosine similarities and their differences.

    Attributes:
        feature: likeness to exemplars of the feature that meet or touch it.
        lead: that, less the likeness to the feature that the passage resembles most otherwise.
        better: how many other features it resembles more.
        met: likeness to exemplars that meet the part, less that to those that only touch it.
        sound: likeness to exemplars of the part, less that to misleading ones.
        part: likeness to exemplars that meet or touch the part.
        half: that, less the likeness to exemplars of the feature's other parts; 0 for a single part.
    """

    feature: float
    lead: float
    better: float
    met: float
    sound: float
    part: float
    half: float


class Resembler:
    """Likeness of passages to the exemplars of every part of a checklist.

    Args:
        checklist: whose parts.
        bank: its exemplars.
        vectors: one row a passage.
    """

    def __init__(self, checklist: Checklist, bank: Bank, vectors: Floats) -> None:
        self._similar: Floats = vectors @ bank.vectors.T
        self._columns = list(bank.columns)
        features = list(checklist.features)
        self._owner = [n for n, feature in enumerate(features) for _ in feature.parts]
        self._of_feature = [self._feature_labels(n) for n in range(len(features))]
        positive = [labels <= PARTIAL for labels in self._of_feature]
        self._features = np.stack([_top(self._similar, mask, _NEAREST) for mask in positive], axis=1)

    def _feature_labels(self, number: int) -> Floats:
        """Best label of each exemplar for any part of a feature."""
        own = [self._columns[n] for n, owner in enumerate(self._owner) if owner == number]
        best: Floats = np.minimum.reduce(own)
        return best

    def of_part(self, number: int, passages: Sequence[int]) -> list[Resemblance]:
        """How the passages with these numbers resemble the part with this number."""
        similar = self._similar[passages]
        owner, labels = self._owner[number], self._columns[number]
        whole = self._of_feature[owner]
        met, partial = _top(similar, labels == MET, _NEAREST), _top(similar, labels == PARTIAL, _NEAREST)
        part = _top(similar, labels <= PARTIAL, _NEAREST)
        misleading = _top(similar, whole == NONE, _NEAREST_MISLEADING)
        other = (whole <= PARTIAL) & (labels > PARTIAL)
        half = part - _top(similar, other, _NEAREST_MISLEADING) if other.any() else np.zeros(len(passages))
        features = self._features[passages]
        own = features[:, owner]
        others = np.delete(features, owner, axis=1)
        lead = own - others.max(axis=1) if others.shape[1] else own
        better = (others > own[:, None]).sum(axis=1)
        columns = (own, lead, np.minimum(better, 8), met - partial, part - misleading, part, half)
        return [Resemblance(*map(float, row)) for row in zip(*columns, strict=True)]


def _top(similar: Floats, mask: np.ndarray, nearest: int) -> Floats:
    """Mean likeness to the nearest of the masked exemplars, 0 without any."""
    kept = similar[:, mask]
    if not kept.shape[1]:
        return np.zeros(len(similar), dtype=np.float32)
    nearest = min(nearest, kept.shape[1])
    top: Floats = np.partition(kept, kept.shape[1] - nearest, axis=1)[:, -nearest:].mean(axis=1)
    return top
