"""Assessors' verdicts: which stand, where the evidence has changed since, and how far assessors agree."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from planchecker.result import Decision, FeatureResult, Result, Verdict
from planchecker.triage.batch import Batch, Entry
from planchecker.triage.overview import Agreement, Disagreement, Judged
from planchecker.triage.sentences import words_of


@dataclass(frozen=True, slots=True)
class Judgement:
    """An assessor's verdict on one feature of one plan.

    Attributes:
        plan: the plan's name in the batch.
        feature: id of the feature.
        verdict: what the assessor decided.
        by: the assessor's initials or name.
        note: why, or "".
        organisation: whose plan it is, or "": finds a new draft under another name.
        seen: digest of the evidence that the assessor saw, or "" where the file does not say.
        where: where it was read, such as "triage.xlsx, sheet Features, row 12".
    """

    plan: str
    feature: str
    verdict: Verdict
    by: str
    note: str = ""
    organisation: str = ""
    seen: str = ""
    where: str = ""

    @property
    def about(self) -> tuple[str, str, str]:
        """What there is one of: a plan's feature, judged by one assessor."""
        return self.plan, self.feature.upper(), self.by.casefold()


def evidence_digest(feature: FeatureResult) -> str:
    """Digest of the words quoted for a feature, wherever they stand and in whatever order."""
    quoted = sorted(" ".join(words_of(evidence.text)) for evidence in feature.evidence)
    return hashlib.sha256("\n".join(quoted).encode()).hexdigest()[:16]


def merged(kept: Iterable[Judgement], fresh: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """What was kept and what is new, the latest last; one that comes back unchanged counts as it was."""
    standing = {one.about: one for one in kept}
    for one in fresh:
        before = standing.get(one.about)
        if before is None or (before.verdict, before.note) != (one.verdict, one.note):
            standing.pop(one.about, None)
            standing[one.about] = one
    return tuple(standing.values())


def as_seen(judgements: Iterable[Judgement], batch: Batch) -> tuple[Judgement, ...]:
    """A verdict that comes without word of the evidence is taken to be on what is quoted now."""
    now = {
        (entry.name, feature.id.upper()): evidence_digest(feature)
        for entry, result in batch.results
        for feature in result.features
    }
    return tuple(
        one if one.seen else replace(one, seen=now.get((one.plan, one.feature.upper()), ""))
        for one in judgements
    )


def placed(batch: Batch, judgements: Sequence[Judgement], later: Mapping[str, str]) -> tuple[Batch, Judged]:
    """Put the assessors' verdicts into the results.

    Args:
        batch: the plans.
        judgements: the latest last.
        later: for each older draft the next one, which its verdicts pass on to.
    """
    decided, apart = _decided(batch, judgements, later)
    entries = tuple(
        replace(entry, result=_with_decisions(entry.result, entry.name, decided)) if entry.result else entry
        for entry in batch.entries
    )
    batch = replace(batch, entries=entries)
    standing = [f for _, result in batch.results for f in result.features if f.decisions]
    return batch, Judged(
        taken=len(standing),
        changed=sum(feature.decisions[-1].changed for feature in standing),
        agreements=tuple(_agreements(judgements)),
        disagreements=tuple(_disagreements(batch)),
        apart=tuple(apart),
    )


_Decided = dict[tuple[str, str], dict[str, Judgement]]  # by plan and feature, then by assessor


def _decided(
    batch: Batch, judgements: Sequence[Judgement], later: Mapping[str, str]
) -> tuple[_Decided, list[str]]:
    known = {entry.name: {f.id.upper() for f in result.features} for entry, result in batch.results}
    decided: _Decided = {}
    apart = []
    carried = []
    for one in judgements:
        plan = one.plan if one.plan in known else _successor(one, batch, later)
        if not plan:
            apart.append(_apart(one, f"there is no checked plan “{one.plan}” here"))
        elif one.feature.upper() not in known[plan]:
            apart.append(_apart(one, f"the checklist has no feature “{one.feature}”"))
        else:
            decided.setdefault((plan, one.feature.upper()), {})[one.by.casefold()] = one
            carried.append((plan, one))
    for plan, one in carried:
        while plan := later.get(plan, ""):
            decided.setdefault((plan, one.feature.upper()), {}).setdefault(one.by.casefold(), one)
    return decided, apart


def _apart(judgement: Judgement, why: str) -> str:
    where = judgement.where or "kept from an earlier run"
    told = f"{judgement.feature} of {judgement.plan}: {judgement.verdict.words} ({judgement.by})"
    return f"{where}: {why}; {told} is kept and counts for nothing until there is."


def _successor(judgement: Judgement, batch: Batch, later: Mapping[str, str]) -> str:
    """The plan that the judged one's organisation has here now, if it has exactly one."""
    if not judgement.organisation:
        return ""
    here = [entry for entry in batch.checked if entry.metadata.organisation == judgement.organisation]
    newest = [entry.name for entry in here if entry.name not in later]
    return newest[0] if len(newest) == 1 else ""


def _with_decisions(result: Result, plan: str, decided: _Decided) -> Result:
    elements = (
        replace(element, features=tuple(_feature(f, plan, decided) for f in element.features))
        for element in result.elements
    )
    return replace(result, elements=tuple(elements))


def _feature(feature: FeatureResult, plan: str, decided: _Decided) -> FeatureResult:
    judgements = decided.get((plan, feature.id.upper()))
    if not judgements:
        return feature
    now = evidence_digest(feature)
    decisions = (
        Decision(one.verdict, one.by, one.note, changed=one.seen not in ("", now))
        for one in judgements.values()
    )
    return replace(feature, decisions=tuple(decisions))


def _disagreements(batch: Batch) -> Iterator[Disagreement]:
    for entry, result in batch.results:
        for feature in result.features:
            if len({decision.verdict for decision in feature.decisions}) > 1:
                yield Disagreement(entry.name, feature.id, feature.name, feature.decisions, feature.standing)


def _agreements(judgements: Iterable[Judgement]) -> Iterator[Agreement]:
    """Every two assessors, over what both judged themselves."""
    by: dict[str, dict[tuple[str, str], Verdict]] = {}
    for one in judgements:
        by.setdefault(one.by, {})[one.plan, one.feature.upper()] = one.verdict
    for mine, theirs in combinations(sorted(by), 2):
        shared = sorted(by[mine].keys() & by[theirs].keys())
        both = [(by[mine][what], by[theirs][what]) for what in shared]
        if both:
            yield Agreement(mine, theirs, len(both), sum(a is b for a, b in both), kappa(both))


def kappa(both: Sequence[tuple[Verdict, Verdict]]) -> float | None:
    """Cohen's kappa of pairs of verdicts: agreement beyond what chance gives; None where chance gives all."""
    ones, others = Counter(a for a, _ in both), Counter(b for _, b in both)
    by_chance = sum(ones[verdict] * others[verdict] for verdict in Verdict) / len(both) ** 2
    if by_chance == 1:
        return None
    return (sum(a is b for a, b in both) / len(both) - by_chance) / (1 - by_chance)


def confirmed(batch: Batch) -> Iterator[tuple[Entry, FeatureResult]]:
    """Features whose verdict all assessors who judged it agree on, on evidence that has not changed."""
    for entry, result in batch.results:
        for feature in result.features:
            agreed = len({decision.verdict for decision in feature.decisions}) == 1
            if agreed and not any(decision.changed for decision in feature.decisions):
                yield entry, feature
