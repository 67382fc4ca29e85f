"""What was found for each part of a feature, as the verdict sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planchecker.checklist import Checklist, Feature, Part
from planchecker.judging.showing import Showing, showing
from planchecker.matching.match import Candidate, Matches


@dataclass(frozen=True, slots=True)
class Sighting:
    """A candidate passage with what it shows."""

    candidate: Candidate
    showing: Showing

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


def findings_for(feature: Feature, checklist: Checklist, matches: Matches) -> tuple[Finding, ...]:
    """The findings for each part of a feature."""
    return tuple(
        Finding(part, _sightings(matches[(feature.id, part.id)], feature, part, checklist))
        for part in feature.parts
    )


def _sightings(
    candidates: Sequence[Candidate], feature: Feature, part: Part, checklist: Checklist
) -> tuple[Sighting, ...]:
    national = (feature.requirement, part.text, *checklist.national_phrases)
    found = [Sighting(c, showing(c.passage.text, national)) for c in candidates]
    return tuple(sorted(found, key=lambda s: -(s.strength + 0.5 * (s.relevance - s.strength))))
