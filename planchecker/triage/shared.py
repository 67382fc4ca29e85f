"""Text that plans share with one another and with the guidance: who, how much, in which words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from planchecker.triage.duplicates import Cluster
from planchecker.triage.overview import Quote, SharedText, SharedWith, Sharing
from planchecker.triage.sentences import Sentence

_LEAST_PLANS = 4  # of fewer plans, "most" says little
_LEAST_TOLD = 20  # words that two plans share before it is worth a line


@dataclass(frozen=True, slots=True)
class Owners:
    """Whose text is whose.

    Attributes:
        labels: how a reader knows each plan and guidance.
        guidance: names among them that are no plans.
        families: for each plan the name that stands for all drafts of it; a plan copies nothing from itself.
        joint: for each plan its organisation or unit of planning, which it may share text with by right.
    """

    labels: Mapping[str, str]
    guidance: frozenset[str]
    families: Mapping[str, str]
    joint: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def apart(self, one: str, other: str) -> bool:
        """Whether two owners are different plans: no guidance, and no drafts of one plan."""
        plans = self.families
        return one in plans and other in plans and plans[one] != plans[other]

    def together(self, one: str, other: str) -> bool:
        """Whether two plans are of one organisation or unit of planning."""
        return bool(self.joint.get(one, frozenset()) & self.joint.get(other, frozenset()))

    def kind(self, owners: Iterable[str]) -> SharedWith | None:
        """Who a text of these owners is shared with; None where all are drafts of one plan."""
        families = {self.families[name] for name in owners if name not in self.guidance}
        total = len(set(self.families.values()))
        if total >= _LEAST_PLANS and len(families) * 2 > total:
            return SharedWith.MOST
        if not self.guidance.isdisjoint(owners) and families:
            return SharedWith.GUIDANCE
        return SharedWith.PLANS if len(families) > 1 else None


def overlaps(clusters: Iterable[Cluster]) -> Counter[tuple[str, str]]:
    """Number of words of the first that the second has too, for every two owners in either order."""
    counted: Counter[tuple[str, str]] = Counter()
    for cluster in clusters:
        words: Counter[str] = Counter()
        for sentence in cluster.sentences:
            words[sentence.owner] += len(sentence.words)
        for one, other in combinations(sorted(words), 2):
            counted[one, other] += words[one]
            counted[other, one] += words[other]
    return counted


def sharings(clusters: Iterable[Cluster], owners: Owners, totals: Mapping[str, int]) -> tuple[Sharing, ...]:
    """Which plans share how much, the most first; what most plans share is left out.

    Args:
        clusters: the shared texts.
        owners: whose they are.
        totals: number of words of each plan.
    """
    counted = overlaps(c for c in clusters if owners.kind(c.owners) is not SharedWith.MOST)
    found = [
        Sharing(
            one=one,
            other=other,
            words=words,
            share_of_one=words / totals[one],
            share_of_other=counted[other, one] / totals[other],
            joint=owners.together(one, other),
        )
        for (one, other), words in counted.items()
        if one < other and words >= _LEAST_TOLD and owners.apart(one, other)
    ]
    return tuple(sorted(found, key=lambda s: (-s.words, s.one, s.other)))


def shared_texts(clusters: Sequence[Cluster], owners: Owners) -> tuple[SharedText, ...]:
    """The shared texts, whole runs of sentences as one; the longest of each kind first."""
    found = []
    for run in _runs(clusters):
        if kind := owners.kind(run[0].owners):
            quotes = tuple(_quote(name, run, owners) for name in _in_order(run[0].owners, owners))
            words = sum(len(cluster.sentences[0].words) for cluster in run)
            verbatim = all(len({sentence.words for sentence in c.sentences}) == 1 for c in run)
            found.append(SharedText(kind, words, quotes, verbatim))
    order = list(SharedWith)
    return tuple(
        sorted(found, key=lambda s: (order.index(s.kind), -s.words, s.quotes[0].owner, s.quotes[0].text))
    )


def _in_order(names: Iterable[str], owners: Owners) -> list[str]:
    return sorted(names, key=lambda name: (name not in owners.guidance, name))


def _runs(clusters: Iterable[Cluster]) -> Iterator[list[Cluster]]:
    """Clusters that follow one another in the text of their first owner, and have the same owners."""
    run: list[Cluster] = []
    for cluster in sorted(clusters, key=lambda c: (c.sentences[0].owner, c.sentences[0].position)):
        if run and not _follows(cluster, run[-1]):
            yield run
            run = []
        run.append(cluster)
    if run:
        yield run


def _follows(cluster: Cluster, last: Cluster) -> bool:
    one, before = cluster.sentences[0], last.sentences[0]
    adjacent = one.owner == before.owner and one.position == before.position + 1
    return adjacent and cluster.owners == last.owners


def _quote(owner: str, run: Sequence[Cluster], owners: Owners) -> Quote:
    own = [next(s for s in cluster.sentences if s.owner == owner) for cluster in run]
    first: Sentence = own[0]
    return Quote(owner, owners.labels[owner], first.page, first.heading, " ".join(s.text for s in own))
