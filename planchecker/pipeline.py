"""The pipeline: a plan and a checklist in, a result out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from planchecker.checklist import Checklist, Feature
from planchecker.judging.answers import answer_gaps, answer_reasons
from planchecker.judging.coverage import unassessable
from planchecker.judging.findings import Finding, Showings, all_findings, all_showings
from planchecker.judging.reliability import steadied
from planchecker.judging.verdict import judge
from planchecker.judging.weights import Mode, mode_of
from planchecker.judging.wording import gaps, quotes, reasons
from planchecker.matching.encoding import begin_encoding
from planchecker.matching.match import Matches, begin_reading, candidates_for, with_readings
from planchecker.matching.memory import Floats
from planchecker.matching.models import load_ahead
from planchecker.matching.passages import passages_of, whole_passages
from planchecker.plan import Plan
from planchecker.result import (
    ChecklistFacts,
    ElementResult,
    FeatureResult,
    PlanFacts,
    Result,
    Verdict,
)
from planchecker.scrutinise import scrutinise

_SURE = 0.55  # below this, verdicts on gold plans were right about as often as wrong (docs/accuracy.md)


def check(plan: Plan, checklist: Checklist) -> Result:
    """Judge a plan against a checklist.

    Args:
        plan: the plan as read.
        checklist: what it is asked to show.

    Returns:
        A verdict for every feature, each with evidence or a reason.
    """
    return check_all(plan, (checklist,))[0]


def check_all(plan: Plan, checklists: Sequence[Checklist]) -> tuple[Result, ...]:
    """Judge a plan against several checklists: it is cut and encoded once.

    A feature that is the same as one of another list here is judged there; its verdict is taken over.

    Args:
        plan: the plan as read.
        checklists: what it is asked to show; no two with the same id.

    Returns:
        A result for every checklist, in order.
    """
    return _finished(plan, _begun(plan, checklists))


def examine(plan: Plan, checklists: Sequence[Checklist]) -> tuple[Result, ...]:
    """All that there is to say of a plan: the verdicts of `check_all`, and what lies beyond the checklists.

    Args:
        plan: the plan as read.
        checklists: what it is asked to show.

    Returns:
        A result for each checklist, in order, each with the same scrutiny.
    """
    begun = _begun(plan, checklists)
    scrutiny = scrutinise(plan)  # while the reader reads
    return tuple(replace(result, scrutiny=scrutiny) for result in _finished(plan, begun))


@dataclass(frozen=True, slots=True)
class _Begun:
    """A checklist with the candidates for its parts, and the reader at work on them."""

    checklist: Checklist
    candidates: Matches
    reading: Future[Floats] | None


def _begun(plan: Plan, checklists: Sequence[Checklist]) -> list[_Begun]:
    """The plan cut, encoded and matched with each checklist."""
    load_ahead()
    ahead = begin_encoding(whole_passages(plan))  # while the first cut waits for spaCy
    passages = passages_of(plan)
    encoding = begin_encoding(passages, ahead)
    begun = []
    for checklist in checklists:
        candidates = candidates_for(passages, checklist, encoding=encoding)
        begun.append(_Begun(checklist, candidates, begin_reading(candidates, checklist)))
    return begun


def _finished(plan: Plan, begun: Sequence[_Begun]) -> tuple[Result, ...]:
    here = {f"{one.checklist.id}/{feature.id}" for one in begun for feature in one.checklist.features}
    verdicts: dict[str, FeatureResult] = {}
    for one in begun:
        showings = all_showings(one.checklist, one.candidates)  # while the reader reads
        matches = with_readings(one.candidates, one.reading)
        own = [feature for feature in one.checklist.features if feature.same_as not in here]
        results = _all_judged(plan, one.checklist, own, matches, showings)
        verdicts |= {f"{one.checklist.id}/{result.id}": result for result in results}
    return tuple(_result(plan, one.checklist, verdicts) for one in begun)


def _all_judged(
    plan: Plan, checklist: Checklist, features: Sequence[Feature], matches: Matches, showings: Showings
) -> Iterator[FeatureResult]:
    """The verdicts on some of a checklist's features; the others are rivals for passages all the same."""
    findings, mode = all_findings(checklist, matches, showings), mode_of(checklist, matches)
    not_read = unassessable(plan, checklist)
    for feature in features:
        why, answer = not_read.get(feature.id, ""), plan.answers.get(feature.id)
        result = judged(feature, findings[feature.id], mode, why, answer)
        yield _steadied(result, checklist.id) if mode is Mode.EXEMPLARS else result


def _result(plan: Plan, checklist: Checklist, verdicts: Mapping[str, FeatureResult]) -> Result:
    elements = tuple(
        ElementResult(
            id=element.id,
            name=element.name,
            group=element.group,
            features=tuple(
                verdicts.get(f"{checklist.id}/{feature.id}")
                or _taken_over(feature, verdicts[feature.same_as])
                for feature in element.features
            ),
        )
        for element in checklist.elements
    )
    return Result(_plan_facts(plan), _checklist_facts(checklist), elements)


def _taken_over(feature: Feature, result: FeatureResult) -> FeatureResult:
    """The verdict on the feature of another list that is the same, under this feature's own name."""
    return replace(
        result,
        id=feature.id,
        name=feature.name,
        requirement=feature.requirement,
        provenance=feature.provenance,
        reasons=(f"The same as {feature.same_as}, and judged there.", *result.reasons),
        same_as=feature.same_as,
    )


def judged(
    feature: Feature, findings: Sequence[Finding], mode: Mode, not_read: str = "", answer: str | None = None
) -> FeatureResult:
    """The verdict on one feature, with its reasons, gaps and quoted evidence.

    Args:
        feature: what is asked.
        findings: what was found for each of its parts.
        mode: what the judging could lean on.
        not_read: why silence about it means nothing, or "".
        answer: what stands in its answer box of a template, or None where there is none.
    """
    judgement = judge(findings, mode)
    result = FeatureResult(
        id=feature.id,
        name=feature.name,
        requirement=feature.requirement,
        provenance=feature.provenance,
        verdict=judgement.verdict,
        confidence=round(judgement.confidence, 3),
        reasons=answer_reasons(answer, judgement.verdict, findings) + reasons(judgement.verdict, findings),
        gaps=answer_gaps(answer, judgement.verdict) + gaps(judgement.verdict, findings),
        evidence=quotes(findings, judgement.verdict),
        sure=judgement.confidence >= _SURE,
    )
    if not_read and judgement.verdict is Verdict.MISSING:
        return replace(
            result,
            verdict=Verdict.NOT_ASSESSED,
            confidence=0.0,
            reasons=(not_read,),
            gaps=(),
            evidence=(),
            sure=False,
        )
    return result


def _steadied(result: FeatureResult, checklist_id: str) -> FeatureResult:
    """The result with a confidence that takes in how right verdicts on this feature have been."""
    if result.verdict is Verdict.NOT_ASSESSED:
        return result
    confidence = steadied(result.confidence, result.id, checklist_id)
    return replace(result, confidence=round(confidence, 3), sure=confidence >= _SURE)


def _plan_facts(plan: Plan) -> PlanFacts:
    return PlanFacts(
        path=plan.path,
        title=plan.title,
        sha256=plan.sha256,
        pages=plan.pages,
        words=plan.words,
        unread=plan.unread,
        notices=plan.notices,
        reading_confidence=plan.confidence.value,
    )


def _checklist_facts(checklist: Checklist) -> ChecklistFacts:
    return ChecklistFacts(checklist.id, checklist.version, checklist.title, checklist.about)
