"""A filled template is read back exactly, and nothing that the form says is taken for the plan's."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from planchecker.checklist import Checklist
from planchecker.matching.passages import passages_of
from planchecker.pipeline import check
from planchecker.reading import read
from planchecker.result import Verdict
from planchecker.submission.kinds import kinds
from planchecker.submission.occasion import Filling, Quote
from tests.submission.forms import controls, fill, occasion, tag, written


def answer_for(identifier: str) -> str:
    return f"On {identifier} Dr Anne Patel will train all 42 practices by March 2016."


@pytest.fixture(scope="module")
def empty(everyone_counts: Checklist, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written("features", tmp_path_factory.mktemp("form"), occasion(everyone_counts))


@pytest.fixture(scope="module")
def filled(empty: Path) -> Path:
    path = empty.with_name("filled.docx")
    assert fill(empty, path, answer_for) == 2 * 47 + 1
    return path


@pytest.mark.parametrize("kind", kinds())
def test_an_empty_form_says_nothing(kind: str, everyone_counts: Checklist, tmp_path: Path) -> None:
    plan = read(written(kind, tmp_path, occasion(everyone_counts)))
    assert passages_of(plan) == ()
    assert plan.answers
    assert not any(plan.answers.values())


@pytest.mark.parametrize("kind", kinds())
def test_every_answer_is_read_back_word_for_word(
    kind: str, everyone_counts: Checklist, tmp_path: Path
) -> None:
    path = written(kind, tmp_path, occasion(everyone_counts))
    fill(path, tmp_path / "filled.docx", answer_for)
    plan = read(tmp_path / "filled.docx")
    assert plan.answers == {identifier: answer_for(identifier) for identifier in plan.answers}
    said = {passage.text for passage in passages_of(plan)}
    assert all("Asked:" not in text and "[" not in text for text in said)


def test_an_answer_of_several_paragraphs_and_a_table_is_one_answer(empty: Path, tmp_path: Path) -> None:
    document = docx.Document(str(empty))
    control = next(c for c in controls(document) if tag(c) == "planchecker:F07")
    flag = control[0].find(qn("w:showingPlcHdr"))
    assert flag is not None
    control[0].remove(flag)
    paragraph = document.add_paragraph("Money for mental health grows by 3.1 per cent.")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "2014/15", "£41m"
    control[1].remove(control[1][0])
    control[1].extend([paragraph._p, table._tbl])
    document.save(str(tmp_path / "rich.docx"))
    plan = read(tmp_path / "rich.docx")
    assert plan.answers["F07"] == "Money for mental health grows by 3.1 per cent.\n2014/15\n£41m"
    assert [block.text for block in plan.blocks if block.answers == "F07"] == [
        "Money for mental health grows by 3.1 per cent.",
        "2014/15 | £41m",
    ]


def test_a_figure_is_read_with_the_name_of_its_row_and_column(
    everyone_counts: Checklist, tmp_path: Path
) -> None:
    path = written("kloe", tmp_path, occasion(everyone_counts))
    fill(path, tmp_path / "one.docx", lambda name: "2,214" if name == "kloe:d1.1.baseline" else "")
    plan = read(tmp_path / "one.docx")
    (passage,) = passages_of(plan)
    assert passage.reading == "Ambition: 1 Years of life; Baseline: 2,214"
    assert plan.answers["kloe:d1.1.baseline"] == "2,214"


def test_references_are_read_but_are_no_evidence(filled: Path) -> None:
    plan = read(filled)
    assert plan.answers["F01/reference"] == answer_for("F01/reference")
    assert not any("/reference" in block.text for block in plan.blocks)


def test_placeholders_are_known_when_a_program_drops_the_controls(empty: Path, tmp_path: Path) -> None:
    document = docx.Document(str(empty))
    for control in list(controls(document)):
        for child in list(control[1]):
            control.addprevious(child)
        control.getparent().remove(control)  # type: ignore[union-attr]
    document.save(str(tmp_path / "bare.docx"))
    plan = read(tmp_path / "bare.docx")
    assert passages_of(plan) == ()
    assert any("answer boxes are lost" in notice for notice in plan.notices)


def test_marks_of_prefilled_text_are_counted_and_left_out(everyone_counts: Checklist, tmp_path: Path) -> None:
    fillings = {
        "F03": Filling((Quote("We will open a clinic.", "page 7, 3.2 Baseline"),), ("It gives no date.",))
    }
    plan = read(written("features", tmp_path, occasion(everyone_counts, draft="Draft", fillings=fillings)))
    assert plan.answers["F03"] == "We will open a clinic."
    assert plan.answers["F03/reference"] == "page 7, 3.2 Baseline"
    assert any(notice.startswith("1 answers still carry") for notice in plan.notices)


def test_an_empty_form_shows_nothing_of_any_feature(empty: Path, everyone_counts: Checklist) -> None:
    result = check(read(empty), everyone_counts)
    assert result.summary[Verdict.MISSING] == 47
    for feature in result.features:
        assert feature.evidence == ()
        assert "The answer box for this feature is empty." in feature.reasons
        assert feature.gaps[0] == "The answer box for this feature is empty."


def test_all_answers_come_back_under_their_own_features(filled: Path, everyone_counts: Checklist) -> None:
    for feature in check(read(filled), everyone_counts).features:
        assert feature.evidence[0].text == answer_for(feature.id)
        assert "answer" in feature.evidence[0].matched_by
