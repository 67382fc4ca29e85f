"""Comparison of two drafts: verdicts, and evidence that is new, lost, moved or reworded."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from planchecker.comparison import Comparison, Direction, Side, compare
from planchecker.errors import DamagedPlanError, PlanNotFoundError, UsageError
from planchecker.plan import Block, BlockKind, Plan
from planchecker.reports.comparison import (
    comparison_as_html,
    comparison_as_json,
    comparison_summary,
    write_comparison,
)
from planchecker.reports.machine import as_json
from planchecker.result import Evidence, FeatureResult, Result, Verdict
from planchecker.result_file import load_result
from tests.annotation.results import feature, result_of
from tests.reports.sample import FLAWLESS, RESULT
from tests.support import plan_of, prose

POOL = "We will pool £6.6m with the council in a section 75 agreement from April 2015."
MATRON = "Fourteen community matrons visit every person over 75 at home; five more start in July 2014."
TRAIN = "Dr Patel will train all 42 practices in the Mental Capacity Act by March 2015."


def said(text: str, *heading: str, page: int | None = None, block: int = 0) -> Evidence:
    return Evidence(text, page, heading, block, 0.8)


def side(plan: Plan, *features: FeatureResult, saved: bool = False) -> Side:
    return Side(result_of(plan, *features), None if saved else plan)


def one(old: FeatureResult, new: FeatureResult, before: Plan, after: Plan) -> Comparison:
    return compare(side(before, old), side(after, new))


def f(verdict: Verdict, *evidence: Evidence) -> FeatureResult:
    return feature("F1", verdict, *evidence)


@pytest.mark.parametrize(
    ("old", "new", "direction"),
    [
        (Verdict.MISSING, Verdict.PARTIAL, Direction.BETTER),
        (Verdict.PARTIAL, Verdict.MET, Direction.BETTER),
        (Verdict.MET, Verdict.MISSING, Direction.WORSE),
        (Verdict.MET, Verdict.MET, Direction.SAME),
        (Verdict.NOT_ASSESSED, Verdict.MET, Direction.UNKNOWN),
        (Verdict.MET, Verdict.NOT_ASSESSED, Direction.UNKNOWN),
        (Verdict.NOT_ASSESSED, Verdict.NOT_ASSESSED, Direction.UNKNOWN),
    ],
)
def test_which_way_a_verdict_went(old: Verdict, new: Verdict, direction: Direction) -> None:
    (change,) = one(f(old), f(new), prose(POOL), prose(POOL)).changes
    assert change.direction is direction


def test_the_same_evidence_is_nothing_to_report() -> None:
    here = said(POOL, "Better Care Fund")
    comparison = one(f(Verdict.MET, here), f(Verdict.MET, here), prose(POOL), prose(POOL))
    assert comparison.changes[0].is_quiet


def test_new_and_lost_evidence() -> None:
    comparison = one(
        f(Verdict.PARTIAL, said(MATRON)), f(Verdict.PARTIAL, said(POOL)), prose(MATRON), prose(POOL)
    )
    (change,) = comparison.changes
    assert [e.text for e in change.lost] == [MATRON]
    assert [e.text for e in change.gained] == [POOL]
    assert not change.kept


def test_a_passage_that_is_merely_quoted_no_longer_is_not_lost() -> None:
    both = prose(POOL, MATRON)
    (change,) = one(f(Verdict.MET, said(MATRON)), f(Verdict.MET, said(POOL)), both, both).changes
    assert change.is_quiet


def test_text_under_another_heading_has_moved() -> None:
    old, new = said(POOL, "5 Care", "5.7 Better Care Fund"), said(POOL, "12 Finance")
    (change,) = one(f(Verdict.MET, old), f(Verdict.MET, new), prose(POOL), prose(POOL)).changes
    assert [(p.old.heading, p.new.heading) for p in change.moved] == [(old.heading, new.heading)]
    assert not (change.lost or change.gained or change.reworded)


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        (said(POOL, "3.2 Baseline"), said(POOL, "4.2 Baseline"), False),
        (said(POOL, "Section 3: Baseline"), said(POOL, "Section 4: Baseline"), False),
        (said(POOL, "3 Care", page=4), said(POOL, "3 Care", page=9), False),
        (said(POOL, page=4), said(POOL, page=9), True),
        (said(POOL, "Care"), said(POOL), True),
    ],
)
def test_shifted_numbers_and_pages_are_no_move(old: Evidence, new: Evidence, moved: bool) -> None:
    (change,) = one(f(Verdict.MET, old), f(Verdict.MET, new), prose(POOL), prose(POOL)).changes
    assert bool(change.moved) is moved


def test_small_changes_of_words_are_rewording() -> None:
    later = POOL.replace("£6.6m", "£7.1m")
    (change,) = one(
        f(Verdict.MET, said(POOL, "A")), f(Verdict.MET, said(later, "A")), prose(POOL), prose(later)
    ).changes
    assert [(p.old.text, p.new.text) for p in change.reworded] == [(POOL, later)]
    longer = f"{POOL} {MATRON} {TRAIN}"
    (change,) = one(
        f(Verdict.MET, said(POOL, "A")), f(Verdict.MET, said(longer, "B")), prose(POOL), prose(longer)
    ).changes
    assert [pair.reworded for pair in change.moved] == [True]


def test_each_passage_is_paired_once_with_its_likest() -> None:
    later = POOL.replace("April", "May")
    old = f(Verdict.MET, said(POOL, "A"), said(later, "A"))
    (change,) = one(old, f(Verdict.MET, said(later, "A")), prose(POOL, later), prose(later)).changes
    assert not change.kept
    assert [e.text for e in change.lost] == [POOL]


def test_features_asked_on_one_side_only() -> None:
    plan = prose(POOL)
    comparison = compare(side(plan, feature("F1", Verdict.MET)), side(plan, feature("F2", Verdict.MET)))
    assert [(c.id, c.direction) for c in comparison.changes] == [
        ("F2", Direction.UNKNOWN), ("F1", Direction.UNKNOWN),
    ]  # fmt: skip


def test_two_checklists_cannot_be_compared() -> None:
    with pytest.raises(UsageError, match=r"about the checklist 'own'.*--checklist"):
        compare(side(prose(POOL), f(Verdict.MET)), Side(RESULT))


def test_what_a_reader_must_know_is_said() -> None:
    old = side(prose(POOL), f(Verdict.MET), saved=True)
    newer = replace(old.result, checklist=replace(old.result.checklist, version="2"))
    notices = " ".join(compare(old, Side(newer)).notices)
    assert "from version 1 to 2" in notices
    assert "saved result" in notices
    same = side(prose(POOL), f(Verdict.MET))
    assert "byte for byte" in " ".join(compare(same, same).notices)


@pytest.mark.parametrize("result", [RESULT, FLAWLESS], ids=["sample", "flawless"])
def test_a_result_comes_back_from_json_as_it_was(result: Result) -> None:
    assert Result.from_dict(json.loads(json.dumps(result.to_dict()))) == result


def test_fields_of_later_versions_do_no_harm(tmp_path: Path) -> None:
    data = FLAWLESS.to_dict()
    data["elements"][0]["features"][0]["evidence"][0]["colour"] = "blue"
    data["plan"]["weight"] = 7
    (tmp_path / "r.json").write_text(json.dumps(data), encoding="utf-8")
    assert load_result(tmp_path / "r.json") == FLAWLESS


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("not json", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("{}", "not a result that planchecker saved"),
        ('{"schema": "planchecker.comparison/1"}', "not a result"),
        (json.dumps({**FLAWLESS.to_dict(), "elements": [{"id": "E1"}]}), r"at \$\.elements\[0\]"),
    ],
)
def test_a_wrong_file_is_refused_in_a_sentence(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DamagedPlanError, match=told) as raised:
        load_result(path)
    assert "planchecker check DRAFT" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(PlanNotFoundError, match="there is no such file"):
        load_result(tmp_path / "none.json")


def told() -> Comparison:
    """A comparison with something of everything."""
    hostile = Evidence("</p><script>alert(1)</script> & \x00 end", 3, ("A <b>",), 4, 0.5)
    before = plan_of(Block(0, BlockKind.PARAGRAPH, MATRON))
    after = plan_of(Block(0, BlockKind.PARAGRAPH, POOL))
    old = [
        feature("F1", Verdict.MET, said(MATRON, "Old")),
        feature("F2", Verdict.MISSING),
        feature("F3", Verdict.MET, said(TRAIN, "One")),
        feature("F4", Verdict.MET),
        feature("F5", Verdict.NOT_ASSESSED),
    ]
    new = [
        feature("F1", Verdict.PARTIAL),
        feature("F2", Verdict.MET, said(POOL, "New"), hostile),
        feature("F3", Verdict.MET, said(TRAIN, "Two")),
        feature("F4", Verdict.MET),
        feature("F5", Verdict.MET),
    ]
    return compare(side(before, *old), side(after, *new))


def test_the_terminal_says_it_in_order() -> None:
    text = "\n".join(comparison_summary(told()))
    lines = text.split("\n")
    assert "1 feature better, 1 worse, 2 the same, 1 not comparable." in lines
    assert text.index("Worse:") < text.index("Better:") < text.index("Same verdict")
    assert "F1 Name of F1: met, now partly met" in lines
    assert f"     Lost: “{MATRON}” (Old)" in lines
    assert f"     Moved: “{TRAIN}” (From “One” to “Two”)" in lines
    assert "Unchanged (1): F4." in text


def test_html_escapes_what_plans_say() -> None:
    page = comparison_as_html(told())
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert page.count("<h1>") == 1
    assert "\x00" not in page


def test_word_opens_again_and_says_the_same(tmp_path: Path) -> None:
    (path,) = write_comparison(told(), ["docx"], tmp_path)
    document = docx.Document(str(path))
    styles = [p.style.name for p in document.paragraphs if p.style is not None]
    assert styles[0] == "Title"
    text = "\n".join(p.text for p in document.paragraphs)
    assert all(words in text for words in ("Worse", "Better", "F3 Name of F3", "Moved", POOL, "Unchanged"))
    assert [cell.text for cell in document.tables[0].columns[1].cells] == ["Old draft", "3", "0", "1", "1"]


def test_json_holds_all_of_it() -> None:
    data = json.loads(comparison_as_json(told()))
    assert data["schema"] == "planchecker.comparison/1"
    assert data["summary"] == {"better": 1, "worse": 1, "same": 2, "not_comparable": 1}
    by_id = {one["id"]: one for one in data["features"]}
    assert [e["text"] for e in by_id["F1"]["lost_evidence"]] == [MATRON]
    assert by_id["F3"]["moved"][0]["new"]["heading"] == ["Two"]
    assert by_id["F2"]["old"] == {"verdict": "missing", "confidence": 0.8}


def test_reports_that_cannot_be_written_are_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="name another folder with -o"):
        write_comparison(told(), ["json"], tmp_path / "file")


def test_a_saved_result_stands_for_its_draft(tmp_path: Path) -> None:
    plan = prose(POOL)
    saved = side(plan, f(Verdict.MET, said(POOL)))
    (tmp_path / "old.json").write_text(as_json(saved.result), encoding="utf-8")
    (change,) = compare(Side(load_result(tmp_path / "old.json")), saved).changes
    assert change.is_quiet
