"""Files come whole or not at all, and what stood there before outlives a failure."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from planchecker.files import save_document, whole


def test_a_file_takes_its_place_once_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")
    with whole(path) as fresh:
        fresh.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_fills_leaves_what_was_there_and_no_half(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")
    with pytest.raises(OSError, match="full"), whole(path) as fresh:
        fresh.write_text("ha")
        raise OSError("full")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_document_is_written_at_one_stroke(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("One.")
    save_document(document, tmp_path / "one.docx")
    assert docx.Document(str(tmp_path / "one.docx")).paragraphs[0].text == "One."
