"""`planchecker batch` as it is typed: a pack, the exit codes, and nothing dropped in silence."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from planchecker import environment
from planchecker.cli.main import run
from planchecker.reports.machine import result_schema
from planchecker.triage.layout import STORE
from tests.conftest import PlancheckerRun
from tests.triage.folders import folder_of, zip_of
from tests.triage.here import files_of


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
    planchecker: PlancheckerRun,
    handed_in: Path,
    minimal_checklist: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pack = tmp_path / "pack"
    monkeypatch.setenv(environment.CACHE, str(tmp_path / "cache"))
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
    assert not (tmp_path / "cache").exists()  # no plan is judged by what was said of another
    for line in lines:
        if "result" in line:
            Draft202012Validator(result_schema()).validate(line["result"])
    assert lines[0]["metadata"]["organisation"] == "NHS Fenwick CCG"
    for name in ("broken.docx", "~$a.docx", ".hidden.md", "figures.xlsx", "2 of 3 plans checked"):
        assert name in done.stdout


def test_killed_and_typed_again_it_goes_on_to_the_same_pack(
    planchecker: PlancheckerRun, minimal_checklist: Path, tmp_path: Path
) -> None:
    plans = folder_of(tmp_path / "in", {f"{n}.md": f"Dr Number {n} leads the work.\n" for n in range(6)})
    zip_of(plans / "more.zip", {"a.md": "Nobody leads it.\n"})
    options = ["--checklist", minimal_checklist, "--jobs", 1, "-o"]
    command = [Path(sys.executable).with_name("planchecker"), "batch", plans, *options, tmp_path / "pack"]
    with subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and kept(tmp_path / "pack") < 2:
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    before = kept(tmp_path / "pack")
    assert 2 <= before < 7
    assert planchecker("batch", plans, *options, tmp_path / "pack").returncode == 0
    assert planchecker("batch", plans, *options, tmp_path / "whole").returncode == 0
    assert kept(tmp_path / "pack") == 7
    assert files_of(tmp_path / "pack") == files_of(tmp_path / "whole")


def kept(pack: Path) -> int:
    """How many plans the pack holds results of."""
    if not (pack / STORE).is_file():
        return 0
    try:
        with sqlite3.connect(f"file:{pack / STORE}?mode=ro", uri=True) as file:
            return int(file.execute("SELECT count(*) FROM checked").fetchone()[0])
    except sqlite3.OperationalError:  # not made yet
        return 0


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signal to one process")
def test_stopped_by_the_keyboard_it_says_that_what_is_done_is_kept(
    minimal_checklist: Path, tmp_path: Path
) -> None:
    many = tmp_path / "many"  # more than it can finish before the signal comes, however slow this test is
    many.mkdir()
    for number in range(100):
        (many / f"{number}.md").write_text(f"# Plan {number}\n\nWe will pool £{number}m.\n", encoding="utf-8")
    command = [Path(sys.executable).with_name("planchecker"), "batch", many, "-o", tmp_path / "pack",
               "--checklist", minimal_checklist, "--jobs", "1"]  # fmt: skip
    with subprocess.Popen([str(word) for word in command], stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not (tmp_path / "pack" / STORE).is_file():
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 1
    assert told.splitlines() == ["What is done is kept: the same command goes on from here.", "", "Stopped."]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "Missing argument"),
        (["EMPTY"], 2, "there is no plan in"),
        (["PLANS", "--jobs", "0"], 2, "--jobs"),
        (["PLANS", "--memory-limit", "10"], 2, "--memory-limit"),
        (["PLANS", "--scheduler", "tcp://127.0.0.1:9", "--jobs", "2"], 2, "--jobs is for this machine"),
        (["PLANS", "--checklist", "no-such-list"], 4, "no-such-list"),
        (["PLANS", "--plans", "nowhere.csv"], 4, "nowhere.csv: it cannot be opened"),
    ],
)
def test_a_command_that_is_wrong_says_so_before_any_work(
    arguments: list[str], code: int, said: str, handed_in: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    words = {"PLANS": str(handed_in), "EMPTY": str(tmp_path)}
    assert (
        run(["batch", *(words.get(word, word) for word in arguments), "-o", str(tmp_path / "pack")]) == code
    )
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert not (tmp_path / "pack").exists()
