"""The public surface: exactly the names of `__all__`, imported only when used."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import planchecker
from planchecker.errors import ExitCode, PlancheckerError

PUBLIC = ["Checklist", "Plan", "PlancheckerError", "Result", "check", "check_all", "load_checklist", "read"]
HEAVY = ("spacy", "docx", "lxml", "numpy", "onnxruntime", "pdfplumber", "pypdfium2", "jinja2")


def loaded_after(code: str) -> set[str]:
    """The modules that a fresh Python holds after running the code."""
    listing = f"{code}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def errors() -> list[type[PlancheckerError]]:
    found, queue = [], [PlancheckerError]
    while queue:
        queue += (one := queue.pop()).__subclasses__()
        found.append(one)
    return found


def test_the_public_names_are_these_and_no_others() -> None:
    assert sorted(planchecker.__all__) == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    assert getattr(planchecker, name).__doc__


def test_a_star_import_gives_the_public_names() -> None:
    names: dict[str, object] = {}
    exec("from planchecker import *", names)
    assert set(PUBLIC) == set(names) - {"__builtins__"}


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'judge_jury'"):
        planchecker.judge_jury  # noqa: B018


@pytest.mark.parametrize(
    "module", ["planchecker", "planchecker.cli.main", "planchecker.plan", "planchecker.result"]
)
def test_importing_the_package_imports_nothing_heavy(module: str) -> None:
    assert not loaded_after(f"import {module}") & set(HEAVY)


def test_one_public_name_does_not_bring_the_others() -> None:
    assert not loaded_after("from planchecker import Plan, Result, PlancheckerError") & set(HEAVY)


def test_no_submodule_has_the_name_of_a_public_one() -> None:
    assert not {module.name for module in pkgutil.iter_modules(planchecker.__path__)} & set(PUBLIC)


def test_a_submodule_does_not_shadow_the_function_of_its_name() -> None:
    code = (
        "import importlib, pkgutil, planchecker\n"
        "for module in pkgutil.walk_packages(planchecker.__path__, 'planchecker.'):\n"
        "    importlib.import_module(module.name)\n"
        "from planchecker import check, load_checklist, read\n"
        "assert callable(check) and callable(load_checklist) and callable(read)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_package_is_typed() -> None:
    from importlib.resources import files

    assert (files("planchecker") / "py.typed").is_file()


@pytest.mark.parametrize("error", errors(), ids=lambda error: error.__name__)
def test_every_error_has_a_documented_exit_code(error: type[PlancheckerError]) -> None:
    assert isinstance(error.exit_code, ExitCode)
    assert error.exit_code is not ExitCode.DONE
    assert error.__doc__


def test_exit_codes_are_as_promised() -> None:
    assert {code.name: int(code) for code in ExitCode} == {
        "DONE": 0,
        "BELOW_THRESHOLD": 1,
        "USAGE": 2,
        "UNREADABLE_PLAN": 3,
        "BAD_CHECKLIST": 4,
        "INCOMPLETE_BATCH": 5,
        "DEFECT": 70,
    }


def test_the_documented_lines_work(plan_file: Path, minimal_checklist: Path) -> None:
    code = (
        "import sys\n"
        "from planchecker import check, load_checklist, read\n"
        "result = check(read(sys.argv[1]), load_checklist(sys.argv[2]))\n"
        "print(*[feature.id for feature in result.features])"
    )
    arguments = [sys.executable, "-c", code, str(plan_file), str(minimal_checklist)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["R1", "R2"]
