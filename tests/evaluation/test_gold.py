"""Keys: what a careful reader said, and what is no key."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from planchecker.errors import ExitCode, UsageError
from planchecker.evaluation.gold import gold_plans, holds_snippet, normalised
from planchecker.result import Verdict

KEY = {
    "name": "fenwick",
    "features": {
        "R1": {"status": "met", "twist": "plain", "evidence": ["pool £6.6m in a section 75 agreement"]},
        "R2": {"status": "missing", "twist": "decoy", "decoy": ["Support for carers"]},
        "R3": {"status": "partial"},
    },
}


@pytest.fixture
def folder(tmp_path: Path, plan_file: Path) -> Path:
    (tmp_path / "fenwick").mkdir()
    shutil.copyfile(plan_file, tmp_path / "fenwick" / "plan.docx")
    (tmp_path / "fenwick" / "gold.json").write_text(json.dumps(KEY), encoding="utf-8")
    return tmp_path


def test_a_key_is_read(folder: Path) -> None:
    (plan,) = gold_plans(folder)
    assert (plan.name, plan.file.name) == ("fenwick", "plan.docx")
    assert {f: label.status for f, label in plan.features.items()} == {
        "R1": Verdict.MET,
        "R2": Verdict.MISSING,
        "R3": Verdict.PARTIAL,
    }
    assert plan.features["R1"].evidence == ("pool £6.6m in a section 75 agreement",)
    assert plan.features["R2"].decoys == ("Support for carers",)
    assert (plan.features["R3"].twist, plan.features["R3"].evidence) == ("", ())


def test_every_form_of_a_plan_is_taken_or_the_one_asked_for(folder: Path) -> None:
    (folder / "fenwick" / "plan.pdf").write_bytes(b"%PDF-1.4")
    assert [p.file.suffix for p in gold_plans(folder)] == [".docx", ".pdf"]
    assert [p.file.suffix for p in gold_plans(folder, ".pdf")] == [".pdf"]


def test_plans_come_in_order_of_their_folders(folder: Path) -> None:
    shutil.copytree(folder / "fenwick", folder / "aldham")
    assert [p.file.parent.name for p in gold_plans(folder)] == ["aldham", "fenwick"]


def test_the_folder_of_a_single_plan_will_do(folder: Path) -> None:
    assert len(list(gold_plans(folder / "fenwick"))) == 1


@pytest.mark.parametrize("suffix", [None, ".pdf"])
def test_a_folder_without_any_is_told_so(tmp_path: Path, suffix: str | None) -> None:
    (tmp_path / "gold.json").write_text(json.dumps(KEY))
    with pytest.raises(UsageError, match=r"gold\.json") as caught:
        list(gold_plans(tmp_path, suffix))
    assert caught.value.exit_code is ExitCode.USAGE


@pytest.mark.parametrize(
    "key",
    [
        "",
        "not JSON",
        "[]",
        "{}",
        '{"features": []}',
        '{"features": {"R1": "met"}}',
        '{"features": {"R1": {}}}',
        '{"features": {"R1": {"status": "fine"}}}',
        '{"features": {"R1": {"status": "met", "evidence": 5}}}',
        '{"features": {"R1": {"status": "met", "evidence": "pool the budget"}}}',
        '{"features": {"R1": {"status": "met", "evidence": [5]}}}',
        '{"features": {"R1": {"status": "missing", "decoy": "carers"}}}',
    ],
)
def test_what_is_no_key_is_refused_by_file_with_the_form_expected(folder: Path, key: str) -> None:
    path = folder / "fenwick" / "gold.json"
    path.write_text(key)
    with pytest.raises(UsageError) as caught:
        list(gold_plans(folder))
    assert str(path) in str(caught.value)
    assert '"status": "met"' in str(caught.value)


SNIPPET = "Dr Anne Patel will train all 42 practices by March 2015"


@pytest.mark.parametrize(
    "text",
    [
        SNIPPET,
        f"On safeguarding: {SNIPPET}, as agreed.",
        "dr anne patel will train ALL 42 practices – by March 2015",
        "Anne Patel will train all 42 practices",
        "Dr Anne Patel will train all 42 practises by March 2015",
    ],
)
def test_a_quote_that_shares_a_snippet_holds_it(text: str) -> None:
    assert holds_snippet(text, SNIPPET)


@pytest.mark.parametrize(
    "text", ["", "The choir met on Tuesday and sang.", "Dr Anne Patel", "By March 2015 the ward will close."]
)
def test_a_quote_that_does_not_holds_none(text: str) -> None:
    assert holds_snippet(text, SNIPPET) == (text == "Dr Anne Patel")  # a few words, inside it whole


def test_nothing_holds_nothing() -> None:
    assert not holds_snippet("", "")
    assert not holds_snippet("…", SNIPPET)


def test_words_are_compared_without_marks_and_case() -> None:
    assert normalised("  “Pooled-budget”: £6.6m (20%)\n") == "pooled budget £6 6m 20%"
