"""Shared fixtures: one small plan in Word, the installed checklist, and the real console script."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, settings

from planchecker.checklist import Checklist
from planchecker.checklist_file import load_checklist
from tests.support import MINIMAL, yaml_file

# What the models said is remembered for this run only, never in the user's own cache folder.
_MEMORY = tempfile.TemporaryDirectory(prefix="planchecker-tests-")
os.environ["PLANCHECKER_CACHE"] = _MEMORY.name

# The same examples on every run, and no deadline: a slow machine is no defect.
settings.register_profile(
    "suite",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
)
settings.register_profile("search", deadline=None, max_examples=2000, suppress_health_check=list(HealthCheck))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

PlancheckerRun = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def everyone_counts() -> Checklist:
    """The installed checklist."""
    return load_checklist()


@pytest.fixture(scope="session")
def plan_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A two-page draft with headings, a list, a table and a placeholder."""
    document = docx.Document()
    document.add_heading("Five year plan of NHS Fenwick CCG", 1)
    document.add_heading("Safeguarding", 2)
    document.add_paragraph(
        "Dr Anne Patel, lead GP for safeguarding, will train all 42 practices in the Mental Capacity Act by"
        " March 2015, and the quality committee will audit 60 sets of notes a year through the contract."
    )
    document.add_heading("Better Care Fund", 2)
    document.add_paragraph("With the council we will:")
    for item in (
        "pool £6.6m in a section 75 agreement from April 2015",
        "open a seven-day discharge team of twelve nurses in Q3 2014/15",
    ):
        document.add_paragraph(item, style="List Bullet")
    table = document.add_table(rows=3, cols=3)
    for row, cells in zip(
        table.rows,
        (
            ("Scheme", "Saving", "Owner"),
            ("Care home support", "£1.2m", "Head of Integration"),
            ("Follow-up clinics", "TBC", "to be confirmed"),
        ),
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_page_break()
    document.add_heading("Carers", 2)
    document.add_paragraph("Support for carers has not been commissioned.")
    path = tmp_path_factory.mktemp("plan") / "draft.docx"
    document.save(str(path))
    return path


@pytest.fixture(scope="session")
def minimal_checklist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checklist file of two ids and requirement texts, and nothing else."""
    return yaml_file(tmp_path_factory.mktemp("checklist"), MINIMAL)


@pytest.fixture(scope="session")
def planchecker(tmp_path_factory: pytest.TempPathFactory) -> PlancheckerRun:
    """Run the installed console script in an empty folder of its own, or in `cwd`."""
    script = Path(sys.executable).with_name("planchecker")
    if not script.is_file():
        pytest.skip("the console script is not installed beside this Python")

    def run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [script, *map(str, arguments)],
            cwd=cwd or tmp_path_factory.mktemp("cwd"),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def without_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation from which both models were left out, wherever they are asked for."""
    import planchecker.pipeline  # noqa: F401  (so that every module that asks is loaded)
    from planchecker.matching import models

    for ask in (models.encoder, models.reader):
        for name, module in list(sys.modules.items()):
            if name.startswith("planchecker.") and getattr(module, ask.__name__, None) is ask:
                monkeypatch.setattr(module, ask.__name__, lambda: None)
