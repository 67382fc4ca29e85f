"""The exemplar bank: many labelled sentences for each part, as vectors made when planchecker was built.

A few exemplars stand in the checklist for people to read; hundreds more make likeness reliable. Beside a
checklist `NAME.yaml` a file `NAME.exemplars.npz` may hold them (`tools/embed_exemplars.py` writes it).
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planchecker.checklist import Checklist
from planchecker.matching.memory import Floats
from planchecker.matching.models import OnnxModel

MET, PARTIAL, NONE, ABSENT = 0, 1, 2, 3  # label of an exemplar for a part; ABSENT: not of its feature

_MAX_BYTES = 100_000_000  # unpacked; the bank of the 47 features takes 2 MB

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
    of_feature = {key: n for n, key in enumerate(_part_keys(checklist))}
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
    bank = Bank(vectors_of(texts, checklist, encoder), np.stack(rows))
    stored = bank_beside(checklist, encoder)
    if stored is None or stored.vectors.shape[1] != bank.vectors.shape[1]:
        return bank
    return Bank(np.concatenate([bank.vectors, stored.vectors]), np.concatenate([bank.labels, stored.labels]))


def bank_beside(checklist: Checklist, encoder: OnnxModel) -> Bank | None:
    """The bank in the file beside a checklist, or None where there is none that can be used."""
    return _stored(checklist.exemplar_file, encoder.key.hex(), _part_keys(checklist))


def _part_keys(checklist: Checklist) -> tuple[tuple[str, str], ...]:
    return tuple((feature.id, part.id) for feature in checklist.features for part in feature.parts)


def vectors_of(texts: Sequence[str], checklist: Checklist, encoder: OnnxModel) -> Floats:
    """Vectors of a checklist's own texts: those made when planchecker was built, and the rest now."""
    made = _own_vectors(checklist.exemplar_file, encoder.key.hex())
    digests = [text_digest(text) for text in texts]
    new = [n for n, digest in enumerate(digests) if digest not in made]
    fresh = dict(zip(new, encoder.run([texts[n] for n in new]), strict=True)) if new else {}
    return np.stack([fresh[n] if n in fresh else made[digest] for n, digest in enumerate(digests)])


def text_digest(text: str) -> str:
    """Names a text in the exemplar file."""
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


@lru_cache(maxsize=4)
def _own_vectors(file: Path | None, encoder_key: str) -> dict[str, Floats]:
    data = _opened(file, encoder_key)
    try:
        vectors = data["own_vectors"].astype(np.float32)
        if (
            vectors.shape[1:] != data["vectors"].shape[1:]
            or vectors.ndim != 2
            or not np.isfinite(vectors).all()
        ):
            return {}
        return dict(zip(map(str, data["own_digests"]), vectors, strict=True))
    except Exception:
        return {}


@lru_cache(maxsize=4)
def _stored(file: Path | None, encoder_key: str, parts: tuple[tuple[str, str], ...]) -> Bank | None:
    """The bank in a file, or None where there is none or it was made with another encoder."""
    data = _opened(file, encoder_key)
    try:
        return _bank(data, parts) if data else None
    except Exception:
        return None


@lru_cache(maxsize=1)
def _opened(file: Path | None, encoder_key: str) -> dict[str, NDArray[Any]]:
    """What a file holds, if it is for this encoder.

    The file may come from anywhere: whatever is wrong with it, planchecker does without.
    """
    if file is None or not file.is_file():
        return {}
    try:
        with zipfile.ZipFile(file) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MAX_BYTES:
                return {}
        with np.load(file, allow_pickle=False) as data:
            return dict(data) if str(data["encoder"]) == encoder_key else {}
    except Exception:
        return {}


def _bank(data: dict[str, NDArray[Any]], parts: tuple[tuple[str, str], ...]) -> Bank | None:
    vectors = data["vectors"].astype(np.float32) * np.float32(data["scale"])
    names, labels = [str(name) for name in data["parts"]], data["labels"]
    if vectors.ndim != 2 or labels.shape != (len(vectors), len(names)) or not np.isfinite(vectors).all():
        return None
    if not np.isin(labels, (MET, PARTIAL, NONE, ABSENT)).all():
        return None
    columns = {name: n for n, name in enumerate(names)}
    ordered = np.full((len(labels), len(parts)), ABSENT, dtype=np.int8)
    for n, (feature_id, part_id) in enumerate(parts):
        column = columns.get(f"{feature_id}.{part_id}")
        if column is not None:
            ordered[:, n] = labels[:, column]
    return Bank(vectors, ordered)
