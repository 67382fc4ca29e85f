"""`planchecker template`: a form on disk, or one sentence why not."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from planchecker.cli.main import run
from planchecker.submission.kinds import kinds


def test_list_names_every_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["template", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(kinds())


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_is_written_where_asked(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "form.docx"
    assert (
        run(["template", kind, "-o", str(path), "--unit", "NHS Fenwick", "--years", "2015/16 to 2016/17"])
        == 0
    )
    title = docx.Document(str(path)).core_properties.title
    assert "NHS Fenwick" in title
    assert "2015/16 to 2016/17" in title


def test_a_checklist_of_ones_own_makes_a_form(minimal_checklist: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.docx"
    assert run(["template", "features", "-o", str(path), "--checklist", str(minimal_checklist)]) == 0
    headings = [p.text for p in docx.Document(str(path)).paragraphs]
    assert any(text.startswith("R1 ") for text in headings)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["haiku"], "there is no template 'haiku'"),
        (["kloe", "--years", "soon"], "financial years"),
        (["kloe", "-o", "form.pdf"], ".docx"),
    ],
)
def test_wrong_use_is_one_sentence(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["template", *arguments]) == 2
    assert says in capsys.readouterr().err


def test_a_filled_form_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "form.docx"
    path.write_text("answers")
    assert run(["template", "kloe", "-o", str(path)]) == 2
    assert path.read_text() == "answers"
    assert "may hold answers" in capsys.readouterr().err


def test_a_draft_that_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    missing = tmp_path / "draft.docx"
    assert run(["template", "kloe", "-o", str(tmp_path / "form.docx"), "--prefill", str(missing)]) == 3
    assert not (tmp_path / "form.docx").exists()
