"""Evidence that is only an echo: the same words stand in another plan or in the guidance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from planchecker.result import Evidence, FeatureResult, Result
from planchecker.triage.duplicates import Cluster
from planchecker.triage.overview import SharedWith
from planchecker.triage.sentences import Sentence, words_of
from planchecker.triage.shared import Owners

ECHO = "also in "  # how a weakness of this kind begins
_MOSTLY = 0.5  # share of a passage's words that others have too


def is_only_echo(feature: FeatureResult) -> bool:
    """True where all that is quoted for a feature stands elsewhere too."""
    return bool(feature.evidence) and all(
        any(weak.startswith(ECHO) for weak in evidence.weakened_by) for evidence in feature.evidence
    )


class Echoes:
    """Marks evidence that others have too.

    Args:
        sentences: those of every plan, by its name.
        clusters: the shared texts.
        owners: whose they are.
    """

    def __init__(
        self, sentences: Mapping[str, Sequence[Sentence]], clusters: Iterable[Cluster], owners: Owners
    ) -> None:
        self._owners = owners
        self._of: dict[tuple[str, int], frozenset[str]] = {}  # for each shared sentence its owners
        for cluster in clusters:
            self._of |= dict.fromkeys(((s.owner, s.position) for s in cluster.sentences), cluster.owners)
        self._blocks: dict[tuple[str, int], list[Sentence]] = {}
        for name, own in sentences.items():
            for sentence in own:
                self._blocks.setdefault((name, sentence.block), []).append(sentence)

    def marked(self, result: Result, plan: str) -> Result:
        """The result with the evidence marked that others have too."""
        elements = (
            replace(element, features=tuple(self._feature(feature, plan) for feature in element.features))
            for element in result.elements
        )
        return replace(result, elements=tuple(elements))

    def _feature(self, feature: FeatureResult, plan: str) -> FeatureResult:
        return replace(feature, evidence=tuple(self._evidence(one, plan) for one in feature.evidence))

    def _evidence(self, evidence: Evidence, plan: str) -> Evidence:
        said = f" {' '.join(words_of(evidence.text))} "
        within = [s for s in self._blocks.get((plan, evidence.block), ()) if f" {' '.join(s.words)} " in said]
        whole = sum(len(sentence.words) for sentence in within)
        others: set[str] = set()
        shared = 0
        for sentence in within:
            if there := self._elsewhere(sentence, plan):
                others |= there
                shared += len(sentence.words)
        if not whole or shared < _MOSTLY * whole:
            return evidence
        return replace(evidence, weakened_by=(*evidence.weakened_by, self._words(others)))

    def _elsewhere(self, sentence: Sentence, plan: str) -> set[str]:
        """Who has a sentence too, of those whose text is not the plan's own as well."""
        owners = self._of.get((sentence.owner, sentence.position), frozenset())
        families, family = self._owners.families, self._owners.families[plan]
        return {
            name for name in owners if families.get(name) != family and not self._owners.together(plan, name)
        }

    def _words(self, others: set[str]) -> str:
        guidance = sorted(others & self._owners.guidance)
        if guidance:
            return f"{ECHO}{self._owners.labels[guidance[0]]}"
        if self._owners.kind(others) is SharedWith.MOST:
            return f"{ECHO}most plans"
        labels = sorted({self._owners.labels[name] for name in others})
        more = len(labels) - 1
        return f"{ECHO}{labels[0]}" + (f" and {more} other{'s' if more > 1 else ''}" if more else "")
