"""From many checked plans to what the pack says of them: the whole of it on one screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from planchecker.checklist import Checklist
from planchecker.plan import Plan
from planchecker.result import Result
from planchecker.triage.batch import Batch, Entry
from planchecker.triage.drafts import drafts_of, families, newer_drafts
from planchecker.triage.duplicates import Cluster, clusters_of
from planchecker.triage.echo import Echoes
from planchecker.triage.judgement import Judgement, placed
from planchecker.triage.overview import Overview, labels_of
from planchecker.triage.ranking import missed, outliers, ranking
from planchecker.triage.sentences import Sentence, asked_sentences, sentences_of
from planchecker.triage.shared import Owners, overlaps, shared_texts, sharings

ASKED = "the checklist's own wording"


@dataclass(frozen=True, slots=True)
class Guidance:
    """What plans may have copied from.

    Attributes:
        checklist: its requirements and national phrases.
        document: the guidance itself, or None.
    """

    checklist: Checklist
    document: Plan | None = None

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All its sentences, under names that no plan has."""
        asked = asked_sentences(self.checklist, f"<{ASKED}>")
        return asked if self.document is None else (*sentences_of(self.document, f"<{self.name}>"), *asked)

    @property
    def name(self) -> str:
        """How a reader knows the document."""
        return f"the guidance ({self.document.title})" if self.document else ASKED


def survey(batch: Batch, guidance: Guidance, judgements: Sequence[Judgement] = ()) -> Overview:
    """Look at the plans together.

    Args:
        batch: the plans.
        guidance: what they may have copied from.
        judgements: the assessors' verdicts, the latest last.

    Returns:
        What the pack says; its batch carries echoes and assessors' verdicts.
    """
    sentences = {entry.name: sentences_of(entry.plan, entry.name) for entry in batch.checked}
    clusters = clusters_of([*guidance.sentences, *(s for own in sentences.values() for s in own)])
    totals = {name: sum(len(s.words) for s in own) for name, own in sentences.items()}
    shares = _shares(clusters, totals)
    family = families(batch, shares)
    drafts = tuple(drafts_of(batch, family, shares))
    owners = _owners(batch, guidance, family)
    echoes = Echoes(sentences, clusters, owners)
    batch = _with_results(batch, lambda entry, result: echoes.marked(result, entry.name))
    batch, judged = placed(batch, judgements, {pair.old: pair.new for pair in drafts})
    results = {entry.name: result for entry, result in batch.results}
    newer = newer_drafts(drafts)
    return Overview(
        batch=batch,
        ranking=ranking(results, newer),
        missed=missed(results, newer),
        outliers=outliers(results, newer),
        shared=shared_texts(clusters, owners),
        sharing=sharings(clusters, owners, totals),
        drafts=drafts,
        judged=judged,
    )


def _with_results(batch: Batch, change: Callable[[Entry, Result], Result]) -> Batch:
    entries = (replace(e, result=change(e, e.result)) if e.result else e for e in batch.entries)
    return replace(batch, entries=tuple(entries))


def _shares(clusters: Sequence[Cluster], totals: Mapping[str, int]) -> dict[tuple[str, str], float]:
    """For every two plans that share text, the part of the shorter one that stands in the other too."""
    counted = overlaps(clusters)
    shares = {}
    for one, other in counted:
        if one in totals and other in totals:
            shorter, longer = sorted((one, other), key=lambda name: (totals[name], name))
            shares[one, other] = counted[shorter, longer] / totals[shorter]
    return shares


def _owners(batch: Batch, guidance: Guidance, family: Mapping[str, str]) -> Owners:
    named = {sentence.owner: sentence.owner.strip("<>") for sentence in guidance.sentences}
    return Owners(
        labels=labels_of(batch) | named,
        guidance=frozenset(named),
        families=family,
        joint={entry.name: _joint(entry) for entry in batch.checked},
    )


def _joint(entry: Entry) -> frozenset[str]:
    known = (*entry.metadata.organisation.split("; "), entry.metadata.unit_of_planning)
    return frozenset(one for one in known if one)
