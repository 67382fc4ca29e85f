"""README: two commands that can be pasted, one to try planchecker, one to run the tests."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import PurePosixPath

import pytest

from planchecker.reports import FORMATS
from tests.support import ROOT

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def section(title: str) -> str:
    return TEXT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


COMMANDS = [line.strip() for line in section("Try it").splitlines() if line.startswith("    ")]


def steps(command: str) -> list[list[str]]:
    return [shlex.split(step) for step in command.split("&&")]


def test_there_are_two_commands() -> None:
    assert len(COMMANDS) == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_each_makes_its_own_environment_and_installs_this_project(command: str) -> None:
    make, install, _ = steps(command)
    assert make == ["python3", "-m", "venv", ".venv"]
    assert install[:2] == [".venv/bin/pip", "install"]
    (what,) = [word for word in install[2:] if not word.startswith("-")]
    extra = what.removeprefix(".").strip("[]")
    assert what.startswith(".")
    assert not extra or extra in PROJECT["optional-dependencies"]


def test_the_first_checks_a_sample_plan_that_is_here() -> None:
    program, command, plan, *options = steps(COMMANDS[0])[-1]
    assert PurePosixPath(program).name in PROJECT["scripts"]
    assert command == "check"
    assert (ROOT / plan).is_file()
    assert options == ["-o", "report"]


def test_the_reports_it_names_are_those_that_are_written() -> None:
    stem = PurePosixPath(steps(COMMANDS[0])[-1][2]).stem
    named = re.findall(r"`report/([^`]+)`", section("Try it"))
    assert named == [f"{stem}-gaps.html", f"{stem}-gaps.docx"]
    assert {name.rpartition(".")[2] for name in named} <= set(FORMATS)


def test_the_second_ends_with_pytest() -> None:
    assert COMMANDS[1].endswith(" -m pytest")
    assert steps(COMMANDS[1])[-1] == [".venv/bin/python", "-m", "pytest"]
    assert any(re.match(r"pytest\b", wanted) for wanted in PROJECT["optional-dependencies"]["dev"])
    assert "[dev]" in COMMANDS[1]


def test_the_oldest_python_it_names_is_the_one_required() -> None:
    (named,) = re.findall(r"You need Python (\d+\.\d+) or later", TEXT)
    assert PROJECT["requires-python"] == f">={named}"
