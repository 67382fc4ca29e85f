"""`planchecker compare` from the outside: exactly the effect of the edits between two drafts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import pytest

from planchecker.cli.main import run
from tests.support import yaml_file

CHECKLIST = """\
    id: small
    title: A small list
    features:
      - id: R1
        name: Mental Capacity Act
        requirement: The plan builds the requirements of the Mental Capacity Act into all commissioning.
        parts:
          - id: a
            text: Mental Capacity Act requirements in commissioning
            cues: [Mental Capacity Act]
      - id: R2
        name: Better Care Fund
        requirement: The plan says how the Better Care Fund is used with the council.
        parts:
          - id: a
            text: pooled budget of the Better Care Fund with the council
            cues: [pooled budget, Better Care Fund, section 75]
      - id: R3
        name: Fishing boats
        requirement: The plan says how fishing boats on the moon are insured.
"""
ACT = (
    "Dr Anne Patel, lead GP for safeguarding, will train all 42 practices in the Mental Capacity Act by March"
    " 2015, and every contract carries its requirements from April 2014."
)
POOL = (
    "The Director of Integration and the council will put £6.6m into the pooled budget of the Better Care Fund"
    " under a section 75 agreement from April 2015, and use it for three agreed schemes."
)


def draft(path: Path, *sections: tuple[str, str]) -> Path:
    document = docx.Document()
    document.add_heading("Five year plan of NHS Fenwick CCG", 0)
    for heading, text in sections:
        document.add_heading(heading, 1)
        document.add_paragraph(text)
        document.add_paragraph("The valley has nine villages and a railway that closed in 1964.")
    document.save(str(path))
    return path


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A draft, and the next one: one passage taken out, another moved to a section put in before it."""
    folder = tmp_path_factory.mktemp("drafts")
    return {
        "list": yaml_file(folder, CHECKLIST),
        "old": draft(folder / "old.docx", ("1. Safeguarding", ACT), ("2. Better Care Fund", POOL)),
        "new": draft(
            folder / "new.docx",
            ("1. Safeguarding", "People are kept safe here, as they should be."),
            ("2. Our Better Care Fund", POOL),
            ("3. Railway", "The railway station is a tea room now."),
        ),
    }


def compared(
    files: dict[str, Path], old: str, new: str, capsys: pytest.CaptureFixture[str], *more: str
) -> dict[str, Any]:
    arguments = [
        "compare",
        str(files[old]),
        str(files[new]),
        "--checklist",
        str(files["list"]),
        "--json",
        *more,
    ]
    assert run(arguments) == 0
    data: dict[str, Any] = json.loads(capsys.readouterr().out)
    return data


def test_the_effect_of_the_edits_and_nothing_else(
    files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    data = compared(files, "old", "new", capsys)
    act, fund, boats = data["features"]
    assert data["summary"] == {"better": 0, "worse": 1, "same": 2, "not_comparable": 0}
    assert act["direction"] == "worse"
    assert [e["text"] for e in act["lost_evidence"]] == [ACT]
    # All that stands under the renamed heading has moved with it.
    assert POOL in [e["new"]["text"] for e in fund["moved"]]
    assert {(e["old"]["heading"][-1], e["new"]["heading"][-1]) for e in fund["moved"]} == {
        ("2. Better Care Fund", "2. Our Better Care Fund")
    }
    assert fund["lost_evidence"] == fund["new_evidence"] == boats["lost_evidence"] == boats["moved"] == []


def test_the_other_way_round_it_is_better(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    data = compared(files, "new", "old", capsys)
    assert data["summary"]["better"] == 1
    assert [e["text"] for e in data["features"][0]["new_evidence"]] == [ACT]


def test_a_draft_beside_itself(files: dict[str, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", str(files["old"]), str(files["old"]), "--checklist", str(files["list"])]) == 0
    told = capsys.readouterr().out
    assert "0 features better, 0 worse, 3 the same." in told
    assert "Unchanged (3): R1, R2, R3." in told


def test_a_regression_can_fail_a_job(files: dict[str, Path]) -> None:
    arguments = ["--checklist", str(files["list"]), "--fail-on-regression"]
    assert run(["compare", str(files["old"]), str(files["new"]), *arguments]) == 1
    assert run(["compare", str(files["new"]), str(files["old"]), *arguments]) == 0


def test_saved_results_and_reports(
    files: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checked = ["check", str(files["old"]), "--checklist", str(files["list"]), "--format", "json"]
    assert run([*checked, "-o", str(tmp_path)]) == 0
    capsys.readouterr()
    saved = {**files, "old": tmp_path / "old-gaps.json"}
    data = compared(saved, "old", "new", capsys, "-o", str(tmp_path / "out"), "--format", "html,docx,json")
    assert data["summary"]["worse"] == 1
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "new-changes.docx", "new-changes.html", "new-changes.json",
    ]  # fmt: skip


def test_no_reports_unless_asked(
    files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["compare", str(files["old"]), str(files["new"]), "--checklist", str(files["list"])]) == 0
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_compared_is_refused(
    files: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "wrong.json").write_text("{}", encoding="utf-8")
    assert run(["compare", str(tmp_path / "wrong.json"), str(files["new"])]) == 3
    assert "not a result that planchecker saved" in capsys.readouterr().err
    assert run(["compare", str(files["old"]), str(files["new"]), "--format", "papyrus"]) == 2
    assert "there is no report format 'papyrus'" in capsys.readouterr().err
