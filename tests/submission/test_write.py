"""Templates of every kind: valid controls, headings in order, marked header rows, nothing empty."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm

from planchecker.checklist import Checklist
from planchecker.checklist_file import load_checklist
from planchecker.errors import UsageError
from planchecker.submission.kinds import form_words, kinds, load_kind
from planchecker.submission.occasion import Filling, Quote
from tests.submission.forms import ANSWER, controls, occasion, tag, text, written

# The order that the schema of Word files (CT_SdtPr) asks for.
_ORDER = ["alias", "tag", "id", "lock", "showingPlcHdr"]


@pytest.fixture(scope="module", params=kinds())
def form(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Document:
    made_for = occasion(load_checklist(), unit="NHS Fenwick & <Coast>")
    return docx.Document(str(written(request.param, tmp_path_factory.mktemp("form"), made_for)))


def test_every_control_is_valid_and_answers_are_told_apart(form: Document) -> None:
    numbers, answers = [], []
    for control in controls(form):
        assert [child.tag for child in control] == [qn("w:sdtPr"), qn("w:sdtContent")]
        properties = control[0]
        names = [child.tag.rpartition("}")[2] for child in properties]
        assert names == [name for name in _ORDER if name in names]
        assert list(control[1].iter(qn("w:p")))
        assert not list(control[1].iter(qn("w:sdt")))
        numbers.append(properties.find(qn("w:id")).get(qn("w:val")))  # type: ignore[union-attr]
        if tag(control).startswith(ANSWER):
            answers.append(tag(control))
            assert properties.find(qn("w:lock")).get(qn("w:val")) == "sdtLocked"  # type: ignore[union-attr]
    assert answers
    assert Counter(answers).most_common(1)[0][1] == 1
    assert Counter(numbers).most_common(1)[0][1] == 1
    assert all(len(one) <= 64 for one in answers)


def test_headings_are_real_and_in_order(form: Document) -> None:
    styles = [p.style.name or "" for p in form.paragraphs if p.style]
    levels = [int(name[-1]) for name in styles if re.fullmatch(r"Heading \d", name)]
    assert styles[0] == "Title"
    assert styles.count("Title") == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_have_marked_headers_and_no_merged_or_empty_cells(form: Document) -> None:
    for table in form.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None
        assert not list(table._tbl.iter(qn("w:gridSpan"), qn("w:vMerge")))
        for cell in table._tbl.iter(qn("w:tc")):
            assert text(cell).strip()


def test_no_paragraph_is_empty(form: Document) -> None:
    assert all(text(p).strip() for p in form.element.body.iter(qn("w:p")))


def test_title_language_and_paper(form: Document) -> None:
    properties = form.core_properties
    assert properties.title and properties.language == "en-GB"
    section = form.sections[0]
    assert {round(Cm(21).mm), round(Cm(29.7).mm)} == {
        round(section.page_width.mm),  # type: ignore[union-attr]
        round(section.page_height.mm),  # type: ignore[union-attr]
    }


def test_every_feature_has_a_section_with_its_requirement(everyone_counts: Checklist, tmp_path: Path) -> None:
    form = docx.Document(str(written("features", tmp_path, occasion(everyone_counts))))
    whole = text(form.element.body)
    tags = [tag(control) for control in controls(form)]
    for feature in everyone_counts.features:
        assert feature.requirement in whole
        assert feature.provenance.meaning in whole
        assert f"{ANSWER}{feature.id}" in tags


def test_the_return_asks_for_all_attributes_of_each_intervention(
    everyone_counts: Checklist, tmp_path: Path
) -> None:
    form = docx.Document(str(written("kloe", tmp_path, occasion(everyone_counts))))
    tags = {tag(control).removeprefix(ANSWER) for control in controls(form)}
    question = next(q for q in load_kind("kloe").questions if q.blocks)
    assert question.blocks is not None
    wanted = (
        "aims",
        "quality",
        "activity",
        "cost",
        "investment",
        "timeline",
        "enablers",
        "barriers",
        "confidence",
    )
    for number in range(1, question.blocks.count + 1):
        assert {f"kloe:f1.{number}.{name}" for name in wanted} <= tags
    assert {f"kloe:d1.{n}.2018/19" for n in range(1, 8)} <= tags
    assert load_kind("kloe").sure.meaning  # and what is less sure than the rest says so:
    assert text(form.element.body).count(form_words()["sure"]["unsure"]) == 3


def test_plan_on_a_page_lies_on_its_side(everyone_counts: Checklist, tmp_path: Path) -> None:
    section = docx.Document(str(written("plan-on-a-page", tmp_path, occasion(everyone_counts)))).sections[0]
    assert section.page_width > section.page_height  # type: ignore[operator]


def test_a_checklist_of_ones_own_gets_a_form(minimal_checklist: Path, tmp_path: Path) -> None:
    own = load_checklist(minimal_checklist)
    form = docx.Document(str(written("features", tmp_path, occasion(own))))
    assert "fishing boats on the moon" in text(form.element.body)
    assert load_kind("features").hints[0] in text(form.element.body)


@pytest.mark.parametrize(
    "hostile", ["=HYPERLINK(1)", "<b>bold</b> & {{ unit }}", "bell\x07 \x1b[31m null\x00"]
)
@pytest.mark.parametrize("kind", kinds())
def test_what_a_draft_or_a_user_says_stays_text(
    kind: str, hostile: str, everyone_counts: Checklist, tmp_path: Path
) -> None:
    filling = Filling((Quote(hostile, hostile),), (hostile,))
    identifiers = ["F01", *(f"{kind}:{question.id}" for question in load_kind(kind).questions)]
    made_for = occasion(
        everyone_counts, unit=hostile, draft=hostile, fillings=dict.fromkeys(identifiers, filling)
    )
    form = docx.Document(str(written(kind, tmp_path, made_for)))
    shown = re.sub(r"[\x00-\x1f]", "", hostile)
    assert shown in text(form.element.body)


def test_a_form_that_is_there_already_is_never_replaced(everyone_counts: Checklist, tmp_path: Path) -> None:
    path = written("plan-on-a-page", tmp_path, occasion(everyone_counts))
    before = path.read_bytes()
    with pytest.raises(UsageError, match="there already"):
        written("plan-on-a-page", tmp_path, occasion(everyone_counts))
    assert path.read_bytes() == before
