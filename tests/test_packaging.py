"""The wheel carries what an installed planchecker needs, and nothing else."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import zipfile
from pathlib import PurePosixPath

import pytest

from tests.support import ROOT

pytestmark = pytest.mark.slow


def can_import(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    out = tmp_path_factory.mktemp("wheel")
    if can_import("hatchling"):
        command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", out, ROOT]
    elif can_import("build"):
        command = [sys.executable, "-m", "build", "--wheel", "-o", out, ROOT]
    else:
        pytest.skip("neither hatchling nor build is installed here")
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode and "No module named pip" in done.stderr:
        pytest.skip("pip is not installed here")
    assert done.returncode == 0, done.stderr
    (path,) = out.glob("planchecker-*.whl")
    return zipfile.ZipFile(path)


def files_below(folder: str) -> set[str]:
    return {
        p.relative_to(ROOT).as_posix()
        for p in (ROOT / folder).rglob("*")
        if p.is_file() and p.suffix != ".pyc"
    }


@pytest.mark.parametrize("folder", ["checklists", "templates"])
def test_checklists_and_templates_are_inside(wheel: zipfile.ZipFile, folder: str) -> None:
    assert {f"planchecker/data/{file}" for file in files_below(folder)} <= set(wheel.namelist())


def test_code_and_weights_are_inside(wheel: zipfile.ZipFile) -> None:
    assert files_below("planchecker") <= set(wheel.namelist())
    assert "planchecker/judging/weights.json" in wheel.namelist()


def test_nothing_else_is_inside(wheel: zipfile.ZipFile) -> None:
    tops = {PurePosixPath(name).parts[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"planchecker"}
    folders = {part for name in wheel.namelist() for part in PurePosixPath(name).parts[:-1]}
    assert not folders & {"corpus", "tests", "tools", "benchmarks", "__pycache__"}


def test_the_console_script_is_declared(wheel: zipfile.ZipFile) -> None:
    (entries,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "planchecker = planchecker.cli.main:main" in wheel.read(entries).decode()


def test_it_stays_small_enough_to_send(wheel: zipfile.ZipFile) -> None:
    assert sum(item.compress_size for item in wheel.infolist()) < 80_000_000


def test_torch_is_no_dependency(wheel: zipfile.ZipFile) -> None:
    (metadata,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    required = [
        line
        for line in wheel.read(metadata).decode().splitlines()
        if line.startswith("Requires-Dist:") and "extra ==" not in line
    ]
    assert required
    assert not [
        line
        for line in required
        if any(name in line for name in ("torch", "transformers", "pytest", "PyMuPDF"))
    ]
