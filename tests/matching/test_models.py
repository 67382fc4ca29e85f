"""What a model says of a text depends on that text alone."""

from __future__ import annotations

import numpy as np
import pytest

from planchecker import environment
from planchecker.matching.models import OnnxModel, encoder, reader

TEXTS = [
    "Carers will be offered a health check from April 2015.",
    "Mortality.",
    "The pooled budget of £14.2m is governed by a section 75 agreement that both bodies signed. " * 4,
    "!!! ### 99999 ££££ zzzz",
]
PAIRS = [("carers are identified early", text) for text in TEXTS]


@pytest.fixture(autouse=True)
def without_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(environment.CACHE, "off")


@pytest.mark.parametrize(
    ("model", "texts"), [(encoder(), TEXTS), (reader(), PAIRS)], ids=["encoder", "reader"]
)
def test_a_text_alone_gives_the_same_numbers_as_among_others(
    model: OnnxModel | None, texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if model is None:
        pytest.skip("this installation lacks the model")
    alone = np.concatenate([model.run([text]) for text in texts])
    for threads in ("1", "3", "0"):
        monkeypatch.setenv(environment.THREADS, threads)
        assert np.array_equal(model.run(texts), alone)
        assert np.array_equal(model.run(texts[::-1]), alone[::-1])
