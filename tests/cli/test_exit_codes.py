"""Exit codes and errors: each mistake gives one sentence on standard error and its documented code."""

from __future__ import annotations

from pathlib import Path

import pytest

import planchecker.cli.check as check_command
from planchecker.checklist import Provenance
from planchecker.cli.main import run
from planchecker.plan import Plan
from planchecker.result import (
    ChecklistFacts,
    ElementResult,
    FeatureResult,
    PlanFacts,
    Result,
    Verdict,
)
from tests.conftest import PlancheckerRun
from tests.support import plan_of, yaml_file


@pytest.fixture(scope="module")
def bad_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One file a mistake."""
    folder = tmp_path_factory.mktemp("bad")
    text = folder / "renamed.docx"
    text.write_text("Dear all,\n\nplease find the plan attached.\n")
    empty = folder / "empty.docx"
    empty.write_bytes(b"")
    return {
        "no such file": folder / "nowhere.docx",
        "a folder": folder,
        "text renamed .docx": text,
        "an empty file": empty,
    }


def one_sentence(stderr: str) -> str:
    """The error, once it is sure that it is one line and no traceback."""
    lines = stderr.strip().splitlines()
    assert len(lines) == 1, stderr
    assert lines[0].startswith("planchecker: ")
    return lines[0]


@pytest.mark.parametrize("mistake", ["no such file", "a folder", "text renamed .docx"])
def test_an_unreadable_plan_is_3(
    mistake: str, planchecker: PlancheckerRun, bad_files: dict[str, Path]
) -> None:
    done = planchecker("check", bad_files[mistake], "--json")
    assert done.returncode == 3
    assert done.stdout == ""
    assert bad_files[mistake].name in one_sentence(done.stderr)


@pytest.mark.parametrize("mistake", ["no such file", "a folder", "text renamed .docx", "an empty file"])
@pytest.mark.parametrize("command", ["read", "match", "check"])
def test_every_command_that_reads_says_the_same(
    command: str, mistake: str, bad_files: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, str(bad_files[mistake])]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert bad_files[mistake].name in one_sentence(captured.err)


def test_an_unknown_checklist_is_4(planchecker: PlancheckerRun, plan_file: Path) -> None:
    done = planchecker("check", plan_file, "--checklist", "no-such-list")
    assert done.returncode == 4
    assert done.stdout == ""
    assert "everyone-counts-2014" in one_sentence(done.stderr)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "PLAN", "--checklist", "LIST"),
        ("match", "PLAN", "--checklist", "LIST"),
        ("checklist", "validate", "LIST"),
    ],
)
def test_a_broken_checklist_is_4_with_file_line_and_key(
    arguments: tuple[str, ...], plan_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = yaml_file(tmp_path, "id: a\ntitle: A\nfeatures:\n  - id: R1\n    requirment: x\n")
    files = {"PLAN": str(plan_file), "LIST": str(broken)}
    assert run([files.get(word, word) for word in arguments]) == 4
    message = one_sentence(capsys.readouterr().err)
    assert f"{broken}:" in message
    assert "features[0]" in message


def test_a_broken_checklist_is_4_through_the_script(
    planchecker: PlancheckerRun, plan_file: Path, tmp_path: Path
) -> None:
    done = planchecker("check", plan_file, "--checklist", yaml_file(tmp_path, "id: [\n"))
    assert done.returncode == 4
    assert "not valid YAML" in one_sentence(done.stderr)


USAGE = [
    ["check"],
    ["check", "PLAN", "--no-such-option"],
    ["check", "PLAN", "--fail-under", "many"],
    ["check", "PLAN", "--fail-under", "-1"],
    ["check", "PLAN", "--format", "html,papyrus"],
    ["check", "PLAN", "--fail-on", "F99"],
    ["check", "PLAN", "--explain", "F99"],
    ["read", "PLAN", "--format", "yaml"],
    ["match", "PLAN", "--top", "0"],
    ["match"],
    ["evaluate", "no/such/folder"],
    ["checklist", "show", "everyone-counts-2014", "F99"],
    ["checklist", "burn"],
    ["no-such-command"],
    ["--no-such-option"],
]


@pytest.mark.parametrize("arguments", USAGE, ids=" ".join)
def test_wrong_usage_is_2(arguments: list[str], plan_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([str(plan_file) if word == "PLAN" else word for word in arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err
    assert "Traceback" not in captured.err


def test_wrong_usage_is_2_through_the_script(planchecker: PlancheckerRun, plan_file: Path) -> None:
    done = planchecker("check", plan_file, "--no-such-option")
    assert done.returncode == 2
    assert "--no-such-option" in done.stderr


def test_reports_that_cannot_be_written_are_2(
    plan_file: Path, minimal_checklist: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    arguments = ["check", str(plan_file), "--checklist", str(minimal_checklist), "--format", "json"]
    assert run([*arguments, "-o", str(tmp_path / "file")]) == 2
    assert "-o" in one_sentence(capsys.readouterr().err)


class TestThresholds:
    """On a made result, so that no verdict of the day decides."""

    VERDICTS = (("R1", Verdict.MET), ("R2", Verdict.PARTIAL), ("R3", Verdict.MISSING))

    @pytest.fixture(autouse=True)
    def made_result(self, monkeypatch: pytest.MonkeyPatch) -> None:
        features = tuple(
            FeatureResult(identifier, identifier, "It is there.", Provenance.OWN, verdict, 0.9, ("So.",))
            for identifier, verdict in self.VERDICTS
        )
        result = Result(
            PlanFacts("draft.docx", "Draft", "0" * 64, None, 100),
            ChecklistFacts("three", "0", "Three"),
            (ElementResult("E01", "All", "", features),),
        )
        monkeypatch.setattr(check_command, "read", lambda *_, **__: plan_of())
        monkeypatch.setattr(check_command, "examine", lambda *_: (result,))

    @pytest.fixture
    def checklist(self, tmp_path: Path) -> str:
        features = "".join(f"  - {{id: {i}, requirement: It is there.}}\n" for i, _ in self.VERDICTS)
        return str(yaml_file(tmp_path, f"id: three\ntitle: Three\nfeatures:\n{features}"))

    @pytest.mark.parametrize(
        ("options", "code"),
        [
            ([], 0),
            (["--fail-under", "0"], 0),
            (["--fail-under", "1"], 0),
            (["--fail-under", "2"], 1),
            (["--fail-on", "R1"], 0),
            (["--fail-on", "R2"], 1),
            (["--fail-on", "R3"], 1),
            (["--fail-on", "r3"], 1),
            (["--fail-on", "R1, R3"], 1),
            (["--fail-on", "R1", "--fail-under", "2"], 1),
            (["--fail-on", "R3", "--fail-under", "1"], 1),
            (["--fail-on", "R1", "--fail-under", "1"], 0),
        ],
    )
    def test_a_threshold_gives_1_when_it_is_missed(
        self, options: list[str], code: int, checklist: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["check", "draft.docx", "--checklist", checklist, "--json", *options]) == code
        assert capsys.readouterr().out.startswith("{")

    def test_a_defect_is_70_and_says_so(
        self, checklist: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def broken(*_: object) -> Plan:
            raise ZeroDivisionError("a defect")

        monkeypatch.setattr(check_command, "examine", broken)
        assert run(["check", "draft.docx", "--checklist", checklist]) == 70
        captured = capsys.readouterr()
        assert "ZeroDivisionError" in captured.err
        assert captured.err.strip().splitlines()[-1].startswith("planchecker: a defect in planchecker")


@pytest.mark.parametrize("options", [("--fail-on", "R2"), ("--fail-under", "2")])
def test_a_missed_threshold_is_1_through_the_script(
    options: tuple[str, str], planchecker: PlancheckerRun, plan_file: Path, minimal_checklist: Path
) -> None:
    done = planchecker("check", plan_file, "--checklist", minimal_checklist, "--json", *options)
    assert done.returncode == 1
    assert done.stdout.startswith("{")
    assert done.stderr == ""
