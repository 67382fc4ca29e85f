"""`read`, `match`, `checklist` and `evaluate` from the outside."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import docx
import pytest

from planchecker.cli.main import run
from planchecker.reading import read
from tests.conftest import PlancheckerRun

Capture = pytest.CaptureFixture[str]


class TestRead:
    def test_json_holds_every_block_with_its_place(self, plan_file: Path, capsys: Capture) -> None:
        assert run(["read", str(plan_file), "--format", "json"]) == 0
        data = json.loads(capsys.readouterr().out)
        plan = read(plan_file)
        assert [b["text"] for b in data["blocks"]] == [b.text for b in plan.blocks]
        assert [b["number"] for b in data["blocks"]] == list(range(len(plan.blocks)))
        for block in data["blocks"]:
            assert {"kind", "text", "page", "heading", "level"} <= set(block)
        assert {"path", "title", "sha256", "format", "pages", "unread", "notices"} <= set(data)

    def test_text_shows_headings_items_and_rows(self, planchecker: PlancheckerRun, plan_file: Path) -> None:
        done = planchecker("read", plan_file)
        assert (done.returncode, done.stderr) == (0, "")
        lines = done.stdout.splitlines()
        assert "## Better Care Fund" in lines
        assert any(line.startswith("- pool £6.6m") for line in lines)
        assert any(line.startswith("| Care home support") for line in lines)

    def test_every_word_of_the_plan_is_shown(self, plan_file: Path, capsys: Capture) -> None:
        assert run(["read", str(plan_file)]) == 0
        shown = capsys.readouterr().out
        assert all(block.text in shown for block in read(plan_file).blocks)


class TestMatch:
    FIELDS = frozenset({"plan", "feature", "rank", "score", "text", "page", "heading"})

    def test_jsonl_is_one_object_a_line_in_order(
        self, planchecker: PlancheckerRun, plan_file: Path, minimal_checklist: Path
    ) -> None:
        done = planchecker(
            "match", plan_file, "--checklist", minimal_checklist, "--top", "2", "--format", "jsonl"
        )
        assert (done.returncode, done.stderr) == (0, "")
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        assert [(line["feature"], line["rank"]) for line in lines] == [
            ("R1", 1),
            ("R1", 2),
            ("R2", 1),
            ("R2", 2),
        ]
        for line in lines:
            assert set(line) >= self.FIELDS
            assert line["plan"] == str(plan_file)
            assert line["text"]
        for first, second in (lines[:2], lines[2:]):
            assert first["score"] >= second["score"]
            assert first["text"] != second["text"]

    def test_several_plans_are_told_apart(
        self, plan_file: Path, minimal_checklist: Path, tmp_path: Path, capsys: Capture
    ) -> None:
        other = tmp_path / "other.docx"
        shutil.copyfile(plan_file, other)
        arguments = ["match", str(plan_file), str(other), "--checklist", str(minimal_checklist)]
        assert run([*arguments, "--top", "2", "--format", "jsonl"]) == 0
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [(line["feature"], line["rank"]) for line in lines] == [
            ("R1", 1),
            ("R1", 2),
            ("R2", 1),
            ("R2", 2),
        ]
        for first, second in (lines[:2], lines[2:]):  # the same passage, once from each plan
            assert first["text"] == second["text"]
            assert {first["plan"], second["plan"]} == {str(plan_file), str(other)}

    def test_several_plans_are_ranked_together(
        self, plan_file: Path, minimal_checklist: Path, tmp_path: Path, capsys: Capture
    ) -> None:
        beside = tmp_path / "beside.txt"
        beside.write_text("The choir met on Tuesday and sang until late.\n", encoding="utf-8")
        arguments = ["match", str(beside), str(plan_file), "--checklist", str(minimal_checklist)]
        assert run([*arguments, "--top", "50", "--format", "jsonl"]) == 0
        of_first = [
            line for line in map(json.loads, capsys.readouterr().out.splitlines()) if line["feature"] == "R1"
        ]
        scores = [line["score"] for line in of_first]
        assert scores == sorted(scores, reverse=True)
        assert of_first[0]["plan"] == str(plan_file)
        assert {line["plan"] for line in of_first} == {str(plan_file), str(beside)}

    def test_text_names_the_plan_where_there_are_several(
        self, plan_file: Path, minimal_checklist: Path, tmp_path: Path, capsys: Capture
    ) -> None:
        other = tmp_path / "other.docx"
        shutil.copyfile(plan_file, other)
        options = ["--checklist", str(minimal_checklist), "--top", "2"]
        assert run(["match", str(plan_file), str(other), *options]) == 0
        shown = capsys.readouterr().out
        assert shown.count("draft.docx, ") == shown.count("other.docx, ") == 2
        assert run(["match", str(plan_file), *options]) == 0
        assert "draft.docx" not in capsys.readouterr().out

    @pytest.mark.parametrize("top", [1, 3, 30])
    def test_no_more_than_asked_and_no_passage_twice(
        self, top: int, plan_file: Path, minimal_checklist: Path, capsys: Capture
    ) -> None:
        arguments = ["match", str(plan_file), "--checklist", str(minimal_checklist), "--format", "jsonl"]
        assert run([*arguments, "--top", str(top)]) == 0
        texts = [json.loads(line)["text"] for line in capsys.readouterr().out.splitlines() if '"R1"' in line]
        assert 1 <= len(texts) <= top
        assert len(texts) == len(set(texts))

    def test_text_names_the_features_and_gives_no_verdict(
        self, plan_file: Path, minimal_checklist: Path, capsys: Capture
    ) -> None:
        assert run(["match", str(plan_file), "--checklist", str(minimal_checklist)]) == 0
        shown = capsys.readouterr().out
        assert "R1 The plan says who leads the work" in shown
        assert not any(word in shown for word in ("Met", "Partly met", "No evidence found"))


class TestChecklist:
    def test_list_names_the_installed_ones(self, planchecker: PlancheckerRun) -> None:
        done = planchecker("checklist", "list")
        assert done.returncode == 0
        assert "everyone-counts-2014" in done.stdout
        assert "21 elements, 47 features" in done.stdout

    def test_show_prints_every_feature_with_its_provenance(self, capsys: Capture) -> None:
        assert run(["checklist", "show", "everyone-counts-2014"]) == 0
        lines = capsys.readouterr().out.splitlines()
        for number in range(1, 48):
            assert any(line.startswith(f"  F{number:02} [") for line in lines)

    def test_show_prints_all_of_one_feature(self, capsys: Capture) -> None:
        assert run(["checklist", "show", "everyone-counts-2014", "f08"]) == 0
        shown = capsys.readouterr().out
        assert shown.startswith("F08 ")
        for word in (
            "asks:",
            "provenance:",
            "part a:",
            "part b:",
            "cues:",
            "not counted:",
            "advice:",
            "would meet it:",
            "would mislead:",
        ):
            assert word in shown

    def test_show_takes_a_file(self, minimal_checklist: Path, capsys: Capture) -> None:
        assert run(["checklist", "show", str(minimal_checklist), "R1"]) == 0
        assert "asks: The plan says who leads the work." in capsys.readouterr().out

    def test_validate_says_what_is_in_order(
        self, planchecker: PlancheckerRun, minimal_checklist: Path
    ) -> None:
        done = planchecker("checklist", "validate", minimal_checklist)
        assert (done.returncode, done.stderr) == (0, "")
        assert "in order (1 elements, 2 features, 2 parts)" in done.stdout


class TestEvaluate:
    @pytest.fixture
    def folder(self, tmp_path: Path, plan_file: Path) -> Path:
        (tmp_path / "gold").mkdir()
        shutil.copyfile(plan_file, tmp_path / "gold" / "plan.docx")
        key = {"name": "gold", "features": {"R1": {"status": "met"}, "R2": {"status": "missing"}}}
        (tmp_path / "gold" / "gold.json").write_text(json.dumps(key))
        return tmp_path

    @pytest.mark.parametrize("form", ["text", "json", "markdown"])
    def test_it_prints_scores_beside_controls(
        self, form: str, folder: Path, minimal_checklist: Path, capsys: Capture
    ) -> None:
        assert run(["evaluate", str(folder), "--checklist", str(minimal_checklist), "--format", form]) == 0
        shown = capsys.readouterr().out
        assert all(word in shown for word in ("kappa", "always met", "keyword"))

    def test_a_folder_without_keys_is_wrong_usage(self, tmp_path: Path, capsys: Capture) -> None:
        assert run(["evaluate", str(tmp_path)]) == 2
        assert "gold.json" in capsys.readouterr().err


class TestMakingChecklists:
    def word_list(self, folder: Path) -> Path:
        document = docx.Document()
        document.add_heading("Health and wellbeing strategy", 1)
        for text in (
            "Say how loneliness will be reduced and who will lead it.",
            "Reduce smoking in pregnancy.",
            "Help carers under 18.",
        ):
            document.add_paragraph(text, style="List Number")
        path = folder / "strategy.docx"
        document.save(str(path))
        return path

    def test_from_a_word_list_to_a_first_check(
        self, planchecker: PlancheckerRun, plan_file: Path, tmp_path: Path
    ) -> None:
        self.word_list(tmp_path)
        made = planchecker("checklist", "new", "strategy.docx", "-o", "strategy.yaml", cwd=tmp_path)
        assert made.returncode == 0, made.stderr
        assert "3 requirements with 4 parts, from its numbered list of strategy.docx" in made.stdout
        for step in (
            ("checklist", "validate", "strategy.yaml"),
            ("checklist", "show", "strategy.yaml"),
            ("check", plan_file, "--checklist", "strategy.yaml", "--format", "html"),
        ):
            done = planchecker(*step, cwd=tmp_path)
            assert done.returncode == 0, done.stderr
        assert "of 3 features met" in done.stdout
        assert (tmp_path / "planchecker-report" / "draft-gaps.html").is_file()

    def test_without_o_the_file_is_named_after_the_list(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert run(["checklist", "new", str(self.word_list(tmp_path))]) == 0
        assert (tmp_path / "strategy.yaml").is_file()
        assert run(["checklist", "new", str(self.word_list(tmp_path))]) == 2
        assert "there is a file of this name already" in capsys.readouterr().err

    def test_a_file_without_a_list_gets_one_sentence(self, tmp_path: Path, capsys: Capture) -> None:
        path = tmp_path / "minutes.txt"
        path.write_text("We met on Tuesday and talked until late.\n", encoding="utf-8")
        assert run(["checklist", "new", str(path), "-o", str(tmp_path / "out.yaml")]) == 3
        assert capsys.readouterr().err.count("\n") == 1
        assert not (tmp_path / "out.yaml").exists()

    def test_what_changed_is_told(self, minimal_checklist: Path, tmp_path: Path, capsys: Capture) -> None:
        newer = tmp_path / "newer.yaml"
        text = minimal_checklist.read_text(encoding="utf-8").replace(
            "who leads the work", "who leads and pays"
        )
        newer.write_text(text + "  - id: R3\n    requirement: Say when.\n", encoding="utf-8")
        assert run(["checklist", "diff", str(minimal_checklist), str(newer)]) == 0
        told = capsys.readouterr().out
        assert "R1: reworded" in told and "+ The plan says who leads and pays." in told
        assert "R3: added" in told and "R2" not in told
        assert run(["checklist", "diff", str(newer), str(newer)]) == 0
        assert "No feature changed." in capsys.readouterr().out
