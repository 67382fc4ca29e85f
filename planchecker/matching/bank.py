"""The exemplar bank: many labelled sentences for each part, as vectors made when planchecker was built.

A few exemplars stand in the checklist for people to read; hundreds more make likeness reliable. Beside a
checklist `NAME.yaml` a file `NAME.exemplars.npz` may hold them (`tools/embed_exemplars.py` writes it).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from planchecker.checklist import Checklist
from planchecker.matching.memory import Floats
from planchecker.matching.models import OnnxModel

MET, PARTIAL, NONE, ABSENT = 0, 1, 2, 3  # label of an exemplar for a part; ABSENT: not of its feature

_Labels = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Bank:
    """Exemplars as vectors, with a label for every part of the checklist.

    Attributes:
        vectors: one row an exemplar, each of length 1.
        labels: one row an exemplar, one column a part in checklist order.
    """

    vectors: Floats
    labels: _Labels

    @property
    def columns(self) -> Iterator[_Labels]:
        """The labels for each part, in checklist order."""
        return iter(self.labels.T)


def bank_for(checklist: Checklist, encoder: OnnxModel) -> Bank:
    """The exemplars of a checklist and of the file beside it; without any, the requirement texts.

    Args:
        checklist: whose exemplars.
        encoder: makes vectors of the texts.
    """
    parts = [(feature, part) for feature in checklist.features for part in feature.parts]
    of_feature = {key: n for n, key in enumerate((f.id, p.id) for f, p in parts)}
    texts: list[str] = []
    rows: list[_Labels] = []
    for feature, part in parts:
        groups = (part.exemplars.met, part.exemplars.partial, part.exemplars.misleading)
        for label, group in enumerate(groups):
            for text in group:
                row = np.full(len(parts), ABSENT, dtype=np.int8)
                row[of_feature[feature.id, part.id]] = label
                texts.append(text)
                rows.append(row)
    if not texts:
        texts = [part.text for _, part in parts]
        rows = list(np.where(np.eye(len(parts), dtype=bool), MET, ABSENT).astype(np.int8))
    bank = Bank(encoder.run(texts), np.stack(rows))
    stored = _stored(checklist.exemplar_file, encoder.key.hex(), tuple(of_feature))
    if stored is None:
        return bank
    return Bank(np.concatenate([bank.vectors, stored.vectors]), np.concatenate([bank.labels, stored.labels]))


@lru_cache(maxsize=4)
def _stored(file: Path | None, encoder_key: str, parts: tuple[tuple[str, str], ...]) -> Bank | None:
    """The bank in a file, or None where there is none or it was made with another encoder."""
    if file is None or not file.is_file():
        return None
    try:
        with np.load(file, allow_pickle=False) as data:
            if str(data["encoder"]) != encoder_key:
                return None
            vectors = data["vectors"].astype(np.float32) * np.float32(data["scale"])
            columns = {str(name): n for n, name in enumerate(data["parts"])}
            labels = data["labels"]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
    ordered = np.full((len(labels), len(parts)), ABSENT, dtype=np.int8)
    for n, (feature_id, part_id) in enumerate(parts):
        column = columns.get(f"{feature_id}.{part_id}")
        if column is not None:
            ordered[:, n] = labels[:, column]
    return Bank(vectors, ordered)
