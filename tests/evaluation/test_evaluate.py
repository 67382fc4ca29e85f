"""Planchecker's verdicts beside controls that anyone could give."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from planchecker.checklist import Checklist, Element, Feature
from planchecker.evaluation.evaluate import CONTROLS, Evaluation, evaluate
from planchecker.evaluation.gold import gold_plans
from planchecker.evaluation.metrics import SCORES, accuracy, gap_recall
from planchecker.evaluation.scorecard import as_json, as_markdown, as_text
from planchecker.result import Verdict
from tests.support import part

CHECKLIST = Checklist(
    "three", "0", "Three",
    (
        Element(
            "E01", "All",
            tuple(
                Feature(identifier, identifier, text, (part(text, cues=[cue]),))
                for identifier, text, cue in (
                    ("R1", "Money is pooled with the council", "section 75"),
                    ("R2", "Carers are supported", "carers"),
                    ("R3", "Fishing boats on the moon are insured", "fishing boats"),
                    ("R4", "Not in the key", "nowhere"),
                )
            ),
        ),
    ),
)  # fmt: skip
KEY = {
    "name": "fenwick",
    "features": {
        "R1": {
            "status": "met",
            "twist": "plain",
            "evidence": ["pool £6.6m in a section 75 agreement from April 2015"],
        },
        "R2": {
            "status": "partial",
            "twist": "negated",
            "evidence": ["Support for carers has not been commissioned."],
        },
        "R3": {"status": "missing", "twist": "absent"},
    },
}


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory, plan_file: Path) -> Evaluation:
    folder = tmp_path_factory.mktemp("gold")
    for name in ("one", "two"):
        (folder / name).mkdir()
        shutil.copyfile(plan_file, folder / name / "plan.docx")
        (folder / name / "gold.json").write_text(json.dumps(KEY | {"name": name}), encoding="utf-8")
    return evaluate(gold_plans(folder), CHECKLIST)


def said(evaluation: Evaluation, control: str) -> dict[str, Verdict]:
    return {o.feature: o.said for o in evaluation.controls[control]}


def test_only_what_the_key_labels_is_scored(evaluation: Evaluation) -> None:
    assert [o.feature for o in evaluation.planchecker] == ["R1", "R2", "R3"] * 2
    assert {o.plan for o in evaluation.planchecker} == {"one.docx", "two.docx"}


def test_every_control_stands_beside_it_on_the_same_features(evaluation: Evaluation) -> None:
    assert tuple(evaluation.controls) == CONTROLS
    ours = [(o.plan, o.feature, o.gold) for o in evaluation.planchecker]
    for name, outcomes in evaluation.controls.items():
        assert sorted((o.plan, o.feature, o.gold) for o in outcomes) == sorted(ours), name


def test_the_fixed_controls_say_always_the_same(evaluation: Evaluation) -> None:
    assert set(said(evaluation, "always met").values()) == {Verdict.MET}
    assert set(said(evaluation, "always missing").values()) == {Verdict.MISSING}
    assert accuracy(evaluation.controls["always met"]) == pytest.approx(1 / 3)
    assert gap_recall(evaluation.controls["always missing"]) == 1
    assert gap_recall(evaluation.controls["always met"]) == 0


def test_the_keyword_control_ticks_what_has_a_cue(evaluation: Evaluation) -> None:
    assert said(evaluation, "keyword") == {"R1": Verdict.MET, "R2": Verdict.MET, "R3": Verdict.MISSING}


def test_the_bm25_control_is_at_least_as_good_as_saying_always_the_same(evaluation: Evaluation) -> None:
    assert accuracy(evaluation.controls["BM25 threshold"]) >= 1 / 3


def test_features_with_evidence_have_a_rank_and_others_none(evaluation: Evaluation) -> None:
    for outcome in evaluation.planchecker:
        assert (outcome.hit_rank is None) == (outcome.feature == "R3")
        assert 0 <= outcome.gap_probability <= 1


def test_the_json_holds_every_score_and_every_outcome(evaluation: Evaluation) -> None:
    data = json.loads(as_json(evaluation))
    assert list(data["scores"]) == list(SCORES)
    for scores in data["scores"].values():
        assert {"planchecker", "interval", *CONTROLS} <= set(scores)
    assert len(data["outcomes"]) == 6
    assert set(data["by_twist"]) == {"plain", "negated", "absent"}
    assert set(data["by_feature"]) == {"R1", "R2", "R3"}


def test_the_markdown_is_one_table_of_equal_rows(evaluation: Evaluation) -> None:
    lines = as_markdown(evaluation).splitlines()
    assert len(lines) == len(SCORES) + 2
    assert len({line.count("|") for line in lines}) == 1
    assert all(control in lines[0] for control in CONTROLS)


def test_the_text_names_plans_scores_and_controls(evaluation: Evaluation) -> None:
    text = as_text(evaluation)
    assert text.startswith("2 plans, 6 verdicts: one.docx, two.docx")
    for name in (*SCORES, *CONTROLS, "negated", "R2"):
        assert name in text


def test_the_same_plans_get_the_same_scores_twice(evaluation: Evaluation) -> None:
    assert as_json(evaluation) == as_json(evaluation)
