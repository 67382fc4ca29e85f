"""Writes the exemplar bank: every line of corpus/exemplars as a vector with its labels.

python tools/embed_exemplars.py [--leave-out V5,V6]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from reader_data import exemplar_lines

from planchecker.checklist import Part
from planchecker.checklist_file import load_checklist
from planchecker.matching.bank import ABSENT, MET, NONE, PARTIAL, text_digest
from planchecker.matching.models import encoder

_ROOT = Path(__file__).resolve().parent.parent
_LABELS = {"met": MET, "partial": PARTIAL, "none": NONE}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leave-out", default="", help="voices to leave out, to measure without them")
    left_out = set(parser.parse_args().leave_out.split(","))
    checklist, model = load_checklist(), encoder()
    assert model is not None
    parts = [f"{feature.id}.{part.id}" for feature in checklist.features for part in feature.parts]
    lines = [line for line in exemplar_lines(_ROOT / "corpus" / "exemplars") if line["voice"] not in left_out]
    labels = np.full((len(lines), len(parts)), ABSENT, dtype=np.int8)
    for row, line in enumerate(lines):
        for column, name in enumerate(parts):
            feature, _, part = name.partition(".")
            if feature == line["feature"]:
                labels[row, column] = _LABELS[line["parts"].get(part, "none")]
    vectors = model.run([line["text"] for line in lines])
    scale = float(np.abs(vectors).max()) / 127
    own = sorted({text for f in checklist.features for p in f.parts for text in _texts(p)})
    np.savez_compressed(
        _ROOT / "checklists" / f"{checklist.id}.exemplars.npz",
        vectors=np.round(vectors / scale).astype(np.int8),
        scale=np.float32(scale),
        labels=labels,
        parts=np.array(parts),
        own_digests=np.array([text_digest(text) for text in own]),
        own_vectors=model.run(own).astype(np.float16),
        encoder=np.array(model.key.hex()),
    )
    print(f"{len(lines)} exemplars")


def _texts(part: Part) -> Iterator[str]:
    yield part.text
    yield from (*part.exemplars.met, *part.exemplars.partial, *part.exemplars.misleading)


if __name__ == "__main__":
    main()
