"""What the models said is remembered, exactly, and a fault of the store costs nothing but time."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from planchecker import environment
from planchecker.matching.memory import Floats, Texts, remembered


class Model:
    """Counts the texts that it was asked to compute."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def __call__(self, texts: Texts) -> Floats:
        self.asked += texts
        return np.array([[len(str(text)), sum(map(ord, str(text))) / 7] for text in texts], dtype=np.float32)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(environment.CACHE, str(tmp_path / "cache"))
    return tmp_path / "cache"


TEXTS = ["carers", "a pooled budget", "carers", ("part", "passage")]


def test_what_is_remembered_is_what_was_computed() -> None:
    fresh = remembered(b"m", TEXTS, Model())
    again = remembered(b"m", TEXTS, Model())
    assert np.array_equal(fresh, Model()(TEXTS))
    assert np.array_equal(again, fresh)


def test_only_what_is_new_is_computed() -> None:
    remembered(b"m", ["one", "two"], Model())
    model = Model()
    rows = remembered(b"m", ["two", "three", "one"], model)
    assert model.asked == ["three"]
    assert np.array_equal(rows, Model()(["two", "three", "one"]))


def test_another_model_remembers_nothing_of_this_one() -> None:
    remembered(b"m", ["one"], Model())
    model = Model()
    remembered(b"n", ["one"], model)
    assert model.asked == ["one"]


def test_a_pair_is_not_its_words_run_together() -> None:
    remembered(b"m", [("ab", "c")], Model())
    model = Model()
    remembered(b"m", [("a", "bc"), "abc"], model)
    assert len(model.asked) == 2


def test_none_of_the_plans_words_are_stored(folder: Path) -> None:
    remembered(b"m", ["Zebedee Quillfeather", ("confidential-matter", "passage-words")], Model())
    stored = b"".join(path.read_bytes() for path in folder.iterdir())
    for word in (b"Zebedee", b"Quillfeather", b"confidential", b"passage-words"):
        assert word not in stored


def test_it_can_be_switched_off(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv(environment.CACHE, "off")
    model = Model()
    for _ in range(2):
        remembered(b"m", ["one"], model)
    assert model.asked == ["one", "one"]
    assert not folder.exists()


def test_a_spoilt_store_is_no_fault(folder: Path) -> None:
    folder.mkdir()
    (folder / "memory.sqlite").write_bytes(b"not a database" * 100)
    assert np.array_equal(remembered(b"m", ["one"], Model()), Model()(["one"]))


def test_a_folder_that_cannot_be_made_is_no_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(environment.CACHE, str(tmp_path / "file"))
    assert np.array_equal(remembered(b"m", ["one"], Model()), Model()(["one"]))


def test_no_texts_are_no_rows() -> None:
    assert len(remembered(b"m", [], lambda texts: np.zeros((0, 0), dtype=np.float32))) == 0


def test_many_texts_at_once() -> None:
    texts = [f"text {n}" for n in range(1200)]
    remembered(b"m", texts, Model())
    assert np.array_equal(remembered(b"m", texts, Model()), Model()(texts))
