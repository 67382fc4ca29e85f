"""Assessors' verdicts as a key."""

from __future__ import annotations

from pathlib import Path

import pytest

from planchecker.errors import UsageError
from planchecker.evaluation.decided import decided_plans
from planchecker.result import Verdict
from planchecker.triage.decision_file import Decisions
from planchecker.triage.judgement import Judgement
from tests.triage.many import CHECKLIST


def judged(plan: str, feature: str, verdict: Verdict, by: str = "AB") -> Judgement:
    return Judgement(plan, feature, verdict, by, where=f"{by}.csv")


def test_agreed_verdicts_are_the_key_and_the_rest_is_told(tmp_path: Path) -> None:
    (tmp_path / "north").mkdir()
    for name in ("a.md", "north/b.md"):
        (tmp_path / name).write_text("A plan.")
    decisions = Decisions((
        judged("a.md", "f01", Verdict.MET),
        judged("a.md", "F01", Verdict.MET, "CD"),
        judged("a.md", "F02", Verdict.MET),
        judged("a.md", "F02", Verdict.PARTIAL, "CD"),
        judged("north/b.md", "F03", Verdict.MISSING),
        judged("gone.md", "F01", Verdict.MET),
        judged("a.md", "F99", Verdict.MET),
    ))  # fmt: skip
    decided = decided_plans(tmp_path, [decisions], CHECKLIST)
    assert [(p.name, p.file.name, {f: g.status for f, g in p.features.items()}) for p in decided.plans] == [
        ("a", "a.md", {"F01": Verdict.MET}),
        ("north/b", "b.md", {"F03": Verdict.MISSING}),
    ]
    assert [line.split(":")[0] for line in decided.apart] == ["AB.csv", "AB.csv", "a.md"]


def test_decisions_about_no_plan_here_are_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("A plan.")
    with pytest.raises(UsageError, match="none of the decisions is about a plan here"):
        decided_plans(tmp_path, [Decisions((judged("b.md", "F01", Verdict.MET),))], CHECKLIST)
