"""The two small models that ship with planchecker, run by ONNX Runtime on the CPU.

The encoder turns a text into a vector, so that the same thing said in other words is found.
The reader takes a part of a requirement and a passage, and says whether the passage is evidence,
weak evidence or none. Both come from the all-MiniLM-L6-v2 weights (Apache-2.0); `docs/models.md`
says how they were made.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from planchecker import environment
from planchecker.matching.memory import Floats, Texts, remembered

_FOLDER = Path(__file__).resolve().parent / "weights"
_BATCH = 32
_ENCODER_TOKENS = 128
_READER_TOKENS = 192


class OnnxModel:
    """A model file with its tokeniser; inputs are batched by length to waste no padding.

    Attributes:
        key: digest of the file; another model has another.
    """

    def __init__(self, file: Path, max_tokens: int) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = int(os.environ.get(environment.THREADS, "0"))
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        self._inputs = [item.name for item in self._session.get_inputs()]
        self.key = hashlib.sha256(file.read_bytes()).digest()
        self._tokenizer = Tokenizer.from_file(str(_FOLDER / "tokenizer.json"))
        self._tokenizer.enable_truncation(max_tokens)
        self._tokenizer.no_padding()

    def run(self, texts: Texts) -> Floats:
        """One row of outputs for each text or pair of texts, in the order given."""
        return remembered(self.key, texts, self._compute)

    def _compute(self, texts: Texts) -> Floats:
        encoded = self._tokenizer.encode_batch(list(texts))
        order = sorted(range(len(encoded)), key=lambda n: len(encoded[n].ids))
        rows: list[Floats] = []
        for start in range(0, len(order), _BATCH):
            batch = [encoded[n] for n in order[start : start + _BATCH]]
            rows.append(self._run_batch(batch))
        if not rows:
            return np.zeros((0, 0), dtype=np.float32)
        stacked = np.concatenate(rows)
        restored = np.empty_like(stacked)
        restored[order] = stacked
        return restored

    def _run_batch(self, batch: Sequence[object]) -> Floats:
        width = max(len(item.ids) for item in batch)  # type: ignore[attr-defined]
        feeds = {name: np.zeros((len(batch), width), dtype=np.int64) for name in self._inputs}
        for row, item in enumerate(batch):
            length = len(item.ids)  # type: ignore[attr-defined]
            feeds["input_ids"][row, :length] = item.ids  # type: ignore[attr-defined]
            feeds["attention_mask"][row, :length] = 1
            if "token_type_ids" in feeds:
                feeds["token_type_ids"][row, :length] = item.type_ids  # type: ignore[attr-defined]
        output: Floats = self._session.run(None, feeds)[0]
        return output


@cache
def encoder() -> OnnxModel | None:
    """The encoder, or None where its file was left out of the installation."""
    file = _FOLDER / "encoder.onnx"
    return OnnxModel(file, _ENCODER_TOKENS) if file.is_file() else None


@cache
def reader() -> OnnxModel | None:
    """The pair reader, or None where its file was left out of the installation."""
    file = _FOLDER / "reader.onnx"
    return OnnxModel(file, _READER_TOKENS) if file.is_file() else None
