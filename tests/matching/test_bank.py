"""The exemplar bank: a checklist's own exemplars and those of a file beside it, which may come from anywhere."""

from __future__ import annotations

import os
import pickle
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planchecker.checklist import Checklist, Exemplars
from planchecker.checklist_file import load_checklist
from planchecker.matching.bank import (
    ABSENT,
    MET,
    NONE,
    PARTIAL,
    Bank,
    bank_beside,
    bank_for,
    text_digest,
    vectors_of,
)
from planchecker.matching.memory import Floats, Texts
from planchecker.matching.models import encoder
from tests.support import MINIMAL, checklist_of, part, yaml_file


class Encoder:
    """Three numbers a text, always the same for the same text."""

    key = b"the encoder"

    def run(self, texts: Texts) -> Floats:
        rows = [np.random.default_rng(list(str(text).encode())).normal(size=3) for text in texts]
        return np.array([row / np.linalg.norm(row) for row in rows], dtype=np.float32)


ENCODER: Any = Encoder()
TEXTS = checklist_of(part("Who leads it"), part("How it is paid for", identifier="b"))
KNOWN = checklist_of(
    replace(
        part("Who leads it"),
        exemplars=Exemplars(
            met=("Anne leads.", "Bob leads."), partial=("A lead.",), misleading=("Dog lead.",)
        ),
    ),
    part("How it is paid for", identifier="b"),
)
GOOD: dict[str, Any] = {
    "vectors": np.array([[127, 0, 0], [0, 127, 0]], dtype=np.int8),
    "scale": np.float32(1 / 127),
    "labels": np.array([[MET, NONE], [ABSENT, PARTIAL]], dtype=np.int8),
    "parts": np.array(["F01.a", "F01.b"]),
    "encoder": np.array(ENCODER.key.hex()),
}


def same(one: Bank, other: Bank) -> bool:
    return np.array_equal(one.vectors, other.vectors) and np.array_equal(one.labels, other.labels)


def stored(folder: Path, checklist: Checklist = TEXTS, **changes: Any) -> Checklist:
    """The checklist with a file beside it, with these changes to a good one."""
    file = folder / "one.exemplars.npz"
    np.savez_compressed(file, **{**GOOD, **changes})
    return replace(checklist, exemplar_file=file)


class TestWithoutAFile:
    def test_a_checklist_of_texts_has_its_texts_for_exemplars(self) -> None:
        bank = bank_for(TEXTS, ENCODER)
        assert np.array_equal(bank.vectors, ENCODER.run(["Who leads it", "How it is paid for"]))
        assert bank.labels.tolist() == [[MET, ABSENT], [ABSENT, MET]]
        assert bank_beside(TEXTS, ENCODER) is None

    def test_exemplars_have_the_label_of_their_kind_and_say_nothing_of_other_parts(self) -> None:
        bank = bank_for(KNOWN, ENCODER)
        assert np.array_equal(
            bank.vectors, ENCODER.run(["Anne leads.", "Bob leads.", "A lead.", "Dog lead."])
        )
        assert [column.tolist() for column in bank.columns] == [[MET, MET, PARTIAL, NONE], [ABSENT] * 4]
        assert bank_beside(KNOWN, ENCODER) is None

    def test_a_file_that_is_not_there_is_no_fault(self, tmp_path: Path) -> None:
        gone = replace(TEXTS, exemplar_file=tmp_path / "gone.npz")
        assert same(bank_for(gone, ENCODER), bank_for(TEXTS, ENCODER))


class TestWithAFile:
    def test_its_exemplars_are_added(self, tmp_path: Path) -> None:
        bank = bank_for(stored(tmp_path, KNOWN), ENCODER)
        assert same(Bank(bank.vectors[:4], bank.labels[:4]), bank_for(KNOWN, ENCODER))
        assert bank.vectors[4:] == pytest.approx(np.eye(3)[:2], abs=1e-6)
        assert np.array_equal(bank.labels[4:], GOOD["labels"])
        assert bank_beside(stored(tmp_path), ENCODER) is not None

    def test_labels_follow_the_names_of_parts_and_not_their_order(self, tmp_path: Path) -> None:
        checklist = stored(tmp_path, parts=np.array(["F01.b", "F01.a"]))
        assert bank_for(checklist, ENCODER).labels[2:].tolist() == [[NONE, MET], [PARTIAL, ABSENT]]

    def test_parts_that_only_the_file_or_only_the_checklist_has_are_left_out(self, tmp_path: Path) -> None:
        checklist = stored(tmp_path, parts=np.array(["F01.a", "F99.a"]))
        assert bank_for(checklist, ENCODER).labels[2:].tolist() == [[MET, ABSENT], [ABSENT, ABSENT]]

    def test_a_file_beside_a_checklist_file_is_found_by_its_name(self, tmp_path: Path) -> None:
        path = yaml_file(tmp_path, MINIMAL, "mine.yaml")
        assert load_checklist(path).exemplar_file is None
        np.savez(tmp_path / "mine.exemplars.npz", **GOOD)
        assert load_checklist(path).exemplar_file == tmp_path / "mine.exemplars.npz"


class TestVectorsMadeBefore:
    OWN = np.array([[0, 0, 1]], dtype=np.float16)

    def own(self, folder: Path, **changes: Any) -> Checklist:
        made = {"own_digests": np.array([text_digest("Who leads it")]), "own_vectors": self.OWN, **changes}
        return stored(folder, **made)

    def test_they_are_taken_as_they_are_and_the_rest_is_made_now(self, tmp_path: Path) -> None:
        rows = vectors_of(["How it is paid for", "Who leads it"], self.own(tmp_path), ENCODER)
        assert np.array_equal(rows, [ENCODER.run(["How it is paid for"])[0], self.OWN[0]])

    @pytest.mark.parametrize(
        "changes",
        [
            {"encoder": np.array("00")},
            {"own_digests": np.array(["a", "b"])},
            {"own_vectors": OWN[:, :2]},
            {"own_vectors": OWN[0]},
            {"own_vectors": OWN * np.float16(np.nan)},
        ],
        ids=["encoder", "count", "width", "shape", "not a number"],
    )
    def test_those_that_do_not_fit_are_made_anew(self, changes: dict[str, Any], tmp_path: Path) -> None:
        rows = vectors_of(["Who leads it"], self.own(tmp_path, **changes), ENCODER)
        assert np.array_equal(rows, ENCODER.run(["Who leads it"]))


class Trap:
    """Leaves a mark when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return os.mkdir, (str(self.mark),)


def is_ignored(checklist: Checklist) -> bool:
    plain = replace(checklist, exemplar_file=None)
    return same(bank_for(checklist, ENCODER), bank_for(plain, ENCODER))


class TestAFileThatCannotBeUsed:
    @pytest.mark.parametrize(
        "changes",
        [
            {"encoder": np.array("00" * 32)},
            {"vectors": GOOD["vectors"][:, :2]},
            {"vectors": GOOD["vectors"][0]},
            {"vectors": GOOD["vectors"][:1]},
            {"vectors": np.array([[np.nan, 0, 0], [0, np.inf, 0]])},
            {"vectors": np.array([["a", "b", "c"]] * 2)},
            {"scale": np.array([[1.0], [2.0], [3.0]])},
            {"labels": GOOD["labels"][:, :1]},
            {"labels": GOOD["labels"][:1]},
            {"labels": GOOD["labels"] + 5},
            {"labels": GOOD["labels"] - 5},
            {"labels": np.array(3)},
            {"labels": np.array([["met", "none"]] * 2)},
            {"parts": np.array("F01.a")},
        ],
        ids=lambda changes: next(f"{name}: {np.asarray(value).tolist()}" for name, value in changes.items())[
            :50
        ],
    )
    def test_it_does_not_fit(self, changes: dict[str, Any], tmp_path: Path) -> None:
        assert is_ignored(stored(tmp_path, **changes))

    @pytest.mark.parametrize("name", GOOD)
    def test_something_is_not_in_it(self, name: str, tmp_path: Path) -> None:
        np.savez(tmp_path / "one.npz", **{key: value for key, value in GOOD.items() if key != name})
        assert is_ignored(replace(TEXTS, exemplar_file=tmp_path / "one.npz"))

    @pytest.mark.parametrize("name", GOOD)
    def test_a_pickle_inside_is_never_opened(self, name: str, tmp_path: Path) -> None:
        trap = np.empty(1, dtype=object)
        trap[0] = Trap(tmp_path / "sprung")
        checklist = stored(tmp_path, **{name: trap})
        assert is_ignored(checklist)
        assert not (tmp_path / "sprung").exists()

    def test_a_pickle_in_its_place_is_never_opened(self, tmp_path: Path) -> None:
        file = tmp_path / "one.npz"
        file.write_bytes(pickle.dumps(Trap(tmp_path / "sprung")))
        assert is_ignored(replace(TEXTS, exemplar_file=file))
        assert not (tmp_path / "sprung").exists()

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x93NUMPY", b"not a bank"])
    def test_it_is_something_else(self, content: bytes, tmp_path: Path) -> None:
        file = tmp_path / "one.npz"
        file.write_bytes(content)
        assert is_ignored(replace(TEXTS, exemplar_file=file))

    def test_a_single_array_or_a_folder_in_its_place(self, tmp_path: Path) -> None:
        np.save(tmp_path / "one.npy", GOOD["vectors"])
        assert is_ignored(replace(TEXTS, exemplar_file=tmp_path / "one.npy"))
        assert is_ignored(replace(TEXTS, exemplar_file=tmp_path))

    def test_it_unpacks_to_too_much(self, tmp_path: Path) -> None:
        checklist = stored(tmp_path)
        assert checklist.exemplar_file is not None
        with zipfile.ZipFile(checklist.exemplar_file, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("more.npy", bytes(120_000_000))
        assert checklist.exemplar_file.stat().st_size < 1_000_000
        assert is_ignored(checklist)

    @given(data=st.data())
    def test_it_is_cut_short_or_spoilt(self, data: st.DataObject, tmp_path_factory: Any) -> None:
        folder = tmp_path_factory.mktemp("bank")
        checklist = stored(folder)
        assert checklist.exemplar_file is not None
        good = checklist.exemplar_file.read_bytes()
        at = data.draw(st.integers(0, len(good) - 1))
        if data.draw(st.booleans()):
            spoilt = good[:at]
        else:
            spoilt = good[:at] + data.draw(st.binary(min_size=1, max_size=8)) + good[at + 1 :]
        checklist.exemplar_file.write_bytes(spoilt)
        bank = bank_for(checklist, ENCODER)  # whatever is left of it, no error
        assert bank.vectors.shape == (len(bank.labels), 3)
        assert bank.labels.shape[1] == 2


def test_the_installed_bank_was_made_with_the_installed_encoder(everyone_counts: Checklist) -> None:
    model = encoder()
    if model is None:
        pytest.skip("this installation has no encoder")
    bank = bank_for(everyone_counts, model)
    of_checklist = bank_for(replace(everyone_counts, exemplar_file=None), model)
    assert len(bank.labels) > len(of_checklist.labels)
    assert np.linalg.norm(bank.vectors, axis=1) == pytest.approx(1, abs=0.05)
    assert all((column == MET).any() for column in bank.columns)
