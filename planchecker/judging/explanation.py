"""How a verdict came about: from passages to cues to what they show to the verdict."""

from __future__ import annotations

from collections.abc import Iterator

from planchecker.checklist import Checklist, Feature
from planchecker.judging.findings import Finding, all_findings
from planchecker.judging.sighting import Sighting
from planchecker.judging.verdict import VERDICTS, judge
from planchecker.judging.weights import mode_of
from planchecker.judging.wording import gaps, reasons
from planchecker.matching.match import match
from planchecker.matching.passages import passages_of
from planchecker.plan import Plan

_SHOWN = 4  # passages a part


def explanation(plan: Plan, checklist: Checklist, feature: Feature) -> Iterator[str]:
    """The steps to the verdict on one feature, line by line."""
    passages = passages_of(plan)
    matches = match(passages, checklist)
    findings = all_findings(checklist, matches)[feature.id]
    judgement = judge(findings, mode_of(checklist, matches))
    yield f"{feature.id} {feature.name}"
    yield f"Asked: {feature.requirement} ({feature.provenance}: {feature.provenance.meaning})"
    for finding in findings:
        yield f"\nPart {finding.part.id}: {finding.part.text}"
        yield f"  {len(passages)} passages searched; the best of the {len(finding.sightings)} that were weighed:"
        for rank, sighting in enumerate(finding.sightings[:_SHOWN], start=1):
            yield from _sighting_lines(rank, sighting)
        yield from _part_line(finding)
    chances = zip(VERDICTS, judgement.probabilities, strict=True)
    yield f"\nVerdict: {judgement.verdict.words}"
    yield "  weighed: " + ", ".join(f"{verdict} {chance:.0%}" for verdict, chance in chances)
    for reason in reasons(judgement.verdict, findings):
        yield f"  because: {reason}"
    for gap in gaps(judgement.verdict, findings):
        yield f"  lacking: {gap}"


def _sighting_lines(rank: int, sighting: Sighting) -> Iterator[str]:
    candidate, showing = sighting.candidate, sighting.showing
    passage = candidate.passage
    page = f"page {passage.page}" if passage.page else "page not known"
    yield f"  {rank}. “{passage.text}”"
    yield f"     where: {page}; {' > '.join(passage.heading) or 'no heading'}"
    cues = "; ".join(candidate.hits.cues) or "none"
    killed = f"; struck out: {'; '.join(candidate.hits.killed)}" if candidate.hits.killed else ""
    yield f"     cues: {cues}{killed}"
    yield f"     words {candidate.words:.2f}, meaning {candidate.meaning:.2f}"
    if candidate.resemblance:
        likeness = candidate.resemblance
        yield f"     like the exemplars of the part {likeness.part:.2f}, lead over other features {likeness.lead:+.2f}"
    if candidate.reading:
        reading = candidate.reading
        yield f"     reader: evidence {reading.evidence:.0%}, weak {reading.weak:.0%}, none {reading.none:.0%}"
    yield f"     together: evidence {sighting.evidence:.0%}, weak evidence {sighting.weak:.0%}"
    yield f"     shows: {', '.join(showing.words) or 'nothing specific'}"
    if showing.weakeners:
        yield f"     weakened by: {', '.join(showing.weakeners)}"


def _part_line(finding: Finding) -> Iterator[str]:
    yield f"  part {finding.part.id}: evidence {finding.strength:.0%}, addressed at all {finding.relevance:.0%}"
