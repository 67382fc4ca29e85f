"""BM25: how well the words of a query fit each passage."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray


class BM25:
    """Okapi BM25 over stemmed passages (Robertson and Zaragoza 2009; the usual k1 and b).

    Args:
        documents: the stems of each passage.
        k1: how fast repeated words stop adding.
        b: how far long passages are marked down.
    """

    def __init__(self, documents: Sequence[Sequence[str]], k1: float = 1.2, b: float = 0.75) -> None:
        self._size = len(documents)
        lengths = np.array([len(d) for d in documents], dtype=np.float32)
        norm = k1 * (1 - b + b * lengths / max(float(lengths.mean()) if len(lengths) else 1.0, 1.0))
        postings: dict[str, tuple[list[int], list[int]]] = {}
        for number, document in enumerate(documents):
            for word, count in Counter(document).items():
                numbers, counts = postings.setdefault(word, ([], []))
                numbers.append(number)
                counts.append(count)
        self._weights = {
            word: (np.array(numbers), self._idf(len(numbers)) * _saturated(counts, norm[numbers], k1))
            for word, (numbers, counts) in postings.items()
        }

    def scores(self, query: Iterable[str]) -> NDArray[np.float32]:
        """Score of every passage for the query's stems, each stem counted once."""
        scores = np.zeros(self._size, dtype=np.float32)
        for word in set(query):
            if word in self._weights:
                numbers, weights = self._weights[word]
                scores[numbers] += weights
        return scores

    def _idf(self, holders: int) -> float:
        return math.log(1 + (self._size - holders + 0.5) / (holders + 0.5))


def _saturated(counts: list[int], norm: NDArray[np.float32], k1: float) -> NDArray[np.float32]:
    frequency = np.array(counts, dtype=np.float32)
    return frequency * (k1 + 1) / (frequency + norm)
