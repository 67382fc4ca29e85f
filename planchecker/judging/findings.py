"""What was found for each part of a feature, as the verdict sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planchecker.checklist import Checklist, Feature, Part
from planchecker.judging.showing import Showing, showing
from planchecker.judging.sighting import Sighting, signals
from planchecker.judging.weights import Weights, judge_for, mode_of
from planchecker.matching.match import Candidate, Matches, PartKey
from planchecker.matching.passages import Passage
from planchecker.plan import BlockKind

Rivals = Mapping[Passage, Mapping[str, float]]
Showings = Mapping[PartKey, Sequence[Showing]]  # of each part's candidates, in order


@dataclass(frozen=True, slots=True)
class Finding:
    """Everything found for one part, best first."""

    part: Part
    sightings: tuple[Sighting, ...]

    @property
    def strength(self) -> float:
        """How surely the best passage is evidence."""
        return max((s.evidence for s in self.sightings), default=0.0)

    @property
    def relevance(self) -> float:
        """How surely the most relevant passage addresses the part at all."""
        return max((s.relevance for s in self.sightings), default=0.0)


def all_findings(
    checklist: Checklist, matches: Matches, showings: Showings | None = None
) -> dict[str, tuple[Finding, ...]]:
    """The findings for every part of every feature, by feature id.

    Args:
        checklist: what is asked.
        matches: the candidates for every part.
        showings: what they show, where `all_showings` was asked already.
    """
    showings = all_showings(checklist, matches) if showings is None else showings
    weights = judge_for(mode_of(checklist, matches)).sighting
    suits = rivals(matches)
    return {
        feature.id: tuple(
            Finding(part, _sightings(matches[key], showings[key], feature, suits, weights))
            for part in feature.parts
            for key in [(feature.id, part.id)]
        )
        for feature in checklist.features
    }


def all_showings(checklist: Checklist, candidates: Matches) -> Showings:
    """What every candidate for every part shows; the reader need not have read them."""
    return {
        (feature.id, part.id): [
            shown_by(candidate, feature, part, checklist) for candidate in candidates[feature.id, part.id]
        ]
        for feature in checklist.features
        for part in feature.parts
    }


def rivals(matches: Matches) -> Rivals:
    """How well the reader thinks each passage suits each feature.

    A passage belongs first to the feature that it answers most directly.
    """
    best: dict[Passage, dict[str, float]] = {}
    for (feature_id, _), candidates in matches.items():
        for candidate in candidates:
            if candidate.reading:
                suits = best.setdefault(candidate.passage, {})
                suits[feature_id] = max(suits.get(feature_id, 0.0), candidate.reading.evidence)
    return best


def strongest_rival(candidate: Candidate, feature_id: str, suits: Rivals) -> float:
    """The reader's evidence in the passage for the other feature that it suits best."""
    of_passage = suits.get(candidate.passage, {})
    return max((score for other, score in of_passage.items() if other != feature_id), default=0.0)


def shown_by(candidate: Candidate, feature: Feature, part: Part, checklist: Checklist) -> Showing:
    """What a candidate shows of a part."""
    national = (feature.requirement, part.text, *checklist.national_phrases)
    return showing(candidate.passage.text, national, candidate.passage.kind is BlockKind.HEADING)


def _sightings(
    candidates: Sequence[Candidate],
    showings: Sequence[Showing],
    feature: Feature,
    suits: Rivals,
    weights: Weights,
) -> tuple[Sighting, ...]:
    found = []
    for candidate, shown in zip(candidates, showings, strict=True):
        rival = strongest_rival(candidate, feature.id, suits)
        evidence, weak, _ = weights.chances(signals(candidate, shown, rival, len(feature.parts) > 1))
        found.append(Sighting(candidate, shown, evidence, weak, candidate.passage.answers == feature.id))
    return tuple(sorted(found, key=lambda sighting: -sighting.worth))
