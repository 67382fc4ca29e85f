"""The store: what is kept is whole, and claims of the dead count for nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from planchecker.errors import UsageError
from planchecker.triage.batch import Metadata
from planchecker.triage.layout import RUNS, STORE
from planchecker.triage.store import Claim, Store, key_of
from planchecker.triage.work import Done
from planchecker.workers import Limits

DONE = Done(b"result", b"text", Metadata("NHS Fenwick CCG", "", "2014-03", given=("organisation",)))
LIMITS = Limits(10, 1000)


def test_what_is_kept_comes_back_and_is_not_done_again(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        assert store.claim("a") is Claim.MINE
        assert store.done("a") is None
        store.keep("a", DONE)
    with Store(tmp_path) as store:
        assert store.done("a") == DONE
        assert store.claim("a") is Claim.NOBODYS


def test_what_a_living_run_has_claimed_is_left_to_it(tmp_path: Path) -> None:
    with Store(tmp_path) as mine, Store(tmp_path) as theirs:
        assert theirs.claim("a") is Claim.MINE
        assert mine.claim("a") is Claim.THEIRS
        assert theirs.claim("a") is Claim.MINE
        theirs.keep("a", DONE)
        assert mine.claim("a") is Claim.NOBODYS
        theirs.claim("b")
        theirs.release("b")
        assert mine.claim("b") is Claim.MINE


def test_what_a_run_that_ended_had_claimed_is_free(tmp_path: Path) -> None:
    with Store(tmp_path) as gone:
        gone.claim("a")
    with Store(tmp_path) as store:
        assert store.claim("a") is Claim.MINE
    assert [path.name for path in (tmp_path / RUNS).glob("*.lock")] == []


def test_what_a_run_that_died_had_claimed_is_free(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        with sqlite3.connect(tmp_path / STORE) as file:
            file.execute("INSERT INTO claims VALUES ('a', 'dead'), ('b', 'cleared')")
        (tmp_path / RUNS / "dead.lock").touch()
        assert store.claim("a") is Claim.MINE
        assert store.claim("b") is Claim.MINE


def test_only_higher_limits_try_again_what_was_stopped(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.claim("a")
        store.keep_stopped("a", LIMITS, "It took too long.")
        assert store.why_stopped("a", LIMITS) == "It took too long."
        assert store.why_stopped("a", Limits(5, 500)) == "It took too long."
        assert store.why_stopped("a", Limits(20, 1000)) == ""
        assert store.why_stopped("a", Limits(10, 2000)) == ""
        store.keep("a", DONE)
        assert store.why_stopped("a", LIMITS) == ""


def test_the_key_is_of_the_bytes_the_ending_and_the_edition() -> None:
    keys = {
        key_of("1", "a.md", "x"), key_of("2", "a.md", "x"), key_of("1", "a.txt", "x"), key_of("1", "a.md", "y"),
    }  # fmt: skip
    assert len(keys) == 4
    assert key_of("1", "north/b.MD", "x") == key_of("1", "a.md", "x")


def test_files_that_are_no_longer_made_are_forgotten(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.note_written("a", "x", "1")
        store.note_written("b", "x", "2")
        assert store.was_written("a", "x") == "1"
        assert store.was_written("a", "y") == ""
        assert store.forget_written({"b"}) == ["a"]
        assert store.was_written("a", "x") == ""
        assert store.was_written("b", "x") == "2"


@pytest.mark.parametrize("content", [b"not a database, but long enough to be looked at as one" * 40, None])
def test_a_pack_that_cannot_be_kept_is_one_sentence(tmp_path: Path, content: bytes | None) -> None:
    pack = tmp_path / "pack"
    if content is None:
        pack.write_text("a file in the way")
    else:
        pack.mkdir()
        (pack / STORE).write_bytes(content)
    with pytest.raises(UsageError, match=r"no pack can be kept here .*; name another folder with -o"):
        Store(pack)


def test_a_store_that_breaks_is_one_sentence(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        with sqlite3.connect(tmp_path / STORE) as file:
            file.execute("ALTER TABLE checked RENAME TO gone")
        for ask in (lambda: store.done("a"), lambda: store.claim("a"), lambda: store.keep("a", DONE)):
            with pytest.raises(UsageError, match=r"no such table: checked.*run the batch again"):
                ask()


def test_a_store_of_another_version_is_left_alone(tmp_path: Path) -> None:
    with Store(tmp_path):
        pass
    with sqlite3.connect(tmp_path / STORE) as file:
        file.execute("PRAGMA user_version=99")
    with pytest.raises(UsageError, match="another version"):
        Store(tmp_path)
