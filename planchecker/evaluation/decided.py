"""Plans with the verdicts of assessors as their key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from planchecker.checklist import Checklist
from planchecker.errors import UsageError
from planchecker.evaluation.gold import GoldLabel, GoldPlan
from planchecker.triage.decision_file import Decisions
from planchecker.triage.inputs import collect
from planchecker.triage.judgement import Judgement


@dataclass(frozen=True, slots=True)
class DecidedPlans:
    """Plans that assessors judged.

    Attributes:
        plans: each with the verdicts on which its assessors agree.
        apart: lines on verdicts that cannot be used, and why.
    """

    plans: tuple[GoldPlan, ...]
    apart: tuple[str, ...]


def decided_plans(folder: Path, decisions: Iterable[Decisions], checklist: Checklist) -> DecidedPlans:
    """The plans in a folder that assessors judged, under the names that `planchecker batch FOLDER` gives them.

    Args:
        folder: what was handed in as a batch.
        decisions: what the assessors decided.
        checklist: what the verdicts are about.

    Raises:
        UsageError: none of the verdicts is about a plan in the folder.
    """
    files = {one.name: Path(one.path) for one in collect([str(folder)]).submissions if one.member is None}
    verdicts: dict[str, dict[str, list[Judgement]]] = {}
    apart = []
    for judgement in (one for each in decisions for one in each.judgements):
        feature = checklist.feature(judgement.feature)
        if judgement.plan not in files:
            apart.append(f"{judgement.where}: there is no plan “{judgement.plan}” in {folder.name}.")
        elif feature is None:
            apart.append(f"{judgement.where}: the checklist has no feature “{judgement.feature}”.")
        else:
            verdicts.setdefault(judgement.plan, {}).setdefault(feature.id, []).append(judgement)
    plans = []
    for name, features in sorted(verdicts.items()):
        agreed = {
            feature: all_[-1] for feature, all_ in features.items() if len({j.verdict for j in all_}) == 1
        }
        apart += [f"{name}: assessors differ on {feature}." for feature in features if feature not in agreed]
        labels = {feature: GoldLabel(judgement.verdict) for feature, judgement in agreed.items()}
        plans.append(GoldPlan(PurePosixPath(name).with_suffix("").as_posix(), files[name], labels))
    if not any(plan.features for plan in plans):
        raise UsageError(
            f"{folder}: none of the decisions is about a plan here; name the folder of the batch."
        )
    return DecidedPlans(tuple(plan for plan in plans if plan.features), tuple(apart))
