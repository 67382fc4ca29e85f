"""What a kept result depends on: the words asked and all that judges, and not where they lie."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from planchecker.checklist import Checklist
from planchecker.checklist_file import installed_checklists, load_checklist
from planchecker.triage import edition
from planchecker.triage.edition import edition_of
from tests.support import checklist_of, part


def test_other_words_are_another_edition() -> None:
    one, two = checklist_of(part("Who leads.")), checklist_of(part("Who leads it."))
    assert edition_of(one) == edition_of(checklist_of(part("Who leads."))) != edition_of(two)
    assert edition_of(replace(one, version="1")) != edition_of(one)


def test_the_same_list_elsewhere_is_the_same_edition_and_other_exemplars_are_not(
    everyone_counts: Checklist, tmp_path: Path
) -> None:
    file = installed_checklists()[everyone_counts.id]
    for path in (file, everyone_counts.exemplar_file):
        if path is not None:
            shutil.copy(path, tmp_path)
    copied = load_checklist(tmp_path / file.name)
    assert copied.exemplar_file != everyone_counts.exemplar_file
    assert edition_of(copied) == edition_of(everyone_counts)
    assert edition_of(replace(copied, exemplar_file=None)) != edition_of(everyone_counts)


def test_another_line_of_code_or_another_rule_is_another_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rules").mkdir()
    files = {"code.py": "x = 1", "weights.json": "{}", "rules/one.yaml": "a: 1"}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(edition, "_PACKAGE", tmp_path)
    monkeypatch.setattr(edition, "resource_folder", lambda _: tmp_path)
    found = []
    for name in ("", *files):
        if name:
            (tmp_path / name).write_text("changed: 1")
        edition._program.cache_clear()
        found.append(edition._program())
    edition._program.cache_clear()
    assert len(set(found)) == 4
