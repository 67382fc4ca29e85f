"""`planchecker batch` as it is typed: a pack, the exit codes, and nothing dropped in silence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import PlancheckerRun


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two plans, a file that cannot be read, and three that are no plans."""
    folder = tmp_path_factory.mktemp("handed-in")
    (folder / "north").mkdir()
    (folder / "a.md").write_text(
        "# Plan of NHS Fenwick CCG\n\nDraft of 27 March 2014\n\nDr Patel leads the work from May 2014.\n"
    )
    (folder / "north" / "b.txt").write_text("Nothing much is said here about boats.\n")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 cut short")
    for name in ("~$a.docx", ".hidden.md", "figures.xlsx"):
        (folder / name).write_bytes(b"x")
    return folder


def test_a_folder_gives_a_pack_and_every_file_is_accounted_for(
    planchecker: PlancheckerRun, handed_in: Path, minimal_checklist: Path, tmp_path: Path
) -> None:
    pack = tmp_path / "pack"
    done = planchecker("batch", handed_in, "--checklist", minimal_checklist, "-o", pack, "--jobs", 1)
    assert done.returncode == 5, done.stderr
    assert done.stderr == ""
    lines = [json.loads(line) for line in (pack / "results.jsonl").read_text().splitlines()]
    assert [line["name"] for line in lines if "result" in line] == ["a.md", "north/b.txt"]
    assert [line["name"] for line in lines if "problem" in line] == ["broken.docx"]
    assert {line["name"] for line in lines if "left_out" in line} == {
        "~$a.docx",
        ".hidden.md",
        "figures.xlsx",
    }
    assert all((pack / line["report"]).is_file() for line in lines if "report" in line)
    assert lines[0]["metadata"]["organisation"] == "NHS Fenwick CCG"
    for name in ("broken.docx", "~$a.docx", ".hidden.md", "figures.xlsx", "2 of 3 plans checked"):
        assert name in done.stdout
