"""The two small models that ship with planchecker, run by ONNX Runtime on the CPU.

The encoder turns a text into a vector, so that the same thing said in other words is found.
The reader takes a part of a requirement and a passage, and says whether the passage is evidence,
weak evidence or none. Both come from the all-MiniLM-L6-v2 weights (Apache-2.0); `docs/models.md`
says how they were made.
"""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from planchecker import environment
from planchecker.matching.memory import Floats, Texts, remembered

_FOLDER = Path(__file__).resolve().parent / "weights"
_ENCODER_TOKENS = 128
_READER_TOKENS = 192
_FORM = b"1"  # to be changed when a text's numbers are computed in another way
_LOADING_ENCODER, _LOADING_READER = Lock(), Lock()


class OnnxModel:
    """A model file with its tokeniser.

    Every text is run by itself, several at a time on threads: the 8-bit arithmetic scales what it is given
    by its largest number, so in a batch a text's result would depend on the texts beside it. It is also
    faster, as nothing is padded and the threads never wait for one another.

    Attributes:
        key: digest of the file; another model has another.
    """

    def __init__(self, file: Path, max_tokens: int) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(file),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],  # fused, ONNX Runtime takes four times as long
        )
        self._inputs = [item.name for item in self._session.get_inputs()]
        self.key = hashlib.sha256(file.read_bytes()).digest()
        self._tokenizer = Tokenizer.from_file(str(_FOLDER / "tokenizer.json"))
        self._tokenizer.enable_truncation(max_tokens)
        self._tokenizer.no_padding()

    def run(self, texts: Texts) -> Floats:
        """One row of outputs for each text or pair of texts, in the order given."""
        return remembered(self.key + _FORM, texts, self._compute)

    def begin(self, texts: Texts) -> Future[Floats]:
        """The same, begun while the caller goes on with other work."""
        thread = ThreadPoolExecutor(1)
        rows = thread.submit(self.run, texts)
        thread.shutdown(wait=False)
        return rows

    def _compute(self, texts: Texts) -> Floats:
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        encoded = self._tokenizer.encode_batch(list(texts))
        longest_first = sorted(range(len(encoded)), key=lambda n: -len(encoded[n].ids))
        with ThreadPoolExecutor(_thread_count()) as threads:
            rows = threads.map(lambda n: self._run_one(encoded[n]), longest_first)
            by_number = dict(zip(longest_first, rows, strict=True))
        return np.concatenate([by_number[n] for n in range(len(encoded))])

    def _run_one(self, encoded: Any) -> Floats:
        given = {
            "input_ids": encoded.ids,
            "attention_mask": encoded.attention_mask,  # asked by models that were made for padded batches
            "token_type_ids": encoded.type_ids,
        }
        feeds = {name: np.array([given[name]], dtype=np.int64) for name in self._inputs}
        output: Floats = self._session.run(None, feeds)[0]
        return output


def _thread_count() -> int:
    asked = os.environ.get(environment.THREADS, "")
    if asked.isdigit() and int(asked):
        return int(asked)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def load_ahead() -> None:
    """Begin to load both models while the caller goes on with other work, such as importing spaCy."""
    thread = ThreadPoolExecutor(1)
    thread.submit(encoder)
    thread.submit(reader)
    thread.shutdown(wait=False)


def encoder() -> OnnxModel | None:
    """The encoder, or None where its file was left out of the installation."""
    with _LOADING_ENCODER:
        return _loaded("encoder.onnx", _ENCODER_TOKENS)


def reader() -> OnnxModel | None:
    """The pair reader, or None where its file was left out of the installation."""
    with _LOADING_READER:
        return _loaded("reader.onnx", _READER_TOKENS)


@cache
def _loaded(name: str, max_tokens: int) -> OnnxModel | None:
    file = _FOLDER / name
    return OnnxModel(file, max_tokens) if file.is_file() else None
