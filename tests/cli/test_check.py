"""`planchecker check` from the outside: what it prints and what it writes."""

from __future__ import annotations

import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from planchecker.cli.main import run
from planchecker.reports.machine import result_schema
from planchecker.resources import resource_folder
from tests.conftest import PlancheckerRun
from tests.support import MINIMAL, ROOT, yaml_file


@pytest.fixture(scope="module")
def done(planchecker: PlancheckerRun, plan_file: Path) -> subprocess.CompletedProcess[str]:
    """One check with `--json` by the installed checklist."""
    return planchecker("check", plan_file, "--json")


@pytest.fixture(scope="module")
def result(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    data: dict[str, Any] = json.loads(done.stdout)
    return data


def features(result: dict[str, Any]) -> list[dict[str, Any]]:
    return [feature for element in result["elements"] for feature in element["features"]]


def test_the_result_is_all_that_is_printed(
    done: subprocess.CompletedProcess[str], result: dict[str, Any]
) -> None:
    assert done.stderr == ""
    assert done.stdout.startswith("{") and done.stdout.endswith("}\n")


def test_the_result_follows_the_published_schema(result: dict[str, Any]) -> None:
    published = json.loads((ROOT / "templates" / "result.schema.json").read_text(encoding="utf-8"))
    assert published == result_schema()
    Draft202012Validator.check_schema(published)
    Draft202012Validator(published).validate(result)


def test_it_holds_21_elements_and_47_features(result: dict[str, Any]) -> None:
    assert [e["id"] for e in result["elements"]] == [f"E{n:02}" for n in range(1, 22)]
    assert [f["id"] for f in features(result)] == [f"F{n:02}" for n in range(1, 48)]
    assert sum(result["summary"].values()) == 47


def test_every_promised_field_is_there(result: dict[str, Any]) -> None:
    assert {"schema", "plan", "checklist", "summary", "elements"} <= set(result)
    assert {"path", "title", "sha256", "pages", "words", "unread"} <= set(result["plan"])
    assert {"id", "version", "title"} <= set(result["checklist"])
    for feature in features(result):
        assert {
            "id",
            "requirement",
            "provenance",
            "verdict",
            "confidence",
            "reasons",
            "gaps",
            "evidence",
        } <= set(feature)
        for evidence in feature["evidence"]:
            assert {"text", "page", "heading", "block", "score", "matched_by", "shows", "weakened_by"} <= set(
                evidence
            )


def test_every_verdict_comes_with_evidence_or_a_reason(result: dict[str, Any]) -> None:
    assert all(feature["evidence"] or feature["reasons"] for feature in features(result))


def test_it_names_the_plan_it_judged(result: dict[str, Any], plan_file: Path) -> None:
    from hashlib import sha256

    assert result["plan"]["sha256"] == sha256(plan_file.read_bytes()).hexdigest()
    assert result["plan"]["title"]


def test_the_same_file_gives_the_same_result(
    done: subprocess.CompletedProcess[str], plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(plan_file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(done.stdout)


@pytest.fixture(scope="module")
def reported(
    planchecker: PlancheckerRun,
    plan_file: Path,
    minimal_checklist: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[subprocess.CompletedProcess[str], Path]:
    """One check with all three reports, and the folder that they are in."""
    folder = tmp_path_factory.mktemp("reports") / "new" / "folder"
    options = ("--format", "html,docx,json", "-o", folder)
    return planchecker("check", plan_file, "--checklist", minimal_checklist, *options), folder


def test_the_reports_are_written_and_named(reported: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    done, folder = reported
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in folder.iterdir()) == [
        "draft-gaps.docx",
        "draft-gaps.html",
        "draft-gaps.json",
    ]
    for path in folder.iterdir():
        assert str(path) in done.stdout


def test_the_html_report_is_one_whole_page(reported: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    page = (reported[1] / "draft-gaps.html").read_text(encoding="utf-8")
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert page.rstrip().lower().endswith("</html>")
    assert "Support for carers has not been commissioned." in page.partition('id="section-text"')[2]
    assert "R1" in page and "R2" in page


def test_the_word_report_opens(reported: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    path = reported[1] / "draft-gaps.docx"
    assert zipfile.ZipFile(path).testzip() is None
    assert len(docx.Document(str(path)).element.body) > 5


def test_the_json_report_is_the_json_result(reported: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    data = json.loads((reported[1] / "draft-gaps.json").read_text(encoding="utf-8"))
    Draft202012Validator(result_schema()).validate(data)
    assert [f["id"] for f in features(data)] == ["R1", "R2"]


def test_the_summary_is_printed_beside_the_reports(
    reported: tuple[subprocess.CompletedProcess[str], Path],
) -> None:
    printed = reported[0].stdout
    assert "of 2 features met" in printed
    assert "Presence is not adequacy" in printed
    assert "failed" not in printed.lower()


def test_reports_go_to_a_folder_of_their_own_unless_told(
    plan_file: Path, minimal_checklist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["check", str(plan_file), "--checklist", str(minimal_checklist), "--format", "json"]) == 0
    assert [p.name for p in tmp_path.rglob("*.json")] == ["draft-gaps.json"]
    assert (tmp_path / "planchecker-report").is_dir()


def test_json_on_standard_output_writes_no_report(
    plan_file: Path, minimal_checklist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["check", str(plan_file), "--checklist", str(minimal_checklist), "--json"]) == 0
    assert list(tmp_path.iterdir()) == []


def test_json_with_a_folder_keeps_standard_output_clean(
    plan_file: Path, minimal_checklist: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["check", str(plan_file), "--checklist", str(minimal_checklist), "--json"]
    assert run([*arguments, "--format", "json", "-o", str(tmp_path)]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out) == json.loads((tmp_path / "draft-gaps.json").read_text(encoding="utf-8"))
    assert "draft-gaps.json" in captured.err


def test_one_verdict_can_be_explained(
    plan_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["check", str(plan_file), "--explain", "f40"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("F40 ")
    assert "Verdict: " in told
    assert list(tmp_path.iterdir()) == []


def test_one_ruling_can_be_explained(plan_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(plan_file), "--explain", "Surplus-2014-15"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("surplus-2014-15 Surplus, 2014/15\n")
    assert "Source: " in told


def test_what_is_neither_feature_nor_rule_is_refused(
    plan_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(plan_file), "--explain", "F99"]) == 2
    assert "there is no feature or rule 'F99'" in capsys.readouterr().err


def test_a_draft_with_a_space_and_an_accent_in_its_name(
    planchecker: PlancheckerRun, plan_file: Path, minimal_checklist: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "Five year plan – été v0.7.docx"
    draft.write_bytes(plan_file.read_bytes())
    done = planchecker(
        "check", draft.name, "--checklist", minimal_checklist, "--format", "json", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "planchecker-report" / f"{draft.stem}-gaps.json").is_file()


class TestSeveralChecklists:
    @pytest.fixture
    def other(self, tmp_path_factory: pytest.TempPathFactory) -> Path:
        text = MINIMAL.replace("my-list", "other-list").replace("R1", "Q1").replace("R2", "Q2")
        return yaml_file(tmp_path_factory.mktemp("other"), text)

    def test_each_list_gets_its_own_reports(
        self, plan_file: Path, minimal_checklist: Path, other: Path, tmp_path: Path
    ) -> None:
        lists = ["--checklist", str(minimal_checklist), "--checklist", str(other)]
        arguments = ["check", str(plan_file), *lists, "--format", "html,json", "-o", str(tmp_path)]
        assert run(arguments) == 0
        names = [
            f"draft-{name}-gaps.{form}" for name in ("my-list", "other-list") for form in ("html", "json")
        ]
        assert sorted(path.name for path in tmp_path.iterdir()) == names

    def test_the_json_is_one_object_that_holds_the_results(
        self, plan_file: Path, minimal_checklist: Path, other: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lists = ["--checklist", str(minimal_checklist), "--checklist", str(other)]
        assert run(["check", str(plan_file), *lists, "--json"]) == 0
        data = json.loads(capsys.readouterr().out)
        schema = json.loads(
            (resource_folder("templates") / "results.schema.json").read_text(encoding="utf-8")
        )
        registry = Registry().with_resource(result_schema()["$id"], Resource.from_contents(result_schema()))
        Draft202012Validator(schema, registry=registry).validate(data)
        assert [result["checklist"]["id"] for result in data["results"]] == ["my-list", "other-list"]
        assert run(["check", str(plan_file), "--checklist", str(other), "--json"]) == 0
        assert data["results"][1] == json.loads(capsys.readouterr().out)

    def test_both_summaries_are_printed(
        self,
        plan_file: Path,
        minimal_checklist: Path,
        other: Path,
        tmp_path: Path,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        lists = ["--checklist", str(minimal_checklist), "--checklist", str(other)]
        assert run(["check", str(plan_file), *lists, "--format", "json", "-o", str(tmp_path)]) == 0
        assert capsys.readouterr().out.count("of 2 features met") == 2

    def test_thresholds_count_the_lists_together(
        self, plan_file: Path, minimal_checklist: Path, other: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lists = ["--checklist", str(minimal_checklist), "--checklist", str(other), "--json"]
        assert run(["check", str(plan_file), *lists, "--fail-on", "Q2"]) == 1
        met = sum(result["summary"]["met"] for result in json.loads(capsys.readouterr().out)["results"])
        assert run(["check", str(plan_file), *lists, "--fail-under", str(met)]) == 0
        assert run(["check", str(plan_file), *lists, "--fail-under", str(met + 1)]) == 1

    def test_one_list_given_twice_is_refused(
        self, plan_file: Path, minimal_checklist: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(["check", str(plan_file), *["--checklist", str(minimal_checklist)] * 2]) == 2
        assert "'my-list' is given twice" in capsys.readouterr().err

    def test_a_verdict_of_any_list_can_be_explained(
        self, plan_file: Path, minimal_checklist: Path, other: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        lists = ["--checklist", str(minimal_checklist), "--checklist", str(other)]
        assert run(["check", str(plan_file), *lists, "--explain", "q1"]) == 0
        assert capsys.readouterr().out.startswith("Q1 ")


def test_accepted_gaps_fail_no_threshold(
    planchecker: PlancheckerRun, plan_file: Path, minimal_checklist: Path, tmp_path: Path
) -> None:
    arguments = ("check", plan_file, "--checklist", minimal_checklist, "--json")
    found = features(json.loads(planchecker(*arguments).stdout))
    identifier = next(f["id"] for f in found if f["verdict"] != "met")
    accepted = tmp_path / "accepted.yaml"
    accepted.write_text(
        f"accepted:\n  - {{feature: {identifier}, reason: Agreed, by: A. B., date: 2014-03-01}}\n",
        encoding="utf-8",
    )
    assert planchecker(*arguments, "--fail-on", identifier).returncode == 1
    passing = str(1 + sum(f["verdict"] == "met" for f in found))
    done = planchecker(*arguments, "--fail-on", identifier, "--fail-under", passing, "--accept", accepted)
    assert done.returncode == 0, done.stderr
    (feature,) = [f for f in features(json.loads(done.stdout)) if f["accepted"]]
    assert (feature["id"], feature["accepted"]["reason"]) == (identifier, "Agreed")


def test_a_wrong_list_of_accepted_gaps_is_wrong_usage(
    planchecker: PlancheckerRun, plan_file: Path, tmp_path: Path
) -> None:
    done = planchecker("check", plan_file, "--accept", tmp_path / "none.yaml")
    assert done.returncode == 2
    assert "there is no such file" in done.stderr
