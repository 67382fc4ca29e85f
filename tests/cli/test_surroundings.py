"""What the system refuses, and letters that it lacks: one sentence, and nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from planchecker.cli.main import run

_LONG = "a" * 5000


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["checklist", "validate", f"{_LONG}.yaml"], 4),
        (["batch", _LONG], 2),
        (["read", f"{_LONG}.md"], 3),
        (["compare", f"{_LONG}.json", f"{_LONG}.json"], 3),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_name_that_no_file_can_have(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == code
    said = capsys.readouterr().err
    assert said.startswith("planchecker: ")
    assert said.count("\n") == 1


def _script(
    *arguments: object, output: int | object = subprocess.PIPE, **environment: str
) -> tuple[int, str, str]:
    script = Path(sys.executable).with_name("planchecker")
    if not script.is_file():
        pytest.skip("the console script is not installed beside this Python")
    done = subprocess.run(
        [script, *map(str, arguments)], stdout=output, stderr=subprocess.PIPE, timeout=120, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip
    return done.returncode, (done.stdout or b"").decode("utf-8", "replace"), done.stderr.decode("utf-8")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_output_that_nobody_has_room_for(plan_file: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        code, _, said = _script("read", plan_file, output=full)
    assert code == 2
    assert said.startswith("planchecker: ")
    assert said.count("\n") == 1


def test_letters_that_the_output_lacks_stop_nothing(tmp_path: Path) -> None:
    plan = tmp_path / "plan.md"
    plan.write_text("# Carers\n\nWe will open 計画 services by March 2015.\n", encoding="utf-8")
    code, shown, said = _script("read", plan, PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert (code, said) == (0, "")
    assert "We will open ?? services" in shown
