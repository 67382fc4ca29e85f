"""Where in a draft a missing answer might go: the section whose words and meaning fit best."""

from __future__ import annotations

import numpy as np

from planchecker.matching.language import analyse, content_stems
from planchecker.matching.lexical import BM25
from planchecker.matching.memory import Floats
from planchecker.matching.models import encoder
from planchecker.plan import Block, BlockKind, Plan
from planchecker.result import ElementResult, FeatureResult

_ELEMENT, _REQUIREMENT = 0.6, 0.4  # beside the words of a feature's name, which say the subject
_WORDS = 0.3  # beside the meaning, which found better places on the sample plans
# Below these, what is found on the sample plans is chance: a section that shares one common word.
_LEAST_ALIKE, _LEAST_SHARED = 0.6, 6.0
_OPENING_WORDS, _BODY_WORDS = 40, 400
_HEADING_WEIGHT = 3  # times that the words of a heading count among those below it


class Suggestions:
    """Finds places in one draft.

    Args:
        plan: the draft.
    """

    def __init__(self, plan: Plan) -> None:
        self._headings = [b for b in plan.blocks if b.kind is BlockKind.HEADING and b.text != plan.title]
        # A heading carries those above it, but not the title of the plan, which fits everything.
        paths = [" ".join((*(h for h in b.heading if h != plan.title), b.text)) for b in self._headings]
        bodies = _bodies(plan, self._headings)
        self._words = BM25(
            [_stems(p) * _HEADING_WEIGHT + _stems(b) for p, b in zip(paths, bodies, strict=True)]
        )
        openings = [
            f"{p}: {' '.join(b.split()[:_OPENING_WORDS])}" for p, b in zip(paths, bodies, strict=True)
        ]
        self._vectors = _vectors([*paths, *openings]) if paths else None

    def place_for(self, feature: FeatureResult, element: ElementResult) -> Block | None:
        """The heading under which an answer would fit best; None where none fits.

        Args:
            feature: what was not found.
            element: the element it belongs to; its name often names a section.
        """
        if not self._headings:
            return None
        shared = self._shared_words(feature, element)
        alike = self._likeness(f"{element.name}. {feature.name}. {feature.requirement}")
        if alike is None:
            best, fits = int(shared.argmax()), float(shared.max()) >= _LEAST_SHARED
        else:
            most = max(float(shared.max()), _LEAST_SHARED)
            best = int((alike + _WORDS * shared / most).argmax())
            fits = float(alike[best]) >= _LEAST_ALIKE
        return self._headings[best] if fits else self._beside(element)

    def _shared_words(self, feature: FeatureResult, element: ElementResult) -> Floats:
        name = set(_stems(feature.name))
        around = set(_stems(element.name)) - name
        rest = set(_stems(feature.requirement)) - name - around
        scores: Floats = self._words.scores(name)
        scores += _ELEMENT * self._words.scores(around) + _REQUIREMENT * self._words.scores(rest)
        return scores

    def _likeness(self, asked: str) -> Floats | None:
        """Similarity in meaning to each heading and to its section's opening; None without the model."""
        query = _vectors([asked])
        if query is None or self._vectors is None:
            return None
        both: Floats = self._vectors @ query[0]
        return both[: len(self._headings)] + both[len(self._headings) :]

    def _beside(self, element: ElementResult) -> Block | None:
        """The heading under which another feature of the element was found."""
        found = [e.heading[-1:] for sibling in element.features for e in sibling.evidence]
        return next((heading for heading in self._headings if (heading.text,) in found), None)


def _vectors(texts: list[str]) -> Floats | None:
    """Vectors of length one; None where the model was left out of the installation."""
    model = encoder()
    if model is None:
        return None
    vectors = model.run(texts)
    unit: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def _stems(text: str) -> list[str]:
    return content_stems(analyse(text))


def _bodies(plan: Plan, headings: list[Block]) -> list[str]:
    """The first words below each heading, up to the next."""
    starts = {heading.number for heading in headings}
    bodies: list[list[str]] = []
    for block in plan.blocks:
        if block.number in starts:
            bodies.append([])
        elif bodies and block.kind is not BlockKind.HEADING and len(bodies[-1]) < _BODY_WORDS:
            bodies[-1] += block.text.split()
    return [" ".join(words[:_BODY_WORDS]) for words in bodies]
