"""`planchecker annotate` from the outside."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from planchecker.cli.main import run
from planchecker.reading import read
from tests.support import ROOT

LOCKED = ROOT.parent / "shared" / "real-files"


def test_a_commented_copy_is_written_and_the_draft_stays(
    plan_file: Path, minimal_checklist: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = plan_file.read_bytes()
    out = tmp_path / "commented.docx"
    assert run(["annotate", str(plan_file), "-o", str(out), "--checklist", str(minimal_checklist)]) == 0
    assert plan_file.read_bytes() == before
    assert read(out).blocks == read(plan_file).blocks
    first, *_ = docx.Document(str(out)).comments
    assert first.text.startswith(capsys.readouterr().out.split("\n")[0])


@pytest.mark.parametrize("way", ["same", "dotted", "link"])
def test_the_draft_is_never_written_over(
    way: str, plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = tmp_path / "draft.docx"
    draft.write_bytes(plan_file.read_bytes())
    out = {"same": draft, "dotted": tmp_path / "x" / ".." / "draft.docx", "link": tmp_path / "link.docx"}[way]
    (tmp_path / "x").mkdir()
    if way == "link":
        out.hardlink_to(draft)
    assert run(["annotate", str(draft), "-o", str(out)]) == 2
    assert "the draft itself" in capsys.readouterr().err
    assert draft.read_bytes() == plan_file.read_bytes()


@pytest.mark.parametrize(
    ("out", "told"),
    [
        ("copy.pdf", "needs the ending .docx"),
        (".", "is a folder"),
        ("no/such/copy.docx", "cannot be written"),
    ],
)
def test_a_wrong_place_for_the_copy_is_a_usage_error(
    out: str, told: str, plan_file: Path, minimal_checklist: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    arguments = ["annotate", str(plan_file), "-o", str(tmp_path / out), "--checklist", str(minimal_checklist)]
    assert run(arguments) == 2
    assert told in capsys.readouterr().err


def test_a_format_without_comments(
    minimal_checklist: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "d.txt").write_text("Dr Patel leads the work in all 42 practices.", encoding="utf-8")
    arguments = ["annotate", str(tmp_path / "d.txt"), "-o", str(tmp_path / "c.txt")]
    assert run([*arguments, "--checklist", str(minimal_checklist)]) == 3
    assert "not into a .txt file" in capsys.readouterr().err
    assert not (tmp_path / "c.txt").exists()


@pytest.mark.parametrize("name", ["bug53475-password-is-pass.docx", "password-example.pdf"])
def test_a_draft_under_a_password_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = LOCKED / name
    if not draft.is_file():
        pytest.skip("the real files are not here")
    assert run(["annotate", str(draft), "-o", str(tmp_path / f"copy{draft.suffix}")]) == 3
    assert "save it without one" in capsys.readouterr().err
