"""Highlighted PDFs: the user's own bytes first, then highlights where the evidence stands."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter

from planchecker.annotation import Scope, annotated
from planchecker.annotation.pdf_places import PdfPlaces
from planchecker.errors import EncryptedPlanError, PlancheckerError
from planchecker.reading import read
from planchecker.result import Verdict
from tests.annotation.results import evidence_in, feature, letters, result_of, result_over, spread
from tests.support import ROOT

MADE = datetime(2014, 3, 28, 9, 30, tzinfo=UTC)
REAL = ROOT.parent / "shared" / "real-files"
CORPUS = sorted(ROOT.glob("corpus/plans/*/plan.pdf"))


def others() -> list[Path]:
    found = []
    for path in sorted(REAL.glob("*.pdf")) if REAL.is_dir() else ():
        try:
            read(path)
        except PlancheckerError:
            continue
        found.append(path)
    return found


OTHERS = others()
needs_corpus = pytest.mark.skipif(not CORPUS, reason="no sample plans in this checkout")


def notes_in(data: bytes) -> list[tuple[int, dict[str, Any]]]:
    """The annotations of planchecker, each with its page from 1."""
    return [
        (number, annotation)
        for number, page in enumerate(PdfReader(io.BytesIO(data)).pages, start=1)
        for reference in page.annotations or []
        if (annotation := reference.get_object()).get("/T") == "planchecker"
    ]


def words_under(data: bytes, page: int, annotation: dict[str, Any]) -> str:
    """The text of a page that a highlight covers."""
    document = pypdfium2.PdfDocument(data)
    text = document[page - 1].get_textpage()
    quads = [float(n) for n in annotation["/QuadPoints"]]
    boxes = [quads[at : at + 8] for at in range(0, len(quads), 8)]
    return " ".join(text.get_text_bounded(b[0] - 1, b[5] - 1, b[2] + 1, b[1] + 1) for b in boxes)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.parent.name)
def test_every_passage_of_a_sample_plan_is_highlighted(path: Path) -> None:
    data, plan = path.read_bytes(), read(path)
    blocks = spread(plan)
    copy = annotated(data, plan, result_over(plan, blocks), Scope.GAPS, MADE)
    assert copy.startswith(data)
    (first, opening), *notes = notes_in(copy)
    assert (first, opening["/Subtype"]) == (1, "/Text")
    assert "M1 Name of M1" in opening["/Contents"]
    found = {note["/Contents"].split()[0]: (page, note) for page, note in notes}
    for block in blocks:
        page, note = found[f"P{block.number}"]
        assert (page, note["/Subtype"]) == (block.page, "/Highlight")
        assert letters(block.text)[:20] in letters(words_under(data, page, note)) or block.cells


@pytest.mark.parametrize("path", CORPUS + OTHERS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_text_reads_as_before(path: Path, tmp_path: Path) -> None:
    data, plan = path.read_bytes(), read(path)
    blocks = spread(plan)
    (tmp_path / "copy.pdf").write_bytes(annotated(data, plan, result_over(plan, blocks), Scope.GAPS, MADE))
    again = read(tmp_path / "copy.pdf")
    assert again.blocks == plan.blocks
    said = "\n\n".join(note["/Contents"] for _, note in notes_in((tmp_path / "copy.pdf").read_bytes()))
    assert all(f"P{block.number} Name" in said for block in blocks)


@needs_corpus
def test_what_cannot_be_located_is_said_at_the_top_of_its_page() -> None:
    data, plan = CORPUS[0].read_bytes(), read(CORPUS[0])
    block = next(b for b in plan.blocks if b.page == 2)
    lost = [evidence_in(block, f"Words {n} that stand nowhere in this plan at all.") for n in (1, 2)]
    features = [feature(f"F{n}", Verdict.PARTIAL, one) for n, one in enumerate(lost)]
    copy = annotated(data, plan, result_of(plan, *features), Scope.GAPS, MADE)
    page, note = notes_in(copy)[-1]
    assert (page, note["/Subtype"]) == (2, "/Text")
    assert "F0 Name" in note["/Contents"] and "F1 Name" in note["/Contents"]
    assert float(note["/Rect"][3]) > 800


@needs_corpus
def test_met_and_partly_met_have_colours_of_their_own_and_words_too() -> None:
    data, plan = CORPUS[0].read_bytes(), read(CORPUS[0])
    one, other = (b for b in spread(plan)[:2])
    result = result_of(
        plan, feature("F1", Verdict.PARTIAL, evidence_in(one)), feature("F2", Verdict.MET, evidence_in(other))
    )
    _, partly, met = (note for _, note in notes_in(annotated(data, plan, result, Scope.ALL, MADE)))
    assert partly["/C"] != met["/C"]
    assert "partly met" in partly["/Contents"]
    assert "F2 Name of F2: met" in met["/Contents"]


@needs_corpus
def test_highlights_are_drawn() -> None:
    data, plan = CORPUS[0].read_bytes(), read(CORPUS[0])
    copy = annotated(data, plan, result_over(plan, spread(plan)), Scope.GAPS, MADE)
    before, after = (pypdfium2.PdfDocument(file)[0].render().to_numpy() for file in (data, copy))
    assert (before != after).any()


@needs_corpus
def test_earlier_notes_are_kept() -> None:
    data, plan = CORPUS[0].read_bytes(), read(CORPUS[0])
    once = annotated(data, plan, result_over(plan, plan.blocks[:1]), Scope.GAPS, MADE)
    twice = annotated(once, plan, result_over(plan, plan.blocks[:1]), Scope.GAPS, MADE)
    assert twice.startswith(once)
    assert len(notes_in(twice)) == 2 * len(notes_in(once))


@needs_corpus
def test_a_file_protected_against_changes_is_refused(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(CORPUS[0]))
    writer.encrypt("", owner_password="owner", algorithm="RC4-128")
    path = tmp_path / "protected.pdf"
    writer.write(path)
    plan = read(path)
    with pytest.raises(EncryptedPlanError, match="save a copy without protection"):
        annotated(path.read_bytes(), plan, result_over(plan, plan.blocks[:1]), Scope.GAPS, MADE)


@needs_corpus
def test_a_page_that_is_not_there_has_no_places() -> None:
    with PdfPlaces(CORPUS[0].read_bytes()) as places:
        assert places.boxes(0, "the") == places.boxes(9999, "the and other words") == []
