"""What was found for each part of a feature, as the verdict sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planchecker.checklist import Checklist, Feature, Part
from planchecker.judging.showing import Showing, showing
from planchecker.matching.match import Candidate, Matches
from planchecker.matching.passages import Passage


@dataclass(frozen=True, slots=True)
class Sighting:
    """A candidate passage with what it shows.

    Attributes:
        candidate: the passage and how it was matched.
        showing: what it shows and what weakens it.
        rival: strength of the same passage for the other feature that it answers best.
    """

    candidate: Candidate
    showing: Showing
    rival: float = 0.0

    @property
    def strength(self) -> float:
        """How surely it is evidence, 0 to 1; by rules where there is no reader."""
        reading = self.candidate.reading
        return reading.evidence if reading else self.topical * self.substance

    @property
    def relevance(self) -> float:
        """How surely it addresses the part at all, 0 to 1."""
        reading = self.candidate.reading
        return 1 - reading.none if reading else self.topical

    @property
    def topical(self) -> float:
        """By rules: how surely the passage is about the part."""
        candidate = self.candidate
        by_cue = 0.6 + 0.1 * min(len(candidate.hits.hints), 3) if candidate.hits.cues else 0.0
        by_meaning = max(0.0, min(1.0, (candidate.meaning - 0.3) / 0.4))
        return min(1.0, max(by_cue, by_meaning))

    @property
    def substance(self) -> float:
        """By rules: how much the passage says beyond raising the subject, 0 to 1."""
        substance = 0.3 * self.showing.committed + 0.25 * min(len(self.showing.details), 3)
        return max(0.0, min(1.0, substance - 0.4 * len(self.showing.weakeners)))


@dataclass(frozen=True, slots=True)
class Finding:
    """Everything found for one part, best first."""

    part: Part
    sightings: tuple[Sighting, ...]

    @property
    def strength(self) -> float:
        """Strength of the best passage."""
        return max((s.strength for s in self.sightings), default=0.0)

    @property
    def relevance(self) -> float:
        """Relevance of the most relevant passage."""
        return max((s.relevance for s in self.sightings), default=0.0)


def all_findings(checklist: Checklist, matches: Matches) -> dict[str, tuple[Finding, ...]]:
    """The findings for every part of every feature, by feature id."""
    found = {
        feature.id: tuple(
            Finding(part, _sightings(matches[(feature.id, part.id)], feature, part, checklist))
            for part in feature.parts
        )
        for feature in checklist.features
    }
    return _with_rivals(found)


def _sightings(
    candidates: Sequence[Candidate], feature: Feature, part: Part, checklist: Checklist
) -> tuple[Sighting, ...]:
    national = (feature.requirement, part.text, *checklist.national_phrases)
    found = [Sighting(c, showing(c.passage.text, national)) for c in candidates]
    return tuple(sorted(found, key=lambda s: -(s.strength + s.relevance)))


def _with_rivals(found: Mapping[str, tuple[Finding, ...]]) -> dict[str, tuple[Finding, ...]]:
    """Tell each sighting how well its passage answers the feature that it answers best elsewhere.

    A passage belongs first to the feature that it answers most directly.
    """
    best: dict[Passage, dict[str, float]] = {}
    for feature_id, findings in found.items():
        for finding in findings:
            for sighting in finding.sightings:
                scores = best.setdefault(sighting.candidate.passage, {})
                scores[feature_id] = max(scores.get(feature_id, 0.0), sighting.strength)
    return {
        feature_id: tuple(
            replace(finding, sightings=tuple(_rivalled(s, feature_id, best) for s in finding.sightings))
            for finding in findings
        )
        for feature_id, findings in found.items()
    }


def _rivalled(sighting: Sighting, feature_id: str, best: Mapping[Passage, Mapping[str, float]]) -> Sighting:
    scores = best[sighting.candidate.passage]
    elsewhere = max((score for other, score in scores.items() if other != feature_id), default=0.0)
    return replace(sighting, rival=elsewhere)
