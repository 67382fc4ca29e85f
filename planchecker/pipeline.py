"""The pipeline: a plan and a checklist in, a result out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planchecker.checklist import Checklist, Feature
from planchecker.judging.answers import answer_gaps, answer_reasons
from planchecker.judging.coverage import unassessable
from planchecker.judging.findings import Finding, all_findings
from planchecker.judging.verdict import judge
from planchecker.judging.weights import Mode, mode_of
from planchecker.judging.wording import gaps, quotes, reasons
from planchecker.matching.match import match
from planchecker.matching.passages import passages_of
from planchecker.plan import Plan
from planchecker.result import (
    ChecklistFacts,
    ElementResult,
    FeatureResult,
    PlanFacts,
    Result,
    Verdict,
)

_SURE = 0.55  # below this, verdicts on gold plans were right about as often as wrong (docs/accuracy.md)


def check(plan: Plan, checklist: Checklist) -> Result:
    """Judge a plan against a checklist.

    Args:
        plan: the plan as read.
        checklist: what it is asked to show.

    Returns:
        A verdict for every feature, each with evidence or a reason.
    """
    passages = passages_of(plan)
    matches = match(passages, checklist)
    findings, mode = all_findings(checklist, matches), mode_of(checklist, matches)
    not_read = unassessable(plan, checklist)
    elements = tuple(
        ElementResult(
            id=element.id,
            name=element.name,
            group=element.group,
            features=tuple(
                judged(
                    feature,
                    findings[feature.id],
                    mode,
                    not_read.get(feature.id, ""),
                    plan.answers.get(feature.id),
                )
                for feature in element.features
            ),
        )
        for element in checklist.elements
    )
    return Result(_plan_facts(plan), _checklist_facts(checklist), elements)


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
