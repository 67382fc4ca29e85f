"""The encoder at work on a plan's passages while other work goes on."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

import numpy as np

from planchecker.matching.memory import Floats
from planchecker.matching.models import encoder
from planchecker.matching.passages import Passage


@dataclass(frozen=True, slots=True)
class Encoding:
    """Vectors in the making.

    Attributes:
        texts: of the passages, in order.
        new: those that were not begun ahead, each once.
        rows: the vectors of these.
        ahead: what was begun ahead, or None.
    """

    texts: tuple[str, ...]
    new: tuple[str, ...]
    rows: Future[Floats]
    ahead: Encoding | None

    def result(self) -> Floats:
        """One vector a passage, waited for."""
        made = self._made()
        return np.stack([made[text] for text in self.texts])

    def _made(self) -> dict[str, Floats]:
        before = self.ahead._made() if self.ahead else {}
        return before | dict(zip(self.new, self.rows.result(), strict=True))


def begin_encoding(passages: Sequence[Passage], ahead: Encoding | None = None) -> Encoding | None:
    """Begin to make the encoder's vector of each passage; None without passages or without the encoder.

    Args:
        passages: the passages.
        ahead: what was begun already of some of them.
    """
    model = encoder()
    if model is None or not passages:
        return None
    texts = tuple(passage.in_context for passage in passages)
    begun = frozenset(ahead.texts if ahead else ())
    new = tuple(text for text in dict.fromkeys(texts) if text not in begun)
    return Encoding(texts, new, model.begin(new), ahead)
